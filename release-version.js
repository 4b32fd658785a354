// Takes the version and the changelog from the changesets, and writes the version to all that names it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const run = (command, ...args) =>
  execFileSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
const versionNow = () => JSON.parse(readFileSync("package.json", "utf8")).version;

const before = versionNow();
run("npx", "--no", "changeset", "version");
const after = versionNow();

rewrite("packages/compose-networks/package.json", /(?<="version": ").*?(?=")/, after);
rewrite("src/kit/version.ts", /(?<=VERSION = ").*?(?=")/, after);
const told = new RegExp(
  String.raw`(?<=compose-networks(?:/check)?@v?|rev: v|/blob/v|such as v|^ +default: )${before.replaceAll(".", String.raw`\.`)}(?![\w.-]*\w)`,
  "gm",
);
const docs = readdirSync("docs", { recursive: true }).map((name) => `docs/${name.replaceAll("\\", "/")}`);
const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "packages/compose-networks/README.md"];
for (const page of [...pages, ...docs.filter((name) => name.endsWith(".md"))]) rewrite(page, told, after);
for (const file of ["action.yml", "templates/check.yml"]) rewrite(file, told, after);
run("npm", "install", "--package-lock-only", "--no-audit", "--no-fund");

function rewrite(file, what, by) {
  writeFileSync(file, readFileSync(file, "utf8").replace(what, by));
}
