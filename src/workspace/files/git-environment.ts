import { spawnSync } from "node:child_process";

/** What a user sets for git on purpose. The rest is meant for the repository that a hook runs in, or starts programs. */
const KEPT = /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)|TRACE\w*)$/;

export function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name) || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    // No transport at all, whatever a configuration allows: a partial clone would fetch what it lacks.
    GIT_ALLOW_PROTOCOL: "",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LANGUAGE: "",
    LC_ALL: "C",
  };
}

/** All values of a setting in the user's own configuration and the machine's. No repository is asked. */
export function userSettings(program: string, ...args: readonly string[]): readonly string[] {
  const { status, stdout } = spawnSync(program, ["config", "--null", "--get-all", ...args], {
    cwd: "/",
    env: { ...gitEnvironment(), GIT_DIR: "/dev/null" },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
    windowsHide: true,
  });
  return status === 0 ? stdout.split("\0").slice(0, -1) : [];
}
