import { fill, type PlaceholdersIn, type Values } from "../kit/placeholders.js";

/** What a rule says in one case, in parts. Each part is a template, and no part but the advice has a full stop. */
export interface MessageParts {
  /** What is wrong. */
  readonly headline: string;
  /** What breaks: a clause after the headline. */
  readonly consequence?: string;
  /** Who forbids it, in parentheses. */
  readonly origin?: string;
  /** Who refuses it: a sentence of its own. */
  readonly verdict?: string;
  /** What to do: whole sentences. */
  readonly advice?: string;
}

/** A headline alone: the report gives its consequence and its advice. */
export type Message = string | MessageParts;

/** The templates of a message, those that a lone headline stands for as well. */
type TemplatesOf<M extends Message> = M extends string
  ? M | "{{consequence}}" | "{{advice}}"
  : Extract<M[keyof M], string>;

/** The parts that a report gives as a whole, each in a field of its own. */
export type PartsGivenTo<M extends Message> =
  | Extract<PlaceholdersIn<TemplatesOf<M>>, "consequence" | "advice">
  | (M extends { readonly origin: string } ? "origin" : never);

export type AboutFor<M extends Message> = Readonly<
  Record<Exclude<PlaceholdersIn<TemplatesOf<M>>, PartsGivenTo<M>>, string>
>;

/** A message about a forbidden range: the report says which one. */
export function forbidding<const Headline extends string>(headline: Headline) {
  return {
    headline,
    consequence: "{{consequence}}",
    origin: "forbidden in {{origin}}",
    advice: "{{advice}}",
  } as const;
}

/** A message without a consequence of its own. */
export function advising<const Headline extends string>(headline: Headline) {
  return { headline, advice: "{{advice}}" } as const;
}

export function partsOf(message: Message): MessageParts {
  if (typeof message !== "string") return message;
  return { headline: message, consequence: "{{consequence}}", advice: "{{advice}}" };
}

/** The same parts with their placeholders filled. */
export function fillParts(message: Message, values: Values): MessageParts {
  const { headline, ...others } = partsOf(message);
  const filled: Partial<Record<string, string>> = {};
  for (const [part, template] of Object.entries(others)) filled[part] = fill(template, values);
  return { headline: fill(headline, values), ...filled };
}

/** One sentence after the other, for readers that have no room for parts, such as ESLint. */
export function sentenceOf({ headline, consequence, origin, verdict, advice }: MessageParts): string {
  return [
    headline,
    consequence === undefined ? "" : `: ${consequence}`,
    origin === undefined ? "" : ` (${origin})`,
    ".",
    verdict === undefined ? "" : ` ${verdict}.`,
    advice === undefined ? "" : ` ${advice}`,
  ].join("");
}
