import { lstatSync, mkdirSync } from "node:fs";
import path from "node:path";

import { command, eslint, everyReport, type Input } from "../input.js";
import type { Site } from "../site.js";
import { CLEAN, COLLIDING, OPEN, POLICY } from "../texts.js";
import { goodNeighbour, neighbourIsFound, STILL_FOUND } from "./workspace.js";
import { ROLES, SILENT_ROLES, type Role } from "./roles.js";

/** A link that stands for the file of a role, and leads to a right file outside. */
function linkOut({ name, file, around, text, limit }: Role): Input {
  const base = path.basename(file);
  return {
    name: `${name} is a link out of the checkout`,
    build(site) {
      goodNeighbour(site);
      around(site);
      site.link(site.put(base, text(site.secret)), file);
      site.commitAll();
    },
    calls: [
      command("", { says: STILL_FOUND }),
      command(
        "--format json",
        limit === undefined ? {} : { ...(base !== "daemon.json" && { notChecked: [[base, /outside/]] }) },
      ),
      command(file),
      command("list --format json"),
      command("--fix-dry-run"),
      command("--fix"),
      eslint(),
    ],
  };
}

const folderLinks: readonly Input[] = [
  {
    name: "a folder of compose files is a link out of the checkout",
    build(site) {
      goodNeighbour(site);
      site.put("shop/compose.yaml", OPEN.replace("web", site.secret));
      site.link("../outside/shop", "shop");
      site.commitAll();
    },
    calls: [
      "",
      "shop",
      "shop/compose.yaml",
      "list shop",
      "--fix",
      "--fix shop/compose.yaml",
      "renumber default --fix shop",
    ].map((words) => command(words)),
  },
  {
    name: "a path inside by its letters, outside by the folder's link",
    build(site) {
      goodNeighbour(site);
      site.put("shop/deep/x", "");
      site.put("shop/part.yaml", OPEN.replace("web", site.secret));
      site.link("../outside/shop/deep", "deep");
      site.write("compose.yaml", "include: [deep/../part.yaml]\n");
      site.write("mail/compose.yaml", "include: [../deep/../part.yaml, ../deep/../../shop/part.yaml]\n");
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), command("--fix")],
  },
  {
    name: "links that go around in circles, up, and nowhere",
    build(site) {
      goodNeighbour(site);
      site.link(".", "loop");
      site.link("..", "good/up");
      site.link("b", "a");
      site.link("a", "b");
      site.link("compose.yaml", "self/compose.yaml");
      site.link("nothing.yaml", "gone/compose.yaml");
      for (let index = 0; index < 60; index += 1) site.link(`c${index + 1}`, `chain/c${index}`);
      site.link("c0", "chain/compose.yaml");
      site.write("chain/c60", COLLIDING);
      site.link("/", "root");
      site.link("/proc/self/root", "proc");
      site.link("/proc/self/cwd", "cwd");
    },
    calls: neighbourIsFound(),
  },
  {
    name: "links that go around in circles as include, extends, .env and policy",
    build(site) {
      goodNeighbour(site);
      for (const file of ["part.yaml", ".env", "forbidden-ranges.yaml", "compose.override.yaml"])
        site.link(file, `shop/${file}`);
      site.write("shop/compose.yaml", `include: [part.yaml]\n${CLEAN}`);
      site.commitAll();
    },
    // ESLint itself does not survive such a link, whatever plugins it has.
    calls: neighbourIsFound(),
  },
];

