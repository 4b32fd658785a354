// Publishes what of this version is not there yet. So it can be started again after a failure.
import { npm, PACKAGES, view } from "./release-packages.js";

for (const { name, version, folder } of PACKAGES) {
  if (view(`${name}@${version}`, "version") === undefined) npm(["publish", folder], { stdio: "inherit" });
  else process.stdout.write(`${name} ${version} is published already.\n`);
}
