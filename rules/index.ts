import type { ComposeRule } from "../src/rule/create-rule.js";
import { noForbiddenDaemonPool } from "./no-forbidden-daemon-pool.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { noReservedHostPort } from "./no-reserved-host-port.js";
import { requireBridgeName } from "./require-bridge-name.js";
import { requireSubnet } from "./require-subnet.js";

export const rules: readonly ComposeRule[] = [
  noForbiddenDaemonPool,
  noForbiddenSubnet,
  noReservedHostPort,
  requireBridgeName,
  requireSubnet,
];
