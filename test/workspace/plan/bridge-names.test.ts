import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { faultOfInterfaceName } from "../../../src/compose/engine/interface-names.js";
import { ABSENT } from "../../../src/compose/project/field.js";
import { bridgeNameFor } from "../../../src/workspace/plan/bridge-names.js";
import { Workspace } from "../../../src/workspace/workspace.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
const index = new FileIndex(createDisk());

function nameIn(directory: string, text: string, key: string): string {
  const parsed = index.parse(`/srv/${directory}/compose.yaml`, text);
  if (!parsed.ok) throw new Error("no YAML");
  return bridgeNameFor(new Workspace({ cwd: "/srv" }, index).view(parsed.file), { key, writtenName: ABSENT });
}

describe("the interface name of a network", () => {
  it("says which project and network it is, when the project has a name of its own", () => {
    expect(nameIn("docker", "name: shop\n", "back")).toBe("br-shop-back");
  });

  it("differs between two projects that are called after directories of the same name", () => {
    const names = ["shop/docker", "blog/docker"].map((directory) => nameIn(directory, "services: {}\n", "default"));
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^br-docker-[a-z0-9]{5}$/);
  });

  it("differs between names that look the same once dashes are put in", () => {
    expect(nameIn("a", "name: a-b\n", "c")).not.toBe(nameIn("a", "name: a\n", "b-c"));
  });

  it(`is one that Linux takes, whatever the project and the network are called (seed ${seed})`, () => {
    console.info(`bridge-names.test.ts: seed ${seed}`);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9_-]{0,20}$/), fc.string({ minLength: 1 }), (project, key) => {
        const name = nameIn("a", `name: "${project}"\n`, key);
        expect(name).toMatch(/^br-[a-z0-9-]+$/);
        expect(faultOfInterfaceName(name)).toBeUndefined();
        expect(nameIn("a", `name: "${project}"\n`, key)).toBe(name);
      }),
      { seed },
    );
  });
});
