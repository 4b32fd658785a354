import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";

import { CLEAN, COLLIDING, folderWith, git, OPEN, POLICY, run } from "../cli/command.js";
import { Editor, PULLING } from "./editor.js";

const ON_THE_LAN = '192.168.0.0/24 of network "default" lies in the forbidden range "office LAN" (192.168.0.0/24)';

function textOf({ message }: Diagnostic): string {
  return typeof message === "string" ? message : message.value;
}

function messages(found: readonly Diagnostic[] | undefined): string[] {
  return (found ?? []).map(textOf);
}

describe("a finding", () => {
  it("is a headline, with what breaks, who forbids it and what to do at their places", async () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", COLLIDING);
    const uri = editor.uri("compose.yaml");
    const range = { start: { line: 7, character: 18 }, end: { line: 7, character: 32 } };
    const entry = { start: { line: 3, character: 12 }, end: { line: 3, character: 12 } };
    expect(await editor.published("compose.yaml")).toEqual([
      {
        range,
        severity: 1,
        source: "compose-networks",
        code: "compose-networks/no-forbidden-subnet",
        codeDescription: { href: expect.stringMatching(/\/docs\/rules\/no-forbidden-subnet\.md$/) as unknown },
        message: ON_THE_LAN,
        relatedInformation: [
          {
            location: { uri, range },
            message: "Hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
          },
          {
            location: { uri: editor.uri("forbidden-ranges.yaml"), range: entry },
            message: "Forbidden in forbidden-ranges.yaml:4:13",
          },
          {
            location: { uri, range },
            message: "Renumber it to 10.201.151.0/24, which is free; the network is recreated on the next up.",
          },
        ],
      },
    ]);
  });

  it("is all in the message for an editor that shows nothing beside it", async () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder, { capabilities: {} });
    await editor.open("compose.yaml", COLLIDING);
    const [found] = await editor.published("compose.yaml");
    expect(found && textOf(found).split("\n")).toEqual([
      ON_THE_LAN,
      "Hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      "Forbidden in forbidden-ranges.yaml:4:13",
      "Renumber it to 10.201.151.0/24, which is free; the network is recreated on the next up.",
    ]);
    expect(found).not.toHaveProperty("relatedInformation");
  });
});

describe("the light bulb", () => {
  it("offers the fix first, as the preferred one, and a YAML comment last", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    await editor.open("compose.yaml", OPEN);
    const [found] = await editor.published("compose.yaml");
    const actions = await editor.actions("compose.yaml", found?.range ?? NOWHERE);
    expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ['Pin network "default" to 10.201.151.0/24', "quickfix", true],
      ["Disable compose-networks/require-subnet for this line", "quickfix", undefined],
    ]);
    expect(actions[0]?.diagnostics).toEqual([found]);
    const [fix, comment] = actions;
    if (fix) await editor.choose(fix);
    expect(editor.text("compose.yaml")).toBe(
      `${OPEN}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 10.201.151.0/24\n`,
    );
    expect(await editor.published("compose.yaml")).toEqual([]);
    await editor.type("compose.yaml", OPEN);
    if (comment) await editor.choose(comment);
    expect(editor.text("compose.yaml")).toBe(`# eslint-disable-next-line compose-networks/require-subnet\n${OPEN}`);
    expect(await editor.published("compose.yaml")).toEqual([]);
  });

  it("suggests what moves a subnet, which is no fix", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    await editor.open("compose.yaml", COLLIDING);
    const [found] = await editor.published("compose.yaml");
    const [first] = await editor.actions("compose.yaml", found?.range ?? NOWHERE, ["quickfix"]);
    expect(first?.title).toBe('Renumber network "default" to 10.201.151.0/24; it is recreated on the next up');
    expect(first).not.toHaveProperty("isPreferred");
    if (first) await editor.choose(first);
    expect(editor.text("compose.yaml")).toBe(COLLIDING.replace("192.168.0.0/24", "10.201.151.0/24"));
  });

  it("offers nothing elsewhere, and fixes all when it is asked for that kind", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    const text = "services:\n  web: { networks: [a, b], image: nginx }\nnetworks:\n  a: {}\n  b: {}\n";
    await editor.open("compose.yaml", text);
    await editor.published("compose.yaml");
    expect(await editor.actions("compose.yaml", NOWHERE, ["quickfix"])).toEqual([]);
    expect(await editor.actions("compose.yaml", NOWHERE, ["source.organizeImports"])).toEqual([]);
    for (const kind of ["source", "source.fixAll", "source.fixAll.compose-networks"]) {
      const actions = await editor.actions("compose.yaml", NOWHERE, [kind]);
      expect(actions.map(({ title, kind: own }) => [title, own])).toEqual([
        ["Fix all problems that compose-networks can fix", "source.fixAll.compose-networks"],
      ]);
    }
    const [all] = await editor.actions("compose.yaml", NOWHERE, ["source.fixAll"]);
    if (all) await editor.choose(all);
    expect(await editor.published("compose.yaml")).toEqual([]);
    expect(editor.text("compose.yaml").match(/subnet: 10\.201\./g)).toHaveLength(2);
  });

  it("edits as old editors know it", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }), { capabilities: {} });
    await editor.open("compose.yaml", OPEN);
    const [found] = await editor.published("compose.yaml");
    const [fix] = await editor.actions("compose.yaml", found?.range ?? NOWHERE);
    expect(Object.keys(fix?.edit ?? {})).toEqual(["changes"]);
  });
});

