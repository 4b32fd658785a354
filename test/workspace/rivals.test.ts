import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseComposeFile } from "../../src/compose/read/compose-file.js";
import { pinnedSubnets } from "../../src/compose/engine/conflicts.js";
import { formatPrefix, parsePrefix, rangeOf } from "../../src/ipam/prefix.js";
import { rangesOverlap } from "../../src/ipam/range.js";
import { createDisk } from "../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { SubnetIndex } from "../../src/workspace/subnet-index.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { holds, seed } from "../ipam/property.js";
import { composeFile, createFolder, type Folder } from "./folder.js";

const pinnedTo = (subnet: string): string => `{ ipam: { config: [{ subnet: ${subnet} }] } }`;

/** Asks one workspace who stands in the way of a file's networks, from its text on the disk or another one. */
function askerIn({ path }: Folder) {
  const index = new FileIndex(createDisk());
  const workspace = new Workspace({ cwd: path, today: "2026-11-24" }, index);
  return (file: string, text?: string): string[] => {
    const parsed = text === undefined ? undefined : parseComposeFile(`${path}/${file}`, text);
    const asked = parsed?.ok === true ? parsed.file : index.load(`${path}/${file}`);
    if (!asked) return ["no such file"];
    const view = workspace.view(asked);
    return pinnedSubnets(view.project).map((own) => {
      const rival = view.wholeWorkspace.rivalOf(own)?.pinned;
      return `${own.network.key}: ${rival ? `${view.display(rival.place.source.path)} ${formatPrefix(rival.subnet.prefix)}` : "nobody"}`;
    });
  };
}

