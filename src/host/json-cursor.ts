import { isRecord } from "../import/json-values.js";
import { parseAddress, type Address } from "../ipam/address.js";
import { maskPrefix, parsePrefix, type Prefix } from "../ipam/prefix.js";

export type JsonPath = readonly (string | number)[];

/** The first thing that is wrong, and where. */
export interface JsonFault {
  readonly path: JsonPath;
  /** A clause that says what is expected. */
  readonly message: string;
}

const NOWHERE: Prefix = { address: { family: 4, value: 0n }, length: 0 };

/** Reads a JSON value key by key. What is wrong is noted, and something harmless stands in for it. */
export class JsonCursor {
  constructor(
    readonly value: unknown,
    readonly faults: JsonFault[],
    readonly path: JsonPath = [],
  ) {}

  #fault(message: string, ...keys: JsonPath): void {
    this.faults.push({ path: [...this.path, ...keys], message });
  }

  get(key: string): unknown {
    return isRecord(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  below(key: string): JsonCursor {
    const value = this.get(key);
    if (!isRecord(value)) this.#fault("it must be an object", key);
    return new JsonCursor(value, this.faults, [...this.path, key]);
  }

  list<Item>(key: string, read: (item: JsonCursor) => Item): Item[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value;
      return items.map((item, index) => read(new JsonCursor(item, this.faults, [...this.path, key, index])));
    }
    this.#fault("it must be a list", key);
    return [];
  }

  /** This value itself as a text. */
  asText(): string {
    if (typeof this.value === "string") return this.value;
    this.#fault("it must be a text");
    return "";
  }

  asPrefix(): Prefix {
    return this.#prefixOf(this.asText());
  }

  text(key: string): string {
    const value = this.get(key);
    if (typeof value === "string") return value;
    this.#fault(value === undefined ? `"${key}" is missing` : "it must be a text", ...this.#placeOf(key));
    return "";
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  number(key: string, standard?: number): number {
    const value = this.get(key);
    if (value === undefined && standard !== undefined) return standard;
    if (typeof value === "number" && Number.isInteger(value)) return value;
    this.#fault(value === undefined ? `"${key}" is missing` : "it must be a whole number", ...this.#placeOf(key));
    return 0;
  }

  optionalNumber(key: string): number | undefined {
    return this.has(key) ? this.number(key) : undefined;
  }

  flag(key: string): boolean {
    const value = this.get(key);
    if (value !== undefined && typeof value !== "boolean") this.#fault("it must be true or false", key);
    return value === true;
  }

  optionalFlag(key: string): boolean | undefined {
    return this.has(key) ? this.flag(key) : undefined;
  }

  oneOf<Choice extends string>(key: string, choices: readonly [Choice, ...Choice[]], standard?: Choice): Choice {
    const value = this.get(key);
    if (value === undefined && standard !== undefined) return standard;
    const choice = choices.find((each) => each === value);
    if (choice === undefined) this.#fault(`it must be one of ${choices.join(", ")}`, ...this.#placeOf(key));
    return choice ?? choices[0];
  }

  prefix(key: string): Prefix {
    const written = this.text(key);
    return written === "" ? NOWHERE : this.#prefixOf(written, key);
  }

  /** With its host bits. */
  addressWithLength(key: string): Prefix {
    const prefix = parsePrefix(this.text(key));
    if (prefix.ok) return prefix.value;
    this.#fault(prefix.fault.reason, ...this.#placeOf(key));
    return NOWHERE;
  }

  optionalPrefix(key: string): Prefix | undefined {
    return this.has(key) ? this.prefix(key) : undefined;
  }

  address(key: string): Address {
    const address = parseAddress(this.text(key));
    if (address.ok) return address.value;
    this.#fault(address.fault.reason, ...this.#placeOf(key));
    return NOWHERE.address;
  }

  optionalAddress(key: string): Address | undefined {
    return this.has(key) ? this.address(key) : undefined;
  }

  #prefixOf(written: string, ...keys: JsonPath): Prefix {
    const prefix = parsePrefix(written);
    if (prefix.ok) return maskPrefix(prefix.value);
    this.#fault(prefix.fault.reason, ...keys);
    return NOWHERE;
  }

  /** A key that is missing has no place: then the object around it has the fault. */
  #placeOf(key: string): JsonPath {
    return this.has(key) ? [key] : [];
  }
}
