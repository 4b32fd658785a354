import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

import { describe, expect, it } from "vitest";

import { COMMAND, folderWith, git, POLICY, type Folder } from "../../command.js";

/** A program that gives another one a terminal. The one of BSD and macOS has its options elsewhere. */
const SCRIPT = spawnSync("script", ["--version"], { encoding: "utf8" });
const hasScript = SCRIPT.error === undefined && SCRIPT.stdout.includes("util-linux");

/** What somebody types at the terminal; without the last answers, the terminal is closed. */
function typeInto(
  { path: cwd }: Folder,
  args: string,
  ...lines: readonly string[]
): { status: number | null; screen: string } {
  const command = `'${process.execPath}' '${COMMAND}' init ${args}`;
  const { status, stdout } = spawnSync("script", ["-qefc", command, "/dev/null"], {
    cwd,
    input: lines.map((line) => `${line}\n`).join(""),
    encoding: "utf8",
  });
  return { status, screen: stdout };
}

function repository(files: Readonly<Record<string, string>> = {}): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  return folder;
}

describe.skipIf(!hasScript)("compose-networks init at a terminal (needs script of util-linux)", () => {
  it("asks whether files run together that a README, or their names, say so of", () => {
    const folder = repository({
      "README.md": "Start it: `docker compose -f compose.yaml -f ops/tls.yml up -d`\n",
      "compose.yaml": "services: { web: { image: caddy } }\n",
      "compose.prod.yaml": "services: { web: { restart: always } }\n",
      "ops/tls.yml": "services: { web: { ports: ['443:443'] } }\n",
    });
    const answers = ["192.168.0.0/24 office LAN", "", "shop", "none"];
    const { screen } = typeInto(folder, "--with none", ...answers, "", "y");
    expect(screen).toContain("  compose.yaml + ops/tls.yml  (README.md)");
    expect(screen).toContain("  compose.yaml + compose.prod.yaml  (compose.prod.yaml)");
    expect(screen).toContain('Write them to "projects"? [Y/n] ');
    expect(folder.text("forbidden-ranges.yaml")).toContain(
      "\nprojects:\n  - [compose.yaml, ops/tls.yml]\n  - [compose.yaml, compose.prod.yaml]\n",
    );
    folder.remove("forbidden-ranges.yaml");
    typeInto(folder, "--with none", ...answers, "n", "y");
    expect(folder.text("forbidden-ranges.yaml")).not.toContain("projects:");
  });

  it("asks, shows a diff, and writes after a yes", () => {
    const folder = repository({ "routes.txt": "10.201.0.0/16 # lab\n", "eslint.config.js": "export default [];\n" });
    const { status, screen } = typeInto(
      folder,
      "",
      "192.168.0.5/24",
      "192.168.0.0/24 office LAN",
      "routes.txt",
      "",
      "shop",
      "",
      "eslnt",
      "eslint, pre-commit",
      "y",
    );
    expect(status).toBe(0);
    expect(screen).toContain('"192.168.0.5/24" has host bits set; did you mean 192.168.0.0/24 or 192.168.0.5/32?');
    // The name leads to 10.201.0.0/16, which one of the answers has.
    expect(screen).toContain('A block, or "none" [10.202.0.0/16]: ');
    expect(screen).toContain('--with: unknown "eslnt"; did you mean eslint?');
    expect(screen).toContain("+    name: office LAN");
    expect(screen.indexOf("+    name: office LAN")).toBeLessThan(screen.indexOf("Write this? [y/N] "));
    expect(folder.text("forbidden-ranges.yaml")).toContain(
      "forbidden:\n  - cidr: 192.168.0.0/24\n    name: office LAN\n",
    );
    expect(folder.text("forbidden-ranges.yaml")).toContain("\nid: shop\n");
    expect(folder.text("forbidden-ranges.yaml")).toContain("\npools:\n  - cidr: 10.202.0.0/16\n    prefix: 24\n");
    expect(folder.text("imported-ranges.yaml")).toContain("10.201.0.0/16");
    expect(folder.text("eslint.config.js")).toContain("[composeNetworks.configs.recommended]");
    expect(folder.text(".pre-commit-config.yaml")).toContain("id: compose-networks-fix");
  });

  it("proposes what the repository has already, and takes it for an empty answer", () => {
    const folder = repository({
      "forbidden-ranges.yaml": POLICY,
      ".pre-commit-config.yaml": "repos:\n- repo: local\n  hooks: []\n",
    });
    const { status, screen } = typeInto(folder, "", "", "yes");
    expect(status).toBe(0);
    expect(screen).toContain('or "none" [pre-commit]: ');
    expect(screen).not.toContain("Which ranges");
    expect(folder.text(".pre-commit-config.yaml")).toContain("compose-networks-fix");
    expect(folder.text("forbidden-ranges.yaml")).toBe(POLICY);
  });

  it("asks only for what the call leaves open", () => {
    const folder = folderWith();
    const { status, screen } = typeInto(folder, "--forbid 10.0.0.0/9 --pool 10.201.0.0/16 --id a --with none", "y");
    expect(status).toBe(0);
    expect(screen).not.toMatch(/Which ranges|From which space|repository has \[|What is to run/);
    expect(folder.text("forbidden-ranges.yaml")).toContain("  - 10.0.0.0/9\n");
  });

  it.each([
    ["a no", ["n"]],
    ["an empty answer", [""]],
    ["the end of the input", []],
  ])("writes nothing after %s", (_what, last) => {
    const folder = folderWith();
    const { status, screen } = typeInto(folder, "", "192.168.0.0/24", "", "none", "", "none", ...last);
    expect(status).toBe(2);
    expect(screen).toContain("compose-networks: nothing is written");
    expect(() => folder.read("forbidden-ranges.yaml")).toThrow("ENOENT");
  });

  it("ends after Ctrl-C as every program does, and writes nothing", async () => {
    const folder = folderWith();
    const command = `'${process.execPath}' '${COMMAND}' init`;
    const terminal = spawn("script", ["-qefc", command, "/dev/null"], { cwd: folder.path });
    const closed = once(terminal, "close");
    // Only after the question does the program read keys; before, the terminal takes Ctrl-C itself.
    let isAsked = false;
    terminal.stdout.on("data", (text: Buffer) => {
      if (isAsked || !text.toString().includes("> ")) return;
      isAsked = true;
      terminal.stdin.write("\u0003");
    });
    expect(await closed).toEqual([130, null]);
    expect(() => folder.read("forbidden-ranges.yaml")).toThrow("ENOENT");
  });
});
