import { readdirSync, readFileSync } from "node:fs";

/** The packages of `node_modules` that a bundle holds code of, by their names. */
export function bundledPackages(modules) {
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/")) ?? []);
  return [...new Set(folders)].map(described).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function described(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  // Some packages only name theirs.
  const text = file
    ? readFileSync(`${folder}/${file}`, "utf8").trim()
    : `${license}, ${author?.name ?? author ?? name}`;
  return {
    name,
    version,
    license,
    integrity: integrityOf(folder),
    text,
  };
}

/** As npm checked it when it was installed. */
function integrityOf(folder) {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  return packages[folder.slice(folder.indexOf("node_modules/"))]?.integrity;
}
