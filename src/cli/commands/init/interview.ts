import { statSync } from "node:fs";
import { basename } from "node:path";

import { failure, success, type Result } from "../../../kit/result.js";
import { readPolicyFile } from "../../../policy/policy-file.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { absolutePath } from "../../../workspace/files/paths.js";
import { importFrom, type Imported } from "../import.js";
import { readNamedFile } from "../../files/named-file.js";
import { COMPANIONS, readCompanions, type Companion, type InitRequest } from "../../arguments/init.js";
import { originName } from "./git.js";
import { explicitSubnets, type Network } from "../../../compose/project/network.js";
import { rangeOf } from "../../../ipam/prefix.js";
import { createdNetworks } from "../../../lint/which-networks.js";
import { readProjects } from "../../files/read-projects.js";
import { workspaceFor } from "../../workspaces.js";
import { mayTell, proposedProjects, type ProposedProject } from "./proposed-projects.js";
import { joinPath } from "../../../kit/paths.js";
import { printablePath } from "../../terminal/printable.js";
import { proposedPool, type ProposedPool } from "./proposed-pool.js";
import { policyText, type PolicyAnswers } from "./policy-text.js";
import type { Prompt } from "./prompt.js";
import { likelyCompanions, type Site } from "./set-ups.js";
import type { AddressRange } from "../../../ipam/address.js";

/** What somebody wants to be set up. */
export interface Wishes extends Pick<PolicyAnswers, "forbid" | "pool" | "id" | "projects"> {
  readonly imported: Imported | undefined;
  readonly companions: readonly Companion[];
}

/** What was asked is no longer answered. */
const GONE = failure("nothing is written");

/**
 * Finds out what is wanted: from the call, and from whoever sits at the terminal what the call leaves open.
 *
 * @param hasPolicy Then nothing is asked about what it would say.
 * @param prompt Undefined where nobody is to be asked.
 */
export async function interview(
  request: InitRequest,
  site: Site,
  hasPolicy: boolean,
  prompt: Prompt | undefined,
): Promise<Result<Wishes, string>> {
  const { from, pool: cidr, prefix } = request;
  const given = request.import === undefined ? success(undefined) : readImported(request.import, from, site.cwd);
  if (!given.ok) return given;
  let wishes: Wishes = {
    forbid: request.forbid,
    imported: given.value,
    pool: cidr === undefined ? undefined : poolOf(cidr, prefix),
    id: request.id ?? likelyId(site),
    companions: request.with ?? [],
  };
  const fault = faultOf(wishes);
  if (fault !== undefined) return failure(fault);
  if (!prompt) return success(wishes);

  if (!hasPolicy) {
    if (request.forbid.length === 0 && !given.value) {
      const ranges = await askRanges(prompt, wishes, site.cwd);
      if (!ranges) return GONE;
      wishes = { ...wishes, ...ranges };
    }
    if (request.id === undefined) {
      const id = await prompt.ask(`A name that no other repository has [${wishes.id}]: `);
      if (id === undefined) return GONE;
      if (id !== "") wishes = { ...wishes, id };
    }
    if (cidr === undefined) {
      const answered = await askPool(prompt, wishes, site);
      if (!answered) return GONE;
      wishes = answered;
    }
    const projects = await askProjects(prompt, site);
    if (!projects) return GONE;
    wishes = { ...wishes, projects };
  }
  if (request.with !== undefined) return success(wishes);
  const companions = await askCompanions(prompt, site);
  return companions ? success({ ...wishes, companions }) : GONE;
}

/** Asks again after an answer that won't do. */
async function askUntil<Value>(
  prompt: Prompt,
  question: string,
  read: (answer: string) => Result<Value, string>,
): Promise<Value | undefined> {
  for (let text = question; ;) {
    const answer = await prompt.ask(text);
    if (answer === undefined) return undefined;
    const value = read(answer);
    if (value.ok) return value.value;
    text = `  ${value.fault}\n> `;
  }
}

async function askRanges(
  prompt: Prompt,
  wishes: Wishes,
  cwd: string,
): Promise<Pick<Wishes, "forbid" | "imported"> | undefined> {
  const forbid: string[] = [];
  let imported: Imported | undefined;
  let question = `Which ranges must Compose stay off? One a line, with its name: 192.168.0.0/24 office LAN
Or a file with routes or networks: what "ip -j route" prints, a configuration of a VPN, a list…
An empty line ends the list.
> `;
  for (;;) {
    const isOver = await askUntil(prompt, question, (answer) => {
      if (answer === "") return success(true);
      const isFile = statSync(absolutePath(cwd, toPosix(answer)), { throwIfNoEntry: false })?.isFile() === true;
      if (isFile) {
        const reading = imported ? failure("one file can be imported by init") : readImported(answer, undefined, cwd);
        if (!reading.ok) return reading;
        imported = reading.value;
        return success(false);
      }
      const fault = faultOf({ ...wishes, forbid: [answer] });
      if (fault !== undefined) return failure(fault);
      forbid.push(answer);
      return success(false);
    });
    if (isOver === undefined) return undefined;
    if (isOver) return { forbid, imported };
    question = "> ";
  }
}

