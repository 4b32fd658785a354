import { posix } from "node:path";

import { describe, expect, it } from "vitest";

import { pages, textOf } from "./pages.js";

/** The pages of the repository that a page links to. */
function linksOf(page: string): string[] {
  return [...textOf(page).matchAll(/\]\((?![a-z]+:)([^)#\s]+)/g)].map(([, target = ""]) =>
    posix.join(posix.dirname(page), target),
  );
}

describe("the documentation", () => {
  const oneClick = linksOf("README.md");
  const twoClicks = new Set([...oneClick, ...oneClick.filter((page) => pages().includes(page)).flatMap(linksOf)]);

  it.each(pages().filter((page) => page.startsWith("docs/")))("leads from README to %s in two clicks", (page) => {
    expect(twoClicks).toContain(page);
  });
});
