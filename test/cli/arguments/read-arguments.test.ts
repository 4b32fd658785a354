import { describe, expect, it } from "vitest";

import { readArguments } from "../../../src/cli/arguments/read-arguments.js";

const NOTHING_GIVEN = {
  kind: "check",
  paths: [],
  fix: "no",
  format: undefined,
  stdin: undefined,
  ranges: undefined,
  env: [],
  rules: [],
  maxWarnings: Infinity,
  suppression: { kind: "none" },
  isVerbose: false,
  isQuiet: false,
};

describe("a call", () => {
  it.each([
    [[], {}],
    [["a", "b/c"], { paths: ["a", "b/c"] }],
    [["--fix"], { fix: "write" }],
    [["--fix-dry-run", "a"], { fix: "dry run", paths: ["a"] }],
    [["a", "--format", "json"], { format: "json", paths: ["a"] }],
    [["--format=json", "--format=text"], { format: "text" }],
    [["--stdin"], { stdin: "compose.yaml" }],
    [["-"], { stdin: "compose.yaml" }],
    [["--stdin", "--stdin-filename", "a/stack.yaml"], { stdin: "a/stack.yaml" }],
    [["--ranges=r.yaml"], { ranges: "r.yaml" }],
    [["--env", "SUBNET=10.1.0.0/24", "--env=TAG"], { env: ["SUBNET=10.1.0.0/24", "TAG"] }],
    [["--max-warnings", "0"], { maxWarnings: 0 }],
    [["--verbose"], { isVerbose: true }],
    [["-q"], { isQuiet: true }],
    [["check", "--color"], {}],
    [["check", "list"], { paths: ["list"] }],
    [["--", "check"], { paths: ["check"] }],
    [["--suppress-all"], { suppression: { kind: "all" } }],
    [["--prune-suppressions", "a"], { suppression: { kind: "prune" }, paths: ["a"] }],
    [
      ["--suppress-rule", "subnet-size", "--suppress-rule=compose-networks/valid-ipam"],
      { suppression: { kind: "rules", rules: ["subnet-size", "valid-ipam"] } },
    ],
    [["--", "--fix", "list"], { paths: ["--fix", "list"] }],
    [["a", "list"], { paths: ["a", "list"] }],
    [
      ["--rule", "require-subnet:off", "--rule=compose-networks/no-forbidden-subnet:warn"],
      {
        rules: [
          { rule: "require-subnet", level: "off" },
          { rule: "compose-networks/no-forbidden-subnet", level: "warn" },
        ],
      },
    ],
    [
      ["--rule", 'require-subnet: {"when": "unsafe"}', '--rule=valid-ipam:["warn", {"engine": {"min": "28"}}]'],
      {
        rules: [
          { rule: "require-subnet", options: { when: "unsafe" } },
          { rule: "valid-ipam", level: "warn", options: { engine: { min: "28" } } },
        ],
      },
    ],
    [["--exclude", "templates/**", "--exclude=old"], { exclude: ["templates/**", "old"] }],
  ])("%j asks for a check", (args, expected) => {
    expect(readArguments(args)).toEqual({ ok: true, value: { ...NOTHING_GIVEN, ...expected } });
  });

  it("asks for a list when its first word says so", () => {
    const nothingGiven = { kind: "list", paths: [], format: "text", env: [], profiles: undefined };
    expect(readArguments(["list"])).toEqual({ ok: true, value: nothingGiven });
    expect(readArguments(["--format", "json", "list", "a", "--env=A=1", "--profile", "dev", "--profile=ci"])).toEqual({
      ok: true,
      value: { ...nothingGiven, paths: ["a"], format: "json", env: ["A=1"], profiles: ["dev", "ci"] },
    });
  });

  it("asks to set the directory up, with what it says of it", () => {
    const open = { forbid: [], import: undefined, from: undefined, pool: undefined, prefix: undefined, id: undefined };
    const nothing = { kind: "init", ...open, with: undefined, yes: false, dryRun: false };
    expect(readArguments(["init"])).toEqual({ ok: true, value: nothing });
    expect(
      readArguments(["init", "--forbid", "a b", "--forbid=c", "--with", "eslint,vscode", "--with=eslint"]),
    ).toEqual({
      ok: true,
      value: { ...nothing, forbid: ["a b", "c"], with: ["eslint", "vscode"] },
    });
    expect(readArguments(["init", "--with", "none", "--yes"])).toEqual({
      ok: true,
      value: { ...nothing, with: [], yes: true },
    });
  });

  it("asks for help or the version, whatever else it says", () => {
    expect(readArguments(["--help", "--format", "pdf"])).toEqual({ ok: true, value: { kind: "help" } });
    expect(readArguments(["-h"])).toEqual({ ok: true, value: { kind: "help" } });
    expect(readArguments(["list", "--version"])).toEqual({ ok: true, value: { kind: "version" } });
  });
});

describe("a wrong call", () => {
  it.each([
    [["--fixx"], "unknown option --fixx; did you mean --fix?"],
    [["--dry-run"], "a check knows no option --dry-run"],
    [["--max-warning", "3"], "unknown option --max-warning; did you mean --max-warnings?"],
    [["--rulse", "a:off"], "unknown option --rulse; did you mean --rule?"],
    [["-x"], "unknown option -x"],
    [["--fix=yes"], "--fix takes no value"],
    [["--ranges"], "--ranges needs a value"],
    [["--ranges="], "--ranges needs a value"],
    [["--ranges", "--fix"], "--ranges needs a value"],
    [["--fix", "--fix-dry-run"], "--fix writes and --fix-dry-run does not: choose one"],
    [["--stdin", "a.yaml"], "standard input is checked on its own, without a.yaml"],
    [["-", "a.yaml"], "standard input is checked on its own, without a.yaml"],
    [["--stdin-filename", "a.yaml"], "--stdin-filename needs --stdin"],
    [["--format", "xml"], '--format: unknown "xml"; it is one of text, json, sarif, github, gitlab, junit'],
    [["--max-warnings", "-1"], "--max-warnings needs a value"],
    [["--max-warnings", "1.5"], "--max-warnings 1.5: it takes a whole number"],
    [
      ["--rule", "require-subnet"],
      '--rule require-subnet: a rule and its severity or its options are written like require-subnet:warn or \'require-subnet: {"when": "unsafe"}\'',
    ],
    [["--rule", "require-subnet:warning"], '--rule require-subnet:warning: unknown "warning"; did you mean warn?'],
    [
      ["--rule", "require-subnet: {"],
      `--rule require-subnet: {: the options are not valid JSON; write them like require-subnet:warn or 'require-subnet: {"when": "unsafe"}'`,
    ],
    [
      ["--rule", 'require-subnet: ["error", 1]'],
      '--rule require-subnet: ["error", 1]: a list contains a severity, and then the options in one object',
    ],
    [
      ["--rule", "require-subnet: [{}]"],
      '--rule require-subnet: [{}]: unknown "[object Object]"; it is one of off, warn, error',
    ],
    [["list", "--fix"], "list knows no option --fix"],
  ])("%j is told what is wrong", (args, fault) => {
    expect(readArguments(args)).toEqual({ ok: false, fault });
  });
});
