/** What Jinja, Go, ERB and their like put into a text: another program makes a compose file of it. */
const PLACEHOLDER = /\{\{|\{%|<%/;

export function looksLikeTemplate(text: string): boolean {
  return PLACEHOLDER.test(text);
}
