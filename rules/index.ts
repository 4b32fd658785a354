import type { ComposeRule } from "../src/rule/create-rule.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { requireSubnet } from "./require-subnet.js";
import { validIpam } from "./valid-ipam.js";
import { validStaticAddress } from "./valid-static-address.js";

export const rules: readonly ComposeRule[] = [noForbiddenSubnet, requireSubnet, validIpam, validStaticAddress];
