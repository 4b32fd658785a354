import { describe, expect, it } from "vitest";

import { readPolicy, type PolicyParts } from "../../src/policy/load-policy.js";
import { POLICY } from "./faults-of.js";

function partsOf(text: string, others: Readonly<Record<string, string>> = {}): PolicyParts {
  return readPolicy(POLICY, { read: (path) => ({ ...others, [POLICY]: text })[path] });
}

function forbiddenIn(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] | undefined {
  return partsOf(text, others).policy?.forbidden.map(({ written }) => written);
}

describe("what can be read of a policy with faults", () => {
  it("are the ranges beside the faulty one", () => {
    expect(forbiddenIn("version: 1\nforbidden: [10.0.0.0/8, 10.0.0.0/33, 172.16.0.0/12]\n")).toEqual([
      "10.0.0.0/8",
      "172.16.0.0/12",
    ]);
  });

  it("are the ranges of the files that can be read", () => {
    const others = { "vpn.txt": "10.8.0.0/16\nnonsense\n10.9.0.0/16\n", "broken.yaml": "version: 1\nforbidden: [\n" };
    const text = "version: 1\nextends: [vpn.txt, none.txt, broken.yaml]\nforbidden: [10.0.0.0/8]\n";
    expect(forbiddenIn(text, others)).toEqual(["10.0.0.0/8", "10.8.0.0/16", "10.9.0.0/16"]);
    expect(partsOf(text, others).unread).toEqual(["none.txt"]);
  });

  it.each([
    ["a mistyped key", "{ file: a.yaml, netwrk: b, reason: c }"],
    ["a subnet that is none", "{ file: a.yaml, cidr: 10.0.0.0/33, reason: c }"],
    ["a day that is none", "{ file: a.yaml, expires: 2027-02-30, reason: c }"],
    ["a value that was wrong before", "{ file: a.yaml, cidr: *bad, reason: c }"],
  ])("is no exception with %s: it would let more through", (_, entry) => {
    const text = `version: 1\nforbidden: [&bad 10.0.0.0/33]\nallow:\n  - ${entry}\n  - { file: z.yaml, reason: c }\n`;
    expect(partsOf(text).policy?.allow.map(({ file }) => file)).toEqual(["z.yaml"]);
  });

  it("is no project with a file less", () => {
    const text = "version: 1\nprojects:\n  - [a.yaml, 1]\n  - [a.yaml, b.yaml]\n  - [x/a.yaml, '*/b.yaml']\n";
    const { policy, faults } = partsOf(text);
    expect(policy?.projects.map(({ files }) => files.map(({ path }) => path))).toEqual([["a.yaml", "b.yaml"]]);
    expect(faults).toHaveLength(2);
  });

  it("says nothing of Docker's pools where none of them can be read", () => {
    const text = "version: 1\ndocker: { default-address-pools: [{ base: 10.0.0.0/33, size: 24 }] }\n";
    expect(partsOf(text).policy?.docker).toEqual({});
  });

  it.each([
    ["no YAML", "version: 1\nforbidden: ["],
    ["empty", ""],
    ["a list", "- 10.0.0.0/8\n"],
  ])("is nothing where the file is %s", (_, text) => {
    const { policy, faults, unread } = partsOf(text);
    expect({ policy, unread }).toEqual({ policy: undefined, unread: [] });
    expect(faults).not.toEqual([]);
  });

  it("is nothing where there is no file", () => {
    expect(readPolicy(POLICY, { read: () => undefined })).toMatchObject({ policy: undefined, unread: [POLICY] });
  });
});

describe("messages about the files of a policy", () => {
  it("name each as the caller shows it", () => {
    const files: Readonly<Record<string, string>> = {
      "/ws/a.yaml": "version: 1\nextends: [./b.yaml, ./none.txt]\n",
      "/ws/b.yaml": "version: 1\nextends: [./a.yaml]\n",
    };
    const show = (path: string): string => path.replace("/ws/", "");
    const { faults } = readPolicy("/ws/a.yaml", { read: (path) => files[path], show });
    expect(faults.map(({ message }) => message)).toEqual([
      '"./none.txt": there is no file none.txt, or it can\'t be read',
      '"./a.yaml" extends in a circle: a.yaml > b.yaml > a.yaml',
    ]);
  });
});
