import type { Dice } from "../compare/compose/dice.js";

const NAMES = ["front", "back", "queue", "metrics"] as const;

/** What stands behind a network's key: all the ways to leave the subnet to Docker, and a few that do not. */
const OPEN_BLOCKS = [
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
  ":\n@@labels: { a: b }\n",
] as const;
const PINNED_BLOCKS = [":\n@@enable_ipv6: true\n@@ipam:\n@@@config:\n@@@@- subnet: 10.129.3.0/24"] as const;
/** Subnets that must move, with what hangs on them. */
const FORBIDDEN_BLOCKS = [
  ":\n@@ipam:\n@@@config:\n@@@@- subnet: 192.168.0.0/25\n@@@@  gateway: 192.168.0.1",
  ': { ipam: { config: [{ subnet: "192.168.0.0/25" }] } }',
  ":\n@@ipam:\n@@@config:\n@@@@- gateway: '192.168.0.1' # the first\n@@@@  subnet: '192.168.0.0/24'",
  ":\n@@ipam:\n@@@config:\n@@@@- subnet: ${OFFICE:-192.168.0.0/24}\n@@@@  ip_range: 192.168.0.128/25",
  ":\n@@ipam:\n@@@config:\n@@@@- subnet: 192.168.0.0/24\n@@@@  aux_addresses: { router: 192.168.0.2 }\n@@driver: bridge",
] as const;
const BLOCKS = [...OPEN_BLOCKS, ...PINNED_BLOCKS, ...FORBIDDEN_BLOCKS] as const;

const EXTRAS = [
  "",
  "@@environment: { HOST: 192.168.0.9 }\n",
  "@@command: |\n@@@echo networks:\n",
  '@@extra_hosts: ["db:192.168.0.11"]\n@@dns: 192.168.0.12\n',
  "@@# nothing more\n",
] as const;

export interface TextOptions {
  /** Keys of its networks, of which some are taken. */
  readonly names?: readonly string[];
  /** The first letter of its services. */
  readonly services?: string;
  /** What stands above the services. */
  readonly top?: string;
}

/** A compose file as somebody may have written it: any step, line end and mark, comments and text blocks. */
export function generateText(dice: Dice, { names = NAMES, services = "s", top = "" }: TextOptions = {}): string {
  const networks = names
    .filter(() => dice.chance(60))
    .map((name) => ({ name, block: dice.chance(15) ? dice.one(FORBIDDEN_BLOCKS) : dice.one(BLOCKS) }));
  const anchored = dice.chance(10) && networks.length > 1;
  let hosts = 9;
  const several = dice.several(1, 3, () => {
    const own = networks.filter(() => dice.chance(85));
    const joined = own.map(({ name, block }, index): [string, string | undefined] => {
      hosts += 1;
      return [name, anchored && index < 2 ? undefined : addressIn(dice, block, hosts)];
    });
    return `image: x\n${attachments(dice, joined)}${dice.one(EXTRAS)}`;
  });
  const declared = networks.map(({ name, block }, index) => {
    if (anchored && index < 2) return `@${name}: ${index === 0 ? "&shared { driver: bridge }" : "*shared"}\n`;
    return `@${name}${block}\n`;
  });
  const parts = [
    dice.one(["", "# a file\n", "---\n", "version: '3'\n\n"]),
    top,
    `services:\n${several.map((text, index) => `@${services}${index}:\n@@${text}`).join("")}`,
    declared.length > 0 ? `${dice.one(["", "\n"])}networks:\n${declared.join(dice.one(["", "\n"]))}` : "",
    dice.one(["", "\nvolumes:\n@data:\n", "\n# the end\n", "---\nvolumes:\n@data:\n"]),
  ];
  return dressed(dice, parts.join(""));
}

/**
 * An override file as somebody may have written it. It has no pools for networks of the other file: where Compose loses
 * some of them, `no-lossy-ipam-override` mends one file, and only then the other file can be pinned.
 */
export function generateOverride(dice: Dice): string {
  const networks = NAMES.filter(() => dice.chance(25)).map(
    (name) => `@${name}${dice.one([":", ":\n@@internal: true", ": { attachable: true }"])}\n`,
  );
  const extra = dice.chance(40) ? "@extra:\n@@image: x\n@@networks: [own]\n" : "";
  if (extra !== "") networks.push(dice.one(["@own:\n", "@own: { ipam: { config: [{ subnet: 10.129.4.0/24 }] } }\n"]));
  const services = `services:\n@s0:\n@@environment: { DEBUG: "1" }\n${extra}`;
  return dressed(dice, services + (networks.length > 0 ? `networks:\n${networks.join("")}` : ""));
}

/** A static address, for most networks that have a subnet and for few of the others. */
function addressIn(dice: Dice, block: string, host: number): string | undefined {
  if (block.includes("192.168.0.")) return dice.chance(60) ? `192.168.0.${host}` : undefined;
  const isOpen = OPEN_BLOCKS.some((open) => open === block) && !block.includes("enable_ipv6");
  return isOpen && dice.chance(4) ? `10.129.7.${host}` : undefined;
}

function attachments(dice: Dice, joined: readonly (readonly [string, string | undefined])[]): string {
  if (joined.length === 0) return "";
  if (joined.every(([, address]) => address === undefined))
    return `@@networks: [${joined.map(([name]) => name).join(", ")}]\n`;
  const quote = dice.one(["", '"', "'"]);
  const written = (address: string): string => `ipv4_address: ${quote}${address}${quote}`;
  if (dice.chance(30)) {
    return `@@networks: { ${joined.map(([name, address]) => `${name}: ${address === undefined ? "{}" : `{ ${written(address)} }`}`).join(", ")} }\n`;
  }
  return `@@networks:\n${joined.map(([name, address]) => `@@@${name}:${address === undefined ? "" : `\n@@@@${written(address)} # static`}\n`).join("")}`;
}

/** @param text With `@` for each step. */
function dressed(dice: Dice, text: string): string {
  let result = text.replaceAll("@", dice.one(["  ", "    ", "   "]));
  if (dice.chance(20)) result = result.replace(/\n+$/, "");
  if (dice.chance(20)) result = result.replaceAll("\n", "\r\n");
  return dice.chance(15) ? `\uFEFF${result}` : result;
}
