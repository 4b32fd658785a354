// Writes dist/: the plugin, the command, and in dist/chunks what they share and what is loaded only when it is called.
// In dist/action there is the command again, with all that it needs: the GitHub action runs it where nothing is installed.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { build } from "rolldown";

const shared = {
  platform: "node",
  // The build for browsers is one of modules, of which a bundle holds only what is used.
  resolve: { alias: { yaml: path.resolve("node_modules/yaml/browser/dist/index.js") } },
  transform: { target: "node20.19" },
};

for (const folder of ["dist/chunks", "dist/action", "dist/rules"]) rmSync(folder, { recursive: true, force: true });
const [, { output }] = await Promise.all([
  build({
    ...shared,
    input: { index: "src/eslint/index.ts", cli: "src/cli/main.ts" },
    external: /^(?:@?eslint(?:\/|$)|ip-cidr$)/,
    output: { dir: "dist", minify: true, chunkFileNames: "chunks/[hash].js" },
  }),
  build({
    ...shared,
    input: { cli: "src/cli/main.ts" },
    // By their names they are modules, whatever package.json lies above them.
    output: {
      dir: "dist/action",
      minify: true,
      entryFileNames: "[name].mjs",
      chunkFileNames: "chunks/[hash].mjs",
    },
  }),
]);
// The pages that `explain` shows.
for (const folder of ["dist/rules", "dist/action/rules"]) cpSync("docs/rules", folder, { recursive: true });
writeFileSync("dist/action/THIRD-PARTY-NOTICES.md", notices(output.flatMap(({ moduleIds = [] }) => moduleIds)));

/** Their licences ask to be handed on with the code. */
function notices(modules) {
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/")) ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? license : readFileSync(`${folder}/${file}`, "utf8").trim();
    return `## ${name} ${version}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  return `# Third-party notices\n\nThe bundle of the action holds code of these packages.\n\n${texts.join("\n")}`;
}