const NOWHERE = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };

describe("an edit", () => {
  it("counts UTF-16 units and every kind of line end", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    const text = `# 🐳 é\r\n# \u2028\r${CLEAN.replaceAll("\n", "\r\n")}`;
    await editor.open("compose.yaml", text);
    expect(await editor.published("compose.yaml")).toEqual([]);
    const at = { line: 9, character: 18 };
    await editor.replace("compose.yaml", { start: at, end: { ...at, character: 31 } }, "192.168.0.0/24");
    const found = await editor.published("compose.yaml");
    expect(messages(found)).toEqual([ON_THE_LAN]);
    expect(found[0]?.range).toEqual({ start: at, end: { ...at, character: 32 } });
    await editor.replace("compose.yaml", { start: { line: 0, character: 2 }, end: { line: 0, character: 4 } }, "🐋🐋");
    expect((await editor.published("compose.yaml"))[0]?.range.start).toEqual(at);
  });

  it("is answered with what the text is then, however fast somebody types", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    await editor.open("compose.yaml", CLEAN);
    for (let number = 0; number < 60; number += 1) {
      await editor.type("compose.yaml", CLEAN.replace("7.0/24", `${number}.0/24`));
    }
    await editor.type("compose.yaml", COLLIDING);
    expect(messages(await editor.published("compose.yaml"))).toEqual([ON_THE_LAN]);
    await editor.looked();
    expect(messages(editor.saidOf("compose.yaml"))).toEqual([ON_THE_LAN]);
  });
});

