import { isAlias, isCollection, isMap, isScalar, parseAllDocuments, visit, type Document } from "yaml";

import { randomBelow, seededRandom, type Random } from "../../../../bench/random.js";
import type { StartedCase } from "./started-case.js";
import { variedAddresses } from "./vary-addresses.js";
import { namesIn, type Names } from "./vary-names.js";

/**
 * The same cases with other names, other addresses and another order. What decides stays: which name equals which, how
 * long a name is, the host part of an address, the order of a list.
 */
export function variedCases(cases: readonly StartedCase[], seed: number): StartedCase[] {
  const random = seededRandom(seed);
  const addresses = variedAddresses(random);
  return shuffled(cases, random).map((each) => {
    const { projects = [] } = each;
    const names = namesIn(Object.values(each.files), projects, random);
    const files = Object.entries(each.files).map(([path, text]) => [
      movedPath(path, projects, names),
      addresses(variedText(text, names, random)),
    ]);
    return {
      ...each,
      files: Object.fromEntries(files) as Readonly<Record<string, string>>,
      projects: each.projects?.map(names.of),
      args: each.args.map(names.of),
      before: each.before.map((argument) => addresses(names.of(argument))),
    };
  });
}

function movedPath(path: string, projects: readonly string[], names: Names): string {
  const [folder = "", ...rest] = path.split("/");
  return projects.includes(folder) ? [names.of(folder), ...rest].join("/") : path;
}

/** A text that only Compose's own reader takes keeps its names and its order: they are not what it is about. */
function variedText(text: string, names: Names, random: Random): string {
  const documents = parseAllDocuments(text, { merge: true, logLevel: "silent" });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return text;
  return documents.map((document) => varied(document, names, random)).join("---\n");
}

function varied(document: Document, names: Names, random: Random): string {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string") scalar.value = names.of(scalar.value);
    },
  });
  visit(document, {
    Map: (_, map) => {
      if (!map.items.some(({ key, value }) => isReferred(key) || isReferred(value))) {
        map.items = shuffled(map.items, random);
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** An anchor must come before its alias. */
function isReferred(node: unknown): boolean {
  if (isAlias(node)) return true;
  if (isScalar(node)) return node.anchor !== undefined;
  if (!isCollection(node)) return false;
  if (node.anchor !== undefined) return true;
  return isMap(node)
    ? node.items.some(({ key, value }) => isReferred(key) || isReferred(value))
    : node.items.some(isReferred);
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  const result: Item[] = [];
  while (left.length > 0) result.push(...left.splice(randomBelow(random, left.length), 1));
  return result;
}
