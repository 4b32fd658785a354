#!/usr/bin/env node
// Starts the bundle beside it, with the compiled code of earlier runs where that can be trusted.
// docs/decisions/0010-two-packages.md says why. It is compiled at every start itself, so it stays small.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { Script } from "node:vm";

import { VERSION } from "../../kit/version.js";
import { cacheFolder } from "./cache-folder.js";
import { cacheLocation } from "./cache-location.js";
import { codeFile, readCode, writeCode } from "./code-file.js";
import { kindOf, namedIn } from "./kind-of-run.js";

/** Of the bundle; the build puts it in. */
declare const BUNDLE_HASH: string;

/** More kinds of runs than this are not told apart: each costs one run the time to write. */
const MOST_KINDS = 32;

const { versions, platform, arch } = process;
const key = [VERSION, BUNDLE_HASH.slice(0, 32), versions.node, versions.v8, platform, arch].join(" ");
const args = process.argv.slice(2);
const location = cacheLocation(args, { env: process.env, platform, home: homedir });
// The bundle may take other arguments to be its own; the working directory may change.
const named = location === undefined ? [] : namedIn(args, process.cwd());

const folder = location === undefined ? undefined : cacheFolder(location, named, false);
const code = folder === undefined ? undefined : readCode(codeFile(folder, key), key);

const bundle = path.join(__dirname, "cli.cjs");
// The build makes it a function, in ASCII.
const script = new Script(readFileSync(bundle, "latin1"), {
  filename: bundle,
  ...(code === undefined ? {} : { cachedData: code.data }),
});
const start: unknown = script.runInThisContext();
if (typeof start === "function") Reflect.apply(start, undefined, [require, bundle]);

if (location !== undefined) {
  const known = script.cachedDataRejected === true ? [] : (code?.kinds ?? []);
  process.on("exit", (exitCode) => {
    const kind = kindOf(args, exitCode);
    if (kind === undefined || known.includes(kind) || known.length >= MOST_KINDS) return;
    const to = cacheFolder(location, named, true);
    if (to === undefined) return;
    writeCode(codeFile(to, key), key, { kinds: [...known, kind], data: script.createCachedData() });
  });
}
