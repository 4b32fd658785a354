import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Puts a style on a text, where the reader can see it. */
export type Paint = (style: Style, text: string) => string;

export function painter(hasColors: boolean): Paint {
  return hasColors ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
