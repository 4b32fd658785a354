import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

import { describe, expect, it } from "vitest";

import { CLEAN } from "../command.js";
import { kept, keptFile, machine, OURS, POISON, SAYS, type Machine } from "./launched.js";

/** With the checksum in front that it would have. */
function checked(rest: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(rest));
  return Buffer.concat([checksum, rest]);
}

const NAME = /^code-\d+\.\d+\.\d+-[0-9a-f]{32}-[\w.-]+\.bin$/;
const posix = process.platform !== "win32";

/** Whether the code of the cache was run: it says something that the program does not. */
function runsPoison(here: Machine, ...args: Parameters<Machine["run"]>): boolean {
  const { status, stdout, stderr } = here.run(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`${SAYS}|${POISON}`));
  return stdout.includes(POISON);
}

describe.skipIf(!posix)("the code that a run leaves to the next (where files have owners and modes)", () => {
  it("is used from the user's folder for caches, which only the user can read", () => {
    const here = machine();
    expect(here.run().stdout).toContain(SAYS);
    const file = keptFile(here.caches);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    const before = readFileSync(file);
    expect(here.run().stdout).toContain(SAYS);
    expect(readFileSync(keptFile(here.caches)).equals(before)).toBe(true);
  });

  it("is what runs: code that was changed there changes what is printed", () => {
    const here = machine();
    expect(here.poison().stdout).toContain(POISON);
    expect(runsPoison(here)).toBe(true);
  });

  it("grows with what another kind of run needs, and then stays", () => {
    const here = machine();
    here.run(["--version"]);
    const small = statSync(keptFile(here.caches)).size;
    here.run();
    const grown = statSync(keptFile(here.caches)).size;
    // Without a check nothing of YAML or of the rules is compiled.
    expect(small).toBeLessThan(grown / 3);
    const bytes = readFileSync(keptFile(here.caches));
    here.run(["--version"]);
    here.run();
    expect(readFileSync(keptFile(here.caches)).equals(bytes)).toBe(true);
  });

  it("lies in XDG_CACHE_HOME if that is absolute", () => {
    const here = machine();
    const elsewhere = path.join(here.home, "elsewhere");
    here.run([], { env: { XDG_CACHE_HOME: elsewhere } });
    expect([kept(elsewhere).length, kept(here.caches).length]).toEqual([1, 0]);
    here.run([], { env: { XDG_CACHE_HOME: "elsewhere" } });
    expect(kept(here.caches)).toHaveLength(1);
  });

  it.each([[["--cache-location"]], [["--cache-location="]]])("lies where %s says, also in CI", ([option = ""]) => {
    const here = machine();
    const elsewhere = path.join(here.home, "elsewhere");
    const args = option.endsWith("=") ? [`${option}${elsewhere}`] : [option, elsewhere];
    expect(here.run(args, { env: { CI: "true" } }).stdout).toContain(SAYS);
    expect([kept(elsewhere).length, kept(here.caches).length]).toEqual([1, 0]);
    const bytes = readFileSync(keptFile(elsewhere));
    here.run(args);
    expect(readFileSync(keptFile(elsewhere)).equals(bytes)).toBe(true);
  });

  it.each([
    ["--no-cache", ["--no-cache"], {}],
    ["--no-cache beside a place", ["--no-cache", "--cache-location", "/tmp"], {}],
    ["CI", [], { CI: "true" }],
  ])("is neither used nor written with %s", (_, args, env) => {
    const here = machine();
    here.run(args, { env });
    expect(kept(here.caches)).toEqual([]);
    here.poison();
    expect(runsPoison(here, args, { env })).toBe(false);
  });

  it("is not what NODE_COMPILE_CACHE keeps", () => {
    const here = machine();
    const env = { NODE_COMPILE_CACHE: path.join(here.home, "node") };
    here.poison([], { env: { ...env, CI: "true" } });
    expect(runsPoison(here, [], { env: { ...env, CI: "true" } })).toBe(false);
  });
});

