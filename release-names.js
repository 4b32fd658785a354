// Fails while one of our names is not ours on the registry: our pages tell people to run what is published there.
// With --take, a free name is taken by publishing version 0.0.0, which holds nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { npm, PACKAGES, view } from "./release-packages.js";

const take = process.argv.includes("--take");

try {
  const account = npm(["whoami"]).trim();
  const faults = PACKAGES.map(({ name, homepage }) => {
    const owners = ownersOf(name);
    if (owners === undefined && take) return reserve(name, homepage);
    if (owners === undefined) return `${name} is free, so anybody can take it: npm run release:names -- --take`;
    if (!owners.includes(account)) return `${name} belongs to ${owners.join(", ")}, and you are ${account}`;
    return undefined;
  }).filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new Error(faults.join("\n"));
} catch (error) {
  process.stderr.write(`release-names: ${(error.stderr ?? error.message).trim()}\n`);
  process.exitCode = 1;
}

/** Only the registry says who may publish; what a manifest says of its authors, anybody can write. */
function ownersOf(name) {
  const maintainers = view(name, "maintainers");
  // npm gives them as texts, and one on its own as no list.
  return maintainers && [maintainers].flat().map((one) => (one.name ?? one).replace(/ <.*$/, ""));
}

function reserve(name, homepage) {
  const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-name-"));
  try {
    const manifest = { name, version: "0.0.0", description: `Reserved for ${homepage}`, license: "MIT", homepage };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
    npm(["publish", "--access", "public", "--provenance=false", folder]);
    process.stdout.write(`Took the name ${name}.\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