describe("the rivals of a network", () => {
  const files = {
    "a/compose.yaml": composeFile(`front: ${pinnedTo("10.7.0.0/16")}`),
    "b/compose.yaml": composeFile(`back: ${pinnedTo("10.7.3.0/24")}`, `free: ${pinnedTo("10.8.0.0/24")}`),
    "c/compose.yaml": composeFile(`cache: ${pinnedTo("10.7.3.0/24")}`),
  };
  const expected = {
    "a/compose.yaml": ["front: b/compose.yaml 10.7.3.0/24"],
    "b/compose.yaml": ["back: a/compose.yaml 10.7.0.0/16", "free: nobody"],
    "c/compose.yaml": ["cache: a/compose.yaml 10.7.0.0/16"],
  };

  it("are found without a policy, for each of the files", () => {
    const folder = createFolder(files);
    const said = Object.fromEntries(Object.keys(files).map((file) => [file, askerIn(folder)(file)]));
    expect(said).toEqual(expected);
  });

  it("are told for files that COMPOSE_FILE puts together, whatever they are called", () => {
    const front = composeFile(`front: ${pinnedTo("10.7.0.0/16")}`);
    const folder = createFolder({
      "a/compose.yaml": front,
      "b/.env": "COMPOSE_FILE=base.yml:docker-compose.more.yml\n",
      "b/base.yml": front,
      "b/docker-compose.more.yml": "services: {}\n",
      "c/docker-compose.alone.yml": front,
    });
    expect(askerIn(folder)("b/docker-compose.more.yml")).toEqual(["front: a/compose.yaml 10.7.0.0/16"]);
    // Nothing says what somebody starts it with.
    expect(askerIn(folder)("c/docker-compose.alone.yml")).toEqual(["front: nobody"]);
  });

  it("are the same whichever files were asked about before", () => {
    const ask = askerIn(createFolder(files));
    const backwards = Object.keys(files).toReversed();
    expect(Object.fromEntries(backwards.map((file) => [file, ask(file)]))).toEqual(expected);
  });

  it("are told for a text as it is being written, and never are the file's own older text", () => {
    const ask = askerIn(createFolder(files));
    expect(ask("c/compose.yaml", composeFile(`moved: ${pinnedTo("10.8.0.0/25")}`))).toEqual([
      "moved: b/compose.yaml 10.8.0.0/24",
    ]);
    expect(ask("a/compose.yaml", composeFile(`narrow: ${pinnedTo("10.7.9.0/24")}`))).toEqual(["narrow: nobody"]);
  });

  it("are told for a file that is not on the disk yet", () => {
    const ask = askerIn(createFolder(files));
    expect(ask("new/compose.yaml", composeFile(`free: ${pinnedTo("10.8.0.0/16")}`))).toEqual([
      "free: b/compose.yaml 10.8.0.0/24",
    ]);
  });

  it.each([
    ["a nearer policy holds for one of them", { "a/forbidden-ranges.yaml": "version: 1\n" }],
    [
      "each has a policy",
      {
        "a/forbidden-ranges.yaml": "version: 1\nid: a\n",
        "b/forbidden-ranges.yaml": "version: 1\nid: b\n",
        "c/forbidden-ranges.yaml": "version: 1\nid: c\n",
      },
    ],
    [
      "one policy extends another",
      {
        "forbidden-ranges.yaml": "version: 1\n",
        "c/forbidden-ranges.yaml": "version: 1\nextends: [../forbidden-ranges.yaml]\n",
      },
    ],
  ])("are the same where %s", (_name, policies) => {
    const ask = askerIn(createFolder({ ...files, ...policies }));
    expect(Object.fromEntries(Object.keys(files).map((file) => [file, ask(file)]))).toEqual(expected);
  });

  it("are none where one of two policies puts its files on a host of its own", () => {
    const folder = createFolder({ ...files, "a/forbidden-ranges.yaml": 'version: 1\nhosts: { edge-1: ["**"] }\n' });
    expect(askerIn(folder)("a/compose.yaml")).toEqual(["front: nobody"]);
    expect(askerIn(folder)("c/compose.yaml")).toEqual(["cache: b/compose.yaml 10.7.3.0/24"]);
  });

  it("are told of the host that two policies name alike", () => {
    const policy = (id: string): string => `version: 1\nid: ${id}\nhosts: { edge-1: ["**"] }\n`;
    const folder = createFolder({
      ...files,
      "a/forbidden-ranges.yaml": policy("a"),
      "c/forbidden-ranges.yaml": policy("c"),
    });
    expect(askerIn(folder)("c/compose.yaml")).toEqual(["cache: a/compose.yaml 10.7.0.0/16"]);
    expect(askerIn(folder)("b/compose.yaml")).toEqual(["back: nobody", "free: nobody"]);
  });

  it("are none among files whose policy has a fault, since it may name hosts", () => {
    const folder = createFolder({ ...files, "a/forbidden-ranges.yaml": "version: 1\nhosts: [a]\n" });
    expect(askerIn(folder)("b/compose.yaml")).toEqual(["back: c/compose.yaml 10.7.3.0/24", "free: nobody"]);
  });

  it("are unknown as long as the policy is faulty, since it may name hosts", () => {
    const folder = createFolder({ ...files, "forbidden-ranges.yaml": "version: 1\nhosts: [a]\n" });
    expect(askerIn(folder)("a/compose.yaml")).toEqual(["front: nobody"]);
  });
});

describe(`the index of pinned subnets (seed ${seed})`, () => {
  const subnets = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 28 }))
    .map(([third, length]) => `10.7.${third}.0/${length}`);

  it("finds the first that overlaps, as a look at each of them does", () => {
    holds(
      fc.property(fc.array(subnets, { minLength: 1, maxLength: 12 }), subnets, (all, asked) => {
        const text = composeFile(...all.map((subnet, position) => `n${position}: ${pinnedTo(subnet)}`));
        const ask = projectIn(text);
        const pinned = pinnedSubnets(ask);
        const prefix = parsePrefix(asked);
        if (!prefix.ok) return;
        const range = rangeOf(prefix.value);
        const first = pinned.find(({ subnet }) => rangesOverlap(rangeOf(subnet.prefix), range));
        expect(new SubnetIndex(pinned).first(range, () => true)).toBe(first);
      }),
      100,
    );
  });
});

function projectIn(text: string) {
  const index = new FileIndex(createDisk());
  const workspace = new Workspace({ cwd: "/nowhere", today: "2026-11-24" }, index);
  const parsed = index.parse("/nowhere/compose.yaml", text);
  if (!parsed.ok) throw new Error("no YAML");
  return workspace.view(parsed.file).project;
}
