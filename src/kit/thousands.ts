/** `65536` as `65,536`. `toLocaleString` would start ICU, which costs more than the whole check of a file. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
