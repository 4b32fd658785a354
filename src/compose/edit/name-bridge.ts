import type { ComposeFile } from "../read/compose-file.js";
import { BRIDGE_NAME_OPTION } from "../project/driver-option.js";
import type { Network } from "../project/network.js";
import { textOf } from "../../kit/source.js";
import { asScalar, child } from "../read/value.js";
import { edited, refused, type EditOutcome } from "../../kit/edit.js";
import { MapWriter } from "./write/map-writer.js";
import { homeOf } from "./network-home.js";
import { pairPhrase } from "./write/phrase.js";
import { refuseShared } from "./refusals/sharing.js";

/**
 * Gives the interface of a bridge network a name, in place of one that is written.
 *
 * @param name Plain: letters, digits and dashes.
 */
export function nameBridge(file: ComposeFile, network: Network, name: string): EditOutcome {
  const home = homeOf(file, network, "driver_opts");
  if ("ok" in home) return home;
  const networks = child(home.root, "networks");
  const definition = child(networks, network.key);
  const options = child(definition, "driver_opts");
  const written = child(options, BRIDGE_NAME_OPTION);
  const shared = refuseShared([networks, definition, options, written]);
  if (shared) return shared;
  if (!written) {
    const writer = new MapWriter(home);
    return writer.intoPath(
      ["networks", network.key, "driver_opts"],
      pairPhrase(BRIDGE_NAME_OPTION, name, writer.layout),
    );
  }
  const text = textOf(written.place);
  if (text.includes("$")) return refused("its name is a variable", written.place);
  const quote = /^["']/.exec(text)?.[0] ?? "";
  const isOneLine = asScalar(written)?.style !== "block" && text !== "";
  return isOneLine
    ? edited({ span: written.place.span, text: quote + name + quote })
    : refused("its name is a text block or empty", written.place);
}
