import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { runESLint } from "../lint/both-hosts.js";

const POLICY = `version: 1
id: united
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
  - { cidr: "fd00:1::/32", name: lab }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
`;

/** A service with a static address, where there is one, on the engine network "shared". */
function on(key: string, subnets: readonly string[], address?: string, more = ""): string {
  const joined = address === undefined ? "{}" : `{ ${address.includes(":") ? "ipv6" : "ipv4"}_address: "${address}" }`;
  const config = subnets.map((subnet) => `{ subnet: "${subnet}" }`).join(", ");
  return `services:\n  it: { image: nginx, networks: { ${key}: ${joined} } }\nnetworks:\n  ${key}: { name: shared, ${more}ipam: { config: [${config}] } }\n`;
}

async function run(folder: Folder, ...args: readonly string[]): Promise<{ status: number; out: string }> {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  await turn();
  return { status, out: stdout + stderr };
}

const recommended = rules.filter(({ docs }) => docs.recommended === "recommended");

function textsIn(folder: Folder, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(files).map((file) => [file, folder.text(file)]));
}

describe("renumber, where declarations of one network have different subnets", () => {
  const two = {
    "a/compose.yaml": on("shared", ["10.50.7.0/24"], "10.50.7.2"),
    "b/compose.yaml": on("shared", ["10.50.8.0/24"], "10.50.8.3"),
  };
  const ipv6 = {
    "a/compose.yaml": on("shared", ["fd00:7::/64"], "fd00:7::2", "enable_ipv6: true, "),
    "b/compose.yaml": on("shared", ["fd00:8::/64"], "fd00:8::3", "enable_ipv6: true, "),
  };
  const three = { ...two, "c/compose.yaml": on("shared", ["10.50.9.0/24"], "10.50.9.4") };
  const open = {
    ...two,
    "0/compose.yaml": "services:\n  it: { image: nginx, networks: [shared] }\nnetworks:\n  shared: { name: shared }\n",
  };

  it.each([
    ["two projects", two, "10.50.7.0/24 in a/compose.yaml:4:54 and 10.50.8.0/24 in b/compose.yaml:4:54"],
    ["two projects, in IPv6", ipv6, "fd00:7::/64 in a/compose.yaml:4:73 and fd00:8::/64 in b/compose.yaml:4:73"],
    ["three projects", three, "10.50.7.0/24 in a/compose.yaml:4:54 and 10.50.8.0/24 in b/compose.yaml:4:54"],
    [
      "two projects beside one without",
      open,
      "10.50.7.0/24 in a/compose.yaml:4:54 and 10.50.8.0/24 in b/compose.yaml:4:54",
    ],
  ])("asks which one it gets: %s", async (_name, files, places) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    const { status, out } = await run(folder, "renumber", "shared", "--fix");
    expect(status).toBe(2);
    expect(out).toContain(`network "shared" has ${places}: say which one it gets, with --to CIDR`);
    expect(textsIn(folder, files)).toEqual(files);
  });

  it.each([
    ["a new one", "10.60.0.0/24", "10.60.0."],
    ["that of the first", "10.50.7.0/24", "10.50.7."],
    ["that of the last", "10.50.9.0/24", "10.50.9."],
  ])("gives all of them %s with --to, and says on a second run that it is done", async (_name, to, start) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...three });
    expect((await run(folder, "renumber", "shared", "--to", to, "--fix")).status).toBe(0);
    const after = textsIn(folder, three);
    expect(after).toEqual({
      "a/compose.yaml": on("shared", [to], `${start}2`),
      "b/compose.yaml": on("shared", [to], `${start}3`),
      "c/compose.yaml": on("shared", [to], `${start}4`),
    });
    expect((await run(folder)).status).toBe(0);
    expect(await run(folder, "renumber", "shared", "--to", to, "--fix")).toEqual({
      status: 0,
      out: `network "shared" already has ${to}\n`,
    });
    expect(textsIn(folder, three)).toEqual(after);
  });

  it.each([
    ["to a new one", "10.60.0.0/24", "10.60.0.2"],
    ["to that of the other", "10.50.8.0/24", "10.50.8.2"],
  ])("moves nothing %s where two services would have one address", async (_name, to, address) => {
    const files = {
      "a/compose.yaml": on("shared", ["10.50.7.0/24"], "10.50.7.2"),
      "b/compose.yaml": on("shared", ["10.50.8.0/24"], "10.50.8.2"),
    };
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    const { status, out } = await run(folder, "renumber", "shared", "--to", to, "--fix");
    expect(status).toBe(2);
    expect(out).toContain(`nothing is renumbered, because two services would have ${address} (b/compose.yaml:2:59)`);
    expect(textsIn(folder, files)).toEqual(files);
  });

  it("but moves both of two that all of them have", async () => {
    const both = ["192.168.7.0/24", "192.168.8.0/24"];
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": on("shared", both),
      "b/compose.yaml": on("shared", both.toReversed()),
    });
    expect((await run(folder, "renumber", "shared", "--fix")).status).toBe(0);
    const [a = [], b = []] = ["a", "b"].map((name) =>
      [...folder.text(`${name}/compose.yaml`).matchAll(/subnet: "(10\.201\.[^"]+)/g)].map(([, subnet]) => subnet),
    );
    expect(a).toHaveLength(2);
    expect(b).toEqual(a.toReversed());
  });

  it("and no rule moves one of them on its own", async () => {
    const files = {
      "a/compose.yaml": on("shared", ["192.168.7.0/24"]),
      "b/compose.yaml": on("shared", ["192.168.8.0/24"]),
    };
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    await turn();
    const { said, fixed } = runESLint(
      {
        rules: recommended,
        levels: { "no-forbidden-subnet": ["error", { renumber: true }] },
        cwd: toPosix(folder.path),
        settings: { today: "2026-11-28" },
      },
      toPosix(folder.at("a/compose.yaml")),
      folder.text("a/compose.yaml"),
    );
    expect(fixed).toBe(files["a/compose.yaml"]);
    const [forbidden] = said.filter(({ rule }) => rule?.endsWith("no-forbidden-subnet"));
    expect(forbidden?.suggestions).toEqual([]);
    expect(forbidden?.message).toContain(
      "Not moved automatically: it has another subnet there, 192.168.8.0/24 (b/compose.yaml:4:54)",
    );
  });
});

