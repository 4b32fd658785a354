import { describe, expect, it } from "vitest";

import { validForbiddenRanges } from "../../rules/valid-forbidden-ranges.js";
import { insertionOfId, removalOfEntry } from "../../src/policy/file-edits.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

const filename = inWorkspace("policy", "forbidden-ranges.yaml");
const reached = inWorkspace("reached", "forbidden-ranges.yaml");
const CORRECT = "Correct it, or remove the entry.";
const LATER = "Give it a later day, or remove the entry.";
const DIFFERENT = "Remove the entry, or name what is different about it.";
const ELSEWHERE_POOL = "Choose a pool outside Docker's default address pools.";

/** What is wrong with one place of a file. */
function finding(
  messageId: string,
  at: Extent,
  data: Record<string, string>,
  suggestion?: { readonly messageId: string; readonly data?: Record<string, string>; readonly output: string },
) {
  return { messageId, data, ...position(at), suggestions: suggestion ? [suggestion] : [] };
}

const EXCEPTIONS = [
  "{ file: compose.yaml, reason: NET-1 }",
  "{ file: old/compose.yaml, reason: NET-2 }",
  '{ file: "old/**", reason: NET-3 }',
  "{ file: legacy/stack.yaml, network: back, reason: NET-4 }",
  "{ file: compose.yaml, network: back, cidr: 10.5.0.0/16, reason: NET-5 }",
  "{ file: legacy/stack.yaml, cidr: 10.5.0.0/16, reason: NET-6 }",
];
const allowing = (exceptions: readonly string[]): string =>
  `version: 1\nallow:\n${exceptions.map((entry) => `  - ${entry}\n`).join("")}`;

/** The finding about one of them, whose suggestion takes just that one out. */
function unusedException(index: number, written: string, why: string) {
  const column = 13;
  return finding(
    "unusedException",
    [index + 3, column, index + 3, column + written.length],
    { file: written.replaceAll('"', ""), why, advice: CORRECT },
    { messageId: "remove", output: allowing(EXCEPTIONS.filter((_, other) => other !== index)) },
  );
}

