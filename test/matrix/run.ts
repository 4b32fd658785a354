/**
 * Every supported pair of Node and ESLint, each with the packed package. Prints a line a pair. Exit code 1 when one of
 * them does not find what it must, 0 otherwise; a Node that can't be had is skipped aloud.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkAll } from "./checks.js";
import { install, nodeOf, pack, Wrong, type Consumer } from "./consumer.js";

const NODES = ["20.19.0", "20", "22", "24", "26"];
const ESLINTS = ["9.38.0", "10"];

const work = mkdtempSync(join(tmpdir(), "compose-networks-matrix-"));
try {
  const tarballs = await pack(work);
  const consumers = await Promise.all(ESLINTS.map((eslint) => install(work, eslint, tarballs)));
  for (const release of NODES) {
    const node = await nodeOf(work, release);
    if (node === undefined) console.info(`skipped Node ${release}: npm can't get it here`);
    else await Promise.all(consumers.map((consumer) => judge(node, consumer)));
    // Some 200 MB each.
    rmSync(join(work, `node-${release}`), { recursive: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function judge(node: string, consumer: Consumer): Promise<void> {
  const pair = `Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}, ESLint ${consumer.eslint}`;
  try {
    await checkAll(node, consumer);
    console.info(`ok      ${pair}`);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    process.exitCode = 1;
    console.info(`FAILED  ${pair}: ${error.message}`);
  }
}
