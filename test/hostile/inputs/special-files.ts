import { execFileSync } from "node:child_process";
import path from "node:path";

import { command, eslint, type Input } from "../input.js";
import { IS_ROOT, type Site } from "../site.js";
import { CLEAN } from "../texts.js";
import { ROLES, SILENT_ROLES, type Role } from "./roles.js";
import { checkBeside, goodNeighbour, neighbourIsFound } from "./workspace.js";

/** What can stand where a file is expected. */
const KINDS: Readonly<Record<string, (site: Site, file: string) => void>> = {
  "a FIFO": (site, file) => site.fifo(file),
  "a folder": (site, file) => site.folder(file),
  "a socket": (site, file) => {
    site.folder(path.dirname(file));
    const script = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
    try {
      // The path of a socket has a limit, that of a working directory has none.
      execFileSync(process.execPath, ["-e", script, path.basename(file)], {
        cwd: path.dirname(site.at(file)),
        stdio: "ignore",
      });
    } catch {
      // It ends without tidying up, which is what leaves the socket there.
    }
  },
};

/** Of which folders are no trouble: Compose has no file there either, or looks for none. */
const FOLDER_IS_FINE = new Set(["an override file", "a compose file", "a .env that a subnet needs"]);

function standsFor(kind: string, { name, file, around, limit }: Role): Input {
  const reasons = kind === "a folder" ? /regular file|director|folder/ : /regular file/;
  const said = limit !== undefined && path.basename(file) !== "daemon.json";
  const strict = said && !(kind === "a folder" && FOLDER_IS_FINE.has(name));
  return {
    name: `${name} is ${kind}`,
    build(site) {
      goodNeighbour(site);
      around(site);
      KINDS[kind]?.(site, file);
    },
    calls: [...(strict ? checkBeside(path.basename(file), reasons) : neighbourIsFound()), command(file)],
  };
}

/** Endless, blocking or lying files of the machine. */
const DEVICES = [
  "/dev/zero",
  "/dev/random",
  "/dev/tty",
  "/dev/stdin",
  "/proc/kmsg",
  "/proc/self/mem",
  "/proc/self/fd/0",
  "/proc/self/environ",
  "/sys/kernel/notes",
];

/** Folders of roles whose files ESLint does not read by itself. */
const BESIDE = ROLES.flatMap(({ name }, index) => (/^an? (?:compose|override) file$/.test(name) ? [] : [`r${index}`]));

function device(target: string): Input {
  return {
    name: `every role is a link to ${target}`,
    build(site) {
      goodNeighbour(site);
      ROLES.forEach(({ file, around }, index) => {
        around(siteBelow(site, `r${index}`));
        site.link(target, `r${index}/${file}`);
      });
      site.link(target, "p/forbidden-ranges.yaml");
      site.write("p/compose.yaml", CLEAN);
      site.link(target, "d/daemon.json");
      site.link(target, "d/.gitignore");
    },
    calls: [
      ...neighbourIsFound({ hides: ["NO_COLOR=1"] }),
      command("d/daemon.json"),
      command("r0/shop/compose.yaml"),
      eslint({}, ...BESIDE),
    ],
  };
}

function siteBelow(site: Site, folder: string): Site {
  const below: Site = Object.create(site) as Site;
  below.write = (file, content, mode) => site.write(`${folder}/${file}`, content, mode);
  return below;
}

const others: readonly Input[] = [
  {
    name: "device nodes in the checkout itself",
    obstacle: () => (IS_ROOT ? mayMakeNodes() : "device nodes need root"),
    build(site) {
      goodNeighbour(site);
      for (const [file, minor] of [
        ["zero", "5"],
        ["full", "7"],
        ["random", "8"],
        ["tty", "0"],
      ] as const) {
        site.folder(file);
        execFileSync("mknod", [site.at(`${file}/compose.yaml`), "c", file === "tty" ? "5" : "1", minor]);
      }
      site.write("shop/compose.yaml", CLEAN);
      execFileSync("mknod", [site.at("shop/.env"), "c", "1", "5"]);
      execFileSync("mknod", [site.at("shop/forbidden-ranges.yaml"), "c", "1", "5"]);
    },
    calls: [...neighbourIsFound(), command("zero/compose.yaml"), command("tty/compose.yaml")],
  },
  {
    name: "FIFOs where git looks",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      site.fifo("good/.gitignore");
      site.fifo("sub/.gitattributes");
      site.fifo("fifo/.git");
      site.write("fifo/compose.yaml", CLEAN);
    },
    calls: [...neighbourIsFound(), command("", { from: "fifo" })],
  },
  {
    name: "FIFOs in the git folder itself",
    build(site) {
      goodNeighbour(site);
      for (const file of ["HEAD", "config", "index", "info/exclude"]) site.fifo(`.git/${file}`);
      site.folder(".git/objects");
      site.folder(".git/refs");
    },
    calls: neighbourIsFound(),
  },
  {
    name: "the .git file is a FIFO, the one below is endless",
    build(site) {
      goodNeighbour(site);
      site.fifo(".git");
      site.link("/dev/zero", "good/.git");
    },
    calls: neighbourIsFound(),
  },
  {
    name: "init where each file that it looks at is a FIFO",
    build(site) {
      goodNeighbour(site);
      for (const file of [
        "package.json",
        ".pre-commit-config.yaml",
        ".vscode/settings.json",
        ".husky/pre-commit",
        "eslint.config.js",
        ".lintstagedrc.json",
      ]) {
        site.fifo(file);
      }
    },
    calls: ["eslint", "vscode", "pre-commit", "lint-staged", "git-hook"].map((what) =>
      command(`init --yes --forbid 192.168.0.0/24 --pool 10.201.0.0/16 --id shop --with ${what}`, {
        exit: [2],
        says: ["package.json", "not a regular file"],
      }),
    ),
  },
  {
    name: "COMPOSE_FILE and COMPOSE_ENV_FILES name devices",
    build(site) {
      goodNeighbour(site);
      site.write("shop/.env", "COMPOSE_FILE=/dev/zero:pipe:.\nCOMPOSE_ENV_FILES=/dev/zero\n");
      site.fifo("shop/pipe");
      site.write("shop/compose.yaml", CLEAN);
    },
    calls: neighbourIsFound(),
  },
];

function mayMakeNodes(): string | undefined {
  try {
    execFileSync("sh", ["-c", 'd=$(mktemp -d) && mknod "$d/n" c 1 3 && head -c 0 "$d/n"; e=$?; rm -rf "$d"; exit $e'], {
      stdio: "ignore",
    });
    return undefined;
  } catch {
    return "this machine lets nobody make device nodes";
  }
}

export const specialFileInputs: readonly Input[] = [
  ...Object.keys(KINDS).flatMap((kind) => [...ROLES, ...SILENT_ROLES].map((role) => standsFor(kind, role))),
  ...DEVICES.map(device),
  ...others,
];
