import { asMap, child, type Value } from "../read/value.js";
import { asText, readField, valueOf, type Field } from "./field.js";

/** The option of the bridge driver that names the network's interface on the host. */
export const BRIDGE_NAME_OPTION = "com.docker.network.bridge.name";

/** The options of a network's driver by name, as the engine gets them: numbers and booleans become texts. */
export type DriverOptions = ReadonlyMap<string, Field<string>>;

export function readDriverOptions(map: Value | undefined): DriverOptions {
  const options = new Map<string, Field<string>>();
  for (const { key, value } of asMap(child(map, "driver_opts"))?.entries.values() ?? []) {
    if (value.kind !== "scalar" || value.value === null) continue;
    const { value: written, place: at } = value;
    if (typeof written === "string") options.set(key, readField(value, asText, "a text"));
    else options.set(key, { kind: "known", value: String(written), text: String(written), at, written: value });
  }
  return options;
}

/** The text of an option, or undefined where there is none that is known. */
export function driverOption(options: DriverOptions, name: string): string | undefined {
  const option = options.get(name);
  return option && valueOf(option);
}
