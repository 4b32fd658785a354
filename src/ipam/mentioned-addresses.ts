import { parseAddress, type Address } from "./address.js";

const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?<![.])/g;

/** An address that a text names anywhere: in a URL, a port binding, a host entry, a comment. */
export interface MentionedAddress {
  readonly address: Address;
  readonly span: readonly [start: number, end: number];
}

/** Those of IPv4 first, each in the order of the text. */
export function* mentionedAddresses(text: string): Generator<MentionedAddress> {
  for (const candidates of [IPV4, IPV6]) {
    for (const { 0: written, index } of text.matchAll(candidates)) {
      const address = parseAddress(written);
      const isMeant = address.ok && (address.value.family === 4) === (candidates === IPV4);
      if (isMeant) yield { address: address.value, span: [index, index + written.length] };
    }
  }
}
