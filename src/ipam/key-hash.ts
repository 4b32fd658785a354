const FNV_OFFSET_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * A number of 0 to 2^32 - 1 from a text: FNV-1a (32 bit) over its UTF-8 bytes, then the final mix of MurmurHash3
 * (`fmix32`), without which keys that differ in the last letter would be given neighbouring subnets.
 *
 * Subnets written into files follow from it, so it must never change.
 */
export function hashKey(key: string): number {
  let hash = FNV_OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
