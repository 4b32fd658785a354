import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it, onTestFinished } from "vitest";

import { VERSION } from "../../src/kit/version.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const [COMMAND, PLUGIN] = ["compose-networks", "eslint-plugin-compose-networks"] as const;
const WE = "the-networkers";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "compose-networks-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Registry {
  readonly url: string;
  /** What was published, as `name@version`. */
  readonly published: readonly string[];
}

/** As much of a registry as npm needs to say who owns a name, and to publish one. */
async function registryWith(owners: Readonly<Record<string, string>>): Promise<Registry> {
  const published: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? "").slice(1));
    const owner = owners[name];
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (request.method === "PUT") {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const body = JSON.parse(text) as { readonly versions: Record<string, unknown> };
        published.push(...Object.keys(body.versions).map((version) => `${name}@${version}`));
        answer(201, { ok: true });
      });
    } else if (name === "-/whoami") answer(200, { username: WE });
    else if (owner === undefined) answer(404, { error: "not_found" });
    else {
      const manifest = { name, version: "0.0.0", dist: { tarball: "http://127.0.0.1:1/none.tgz", shasum: "0" } };
      const maintainers = [{ name: owner, email: "someone@example.com" }];
      answer(200, {
        name,
        maintainers,
        "dist-tags": { latest: "0.0.0" },
        versions: { "0.0.0": { ...manifest, maintainers } },
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, published };
}

async function names(
  { url }: Registry,
  ...args: readonly string[]
): Promise<{ status: number | null; output: string }> {
  const settings = join(temporaryFolder(), "npmrc");
  writeFileSync(settings, `registry=${url}\n${url.replace("http:", "")}:_authToken=secret\nfetch-retries=0\n`);
  const env = { ...process.env, npm_config_userconfig: settings, npm_config_cache: temporaryFolder() };
  for (const name of Object.keys(env)) if (/^npm_config_registry$/i.test(name)) Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, ["release-names.js", ...args], {
    cwd: ROOT,
    env: { ...env, npm_config_registry: url },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, output })));
}

describe("a release", () => {
  it("goes on where both names are ours", async () => {
    const registry = await registryWith({ [COMMAND]: WE, [PLUGIN]: WE });
    expect(await names(registry)).toEqual({ status: 0, output: "" });
  });

  it("fails while a name is free, or somebody else's", async () => {
    expect(await names(await registryWith({ [PLUGIN]: WE }))).toEqual({
      status: 1,
      output: `release-names: ${COMMAND} is free, so anybody can take it: npm run release:names -- --take\n`,
    });
    expect(await names(await registryWith({ [COMMAND]: WE, [PLUGIN]: "a-stranger" }))).toEqual({
      status: 1,
      output: `release-names: ${PLUGIN} belongs to a-stranger, and you are ${WE}\n`,
    });
  });

  it("takes a free name when told to, and never somebody else's", async () => {
    const registry = await registryWith({ [PLUGIN]: "a-stranger" });
    const { status, output } = await names(registry, "--take");
    expect(output).toContain(`Took the name ${COMMAND}.\n`);
    expect(output).toContain(`${PLUGIN} belongs to a-stranger, and you are ${WE}\n`);
    expect(status).toBe(1);
    expect(registry.published).toEqual([`${COMMAND}@0.0.0`]);
  });

  it("is published by a workflow that GitHub takes, with provenance", () => {
    const cli = join(dirname(createRequire(import.meta.url).resolve("@action-validator/cli/package.json")), "cli.mjs");
    const file = join(ROOT, ".github/workflows/release.yml");
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, file], { encoding: "utf8" });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
    for (const folder of ["", "packages/compose-networks/"]) {
      expect(JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"))).toMatchObject({
        publishConfig: { access: "public", provenance: true },
      });
    }
  });
});

describe.skipIf(process.platform === "win32")("npm run release:version", () => {
  it("gives both packages, the pages and the templates one new version", () => {
    const folder = join(temporaryFolder(), "clone");
    const run = (program: string, ...args: readonly string[]): void => {
      const env = { ...process.env, npm_config_offline: "true", CI: "true" };
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8", env });
      if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stdout}${stderr}`);
    };
    cpSync(ROOT, folder, {
      recursive: true,
      filter: (name) => !/\/(?:node_modules|dist|\.git|fixtures|test)$/.test(name),
    });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    run("git", "init", "--quiet", "--initial-branch=main");
    run("git", "add", "--all");
    run(
      "git",
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.com",
      "commit",
      "--quiet",
      "--no-verify",
      "-m",
      "start",
    );
    writeFileSync(join(folder, ".changeset/a-change.md"), `---\n"${PLUGIN}": major\n---\n\nA change.\n`);

    run(process.execPath, "release-version.js");
    const read = (file: string): string => readFileSync(join(folder, file), "utf8");
    const { version } = JSON.parse(read("package.json")) as { readonly version: string };
    expect(version).not.toBe(VERSION);
    expect(JSON.parse(read("packages/compose-networks/package.json"))).toMatchObject({ version });
    expect(JSON.parse(read("package-lock.json"))).toMatchObject({ version });
    expect(read("src/kit/version.ts")).toContain(`VERSION = "${version}";`);
    for (const [file, text] of [
      ["README.md", `npx compose-networks@${version} init`],
      ["README.md", `rev: v${version}\n`],
      ["packages/compose-networks/README.md", `/blob/v${version}/docs/cli.md`],
      ["docs/pipelines.md", `eslint-plugin-compose-networks@v${version}`],
      ["templates/check.yml", `default: ${version}\n`],
      ["action.yml", `such as v${version}`],
    ] as const) {
      expect(read(file)).toContain(text);
    }
  });
});
