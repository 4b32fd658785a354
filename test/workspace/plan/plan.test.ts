import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { formatPrefix, parsePrefix } from "../../../src/ipam/prefix.js";
import { RangeSet } from "../../../src/ipam/range-set.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";
import { governingPlan } from "../../../src/remedy/governing-plan.js";
import { planSubnets } from "../../../src/workspace/plan/plan.js";
import type { ProjectView } from "../../../src/workspace/view.js";
import { Workspace } from "../../../src/workspace/workspace.js";
import { holds, seed } from "../../ipam/property.js";
import { composeFile, createFolder, POLICY, type Folder } from "../folder.js";
import type { Claim } from "../../../src/workspace/plan/claim.js";

const SMALL_POOL = POLICY.replace("10.201.0.0/16", "10.201.0.0/20");
const pinnedTo = (subnet: string): string => `{ ipam: { config: [{ subnet: ${subnet} }] } }`;

/** The subnet that the plan gives a network, asked from one compose file with nothing known before. */
function plannedFor(folder: Folder, file: string, network: string, family: 4 | 6 = 4): string {
  return askerIn(folder)(file, network, family);
}

function keyIn(view: ProjectView, name: string, family: 4 | 6): string {
  const network = view.project.networks.find(({ key }) => key === name);
  if (!network) throw new Error(`there is no network ${name}`);
  return view.poolsDeclared
    ? view.wholeWorkspace.claimKey(view.project, network, family)
    : view.ownClaimKey(network, family);
}

/** Asks one workspace again and again. */
function askerIn({ path }: Folder) {
  const index = new FileIndex(createDisk());
  const workspace = new Workspace({ cwd: path, today: "2026-11-24" }, index);
  return (file: string, network: string, family: 4 | 6 = 4): string => {
    const composeFile = index.load(`${path}/${file}`);
    if (!composeFile) return "no such file";
    const view = workspace.view(composeFile);
    const allocation = governingPlan(view).subnetFor(keyIn(view, network, family));
    if (!allocation) return "not asked for";
    return allocation.ok ? formatPrefix(allocation.subnet) : allocation.fault.reason;
  };
}