composeRuleTester.run("valid-forbidden-ranges", validForbiddenRanges, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a policy without contradictions",
      filename,
      code: yaml`
        version: 1
        id: acme-shop
        extends: ["builtin:tailscale", ./routes.txt]
        forbidden:
          - 169.254.0.0/16
          - { cidr: 10.0.0.0/9, name: WAN }
          - { cidr: 10.1.0.0/16, name: production }
          - { cidr: 10.2.0.0/16, severity: warn }
          - { cidr: 10.3.0.0/16, severity: off }
          - { cidr: 192.168.0.0/24, until: 2026-11-24 }
        pools:
          - { cidr: 10.201.0.0/16, prefix: 24 }
          - { cidr: "fd12:3456:789a::/48", prefix: 64 }
        allow:
          - { file: legacy/compose.yaml, reason: NET-412, expires: 2026-11-24 }
      `,
    },
    {
      name: "a pool of which a part is forbidden",
      filename,
      code: "version: 1\nid: a\nforbidden: [10.201.0.0/24]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n",
    },
    {
      name: "a pool in space that the daemons were told not to use",
      filename,
      code: yaml`
        version: 1
        id: acme-shop
        pools: [{ cidr: 172.20.0.0/16, prefix: 24 }]
        docker: { default-address-pools: [{ base: 10.202.0.0/16, size: 24 }] }
      `,
    },
    { name: "no id where no fix takes a subnet", filename, code: "version: 1\nforbidden: [10.0.0.0/9]\n" },
    {
      name: "an entry that lasts longer than the one around it",
      filename,
      code: yaml`
        version: 1
        forbidden:
          - { cidr: 10.0.0.0/9, until: 2027-01-01 }
          - 10.1.0.0/16
      `,
    },
    {
      name: "exceptions that a network may need, or a daemon",
      filename: reached,
      code: yaml`
        version: 1
        allow:
          - { file: compose.yaml, reason: NET-1 }
          - { file: ./compose.yaml, network: back, cidr: 10.4.0.0/16, reason: NET-2 }
          - { file: compose.yaml, network: lab, cidr: 10.5.0.0/16, reason: its subnet stands in a variable }
          - { file: legacy/stack.yaml, network: default, reason: a file of another name }
          - { file: "**/stack.yaml", network: default, reason: the same by a glob }
          - { file: "*/compose.yaml", network: any, reason: a file that can't be read may have it }
          - { file: daemon.json, network: bip, cidr: 10.4.0.0/24, reason: NET-3 }
      `,
    },
    {
      name: "hosts with files",
      filename: reached,
      code: "version: 1\nhosts: { prod-1: [legacy/**, compose.yaml], prod-2: broken/compose.yaml }\n",
    },
    {
      name: "globs of a policy that others extend, since no compose file lies below it",
      filename,
      code: 'version: 1\nallow: [{ file: "**/sandbox/*.yaml", reason: NET-1 }]\nhosts: { prod-1: apps/** }\n',
    },
    { name: "a compose file", filename: inWorkspace("policy"), code: "version: 2\nid: [1]\n" },
    {
      name: "JSON",
      filename: inWorkspace("policy", "forbidden-ranges.json"),
      code: '{ "version": 1, "forbidden": ["10.0.0.0/9"] }\n',
    },
  ],
  invalid: [
    {
      name: "every fault that keeps the file from being read",
      filename,
      code: "version: 1\nforbidden:\n  - cird: 10.0.0.0/9\n  - 10.0.0.5/24\n",
      errors: [
        finding("fault", [3, 5, 3, 9], { fault: 'unknown key "cird"; did you mean "cidr"?' }),
        finding("fault", [4, 5, 4, 16], {
          fault: '"10.0.0.5/24" has host bits set; did you mean 10.0.0.0/24 or 10.0.0.5/32?',
        }),
      ],
    },
    {
      name: "a file of a project that is not there",
      filename: inWorkspace("projects", "forbidden-ranges.yaml"),
      code: yaml`
        version: 1
        projects:
          - base/main.yaml
          - [base/main.yaml, base/prd.yaml]
          - ["*/main.yaml", "*/none.yaml"]
      `,
      errors: [
        finding("missingFile", [4, 22, 4, 35], {
          file: "test/rules/workspaces/projects/base/prd.yaml",
          advice: "Correct the path, or remove the file.",
        }),
      ],
    },
    {
      name: "a fault of a file that is extended",
      filename,
      code: "version: 1\nextends: [./faulty.txt]\n",
      errors: [
        finding("faultElsewhere", [1, 1, 1, 11], {
          place: "test/rules/workspaces/policy/faulty.txt:2:1",
          fault: '"10.0.0.0/33": "33" is out of range: an IPv4 prefix length is 0 to 32',
        }),
      ],
    },
    {
      name: "a file to extend that is not there",
      filename,
      code: "version: 1\nextends: [./nowhere.txt]\n",
      errors: [
        finding("fault", [2, 11, 2, 24], {
          fault: `"./nowhere.txt": there is no file test/rules/workspaces/policy/nowhere.txt, or it can't be read`,
        }),
      ],
    },
    {
      name: "pools and no id",
      filename,
      code: crlf("# ours\nversion: 1 # the first\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n"),
      errors: [
        finding(
          "withoutId",
          [3, 17, 3, 30],
          { id: "policy", advice: "Write a name that no other repository has." },
          {
            messageId: "writeId",
            data: { id: "policy" },
            output: crlf("# ours\nversion: 1 # the first\nid: policy\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n"),
          },
        ),
      ],
    },
    {
      name: "pools and no id in JSON, where nothing is edited",
      filename: inWorkspace("policy", "forbidden-ranges.json"),
      code: '{ "version": 1, "pools": [{ "cidr": "10.201.0.0/16", "prefix": 24 }] }\n',
      errors: [
        finding("withoutId", [1, 37, 1, 52], {
          id: "policy",
          advice: "Write a name that no other repository has.",
        }),
      ],
    },
    {
      name: "a pool that is forbidden as a whole, by two ranges together",
      filename,
      code: yaml`
        version: 1
        id: acme-shop
        forbidden:
          - { cidr: 10.201.0.0/17, name: WAN, owner: netops@example.com }
          - 10.201.128.0/17
        pools:
          - { cidr: 10.201.0.0/16, prefix: 24 }
      `,
      errors: [
        finding("forbiddenPool", [7, 13, 7, 26], {
          pool: "10.201.0.0/16",
          range: '"WAN" (10.201.0.0/17)',
          origin: "test/rules/workspaces/policy/forbidden-ranges.yaml:4:13, owner netops@example.com",
          advice: "Choose a block that nothing else uses.",
        }),
      ],
    },
    {
      name: "a pool of addresses that belong to somebody",
      filename,
      code: "version: 1\nid: a\npools: [{ cidr: 172.80.0.0/16, prefix: 24 }]\n",
      errors: [
        finding("publicPool", [3, 17, 3, 30], {
          pool: "172.80.0.0/16",
          advice: "Take a part of 10.0.0.0/8 or of fd00::/8.",
        }),
      ],
    },
    {
      name: "a pool from which Docker picks subnets, with its own pools or with those of the policy",
      filename,
      code: yaml`
        version: 1
        id: a
        pools: [{ cidr: 10.202.0.0/16, prefix: 24 }, { cidr: 172.30.0.0/16, prefix: 24 }]
        docker: { default-address-pools: [{ base: 10.202.0.0/15, size: 24 }] }
      `,
      errors: [
        finding("dockerPool", [3, 17, 3, 30], {
          pool: "10.202.0.0/16",
          docker: "10.202.0.0/15",
          advice: ELSEWHERE_POOL,
        }),
      ],
    },
    {
      name: "a pool in those that are built into Docker",
      filename,
      code: "version: 1\nid: a\npools: [{ cidr: 172.30.0.0/16, prefix: 24 }]\n",
      errors: [
        finding("dockerPool", [3, 17, 3, 30], {
          pool: "172.30.0.0/16",
          docker: "172.28.0.0/14",
          advice: ELSEWHERE_POOL,
        }),
      ],
    },
    {
      name: "a range and an exception whose last day is over",
      filename,
      code: yaml`
        version: 1
        forbidden:
          - cidr: 10.1.0.0/16
            name: old lab # given back
            until: 2026-11-23
          # the new one
          - 10.2.0.0/16
        allow:
          - { file: a.yaml, reason: NET-1 }
          - { file: b.yaml, reason: NET-2, expires: 2026-11-23 }
      `,
      errors: [
        finding(
          "staleRange",
          [3, 11, 3, 22],
          { range: '"old lab" (10.1.0.0/16)', until: "2026-11-23 (UTC)", advice: LATER },
          {
            messageId: "remove",
            output: yaml`
              version: 1
              forbidden:
                # the new one
                - 10.2.0.0/16
              allow:
                - { file: a.yaml, reason: NET-1 }
                - { file: b.yaml, reason: NET-2, expires: 2026-11-23 }
            `,
          },
        ),
        finding(
          "staleException",
          [10, 13, 10, 19],
          { file: "b.yaml", expires: "2026-11-23 (UTC)", advice: "Renew it, or remove the entry." },
          {
            messageId: "remove",
            output: yaml`
              version: 1
              forbidden:
                - cidr: 10.1.0.0/16
                  name: old lab # given back
                  until: 2026-11-23
                # the new one
                - 10.2.0.0/16
              allow:
                - { file: a.yaml, reason: NET-1 }
            `,
          },
        ),
      ],
    },
    {
      name: "exceptions that no network can need",
      filename: reached,
      code: allowing(EXCEPTIONS),
      errors: [
        unusedException(1, "old/compose.yaml", "there is no such file"),
        unusedException(2, '"old/**"', "there is no such file"),
        unusedException(3, "legacy/stack.yaml", 'it has no network "back"'),
        unusedException(4, "compose.yaml", "no subnet that is written there lies in 10.5.0.0/16"),
        unusedException(5, "legacy/stack.yaml", "no subnet that is written there lies in 10.5.0.0/16"),
      ],
    },
    {
      name: "hosts on which nothing runs",
      filename: reached,
      code: "version: 1\nhosts:\n  prod-1: [legacy/**, apps/**]\n  prod-2: old/compose.yaml\n",
      errors: [
        finding("unusedHost", [3, 23, 3, 30], { glob: "apps/**", host: "prod-1", advice: "Correct it, or remove it." }),
        finding("unusedHost", [4, 11, 4, 27], {
          glob: "old/compose.yaml",
          host: "prod-2",
          advice: "Correct it, or remove it.",
        }),
      ],
    },
    {
      name: "an entry in another one that says nothing more, and one that stands twice",
      filename,
      code: crlf("version: 1\nforbidden:\n  - 10.1.0.0/16\n  - cidr: 10.0.0.0/9\n    name: WAN\n  - 10.0.0.0/9\n"),
      errors: [
        finding(
          "superfluous",
          [3, 5, 3, 16],
          {
            range: "10.1.0.0/16",
            outer: '"WAN" (10.0.0.0/9)',
            place: "test/rules/workspaces/policy/forbidden-ranges.yaml:4:11",
            advice: DIFFERENT,
          },
          {
            messageId: "remove",
            output: crlf("version: 1\nforbidden:\n  - cidr: 10.0.0.0/9\n    name: WAN\n  - 10.0.0.0/9\n"),
          },
        ),
        finding(
          "superfluous",
          [6, 5, 6, 15],
          {
            range: "10.0.0.0/9",
            outer: '"WAN" (10.0.0.0/9)',
            place: "test/rules/workspaces/policy/forbidden-ranges.yaml:4:11",
            advice: DIFFERENT,
          },
          {
            messageId: "remove",
            output: crlf("version: 1\nforbidden:\n  - 10.1.0.0/16\n  - cidr: 10.0.0.0/9\n    name: WAN\n"),
          },
        ),
      ],
    },
    {
      name: "an entry in a range of a file that is extended",
      filename,
      code: "version: 1\nextends: [./routes.txt]\nforbidden: [172.20.1.0/24]\n",
      errors: [
        finding("superfluous", [3, 13, 3, 26], {
          range: "172.20.1.0/24",
          outer: '"split routes" (172.20.0.0/14)',
          place: "test/rules/workspaces/policy/routes.txt:1:1",
          advice: DIFFERENT,
        }),
      ],
    },
  ],
});