describe.skipIf(!posix)("a file that can't be trusted is not used, and replaced (where files have modes)", () => {
  /** Of a file that the poisoned program has left. */
  const spoilt: Readonly<Record<string, (file: string) => void>> = {
    "one changed byte in the code": (file) => {
      const bytes = readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
      writeFileSync(file, bytes);
    },
    "half of it": (file) => truncateSync(file, statSync(file).size / 2),
    "a few bytes": (file) => truncateSync(file, 20),
    "nothing in it": (file) => truncateSync(file, 0),
    "another key, with a checksum that fits": (file) => {
      const rest = Buffer.from(readFileSync(file).subarray(4));
      rest.write("9", rest.indexOf('"key":"') + '"key":"'.length);
      writeFileSync(file, checked(rest));
    },
    "text that says nothing": (file) => writeFileSync(file, "not code\n".repeat(1000)),
    "a checksum that fits over what V8 refuses": (file) => {
      const rest = Buffer.from(readFileSync(file).subarray(4));
      const start = 4 + rest.readUInt32LE(0);
      rest.fill(7, start, start + 16);
      writeFileSync(file, checked(rest));
    },
    "a mode that lets others read": (file) => chmodSync(file, 0o644),
    "a mode that lets others write": (file) => chmodSync(file, 0o622),
  };

  it.each(Object.keys(spoilt))("%s", (what) => {
    const here = machine();
    here.poison();
    const file = keptFile(here.caches);
    spoilt[what]?.(file);
    expect(runsPoison(here)).toBe(false);
    // The next run has code to use, and it is that of the program.
    expect(keptFile(here.caches)).toBe(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    expect(runsPoison(here)).toBe(false);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("a link to a file elsewhere", () => {
    const here = machine();
    here.poison();
    const file = keptFile(here.caches);
    const elsewhere = path.join(here.home, "elsewhere.bin");
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
    const before = readFileSync(elsewhere);
    expect(runsPoison(here)).toBe(false);
    expect(readFileSync(elsewhere).equals(before)).toBe(true);
    expect(runsPoison(here)).toBe(false);
  });

  it("a folder of its name, which stays", () => {
    const here = machine();
    here.run();
    const file = keptFile(here.caches);
    renameSync(file, `${file}.old`);
    mkdirSync(file);
    expect(runsPoison(here)).toBe(false);
    expect(kept(here.caches)).toEqual([path.basename(file), `${path.basename(file)}.old`]);
  });
});

describe.skipIf(!posix)("a folder for caches is used for nothing (where files have modes)", () => {
  /** Puts poisoned code where it would be used, and says how the command is run then. */
  const hostile: Readonly<Record<string, (here: Machine) => Parameters<Machine["run"]>>> = {
    "that others can write to": (here) => {
      chmodSync(path.join(here.caches, OURS), 0o777);
      return [];
    },
    "that others can read": (here) => {
      chmodSync(path.join(here.caches, OURS), 0o755);
      return [];
    },
    "below one that others can write to": (here) => {
      chmodSync(here.caches, 0o777);
      return [];
    },
    "below one that a group can write to": (here) => {
      chmodSync(here.home, 0o775);
      return [];
    },
    "that is a link": (here) => {
      const [link, target] = [path.join(here.caches, OURS), path.join(here.home, "target")];
      renameSync(link, target);
      symlinkSync(target, link);
      return [];
    },
    "in a repository": (here) => {
      mkdirSync(path.join(here.home, ".git"));
      return [];
    },
    "that is a repository": (here) => {
      writeFileSync(path.join(here.caches, OURS, ".git"), "gitdir: elsewhere\n");
      return [];
    },
    "below the working directory": (here) => {
      writeFileSync(path.join(here.home, "compose.yaml"), CLEAN.replace("10.201.7.0", "10.201.9.0"));
      return [["compose.yaml"], { cwd: here.home }];
    },
    "below a path that is named": (here) => [["--allow-outside", here.home]],
    "below a path that is named in one word": (here) => [[`--allow-outside=${here.home}`]],
    "that a link in the home leads into the repository for": (here) => {
      const inside = path.join(here.repository, "caches");
      renameSync(here.caches, inside);
      symlinkSync(inside, here.caches);
      return [];
    },
    "that is named in the repository": (here) => {
      renameSync(here.caches, path.join(here.repository, "caches"));
      return [["--cache-location", "caches"]];
    },
    "that a link beside the repository is named for": (here) => {
      renameSync(here.caches, path.join(here.repository, "caches"));
      const link = path.join(here.home, "link");
      symlinkSync(path.join(here.repository, "caches"), link);
      return [["--cache-location", link]];
    },
  };

  it.each(Object.keys(hostile))("%s", (what) => {
    const here = machine();
    here.poison();
    const file = keptFile(here.caches);
    const call = hostile[what]?.(here) ?? [];
    expect(runsPoison(here, ...call)).toBe(false);
    // Nor is it made good: what lies there may be a trap.
    expect(runsPoison(here, ...call)).toBe(false);
    expect(path.basename(file)).toMatch(NAME);
  });

  it.skipIf(process.getuid?.() !== 0)("that another user owns, or may replace (needs root)", () => {
    const here = machine();
    for (const folder of [path.dirname(here.home), here.home]) chmodSync(folder, 0o777);
    here.poison([], { uid: 1234 });
    // The sticky bit is missing above it, so nothing was written.
    expect(kept(here.caches)).toEqual([]);
    chmodSync(path.dirname(here.home), 0o1777);
    chmodSync(here.home, 0o1777);
    const elsewhere = path.join(here.home, "theirs");
    here.poison(["--cache-location", elsewhere], { uid: 1234 });
    expect(kept(elsewhere)).toHaveLength(1);
    expect(runsPoison(here, ["--cache-location", elsewhere], { uid: 1234 })).toBe(true);
    for (const how of [{ uid: 1235 }, { uid: 0 }]) {
      expect(runsPoison(here, ["--cache-location", elsewhere], how)).toBe(false);
    }
  });

  it("that can't be written, or made", () => {
    const here = machine();
    writeFileSync(path.join(here.home, "file"), "");
    for (const place of ["/proc/nowhere", "/dev/null", path.join(here.home, "file/below"), "\u0000"]) {
      const env = place === "\u0000" ? { HOME: "relative" } : { XDG_CACHE_HOME: place };
      expect(here.run([], { env })).toMatchObject({ status: 0, stderr: "" });
    }
  });
});

describe.skipIf(!posix)("the folder holds at most 200 MB (where files have modes)", () => {
  /** A file of so many megabytes that take no room on the disk. */
  function add(here: Machine, name: string, megabytes: number, age: number): void {
    const file = path.join(here.caches, OURS, name);
    writeFileSync(file, "", { mode: 0o600 });
    truncateSync(file, megabytes * 1e6);
    const then = Date.now() / 1000 - age;
    utimesSync(file, then, then);
  }

  it("and drops the oldest", () => {
    const here = machine();
    mkdirSync(path.join(here.caches, OURS), { recursive: true, mode: 0o700 });
    add(here, "code-older.bin", 90, 3000);
    add(here, "code-oldest.bin", 60, 4000);
    add(here, "code-young.bin", 100, 10);
    here.run();
    expect(kept(here.caches)).toEqual([expect.stringMatching(NAME), "code-older.bin", "code-young.bin"].sort());
  });

  it("and nothing that a killed run has left an hour ago", () => {
    const here = machine();
    mkdirSync(path.join(here.caches, OURS), { recursive: true, mode: 0o700 });
    add(here, "code-00aa.tmp", 1, 4000);
    add(here, "code-00bb.tmp", 1, 60);
    here.run();
    expect(kept(here.caches).filter((name) => name.endsWith(".tmp"))).toEqual(["code-00bb.tmp"]);
  });
});
