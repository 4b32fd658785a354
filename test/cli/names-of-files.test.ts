import { describe, expect, it } from "vitest";

import { COLLIDING, folderWith, POLICY, run, type Folder } from "./command.js";

const isWindows = process.platform === "win32";

/** Signs of which no report makes something else, as people and as programs read them. */
const NAMES: readonly (readonly [what: string, folder: string, shown: string])[] = [
  ["a line feed", "two\nlines", "two\\u000alines"],
  ["a carriage return", "two\rlines", "two\\u000dlines"],
  ["a tab", "ta\tb", "ta\\u0009b"],
  ["a sign that nobody sees", "a\u200bb", "a\\u200bb"],
];

/** Two projects with one subnet, each of which is told of the other. */
function twins(name: string): Folder {
  return folderWith({
    [`${name}/compose.yaml`]: COLLIDING,
    "good/compose.yaml": COLLIDING,
    "forbidden-ranges.yaml": POLICY,
  });
}

describe.skipIf(isWindows).each(NAMES)("a folder with %s in its name (not on Windows)", (_, name, shown) => {
  const file = `${name}/compose.yaml`;

  it("is shown escaped where a finding is", () => {
    const { stdout } = run(twins(name), [file]);
    expect(stdout.split("\n")[0]).toMatch(`${shown}/compose.yaml:8:19  error`);
  });

  it.each([
    ["github", `::error file=${shown}/compose.yaml,line=8`],
    ["junit", `file="${shown}/compose.yaml"`],
  ])("is shown escaped in the %s report", (format, text) => {
    expect(run(twins(name), ["--format", format, file]).stdout).toContain(text);
  });

  it("is itself in JSON", () => {
    const { findings } = JSON.parse(run(twins(name), ["--format", "json", file]).stdout) as {
      findings: { file: string }[];
    };
    expect(findings[0]?.file).toBe(file);
  });

  it("is shown escaped in lists and complaints", () => {
    const folder = twins(name);
    expect(run(folder, ["list", file]).stdout).toContain(`  ${shown}/compose.yaml\n`);
    folder.write(file, "a: [\n");
    expect(run(folder, ["list", file]).stderr).toContain(`compose-networks: ${shown}/compose.yaml:2:1:`);
    folder.write(`${name}/forbidden-ranges.yaml`, "version: 2\n");
    expect(run(folder, [file]).stdout + run(folder, [file]).stderr).toContain(`${shown}/forbidden-ranges.yaml:1:`);
  });

  it("is shown escaped among what was not checked", () => {
    const folder = twins(name);
    folder.write(file, "#".repeat(2 ** 21 + 1));
    const { stdout, stderr } = run(folder, [file]);
    expect(stderr).toBe(`compose-networks: ${shown}/compose.yaml: it is larger than 2 MiB; add --max-file-size 3M\n`);
    expect(stdout).toContain(`not checked: 1 file (${shown}/compose.yaml is larger than 2 MiB`);
  });
});

describe.skipIf(isWindows)("a message that names another file", () => {
  it("shows a tab in its name escaped (not on Windows)", () => {
    const { stdout } = run(twins("ta\tb"), ["--rule", "no-overlapping-subnets:error", "good/compose.yaml"]);
    expect(stdout).toContain("ta\\u0009b/compose.yaml:8:19");
  });
});
