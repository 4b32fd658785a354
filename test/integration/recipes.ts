import { readFileSync } from "node:fs";

/** The fenced blocks of a page, in their order. */
function recipesIn(page: string): { readonly language: string; readonly text: string }[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language = "", block = ""]) => ({
    language,
    text: block,
  }));
}

/** The first block of a page that holds a text. */
export function recipeWith(page: string, sign: string): string {
  const recipe = recipesIn(page).find(({ text }) => text.includes(sign));
  if (!recipe) throw new Error(`${page} has no block with ${sign}`);
  return recipe.text;
}
