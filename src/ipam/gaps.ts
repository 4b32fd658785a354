import type { AllocationPool } from "./allocator.js";
import { createOccupancy } from "./occupancy.js";
import { rangeOf, type Prefix } from "./prefix.js";
import type { RangeSet } from "./range-set.js";
import { cutSubnets } from "./subnet-slots.js";

/** The subnets of a pool that share no address with what is taken, upwards from its start. They are never all made. */
export function* freeSubnets(
  { prefix, length }: AllocationPool,
  taken: readonly RangeSet<unknown>[],
): Generator<Prefix> {
  const occupancy = createOccupancy(taken);
  const slots = cutSubnets(prefix, length);
  let slot = 0n;
  while (slot < slots.count) {
    const subnet = slots.subnetAt(slot);
    const blocker = occupancy.blocker(rangeOf(subnet));
    if (!blocker) yield subnet;
    // One step over all that the blocker covers: a forbidden /8 may hold 2^56 subnets.
    slot = (blocker ? slots.slotOf(blocker.last.value) : slot) + 1n;
  }
}
