import { describe, expect, it } from "vitest";

import { poolsOf, projectOf, type Texts } from "../in-memory.js";
import type { ComposeVersion } from "../../../src/compose/load/loader.js";

/** The subnet `10.${N}.0.0/24` of a file that is included with two environment files, `one.env` and `two.env`. */
function subnetIn(texts: Texts, version: ComposeVersion = "2.40"): string[] {
  const project = projectOf(
    {
      "compose.yaml": "include: [{ path: part.yaml, env_file: [one.env, two.env] }]\n",
      "part.yaml":
        'services: { a: { image: app } }\nnetworks: { default: { ipam: { config: [{ subnet: "10.${N}.0.0/24" }] } } }\n',
      ...texts,
    },
    { version },
  );
  return poolsOf(project, "default");
}

const EVERY_VERSION = ["2.26", "2.40", "5"] as const;

describe("the environment files of an include", () => {
  it.each(EVERY_VERSION)("may refer to variables of the including project, which count first (%s)", (version) => {
    const texts = { ".env": "M=1\n", "one.env": "M=8\nN=$M\n", "two.env": "" };
    expect(subnetIn(texts, version)).toEqual(["10.1.0.0/24"]);
  });

  it.each(EVERY_VERSION)("may refer to variables of the files before (%s)", (version) => {
    expect(subnetIn({ "one.env": "M=8\n", "two.env": "N=${M:-9}\n" }, version)).toEqual(["10.8.0.0/24"]);
  });

  it.each(EVERY_VERSION)("are laid over each other in their order (%s)", (version) => {
    expect(subnetIn({ "one.env": "N=8\n", "two.env": "N=9\n" }, version)).toEqual(["10.9.0.0/24"]);
  });

  it("refer to their own lines before those of the files before", () => {
    expect(subnetIn({ "one.env": "M=8\n", "two.env": "M=9\nN=$M\n" })).toEqual(["10.9.0.0/24"]);
  });

  it("of 2.26 refer to the lines of the files before, before their own", () => {
    expect(subnetIn({ "one.env": "M=8\n", "two.env": "M=9\nN=$M\n" }, "2.26")).toEqual(["10.8.0.0/24"]);
  });

  it("may build on what a file before said of the same variable", () => {
    expect(subnetIn({ "one.env": "N=8\n", "two.env": "N=1$N\n" })).toEqual(["10.18.0.0/24"]);
  });
});

describe("the `.env` of an included directory", () => {
  it("may refer to variables of the including project, which count first", () => {
    const project = projectOf({
      "compose.yaml": "include: [part/compose.yaml]\n",
      "part/compose.yaml":
        'services: { a: { image: app } }\nnetworks: { default: { ipam: { config: [{ subnet: "$SUB" }] } } }\n',
      "part/.env": "N=8\nSUB=10.$N.0.0/24\n",
      ".env": "N=7\n",
    });
    expect(poolsOf(project, "default")).toEqual(["10.7.0.0/24"]);
  });
});
