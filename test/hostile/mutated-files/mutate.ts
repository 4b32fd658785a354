import type { Dice } from "../../compare/compose/dice.js";

type Mutation = (dice: Dice, bytes: Buffer) => Buffer;

const BRACKETS = [
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  "`",
  ",",
  ":",
  "#",
  "|",
  ">",
  "-",
  "?",
  "&",
  "*",
  "!",
  "%",
  "@",
  "$",
  "\\",
] as const;
const CHARACTERS = [
  "\u0000",
  "\u0007",
  "\u001b",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u200b",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\ufffe",
  "é",
  "網",
  "\u{1f433}",
  "\u{e0041}",
  "\u{10ffff}",
] as const;
const WORDS = [
  ...[
    "&a ",
    "*a ",
    "<<: *a",
    "<<: [*a, *a]",
    "!reset ",
    "!override ",
    "!!binary ",
    "!!map ",
    "!x ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
  ],
  ...["null", "~", "[]", "{}", "1e999", "0x1F", "0o7", ".inf", "yes", "2001-01-01", "${A", "${A:-b}", "$$", "${A:?x}"],
  ...[
    "10.0.0.0/33",
    "192.168.0.0/24",
    "::/0",
    "fd00::/64",
    "1.2.3.4.5/8",
    "0.0.0.0/0",
    "subnet: 10.0.0.0/8",
    "networks:\n",
    "ipam: {}\n",
  ],
  ...["include: [compose.yaml]\n", "extends: web\n", "external: true\n", "driver: host\n", "enable_ipv6: true\n"],
] as const;

/** What one step can do to a file. */
const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  (dice, bytes) => changed(bytes, placeIn(dice, bytes), (byte) => byte ^ (1 << dice.below(8))),
  (dice, bytes) => changed(bytes, placeIn(dice, bytes), () => dice.below(256)),
  (dice, bytes) => spliced(bytes, placeIn(dice, bytes), 1, ""),
  (dice, bytes) => spliced(bytes, placeIn(dice, bytes), dice.below(40), ""),
  (dice, bytes) => spliced(bytes, placeIn(dice, bytes), 0, dice.one(BRACKETS)),
  (dice, bytes) => spliced(bytes, placeIn(dice, bytes), 0, dice.one(CHARACTERS)),
  (dice, bytes) => spliced(bytes, placeIn(dice, bytes), 0, dice.one(WORDS)),
  (dice, bytes) => bytes.subarray(0, placeIn(dice, bytes)),
  (dice, bytes) => {
    const [from, to] = [placeIn(dice, bytes), placeIn(dice, bytes)];
    return spliced(bytes, from, 0, bytes.subarray(to, to + dice.below(200)));
  },
  lines((dice, all, index) => all.splice(index, 1)),
  lines((dice, all, index) => all.splice(index, 0, all[index] ?? "")),
  lines((dice, all, index) => all.splice(dice.below(all.length), 0, ...all.splice(index, 1 + dice.below(3)))),
  line((_dice, text) => text.replace(/^ +/, "\t")),
  line((_dice, text) => text.replace(/^ ?/, "")),
  line((_dice, text) => ` ${text}`),
  line((_dice, text) => text.replace(/\r?\n$/, "\r\n")),
  line((_dice, text) => text.replace(/\r?\n$/, "\r")),
  line((_dice, text) => text.replace(/\r?\n$/, "")),
  line((dice, text) => text.replace(/:.*/, () => `: ${dice.one(WORDS)}`)),
  line((dice, text) => text.replace(/(?<=[:-] )/, () => dice.one(WORDS))),
  line((_dice, text) => `#${text}`),
  line((_dice, text) => text.replace(/[\w.-]+(?=:)/, (key) => JSON.stringify(key))),
  (_dice, bytes) => Buffer.from(bytes.toString().replaceAll(/\r?\n/g, "\r\n")),
  (_dice, bytes) => Buffer.concat([Buffer.from("\uFEFF"), bytes]),
  (dice, bytes) => (dice.chance(10) ? Buffer.from(`\uFEFF${bytes.toString()}`, "utf16le") : bytes),
];

/** A file after one to four steps. */
export function mutate(dice: Dice, bytes: Buffer): Buffer {
  return dice.several(1, 4, () => dice.one(MUTATIONS)).reduce((mutated, mutation) => mutation(dice, mutated), bytes);
}

function placeIn(dice: Dice, bytes: Buffer): number {
  return dice.below(bytes.length + 1);
}

function changed(bytes: Buffer, place: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const byte = copy[place];
  if (byte !== undefined) copy[place] = change(byte) & 255;
  return copy;
}

function spliced(bytes: Buffer, place: number, removed: number, added: string | Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, place), Buffer.from(added), bytes.subarray(place + removed)]);
}

const ABOUT_NETWORKS = /network|subnet|ipam|config|gateway|address|driver|extern|\d+\.\d+\.\d+\.\d+/;

/** Lines that are about networks are hit more often: they are what is read and written here. */
function lines(change: (dice: Dice, all: string[], index: number) => void): Mutation {
  return (dice, bytes) => {
    const all = bytes.toString("latin1").split(/(?<=\n)/);
    const relevant = all.flatMap((text, index) => (ABOUT_NETWORKS.test(text) ? [index] : []));
    const index = relevant.length > 0 && dice.chance(60) ? relevant[dice.below(relevant.length)] : undefined;
    change(dice, all, index ?? dice.below(all.length));
    return Buffer.from(all.join(""), "latin1");
  };
}

function line(change: (dice: Dice, text: string) => string): Mutation {
  return lines((dice, all, index) => {
    const text = all[index];
    // Words are UTF-8, and the rest of the line stays the bytes that it was.
    if (text !== undefined) all[index] = Buffer.from(change(dice, text), "latin1").toString("latin1");
  });
}
