import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A program over a workspace, as it is started: `node ...args`, with the workspace as the working directory. */
export interface Case {
  readonly program: string;
  readonly projects: number;
  readonly folder: string;
  readonly args: readonly string[];
}

const nodeAlone = "node alone";
export const parseAlone = "yaml, parse alone";
export const ourCommand = "compose-networks";
const ourCommandCold = "compose-networks --no-cache";
export const ourCommandWithList = "compose-networks, 100,000 forbidden prefixes";
export const parseAloneOfThree = "yaml, parse alone, 3 files each";
export const ourCommandOfThree = "compose-networks, 3 files each";
const ourPlugin = "eslint, compose-networks";
const ymlPlugin = "eslint, yml";
const dclint = "dclint";

const fromRoot = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const eslint = fromRoot("node_modules/eslint/bin/eslint.js");
const command = fromRoot("packages/compose-networks/dist/compose-networks.cjs");
const plugin = fromRoot("dist/index.js");

const programs = new Map<string, readonly string[]>([
  [nodeAlone, ["-e", "0"]],
  [parseAlone, [fromRoot("bench/parse.js"), "."]],
  [ourCommand, [command, "."]],
  [ourCommandCold, [command, "--no-cache", "."]],
  [ourPlugin, [eslint, "-c", fromRoot("bench/eslint/compose-networks.js"), "."]],
  [ymlPlugin, [eslint, "-c", fromRoot("bench/eslint/yml.js"), "."]],
  [dclint, [fromRoot("node_modules/dclint/bin/dclint.cjs"), "-r", "."]],
]);

/** dclint needs a minute and a half for a thousand projects. */
const mostForDclint = 100;

const needed = new Map([
  [ourCommand, command],
  [ourCommandCold, command],
  [ourCommandWithList, command],
  [ourCommandOfThree, command],
  [ourPlugin, plugin],
]);

/** Our own programs that `npm run build:code` has not built yet. */
export const unbuilt: readonly string[] = [...needed]
  .filter(([, file]) => !existsSync(file))
  .map(([program]) => program);

/** The programs that are measured over a workspace of so many projects. */
export function casesOver(folder: string, projects: number, { full }: { readonly full: boolean }): Case[] {
  return [...programs]
    .filter(([program]) => program !== dclint || full || projects <= mostForDclint)
    .filter(([program]) => !unbuilt.includes(program))
    .map(([program, args]) => ({ program, projects, folder, args }));
}

/** Our command over a workspace whose policy extends a long list. */
export function casesWithList(folder: string, projects: number): Case[] {
  if (unbuilt.includes(ourCommandWithList)) return [];
  return [{ program: ourCommandWithList, projects, folder, args: [command, "."] }];
}

/** Our command over projects of three files, and what it is compared with. */
export function casesOfThree(folder: string, projects: number): Case[] {
  const parse = [fromRoot("bench/parse.js"), "."];
  const parsing = { program: parseAloneOfThree, projects, folder, args: parse };
  return unbuilt.includes(ourCommandOfThree)
    ? [parsing]
    : [parsing, { program: ourCommandOfThree, projects, folder, args: [command, "."] }];
}

/** The program that the figures of a program are set in relation to. */
export function baseOf(program: string): string {
  return program === ourCommandOfThree || program === parseAloneOfThree ? parseAloneOfThree : parseAlone;
}
