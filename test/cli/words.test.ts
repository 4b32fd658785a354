import { describe, expect, it } from "vitest";

import { VERSION } from "../../src/kit/version.js";
import { CLEAN, COLLIDING, folderWith, OPEN, POLICY, run } from "./command.js";

const WARNING = { "forbidden-ranges.yaml": `${POLICY}rules: { require-subnet: warn }\n`, "compose.yaml": OPEN };

describe("the first word of the command line", () => {
  it("may be check, which is what happens without a word", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    expect(run(folder, ["check"])).toEqual(run(folder, []));
    expect(run(folder, ["check", "compose.yaml"])).toEqual(run(folder, ["compose.yaml"]));
  });

  it.each([
    ["lst", "list"],
    ["intt", "init"],
    ["chekc", "check"],
    ["re-number", "renumber"],
    ["explian", "explain"],
  ])("%s is no path, and is asked about: %s", (word, command) => {
    expect(run(folderWith({ "compose.yaml": CLEAN }), [word])).toEqual({
      status: 2,
      stdout: "",
      stderr: `compose-networks: there is no file or directory ${word}; did you mean the command "${command}"?\n`,
    });
  });

  it("is a path where there is one of that name, and where no command is near", () => {
    const folder = folderWith({ "lst/compose.yaml": CLEAN });
    expect(run(folder, ["lst"]).status).toBe(0);
    expect(run(folder, ["services"]).stderr).toBe("compose-networks: there is no file or directory services\n");
  });
});

describe("--quiet", () => {
  it("says nothing of warnings, and nothing at all without errors; the exit code stays", () => {
    const folder = folderWith(WARNING);
    expect(run(folder, []).stdout).toContain("warning");
    expect(run(folder, ["-q"])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(run(folder, ["--quiet", "--max-warnings", "0"]).status).toBe(1);
  });

  it("shows errors as ever", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    expect(run(folder, ["-q"])).toEqual(run(folder, []));
  });
});

describe("-V, --color and --no-color", () => {
  it("print the version", () => {
    expect(run(folderWith(), ["-V"]).stdout).toBe(`${VERSION}\n`);
  });

  it("color where nobody would, or do not where somebody asks the environment to; the last one counts", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    const isColored = (args: readonly string[], env = {}): boolean =>
      run(folder, args, { env }).stdout.includes("\u001b[");
    expect(isColored([])).toBe(false);
    expect(isColored(["--color"])).toBe(true);
    expect(isColored(["check", "--color"])).toBe(true);
    expect(isColored(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
    expect(isColored(["--no-color", "--color"])).toBe(true);
    expect(isColored(["--color"], { NO_COLOR: "1" })).toBe(true);
  });
});
