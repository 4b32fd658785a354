import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import type { NetworkFault, NetworkFaultKind } from "../../../src/compose/engine/network-fault.js";
import { faultsOfNetwork } from "../../../src/compose/engine/network-faults.js";
import { includesAny, type EngineRelease } from "../../../src/compose/engine/releases.js";
import type { StaticAddressFaultKind } from "../../../src/compose/engine/static-address-fault.js";
import { faultsOfStaticAddresses } from "../../../src/compose/engine/static-address-faults.js";
import type { Network } from "../../../src/compose/project/network.js";
import { buildProject } from "../../../src/compose/project/project.js";
import type { AddressCase } from "./address-cases.js";
import type { NetworkDefinition } from "./network-case.js";
import { loadModel } from "../../../src/compose/project/load-model.js";

/**
 * The kinds of faults for which we say that an engine refuses to make a network; none when we say that it takes it. Whether
 * anything starts on it is another matter.
 */
export function refusalsBy(engine: EngineRelease, definition: NetworkDefinition): readonly NetworkFaultKind[] {
  return faultsOf(definition)
    .filter(({ effect, phase }) => effect === "refused" && phase === "create")
    .filter(({ engines }) => includesAny(engines, { min: engine, max: engine }))
    .map(({ kind }) => kind);
}

function faultsOf(definition: NetworkDefinition): readonly NetworkFault[] {
  const services = { web: { image: "caddy", networks: ["tried"] } };
  return triedNetwork(services, definition).flatMap((network) => faultsOfNetwork(network, true));
}

/** The kinds of faults for which we say that a service does not get its address. */
export function refusalsOfAddress({ definition, attachment }: AddressCase): readonly StaticAddressFaultKind[] {
  const services = { web: { image: "caddy", networks: { tried: attachment } } };
  return triedNetwork(services, definition)
    .flatMap((network) => faultsOfStaticAddresses(network))
    .flatMap(({ kind }) => (kind === "dynamic" ? [] : [kind]));
}

/** JSON is YAML: what goes to the engine is the very text that we read. */
function triedNetwork(services: object, definition: NetworkDefinition): readonly Network[] {
  const text = JSON.stringify({ services, networks: { tried: definition } });
  const parsed = parseComposeFile("/compose.yaml", text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const variables = new Map<string, string>();
  const files = { load: () => parsed.file, environment: () => undefined };
  const model = loadModel({ paths: ["/compose.yaml"], directory: "/", variables, version: "2.40" }, files);
  const { networks } = buildProject({ model, directory: "/", variables, isOverride: false });
  return networks.filter(({ key }) => key === "tried");
}
