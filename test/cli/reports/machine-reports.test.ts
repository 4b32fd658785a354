import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { DOMParser, onErrorStopParsing, type Element } from "@xmldom/xmldom";
import ajvDraft04 from "ajv-draft-04";
import { describe, expect, it } from "vitest";

import { VERSION } from "../../../src/kit/version.js";
import { CLEAN, COLLIDING, folderWith, officeVpn, OPEN, POLICY, run, type Folder } from "../command.js";

/** The schema of SARIF 2.1.0, which is written in draft-04. */
const SCHEMA = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new ajvDraft04.default({ strict: false, logger: false, validateFormats: false, unicodeRegExp: false });
const isSarif = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);

const MESSAGE =
  '192.168.0.0/24 of network "back" lies in the forbidden range "office LAN" (192.168.0.0/24): hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up (forbidden in forbidden-ranges.yaml:5:11, reached over the site-to-site VPN, owner netops@example.com). Renumber it to 10.201.156.0/24, which is free; the network is recreated on the next up.';

function reportOf(folder: Folder, format: string, ...args: string[]): string {
  return run(folder, ["--format", format, ...args]).stdout;
}

/** So many projects, each in a directory of its own. */
function manyProjects(count: number, compose: string): Folder {
  const files = Array.from({ length: count }, (_, n): [string, string] => [`p${n}/compose.yaml`, compose]);
  return folderWith({ ...Object.fromEntries(files), "forbidden-ranges.yaml": POLICY });
}

describe("the SARIF report", () => {
  interface Log {
    runs: { results: unknown[]; tool: { driver: { rules: { id: string; helpUri: string; help: object }[] } } }[];
  }
  const runOf = (text: string) => {
    const log = JSON.parse(text) as Log;
    expect(isSarif(log), ajv.errorsText(isSarif.errors)).toBe(true);
    const [only] = log.runs;
    if (!only) throw new Error("there is no run");
    return only;
  };

  it("is valid, and names the place, the forbidden range and what a suggestion would write", () => {
    const { results } = runOf(reportOf(officeVpn(), "sarif"));
    const at = (uri: string) => ({ uri, uriBaseId: "SRCROOT" });
    const region = { startLine: 52, startColumn: 19, endLine: 52, endColumn: 33 };
    expect(results[1]).toEqual({
      ruleId: "compose-networks/no-forbidden-subnet",
      level: "error",
      properties: { outcome: "unreachable", home: { file: "compose.yaml", line: 52, column: 19 } },
      message: { text: MESSAGE },
      locations: [{ physicalLocation: { artifactLocation: at("compose.yaml"), region } }],
      relatedLocations: [
        {
          id: 0,
          physicalLocation: {
            artifactLocation: at("forbidden-ranges.yaml"),
            region: { startLine: 5, startColumn: 11 },
          },
          message: { text: 'the forbidden range "office LAN" (192.168.0.0/24)' },
        },
      ],
      fixes: [
        {
          description: { text: 'Renumber network "back" to 10.201.156.0/24; it is recreated on the next up.' },
          artifactChanges: [
            {
              artifactLocation: at("compose.yaml"),
              replacements: [{ deletedRegion: region, insertedContent: { text: "10.201.156.0/24" } }],
            },
          ],
        },
      ],
      partialFingerprints: { "composeNetworks/v1": expect.stringMatching(/^[0-9a-f]{32}$/) as string },
    });
  });

  it("describes every rule, with a page to read", () => {
    const { tool } = runOf(reportOf(folderWith({ "compose.yaml": CLEAN }), "sarif"));
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(ids).toContain("compose-networks/require-subnet");
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, helpUri } of tool.driver.rules) {
      expect(helpUri).toBe(
        `https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/${id.replace("compose-networks/", "rules/")}.md`,
      );
    }
  });

  it("is valid for a file that is no YAML, for none at all, and for names that are no URI", () => {
    expect(runOf(reportOf(folderWith({ "compose.yaml": "a: {\n" }), "sarif")).results).toMatchObject([
      { ruleId: "compose-networks/file", level: "error" },
    ]);
    expect(runOf(reportOf(folderWith(), "sarif")).results).toEqual([]);
    expect(runOf(reportOf(folderWith({ "my shop/#1/compose.yaml": OPEN }), "sarif")).results).toMatchObject([
      { locations: [{ physicalLocation: { artifactLocation: { uri: "my%20shop/%231/compose.yaml" } } }] },
    ]);
  });

  it("keeps the fingerprint of a finding that only moves, and has one for each finding", () => {
    const fingerprints = (compose: string): unknown[] =>
      runOf(reportOf(folderWith({ "compose.yaml": compose, "forbidden-ranges.yaml": POLICY }), "sarif")).results.map(
        (result) => (result as { partialFingerprints: object }).partialFingerprints,
      );
    const two = `${OPEN.trimEnd()}\n    networks: [a, b]\nnetworks: { a: , b: }\n`;
    expect(fingerprints(`# a comment\n${two}`)).toEqual(fingerprints(two));
    expect(new Set(fingerprints(two).map((print) => JSON.stringify(print))).size).toBe(2);
  });

  it("counts columns without a byte order mark", () => {
    const { results } = runOf(
      reportOf(folderWith({ "compose.yaml": `\uFEFF${COLLIDING}`, "forbidden-ranges.yaml": POLICY }), "sarif"),
    );
    const region = { startLine: 8, startColumn: 19, endLine: 8, endColumn: 33 };
    expect(results).toMatchObject([
      {
        locations: [{ physicalLocation: { region } }],
        fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: region }] }] }],
      },
    ]);
  });
});

