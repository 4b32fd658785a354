import { parseGoBoolean } from "../../kit/go-boolean.js";
import { addressIn } from "../../ipam/known-blocks.js";
import { BRIDGE_NAME_OPTION } from "../project/driver-option.js";
import { valueOf } from "../project/field.js";
import type { Network } from "../project/network.js";
import { faultOfInterfaceName, LONGEST_INTERFACE_NAME } from "./interface-names.js";
import { faultOfField, type NetworkFault } from "./network-fault.js";
import { since } from "./profile.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

const BRIDGE = "com.docker.network.bridge.";
const GATEWAY_MODES = ["nat", "nat-unprotected", "routed", "isolated"];

/** What a driver makes of the text of one of its options. */
interface OptionRule {
  readonly engines?: Engines;
  /** Set where only the start of a container shows it. */
  readonly starts?: true;
  /** Why the text is refused, in a clause after "is"; undefined for one that is not. */
  readonly refuse: (text: string, network: Network) => string | undefined;
}

const A_BOOLEAN: OptionRule = {
  refuse: (text) => (parseGoBoolean(text) === undefined ? "not true or false" : undefined),
};
const AN_ADDRESS: OptionRule = {
  refuse: (text) => (addressIn(text) ? undefined : "not a valid IP address"),
};
const A_GATEWAY_MODE: OptionRule = {
  engines: since("gatewayModes"),
  refuse: (text, { internal }) => {
    if (!GATEWAY_MODES.includes(text)) return `not one of ${GATEWAY_MODES.join(", ")}`;
    return text === "isolated" && internal === false ? "only for networks with internal: true" : undefined;
  },
};

/** Options of the bridge driver (tried on 28.5.2); it ignores those that it does not know. */
const OPTIONS_OF_BRIDGE: Readonly<Record<string, OptionRule>> = {
  [BRIDGE_NAME_OPTION]: {
    refuse: (text) => (text === "" ? undefined : clauseAfterIs(faultOfInterfaceName(text))),
  },
  [`${BRIDGE}gateway_mode_ipv4`]: A_GATEWAY_MODE,
  [`${BRIDGE}gateway_mode_ipv6`]: A_GATEWAY_MODE,
  [`${BRIDGE}enable_icc`]: A_BOOLEAN,
  [`${BRIDGE}enable_ip_masquerade`]: A_BOOLEAN,
  [`${BRIDGE}inhibit_ipv4`]: A_BOOLEAN,
  [`${BRIDGE}default_bridge`]: A_BOOLEAN,
  [`${BRIDGE}host_binding_ipv4`]: AN_ADDRESS,
  "com.docker.network.host_ipv4": { ...AN_ADDRESS, engines: since("hostAddresses") },
  "com.docker.network.host_ipv6": { ...AN_ADDRESS, engines: since("hostAddresses") },
  "com.docker.network.driver.mtu": {
    refuse: (text) => {
      if (!/^[+-]?\d+$/.test(text)) return "not a whole number";
      const mtu = Number(text);
      return mtu === 0 || (mtu >= 68 && mtu <= 65_535) ? undefined : "not between 68 and 65535";
    },
  },
  "com.docker.network.container_iface_prefix": { starts: true, refuse: refusePrefix },
};

const A_PARENT: OptionRule = {
  refuse: (text) => (text === "lo" ? "the loopback interface, which can't be a parent" : undefined),
};
const OPTIONS_OF_MACVLAN: Readonly<Record<string, OptionRule>> = {
  parent: A_PARENT,
  macvlan_mode: oneOf("bridge", "private", "vepa", "passthru"),
};
const OPTIONS_OF_IPVLAN: Readonly<Record<string, OptionRule>> = {
  parent: A_PARENT,
  ipvlan_mode: oneOf("l2", "l3", "l3s"),
  ipvlan_flag: oneOf("bridge", "private", "vepa"),
};

/** Options that the engine itself looks at, whatever the driver is. */
const OPTIONS_OF_ALL: Readonly<Record<string, OptionRule>> = {
  "com.docker.network.enable_ipv4": { ...A_BOOLEAN, engines: since("ipv4Switch") },
  "com.docker.network.enable_ipv6": { ...A_BOOLEAN, engines: since("ipv6Switch") },
};

const OPTIONS: Readonly<Record<string, Readonly<Record<string, OptionRule>>>> = {
  bridge: OPTIONS_OF_BRIDGE,
  macvlan: OPTIONS_OF_MACVLAN,
  ipvlan: OPTIONS_OF_IPVLAN,
};

/** What engines refuse about the options of a network's driver. */
export function faultsOfOptions(network: Network): NetworkFault[] {
  if (network.driverOptions.size === 0 || network.writtenDriver.kind === "unknown") return [];
  const own = { ...OPTIONS_OF_ALL, ...(Object.hasOwn(OPTIONS, network.driver) ? OPTIONS[network.driver] : {}) };
  return [...network.driverOptions].flatMap(([option, field]): NetworkFault[] => {
    const rule = Object.hasOwn(own, option) ? own[option] : undefined;
    const text = valueOf(field);
    const reason = text === undefined ? undefined : rule?.refuse(text, network);
    if (!rule || reason === undefined || field.kind !== "known") return [];
    const kind = rule.starts === true ? "unstartable" : "refusedWord";
    return [faultOfField(kind, { role: option, field }, rule.engines ?? ALL_ENGINES, { reason })];
  });
}

function oneOf(...modes: readonly string[]): OptionRule {
  return { refuse: (text) => (text === "" || modes.includes(text) ? undefined : `not one of ${modes.join(", ")}`) };
}

/** The engine adds a number. */
function refusePrefix(text: string): string | undefined {
  if (new TextEncoder().encode(`${text}0`).length > LONGEST_INTERFACE_NAME) {
    return `too long: with a number, Linux takes ${LONGEST_INTERFACE_NAME} bytes at most`;
  }
  return /[\s/:]/.test(text) ? "not a valid beginning of an interface name" : undefined;
}

function clauseAfterIs(fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `not a valid interface name: ${fault}`;
}
