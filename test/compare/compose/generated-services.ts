import { braces, brackets, overriding, type Dice } from "./dice.js";
import { joinable, type Keys, type Plan, type Shape } from "./generated-plan.js";

/** Where a service is written. */
export interface ServicePlace extends Shape {
  readonly plan: Plan;
  readonly key: string;
  /** Whether the document has the anchors of `serviceAnchors`. */
  readonly anchored: boolean;
}

export function serviceAnchors(dice: Dice, plan: Plan, shape: Shape): string[] {
  const keys = joinable(dice, shape, plan);
  const value = (name: string, text: string): string => `x-${name}-${plan.number()}: &${name} ${text}`;
  return [
    value("attachment", attachment(dice, false)),
    value("joined", membershipMap(dice, keys, false)),
    value("service", braces(dice.chance(50) ? `networks: ${memberships(dice, keys, false)}` : undefined)),
  ];
}

/** The value of a service's key. */
export function service(dice: Dice, place: ServicePlace): string {
  const { plan, key, anchored, over } = place;
  if (dice.fault(2)) return " !reset null";
  if (over && dice.chance(2)) return "";
  const isMode = plan.modes.has(key) !== dice.fault(4);
  const map = braces(
    anchored && !isMode && dice.chance(15) ? "<<: *service" : undefined,
    dice.fault(5) || (over && dice.chance(30)) ? undefined : dice.one(["image: x", "image: x", "build: ."]),
    dice.chance(25) ? extension(dice, place) : undefined,
    ...(isMode ? modes(dice, place) : networks(dice, place)),
    dice.chance(10) ? "profiles: [ p ]" : undefined,
    dice.chance(3) ? dice.one(["scale: 0", "deploy: { replicas: 0 }"]) : undefined,
  );
  return ` ${overriding(dice, 3, map)}`;
}

/** A later document may let the service join networks after all. */
function modes(dice: Dice, place: ServicePlace): (string | undefined)[] {
  if (place.over && dice.chance(10)) return ["network_mode: !reset null", joins(dice, place)];
  if (!dice.chance(80)) return [];
  const mode = dice.fault(10) ? "null" : dice.one(["host", "none", '"service:s1"', '"${MODE:-host}"', '""']);
  return [`network_mode: ${mode}`, dice.fault(10) ? joins(dice, place) : undefined];
}

/** A later document may take the service out of its networks. */
function networks(dice: Dice, place: ServicePlace): (string | undefined)[] {
  if (place.over && dice.chance(3)) return ["networks: !reset null", "network_mode: host"];
  return [dice.chance(75) ? joins(dice, place) : undefined];
}

function joins(dice: Dice, place: ServicePlace): string {
  return `networks: ${memberships(dice, joinable(dice, place, place.plan), place.anchored)}`;
}

/** Mostly services extend those further down, so that few of them go round in circles. */
function extension(dice: Dice, { plan, key, services, extendable, over }: ServicePlace): string | undefined {
  const alike = (name: string): boolean => plan.modes.has(name) === plan.modes.has(key) || dice.fault(20);
  const [file, ...otherFiles] = extendable;
  const [away, ...othersAway] = services.filter(alike);
  if (file !== undefined && away !== undefined && dice.chance(60)) {
    return `extends: { service: ${dice.one([away, ...othersAway])}, file: ${dice.one([file, ...otherFiles])} }`;
  }
  const [name, ...otherNames] = services.slice(dice.fault(20) ? 0 : services.indexOf(key) + 1).filter(alike);
  if (name === undefined) return over || !dice.fault(10) ? undefined : "extends: nobody";
  if (dice.fault(5)) return `extends: { service: ${name}, file: null }`;
  const chosen = dice.one([name, ...otherNames]);
  return `extends: ${dice.one([chosen, `{ service: ${chosen} }`])}`;
}

function memberships(dice: Dice, keys: Keys, anchored: boolean): string {
  if (dice.fault(3)) return dice.one(["null", "x", "[ null ]", "[ nowhere ]", "[ a, a ]", "{ a b: null }", "{ a: 5 }"]);
  if (dice.chance(5)) {
    const [first, last] = [dice.one(keys), dice.one(keys)];
    return dice.one(["!reset null", "!reset []", `!override [ ${first} ]`, `!override { ${last}: null }`]);
  }
  if (dice.chance(4)) return dice.one(["[]", "{}"]);
  if (anchored && dice.chance(8)) return "*joined";
  if (dice.chance(50)) return membershipMap(dice, keys, anchored);
  const names = [...new Set(dice.several(1, 3, () => dice.one(keys)))];
  return brackets(names.map((key) => (dice.chance(4) ? `"\${UNSET:-${key}}"` : key)));
}

function membershipMap(dice: Dice, keys: Keys, anchored: boolean): string {
  const joined = [...new Set(dice.several(1, 3, () => dice.one(keys)))];
  return braces(
    anchored && dice.chance(10) ? "<<: *joined" : undefined,
    ...joined.map(
      (key) =>
        `${key}:${dice.chance(50) ? (dice.fault(2) ? "" : dice.one([" null", " "])) : ` ${attachment(dice, anchored)}`}`,
    ),
  );
}

function attachment(dice: Dice, anchored: boolean): string {
  if (anchored && dice.chance(10)) return "*attachment";
  if (dice.fault(4))
    return dice.one(["{ ip: 10.1.0.5 }", "{ ipv4_address: null }", "{ aliases: a }", "{ priority: x }"]);
  return braces(
    anchored && dice.chance(15) ? "<<: *attachment" : undefined,
    dice.chance(70)
      ? `ipv4_address: ${dice.one(["10.1.0.5", "10.2.0.5", '"10.${N:-1}.0.6"', "!reset null"])}`
      : undefined,
    dice.chance(20) ? 'ipv6_address: "fd00:1::5"' : undefined,
    dice.chance(20) ? "aliases: [ other ]" : undefined,
    dice.chance(5) ? "link_local_ips: [ 169.254.8.8 ]" : undefined,
    dice.chance(5) ? "priority: 5" : undefined,
  );
}
