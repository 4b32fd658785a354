import { spawnSync } from "node:child_process";

/** Runs a script in a network namespace of its own, which only root can make. */
export function inNamespace(script: string): string | undefined {
  const { status, stdout } = spawnSync("unshare", ["--net", "sh", "-c", script], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return status === 0 ? stdout : undefined;
}

/** A bridge stands in for any interface: not every kernel has dummy ones. */
export const hasNamespaces =
  process.platform === "linux" && inNamespace("ip link add br0 type bridge && ip -j link >/dev/null") !== undefined;

export const unlessNamespaces = hasNamespaces ? "" : " (skipped: unshare --net or ip can't be used here)";
