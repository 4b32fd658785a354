import fc from "fast-check";

/** A generated compose file, and what was put into it. */
export interface ComposeText {
  readonly text: string;
  readonly networks: readonly string[];
}

interface Style {
  readonly step: number;
  readonly dashesIndented: boolean;
  readonly endOfLine: "\n" | "\r\n";
  readonly lastLineBreak: boolean;
  readonly emptyLines: boolean;
  readonly networksFirst: boolean;
  readonly marker: "" | "---" | "--- # first";
}

const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 2, 3, 4, 8),
  dashesIndented: fc.boolean(),
  endOfLine: fc.constantFrom("\n", "\r\n"),
  lastLineBreak: fc.boolean(),
  emptyLines: fc.boolean(),
  networksFirst: fc.boolean(),
  marker: fc.constantFrom("", "---", "--- # first"),
});

const comment = fc.constantFrom("", "", "", " # note", "  #\tno: [ # {", " ");
const commentLine = fc.constantFrom<string[]>([], [], ["# note"], ["", "#    deeper: [", ""], ["   "]);
const scalar = fc.constantFrom("bridge", '"bridge"', "'bridge'");

/** A part of a file, once its depth in spaces is known. */
type Part = (column: number, style: Style) => string[];

function indent(column: number): string {
  return " ".repeat(column);
}

/** A key that is no concern of ours, with a value that is hard to find the end of. */
function plainKey(name: string): fc.Arbitrary<Part> {
  const parts: fc.Arbitrary<Part>[] = [
    fc.tuple(scalar, comment).map(([value, behind]) => (column) => [`${indent(column)}${name}: ${value}${behind}`]),
    fc
      .constantFrom("|", "|-", "|+", ">", ">-", ">+")
      .chain((header) =>
        fc
          .constantFrom([], [""], ["", ""])
          .map((empty): Part => (column, { step }) => [
            `${indent(column)}${name}: ${header}`,
            `${indent(column + step)}# no comment`,
            `${indent(column + step)}two  `,
            ...empty,
          ]),
      ),
    comment.map((behind) => (column, { step }) => [
      `${indent(column)}${name}: "one`,
      "",
      `${indent(column + step)}# two`,
      `${indent(column + step)}three"${behind}`,
    ]),
    comment.map((behind) => (column, { step }) => [
      `${indent(column)}${name}: one`,
      `${indent(column + step)}two${behind}`,
    ]),
    comment.map((behind) => (column, { step, dashesIndented }) => [
      `${indent(column)}${name}:${behind}`,
      `${indent(column + (dashesIndented ? step : 0))}- a=b${behind}`,
      `${indent(column + (dashesIndented ? step : 0))}-`,
    ]),
    comment.map((behind) => (column, { step }) => [
      `${indent(column)}${name}: { a: b,${behind}`,
      `${indent(column + step)}c: [d, "e # }"] }${behind}`,
    ]),
    comment.map((behind) => (column) => [`${indent(column)}${name}:${behind}`]),
    comment.map((behind) => (column) => [`${indent(column)}${name}: &unused${behind}`]),
  ];
  return fc.oneof(...parts);
}

const pools = fc.constantFrom(
  "[]",
  "[{}]",
  "[ { } ] # any",
  '[{ subnet: "" }]',
  "[{ subnet: 0.0.0.0/24 }]",
  "[{ subnet: 'fd00:1::/64' }]",
  '[{ subnet: "::/64" }]',
  "[{ subnet: fd00:1::/64 }, {}]",
);

const poolLines = fc.constantFrom(
  ["- subnet: fd00:1::/64 # ours"],
  ["- subnet: 0.0.0.0/26", "# below"],
  ["- {}"],
  ["- subnet: ''", "  x-note: any"],
  ["- x-note: any"],
  ["- x-note: any", '- subnet: "fd00:2::/64"'],
);

const ipam: fc.Arbitrary<Part> = fc.oneof(
  fc
    .constantFrom("{}", "{ driver: default }", "{ config: [] }", "{ driver: default, config: [{}] } # none")
    .map((value): Part => (column) => [`${indent(column)}ipam: ${value}`]),
  fc
    .tuple(pools, comment)
    .map(([value, behind]): Part => (column, { step }) => [
      `${indent(column)}ipam:${behind}`,
      `${indent(column + step)}config: ${value}`,
    ]),
  fc
    .tuple(poolLines, comment)
    .map(([list, behind]): Part => (column, { step, dashesIndented }) => [
      `${indent(column)}ipam:`,
      `${indent(column + step)}driver: default`,
      `${indent(column + step)}config:${behind}`,
      ...list.map((line) => indent(column + step + (dashesIndented ? step : 0)) + line),
    ]),
);

