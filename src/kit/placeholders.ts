/** The names between double braces in a template: `"{{subnet}} of {{network}}"` has `subnet` and `network`. */
export type PlaceholdersIn<Template extends string> = Template extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;

/** What fills the placeholders, by name. */
export type Values = Readonly<Record<string, string>>;

/** As ESLint fills a message: a name without a value stays as it is written. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{\{(\w+)\}\}/g, (written, name: string) => values[name] ?? written);
}
