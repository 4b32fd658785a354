import { readdirSync, readFileSync } from "node:fs";

/** The packages of `node_modules` that a bundle holds code of, by their names. */
export function bundledPackages(modules) {
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/")) ?? []);
  return [...new Set(folders)].map(described).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is bundled, and has no licence that could be handed on`);
  return {
    name,
    version,
    license,
    integrity: integrityOf(folder),
    text: readFileSync(`${folder}/${file}`, "utf8").trim(),
  };
}

/** As npm checked it when it was installed. */
function integrityOf(folder) {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  return packages[folder.slice(folder.indexOf("node_modules/"))]?.integrity;
}
