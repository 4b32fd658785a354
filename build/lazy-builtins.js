import * as childProcess from "node:child_process";
import * as crypto from "node:crypto";
import * as http from "node:http";
import * as readline from "node:readline";
import * as timers from "node:timers/promises";

/** Modules of Node that most runs do without, and that Node itself has not loaded when it starts. */
const LAZY = new Map([
  ["node:child_process", childProcess],
  ["node:crypto", crypto],
  ["node:http", http],
  ["node:readline", readline],
  ["node:timers/promises", timers],
]);

/** Loads them when one of their functions is called. */
export const lazyBuiltins = {
  name: "lazy-builtins",
  resolveId: (id, importer) => (LAZY.has(id) && !importer?.startsWith("\0lazy:") ? `\0lazy:${id}` : undefined),
  load(id) {
    const name = id.startsWith("\0lazy:") ? id.slice("\0lazy:".length) : undefined;
    if (name === undefined) return undefined;
    const functions = Object.entries(LAZY.get(name))
      // What begins with a capital is a class, which a call can't stand for.
      .filter(([key, value]) => typeof value === "function" && /^[a-z]\w*$/.test(key))
      .map(([key]) => `export const ${key} = (...args) => require("${name}").${key}(...args);`);
    return { code: functions.join("\n"), moduleSideEffects: false };
  },
};
