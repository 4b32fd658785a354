import type { ExplainRequest } from "../../arguments/explain.js";
import type { ExitCode } from "../../terminal/exit-code.js";
import type { Terminal } from "../../terminal/terminal.js";

/** Shows the page of a rule, or what there is to know about addresses. */
export async function explain(request: ExplainRequest, terminal: Terminal): Promise<ExitCode> {
  const { subject } = request;
  if (subject.kind === "rule") {
    const { explainRule } = await import("./explain-rule.js");
    return explainRule(subject.name, terminal);
  }
  const { explainBlock } = await import("./explain-block.js");
  return explainBlock(subject.prefix, request, terminal);
}
