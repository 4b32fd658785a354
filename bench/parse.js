// What every figure is compared with: a plain Node process in which `yaml` parses the same files, and nothing else.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { parseDocument } from "yaml";

for (const file of readdirSync(process.argv[2], { recursive: true })) {
  if (file.endsWith(".yaml") && path.basename(file) !== "forbidden-ranges.yaml") {
    parseDocument(readFileSync(path.join(process.argv[2], file), "utf8"), { merge: true });
  }
}
