import { parseAddress } from "./address.js";

/** The prefix length that a dotted netmask such as `255.255.0.0` stands for, or undefined when it is none. */
export function lengthOfNetmask(text: string): number | undefined {
  const bits = parseAddress(text);
  if (!bits.ok || bits.value.family !== 4) return undefined;
  return /^(1*)0*$/.exec(bits.value.value.toString(2).padStart(32, "0"))?.[1]?.length;
}
