// Writes the repository that the pre-commit framework installs in seconds: the hooks, and no source to build.
// npm run release:pre-commit -- FOLDER. Commit what it has written, and tag it with the version.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const [folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) {
  process.stderr.write("release-pre-commit: name one folder: npm run release:pre-commit -- FOLDER\n");
  process.exitCode = 2;
} else {
  const { version, homepage, repository, license } = JSON.parse(readFileSync("package.json", "utf8"));
  mkdirSync(folder, { recursive: true });
  const write = (name, text) => writeFileSync(path.join(folder, name), text);

  const hooks = readFileSync(".pre-commit-hooks.yaml", "utf8")
    .replace(/^ +# The framework installs.*\n/gm, "")
    .replaceAll("[./packages/compose-networks]", `["compose-networks@${version}"]`);
  if (hooks.includes("./")) throw new Error(".pre-commit-hooks.yaml names a path that is not in that repository");
  write(".pre-commit-hooks.yaml", hooks);
  // The framework packs and installs this, too; the command comes with the hooks.
  const manifest = { name: "compose-networks-pre-commit", version, private: true, license, repository, files: [] };
  write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  write(
    "README.md",
    `# The hooks of compose-networks for the pre-commit framework\n\nMade by \`npm run release:pre-commit\` of [compose-networks](${homepage}), which has the documentation and the issues.\n`,
  );
  copyFileSync("LICENSE", path.join(folder, "LICENSE"));
}
