// The plugin: its own source in one file. What it depends on is installed beside it.
import { rmSync } from "node:fs";

import { build } from "rolldown";

export async function buildPlugin() {
  rmSync("dist/chunks", { recursive: true, force: true });
  const { output } = await build({
    platform: "node",
    transform: { target: "node20.19" },
    input: { index: "src/eslint/index.ts" },
    external: /^(?:@?eslint(?:\/|$)|yaml$)/,
    output: { dir: "dist", minify: true, chunkFileNames: "chunks/[hash].js" },
  });
  // It is published without notices of other people's code.
  const foreign = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => id.includes("node_modules"));
  if (foreign.length > 0) throw new Error(`the plugin would hold code of others: ${foreign.join(", ")}`);
}
