import type { ComposeRule } from "../src/rule/create-rule.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { requireSubnet } from "./require-subnet.js";
import { validForbiddenRanges } from "./valid-forbidden-ranges.js";

export const rules: readonly ComposeRule[] = [noForbiddenSubnet, requireSubnet, validForbiddenRanges];
