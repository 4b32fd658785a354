import type { Dice } from "../compare/compose/dice.js";
import { generateOverride, generateText } from "./generated.js";

export const WORKSPACE_POLICY = `version: 1
id: laws
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
pools:
  - { cidr: 10.129.0.0/19, prefix: 24 }
  - { cidr: "fd12:3456:789a::/56", prefix: 64 }
`;

/** The files of a workspace, in no order that matters, with their texts. */
export type Texts = ReadonlyMap<string, string>;

/** One of them may be in the including file as well. */
const PARTS = ["cache", "search", "back"];

/** The ways in which compose files lie beside each other. */
export const KINDS: Readonly<Record<string, (dice: Dice) => Texts>> = {
  "files of one directory": (dice) =>
    new Map(
      ["compose.yaml", "compose.a.yaml", "compose.b.yml", "docker-compose-c.yaml"].map((file) => [
        file,
        generateText(dice),
      ]),
    ),
  "projects with override files": (dice) =>
    new Map([
      ["shop/compose.yaml", generateText(dice)],
      ["shop/compose.override.yaml", generateOverride(dice)],
      ["mail/docker-compose.yml", generateText(dice)],
      ["compose.yaml", generateText(dice, { top: "name: all\n" })],
    ]),
  "a file that includes others": (dice) =>
    new Map([
      ["compose.yaml", generateText(dice, { top: "include: [parts/compose.yaml]\n" })],
      ["parts/compose.yaml", generateText(dice, { names: PARTS, services: "part" })],
      ["apps/x/compose.yaml", generateText(dice)],
      ["apps/y/compose.yaml", generateText(dice)],
    ]),
};
