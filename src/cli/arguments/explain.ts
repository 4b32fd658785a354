import { parseAddress } from "../../ipam/address.js";
import { bitsOf, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import { failure, success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import type { GivenOptions, OptionName } from "./options.js";

export interface ExplainRequest extends BoundsRequest {
  readonly kind: "explain";
  readonly subject:
    | { readonly kind: "rule"; readonly name: string }
    /** An address is the block that holds it alone. */
    | { readonly kind: "block"; readonly prefix: Prefix };
}

export const EXPLAIN_OPTIONS: readonly OptionName[] = BOUNDS_OPTIONS;

export function readExplain(given: GivenOptions, words: readonly string[]): Result<ExplainRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const [word, ...others] = words;
  if (word === undefined || others.length > 0) {
    return failure("explain takes a rule, a CIDR block or an address, as in: explain 172.18.0.0/16");
  }
  if (!/[\d:]/.test(word) || /^[a-z-]+(?:\/[a-z-]+)?$/.test(word)) {
    return success({ ...bounds.value, kind: "explain", subject: { kind: "rule", name: word } });
  }
  const prefix = blockFrom(word);
  return prefix.ok
    ? success({ ...bounds.value, kind: "explain", subject: { kind: "block", prefix: prefix.value } })
    : failure(`explain ${word}: ${prefix.fault}`);
}

function blockFrom(word: string): Result<Prefix, string> {
  if (word.includes("/")) {
    const prefix = parsePrefix(word);
    return prefix.ok ? prefix : failure(prefix.fault.reason);
  }
  const address = parseAddress(word);
  if (!address.ok) return failure(address.fault.reason);
  return success({ address: address.value, length: bitsOf(address.value.family) });
}
