import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { command, eslint, type Call, type Input } from "../input.js";
import { IS_ROOT, NOBODY, type Site } from "../site.js";
import { COLLIDING, OPEN, POLICY } from "../texts.js";
import { foundEverywhere, goodNeighbour, STILL_FOUND } from "./workspace.js";

const FEW: readonly Call[] = [
  command("", { exit: [1, 2], says: STILL_FOUND }),
  command("list"),
  command("--fix-dry-run"),
  eslint(),
];

/** The files of a git folder, whose configuration starts something. */
function gitFolder(site: Site, folder: string, config: string): void {
  site.write(`${folder}/HEAD`, "ref: refs/heads/main\n");
  site.write(`${folder}/config`, `[core]\n\trepositoryformatversion = 0\n${config}`);
  site.write(`${folder}/objects/info/packs`, "");
  site.write(`${folder}/refs/heads/keep`, "");
}

function bareRepository(site: Site, folder: string): void {
  gitFolder(site, folder, `\tbare = false\n\tworktree = .\n\tfsmonitor = ${site.trap("fsmonitor")}\n`);
}

/** A work tree, whose own configuration has these lines. */
function configured(name: string, lines: (site: Site) => string, more: (site: Site) => void = () => undefined): Input {
  return {
    name: `the configuration has ${name}`,
    build(site) {
      goodNeighbour(site);
      more(site);
      site.commitAll();
      appendConfig(site, ".git/config", lines(site));
    },
    calls: FEW,
  };
}

function appendConfig(site: Site, file: string, lines: string): void {
  writeFileSync(site.at(file), lines, { flag: "a" });
}

const FSMONITOR = (site: Site): string => `[core]\n\tfsmonitor = ${site.trap("fsmonitor")}\n`;

