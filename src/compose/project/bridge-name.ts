import { BRIDGE_NAME_OPTION } from "./driver-option.js";
import type { Network } from "./network.js";
import { readText } from "../read/scalar-text.js";
import { asScalar, child, type ScalarValue } from "../read/value.js";

/** What a network's definition says about the name of its interface on the host. */
export type BridgeName =
  /** Docker makes one up: `br-` and a part of the network's ID, which is another one each time it is created. */
  | { readonly kind: "made up"; readonly written?: ScalarValue }
  | { readonly kind: "named"; readonly name: string; readonly written: ScalarValue }
  /** Variables without a value make it up, or the network's driver. */
  | { readonly kind: "unknown" };

export function bridgeNameOf({ definition, writtenDriver }: Pick<Network, "definition" | "writtenDriver">): BridgeName {
  const isOpen = writtenDriver.kind === "absent" && writtenDriver.isOpen === true;
  if (isOpen || writtenDriver.kind === "unknown") return { kind: "unknown" };
  const written = asScalar(child(child(definition, "driver_opts"), BRIDGE_NAME_OPTION));
  if (!written || written.value === null) return { kind: "made up", ...(written && { written }) };
  if (typeof written.value !== "string") return { kind: "named", name: String(written.value), written };
  const text = readText(written);
  if (!text?.known) return { kind: "unknown" };
  return text.text === "" ? { kind: "made up", written } : { kind: "named", name: text.text, written };
}
