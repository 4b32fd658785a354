import type { FileProblem, RulesConfig, TraversalStep } from "@eslint/core";
import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from "@eslint/plugin-kit";

import type { ComposeFile } from "../compose/read/compose-file.js";
import type { ComposeFileNode, ComposeNode } from "../compose/read/nodes.js";
import { readComments, steeringComments, type Comment } from "../lint/comments.js";
import { kindOf } from "../lint/directives.js";
import { bindComposeFile } from "./source-files.js";
import { steps } from "./walk.js";

const PARSER = new ConfigCommentParser();

/** A compose file as ESLint sees it: the tree, and the comments that steer ESLint. */
export class ComposeSourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>;
  RootNode: ComposeFileNode;
  SyntaxElementWithLoc: ComposeNode | Comment;
  ConfigNode: Comment;
}> {
  override readonly ast: ComposeFileNode;
  readonly #parents = new Map<ComposeNode, ComposeNode | undefined>();
  #comments: readonly Comment[] | undefined;
  #steering: Comment[] | undefined;
  #steps: TraversalStep[] | undefined;

  constructor(
    readonly composeFile: ComposeFile,
    ast: ComposeFileNode,
  ) {
    super({ text: composeFile.source.text, ast });
    this.ast = ast;
    bindComposeFile(this, composeFile);
  }

  /** Read on demand: hardly any file has a comment that matters, and finding them means to read the text again. */
  get comments(): readonly Comment[] {
    this.#comments ??= readComments(this.composeFile.source);
    return this.#comments;
  }

  override getParent(node: ComposeNode): ComposeNode | undefined {
    this.traverse();
    return this.#parents.get(node);
  }

  override getAncestors(node: ComposeNode): ComposeNode[] {
    const ancestors: ComposeNode[] = [];
    for (let above = this.getParent(node); above; above = this.getParent(above)) ancestors.unshift(above);
    return ancestors;
  }

  getInlineConfigNodes(): Comment[] {
    this.#steering ??= steeringComments(this.composeFile.source);
    return this.#steering;
  }

  getDisableDirectives(): { directives: Directive[]; problems: never[] } {
    const directives = this.getInlineConfigNodes().flatMap((node) => {
      const { label, value, justification } = PARSER.parseDirective(node.value) ?? {};
      const type = label === undefined ? undefined : kindOf(label);
      return type ? [new Directive({ type, node, value: value ?? "", justification: justification ?? "" })] : [];
    });
    return { directives, problems: [] };
  }

  applyInlineConfig() {
    const configs: { config: { rules: RulesConfig }; loc: Comment["loc"] }[] = [];
    const problems: FileProblem[] = [];
    for (const { value: comment, loc } of this.getInlineConfigNodes()) {
      const { label, value } = PARSER.parseDirective(comment) ?? {};
      if (label !== "eslint" || value === undefined) continue;
      const parsed = PARSER.parseJSONLikeConfig(value);
      if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc });
      else problems.push({ ruleId: null, message: parsed.error.message, loc });
    }
    return { configs, problems };
  }

  override traverse(): TraversalStep[] {
    this.#steps ??= [...steps(this.ast)].map(({ phase, node, parent }) => {
      this.#parents.set(node, parent);
      return new VisitNodeStep({ target: node, phase: phase === "enter" ? 1 : 2, args: [node, parent] });
    });
    return this.#steps;
  }

  // What follows belongs to JavaScript. A configuration without `files` switches ESLint's own rules on for our files
  // too, and some of them ask for these before they look at a single node.

  readonly parserServices = {};
  readonly scopeManager = null;

  getAllComments(): Comment[] {
    return [];
  }

  getScope() {
    return { ...GLOBAL_SCOPE, block: this.ast };
  }

  getTokens(): never[] {
    return [];
  }

  /** Where nothing is JavaScript, nothing refers to a global. */
  isGlobalReference(): boolean {
    return false;
  }
}

const GLOBAL_SCOPE = {
  type: "global",
  isStrict: false,
  upper: null,
  childScopes: [],
  variables: [],
  references: [],
  through: [],
  set: new Map(),
};