describe("another file", () => {
  it("that is typed in, counts for those that are open beside it", async () => {
    const folder = folderWith({ "a/compose.yaml": CLEAN, "b/compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder);
    await editor.open("a/compose.yaml", CLEAN);
    await editor.open("b/compose.yaml", OPEN);
    expect(await editor.published("a/compose.yaml")).toEqual([]);
    await editor.type("b/compose.yaml", CLEAN);
    await editor.looked();
    expect(messages(editor.saidOf("a/compose.yaml"))).toEqual([
      expect.stringContaining('10.201.7.0/24 of network "default"'),
    ]);
    await editor.type("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.201.7.0/24"));
    await editor.close("b/compose.yaml");
    await editor.looked();
    expect(editor.saidOf("a/compose.yaml")).toEqual([]);
  });

  it("that changes on the disk, counts when the editor tells of it", async () => {
    const text = CLEAN.replace("10.201.7.0/24", "$BACK");
    const folder = folderWith({
      "compose.yaml": text,
      ".env": "BACK=10.201.7.0/24\n",
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", text);
    expect(await editor.published("compose.yaml")).toEqual([]);
    expect(editor.registered).toContain("workspace/didChangeWatchedFiles");
    folder.write(".env", "BACK=192.168.0.0/24\n");
    await editor.changedOnDisk(".env");
    await editor.looked();
    expect(messages(editor.saidOf("compose.yaml"))).toHaveLength(1);
    folder.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "192.168.9.0/24"));
    await editor.changedOnDisk("forbidden-ranges.yaml");
    await editor.looked();
    expect(editor.saidOf("compose.yaml")).toEqual([]);
  });

  it("of the project has its findings at home, until it is deleted", async () => {
    const override = "networks:\n  default: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }\n";
    const folder = folderWith({
      "compose.yaml": OPEN,
      "compose.override.yaml": override,
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", OPEN);
    expect(messages(await editor.published("compose.override.yaml"))).toEqual([ON_THE_LAN]);
    folder.remove("compose.override.yaml");
    await editor.changedOnDisk("compose.override.yaml");
    await editor.looked();
    expect(editor.saidOf("compose.override.yaml")).toEqual([]);
    expect(editor.saidOf("compose.yaml")?.map(({ code }) => code)).toEqual(["compose-networks/require-subnet"]);
  });

  it("is the same under its new name", async () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", COLLIDING);
    expect(messages(await editor.published("compose.yaml"))).toEqual([ON_THE_LAN]);
    await editor.close("compose.yaml");
    folder.write("docker-compose.yml", COLLIDING);
    folder.remove("compose.yaml");
    await editor.open("docker-compose.yml", COLLIDING);
    expect(messages(await editor.published("docker-compose.yml"))).toEqual([ON_THE_LAN]);
    await editor.looked();
    expect(editor.saidOf("compose.yaml")).toEqual([]);
    // A name that is none of Compose's.
    await editor.close("docker-compose.yml");
    folder.remove("docker-compose.yml");
    await editor.open("values.yaml", COLLIDING);
    await editor.looked();
    expect(editor.saidOf("docker-compose.yml")).toEqual([]);
    expect(editor.saidOf("values.yaml")).toEqual([]);
  });
});

describe("a place", () => {
  it("in no folder of the editor is a folder of its own, with the policy above it", async () => {
    const folder = folderWith({
      "in/compose.yaml": CLEAN,
      "out/shop/compose.yaml": COLLIDING,
      "out/forbidden-ranges.yaml": POLICY,
    });
    run(folder, ["--version"]);
    const editor = await Editor.in(folder, { folders: [folder.at("in")] });
    await editor.open("out/shop/compose.yaml", COLLIDING);
    expect(messages(await editor.published("out/shop/compose.yaml"))).toEqual([ON_THE_LAN]);
  });

  it("in one of several folders has the policy of that one", async () => {
    const other = POLICY.replace("192.168.0.0/24", "10.201.7.0/24").replace("id: test", "id: other");
    const folder = folderWith({
      "a/compose.yaml": CLEAN,
      "a/forbidden-ranges.yaml": POLICY,
      "b/compose.yaml": CLEAN,
      "b/forbidden-ranges.yaml": other,
    });
    const editor = await Editor.in(folder, { folders: [folder.at("a"), folder.at("b")] });
    await editor.open("a/compose.yaml", CLEAN);
    await editor.open("b/compose.yaml", CLEAN);
    expect(await editor.published("a/compose.yaml")).toEqual([]);
    expect(messages(await editor.published("b/compose.yaml"))).toEqual([
      expect.stringContaining("lies in the forbidden range"),
    ]);
  });

  it("that a new file is to have counts before it is saved", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder);
    const uri = pathToFileURL(folder.at("new/compose.yaml")).href.replace("file://", "untitled:");
    await editor.open(uri, COLLIDING);
    expect(messages(await editor.published(uri))).toEqual([ON_THE_LAN]);
  });

  it("that is none gets no answer but an empty one", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }), { capabilities: PULLING });
    for (const uri of ["untitled:Untitled-1", "git:/shop/compose.yaml?ref", "file://%zz", "vscode-notebook-cell:/a"]) {
      await editor.open(uri, COLLIDING, "dockercompose");
      expect(await editor.pull(uri), uri).toEqual({ kind: "full", items: [] });
      expect(await editor.actions(uri, NOWHERE), uri).toEqual([]);
      expect(await editor.hover(uri, NOWHERE.start), uri).toBe("");
    }
  });
});