const inLines: fc.Arbitrary<Part> = fc
  .tuple(plainKey("x-one"), plainKey("x-two"), fc.option(ipam), commentLine, fc.boolean(), fc.boolean())
  .map(([one, two, pool, between, poolLast, ipv6]) => (column, style) => {
    const parts = [one, two, ...(pool ? [pool] : [])];
    if (poolLast) parts.reverse();
    return [
      ...(ipv6 ? [`${indent(column)}enable_ipv6: true`] : []),
      ...parts.flatMap((part) => [...part(column, style), ...between]),
    ];
  });

const inBraces = fc.constantFrom(
  ["{}"],
  ["{ }"],
  ["{ driver: bridge }"],
  ["{driver: bridge, }"],
  ["{ driver: bridge, # why", "internal: true # not", "}"],
  ["{", "driver: bridge,", "}"],
  ['{ "enable_ipv6": true, "driver": "bridge" } # both'],
  ["{ ipam: { config: [{ }] } }"],
  ["{ ipam: { driver: default }, internal: true }"],
  ["{ ipam: {} }"],
);

const nothing = fc.constantFrom("", " ", " # none", " ~", " null", " ~ # none", " &unused", " &unused ~");

const quotes = fc.constantFrom("", '"', "'");

/** What stands behind the key of a network, and below it. */
type Definition = (column: number, style: Style) => readonly [behind: string, below: readonly string[]];

function network(key: string): fc.Arbitrary<Part> {
  const definitions: fc.Arbitrary<Definition>[] = [
    nothing.map((behind) => () => [behind, []]),
    fc.tuple(inLines, comment).map(([part, behind]) => (column, style) => [behind, part(column + style.step, style)]),
    inBraces.map(([first = "", ...others]) => (column, { step }) => [
      ` ${first}`,
      others.map((line) => indent(column + step) + line),
    ]),
  ];
  return fc.tuple(fc.oneof(...definitions), quotes, commentLine).map(([define, quote, below]) => (column, style) => {
    const [behind, lines] = define(column, style);
    return [`${indent(column)}${quote}${key}${quote}:${behind}`, ...lines, ...below];
  });
}

const KEYS = ["front", "back", "side"];

const networks: fc.Arbitrary<{ part: Part; keys: readonly string[] }> = fc.oneof(
  fc.constantFrom("networks:", "networks: {}", "networks: ~", "networks: # none").map((line) => ({
    part: () => [line],
    keys: [],
  })),
  fc.constant({ part: () => [], keys: [] }),
  fc
    .constantFrom("{ front, back: , side: ~ }", '{"front": {"driver": "bridge"}, back: {}, side: null,}')
    .map((braces) => ({
      part: () => [`networks: ${braces}`],
      keys: KEYS,
    })),
  fc.tuple(fc.subarray(KEYS, { minLength: 1 }), comment).chain(([keys, behind]) =>
    fc.tuple(...keys.map(network)).map((parts) => ({
      part: (column: number, style: Style) => [
        `networks:${behind}`,
        ...parts.flatMap((part) => part(column + style.step, style)),
      ],
      keys,
    })),
  ),
);

/** Compose files in every style that we could think of. No text in them is shared. */
export const composeText: fc.Arbitrary<ComposeText> = fc
  .tuple(
    style,
    networks,
    plainKey("x-last"),
    commentLine,
    fc.constantFrom<string[]>([], ["..."], ["...", "# after"], ["---", "x-more: 1"]),
  )
  .map(([style, { part, keys }, last, between, ending]) => {
    const services = [
      "services:",
      `${indent(style.step)}web:`,
      `${indent(style.step * 2)}image: nginx`,
      ...keys
        .map((key) => ({ key, name: `${indent(style.step)}on-${key}:` }))
        .flatMap(({ key, name }) => [
          ...[name, `${indent(style.step * 2)}image: nginx`, `${indent(style.step * 2)}networks: [${key}]`],
        ]),
    ];
    const sections = [services, [...part(0, style), ...between], last(0, style)];
    if (style.networksFirst) sections.unshift(...sections.splice(1, 1));
    const apart = style.emptyLines ? [""] : [];
    const lines = [
      ...(style.marker ? [style.marker] : []),
      ...sections.flatMap((section) => [...section, ...apart]),
      ...ending,
    ];
    const text = lines.join(style.endOfLine) + (style.lastLineBreak ? style.endOfLine : "");
    return { text, networks: ["default", ...keys] };
  });
