import path from "node:path";

import { command, everywhere, type Input } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, POLICY } from "../texts.js";
import { goodNeighbour, neighbourIsFound, STILL_FOUND } from "./workspace.js";

const PEM = (site: Site): string => `-----BEGIN KEY-----\n${site.secret}\n${site.secret}==\n-----END KEY-----\n`;

/** A policy that extends this. Its faults are those of a list. */
function extending(name: string, prepare: (site: Site) => string): Input {
  return {
    name: `a policy extends ${name}`,
    build(site) {
      goodNeighbour(site);
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [${JSON.stringify(prepare(site))}]\n`);
      site.commitAll();
    },
    calls: everywhere(),
  };
}

/** What a file holds that is no compose file, brought in as if it were. */
function asCompose(name: string, text: (site: Site) => string): Input {
  return {
    name: `${name} as compose file, include, extends and override file`,
    build(site) {
      goodNeighbour(site);
      site.write("shop/.env", text(site));
      site.link(".env", "shop/compose.yaml");
      site.write("mail/compose.yaml", "include: [../shop/.env]\n");
      site.write("wiki/compose.yaml", "services: { web: { extends: { file: ../shop/.env, service: web } } }\n");
      site.write("blog/compose.yaml", COLLIDING);
      site.link("../shop/.env", "blog/compose.override.yaml");
      site.commitAll();
    },
    calls: neighbourIsFound(),
  };
}

export const contentInputs: readonly Input[] = [
  extending("a file outside by its whole name", (site) => site.put("passwd", `root:${site.secret}:0:0\n`)),
  extending("a file outside by steps up", (site) => {
    site.put("shadow", `root:${site.secret}:0\n`);
    return "../outside/shadow";
  }),
  extending("a file outside with ranges, which is known then", (site) =>
    site.put("lists.yaml", `forbidden: [{ cidr: 10.9.0.0/16, name: ${site.secret} }]\n`),
  ),
  extending("a link of the checkout to a key outside", (site) => {
    site.put("id_rsa", PEM(site));
    site.link(path.join(site.outside, "id_rsa"), "office.txt");
    return "./office.txt";
  }),
  extending("the .env of the checkout", (site) => {
    site.write(".env", `DB_PASSWORD=${site.secret}\nTOKEN='${site.secret}'\n`);
    return "./.env";
  }),
  extending("a key of the checkout", (site) => {
    site.write("key.pem", PEM(site));
    return "./key.pem";
  }),
  extending("a list whose secret has an address before it", (site) => {
    site.write(
      "hosts.txt",
      `10.0.0.1 ${site.secret}\n10.0.0.0/24:${site.secret}\npostgres://a:${site.secret}@10.0.0.1/x\n`,
    );
    return "./hosts.txt";
  }),
  extending("a file that is JSON, but for its end", (site) => {
    site.write("auth.json", `{ "auths": { "registry": { "auth": "${site.secret}" `);
    return "./auth.json";
  }),
  extending("an npmrc", (site) => {
    site.write(".npmrc", `//registry.example.com/:_authToken=${site.secret}\n`);
    return "./.npmrc";
  }),
  {
    name: "a policy extends what the process itself was given",
    build(site) {
      goodNeighbour(site);
      site.write(
        "forbidden-ranges.yaml",
        `${POLICY}extends: [/proc/self/environ, /proc/self/cmdline, /proc/1/environ]\n`,
      );
      site.commitAll();
    },
    calls: everywhere({ hides: ["NO_COLOR=1", "HOME="] }),
  },
  {
    name: "the policy is a link to a key outside",
    build(site) {
      goodNeighbour(site);
      site.write("shop/compose.yaml", COLLIDING);
      site.link(site.put("id_rsa", PEM(site)), "shop/forbidden-ranges.yaml");
      site.commitAll();
    },
    calls: everywhere(),
  },
  {
    name: "compose files outside, by include, by extends and by a link",
    build(site) {
      goodNeighbour(site);
      const secret = site.put("secret.yaml", `${site.secret}: [\nservices:\n  ${site.secret}: {}\n`);
      site.write("shop/compose.yaml", `include: [${secret}]\n`);
      site.write("mail/compose.yaml", `services: { web: { extends: { file: ${secret}, service: web } } }\n`);
      site.link(secret, "wiki/compose.yaml");
      site.write("blog/compose.yaml", COLLIDING);
      site.link(secret, "blog/compose.override.yaml");
      site.write("chat/.env", `COMPOSE_FILE=compose.yaml:${secret}\n`);
      site.write("chat/compose.yaml", COLLIDING);
      site.commitAll();
    },
    calls: [...everywhere(), command("wiki/compose.yaml"), command("", { says: STILL_FOUND })],
  },
  asCompose("a .env", (site) => `DB_PASSWORD=${site.secret}\nTOKEN=${site.secret}\n`),
  asCompose("a .env that is a map to YAML", (site) => `DB_PASSWORD: ${site.secret}\nTOKEN: "${site.secret}\n`),
  asCompose("a list of tokens", (site) => `- ${site.secret}\n- ${site.secret}: [\n`),
  {
    name: "a daemon.json that is none",
    build(site) {
      goodNeighbour(site);
      site.write("daemon.json", `${site.secret}\n`);
      site.write("a/daemon.json", `{ "bip": "${site.secret}", "x": ${site.secret} }`);
      site.link(site.put("token", site.secret), "b/daemon.json");
      site.commitAll();
    },
    calls: [...neighbourIsFound(), ...["daemon.json", "a/daemon.json", "b/daemon.json"].map((words) => command(words))],
  },
  {
    name: "a .gitignore and an exclude file that are secrets",
    build(site) {
      goodNeighbour(site);
      const secret = site.put("token", `[${site.secret}\n!${site.secret}[\n`);
      site.link(secret, ".gitignore");
      site.write("sub/.gitignore", `[${site.secret}\n`);
    },
    calls: neighbourIsFound(),
  },
];
