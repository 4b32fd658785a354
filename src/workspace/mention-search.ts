import { addressesIn } from "../compose/edit/move-subnet.js";
import { mentionsOf } from "../compose/edit/mentions.js";
import type { Project } from "../compose/project/project.js";
import type { AddressRange } from "../ipam/address.js";
import { createSource, type Place, type Source } from "../kit/source.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";
import type { Disk } from "./files/disk.js";
import type { Survey } from "./surveys.js";

/** Where addresses of a range are named, other than where networks and services say what their own are. */
export interface Mentions {
  readonly places: readonly Place[];
  /** Whether the search ended before the last file. */
  readonly isCut: boolean;
}

/** So many files are searched, and so many characters of them. */
const MOST_FILES = 20_000;
const MOST_TEXT = 2 ** 26;

interface Surroundings {
  /** One that keeps no record of what it could not read: nobody asked for these files. */
  readonly disk: Disk;
  readonly topOf: (directory: string) => string;
  readonly everythingAround: (directory: string) => Survey;
  /** The policy files that hold for a file, with all that they extend: what they name is not in use. */
  readonly policyFilesFor: (path: string) => readonly string[];
}

/** All texts as they are in one turn. */
interface Texts {
  readonly turn: number;
  readonly survey: Survey;
  readonly top: string;
  /** Compose files, with the projects that read them. */
  readonly compose: ReadonlyMap<string, { readonly source: Source; readonly projects: readonly Project[] }>;
  readonly others: readonly Source[];
  readonly isCut: boolean;
}

/** Looks for addresses in all files that git does not ignore, and in the `.env` files that Compose reads. */
export class MentionSearch {
  #texts: Texts | undefined;

  constructor(readonly surroundings: Surroundings) {}

  /**
   * @param directory In the work tree that is searched.
   * @param passedOver Files whose mentions are known.
   */
  mentionsOf(range: AddressRange, directory: string, passedOver: ReadonlySet<string>): Mentions {
    const texts = this.#textsAround(directory);
    const inProjects = [...texts.compose.values()].flatMap(({ source, projects }) =>
      passedOver.has(source.path)
        ? []
        : mentionsOf(range, source, texts, () => projects.flatMap((project) => addressesIn(project, source))),
    );
    const elsewhere = texts.others.flatMap((source) =>
      passedOver.has(source.path) ? [] : mentionsOf(range, source, texts, () => []),
    );
    return { places: [...inProjects, ...elsewhere], isCut: texts.isCut };
  }

  #textsAround(directory: string): Texts {
    const { disk, topOf, everythingAround } = this.surroundings;
    const [turn, top, survey] = [disk.turn(), topOf(directory), everythingAround(directory)];
    if (this.#texts?.turn !== turn || this.#texts.top !== top || this.#texts.survey !== survey) {
      const compose = readersIn(survey);
      this.#texts = { turn, survey, top, compose, ...this.#readOthers(top, survey, compose) };
    }
    return this.#texts;
  }

  #readOthers(top: string, survey: Survey, compose: ReadonlyMap<string, unknown>): Pick<Texts, "others" | "isCut"> {
    const { disk, policyFilesFor } = this.surroundings;
    const policies = new Set([...survey.keys()].flatMap((path) => policyFilesFor(path)));
    const environments = [...new Set([...survey.values()].flat().map(({ directory }) => `${directory}/.env`))];
    const listed = new Set([...disk.filesBelow(top).files, ...environments.filter((path) => disk.exists(path))]);
    const others: Source[] = [];
    let left = MOST_TEXT;
    let files = 0;
    for (const path of listed) {
      if (compose.has(path) || policies.has(path) || isPolicyFileName(path)) continue;
      files += 1;
      const text = files > MOST_FILES || left <= 0 ? undefined : disk.read(path, "mention");
      left -= text?.length ?? 0;
      if (text !== undefined && !text.includes("\0")) others.push(createSource(path, text));
    }
    return { others, isCut: files > MOST_FILES || left <= 0 };
  }
}

function readersIn(survey: Survey): Texts["compose"] {
  const readers = new Map<string, { readonly source: Source; readonly projects: Project[] }>();
  for (const project of new Set([...survey.values()].flat())) {
    for (const { source } of project.files) {
      const known = readers.get(source.path) ?? { source, projects: [] };
      known.projects.push(project);
      readers.set(source.path, known);
    }
  }
  return readers;
}
