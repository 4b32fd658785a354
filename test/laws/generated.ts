import type { Dice } from "../compare/compose/dice.js";

const NAMES = ["front", "back", "queue", "metrics"] as const;

/** What stands behind a network's key: all the ways to leave the subnet to Docker, and a few that do not. */
const BLOCKS: readonly [string, ...string[]] = [
  ":",
  ": ~",
  ": {}",
  ": # later",
  ": { driver: bridge }",
  ":\n@@driver: bridge",
  ":\n@@# who needs it\n@@driver: bridge # here\n@@# and why",
  ":\n@@ipam: {}",
  ":\n@@ipam:\n@@@driver: default",
  ":\n@@ipam:\n@@@config: []",
  ":\n@@ipam:\n@@@config:\n@@@@- {}",
  ':\n@@ipam:\n@@@config:\n@@@@- subnet: ""',
  ":\n@@ipam:\n@@@config:\n@@@@- subnet: 0.0.0.0/24 # any",
  ": { ipam: { config: [{}] } }",
  ": { enable_ipv6: true }",
  ":\n@@enable_ipv6: true\n@@ipam:\n@@@config:\n@@@@- subnet: 10.129.3.0/24",
  ":\n@@ipam:\n@@@config:\n@@@@- subnet: 192.168.0.0/25\n@@@@  gateway: 192.168.0.1",
  ': { ipam: { config: [{ subnet: "192.168.0.128/25" }] } }',
  ":\n@@labels: { a: b }\n",
];

/** A compose file as somebody may have written it: any step, line end and mark, comments and text blocks. */
export function generateText(dice: Dice): string {
  const step = dice.one(["  ", "    ", "   "]);
  const names = NAMES.filter(() => dice.chance(60));
  const joins = (name: string): boolean => dice.chance(85) && name !== "";
  const services = dice.several(1, 3, () => {
    const own = names.filter(joins);
    const extras = dice.one([
      "",
      `${step}${step}environment: { HOST: 192.168.0.9 }\n`,
      `${step}${step}command: |\n${step}${step}${step}echo networks:\n`,
      `${step}${step}# nothing more\n`,
    ]);
    const list = own.length > 0 ? `${step}${step}networks: [${own.join(", ")}]\n` : "";
    return `image: x\n${list}${extras}`;
  });
  const anchored = dice.chance(10) && names.length > 1;
  const networks = names.map((name, index) => {
    if (anchored && index < 2) return `${step}${name}: ${index === 0 ? "&shared { driver: bridge }" : "*shared"}\n`;
    return `${step}${name}${dice.one(BLOCKS).replace(/@+/g, (signs) => step.repeat(signs.length))}\n`;
  });
  const parts = [
    dice.one(["", "# a file\n", "---\n", "version: '3'\n\n"]),
    `services:\n${services.map((text, index) => `${step}s${index}:\n${step}${step}${text}`).join("")}`,
    networks.length > 0 ? `${dice.one(["", "\n"])}networks:\n${networks.join(dice.one(["", "\n"]))}` : "",
    dice.one(["", "\nvolumes:\n  data:\n", "\n# the end\n", "---\n# nothing\n"]),
  ];
  let text = parts.join("");
  if (dice.chance(20)) text = text.replace(/\n+$/, "");
  if (dice.chance(20)) text = text.replaceAll("\n", "\r\n");
  return dice.chance(15) ? `\uFEFF${text}` : text;
}
