import type { InlayHint, Range } from "vscode-languageserver";

import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Family } from "../ipam/address.js";
import { plannedSubnet } from "../remedy/planned-subnet.js";
import type { ProjectView } from "../workspace/view.js";
import type { MarkedLines } from "./text-lines.js";

const FAMILIES: readonly Family[] = [4, 6];

/** The subnet that a fix would give to a network, after the key of each that is left to Docker. */
export function inlayHints(
  file: ComposeFile,
  views: readonly ProjectView[],
  lines: MarkedLines,
  range: Range,
): InlayHint[] {
  const [from, to] = lines.spanOf(range);
  const hints = new Map<string, InlayHint>();
  for (const view of views) {
    for (const network of view.project.networks) {
      const { source, span } = network.place;
      if (source !== file.source || span[1] < from || span[0] > to) continue;
      for (const family of FAMILIES) {
        const planned = plannedSubnet(view, network, family);
        if (planned === undefined) continue;
        const end = source.text[span[1]] === ":" ? span[1] + 1 : span[1];
        const tooltip = `Docker chooses the IPv${family} subnet of network "${network.key}". The pools of the policy file plan ${planned} for it.`;
        const { start: position } = lines.rangeOf([end, end]);
        hints.set(`${end} ${planned}`, { position, label: `planned ${planned}`, paddingLeft: true, tooltip });
      }
    }
  }
  return [...hints.values()];
}
