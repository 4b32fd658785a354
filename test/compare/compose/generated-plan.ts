import type { Dice } from "./dice.js";

/** Few keys and few subnets, so that the files of a project meet on the same ones. */
export type Keys = readonly [string, ...string[]];

/** What all documents of a project keep to. Compose refuses most projects whose documents know nothing of each other. */
export interface Plan {
  /** Services with a `network_mode`, in every document: beside it, `networks` are refused. */
  readonly modes: ReadonlySet<string>;
  /** A network that no service joins, so that a document may take it away. */
  readonly spare: string;
  /** Whether the name of an external network is written below `external`: two different names are refused. */
  readonly namesBelowExternal: boolean;
  /** A new number with each call. What anchors name is nothing that documents should be laid over each other for. */
  readonly number: () => number;
}

/** One document of a file. */
export interface Shape {
  readonly services: Keys;
  readonly networks: Keys;
  /** Whose services may be extended: paths as Compose takes them in this place. */
  readonly extendable: readonly string[];
  /** Whether it is laid over another document that has the same keys. */
  readonly over: boolean;
}

export const MAIN: Pick<Shape, "services" | "networks"> = {
  services: ["s1", "s2", "s3"],
  networks: ["default", "a", "b", "c"],
};

export function planOf(dice: Dice): Plan {
  let count = 0;
  return {
    modes: new Set([...MAIN.services, "i2", "k2"].filter(() => dice.chance(12))),
    spare: dice.one(["none", "b", "c"]),
    namesBelowExternal: dice.chance(30),
    number: () => count++,
  };
}

/** The networks of a document that its services may join. */
export function joinable(dice: Dice, { networks }: Shape, { spare }: Plan): Keys {
  const [first, ...others] = networks;
  return dice.fault(4) ? networks : [first, ...others.filter((key) => key !== spare)];
}