describe("what can't be checked", () => {
  it("is said at its place when it is no YAML, and is gone when it is again", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    await editor.open("compose.yaml", "services: {\n");
    expect(messages(await editor.published("compose.yaml"))).toEqual([expect.stringMatching(/^Parsing error: /)]);
    await editor.type("compose.yaml", CLEAN);
    expect(await editor.published("compose.yaml")).toEqual([]);
  });

  it("for want of a policy is said once, and at the policy", async () => {
    const broken = POLICY.replace("192.168.0.0/24", "192.168.0.0/33");
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": broken });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", COLLIDING);
    expect(messages(await editor.published("forbidden-ranges.yaml"))).toEqual([
      expect.stringContaining('"192.168.0.0/33"'),
    ]);
    for (const text of [CLEAN, OPEN, COLLIDING]) {
      await editor.type("compose.yaml", text);
      await editor.looked();
    }
    expect(editor.messages).toEqual([
      expect.stringMatching(
        /^forbidden-ranges\.yaml:4:13: .*\. Until it is fixed, files are not checked against all forbidden ranges$/,
      ),
    ]);
    folder.write("forbidden-ranges.yaml", POLICY);
    await editor.changedOnDisk("forbidden-ranges.yaml");
    await editor.looked();
    expect(messages(editor.saidOf("compose.yaml"))).toEqual([ON_THE_LAN]);
    expect(editor.saidOf("forbidden-ranges.yaml")).toEqual([]);
    folder.write("forbidden-ranges.yaml", broken);
    await editor.changedOnDisk("forbidden-ranges.yaml");
    await editor.looked();
    expect(editor.messages).toHaveLength(2);
  });

  it("for want of a baseline is said once", async () => {
    const folder = folderWith({
      "compose.yaml": COLLIDING,
      "compose-networks-baseline.json": '{ "version": 7 }\n',
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", COLLIDING);
    await editor.looked();
    await editor.looked();
    expect(messages(editor.saidOf("compose.yaml"))).toEqual([ON_THE_LAN]);
    expect(editor.messages).toEqual([
      expect.stringMatching(
        /^compose-networks-baseline\.json:1:\d+: .*\. Until it is fixed, known findings are reported as well$/,
      ),
    ]);
  });

  it("for its bytes is said once", async () => {
    const folder = folderWith({ "compose.yaml": OPEN, "compose.override.yaml": Buffer.from([0xff, 0xfe, 0x00]) });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", OPEN);
    await editor.looked();
    await editor.looked();
    expect(editor.messages).toEqual(["compose.override.yaml: not checked, because it is not UTF-8 text"]);
    expect(editor.stderr).toBe("");
  });
});

