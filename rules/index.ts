import type { ComposeRule } from "../src/rule/create-rule.js";
import { noDefaultPoolSubnet } from "./no-default-pool-subnet.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { noOverlappingSubnets } from "./no-overlapping-subnets.js";
import { noPublicSubnet } from "./no-public-subnet.js";
import { requireSubnet } from "./require-subnet.js";
import { subnetSize } from "./subnet-size.js";

export const rules: readonly ComposeRule[] = [
  noDefaultPoolSubnet,
  noForbiddenSubnet,
  noOverlappingSubnets,
  noPublicSubnet,
  requireSubnet,
  subnetSize,
];
