import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

export const COMMAND = fileURLToPath(
  new URL("../../packages/compose-networks/dist/compose-networks.cjs", import.meta.url),
);
const OFFICE_VPN = fileURLToPath(new URL("../../fixtures/office-vpn/", import.meta.url));

/** A real folder with real files, which is gone after the test. */
export interface Folder {
  readonly path: string;
  /** @param content Bytes are taken as they are. */
  write(file: string, content: string | Buffer, mode?: number): void;
  read(file: string): Buffer;
  text(file: string): string;
  at(file: string): string;
  remove(file: string): void;
}

export function folderWith(files: Readonly<Record<string, string | Buffer>> = {}): Folder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "compose-networks-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder: Folder = {
    path: root,
    at: (file) => path.join(root, file),
    write(file, content, mode) {
      mkdirSync(path.dirname(folder.at(file)), { recursive: true });
      writeFileSync(folder.at(file), content);
      if (mode !== undefined) chmodSync(folder.at(file), mode);
    },
    remove: (file) => rmSync(folder.at(file)),
    read: (file) => readFileSync(folder.at(file)),
    text: (file) => readFileSync(folder.at(file), "utf8"),
  };
  for (const [file, content] of Object.entries(files)) folder.write(file, content);
  return folder;
}

/** The example project, with its forbidden ranges. */
export function officeVpn(): Folder {
  return folderWith({
    "compose.yaml": readFileSync(path.join(OFFICE_VPN, "compose.yaml")),
    "forbidden-ranges.yaml": readFileSync(path.join(OFFICE_VPN, "forbidden-ranges.yaml")),
  });
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command as a shell does. */
export function run(
  { path: cwd }: Pick<Folder, "path">,
  args: readonly string[],
  { input = "", env = {} }: Circumstances = {},
): Outcome {
  const { PATH = "", SystemRoot = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd,
    input,
    // Where CI is set, nothing is kept between two runs.
    env: { PATH, SystemRoot, CI: "true", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

export function git({ path: cwd }: Folder, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    cwd,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
}

/** A project whose only network has a subnet of its own. */
export const CLEAN = `services:
  web:
    image: nginx
networks:
  default:
    ipam:
      config:
        - subnet: 10.201.7.0/24
`;

/** A project whose only network is left to Docker. */
export const OPEN = `services:
  web:
    image: nginx
`;

export const POLICY = `version: 1
id: test
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** A project on the office LAN. */
export const COLLIDING = CLEAN.replace("10.201.7.0/24", "192.168.0.0/24");
