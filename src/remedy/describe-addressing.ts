import { inShort } from "../compose/engine/network-fault.js";
import { whyUnusable } from "../compose/engine/network-faults.js";
import type { Addressing } from "../compose/project/addressing.js";
import type { Network } from "../compose/project/network.js";
import { describeUnknown } from "../compose/read/scalar-text.js";
import { formatPrefix } from "../ipam/prefix.js";
import { enginesRunning } from "./engines.js";
import type { ProjectView } from "../workspace/view.js";
import { showRefusal, showVariables } from "./wording.js";

/** How a network comes to its subnets of one family, in a few words. */
export function describeAddressing(
  addressing: Addressing,
  network: Network,
  planned: string | undefined,
  view: ProjectView,
): string {
  switch (addressing.mode) {
    case "explicit":
      return addressing.subnets.map(({ prefix }) => formatPrefix(prefix)).join(", ");
    case "automatic":
      return planned === undefined ? "chosen by Docker" : `chosen by Docker, planned ${planned}`;
    case "disabled":
      return "none";
    case "unknown":
      return `unknown: ${describeUnknown(addressing.because)}`;
    case "refused":
      return `the ${REFUSING[addressing.refusal.by]} refuses it: ${showRefusal(addressing.refusal, view)}`;
    case "unusable":
      return describeUnusable(network, view);
  }
}

const REFUSING = { compose: "compose command", stack: "stack command" } as const;

/** As `check` says it, in short. */
function describeUnusable(network: Network, view: ProjectView): string {
  const fault = whyUnusable(network, enginesRunning(view));
  if (!fault) return "none";
  const { variables } = fault;
  return `the engine refuses it: ${inShort(fault) ?? ""}${variables ? `, from ${showVariables(variables, view)}` : ""}`;
}
