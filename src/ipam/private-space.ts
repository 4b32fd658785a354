import { containsPrefix, parsePrefix, type Prefix } from "./prefix.js";

/** RFC 1918, RFC 6598 (shared with carriers), RFC 2544 (benchmarks) and RFC 4193 (unique local). */
const PRIVATE_SPACE: readonly Prefix[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "198.18.0.0/15",
  "fc00::/7",
].flatMap((text) => {
  const prefix = parsePrefix(text);
  return prefix.ok ? [prefix.value] : [];
});

/** Whether a network may use these addresses without taking them from their owner on the Internet. */
export function isPrivateSpace(prefix: Prefix): boolean {
  return PRIVATE_SPACE.some((space) => containsPrefix(space, prefix));
}