describe("the plan of a workspace", () => {
  afterEach(() => void vi.restoreAllMocks());

  const files = ["api/compose.yaml", "compose.yaml", "shop/compose.yaml", "shop/nested/compose.yaml"];
  const crowded = {
    "forbidden-ranges.yaml": SMALL_POOL.replace("10.201.0.0/20", "10.201.0.0/22"),
    ...Object.fromEntries(files.map((file) => [file, composeFile("front:")])),
  };

  it("gives every network a subnet of its own, even when all want the same few", () => {
    const folder = createFolder(crowded);
    const subnets = files.map((file) => plannedFor(folder, file, "front"));
    expect(new Set(subnets)).toEqual(new Set(["10.201.0.0/24", "10.201.1.0/24", "10.201.2.0/24", "10.201.3.0/24"]));
  });

  it("is the same whichever file asks first", () => {
    const folder = createFolder(crowded);
    const alone = files.map((file) => plannedFor(folder, file, "front"));
    const inOrder = askerIn(folder);
    expect(files.map((file) => inOrder(file, "front"))).toEqual(alone);
    const backwards = askerIn(folder);
    expect(files.toReversed().map((file) => backwards(file, "front"))).toEqual(alone.toReversed());
  });

  it("gives two files that describe the same network of one project one subnet", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "compose.gpu.yaml": composeFile("front:", "gpu:"),
    });
    const front = plannedFor(folder, "compose.yaml", "front");
    expect(plannedFor(folder, "compose.gpu.yaml", "front")).toBe(front);
    expect(plannedFor(folder, "compose.gpu.yaml", "gpu")).not.toBe(front);
  });

  it("gives a network the subnet that another file of the project has pinned it to", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "compose.gpu.yaml": composeFile(`front: ${pinnedTo("10.201.99.0/24")}`),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("10.201.99.0/24");
  });

  it("does not follow another file to a subnet that a network in another directory holds as well", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "compose.gpu.yaml": composeFile(`front: ${pinnedTo("10.201.7.0/24")}`),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("10.201.7.0/24");
    folder.write("copy/compose.yaml", composeFile(`back: ${pinnedTo("10.201.7.0/25")}`));
    expect(plannedFor(folder, "compose.yaml", "front")).not.toBe("10.201.7.0/24");
  });

  it("stays off the subnets that are written anywhere in the workspace, and off the forbidden ones", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/22").replace(
        "192.168.0.0/24",
        "10.201.1.0/25",
      ),
      "compose.yaml": composeFile("front:"),
      "api/compose.yaml": composeFile(`back: ${pinnedTo("10.201.2.128/25")}`),
      "old/compose.yaml": composeFile(`back: ${pinnedTo("10.201.0.0/24")}`),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("10.201.3.0/24");
    folder.write("new/compose.yaml", composeFile(`back: ${pinnedTo("10.201.3.0/24")}`));
    expect(plannedFor(folder, "compose.yaml", "front")).toBe(
      '10.201.0.0/22 is full (4 of 4 subnets of /24 taken, by network "back" of old/compose.yaml, the forbidden range "office LAN" and 2 more; the next free size is /25)',
    );
  });

  it("stays off what the daemons hand out by themselves", () => {
    const docker = "docker:\n  bip: 10.201.0.1/24\n  default-address-pools: [{ base: 10.201.2.0/23, size: 26 }]\n";
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/22") + docker,
      "compose.yaml": composeFile("front:"),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("10.201.1.0/24");
  });

  it("counts a subnet in a folder that git ignores as nobody's", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY.replace("prefix: 24", "prefix: 16"),
      "compose.yaml": composeFile("front:"),
      "build/compose.yaml": composeFile(`front: ${pinnedTo("10.201.0.0/24")}`),
    });
    folder.git("init");
    expect(plannedFor(folder, "compose.yaml", "front")).toContain("is full");
    folder.write(".gitignore", "build/\n");
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("10.201.0.0/16");
  });

  it("depends on the policy's id and the directory, not on where the repository was cloned to", () => {
    const repository = {
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "shop/compose.yaml": composeFile("front:", "back:"),
    };
    const [mine, yours] = [createFolder(repository, "acme"), createFolder(repository, "acme-2")];
    for (const [file, network] of [
      ["compose.yaml", "front"],
      ["shop/compose.yaml", "front"],
      ["shop/compose.yaml", "back"],
    ] as const) {
      expect(plannedFor(yours, file, network)).toBe(plannedFor(mine, file, network));
    }
    const other = createFolder({ ...repository, "forbidden-ranges.yaml": POLICY.replace("acme-shop", "acme-bank") });
    expect(plannedFor(other, "compose.yaml", "front")).not.toBe(plannedFor(mine, "compose.yaml", "front"));
  });

  it("goes by the root folder's name as long as the policy has no id", () => {
    const repository = {
      "forbidden-ranges.yaml": POLICY.replace("id: acme-shop\n", ""),
      "compose.yaml": composeFile("front:"),
    };
    const [mine, yours, renamed] = ["acme", "acme", "acme-2"].map((name) => createFolder(repository, name));
    const front = mine && plannedFor(mine, "compose.yaml", "front");
    expect(yours && plannedFor(yours, "compose.yaml", "front")).toBe(front);
    expect(renamed && plannedFor(renamed, "compose.yaml", "front")).not.toBe(front);
  });

  it("follows a project to another directory when the file gives it a name", () => {
    const named = { "compose.yaml": `name: shop\n${composeFile("front:")}`, "forbidden-ranges.yaml": POLICY };
    const folder = createFolder(named);
    const before = plannedFor(folder, "compose.yaml", "front");
    folder.write("apps/shop/compose.yaml", named["compose.yaml"]);
    folder.remove("compose.yaml");
    expect(plannedFor(folder, "apps/shop/compose.yaml", "front")).toBe(before);
  });

  it("has a part of its own below a folder with its own policy", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "lab/forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.77.4.0/24"),
      "lab/compose.yaml": composeFile("front:"),
    });
    expect(plannedFor(folder, "lab/compose.yaml", "front")).toBe("10.77.4.0/24");
    expect(plannedFor(folder, "compose.yaml", "front")).toMatch(/^10\.201\./);
  });

  it("looks at a file as an editor shows it, and at all others as they are saved", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/23"),
      "compose.yaml": composeFile("front:"),
      "api/compose.yaml": composeFile("front:"),
    });
    const index = new FileIndex(createDisk());
    const workspace = new Workspace({ cwd: folder.path }, index);
    const edited = index.parse(
      `${folder.path}/api/compose.yaml`,
      composeFile("front:", `back: ${pinnedTo("10.201.0.0/24")}`),
    );
    if (!edited.ok) throw new Error("The text is YAML.");
    const view = workspace.view(edited.file);
    const allocation = governingPlan(view).freeSubnet("another", 4);
    expect(allocation.ok).toBe(false);
    const saved = askerIn(folder);
    expect([saved("compose.yaml", "front"), saved("api/compose.yaml", "front")].sort()).toEqual([
      "10.201.0.0/24",
      "10.201.1.0/24",
    ]);
  });

  it("plans both families of a network", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": `${POLICY}  - { cidr: "fd12:3456:789a::/48", prefix: 64 }\n`,
      "compose.yaml": composeFile("front: { enable_ipv6: true }"),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toMatch(/^10\.201\.\d+\.0\/24$/);
    expect(plannedFor(folder, "compose.yaml", "front", 6)).toMatch(/^fd12:3456:789a:.*::\/64$/);
  });

  it("sees that another file has changed", async () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/23"),
      "compose.yaml": composeFile("front:"),
      "api/compose.yaml": composeFile(`front: ${pinnedTo("10.201.0.0/24")}`),
    });
    const ask = askerIn(folder);
    expect(ask("compose.yaml", "front")).toBe("10.201.1.0/24");
    folder.write("api/compose.yaml", composeFile(`front: ${pinnedTo("10.201.1.0/24")}`));
    // Disk and plan may both answer from what they know; after a turn, and much later, neither may.
    await new Promise((resolve) => void setTimeout(resolve, 0));
    const later = performance.now() + 3_600_000;
    vi.spyOn(performance, "now").mockReturnValue(later);
    expect(ask("compose.yaml", "front")).toBe("10.201.0.0/24");
  });

  it("does not ask for networks that Compose does not create", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": `${composeFile("front:")}  unused:\n  proxy: { external: true }\n`,
    });
    expect(plannedFor(folder, "compose.yaml", "unused")).toBe("not asked for");
    expect(plannedFor(folder, "compose.yaml", "proxy")).toBe("not asked for");
  });
});

