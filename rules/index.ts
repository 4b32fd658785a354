import type { ComposeRule } from "../src/rule/create-rule.js";
import { noForbiddenDaemonPool } from "./no-forbidden-daemon-pool.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { noLossyIpamOverride } from "./no-lossy-ipam-override.js";
import { noReservedHostPort } from "./no-reserved-host-port.js";
import { requireBridgeName } from "./require-bridge-name.js";
import { requireSubnet } from "./require-subnet.js";
import { validIpam } from "./valid-ipam.js";
import { validStaticAddress } from "./valid-static-address.js";

export const rules: readonly ComposeRule[] = [
  noForbiddenDaemonPool,
  noForbiddenSubnet,
  noLossyIpamOverride,
  noReservedHostPort,
  requireBridgeName,
  requireSubnet,
  validIpam,
  validStaticAddress,
];
