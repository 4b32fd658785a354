import { overridePools } from "../src/compose/edit/override-pools.js";
import type { PoolMerge } from "../src/compose/load/override.js";
import { isWhole, poolLosses, saysItAll, type PoolLoss } from "../src/compose/load/override-losses.js";
import type { Network } from "../src/compose/project/network.js";
import { showScalar } from "../src/compose/read/shown.js";
import type { Place } from "../src/kit/source.js";
import { asMap, asScalar, type Value } from "../src/compose/read/value.js";
import { defineRule } from "../src/lint/define-rule.js";
import { foundInFile } from "../src/lint/found-in-file.js";
import { showPlace } from "../src/remedy/wording.js";
import type { ProjectView } from "../src/workspace/view.js";

export const noLossyIpamOverride = defineRule({
  name: "no-lossy-ipam-override",
  type: "problem",
  docs: {
    description: "Disallow override files whose subnets Compose mixes up with those of the base file",
    recommended: "recommended",
  },
  options: {},
  headlines: {
    lossyPools: 'This ipam.config of network "{{network}}" is merged into the one at {{base}}, and {{result}}',
  },
  suggestions: { override: "Replace the list at {{base}} with this one." },
  fixable: true,
  check({ view, report }) {
    const poolMerges = mergesInFile(view);
    if (poolMerges.length === 0) return;
    const { networks } = view.project;
    const created = new Map(
      networks
        .filter(({ existence }) => existence.kind === "created" || existence.kind === "unknown")
        .map((network) => [network.key, network]),
    );
    for (const merge of poolMerges) {
      const network = created.get(merge.network);
      const losses = network ? poolLosses(merge).filter((loss) => isMissed(loss, network)) : [];
      if (losses.length === 0) continue;
      const base = showPlace(merge.base.place, view);
      report({
        at: placeOf(merge),
        says: "lossyPools",
        about: { network: merge.network, base, result: describeResult(merge) },
        outcome: merge.refused ? { refusedBy: "compose", phase: "load" } : "ignored",
        consequence: losses.map(describeLoss).join("; "),
        ...repairOf(view, merge, base),
      });
    }
  },
});

const mergesInFile = foundInFile(({ poolMerges }) => poolMerges, placeOf);

/** Nobody misses a pool of a family that the network has off: the engine would refuse it. */
function isMissed(loss: PoolLoss, { ipv4, ipv6 }: Network): boolean {
  if (loss.kind !== "pool" || loss.family === undefined) return true;
  return (loss.family === 4 ? ipv4 : ipv6).mode !== "disabled";
}

/** The key of the list, which is the line to change; where an alias stands for the list, the alias. */
function placeOf({ override: { keyPlace, value, mergedBy } }: PoolMerge): Place {
  return (value.sharedBy ?? mergedBy)?.place ?? keyPlace;
}

function describeResult({ result, refused }: PoolMerge): string {
  if (refused) return "Compose refuses the result";
  if (result.length === 0) return "the result is empty, so Docker picks the subnet";
  return `the result is ${result.map(describePool).join(" and ")}`;
}

function describePool(pool: Value): string {
  const fields = [...(asMap(pool)?.entries ?? [])].map(([key, { value }]) => {
    const scalar = asScalar(value);
    return `${key}: ${scalar ? showScalar(scalar) : "…"}`;
  });
  return `{ ${fields.join(", ")} }`;
}

function describeLoss(loss: PoolLoss): string {
  switch (loss.kind) {
    case "pool":
      return `${loss.pool} ${loss.of === "base" ? "of the base " : ""}is lost`;
    case "field":
      return `${loss.field} ${loss.text} of ${loss.pool} is lost`;
    case "moved":
      return `${loss.field} ${loss.text} of ${loss.from} goes to ${loss.to}`;
    case "repeated":
      return `${loss.pool} is there twice`;
  }
}

/** A list that says all that the other one does can only be meant to stand in its place. */
function repairOf(view: ProjectView, merge: PoolMerge, base: string) {
  if (!isWhole(merge)) return { advice: "Write every pool with its subnet here, and !override before the list." };
  const outcome = overridePools(view.project.files, merge);
  if (!outcome.ok) {
    const { because, place } = outcome.obstacle;
    const advice = `Put !override before the list. Not edited automatically: ${because} (${showPlace(place, view)}).`;
    return { advice };
  }
  const { edits } = outcome;
  if (saysItAll(merge)) {
    return { advice: "Put !override before the list, so it replaces the other.", fix: edits };
  }
  return {
    advice: "Repeat here what you want to keep, and put !override before the list.",
    suggestions: [{ does: "override", about: { base }, edits } as const],
  };
}
