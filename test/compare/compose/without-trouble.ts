import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parseAllDocuments } from "yaml";

import type { ProjectCase } from "./ask.js";

let folder: string | undefined;
let count = 0;

/**
 * The project with copies of its files that lack what Compose complains about: a key that it does not know at the root,
 * or one of a service.
 *
 * @param message Compose's complaint, about something that says nothing about networks.
 * @returns undefined when the message names no such key, or the files have none.
 */
export function withoutTrouble(project: ProjectCase, message: string): ProjectCase | undefined {
  const trouble = troubleIn(message);
  if (trouble.length === 0 || project.files.length === 0) return undefined;
  folder ??= mkdtempSync(path.join(tmpdir(), "compose-networks-copies-"));
  const into = folder;
  const found: unknown[] = [];
  const copies = (project.copies ?? project.files).map((file) => {
    const documents = [...parseAllDocuments(readFileSync(file, "utf8"))];
    for (const document of documents) {
      found.push(...trouble.filter((keys) => document.hasIn(keys) && document.deleteIn(keys)));
    }
    const copy = path.join(into, `${count++}.yaml`);
    writeFileSync(copy, documents.map(String).join("---\n"));
    return copy;
  });
  return found.length > 0 ? { ...project, copies } : undefined;
}

function troubleIn(message: string): string[][] {
  const rest = message.replace(/^validating \S+: /, "");
  const service = /^services\.(.+?)\.((?!networks\b|network_mode\b|extends\b)\w+)/.exec(rest);
  if (service) return [service.slice(1)].map((keys) => ["services", ...keys]);
  const atRoot = /^(?:\(root\) Additional property (\S+) is not allowed|additional properties (.+) not allowed)/.exec(
    rest,
  );
  return (atRoot?.[1] ?? atRoot?.[2] ?? "")
    .split(", ")
    .map((key) => key.replaceAll("'", ""))
    .flatMap((key) => (key === "" ? [] : [[key]]));
}
