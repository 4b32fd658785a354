import { expect, it } from "vitest";

import { judgeStarted } from "./compare-started.js";
import type { StartedCase } from "./started-case.js";
import { variedCases } from "./vary.js";

const NO_CASE: StartedCase = {
  name: "",
  files: {},
  projects: undefined,
  args: [],
  up: false,
  before: [],
  docker0: false,
  verdict: "ok",
  error: "",
};

function varied(each: Partial<StartedCase>, seed: number): StartedCase {
  const [only] = variedCases([{ ...NO_CASE, ...each }], seed);
  return only ?? NO_CASE;
}

it("gives the same cases for the same seed, and others for another", () => {
  const files = { "compose.yaml": "services: { shop: { networks: [ front ] } }\nnetworks: { front: }\n" };
  expect(varied({ files }, 1)).toEqual(varied({ files }, 1));
  expect(varied({ files }, 1)).not.toEqual(varied({ files }, 2));
});

it("renames a network wherever it is named, in every file and command", () => {
  const files = {
    "one/compose.yaml": "services: { a: { networks: { front: } } }\nnetworks: { front: { name: shared } }\n",
    "two/compose.yaml":
      "services: { a: { networks: [ front ] } }\nnetworks: { front: { external: true, name: shared } }\n",
  };
  const {
    files: after,
    before,
    projects = [],
  } = varied({ files, projects: ["one", "two"], before: ["network", "create", "shared"] }, 7);
  const [, , name = ""] = before;
  expect(Object.keys(after)).toEqual(projects.map((project) => `${project}/compose.yaml`));
  expect(projects).not.toContain("one");
  for (const text of Object.values(after)) {
    expect(text).toContain(`name: ${name}`);
    expect(text).not.toContain("shared");
    expect(text).not.toContain("front");
  }
});

it("keeps an address in its subnet, and its host part", () => {
  const text = "networks: { n: { ipam: { config: [ { subnet: 10.60.7.0/24, gateway: 10.60.7.254 } ] } } }\n";
  const { files } = varied({ files: { "compose.yaml": text } }, 3);
  const after = files["compose.yaml"] ?? "";
  const [, subnet] = /subnet: ([\d.]+)\.0\/24/.exec(after) ?? [];
  const [, gateway] = /gateway: ([\d.]+)\.254/.exec(after) ?? [];
  expect(subnet).toBeDefined();
  expect(subnet).toBe(gateway);
  expect(subnet).not.toBe("10.60.7");
});

it("leaves addresses alone that have a meaning, and parts of others that look like them", () => {
  const text =
    "networks: { default: { ipam: { config: [ { subnet: 240.10.0.0/24 }, { subnet: 172.17.0.0/16 } ] } } }\n";
  const { files } = varied({ files: { "compose.yaml": text } }, 3);
  expect(files["compose.yaml"]).toContain("240.10.0.0/24");
  expect(files["compose.yaml"]).toContain("172.17.0.0/16");
});

it("takes only the same answer for agreement, and a certain refusal of what is a matter of luck for a false alarm", () => {
  const judgements = (["ok", "refused", "race"] as const).map((theirs) =>
    (["ok", "refused", "may fail"] as const).map((kind) => judgeStarted({ kind }, theirs)),
  );
  expect(judgements).toEqual([
    ["agreement", "false alarm", "false alarm"],
    ["miss", "agreement", "miss"],
    ["miss", "false alarm", "agreement"],
  ]);
});