describe("an entry is not taken out", () => {
  it.each([
    ["of a list on one line", "forbidden: [10.0.0.0/8, 10.1.0.0/16]\n"],
    ["when it is the only one", "forbidden:\n  - 10.1.0.0/16\n"],
    [
      "when it holds several blocks",
      "forbidden:\n  - 10.0.0.0/8\n  - cidr:\n      - 10.1.0.0/16\n      - 10.2.0.0/16\n",
    ],
    ["when an alias may stand for it", "forbidden:\n  - &a 10.1.0.0/16\n  - *a\n"],
    ["when it holds an anchor", "forbidden:\n  - { name: &a x, cidr: 10.1.0.0/16 }\n  - 10.0.0.0/8\n"],
  ])("%s", (_, text) => {
    expect(removalOfEntry(text, text.indexOf("10.1.0.0/16"))).toBeUndefined();
  });

  it("but it is at the end of a file without a last line end", () => {
    const text = "forbidden:\n  - 10.0.0.0/8\n  - cidr: 10.1.0.0/16\n    name: x # y";
    const { span = [0, 0] } = removalOfEntry(text, text.indexOf("10.1.0.0/16")) ?? {};
    expect(text.slice(0, span[0]) + text.slice(span[1])).toBe("forbidden:\n  - 10.0.0.0/8\n");
  });
});

describe("an id", () => {
  it.each([
    ["shop", "version: 1\nid: shop\n"],
    ["my shop: 2", 'version: 1\nid: "my shop: 2"\n'],
    ["true", 'version: 1\nid: "true"\n'],
    ["2026", 'version: 1\nid: "2026"\n'],
  ])("%s is written so that it stays a text", (id, expected) => {
    expect(`version: 1\n${insertionOfId("version: 1\n", id)?.text ?? ""}`).toBe(expected);
  });

  it("goes below a version that is the last line", () => {
    expect(insertionOfId("version: 1", "shop")).toEqual({ span: [10, 10], text: "\nid: shop" });
  });
});
