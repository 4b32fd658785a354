import type { Verdict } from "./fault.js";
import { ALL_ENGINES } from "./releases.js";

/** Bytes of an interface's name, without the zero behind it (`IFNAMSIZ` of Linux). */
export const LONGEST_INTERFACE_NAME = 15;

/** What becomes of a network whose interface can't have its name, or has the one of another network. */
export const UNUSABLE_INTERFACE_NAME: Verdict = { effect: "refused", phase: "create", engines: ALL_ENGINES };

/** @returns why the engine refuses a network whose interface has this name, in a clause (tried on 28.5.2). */
export function faultOfInterfaceName(name: string): string | undefined {
  const bytes = new TextEncoder().encode(name).length;
  if (bytes > LONGEST_INTERFACE_NAME) {
    return `it has ${bytes} bytes, and Linux takes ${LONGEST_INTERFACE_NAME} at most`;
  }
  const [odd] = /[\s/:%]/.exec(name) ?? [];
  if (odd !== undefined) return `it has ${/\s/.test(odd) ? "a space" : `a "${odd}"`} in it`;
  if (name === "lo") return "it is the name of the loopback interface";
  if (name === "docker0") return "Docker's own bridge has this name";
  return [".", "..", "all", "default"].includes(name) ? "Linux keeps this name for itself" : undefined;
}
