import { expect, it } from "vitest";

import { success } from "../../../../src/kit/result.js";
import { lintAll } from "../../../../src/cli/commands/check/lint-all.js";
import type { Lint } from "../../../../src/cli/commands/check/lint.js";
import type { Channel, Terminal } from "../../../../src/cli/terminal/terminal.js";
import { workspaceFor } from "../../../../src/cli/workspaces.js";

function terminal(debug: boolean): { terminal: Terminal; said: string[] } {
  const said: string[] = [];
  const channel: Channel = { isTerminal: false, hasColors: false, write: (text) => said.push(String(text)) };
  return {
    said,
    terminal: {
      cwd: "/srv",
      stdout: channel,
      stderr: channel,
      readStdin: () => Promise.resolve(success(Buffer.of())),
      stdinIsTerminal: false,
      runsOnGithub: false,
      debug,
    },
  };
}

const BROKEN: Lint = (path) => {
  if (path.endsWith("bad.yaml")) throw new TypeError('x is not a network\nRule: "compose-networks/x"');
  return { findings: [], known: [], composeFile: undefined, text: "", parsed: undefined, after: undefined };
};

function lint(debug: boolean) {
  const { terminal: surroundings, said } = terminal(debug);
  const read = () => ({ ok: true, value: { bytes: Buffer.of(), text: "" } }) as const;
  const tools = { workspace: workspaceFor({ cwd: "/srv" }), lint: BROKEN, read };
  const { notChecked, tally } = lintAll(["/srv/a/bad.yaml", "/srv/b.yaml"], tools, surroundings);
  return { said, notChecked, files: tally.summary().files };
}

it("says in one line which file a rule could not cope with, and goes on", () => {
  expect(lint(false)).toEqual({
    said: [],
    notChecked: [
      {
        path: "/srv/a/bad.yaml",
        reason: 'made the check fail: x is not a network, Rule: "compose-networks/x"; please report it',
        isTrouble: true,
      },
    ],
    files: 1,
  });
});

it("shows the stack when DEBUG is set", () => {
  expect(lint(true).said.join("")).toMatch(/TypeError: x is not a network[^]*\n {4}at /);
});
