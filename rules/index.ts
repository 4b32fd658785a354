import type { ComposeRule } from "../src/rule/create-rule.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { noLossyIpamOverride } from "./no-lossy-ipam-override.js";
import { requireSubnet } from "./require-subnet.js";
import { validIpam } from "./valid-ipam.js";
import { validStaticAddress } from "./valid-static-address.js";

export const rules: readonly ComposeRule[] = [
  noForbiddenSubnet,
  noLossyIpamOverride,
  requireSubnet,
  validIpam,
  validStaticAddress,
];
