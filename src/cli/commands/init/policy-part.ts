import { formatPrefix } from "../../../ipam/prefix.js";
import { rangeContains } from "../../../ipam/range.js";
import { failure, success } from "../../../kit/result.js";
import { loadPolicy } from "../../../policy/load-policy.js";
import type { ForbiddenRange } from "../../../policy/policy.js";
import { readPolicyFile } from "../../../policy/policy-file.js";
import { formatLocation } from "../../../policy/source-text.js";
import { VERSION } from "../../../kit/version.js";
import { createDisk } from "../../../workspace/files/node-disk.js";
import { policyFilesOn } from "../../../workspace/files/policy-files.js";
import { shownPath } from "../../../workspace/files/paths.js";
import type { InitRequest } from "../../arguments/init.js";
import { addTo, joined, type Additions } from "./addition.js";
import { draftOf, type Wishes } from "./interview.js";
import { isInstalled, PLUGIN } from "./next-steps.js";
import { policyText } from "./policy-text.js";
import type { Site } from "./set-ups.js";

const IMPORTED = "imported-ranges.yaml";

export function newPolicy(wishes: Wishes, site: Site): Additions {
  const { imported, companions } = wishes;
  const file = `${PLUGIN}/schema/forbidden-ranges.json`;
  const schema = isInstalled(PLUGIN, site, companions)
    ? `./node_modules/${file}`
    : `https://unpkg.com/${file.replace("/", `@${VERSION}/`)}`;
  const text = policyText({ ...wishes, extends: imported ? [`./${IMPORTED}`] : [], schema });
  return joined([
    imported ? importedPart(imported.text, site) : success([]),
    addTo(site.cwd, "forbidden-ranges.yaml", () => success(text)),
  ]);
}

function importedPart(text: string, { cwd }: Site): Additions {
  return addTo(cwd, IMPORTED, (there = text) =>
    there === text ? success(text) : failure({ reason: "it exists and has other contents" }),
  );
}

/** A policy that is there is never edited; but whether it says what is wanted can be told. */
export function presentPolicy(request: InitRequest, wishes: Wishes, file: string, cwd: string): Additions {
  const loaded = loadPolicy(file, policyFilesOn(createDisk().within({ cwd })));
  if (!loaded.ok) {
    const faults = loaded.fault.map(
      (fault) => `${formatLocation({ ...fault, file: shownPath(cwd, fault.file) })}: ${fault.message}`,
    );
    return failure({ reason: faults[0] ?? file });
  }
  const policy = loaded.value;
  const known = policy.forbidden;
  const forbids = ({ ranges }: ForbiddenRange): boolean =>
    ranges.every((range) => known.some((entry) => entry.ranges.some((outer) => rangeContains(outer, range))));
  const pools = new Set(policy.pools.map(({ prefix }) => formatPrefix(prefix)));
  const draft = draftOf(wishes);
  const imported = readPolicyFile(IMPORTED, wishes.imported?.text ?? "version: 1\n");
  const missing = [
    ...[...draft.forbidden, ...imported.forbidden]
      .filter((entry) => !forbids(entry))
      .map(({ written }) => `the range ${written}`),
    ...draft.pools
      .map(({ prefix }) => formatPrefix(prefix))
      .filter((pool) => !pools.has(pool))
      .map((pool) => `the pool ${pool}`),
    ...(request.id === undefined || request.id === policy.id ? [] : [`the id ${request.id}`]),
  ];
  if (missing.length === 0) return success([]);
  const name = shownPath(cwd, file);
  return failure({ reason: `${name} is there already, and init does not edit it; it lacks ${missing.join(", ")}` });
}
