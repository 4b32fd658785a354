import { expect, it } from "vitest";

import { lines, pin, refusedPin } from "./edits.js";

/** The networks of a file, below services that join them. */
interface NetworksCase {
  readonly network?: string;
  readonly subnet?: string;
  readonly before: readonly string[];
}

/** What stands above the networks of each case. */
const SERVICES = ["services:", "  web:", "    image: nginx", "    networks: [front]"];

export function itPins(
  name: string,
  { network = "front", subnet, before, after }: NetworksCase & { after: readonly string[] },
) {
  it(`pins ${name}`, () => {
    expect(pin(lines(...SERVICES, ...before), network, subnet)).toBe(lines(...SERVICES, ...after));
  });
}

/** @param because With the place, counted from the line behind the services. */
export function itRefuses(
  name: string,
  { network = "front", subnet, before, because }: NetworksCase & { because: string },
) {
  it(`refuses ${name}`, () => {
    const [line = "", ...rest] = refusedPin(lines(...SERVICES, ...before), network, subnet).split(":");
    expect([Number(line) - SERVICES.length, ...rest].join(":")).toBe(because);
  });
}