describe("the pools of a plan", () => {
  const pools = (...entries: readonly string[]): string =>
    `${POLICY.slice(0, POLICY.indexOf("pools:"))}pools:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`;

  it("may be for some directories only, and are tried in their order", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": pools(
        "{ cidr: 10.50.1.0/24, prefix: 24, for: apps/shop }",
        '{ cidr: 10.50.2.0/24, prefix: 24, for: ["apps/**", tools] }',
        "{ cidr: 10.50.4.0/23, prefix: 24 }",
      ),
      "apps/shop/compose.yaml": composeFile("front:"),
      "apps/api/compose.yaml": composeFile("front:"),
      "tools/compose.yaml": composeFile("front:"),
      "compose.yaml": composeFile("front:"),
    });
    expect(plannedFor(folder, "apps/shop/compose.yaml", "front")).toBe("10.50.1.0/24");
    expect(plannedFor(folder, "apps/api/compose.yaml", "front")).toBe("10.50.2.0/24");
    expect(plannedFor(folder, "tools/compose.yaml", "front")).toMatch(/^10\.50\.[45]\.0\/24$/);
    expect(plannedFor(folder, "compose.yaml", "front")).toMatch(/^10\.50\.[45]\.0\/24$/);
  });

  it("leave a project without one that is for it", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": pools("{ cidr: 10.50.1.0/24, prefix: 24, for: apps/* }"),
      "compose.yaml": composeFile("front:"),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe("no IPv4 pool is declared for it");
  });
});

describe("static addresses on a network without a subnet", () => {
  const joined = (...addresses: readonly string[]): string =>
    addresses
      .map((address, index) => `  s${index}: { image: x, networks: { front: { ipv4_address: ${address} } } }\n`)
      .join("");
  const workspace = (addresses: readonly string[], others: Readonly<Record<string, string>> = {}) =>
    createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": `services:\n${joined(...addresses)}networks:\n  front:\n`,
      ...others,
    });

  it.each([
    ["say which it is, with the size of the pool", ["10.201.7.10", "10.201.7.20"], "10.201.7.0/24"],
    ["say so outside of the pools as well", ["10.99.7.10"], "10.99.7.0/24"],
    [
      "say nothing when they disagree",
      ["10.201.7.10", "10.201.8.10"],
      "its static addresses do not lie in one subnet of the size that the pools have",
    ],
    [
      "ask for nothing that is forbidden",
      ["192.168.0.7"],
      'its static addresses ask for 192.168.0.0/24, where the forbidden range "office LAN" lies',
    ],
    [
      "leave no room for the gateway",
      ["10.201.7.1"],
      "its static address 10.201.7.1 is one that Docker keeps for itself in 10.201.7.0/24",
    ],
  ])("%s", (_name, addresses, planned) => {
    expect(plannedFor(workspace(addresses), "compose.yaml", "front")).toBe(planned);
  });

  it("ask for nothing that another file has written", () => {
    const folder = workspace(["10.201.7.10"], {
      "api/compose.yaml": composeFile(`back: ${pinnedTo("10.201.7.0/25")}`),
    });
    expect(plannedFor(folder, "compose.yaml", "front")).toBe(
      'its static addresses ask for 10.201.7.0/24, where network "back" of api/compose.yaml lies',
    );
  });

  it("come before every hash", () => {
    const folder = workspace([], { "api/compose.yaml": composeFile("front:") });
    const wanted = plannedFor(folder, "api/compose.yaml", "front");
    folder.write("compose.yaml", `services:\n${joined(wanted.replace("0/24", "9"))}networks:\n  front:\n`);
    expect(plannedFor(folder, "compose.yaml", "front")).toBe(wanted);
    expect(plannedFor(folder, "api/compose.yaml", "front")).not.toBe(wanted);
  });
});

describe("subnets that lie in a forbidden range", () => {
  it("are not what another file of the project is given", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": composeFile("front:"),
      "compose.gpu.yaml": composeFile(`front: ${pinnedTo("192.168.0.0/25")}`),
    });
    const planned = plannedFor(folder, "compose.yaml", "front");
    expect(planned).toMatch(/^10\.201\./);
    folder.write("compose.yaml", composeFile(`front: ${pinnedTo(planned)}`));
    expect(moveFor(folder, "compose.gpu.yaml", "front")).toBe(planned);
  });

  it("all move at once, each to a subnet of its own", () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const folder = createFolder({
      "forbidden-ranges.yaml": SMALL_POOL,
      "compose.yaml": composeFile(...names.map((name, index) => `${name}: ${pinnedTo(`192.168.0.${index * 16}/28`)}`)),
    });
    const moves = names.map((name) => moveFor(folder, "compose.yaml", name));
    expect(new Set(moves).size).toBe(names.length);
  });
});

function moveFor({ path }: Folder, file: string, network: string): string {
  const index = new FileIndex(createDisk());
  const composeFile = index.load(`${path}/${file}`);
  if (!composeFile) return "no such file";
  const view = new Workspace({ cwd: path, today: "2026-11-24" }, index).view(composeFile);
  const allocation = governingPlan(view).moveFor(keyIn(view, network, 4), 4, 0);
  return allocation.ok ? formatPrefix(allocation.subnet) : allocation.fault.reason;
}

describe(`a plan (seed ${seed})`, () => {
  const pool = { prefix: prefix("10.201.0.0/20"), length: 24 };
  const space = { pools: [pool], taken: [] };
  const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 });

  it("gives the others the same subnets, whichever of them are written down", () => {
    const written = keys.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)));
    holds(
      fc.property(written, ([all, pinned]) => {
        const plan = planSubnets(all.map(open), space);
        const later = planSubnets(
          all.map((key) =>
            pinned.includes(key) ? { ...open(key), subnets: subnetsOf(plan.subnetFor(key)) } : open(key),
          ),
          space,
        );
        for (const key of all) expect(later.subnetFor(key)).toEqual(plan.subnetFor(key));
      }),
    );
  });

  it("promises no subnet twice, and none that is free", () => {
    holds(
      fc.property(keys, (all) => {
        const plan = planSubnets(all.map(open), space);
        const free = plan.freeSubnet("another one", 4);
        const given = [...all.map((key) => plan.subnetFor(key)), free].flatMap(subnetsOf).map(formatPrefix);
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });

  it("stays off what is taken", () => {
    const taken = [new RangeSet([{ range: rangeFrom("10.201.0.0", "10.201.14.255"), value: undefined }])];
    const plan = planSubnets([open("one")], { ...space, taken });
    expect(subnetsOf(plan.subnetFor("one")).map(formatPrefix)).toEqual(["10.201.15.0/24"]);
  });

  function open(key: string): Claim {
    return { key, family: 4, subnets: [] };
  }

  function subnetsOf(allocation: ReturnType<ReturnType<typeof planSubnets>["subnetFor"]>) {
    return allocation?.ok === true ? [allocation.subnet] : [];
  }
});

function prefix(text: string) {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function rangeFrom(first: string, last: string) {
  return { first: prefix(`${first}/32`).address, last: prefix(`${last}/32`).address };
}
