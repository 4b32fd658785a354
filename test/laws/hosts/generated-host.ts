import type { Dice } from "../../compare/compose/dice.js";
import { Directory, type Files } from "./generated-directory.js";
import { Numbers } from "./generated-network.js";
import { generatePolicies, HOST_OF_ALL } from "./generated-policies.js";

/** The files of a workspace whose projects run on one host or on a few, and every way in which somebody starts them. */
export interface GeneratedHost {
  readonly texts: ReadonlyMap<string, string>;
  /** Each with the file or folder that it leads to. */
  readonly links: ReadonlyMap<string, string>;
  readonly starts: readonly Start[];
}

/** One call of Compose in a directory. Without files, Compose looks for them. */
export interface Start {
  readonly directory: string;
  readonly files: readonly string[];
  /** Networks with one name are one network only where the starts share a host. */
  readonly host: string;
}

const DIRECTORIES = ["shop", "mail", "wiki", "apps/auth", "apps/docs"];
/** Two folders that Compose would give one project name: people start them with `-p`, or on two hosts. */
const ALIKE = ["one/docker", "two/docker"];

export function generateHost(dice: Dice): GeneratedHost {
  const files: Files = { texts: new Map(), links: new Map(), starts: [], declared: [] };
  const numbers = new Numbers(dice);
  const chosen = DIRECTORIES.filter(() => dice.chance(55));
  const alike = dice.chance(10) ? ALIKE : [];
  const directories = [...(chosen.length > 0 ? chosen : ["shop"]), ...alike];
  const projectName = dice.chance(10) ? "stack" : undefined;
  for (const directory of directories) {
    const top = projectName !== undefined && dice.chance(50) ? [`name: ${projectName}`] : undefined;
    new Directory(dice, numbers, directory, files).fill(top);
  }
  const hosts = generatePolicies(dice, directories, files);
  const [first] = files.starts;
  if (first && dice.chance(20)) link(dice, first.directory, files);
  const starts = files.starts.map(({ directory, files: named }): Start => {
    const host = hosts.get(directory) ?? HOST_OF_ALL;
    return { directory, files: named, host: ALIKE.includes(directory) ? `${host} ${directory}` : host };
  });
  return { texts: files.texts, links: files.links, starts };
}

/** One text under two names: each is a project of its own. */
function link(dice: Dice, directory: string, { texts, links, starts }: Files): void {
  const target = dice.one(["compose.yaml", "docker-compose.yml"]);
  const other = target === "compose.yaml" ? "docker-compose.yml" : "compose.yaml";
  const base = texts.has(`${directory}/${target}`) ? target : other;
  links.set(`copy/${base}`, `${directory}/${base}`);
  starts.push({ directory: "copy", files: [] });
}
