import { describe, expect, it } from "vitest";

import { hostsOf, UNNAMED_HOST } from "../../src/policy/hosts.js";
import { loadPolicy } from "../../src/policy/load-policy.js";

function hosts(files: Readonly<Record<string, string>>) {
  const loaded = loadPolicy("forbidden-ranges.yaml", { read: (path) => files[path] });
  if (!loaded.ok) throw new Error(loaded.fault.map(({ message }) => message).join("; "));
  return (file: string) => hostsOf(loaded.value, file);
}

describe("the hosts of a compose file", () => {
  const policy = `version: 1
hosts:
  prod-1: [apps/shop/**, shared/compose.yaml]
  prod-2: [./apps/blog/**, shared/compose.yaml]
`;

  it("are those whose globs it fits, one or several", () => {
    const of = hosts({ "forbidden-ranges.yaml": policy });
    expect(of("apps/shop/compose.yaml")).toEqual(["prod-1"]);
    expect(of("apps/blog/db/compose.yaml")).toEqual(["prod-2"]);
    expect(of("shared/compose.yaml")).toEqual(["prod-1", "prod-2"]);
  });

  it("are one without a name for all files that fit none", () => {
    const of = hosts({ "forbidden-ranges.yaml": policy });
    expect(of("apps/compose.yaml")).toEqual([UNNAMED_HOST]);
    expect(of("examples/compose.yaml")).toEqual([UNNAMED_HOST]);
  });

  it("are one without a name when the policy names no host", () => {
    expect(hosts({ "forbidden-ranges.yaml": "version: 1\n" })("apps/shop/compose.yaml")).toEqual([UNNAMED_HOST]);
  });

  it("are joined from extended files, with paths from the policy file that was found first", () => {
    const of = hosts({
      "forbidden-ranges.yaml": "version: 1\nextends: [company/base.yaml]\nhosts: { prod-1: apps/shop/** }\n",
      "company/base.yaml": "version: 1\nhosts: { prod-1: apps/proxy/**, prod-2: apps/blog/** }\n",
    });
    expect(of("apps/shop/compose.yaml")).toEqual(["prod-1"]);
    expect(of("apps/proxy/compose.yaml")).toEqual(["prod-1"]);
    expect(of("apps/blog/compose.yaml")).toEqual(["prod-2"]);
  });
});
