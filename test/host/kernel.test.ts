import { describe, expect, it } from "vitest";

import { routesFromIp, rulesFromIp } from "../../src/host/sources/ip-json.js";
import { Routing, type Decision } from "../../src/host/routes.js";
import { readSnapshot } from "../../src/host/read-snapshot.js";
import { snapshotAsJson } from "../../src/host/snapshot-json.js";
import { EMPTY_SNAPSHOT, type Snapshot } from "../../src/host/snapshot.js";
import { formatAddress, parseAddress, type Address, type Family } from "../../src/ipam/address.js";
import { formatPrefix } from "../../src/ipam/prefix.js";
import { diceFrom, seedOfRun, type Dice } from "./dice.js";
import { generatedHost } from "./generated-host.js";
import { hasNamespaces, inNamespace, unlessNamespaces } from "./namespace-script.js";

const HOSTS = 200;
const seed = seedOfRun();

/** What the kernel has, and what it answers for each address. */
interface Witness {
  readonly snapshot: Snapshot;
  readonly answers: readonly { readonly address: Address; readonly answer: string }[];
}

function witness(dice: Dice): Witness {
  const { setUp, addresses } = generatedHost(dice);
  const printed = inNamespace(`
    ${batch(setUp[4])}
    ${batch(setUp[6], "-6")}
    # The kernel makes the routes to its own addresses of IPv6 when it finds the time.
    tries=0; until test "$(ip -6 route show table local type local | grep -c '^local fd00:[123]::2 ')" -ge 3 || test $tries -ge 200
    do tries=$((tries + 1)); sleep 0.05; done
    for f in 4 6; do echo "== routes $f"; ip -j -$f route show table all; echo "== rules $f"; ip -j -$f rule; done
    echo "== answers"
    ${batch(addresses.map((address) => `route get fibmatch ${formatAddress(address)}`))}
    true`);
  if (printed === undefined) throw new Error("the namespace could not be set up");
  const parts = new Map(
    printed.split(/^== /m).map((part) => [part.split("\n", 1)[0] ?? "", part.slice(part.indexOf("\n") + 1).trim()]),
  );
  const json = (name: string): unknown => JSON.parse(parts.get(name) || "[]");
  const both = <Item>(name: string, read: (json: unknown, family: Family) => Item[]): Item[] => [
    ...read(json(`${name} 4`), 4),
    ...read(json(`${name} 6`), 6),
  ];
  const routes = both("routes", routesFromIp);
  const rules = both("rules", rulesFromIp);
  const answers = (parts.get("answers") ?? "").split("\n").filter((line) => /^(?:\[|RTNETLINK)/.test(line));
  if (answers.length !== addresses.length) throw new Error(parts.get("answers"));
  return {
    snapshot: { ...EMPTY_SNAPSHOT, takenAt: "", system: "linux", routes, rules },
    answers: addresses.map((address, index) => ({ address, answer: kernelAnswer(answers[index] ?? "", address) })),
  };
}

/** Many commands in one process, which goes on after one that fails. */
function batch(commands: readonly string[], family = ""): string {
  return `stdbuf -oL ip ${family} -j -force -batch - 2>&1 <<'END'\n${commands.join("\n")}\nEND\n`;
}

/** `10.9.0.0/16 table main metric 20 via d0`, or `refused`, or `no route`. */
function kernelAnswer(printed: string, { family }: Address): string {
  if (/Invalid argument|No route to host|Permission denied/.test(printed)) return "refused";
  if (/Network is unreachable/.test(printed)) return "no route";
  const [route] = routesFromIp(JSON.parse(printed), family);
  return route ? ourAnswer({ route, rule: undefined }) : `not understood: ${printed}`;
}

function ourAnswer({ route, rule }: Decision): string {
  // The kernel answers for a rule that says "unreachable" as it does where there is no route.
  if (!route) return rule && rule.action.kind !== "unreachable" ? "refused" : "no route";
  if (/blackhole|unreachable|prohibit/.test(route.type)) return "refused";
  const ways = route.hops.map(({ device, gateway }) => `${device ?? ""} ${gateway ? formatAddress(gateway) : ""}`);
  // Without rules of its own, a kernel has the tables `local` and `main` in one, and calls it `main`.
  const table = route.type === "unicast" ? ` table ${route.table}` : "";
  return `${route.type} ${formatPrefix(route.to)}${table} metric ${route.metric} by ${ways.join(" or ")}`;
}

describe(`the route that wins${unlessNamespaces}`, () => {
  it.skipIf(!hasNamespaces)(`is the one that the kernel takes, on ${HOSTS} generated hosts (seed ${seed})`, () => {
    const dice = diceFrom(seed);
    const outcomes = { route: 0, refused: 0, "no route": 0 };
    for (let host = 0; host < HOSTS; host += 1) {
      const { snapshot, answers } = witness(dice);
      const saved = readSnapshot(JSON.stringify(snapshotAsJson(snapshot)), "host.json");
      expect(saved).toEqual({ ok: true, value: snapshot });
      const routing = new Routing(snapshot);
      for (const { address, answer } of answers) {
        expect(
          `${formatAddress(address)}: ${ourAnswer(routing.routeOf({ to: address }))}`,
          `host ${host}, seed ${seed}`,
        ).toBe(`${formatAddress(address)}: ${answer}`);
        outcomes[answer === "refused" || answer === "no route" ? answer : "route"] += 1;
      }
    }
    // Generated hosts that refuse everything would prove nothing.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(HOSTS / 4);
  });

  it.skipIf(!hasNamespaces)("may differ with the source of a packet, which the kernel then knows", () => {
    const printed = inNamespace(`
      ip link set lo up
      ip link add d0 type bridge; ip addr add 10.1.0.2/16 dev d0; ip link set d0 up
      ip link add d1 type bridge; ip addr add 10.2.0.2/16 dev d1; ip link set d1 up
      ip route add default via 10.1.0.1; ip route add default via 10.2.0.1 table 7
      ip rule add priority 100 from 10.2.0.2 lookup 7
      ip -j -4 route show table all; echo; echo ==; ip -j -4 rule; echo; echo ==
      ip -j route get fibmatch 8.8.8.8 from 10.2.0.2`);
    const [routes, rules, answer] = (printed ?? "").split("==\n").map((part): unknown => JSON.parse(part));
    const routing = new Routing({ routes: routesFromIp(routes, 4), rules: rulesFromIp(rules, 4) });
    const [to, from] = ["8.8.8.8", "10.2.0.2"].map((text) => {
      const address = parseAddress(text);
      if (!address.ok) throw new Error(text);
      return address.value;
    });
    const [expected] = routesFromIp(answer, 4);
    if (!to || !expected) throw new Error("the kernel did not answer");
    expect(ourAnswer(routing.routeOf({ to, from }))).toBe(ourAnswer({ route: expected, rule: undefined }));
    expect(ourAnswer(routing.routeOf({ to }))).toContain("table main");
  });
});
