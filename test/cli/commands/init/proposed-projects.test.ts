import { expect, it } from "vitest";

import { chainsIn } from "../../../../src/cli/commands/init/proposed-projects.js";

it.each([
  ["a command in a README", "Run `docker compose -f a.yaml -f b.yaml up -d`.", [["a.yaml", "b.yaml"]]],
  [
    "the old command, with other options between",
    "docker-compose -p shop -f a.yml --profile debug --file=b.yml pull",
    [["a.yml", "b.yml"]],
  ],
  [
    "several lines of a script",
    "docker compose \\\n  -f base.yml \\\n  -f 'with space.yml' \\\n  up\n",
    [["base.yml", "with space.yml"]],
  ],
  ["a Makefile's variable", "COMPOSE_FILE := compose.yml:compose.ci.yml\n", [["compose.yml", "compose.ci.yml"]]],
  [
    "two commands",
    "docker compose -f a -f b up\ndocker compose -f c -f d down",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["a single file, which needs no words", "docker compose -f a.yaml up; docker compose up", []],
  ["another program", "kubectl apply -f a.yaml -f b.yaml", []],
])("finds what is started together in %s", (_name, text, expected) => {
  expect(chainsIn(text)).toEqual(expected);
});
