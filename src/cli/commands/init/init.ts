import { existsSync } from "node:fs";

import { joinPath } from "../../../kit/paths.js";
import { findPolicyFile } from "../../../policy/find-policy-file.js";
import { unifiedDiff } from "../../reports/diff.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import type { InitRequest } from "../../arguments/init.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { writeDiff } from "../../files/write-diff.js";
import { replaceFiles } from "../../files/write-fixed.js";
import { joined } from "./addition.js";
import { draftOf, interview } from "./interview.js";
import { nextSteps, undoing } from "./next-steps.js";
import { newPolicy, presentPolicy } from "./policy-part.js";
import { openPrompt, type Prompt } from "./prompt.js";
import { warningAbout } from "./proposed-pool.js";
import { SET_UPS, siteAt } from "./set-ups.js";

/** Sets up the working directory: shows what it would add, and adds it when that is wanted. */
export async function init(request: InitRequest, terminal: Terminal): Promise<ExitCode> {
  const asks = terminal.stdinIsTerminal && terminal.stderr.isTerminal && !request.yes;
  const policyFile = findPolicyFile(joinPath(terminal.cwd, "compose.yaml"), terminal.cwd, existsSync);
  const missing = asks ? [] : missingOptions(request, policyFile !== undefined);
  if (missing.length > 0) {
    const where = request.yes ? "init --yes asks nothing" : "init asks at a terminal, and there is none";
    complain(terminal, `${where}: give ${missing.join(", and ")} (compose-networks --help lists the options)`);
    return EXIT_CODES.trouble;
  }
  const prompt = asks ? openPrompt() : undefined;
  try {
    return await setUp(request, terminal, policyFile, prompt);
  } finally {
    prompt?.close();
  }
}

function missingOptions(request: InitRequest, hasPolicy: boolean): string[] {
  const { forbid, import: imported, yes, dryRun } = request;
  const saysRanges = forbid.length > 0 || imported !== undefined;
  const asksForNothing = hasPolicy && !saysRanges && request.with === undefined;
  return [
    ...(hasPolicy || saysRanges ? [] : ['--forbid "RANGE NAME" or --import FILE']),
    ...(yes || dryRun || asksForNothing ? [] : ["--yes to write or --dry-run to look"]),
  ];
}

async function setUp(
  request: InitRequest,
  terminal: Terminal,
  policyFile: string | undefined,
  prompt: Prompt | undefined,
): Promise<ExitCode> {
  const { cwd, stderr } = terminal;
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const found = siteAt(cwd);
  if (!found.ok) return fail(found.fault.reason);
  const site = found.value;
  const wishes = await interview(request, site, policyFile !== undefined, prompt);
  if (!wishes.ok) return fail(wishes.fault);
  for (const { prefix } of draftOf(wishes.value).pools) {
    const warning = warningAbout(prefix);
    if (warning !== undefined) complain(terminal, `warning: ${warning}`);
  }
  const policy =
    policyFile === undefined ? newPolicy(wishes.value, site) : presentPolicy(request, wishes.value, policyFile, cwd);
  const additions = joined([policy, ...wishes.value.companions.map((companion) => SET_UPS[companion](site))]);
  if (!additions.ok) {
    complain(terminal, additions.fault.reason);
    stderr.write(additions.fault.lines ?? "");
    return EXIT_CODES.trouble;
  }
  const files = additions.value;
  if (files.length === 0) {
    stderr.write("all of it is there already; nothing is written\n");
    return EXIT_CODES.clean;
  }
  const diff = files.map(({ name, before, after }) => unifiedDiff(name, before?.text, after)).join("");
  writeDiff(diff, terminal);
  if (request.dryRun) return EXIT_CODES.clean;
  if (prompt && !/^y(?:es)?$/i.test((await prompt.ask("Write this? [y/N] ")) ?? "")) return fail("nothing is written");

  const undo = undoing(cwd, files);
  const written = replaceFiles(files);
  if (!written.ok) return fail(written.fault);
  stderr.write(`wrote ${files.map(({ name }) => name).join(", ")}\n`);
  stderr.write(`to undo it: ${undo}\n`);
  for (const step of nextSteps(site, wishes.value.companions)) stderr.write(`next: ${step}\n`);
  return EXIT_CODES.clean;
}
