import { braces, brackets, overriding, type Dice } from "./dice.js";

/** What a service may extend: others of its file, and services of other files. */
export interface Extendable {
  readonly names: readonly string[];
  /** As paths from the project directory, or from the file for a file that is extended itself. */
  readonly files: readonly string[];
  /** Whether the file has the anchor of `serviceAnchor`. */
  readonly anchored: boolean;
}

export function serviceAnchor(dice: Dice, networks: readonly [string, ...string[]]): string {
  return `x-service: &service ${braces(dice.chance(50) ? `networks: ${memberships(dice, networks)}` : undefined)}`;
}

/** The value of a service's key. */
export function service(dice: Dice, extendable: Extendable, networks: readonly [string, ...string[]]): string {
  if (dice.chance(1)) return " !reset null";
  const mode = dice.chance(6);
  const map = braces(
    extendable.anchored && dice.chance(15) ? "<<: *service" : undefined,
    dice.chance(97) ? "image: x" : undefined,
    dice.chance(25) ? extension(dice, extendable) : undefined,
    mode ? `network_mode: ${dice.one(["host", "none", '"service:s1"', "!reset null"])}` : undefined,
    dice.chance(mode ? 5 : 75) ? `networks: ${memberships(dice, networks)}` : undefined,
    dice.chance(10) ? "profiles: [ p ]" : undefined,
  );
  return ` ${overriding(dice, 3, map)}`;
}

function extension(dice: Dice, { names, files }: Extendable): string | undefined {
  const [name, ...otherNames] = names;
  const [file, ...otherFiles] = files;
  if (file !== undefined && dice.chance(60)) {
    return `extends: { service: ${dice.one(["s1", "s2", "s3"])}, file: ${dice.one([file, ...otherFiles])} }`;
  }
  if (name === undefined) return undefined;
  const chosen = dice.one([name, ...otherNames]);
  return `extends: ${dice.one([chosen, `{ service: ${chosen} }`])}`;
}

function memberships(dice: Dice, networks: readonly [string, ...string[]]): string {
  if (dice.chance(1)) return "null";
  if (dice.chance(5)) return dice.one(["!reset null", "!reset []", "!override [ a ]", "!override { b: null }"]);
  if (dice.chance(4)) return dice.one(["[]", "{}"]);
  const keys = [...new Set(dice.several(1, 3, () => dice.one(networks)))];
  if (dice.chance(50)) return brackets(keys);
  return braces(...keys.map((key) => `${key}: ${dice.chance(50) ? "null" : attachment(dice)}`));
}

function attachment(dice: Dice): string {
  return braces(
    dice.chance(70)
      ? `ipv4_address: ${dice.one(["10.1.0.5", "10.2.0.5", '"10.${N:-1}.0.6"', "!reset null"])}`
      : undefined,
    dice.chance(20) ? 'ipv6_address: "fd00:1::5"' : undefined,
    dice.chance(20) ? "aliases: [ other ]" : undefined,
  );
}
