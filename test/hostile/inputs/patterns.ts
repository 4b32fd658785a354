import { command, type GrowingInput } from "../input.js";
import { CLEAN, POLICY, repeat } from "../texts.js";

const CHECK = command("");

/** What the check reads before it knows which files there are. */
const listings: readonly GrowingInput[] = [
  {
    name: "line ends in a .git file, and a word after them",
    size: 100_000,
    build(site, count) {
      site.write("compose.yaml", CLEAN);
      site.write("sub/.git", `gitdir: ${"\n".repeat(count)}x`);
    },
    call: CHECK,
  },
  {
    name: "spaces in the .gitmodules of a repository that git is not asked about",
    size: 100_000,
    build(site, count) {
      site.write("compose.yaml", CLEAN);
      site.write(".git/HEAD", "ref: refs/heads/main\n");
      site.write(".git/config", "[include]\n\tpath = elsewhere\n");
      for (const folder of ["objects", "refs"]) site.folder(`.git/${folder}`);
      site.write(".gitmodules", `[submodule "x"]\n\tpath = a${" ".repeat(count)}b\n`);
    },
    call: CHECK,
  },
  ignoring("brackets that never close", (count) => `a/${"[".repeat(count)}\n`),
  ignoring("spaces at the end of a line", (count) => `a${" ".repeat(count)}\n`),
  ignoring(
    "backslashes and spaces at the end of a line",
    (count) => `${"\\".repeat(count / 2)}${" ".repeat(count / 2)}\n`,
  ),
  ignoring("members of a class", (count) => `*[${"z".repeat(count)}]\n`),
];

/** Each folder has as many patterns as one may have. */
function ignoring(name: string, patterns: (count: number) => string): GrowingInput {
  return {
    name: `${name}, in each .gitignore`,
    size: 15_000,
    build(site, count) {
      site.write("compose.yaml", CLEAN);
      for (let index = 0; index < 20; index += 1) {
        site.write(`f${index}/.gitignore`, patterns(count));
        site.write(`f${index}/${"n".repeat(200)}.yaml`, CLEAN);
      }
    },
    call: CHECK,
  };
}

/** So many globs, and so many files that each of them is about. */
function globs(name: string, lines: (count: number) => string): GrowingInput {
  return {
    name: `${name} with wildcards`,
    size: 15_000,
    build(site, count) {
      site.write("forbidden-ranges.yaml", `${POLICY}${lines(count)}`);
      for (let index = 0; index < 50; index += 1) site.write(`a/b/c${index}/compose.yaml`, CLEAN);
    },
    call: command("", { exit: [2], says: ["the globs of the policy have more than 64 KiB"] }),
  };
}

const wildcards: readonly GrowingInput[] = [
  globs("entries of ignore", (count) => `ignore:\n${repeat(count, (index) => `  - "**/x${index}*a*b*/**"\n`)}`),
  globs("stacks", (count) => `stacks:\n${repeat(count, (index) => `  - "**/x${index}*/*"\n`)}`),
  globs("hosts", (count) => `hosts:\n${repeat(count, (index) => `  h${index}: ["**/x${index}*/*"]\n`)}`),
  globs("exceptions", (count) => `allow:\n${repeat(count, (index) => `  - { file: "**/x${index}*/*", reason: x }\n`)}`),
  globs("projects", (count) => `projects:\n${repeat(count, (index) => `  - "**/x${index}*/*"\n`)}`),
  {
    name: "stars in the glob of a project",
    size: 12,
    build(site, count) {
      site.write(
        "forbidden-ranges.yaml",
        `${POLICY}projects: ["${"*a".repeat(count)}*b", "${"**/".repeat(count)}x.yaml"]\n`,
      );
      site.write(`${"a".repeat(100)}.yaml`, CLEAN);
      site.write(`${"a/".repeat(60)}compose.yaml`, CLEAN);
    },
    call: CHECK,
  },
];

export const patternInputs: readonly GrowingInput[] = [...listings, ...wildcards];
