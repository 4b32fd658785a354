/** Addresses that no other case of a run uses: an engine may keep a range in mind after it refused a network. */
export interface FreshRanges {
  /** `10.77.3.`: the first three numbers of a /24. */
  readonly v4: string;
  /** `fdcc:4d03:0:`: the beginning of a /48, to be followed by a number and `::`. */
  readonly v6: string;
}

const FIRST = 20;

/** @param index Of the case, from 0 to 50,000. */
export function freshRanges(index: number): FreshRanges {
  return { v4: `10.${FIRST + (index >> 8)}.${index & 255}.`, v6: `fdcc:${(index + 1).toString(16)}:` };
}
