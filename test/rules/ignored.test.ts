import { noForbiddenSubnet } from "../../rules/no-forbidden-subnet.js";
import { requireSubnet } from "../../rules/require-subnet.js";
import { validForbiddenRanges } from "../../rules/valid-forbidden-ranges.js";
import { composeRuleTester, inWorkspace, yaml } from "./compose-rule-tester.js";

const IN_THE_DATA_CENTRE = yaml`
  services: { web: { image: caddy } }
  networks: { default: { ipam: { config: [{ subnet: 10.4.7.0/24 }] } } }
`;
const AUTOMATIC = "services: { web: { image: caddy } }\n";
const ignoring = (file: string) => inWorkspace("ignoring", file);

composeRuleTester.run("no-forbidden-subnet in what the policy ignores", noForbiddenSubnet, {
  valid: [
    { name: "a file of a folder", code: IN_THE_DATA_CENTRE, filename: ignoring("templates/a/compose.yaml") },
    { name: "a file by its name", code: IN_THE_DATA_CENTRE, filename: ignoring("legacy.compose.yaml") },
  ],
  invalid: [
    {
      name: "a file beside them",
      code: IN_THE_DATA_CENTRE,
      filename: ignoring("shop/templates/compose.yaml"),
      errors: [{ messageId: "forbiddenSubnet", line: 2, suggestions: 1 }],
    },
  ],
});

composeRuleTester.run("require-subnet in what the policy ignores", requireSubnet, {
  valid: [{ name: "a network of Docker's choice", code: AUTOMATIC, filename: ignoring("templates/compose.yaml") }],
  invalid: [],
});

composeRuleTester.run("valid-forbidden-ranges in a policy that ignores itself", validForbiddenRanges, {
  valid: [],
  invalid: [
    {
      name: "a fault is reported all the same",
      code: "version: 1\nforbiden: []\nignore: [forbidden-ranges.yaml]\n",
      filename: ignoring("forbidden-ranges.yaml"),
      errors: 1,
    },
  ],
});
