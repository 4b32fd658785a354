import type { Site } from "../site.js";
import { CLEAN, OPEN, POLICY, withSubnet } from "../texts.js";

/** A part that a file can play, with a folder in which it plays it. */
export interface Role {
  readonly name: string;
  /** The file that plays it, relative to the checkout. */
  readonly file: string;
  /** Makes all but that file. */
  readonly around: (site: Site) => void;
  /** A right file for the role, which mentions this word where it can. */
  readonly text: (word: string) => string;
  /** What a user is told of when the file can't be read; undefined where nothing depends on it. */
  readonly limit: "text" | "list" | undefined;
}

const withWord = (text: string, word: string): string => `# ${word}\nx-note: ${word}\n${text}`;

export const ROLES: readonly Role[] = [
  {
    name: "a compose file",
    file: "shop/compose.yaml",
    around: () => undefined,
    text: (word) => withWord(OPEN.replace("web", word), word),
    limit: "text",
  },
  {
    name: "an override file",
    file: "shop/compose.override.yaml",
    around: (site) => site.write("shop/compose.yaml", CLEAN),
    text: (word) =>
      withWord(`services: { ${word}: { image: x, networks: [${word}] } }\nnetworks: { ${word}: {} }\n`, word),
    limit: "text",
  },
  {
    name: "an included file",
    file: "shop/part.yaml",
    around: (site) => site.write("shop/compose.yaml", `include: [part.yaml]\n${CLEAN}`),
    text: (word) =>
      withWord(`services: { ${word}: { image: x, networks: [${word}] } }\nnetworks: { ${word}: {} }\n`, word),
    limit: "text",
  },
  {
    name: "a file that extends names",
    file: "shop/base.yaml",
    around: (site) =>
      site.write("shop/compose.yaml", CLEAN.replace("image: nginx", "extends: { file: base.yaml, service: web }")),
    text: (word) => withWord(`services: { web: { image: x, networks: { ${word}: {} } } }\n`, word),
    limit: "text",
  },
  {
    name: "a .env that a subnet needs",
    file: "shop/.env",
    around: (site) => site.write("shop/compose.yaml", withSubnet('"${SHOP_SUBNET}"')),
    text: (word) => `WORD=${word}\nSHOP_SUBNET=${word}\n`,
    limit: "text",
  },
  {
    name: "an env_file of an include",
    file: "shop/part.env",
    around(site) {
      site.write("shop/compose.yaml", "include: [{ path: part.yaml, env_file: part.env }]\n");
      site.write("shop/part.yaml", withSubnet('"${SHOP_SUBNET}"'));
    },
    text: (word) => `WORD=${word}\nSHOP_SUBNET=${word}\n`,
    limit: "text",
  },
  {
    name: "a list that a policy extends",
    file: "lists/office.txt",
    around: (site) => site.write("forbidden-ranges.yaml", `${POLICY}extends: [./lists/office.txt]\n`),
    text: (word) => `10.77.0.0/16 # ${word}\n${word}\n`,
    limit: "list",
  },
  {
    name: "a policy that a policy extends",
    file: "lists/office.yaml",
    around: (site) => site.write("forbidden-ranges.yaml", `${POLICY}extends: [./lists/office.yaml]\n`),
    text: (word) => `version: 1\nforbidden: [{ cidr: 10.77.0.0/16, name: ${word} }, ${word}]\n`,
    limit: "text",
  },
];

/** Those whose absence changes nothing in a check of the folder. */
export const SILENT_ROLES: readonly Role[] = [
  {
    name: "a .gitignore",
    file: "shop/.gitignore",
    around: (site) => site.write("shop/compose.yaml", CLEAN),
    text: (word) => `${word}\n[${word}\n`,
    limit: undefined,
  },
  {
    name: "a daemon.json",
    file: "shop/daemon.json",
    around: (site) => site.write("shop/compose.yaml", CLEAN),
    text: (word) => `{ "bip": "${word}" }`,
    limit: "list",
  },
];
