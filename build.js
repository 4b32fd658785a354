// Writes dist/: the plugin, the command, and in dist/chunks what they share and what is loaded only when it is called.
import { rmSync } from "node:fs";
import path from "node:path";

import { build } from "rolldown";

rmSync("dist/chunks", { recursive: true, force: true });
await build({
  input: { index: "src/plugin/index.ts", cli: "src/cli/main.ts" },
  platform: "node",
  external: /^@?eslint(?:\/|$)/,
  // The build for browsers is one of modules, of which a bundle holds only what is used.
  resolve: { alias: { yaml: path.resolve("node_modules/yaml/browser/dist/index.js") } },
  transform: { target: "node20.19" },
  output: { dir: "dist", minify: true, chunkFileNames: "chunks/[hash].js" },
});