const bare: readonly Input[] = [
  {
    name: "a committed folder that git takes for a bare repository",
    build(site) {
      goodNeighbour(site);
      bareRepository(site, "inner");
      site.write("inner/compose.yaml", COLLIDING);
      site.write("inner/forbidden-ranges.yaml", POLICY);
      site.commitAll();
    },
    calls: [...foundEverywhere(), command("inner/compose.yaml"), command("inner")],
  },
  {
    name: "the same, and the check starts in it",
    build(site) {
      bareRepository(site, "inner");
      site.write("inner/compose.yaml", COLLIDING);
      site.write("inner/forbidden-ranges.yaml", POLICY);
      site.commitAll();
    },
    calls: ["", "list", "--fix-dry-run", "compose.yaml", "free", "init --dry-run --yes"].map((words) =>
      command(words, { from: "inner" }),
    ),
  },
  {
    name: "a bare repository as the folder of includes, of extends and of env files",
    build(site) {
      goodNeighbour(site);
      bareRepository(site, "parts");
      site.write("parts/part.yaml", OPEN);
      site.write("parts/.env", "A=1\n");
      site.write("shop/compose.yaml", `include: [{ path: ../parts/part.yaml, env_file: ../parts/.env }]\n`);
      site.write("mail/compose.yaml", `services: { web: { extends: { file: ../parts/part.yaml, service: web } } }\n`);
      site.commitAll();
    },
    calls: FEW,
  },
  {
    name: "a bare repository as the folder of a policy's extends",
    build(site) {
      goodNeighbour(site);
      bareRepository(site, "lists");
      site.write("lists/office.txt", "10.1.0.0/16\n");
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [./lists/office.txt]\n`);
      site.commitAll();
    },
    calls: FEW,
  },
  {
    name: "an unpacked archive that is itself a bare repository",
    build(site) {
      goodNeighbour(site);
      bareRepository(site, ".");
    },
    calls: FEW,
  },
  {
    name: "a bare repository below the folder that the command line names",
    build(site) {
      goodNeighbour(site);
      bareRepository(site, "a/b/c");
      site.write("a/b/c/compose.yaml", COLLIDING);
      site.commitAll();
    },
    calls: ["a", "a/b/c", "a/b/c/compose.yaml"].map((words) => command(words)),
  },
];

const pointers: readonly Input[] = [
  {
    name: "a .git file of a folder points into the tree",
    build(site) {
      goodNeighbour(site);
      gitFolder(site, "store", `\tworktree = ../inner\n${FSMONITOR(site)}`);
      site.commitAll();
      site.write("inner/.git", "gitdir: ../store\n");
      site.write("inner/compose.yaml", COLLIDING);
      site.write("inner/forbidden-ranges.yaml", POLICY);
    },
    calls: [...FEW, command("inner"), command("", { from: "inner" })],
  },
  {
    name: "the .git file of an unpacked archive points into it",
    build(site) {
      goodNeighbour(site);
      gitFolder(site, "store", `\tworktree = ..\n${FSMONITOR(site)}`);
      site.write(".git", "gitdir: store\n");
    },
    calls: FEW,
  },
  {
    name: ".git is a link to a folder of the archive",
    build(site) {
      goodNeighbour(site);
      gitFolder(site, "store", FSMONITOR(site));
      site.link("store", ".git");
    },
    calls: FEW,
  },
  {
    name: "the git folder names a common folder inside of the tree",
    build(site) {
      goodNeighbour(site);
      gitFolder(site, "store", FSMONITOR(site));
      site.write(".git/HEAD", "ref: refs/heads/main\n");
      site.write(".git/commondir", "../store\n");
    },
    calls: FEW,
  },
  {
    name: "a linked work tree of a repository elsewhere with a hostile configuration",
    build(site) {
      goodNeighbour(site);
      const main = path.join(site.outside, "main");
      mkdirSync(main);
      site.gitIn(main, "init", "--quiet", ".");
      site.gitIn(main, "commit", "--quiet", "--allow-empty", "--message", "first");
      site.gitIn(main, "worktree", "add", "--quiet", path.join(site.checkout, "tree"));
      site.gitIn(main, "config", "core.fsmonitor", site.trap("fsmonitor"));
      site.write("tree/compose.yaml", COLLIDING);
      site.write("tree/forbidden-ranges.yaml", POLICY);
    },
    calls: ["", "list", "compose.yaml"].map((words) => command(words, { from: "tree" })),
  },
  {
    name: "core.worktree names a folder outside",
    build(site) {
      goodNeighbour(site);
      site.put("compose.yaml", COLLIDING.replace("default", site.secret));
      site.commitAll();
      site.git("config", "core.worktree", site.outside);
    },
    calls: FEW,
  },
];

const keys: readonly Input[] = [
  configured("core.fsmonitor", FSMONITOR),
  configured("core.fsmonitor = true, which starts a program that stays", () => "[core]\n\tfsmonitor = true\n"),
  configured(
    "core.fsmonitor in an included file of the tree",
    () => "[include]\n\tpath = ../evil.config\n",
    (site) => site.write("evil.config", FSMONITOR(site)),
  ),
  configured(
    "core.fsmonitor behind includeIf",
    (site) => `[includeIf "gitdir:${site.checkout}/"]\n\tpath = ../evil.config\n`,
    (site) => site.write("evil.config", FSMONITOR(site)),
  ),
  configured(
    "core.fsmonitor in the configuration of the work tree",
    () => "[extensions]\n\tworktreeConfig = true\n",
    (site) => {
      mkdirSync(site.at(".git"), { recursive: true });
      site.write(".git/config.worktree", FSMONITOR(site));
    },
  ),
  configured(
    "core.hooksPath with every hook",
    () => "[core]\n\thooksPath = hooks\n\tuntrackedCache = true\n",
    (site) => {
      for (const hook of ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"]) {
        site.trapProgram(`hooks/${hook}`, hook);
      }
    },
  ),
  configured("a missing object, a promisor and core.sshCommand", (site) => {
    const trap = site.trapProgram(".git/ssh.sh", "ssh");
    return [
      `[core]\n\trepositoryformatversion = 1\n\tsshCommand = ${trap}\n\tsparseCheckout = true\n\tsparseCheckoutCone = true\n`,
      `[extensions]\n\tpartialClone = origin\n[index]\n\tsparse = true\n`,
      `[remote "origin"]\n\turl = ssh://nobody@example.invalid/x\n\tpromisor = true\n\tuploadpack = ${trap}\n`,
    ].join("");
  }),
  configured(
    "filters, differs, textconv, aliases, pagers and editors",
    (site) => {
      const run = site.trap("driver");
      return [
        `[core]\n\tpager = ${run}\n\teditor = ${run}\n\taskPass = ${run}\n\tgitProxy = ${run}\n\talternateRefsCommand = ${run}\n`,
        `[filter "x"]\n\tclean = ${run}\n\tsmudge = ${run}\n\tprocess = ${run}\n\trequired = true\n`,
        `[diff]\n\texternal = ${run}\n[diff "x"]\n\ttextconv = ${run}\n\tcommand = ${run}\n[pager]\n\tls-files = ${run}\n\tconfig = ${run}\n\trev-parse = ${run}\n`,
        `[alias]\n\tls-files = "!${run}"\n\trev-parse = "!${run}"\n[credential]\n\thelper = "!${run}"\n[gpg]\n\tprogram = ${run}\n`,
      ].join("");
    },
    (site) => {
      site.write(".gitattributes", "* filter=x diff=x\n");
    },
  ),
  {
    name: "alternates of the git folder point to a FIFO",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      site.fifo(".git/objects/info/alternates");
    },
    calls: FEW,
  },
  {
    name: "a submodule with a hostile configuration, in its own .git folder",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      site.folder("sub");
      site.gitIn(site.at("sub"), "init", "--quiet", ".");
      site.write("sub/compose.yaml", COLLIDING);
      site.gitIn(site.at("sub"), "add", "compose.yaml");
      site.gitIn(site.at("sub"), "commit", "--quiet", "--message", "sub");
      site.write(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n');
      site.git("add", "sub", ".gitmodules");
      appendConfig(site, "sub/.git/config", FSMONITOR(site));
    },
    calls: [
      ...FEW,
      command("", { says: [/sub\/compose\.yaml:7:\d+/] }),
      command("sub/compose.yaml"),
      command("", { from: "sub" }),
    ],
  },
  {
    name: "a submodule's absorbed git folder with a hostile configuration",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      gitFolder(site, ".git/modules/sub", `\tworktree = ../../../sub\n${FSMONITOR(site)}`);
      site.write("sub/.git", "gitdir: ../.git/modules/sub\n");
      site.write("sub/compose.yaml", COLLIDING);
    },
    calls: [...FEW, command("sub"), command("", { from: "sub" })],
  },
];

