import { isDeepStrictEqual } from "node:util";

import plugin from "../../src/eslint/index.js";
import { ask, type ProjectCase } from "../compare/compose/ask.js";
import type { ComposeBinary } from "../compare/compose/binary.js";
import { createHost, type Host, type HostOptions } from "../corpus/host.js";
import { differences, isSubnetOf, meaningOfValue } from "../corpus/meaning.js";
import { configWith } from "./config-with.js";
import { Law } from "./law.js";
import { OPTIONS } from "./one-file.js";

/** A file that `--fix` would pin networks of, in both styles. */
export interface Pinnable {
  readonly name: string;
  readonly place: string;
  /** Each network with the subnets that its findings promise. */
  readonly promises: readonly (readonly [network: string, subnet: string])[];
  readonly plain: string;
  /** Undefined when a variable can't be had. */
  readonly variable: string | undefined;
}

/** Reads what `--fix` would do, and leaves the disk alone. */
export class Pinner {
  readonly #plain: Host;
  readonly #variable: Host;

  constructor(options: Omit<HostOptions, "rules">) {
    this.#plain = createHost({ ...options, rules: { ...OFF, [PINS]: "error" } });
    this.#variable = createHost({ ...options, rules: { ...OFF, ...OPTIONS['style: "variable"'] } });
  }

  /** @returns undefined when there is nothing to pin. */
  pin(name: string, place: string, text: string): Pinnable | undefined {
    const { messages } = this.#plain.lint(place, text);
    const promises = messages
      .filter(({ fix }) => fix)
      .flatMap(({ suggestions = [] }) =>
        suggestions.flatMap(({ desc }) => {
          const [, network, subnet] = /^Pin network "(.+)" to (\S+)\.$/.exec(desc) ?? [];
          return network !== undefined && subnet !== undefined ? [[network, subnet] as const] : [];
        }),
      );
    if (promises.length === 0) return undefined;
    const variable = this.#variable.fix(place, text);
    return {
      name,
      place,
      promises,
      plain: this.#plain.fix(place, text),
      variable: variable === text ? undefined : variable,
    };
  }
}

const PINS = "compose-networks/require-subnet";
const OFF = Object.fromEntries(Object.keys(plugin.configs.recommended.rules).map((name) => [name, "off" as const]));

/** The real Compose says what came of the pins of a project: of all its files, and of each alone. */
export class PinLaws {
  readonly #alone = new Law("after a pin, Compose's config is the same but for the subnets of the networks meant");
  readonly #kept = new Law("after a pin, Compose's config has the subnet that the finding promised");
  readonly #variable = new Law("Compose's config is the same when variables bring the subnets");
  /** Projects that Compose itself refuses before anything is pinned. */
  unread = 0;

  constructor(readonly binary: ComposeBinary) {}

  get laws(): readonly Law[] {
    return [this.#alone, this.#kept, this.#variable];
  }

  /** @param pins Of the project's files. */
  async try(project: ProjectCase, pins: readonly Pinnable[]): Promise<void> {
    const before = await ask(this.binary, project);
    if (!before.ok) {
      this.unread += 1;
      return;
    }
    for (const some of pins.length > 1 ? [pins, ...pins.map((pin) => [pin])] : [pins]) {
      await this.#compare(before.config, project, some);
    }
  }

  async #compare(before: unknown, project: ProjectCase, pins: readonly Pinnable[]): Promise<void> {
    const name = pins.map((pin) => pin.name).join(" + ");
    const textsIn = (style: "plain" | "variable"): Map<string, string> =>
      new Map(pins.flatMap((pin) => (pin[style] === undefined ? [] : [[pin.place, pin[style]]])));
    const after = await configWith(this.binary, project, textsIn("plain"));
    if (!after.ok) {
      this.#alone.tried(`${name}: ${after.message}`);
      return;
    }
    const promises = pins.flatMap((pin) => pin.promises);
    const found = differences(meaningOfValue(before), meaningOfValue(after.config));
    const strange = found.find((difference) => !promises.some(([network]) => isSubnetOf(network, difference)));
    this.#alone.tried(strange && `${name}: ${JSON.stringify(strange)}`);
    const broken = promises.find(
      ([network, subnet]) => !found.some((one) => isSubnetOf(network, one) && one.after === subnet),
    );
    this.#kept.tried(broken && `${name}: ${broken.join(" ")}`);

    const variables = textsIn("variable");
    if (variables.size < pins.length) return;
    const withVariables = await configWith(this.binary, project, variables);
    const same = withVariables.ok && isDeepStrictEqual(withVariables.config, after.config);
    this.#variable.tried(same ? undefined : `${name}: ${withVariables.ok ? "another config" : withVariables.message}`);
  }
}