describe("two subnets of one network that overlap", () => {
  const overlapping = ["192.168.7.0/24", "192.168.7.128/25"];
  const ipv6 = ["fd00:1:7::/64", "fd00:1:7::/80"];
  it.each([
    ["in the file itself", { "a/compose.yaml": on("shared", overlapping, undefined) }],
    ["of IPv6", { "a/compose.yaml": on("shared", ipv6, undefined, "enable_ipv4: false, enable_ipv6: true, ") }],
    [
      "of IPv6, beside one of IPv4",
      { "a/compose.yaml": on("shared", ["192.168.9.0/24", ...ipv6], undefined, "enable_ipv6: true, ") },
    ],
    [
      "in another project that declares it",
      { "a/compose.yaml": on("shared", ["192.168.7.0/24"]), "b/compose.yaml": on("shared", overlapping) },
    ],
    [
      "in a file beside the base",
      { "b/compose.yaml": on("shared", ["192.168.7.0/24"]), "b/compose.more.yaml": on("shared", overlapping) },
    ],
  ])("keep it from being moved: %s", async (_name, files) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    for (const to of [[], ["--to", "10.60.0.0/24"], ["--to", "fd12:3456:789a:9::/64"]]) {
      const { status } = await run(folder, "renumber", "shared", ...to, "--fix");
      expect(status).toBe(2);
    }
    expect(textsIn(folder, files)).toEqual(files);
    for (const file of Object.keys(files)) {
      await turn();
      const { said, fixed } = runESLint(
        {
          rules: recommended,
          levels: { "no-forbidden-subnet": ["error", { renumber: true }] },
          cwd: toPosix(folder.path),
          settings: { today: "2026-11-28" },
        },
        toPosix(folder.at(file)),
        folder.text(file),
      );
      expect(fixed).toBe(folder.text(file));
      expect(said.flatMap(({ suggestions }) => suggestions)).toEqual([]);
    }
  });
});