async function askPool(prompt: Prompt, wishes: Wishes, site: Site): Promise<Wishes | undefined> {
  const proposed = proposalFor(wishes, site);
  const free = proposed && [proposed.cidr, ...(proposed.prefix === "24" ? [] : [proposed.prefix])].join(" ");
  const question = `From which space may fixes take subnets? A block, or "none" [${free ?? "none"}]: `;
  return askUntil(prompt, question, (answer) => {
    const [cidr = "none", prefix] = (answer === "" ? (free ?? "none") : answer).split(/\s+/);
    const asked = { ...wishes, pool: cidr === "none" ? undefined : poolOf(cidr, prefix) };
    const fault = faultOf(asked);
    return fault === undefined ? success(asked) : failure(fault);
  });
}

/** What the policy file says about projects counts more than what Compose finds: nobody but a person can confirm it. */
async function askProjects(prompt: Prompt, { cwd }: Site): Promise<Wishes["projects"]> {
  const proposed = projectsProposedIn(cwd);
  if (proposed.length === 0) return [];
  const lines = proposed.map(
    ({ files, from }) => `  ${files.map(printablePath).join(" + ")}  (${printablePath(from)})`,
  );
  const question = `These files seem to be started together:\n${lines.join("\n")}\nWrite them to "projects"? [Y/n] `;
  const answer = await prompt.ask(question);
  if (answer === undefined) return undefined;
  return /^n/i.test(answer) ? [] : proposed.map(({ files }) => files);
}

function projectsProposedIn(cwd: string): readonly ProposedProject[] {
  const workspace = workspaceFor({ cwd });
  const { disk } = workspace;
  const { views } = readProjects(workspace.composeFilesBelow(cwd), workspace);
  const folders = new Set([cwd, ...views.map(({ project }) => project.directory)]);
  const texts = new Map<string, string>();
  for (const folder of folders) {
    for (const name of disk.names(folder)) {
      const path = joinPath(folder, name);
      const text = mayTell(name) ? disk.read(path) : undefined;
      if (text !== undefined) texts.set(path, text);
    }
  }
  return proposedProjects({ cwd, views, texts, exists: (path) => disk.exists(path) });
}

async function askCompanions(prompt: Prompt, site: Site): Promise<readonly Companion[] | undefined> {
  const likely = likelyCompanions(site).join(", ");
  const question = `What is to run the check? ${COMPANIONS.join(", ")}, or "none" [${likely || "none"}]: `;
  return askUntil(prompt, question, (answer) => readCompanions(answer || likely));
}

function poolOf(cidr: string, prefix: string | undefined): Wishes["pool"] {
  return { cidr, prefix: prefix ?? (cidr.includes(":") ? "64" : "24") };
}

/** The ranges that these wishes would forbid, in a file of their own. */
export function draftOf(
  wishes: Pick<Wishes, "forbid" | "pool" | "id" | "projects">,
): ReturnType<typeof readPolicyFile> {
  return readPolicyFile("forbidden-ranges.yaml", policyText({ ...wishes, extends: [], schema: "" }));
}

/** What the reader of the file would say of it. */
function faultOf(wishes: Wishes): string | undefined {
  return draftOf(wishes).faults[0]?.message;
}

/** Where fixes may take subnets from, as far as can be told from what is forbidden. */
function proposalFor(wishes: Wishes, { cwd }: Site): ProposedPool | undefined {
  const taken: readonly AddressRange[] = [
    ...[draftOf(wishes), readPolicyFile("imported.yaml", wishes.imported?.text ?? "")].flatMap(({ forbidden }) =>
      [...forbidden].flatMap(({ ranges }) => ranges),
    ),
  ];
  const networks = networksBelow(cwd);
  const written = networks.flatMap((network) => explicitSubnets(network).map(({ prefix }) => rangeOf(prefix)));
  return proposedPool(wishes.id, taken, networks.length, written);
}

function networksBelow(cwd: string): readonly Network[] {
  const workspace = workspaceFor({ cwd });
  const { views } = readProjects(workspace.composeFilesBelow(cwd), workspace);
  return views.flatMap(({ project }) => createdNetworks(project));
}

function readImported(file: string, from: string | undefined, cwd: string): Result<Imported, string> {
  const bytes = readNamedFile(file, cwd);
  if (!bytes.ok) return bytes;
  const imported = importFrom(bytes.value, file, from);
  return imported.ok && imported.value.isEmpty ? failure(`${file}: nothing in it is to be forbidden`) : imported;
}

/** The same in every clone, where that can be: the name of the repository, or of the package, or of the folder. */
function likelyId({ cwd, packageJson }: Site): string {
  const [, name] = /"name"\s*:\s*"([^"\\]+)"/.exec(packageJson) ?? [];
  return originName(cwd) ?? name ?? (basename(cwd) || "root");
}