describe("the report for GitHub", () => {
  it("annotates the line of each finding", () => {
    const [, second, summary] = reportOf(officeVpn(), "github").split("\n");
    expect(second).toBe(
      `::error file=compose.yaml,line=52,endLine=52,col=19,endColumn=33,title=compose-networks/no-forbidden-subnet::${MESSAGE}`,
    );
    expect(summary).toBe(
      "checked 1 file: 1 project, 2 networks; 2 errors; 1 fixable with --fix; policy file: forbidden-ranges.yaml",
    );
  });

  it("escapes what GitHub would read as the end of a command or of a property", () => {
    const folder = folderWith({ "100%, a:b/compose.yaml": OPEN.replace("services:", "# 50 %0A\nservices:") });
    const [line = ""] = reportOf(folder, "github").split("\n");
    expect(line).toMatch(/^::error file=100%25%2C a%3Ab\/compose\.yaml,line=2,/);
    expect(line.split("::")).toHaveLength(3);
  });

  it("keeps within ten annotations of a level, and counts the rest in the last one", () => {
    const lines = (count: number): string[] => reportOf(manyProjects(count, OPEN), "github").trimEnd().split("\n");
    expect(lines(10).filter((line) => line.startsWith("::error "))).toHaveLength(10);
    const eleven = lines(11).filter((line) => line.startsWith("::"));
    expect(eleven).toHaveLength(10);
    expect(eleven.at(-1)).toBe(
      "::error title=compose-networks::2 more errors in 2 files: GitHub shows 10 of a step. The log has them all.",
    );
  });

  it("comes by itself under GitHub Actions, behind the report for people", () => {
    const { stdout } = run(officeVpn(), [], { env: { GITHUB_ACTIONS: "true" } });
    const text = run(officeVpn(), []).stdout;
    expect(stdout.startsWith(text)).toBe(true);
    expect(stdout.slice(text.length)).toMatch(/^::error file=compose\.yaml,line=46,.*\n::error file=.*\n$/);
    expect(run(officeVpn(), ["--format", "text"], { env: { GITHUB_ACTIONS: "true" } }).stdout).toBe(text);
  });
});

describe("the report for GitLab", () => {
  it("lists each finding with its place and a fingerprint of its own", () => {
    const issues = JSON.parse(reportOf(officeVpn(), "gitlab")) as { fingerprint: string }[];
    expect(issues[1]).toEqual({
      description: MESSAGE,
      check_name: "compose-networks/no-forbidden-subnet",
      fingerprint: issues[1]?.fingerprint,
      severity: "major",
      location: { path: "compose.yaml", lines: { begin: 52, end: 52 } },
    });
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    for (const { fingerprint } of issues) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is an empty list when there is nothing to say", () => {
    expect(JSON.parse(reportOf(folderWith({ "compose.yaml": CLEAN }), "gitlab"))).toEqual([]);
  });
});

describe("the JUnit report", () => {
  interface Tag {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: readonly Tag[];
  }
  const tagOf = (element: Element): Tag => ({
    name: element.tagName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: [...element.children].map(tagOf),
  });
  const parse = (xml: string): Tag | null => {
    const { documentElement } = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, "text/xml");
    return documentElement && tagOf(documentElement);
  };

  it("makes a failed test of each finding", () => {
    const place = { name: "compose.yaml:52:19", file: "compose.yaml", line: "52" };
    expect(parse(reportOf(officeVpn(), "junit"))).toMatchObject({
      name: "testsuites",
      attributes: { tests: "2", failures: "2" },
      children: [
        {
          name: "testsuite",
          attributes: { name: "compose.yaml", tests: "2", failures: "2" },
          children: [
            { attributes: { classname: "compose-networks/require-subnet", name: "compose.yaml:46:3" } },
            {
              name: "testcase",
              attributes: { classname: "compose-networks/no-forbidden-subnet", ...place },
              children: [
                { name: "failure", attributes: { type: "error", message: `${place.name} ${MESSAGE}` }, children: [] },
              ],
            },
          ],
        },
      ],
    });
  });

  it("has one test that passed when there is nothing to say", () => {
    const counts = { tests: "1", failures: "0", errors: "0" };
    expect(parse(reportOf(folderWith({ "compose.yaml": CLEAN }), "junit"))).toEqual({
      name: "testsuites",
      attributes: { name: "compose-networks", ...counts },
      children: [
        {
          name: "testsuite",
          attributes: { name: "compose-networks", ...counts },
          children: [
            { name: "testcase", attributes: { classname: "compose-networks", name: "no findings" }, children: [] },
          ],
        },
      ],
    });
  });

  it("is XML whatever a network is called", () => {
    const key = "a<b>&\\\"'\\u0007\\uFFFE]]>";
    const compose = `services: { web: { image: nginx, networks: ["${key}"] } }\nnetworks: { "${key}": }\n`;
    const report = parse(reportOf(folderWith({ "compose.yaml": compose }), "junit"));
    const message = report?.children[0]?.children[0]?.children[0]?.attributes["message"];
    expect(message).toContain(`Network "a<b>&"'\\u0007\uFFFD]]>"`);
  });
});

describe.each(["sarif", "github", "gitlab", "junit"])("the report in the format %s", (format) => {
  it("leaves nothing of a file in it beside its networks", () => {
    const secret = OPEN.replace("image: nginx", "image: nginx\n    environment: { TOKEN: hunter2 }");
    const { stdout, status } = run(folderWith({ "compose.yaml": secret }), ["--format", format]);
    expect(status).toBe(1);
    expect(stdout).not.toContain("hunter2");
  });
});
