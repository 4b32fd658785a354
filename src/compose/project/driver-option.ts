import { readText } from "../read/scalar-text.js";
import { asScalar, child, type MapValue } from "../read/value.js";

/** The option of the bridge driver that names the network's interface on the host. */
export const BRIDGE_NAME_OPTION = "com.docker.network.bridge.name";

/** An option of a network's driver as the engine gets it: numbers and booleans become texts. */
export function driverOption(map: MapValue | undefined, name: string): string | undefined {
  const scalar = asScalar(child(child(map, "driver_opts"), name));
  if (!scalar || scalar.value === null) return undefined;
  if (typeof scalar.value !== "string") return String(scalar.value);
  const text = readText(scalar, () => true);
  return text?.known === true ? text.text : undefined;
}
