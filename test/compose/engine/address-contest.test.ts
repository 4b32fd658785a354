import { describe, expect, it } from "vitest";

import { losersOf, type Contender, type Offer } from "../../../src/compose/engine/address-contest.js";
import { StartOrder } from "../../../src/compose/engine/start-order.js";
import type { Dependency } from "../../../src/compose/project/service.js";

/** 2 to 254 of a /24, whose first is the gateway. */
const FROM_2: Offer = { lowerThan: (address) => (address >= 2n && address <= 254n ? address - 2n : undefined) };
/** An `ip_range` of 128 to 191, whose gateway is elsewhere. */
const FROM_128: Offer = { lowerThan: (address) => (address >= 128n && address < 192n ? address - 128n : undefined) };

/** `web.3` has the static address 3, `db*2` is two containers without one. */
function contender(text: string): Contender {
  const [, service = "", address, copies] = /^(\w+)(?:\.(\d+))?(?:\*(\d+))?$/.exec(text) ?? [];
  return {
    service,
    copies: copies === undefined ? 1 : Number(copies),
    address: address === undefined ? undefined : BigInt(address),
  };
}

/** `web>db` starts after db has started, `web>>db` after it has ended. */
function order(texts: readonly string[]): StartOrder {
  const dependencies = new Map<string, Dependency[]>();
  for (const text of texts) {
    const [service = "", other = ""] = text.split(/>>?/);
    const own = dependencies.get(service) ?? [];
    own.push({ service: other, untilEnd: text.includes(">>") });
    dependencies.set(service, own);
  }
  return new StartOrder(dependencies);
}

function said(services: string, waits = "", offer = FROM_2): string[] {
  const split = (text: string): string[] => text.split(" ").filter((word) => word !== "");
  return losersOf(split(services).map(contender), offer, order(split(waits))).map(
    ({ service, always, taker }) => `${service} ${always ? "always" : "sometimes"} to ${taker}`,
  );
}

describe("a static address is gone", () => {
  it.each([
    ["when a service that must start first takes it", "db web.2", "web>db", ["web always to db"]],
    ["when a service far down the chain takes it", "db web.2", "web>app app>db", ["web always to db"]],
    ["when the second copy of one takes it", "db*2 web.3", "web>db", ["web always to db"]],
    ["when two that must start first take it together", "a b web.3", "web>a web>b", ["web always to a"]],
    ["when what is below belongs to one that starts even earlier", "a.2 b web.3", "b>a web>b", ["web always to b"]],
    ["when either of two must lose", "b a.2 web.3", "web>b", ["a sometimes to b", "web always to b"]],
    [
      "when two must wait for one each, and one is left",
      "p q a.3 b.4",
      "a>p b>q",
      ["a sometimes to q", "b always to q"],
    ],
    ["inside an ip_range as well", "db web.128", "web>db", ["web always to db"]],
  ] as const)("always %s", (_, services, waits, losers) => {
    expect(said(services, waits, services.includes("128") ? FROM_128 : FROM_2)).toEqual(losers);
  });

  it.each([
    ["when another service may start first", "db web.2", "", ["web sometimes to db"]],
    ["when as many may start first as are below", "a b web.3", "", ["web sometimes to b"]],
    ["when one must and another may", "a b web.3", "web>a", ["web sometimes to b"]],
    ["when one waits for the static above", "a.2 b web.3", "a>web", ["a sometimes to b"]],
    [
      "when two may take what waits for it and it",
      "a.2 b c web.3",
      "a>web",
      ["a sometimes to c", "web sometimes to c"],
    ],
    ["while one that ends soon is there", "job web.2", "other>>job", ["web sometimes to job"]],
  ] as const)("sometimes %s", (_, services, waits, losers) => {
    expect(said(services, waits)).toEqual(losers);
  });

  it.each([
    ["when there is room below", "db web.3", ""],
    ["when it is far above", "a b c d web.200", "web>a"],
    ["when nobody else is there", "web.2", ""],
    ["when all have one of their own", "a.2 b.3 c.4", "c>a"],
    ["when the others start later", "db web.2", "db>web"],
    ["when the others start later, far up the chain", "db web.2", "db>app app>web"],
    ["when the one before has ended", "job web.2", "web>>job"],
    ["when one before the one before has ended", "job web.2", "web>app app>>job"],
    ["when it lies outside of ip_range", "db web.2", "web>db"],
    ["when the other has no copies", "db*0 web.2", "web>db"],
    ["when it has no copies itself", "db web.2*0", "web>db"],
  ] as const)("never %s", (why, services, waits) => {
    expect(said(services, waits, why.includes("ip_range") ? FROM_128 : FROM_2)).toEqual([]);
  });

  it("in a circle of services, which Compose refuses, ends", () => {
    expect(said("a web.2", "a>web web>a")).toEqual(["web always to a"]);
  });
});

describe("what is said of static addresses", () => {
  /** Every order in which the services may start, tried one after the other. */
  function failures(
    contenders: readonly Contender[],
    dependencies: ReadonlyMap<string, readonly Dependency[]>,
  ): boolean[] {
    const outcomes: boolean[] = [];
    const start = (left: readonly Contender[], taken: ReadonlySet<bigint>, failed: boolean): void => {
      if (left.length === 0) outcomes.push(failed);
      const names = new Set(left.map(({ service }) => service));
      for (const one of left) {
        if ((dependencies.get(one.service) ?? []).some(({ service }) => names.has(service))) continue;
        const now = new Set(taken);
        let fails = failed;
        if (one.address !== undefined) {
          fails ||= now.has(one.address);
          now.add(one.address);
        } else {
          for (let copy = 0; copy < one.copies; copy += 1) {
            let free = 2n;
            while (now.has(free)) free += 1n;
            now.add(free);
          }
        }
        start(
          left.filter((other) => other !== one),
          now,
          fails,
        );
      }
    };
    start(contenders, new Set(), false);
    return outcomes;
  }

  it("is what comes of every order in which they may start", () => {
    const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
    let state = seed;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    for (let round = 0; round < 400; round += 1) {
      const addresses = [2n, 3n, 4n, 5n, 6n];
      const contenders = Array.from({ length: 2 + below(4) }, (_, index): Contender => {
        const isDynamic = below(2) === 0;
        const address = isDynamic ? undefined : addresses.splice(below(addresses.length), 1)[0];
        return { service: `s${index}`, copies: isDynamic ? 1 + below(2) : 1, address };
      });
      const dependencies = new Map(
        contenders.map(({ service }, index) => [
          service,
          contenders
            .slice(0, index)
            .filter(() => below(3) === 0)
            .map((other): Dependency => ({ service: other.service, untilEnd: false })),
        ]),
      );
      const losers = losersOf(contenders, FROM_2, new StartOrder(dependencies));
      const outcomes = failures(contenders, dependencies);
      const truth = outcomes.every(Boolean) ? "always" : outcomes.some(Boolean) ? "sometimes" : "never";
      const ours = losers.some(({ always }) => always) ? "always" : losers.length > 0 ? "sometimes" : "never";
      const shown = JSON.stringify([contenders, [...dependencies]], (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
      expect(ours, `seed ${seed}, round ${round}: ${shown}`).toBe(truth);
    }
  });
});
