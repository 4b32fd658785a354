import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { delimiter } from "node:path";

import { describe, expect, it } from "vitest";

import { GIT_HOOK } from "../../../../src/cli/commands/init/hooks.js";
import { folderWith, type Folder } from "../../command.js";

/** Where git starts the hook: a checkout that brings its own `npx`, `node`, command and `.npmrc` along. */
function hostileCheckout(): Folder {
  const evil = "#!/bin/sh\necho the checkout ran: $0\n";
  const names = ["npx", "node", "sh", "compose-networks"].map((name) => `node_modules/.bin/${name}`);
  const checkout = folderWith({
    ".npmrc": "script-shell=./node_modules/.bin/sh\n",
    ...Object.fromEntries(names.map((name) => [name, evil])),
    "pre-commit": GIT_HOOK,
  });
  for (const name of [...names, "pre-commit"]) chmodSync(checkout.at(name), 0o755);
  return checkout;
}

/** Programs that say where they are started. `npx` then does what the real one does with `--script-shell` and `-c`. */
function programs(): Folder {
  const folder = folderWith({
    npx: '#!/bin/sh\necho "npx in $(pwd)"\nwhile [ "$1" != -c ]; do shift; done\nexec sh -c "$2"\n',
    "compose-networks": '#!/bin/sh\necho "compose-networks in $(pwd)"\nexit 1\n',
  });
  for (const name of ["npx", "compose-networks"]) chmodSync(folder.at(name), 0o755);
  return folder;
}

describe.skipIf(!existsSync("/bin/sh"))("the git hook that init writes (where there is a /bin/sh)", () => {
  it("calls npx outside of the checkout and the command inside, and a failing check stops the commit", () => {
    const checkout = hostileCheckout();
    const { stdout, status } = spawnSync("/bin/sh", ["pre-commit"], {
      cwd: checkout.path,
      env: { PATH: [programs().path, process.env["PATH"]].join(delimiter) },
      encoding: "utf8",
    });
    expect(stdout).toBe(`npx in /\ncompose-networks in ${checkout.path}\n`);
    expect(status).toBe(1);
  });
});
