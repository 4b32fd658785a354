import { execFileSync, spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";

import { snapshotAsJson } from "../../../src/host/snapshot-json.js";
import { hostWith, network } from "../../host/host-with.js";
import { folderWith, officeVpn, OPEN, run } from "../command.js";

const PICTURE = `10.0.0.0/8       │                                                  ▓             │ 1 cell = /14
  10.201.0.0/16  │○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○○▓○○○○○○○○○○○○○○○○○○○○○○○○○│ 1 cell = /22
172.16.0.0/12    │    ····▒·······················································│ 1 cell = /18
192.168.0.0/16   │✗·······························································│ 1 cell = /22
  192.168.0.0/22 │✗✗✗✗✗✗✗✗✗✗✗✗✗✗✗✗················································│ 1 cell = /28

✗ collision  ▓ planned network  ▒ forbidden  ○ pool  · Docker may pick

  ▓ shop_front  10.201.155.0/24  compose.yaml:46:3
  ✗ shop_back   192.168.0.0/24   compose.yaml:52:19  overlaps the forbidden range "office LAN" (192.168.0.0/24)

10.201.0.0/16: the largest free block is 10.201.0.0/17; free: 1 × /17, 1 × /18, 1 × /19, 1 × /20, 1 × /21, 1 × /22, 1 × /23, 1 × /24

drawn: 2 subnets, 0 automatic, 1 collision
`;

describe("map", () => {
  it("draws the example project", () => {
    expect(run(officeVpn(), ["map"])).toEqual({ status: 0, stdout: PICTURE, stderr: "" });
  });

  it("says the same in colour", () => {
    const { stdout } = run(officeVpn(), ["map"], { env: { FORCE_COLOR: "1" } });
    // eslint-disable-next-line no-control-regex -- the colours
    expect(stdout.replace(/\u001b\[\d+m/g, "")).toBe(PICTURE);
    expect(stdout).not.toBe(PICTURE);
  });

  it("shows what Docker will pick where nobody planned", () => {
    const { status, stdout } = run(folderWith({ "compose.yaml": `name: shop\n${OPEN}` }), ["map"]);
    expect(status).toBe(0);
    expect(stdout).toContain("  ? shop_default  automatic  compose.yaml:2:1  Docker picks its subnet\n");
  });

  it("draws several repositories in one picture", () => {
    const folder = officeVpn();
    const list = run(folder, ["list", "--format", "json"]).stdout;
    const both = folderWith({ "one.json": list, "two.json": list });
    const { status, stdout } = run(both, ["map", "--from", "one.json", "--from", "two.json"]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      '  ✗ one: shop_back   192.168.0.0/24   one: compose.yaml:52:19  overlaps network "two: shop_back" (192.168.0.0/24)\n',
    );
    expect(stdout).toContain("drawn: 4 subnets, 0 automatic, 4 collisions\n");
  });

  it("lays the networks of a host beside those of the files", () => {
    const folder = officeVpn();
    const snapshot = hostWith({ networks: [network("old_default", "10.201.155.0/24")] });
    folder.write("host.json", JSON.stringify(snapshotAsJson(snapshot)));
    const { stdout } = run(folder, ["map", "--from", "host.json"]);
    expect(stdout).toContain(
      '  ✗ shop_front   10.201.155.0/24  compose.yaml:46:3   overlaps network "old_default" (10.201.155.0/24)\n',
    );
  });

  it.each([
    ["JSON of another kind", "{}", "x.json:1:1: it is neither the output of compose-networks list --format json nor"],
    ["no JSON", "hello", "x.json:1:1: it is neither"],
  ])("refuses %s", (_, text, message) => {
    const { status, stdout, stderr } = run(folderWith({ "x.json": text }), ["map", "--from", "x.json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("exits with 3 where there is no network", () => {
    expect(run(folderWith(), ["map"]).status).toBe(3);
  });
});

const chromium = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

/** Does in the page what a person does, and tells what is then seen. */
const VISITOR = `
  const seen = {};
  const lanes = [...document.querySelectorAll("svg.lane")];
  const press = (lane, key) => lane.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const ends = (lane) => [...lane.parentElement.querySelectorAll(".end")].map((end) => end.textContent).join("–");
  lanes[3].querySelector("rect.explicit").dispatchEvent(new MouseEvent("click", { bubbles: true }));
  seen.clicked = ends(lanes[3]);
  press(lanes[3], "Escape");
  seen.escaped = ends(lanes[3]);
  press(lanes[0], "+"); press(lanes[0], "ArrowRight");
  seen.moved = ends(lanes[0]);
  document.querySelectorAll("button.find")[1].click();
  seen.found = document.activeElement.getAttribute("aria-label") + " " + ends(document.activeElement);
  const search = document.querySelector("#search");
  search.value = "shop_front";
  search.dispatchEvent(new Event("input"));
  seen.rows = [...document.querySelectorAll("tbody tr")].filter((row) => !row.hidden).map((row) => row.cells[0].textContent);
  seen.bright = document.querySelectorAll("svg.lane rect:not(.dim):not(.collision)").length;
  seen.requests = performance.getEntriesByType("resource").length;
  seen.isWider = document.documentElement.scrollWidth > innerWidth;
  document.body.textContent = JSON.stringify(seen);
`;

describe(`the page in Chromium${chromium === undefined ? " (skipped: there is none here)" : ""}`, () => {
  it.skipIf(chromium === undefined).each([
    [1280, 900],
    [390, 800],
    [1920, 1080],
  ])("zooms, searches, obeys the keyboard and asks nobody, at %i × %i", (width, height) => {
    const folder = officeVpn();
    const html = run(folder, ["map", "--format", "html"]).stdout;
    folder.write("map.html", html.replace("</body>", `<script>${VISITOR}</script></body>`));
    const dom = execFileSync(
      chromium ?? "",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--window-size=${width},${height}`,
        "--dump-dom",
        pathToFileURL(folder.at("map.html")).href,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, HOME: folder.path } },
    );
    const [, text = ""] = /<body>(.*)<\/body>/s.exec(dom) ?? [];
    expect(JSON.parse(text)).toEqual({
      clicked: "192.168.0.0–192.168.4.255",
      escaped: "192.168.0.0–192.168.255.255",
      moved: "10.96.0.0–10.223.255.255",
      found: "192.168.0.0/22, enlarged 192.168.0.0–192.168.3.255",
      rows: ["shop_front"],
      bright: 2,
      requests: 0,
      isWider: false,
    });
  });
});
