import { readFileSync } from "node:fs";

import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";

import composeNetworks from "../../src/eslint/index.js";
import { COLLIDING, folderWith, officeVpn, OPEN, POLICY, run, type Folder } from "./command.js";

const SUPPRESSED = `# eslint-disable-next-line compose-networks/require-subnet -- the host has no VPN
${OPEN}`;
const SUPPRESSED_IN_VAIN = `# eslint-disable-next-line compose-networks/no-forbidden-subnet -- by mistake
${OPEN}`;
const RECONFIGURED = `# eslint compose-networks/require-subnet: "warn"
${OPEN}`;
const DUAL_STACK = `services:
  web: { image: nginx }
networks:
  default:
    enable_ipv6: true
`;

const WORKSPACES: readonly (readonly [name: string, make: () => Folder])[] = [
  ["the example project", officeVpn],
  [
    "a project with a byte order mark and CRLF",
    () => {
      const folder = officeVpn();
      folder.write("compose.yaml", `\uFEFF${folder.text("compose.yaml").replaceAll("\n", "\r\n")}`);
      return folder;
    },
  ],
  [
    "several projects with comments",
    () =>
      folderWith({
        "a/compose.yaml": SUPPRESSED,
        "b/compose.yaml": SUPPRESSED_IN_VAIN,
        "c/compose.yaml": RECONFIGURED,
        "d/docker-compose.dev.yml": COLLIDING,
        "e/compose.yaml": DUAL_STACK,
        "f/compose.yaml": "a: {\n",
        "forbidden-ranges.yaml": POLICY,
      }),
  ],
  ["projects without forbidden ranges", () => folderWith({ "a/compose.yaml": OPEN, "b/compose.yaml": DUAL_STACK })],
];

/** What ESLint itself says about the compose files of a folder. */
async function eslint({ path: cwd }: Folder, fix = false): Promise<ESLint.LintResult[]> {
  // The rules take the working directory of ESLint, the preset that of the process.
  const recommended: Linter.Config = composeNetworks.configs.recommended;
  const host = new ESLint({ cwd, fix, overrideConfigFile: true, overrideConfig: recommended });
  return host.lintFiles(["**/*.{yaml,yml}"]);
}

describe.each(WORKSPACES)("%s", (_name, make) => {
  it("gets the same findings from the command line as from ESLint", async () => {
    const folder = make();
    const { stdout } = run(folder, ["--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
    const expected = (await eslint(folder)).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, severity, message, line, column, endLine, endColumn, fix, suggestions }) => ({
        file: filePath.slice(folder.path.length + 1).replaceAll("\\", "/"),
        line,
        column,
        endLine: endLine ?? line,
        endColumn: endColumn ?? column,
        home: { file: filePath.slice(folder.path.length + 1).replaceAll("\\", "/"), line, column },
        rule: ruleId,
        severity: severity === 2 ? "error" : "warning",
        message,
        fix: ruleId !== null && fix !== undefined,
        suggestions: (suggestions ?? []).map(({ desc }) => desc),
      })),
    );
    expect(expected.length).toBeGreaterThan(0);
    // ESLint knows nothing of the parts of a message.
    const unknownToESLint = ["network", "subnet", "range", "outcome", "by", "phase", "from", "before"];
    for (const finding of findings) for (const part of unknownToESLint) Reflect.deleteProperty(finding, part);
    expect(findings).toEqual(expected);
  });
});

describe("the example project", () => {
  it("gets the same text from --fix as from ESLint", async () => {
    const [ours, theirs] = [officeVpn(), officeVpn()];
    run(ours, ["--fix"]);
    await ESLint.outputFixes(await eslint(theirs, true));
    expect(readFileSync(ours.at("compose.yaml"))).toEqual(readFileSync(theirs.at("compose.yaml")));
    expect(ours.text("compose.yaml")).toContain("10.201.155.0/24");
  });
});
