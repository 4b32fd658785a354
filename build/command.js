// The command: a bundle of all that it needs, and the launcher that starts it.
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { build } from "rolldown";

import { bundledPackages } from "./bundled-packages.js";
import { lazyBuiltins } from "./lazy-builtins.js";
import { noticesOf } from "./notices.js";
import { sbomOf } from "./sbom.js";

const FOLDER = "packages/compose-networks";
const TO = `${FOLDER}/dist`;

const shared = {
  platform: "node",
  // The build for browsers is one of modules, of which a bundle holds only what is used.
  resolve: { alias: { yaml: path.resolve("node_modules/yaml/browser/dist/index.js") } },
  transform: { target: "node20.19" },
};

const PROTOCOL = "src/lsp/protocol.ts";

/** In the bundle, a file beside it. */
const protocolApart = {
  name: "protocol-apart",
  resolveId: (id, importer = "") =>
    path.resolve(path.dirname(importer), id) === path.resolve(PROTOCOL.replace(/\.ts$/, ".js"))
      ? { id: "./language-server-protocol.cjs", external: true }
      : undefined,
};

/** One script: V8 keeps the compiled code of a script, and Node reads one file. */
const script = { format: "cjs", minify: true, entryFileNames: "[name].cjs", codeSplitting: false };

export async function buildCommand() {
  for (const folder of [TO, "dist/action"]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const { output } = await build({
    ...shared,
    plugins: [lazyBuiltins, protocolApart],
    input: { cli: "src/cli/main.ts" },
    output: { ...script, dir: TO, dynamicImportInCjs: false },
  });
  const bundle = `${TO}/cli.cjs`;
  const code = inAscii(readFileSync(bundle, "utf8"));
  // The GitHub action runs the bundle as it is, where nothing is installed.
  writeFileSync("dist/action/cli.cjs", code);
  // The launcher calls it. Here it is made a function, and not there: a text that is put together costs time.
  writeFileSync(bundle, `(function (require, __filename) {${code}\n})`);
  await buildLauncher(createHash("sha256").update(code).digest("hex"));

  const protocol = await buildProtocol();

  const packages = bundledPackages([...output, ...protocol].flatMap(({ moduleIds = [] }) => moduleIds));
  writeFileSync(`${FOLDER}/THIRD-PARTY-NOTICES.md`, noticesOf(packages));
  writeFileSync(
    `${FOLDER}/sbom.cdx.json`,
    sbomOf(JSON.parse(readFileSync(`${FOLDER}/package.json`, "utf8")), packages),
  );

  // The pages that `explain` shows.
  for (const folder of [TO, "dist/action"]) cpSync("docs/rules", `${folder}/rules`, { recursive: true });

  // The command of this checkout, for who works on it.
  writeFileSync("dist/cli.js", `import "../${TO}/compose-networks.cjs";\n`);

  copyFileSync(`${FOLDER}/THIRD-PARTY-NOTICES.md`, "dist/action/THIRD-PARTY-NOTICES.md");
}

/** The packages of the language server, which no other run of the command loads. */
async function buildProtocol() {
  const { output } = await build({
    platform: "node",
    transform: { target: "node20.19" },
    input: { "language-server-protocol": PROTOCOL },
    output: { ...script, dir: TO },
  });
  return output;
}

/** What it starts is known by its hash, so that no start has to read the bundle for it. */
async function buildLauncher(hash) {
  await build({
    platform: "node",
    transform: { target: "node20.19", define: { BUNDLE_HASH: JSON.stringify(hash) } },
    plugins: [lazyBuiltins],
    input: { "compose-networks": "src/cli/start/launch.ts" },
    output: { ...script, dir: TO },
  });
}

/** Node reads a text of one byte a character faster, and V8 keeps it in half the memory. */
function inAscii(code) {
  return code.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
