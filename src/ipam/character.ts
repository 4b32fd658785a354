/** Names one character of a faulty text, so that one that nobody sees is seen in the message. */
export function nameCharacter(character: string): string {
  if (character === " ") return "a space";
  if (character === "\t") return "a tab";
  if (/[\p{C}\p{Z}]/u.test(character)) {
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `the character U+${point}`;
  }
  return `"${character}"`;
}
