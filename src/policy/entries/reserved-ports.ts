import { isScalar } from "yaml";
import type { PortRange } from "../../compose/project/published-port.js";
import { list, shortOrLong } from "../schema/collection-shapes.js";
import { anyText, type Notation } from "../schema/notation.js";
import { nearest } from "../../kit/nearest.js";
import { failure, success } from "../../kit/result.js";
import { record } from "../schema/record-shape.js";
import { text } from "../schema/scalar-shapes.js";
import { mismatch, type Shape, sourceOf, type ValueOf, type Written } from "../schema/shape.js";
import { locationOf } from "../source-text.js";
import { type Page, spanOf } from "../schema/yaml-text.js";
import type { ReservedPort } from "../policy.js";

const WHAT = "a port from 1 to 65535, or a range first-last";
const HIGHEST_PORT = 65_535;

const portRange: Shape<Written<PortRange>> = {
  what: WHAT,
  schema: {
    anyOf: [
      { type: "integer", minimum: 1, maximum: HIGHEST_PORT },
      { type: "string", pattern: "^[0-9]{1,5}(-[0-9]{1,5})?$" },
    ],
  },
  read(node, page) {
    if (!isScalar(node) || (typeof node.value !== "number" && typeof node.value !== "string")) {
      return mismatch(node, page, WHAT);
    }
    const written = String(node.value);
    const range = spanOf(node);
    const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(written) ?? [];
    const [first, last] = [Number(low), Number(high)];
    if (first >= 1 && first <= last && last <= HIGHEST_PORT) return { value: { first, last }, written, range };
    const swapped = first > last && last >= 1 && first <= HIGHEST_PORT;
    page.report(range, `${sourceOf(node)} is not ${WHAT}${swapped ? `; did you mean "${last}-${first}"?` : ""}`);
    return undefined;
  },
};

const PROTOCOLS: readonly string[] = ["tcp", "udp", "sctp"];

const protocol: Notation<string> = {
  what: "a protocol",
  schema: { enum: PROTOCOLS },
  read(written) {
    if (PROTOCOLS.includes(written)) return success(written);
    const near = nearest(written, PROTOCOLS);
    const advice = near === undefined ? "write tcp, udp or sctp" : `did you mean "${near}"?`;
    return failure(`"${written}" is not a protocol; ${advice}`);
  },
};

const entryShape = record('a map with the key "port"', {
  port: {
    shape: portRange,
    required: true,
    description: "The port of the host, or a range of ports as first-last.",
    examples: [22, "6000-6010"],
  },
  protocol: {
    shape: text(protocol),
    description: "The protocol that the port is reserved for. Without it, every protocol.",
    examples: ["tcp"],
  },
  name: {
    shape: text(anyText),
    description: "What listens there. Every finding prints it.",
    examples: ["SSH"],
  },
  reason: {
    shape: text(anyText),
    description: "Why the port must stay free.",
    examples: ["the only way into the machine"],
  },
});

export const reservedPortsShape = list("a list of reserved ports", shortOrLong(portRange, entryShape));

export function reservedPortsOf(entries: ValueOf<typeof reservedPortsShape>, page: Page): ReservedPort[] {
  return entries.flatMap((entry): ReservedPort[] => {
    const { port, ...more } = "value" in entry ? { port: entry } : entry;
    if (!port) return [];
    const { protocol, name, reason } = "protocol" in more || "name" in more || "reason" in more ? more : {};
    return [
      {
        ports: port.value,
        written: port.written,
        protocol: protocol?.value,
        name: name?.value,
        reason: reason?.value,
        location: locationOf(page.source, port.range),
      },
    ];
  });
}
