import type { Edit } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import { VERSION } from "../kit/version.js";
import type { ForbiddenRange } from "../policy/policy.js";
import type { RelatedPlace } from "../remedy/wording.js";
import type { FileKind } from "../workspace/files/file-kinds.js";
import type { ProjectView } from "../workspace/view.js";
import type { Outcome, Subject } from "./finding.js";
import type { AboutFor, Message, PartsGivenTo } from "./message.js";
import { readOptions, type OptionShapes, type OptionsOf } from "./options.js";
import type { PlaceholdersIn, Values } from "../kit/placeholders.js";

export interface RuleDocs {
  readonly description: string;
  /** The first preset that has the rule, `false` when only `all` has it. */
  readonly recommended: "recommended" | "strict" | false;
  /** How the presets report it; `error` unless given. */
  readonly level?: "warn";
  /** What `strict` and `all` ask for beyond the defaults. */
  readonly optionsInStrict?: Readonly<Record<string, unknown>>;
}

export type Messages = Readonly<Record<string, Message>>;
/** What suggestions are called, by key. */
export type Titles = Readonly<Record<string, string>>;

/** A rule as it is written. */
export interface RuleSource<Shapes extends OptionShapes, Says extends Messages, Does extends Titles> {
  readonly name: string;
  readonly type: "problem" | "suggestion";
  readonly docs: RuleDocs;
  /** The files that the rule is about; compose files unless given. */
  readonly files?: FileKind;
  readonly options?: Shapes;
  readonly headlines: Says;
  readonly suggestions?: Does;
  /** Whether a report may bring a fix. */
  readonly fixable?: true;
  check(context: RuleContext<Shapes, Says, Does>): void;
}

export interface RuleContext<Shapes extends OptionShapes, Says extends Messages, Does extends Titles> {
  /** The project that the file belongs to, and all that is known round it. */
  readonly view: ProjectView;
  readonly options: OptionsOf<Shapes>;
  readonly report: (report: ReportOf<Says, Does>) => void;
}

/** A report, in one of the ways in which the rule may speak. */
export type ReportOf<Says extends Messages, Does extends Titles> = AnyReport & {
  readonly suggestions?: readonly SuggestionOf<Does>[];
} & { readonly [Id in keyof Says & string]: ReportSaying<Id, Says[Id]> }[keyof Says & string];

type ReportSaying<Id extends string, M extends Message | undefined> = M extends Message
  ? { readonly says: Id } & AboutOf<AboutFor<M>> & GivenTo<PartsGivenTo<M>>
  : never;

type AboutOf<About> = keyof About extends never ? { readonly about?: About } : { readonly about: About };

type GivenTo<Part extends string> = {
  readonly [Name in Exclude<Part, "origin">]: string;
} & ("origin" extends Part ? { readonly forbidden: ForbiddenRange } | { readonly origin: string } : unknown);

export type SuggestionOf<Does extends Titles> = AnySuggestion &
  {
    readonly [Id in keyof Does & string]: {
      readonly does: Id;
      readonly about: Readonly<Record<PlaceholdersIn<Does[Id] & string>, string>>;
    };
  }[keyof Does & string];

export interface AnySuggestion {
  readonly does: string;
  readonly about: Values;
  readonly edits: readonly Edit[];
}

export interface AnyReport {
  /** In whichever file: only findings in the file being linted are shown. */
  readonly at: Place;
  readonly says: string;
  readonly about?: Values;
  readonly outcome: Outcome;
  readonly consequence?: string;
  readonly advice?: string;
  /** Who forbids it: gives the message its origin, the finding its second place and its severity. */
  readonly forbidden?: ForbiddenRange | undefined;
  readonly origin?: string;
  /** Where it is as bad that the range only warns. */
  readonly severity?: "of the rule";
  readonly effect?: string | undefined;
  readonly related?: readonly RelatedPlace[];
  /** Where it is not what the message is about. */
  readonly subject?: Readonly<Partial<Record<keyof Subject, string>>>;
  readonly fix?: readonly Edit[] | undefined;
  readonly suggestions?: readonly AnySuggestion[];
}

/** At the tag of this release: the page on the main branch may be about another one. */
const DOCUMENTATION = `https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/rules`;

/** The page about a rule. */
export function documentationOf({ name }: Pick<Rule, "name">): string {
  return `${DOCUMENTATION}/${name}.md`;
}

/** A rule as the hosts run it: a plain object that has never heard of ESLint. */
export interface Rule {
  readonly name: string;
  readonly type: "problem" | "suggestion";
  readonly docs: RuleDocs;
  readonly files: FileKind;
  /** Undefined for a rule that takes none. */
  readonly options: OptionShapes | undefined;
  readonly headlines: Messages;
  readonly suggestions: Titles;
  readonly fixable: boolean;
  /** @param options As somebody wrote them. */
  readonly check: (view: ProjectView, options: unknown, report: (report: AnyReport) => void) => void;
}

/** A rule without options or suggestions has none of any name. */
type None = Readonly<Record<string, never>>;

export function defineRule<
  const Says extends Messages,
  const Does extends Titles = None,
  const Shapes extends OptionShapes = None,
>(source: RuleSource<Shapes, Says, Does>): Rule {
  const { name, type, docs, files = "compose", options: shapes, headlines, suggestions, fixable = false } = source;
  // Of a thousand files, hardly any has a comment with options of its own.
  let last: { readonly given: unknown; readonly options: OptionsOf<Shapes> } | undefined;
  const optionsFor = (given: unknown): OptionsOf<Shapes> => {
    if (last?.given !== given || !last) last = { given, options: readOptions(shapes, given) };
    return last.options;
  };
  return {
    name,
    type,
    docs,
    files,
    options: shapes,
    headlines,
    suggestions: suggestions ?? {},
    fixable,
    check: (view, given, report) => source.check({ view, options: optionsFor(given), report }),
  };
}
