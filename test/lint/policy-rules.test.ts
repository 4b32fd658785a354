import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { createFolder, POLICY } from "../workspace/folder.js";
import { runESLint, runOurs, type Said, type Setup } from "./both-hosts.js";

const OPEN = "services: { web: { image: nginx } }\n";
/** A network that only the option `checkUnused` reports. */
const UNUSED = `services: { web: { image: nginx, network_mode: none } }\nnetworks: { spare: {} }\n`;

interface Case {
  readonly policy: string;
  readonly text?: string;
  readonly levels?: Setup["levels"];
}

/** What each host says, without the words. */
function saidBy(run: typeof runOurs, { policy, text = OPEN, levels }: Case): readonly string[] {
  const folder = createFolder({ "forbidden-ranges.yaml": `${POLICY}${policy}`, "compose.yaml": text });
  const setup: Setup = { rules, cwd: folder.path, ...(levels && { levels }) };
  const { said } = run(setup, `${folder.path}/compose.yaml`, text);
  return said.filter(({ rule }) => rule === "compose-networks/require-subnet").map(line);
}

function line({ severity, says }: Said): string {
  return `${severity} ${says ?? ""}`;
}

describe("rules in the policy file, in our host and in ESLint", () => {
  it("turn a rule off in both", () => {
    const off = { policy: "rules: { require-subnet: off }\n" };
    expect(saidBy(runOurs, { policy: "" })).toEqual(["error unsafe"]);
    expect(saidBy(runESLint, { policy: "" })).toEqual(["error unsafe"]);
    expect(saidBy(runOurs, off)).toEqual([]);
    expect(saidBy(runESLint, off)).toEqual([]);
  });

  it("set the severity in ours only: ESLint has one of its own", () => {
    const warn = { policy: "rules: { require-subnet: warn }\n" };
    expect(saidBy(runOurs, warn)).toEqual(["warning unsafe"]);
    expect(saidBy(runESLint, warn)).toEqual(["error unsafe"]);
  });

  it("set options in both, and a list sets both", () => {
    expect(saidBy(runOurs, { policy: "", text: UNUSED })).toEqual([]);
    for (const policy of [
      "rules: { require-subnet: { checkUnused: true } }\n",
      "rules: { require-subnet: [error, { checkUnused: true }] }\n",
    ]) {
      expect(saidBy(runOurs, { policy, text: UNUSED })).toEqual(["error unsafe"]);
      expect(saidBy(runESLint, { policy, text: UNUSED })).toEqual(["error unsafe"]);
    }
  });

  it("come below the options that somebody wrote in a configuration, option by option, the default too", () => {
    const policy = "rules: { require-subnet: { checkUnused: true, families: [ipv6] } }\n";
    const levels = { "require-subnet": ["error", { checkUnused: false }] } as const;
    for (const run of [runOurs, runESLint]) {
      expect(saidBy(run, { policy, text: UNUSED, levels })).toEqual([]);
      expect(saidBy(run, { policy, levels })).toEqual([]);
      const families = { "require-subnet": ["error", { families: ["ipv4"] }] } as const;
      expect(saidBy(run, { policy, text: UNUSED, levels: families })).toEqual(["error unsafe"]);
    }
  });

  it("come below the options of a comment in the file", () => {
    const policy = "rules: { require-subnet: { checkUnused: true } }\n";
    const text = `# eslint compose-networks/require-subnet: ["error", { "checkUnused": false }]\n${UNUSED}`;
    expect(saidBy(runOurs, { policy, text })).toEqual([]);
    expect(saidBy(runESLint, { policy, text })).toEqual([]);
  });

  it("turn a rule off for good: no comment in a file turns it on", () => {
    const policy = "rules: { require-subnet: off }\n";
    const text = `# eslint compose-networks/require-subnet: "error"\n${OPEN}`;
    expect(saidBy(runOurs, { policy, text })).toEqual([]);
    expect(saidBy(runESLint, { policy, text })).toEqual([]);
  });

  it("leave a comment that turns a rule off without use, in both", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": `${POLICY}rules: { require-subnet: off }\n`,
      "compose.yaml": OPEN,
    });
    const text = `# eslint-disable-next-line compose-networks/require-subnet\n${OPEN}`;
    const setup: Setup = { rules, cwd: folder.path, levels: { "require-bridge-name": "off" } };
    const said = [runOurs, runESLint].map((run) => run(setup, `${folder.path}/compose.yaml`, text).said);
    expect(said[0]?.map(({ message }) => message)).toEqual([
      "Unused eslint-disable directive (no problems were reported from 'compose-networks/require-subnet').",
    ]);
    expect(said[1]).toEqual(said[0]);
  });
});