const programs: readonly Input[] = [
  {
    name: "PATH begins with '.', and the checkout has a git",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      for (const folder of ["", "good/", "node_modules/.bin/"]) site.trapProgram(`${folder}git`, "git");
    },
    calls: [".", "", "node_modules/.bin", "./good"].flatMap((entry) => {
      const env = { PATH: `${entry}:${process.env["PATH"] ?? ""}` };
      return [
        command("", { env, says: STILL_FOUND }),
        command("list", { env }),
        command("init --dry-run --yes", { env }),
      ];
    }),
  },
  {
    name: "a machine without git",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      site.trapProgram("git", "git");
    },
    calls: [command("", { env: { PATH: "/nonexistent" }, exit: [1], says: STILL_FOUND })],
  },
  {
    name: "variables of git that lead into the checkout",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      bareRepository(site, "inner");
    },
    calls: [{ GIT_DIR: "inner", GIT_WORK_TREE: "." }, { GIT_DIR: "inner" }, { GIT_CONFIG_GLOBAL: "inner/config" }].map(
      (env) => command("", { env, says: STILL_FOUND }),
    ),
  },
  {
    name: "init where core.hooksPath lies outside",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      mkdirSync(path.join(site.outside, "hooks"));
      site.git("config", "core.hooksPath", path.join(site.outside, "hooks"));
    },
    calls: [command("init --yes --with git-hook")],
  },
  {
    name: "init in a folder that is a bare repository",
    build(site) {
      bareRepository(site, "inner");
      site.write("inner/compose.yaml", COLLIDING);
      site.commitAll();
      appendConfig(site, ".git/config", FSMONITOR(site));
    },
    calls: [
      command("init --yes --with git-hook,eslint,vscode", { from: "inner" }),
      command("init --yes --with git-hook,pre-commit"),
    ],
  },
];

const needsRoot = (): string | undefined => (IS_ROOT ? undefined : "giving files to another user needs root");

const otherUsers: readonly Input[] = [
  {
    name: "another user's repository with a hostile configuration",
    obstacle: needsRoot,
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      appendConfig(site, ".git/config", FSMONITOR(site));
      site.giveTo(NOBODY, ".");
    },
    calls: [...foundEverywhere(), command("init --dry-run --yes")],
  },
  {
    name: "another user's git folder below a top that is ours",
    obstacle: needsRoot,
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      appendConfig(site, ".git/config", FSMONITOR(site));
      site.giveTo(NOBODY, ".git");
    },
    calls: FEW,
  },
  {
    name: "another user's repository that safe.directory lets in",
    obstacle: needsRoot,
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      appendConfig(site, ".git/config", FSMONITOR(site));
      site.giveTo(NOBODY, ".");
      writeFileSync(path.join(site.home, ".gitconfig"), "[safe]\n\tdirectory = *\n");
    },
    calls: FEW,
  },
];

export const gitInputs: readonly Input[] = [...bare, ...pointers, ...keys, ...programs, ...otherUsers];