const reading: readonly Input[] = [
  {
    name: "a named file is a link out of the checkout, as a hook passes it",
    build(site) {
      goodNeighbour(site);
      const place = site.put("stack.yaml", OPEN.replace("web", site.secret));
      site.link(place, "stack.yaml");
      site.link("../outside", "far");
      site.commitAll();
    },
    calls: ["stack.yaml", "./stack.yaml", "good/../stack.yaml", "far/stack.yaml", "--fix stack.yaml"].map((words) =>
      command(words),
    ),
  },
  {
    name: "an include outside is unknown, and no error",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", `include: [../outside/part.yaml]\n${CLEAN}`);
      site.put("part.yaml", `services: { db: { image: x, networks: [extra] } }\nnetworks: { extra: {} }\n`);
      site.commitAll();
    },
    calls: [
      command("", { exit: [0], says: ["--allow-outside"] }),
      command("--format json", { exit: [0], notChecked: [["part.yaml", /outside/]] }),
      command("--allow-outside ../outside", {
        exit: [1],
        says: ["../outside/part.yaml:2:13"],
        hides: ["--allow-outside"],
      }),
      command("list --allow-outside ../outside", { exit: [0], says: [/^ {2}extra /m] }),
    ],
  },
  {
    name: "a policy cannot let itself out",
    build(site) {
      const place = site.put("secret.txt", `${site.secret}\n`);
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [${place}]\nallow-outside: [/]\nallowOutside: [/]\n`);
      site.write("compose.yaml", COLLIDING);
      site.commitAll();
    },
    calls: everyReport(),
  },
  {
    name: "a folder with a name that begins as that of the checkout",
    build(site) {
      goodNeighbour(site);
      const twin = `${site.checkout}-evil`;
      mkdirSync(twin);
      site.link(`../checkout-evil`, "twin");
      site.write("../checkout-evil/part.yaml", OPEN.replace("web", site.secret));
      site.write("shop/compose.yaml", `include: [../../checkout-evil/part.yaml, ../twin/part.yaml]\n${CLEAN}`);
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), command("--fix")],
  },
];

const isLink = (site: Site, file: string): readonly string[] =>
  lstatSync(site.at(file)).isSymbolicLink() ? [] : [`${file} is no link any more`];

const writing: readonly Input[] = [
  {
    name: "a link inside of the checkout is fixed at its target",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("deploy/stack/compose.yaml", OPEN);
      site.link("deploy/stack/compose.yaml", "compose.yaml");
      site.commitAll();
    },
    calls: [command("--fix"), command("--fix", { exit: [0] })],
    after: (site) => isLink(site, "compose.yaml"),
  },
  {
    name: "init meets links out of the checkout wherever it writes",
    build(site) {
      goodNeighbour(site);
      for (const file of ["package.json", "settings.json", ".pre-commit-config.yaml"]) site.put(file, "{}\n");
      site.put("hooks/pre-commit", "#!/bin/sh\n");
      site.link("../outside/package.json", "package.json");
      site.link("../../outside/settings.json", ".vscode/settings.json");
      site.link("../outside/.pre-commit-config.yaml", ".pre-commit-config.yaml");
      site.link("../outside/hooks", ".husky");
      site.link("../outside/eslint.config.js", "eslint.config.mjs");
      site.commitAll();
      site.link("../../../outside/hooks/pre-commit", ".git/hooks/pre-commit");
    },
    calls: ["eslint", "vscode", "pre-commit", "lint-staged", "git-hook"].map((what) =>
      command(`init --yes --with ${what}`),
    ),
  },
  {
    name: "init meets a policy that is a link to nothing outside",
    build(site) {
      site.write("compose.yaml", OPEN);
      site.link("../outside/new.yaml", "forbidden-ranges.yaml");
      site.link("../outside/newfolder", ".vscode");
      site.commitAll();
    },
    calls: [command("init --yes --forbid 10.0.0.0/8 --pool 10.201.0.0/16 --with vscode")],
  },
  {
    name: "the fix of a policy that is a link out of the checkout",
    build(site) {
      site.link(
        site.put(
          "policy.yaml",
          `version: 1\nforbidden: [10.0.0.0/8, 10.0.0.0/8]\npools: [{ cidr: 10.201.0.1/16, prefix: 24 }]\n`,
        ),
        "forbidden-ranges.yaml",
      );
      site.write("compose.yaml", OPEN);
      site.commitAll();
    },
    calls: [command("--fix"), command("--fix forbidden-ranges.yaml"), command("renumber default --fix")],
  },
  {
    name: "renumber moves a network whose other files are links out of the checkout",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", COLLIDING);
      const override = `services: { web: { networks: { default: { ipv4_address: 192.168.0.9 } } } }\n`;
      site.link(site.put("override.yaml", override), "compose.override.yaml");
      site.commitAll();
    },
    calls: [command("renumber default --fix"), command("--fix --rule no-forbidden-subnet:error")],
  },
];

export const linkInputs: readonly Input[] = [
  ...[...ROLES, ...SILENT_ROLES].map(linkOut),
  ...folderLinks,
  ...reading,
  ...writing,
];