describe("an editor that asks", () => {
  it("gets an answer once, and is told when to ask again", async () => {
    const folder = folderWith({ "a/compose.yaml": CLEAN, "b/compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder, { capabilities: PULLING });
    expect(editor.result.capabilities.diagnosticProvider).toEqual({
      identifier: "compose-networks",
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await editor.open("a/compose.yaml", CLEAN);
    await editor.open("b/compose.yaml", OPEN);
    const first = await editor.pull("a/compose.yaml");
    expect(first).toEqual({ kind: "full", resultId: expect.any(String) as unknown, items: [] });
    expect(await editor.pull("a/compose.yaml", first.resultId)).toEqual({
      kind: "unchanged",
      resultId: first.resultId,
    });
    await editor.type("b/compose.yaml", CLEAN);
    await editor.until(() => editor.refreshes > 0);
    const second = await editor.pull("a/compose.yaml", first.resultId);
    expect(second.kind === "full" && messages(second.items)).toEqual([expect.stringContaining("10.201.7.0/24")]);
    expect(editor.saidOf("a/compose.yaml")).toBeUndefined();
  });

  it("is told of files that it does not have open", async () => {
    const folder = folderWith({
      "compose.yaml": "include: [part.yaml]\nservices: {}\n",
      "part.yaml": COLLIDING,
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder, { capabilities: PULLING });
    await editor.open("compose.yaml", folder.text("compose.yaml"));
    expect(messages(await editor.published("part.yaml"))).toEqual([ON_THE_LAN]);
    await editor.open("part.yaml", COLLIDING);
    await editor.looked();
    expect(editor.saidOf("part.yaml")).toEqual([]);
    const report = await editor.pull("part.yaml");
    expect(report.kind === "full" && messages(report.items)).toEqual([ON_THE_LAN]);
  });
});

describe("a hover", () => {
  it("says what the engine makes of a network, and who else has its addresses", async () => {
    const text = COLLIDING.replace("192.168.0.0/24", "192.168.0.0/16").replace("services:", "name: shop\nservices:");
    const folder = folderWith({ "compose.yaml": text, "b/compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", text);
    const expected = [
      '**network "default"**',
      "",
      String.raw`- Name in the engine: shop\_default`,
      "- Driver: bridge",
      "- IPv4: 192.168.0.0/16",
      "- 192.168.0.0/16 is set in: compose.yaml:9:19",
      String.raw`- Forbidden range: "office LAN" \(192.168.0.0/24\) \(forbidden-ranges.yaml:4:13\)`,
      '- Also held by: network "default" of b/compose.yaml, 192.168.0.0/24',
      "- Services: web",
    ].join("\n");
    expect(await editor.hover("compose.yaml", { line: 5, character: 4 })).toBe(expected);
    expect(await editor.hover("compose.yaml", { line: 8, character: 20 })).toBe(expected);
    expect(await editor.hover("compose.yaml", { line: 3, character: 6 })).toBe("");
  });

  it("says where a subnet comes from, and writes nothing that an editor would obey", async () => {
    const key = '"[a](command:x)"';
    const text = `services:\n  web: { networks: [${key}] }\nnetworks:\n  ${key}: {}\n`;
    const override = `networks:\n  ${key}: { ipam: { config: [{ subnet: 10.201.9.0/24 }] } }\n`;
    const folder = folderWith({
      "compose.yaml": text,
      "compose.override.yaml": override,
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", text);
    const said = await editor.hover("compose.yaml", { line: 1, character: 25 });
    expect(said).toContain("- 10.201.9.0/24 is set in: compose.override.yaml:2:50");
    expect(said).not.toMatch(/(?<!\\)\[/);
  });

  it("and a hint say which subnet is planned", async () => {
    const editor = await Editor.in(folderWith({ "forbidden-ranges.yaml": POLICY }));
    await editor.open("compose.yaml", OPEN);
    expect(await editor.hover("compose.yaml", { line: 0, character: 2 })).toContain(
      "- IPv4: chosen by Docker, planned 10.201.151.0/24",
    );
    expect((await editor.hints("compose.yaml")).map(({ position, label }) => [position, label])).toEqual([
      [{ line: 0, character: 9 }, "planned 10.201.151.0/24"],
    ]);
    await editor.type("compose.yaml", CLEAN);
    expect(await editor.hints("compose.yaml")).toEqual([]);
  });
});

describe("a network that is asked to move", () => {
  const JOINED = `services:
  web: { image: nginx, networks: { edge: { ipv4_address: 192.168.0.9 } } }
networks:
  edge: { external: true }
`;
  const CREATED = `services:
  proxy: { image: nginx, networks: [edge] }
networks:
  edge: { name: edge, ipam: { config: [{ subnet: 192.168.0.0/24 }] } }
`;
  const ON_EDGE = { start: { line: 3, character: 3 }, end: { line: 3, character: 3 } };

  it("moves in all its files, those that are open and those that are not", async () => {
    const folder = folderWith({
      "a/compose.yaml": CREATED,
      "b/compose.yaml": `\uFEFF${JOINED.replaceAll("\n", "\r\n")}`,
      "c/compose.yaml": JOINED.replace("0.9", "0.10"),
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("a/compose.yaml", CREATED);
    await editor.open("c/compose.yaml", `# not saved yet\n${folder.text("c/compose.yaml")}`);
    const [action] = await editor.actions("a/compose.yaml", ON_EDGE, ["refactor"]);
    expect([action?.title, action?.kind, action?.edit]).toEqual([
      'Renumber network "edge" in all its files',
      "refactor.rewrite",
      undefined,
    ]);
    if (action) await editor.choose(await editor.resolved(action));
    const [, to = ""] = /subnet: (10\.201\.\d+)\.0\/24/.exec(editor.text("a/compose.yaml")) ?? [];
    expect(to).not.toBe("");
    expect(editor.text("a/compose.yaml")).toBe(CREATED.replace("192.168.0", to));
    expect(folder.text("b/compose.yaml")).toBe(`\uFEFF${JOINED.replaceAll("\n", "\r\n").replace("192.168.0", to)}`);
    expect(editor.text("c/compose.yaml")).toBe(`# not saved yet\n${JOINED.replace("192.168.0.9", `${to}.10`)}`);
    expect(editor.messages).toEqual([]);
  });

  it.each([
    [
      "can't be moved",
      JOINED.replace("192.168.0.9", '"192.168.0.${LAST:-9}"'),
      /^Nothing is renumbered, because .*b\/compose\.yaml:2:/,
    ],
    [
      "can't be read",
      `${JOINED}}`,
      /^Nothing is renumbered, because b\/compose\.yaml can't be read: fix that file first$/,
    ],
  ])("stays where it is when a part of it %s, and somebody is told why", async (_, joined, reason) => {
    const folder = folderWith({
      "a/compose.yaml": CREATED,
      "b/compose.yaml": joined,
      "forbidden-ranges.yaml": POLICY,
    });
    const editor = await Editor.in(folder);
    await editor.open("a/compose.yaml", CREATED);
    const [action] = await editor.actions("a/compose.yaml", ON_EDGE, ["refactor"]);
    expect(action && (await editor.resolved(action)).edit).toBeUndefined();
    expect(editor.messages).toEqual([expect.stringMatching(reason)]);
  });

  it("is not one that is external, is left to Docker, or has no pool to move to", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "x/forbidden-ranges.yaml": "version: 1\nid: x\n" });
    const editor = await Editor.in(folder);
    for (const [file, text] of [
      ["a/compose.yaml", JOINED],
      ["b/compose.yaml", CREATED.replace(/name.*/, "{}").replace("{ {}", "{}")],
      ["x/compose.yaml", CREATED],
    ] as const) {
      await editor.open(file, text);
      expect(await editor.actions(file, ON_EDGE, ["refactor"]), file).toEqual([]);
    }
  });
});

describe("a checkout that is not trusted", () => {
  it("starts nothing", async () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    git(folder, "init", "--quiet");
    const mark = folder.at("started");
    for (const key of ["core.fsmonitor", "core.hooksPath", "core.sshCommand", "core.pager", "diff.external"]) {
      git(folder, "config", key, `touch ${mark}; false`);
    }
    const editor = await Editor.in(folder);
    await editor.open("compose.yaml", COLLIDING);
    expect(messages(await editor.published("compose.yaml"))).toEqual([ON_THE_LAN]);
    await editor.looked();
    expect(() => folder.read("started")).toThrow(/ENOENT/);
    expect(await editor.quit()).toBe(0);
  });
});

describe("the process", () => {
  it("ends with 0 after shutdown and exit, and with 1 without a word", async () => {
    const editor = await Editor.in(folderWith());
    expect(await editor.quit()).toBe(0);
    const other = await Editor.in(folderWith());
    other.connection.end();
    expect(await other.exited).toBe(1);
    expect(editor.stderr + other.stderr).toBe("");
  });

  it.each([
    [["lsp", "compose.yaml"], "lsp takes no path, such as compose.yaml: the editor says which files it has open"],
    [["lsp", "--ranges", "gone.yaml"], "--ranges gone.yaml: there is no such file"],
    [
      ["lsp", "--rule", "require-subnets:warn"],
      "--rule require-subnets: there is no such rule; did you mean require-subnet?",
    ],
    [["lsp", "--fix"], "lsp knows no option --fix"],
    [["--stdio"], "a check knows no option --stdio"],
  ])("of %j ends with 2 and says why", (args, reason) => {
    const { status, stdout, stderr } = run(folderWith(), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(reason);
  });

  it("prints its help, and takes what editors add to the command", async () => {
    const { status, stdout } = run(folderWith(), ["lsp", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("compose-networks lsp");
    const editor = await Editor.in(folderWith(), { args: [`--clientProcessId=${process.pid}`] });
    expect(editor.result.serverInfo?.name).toBe("compose-networks");
  });

  it("takes the policy and the levels that it is started with", async () => {
    const folder = folderWith({ "lists/forbidden-ranges.yaml": POLICY });
    const args = ["--ranges", "lists/forbidden-ranges.yaml", "--rule", "no-forbidden-subnet:warn"];
    const editor = await Editor.in(folder, { args });
    await editor.open("compose.yaml", COLLIDING);
    expect((await editor.published("compose.yaml")).map(({ message, severity }) => [message, severity])).toEqual([
      [ON_THE_LAN, 2],
    ]);
  });
});
