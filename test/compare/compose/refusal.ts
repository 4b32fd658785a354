import type { Project } from "../../../src/compose/project/project.js";

/** What our model says of a project that Compose refuses for something that decides about networks. */
export type Knowledge =
  /** The same, or that the text is no YAML. */
  | "same"
  /** Something else that is wrong with it. */
  | "other"
  /** That a part of it is not known. */
  | "open"
  /** Nothing: the one answer that is wrong. */
  | "fine";

/** @param ours The model, or why our parser can't read the text. */
export function knowledgeOf(ours: Project | string, message: string): Knowledge {
  if (typeof ours === "string") return "same";
  const refusals = ours.refusals.filter(({ by }) => by === "compose");
  const subjects = new Set(subjectsIn(message));
  if (refusals.some((refusal) => subjectsIn(refusal.message).some((subject) => subjects.has(subject)))) return "same";
  if (ours.refusals.length > 0) return "other";
  return isSure(ours) ? "fine" : "open";
}

/** The services and networks that a message names, and the phrases of those that name none. */
function subjectsIn(message: string): string[] {
  const paths = message.match(/\b(?:networks|services)\.[\w-]+/g) ?? [];
  const services = [...message.matchAll(/\bservice "?([\w-]+)/g)].map(([, name = ""]) => `services.${name}`);
  const phrases = message.match(/Circular reference|include cycle|on-string key|`?include`? must be/g) ?? [];
  return [...paths, ...services, ...phrases];
}

/** Whether the model has nothing that it doesn't know. */
function isSure({ networks, services, fragment, unread }: Project): boolean {
  const sure = networks.every(
    ({ existence, ipv4, ipv6 }) => existence.kind !== "unknown" && ipv4.mode !== "unknown" && ipv6.mode !== "unknown",
  );
  return sure && unread === undefined && fragment === undefined && !services.some(({ joinsMore }) => joinsMore);
}
