import type { Project } from "../compose/project/project.js";
import { positionAt, type Place } from "../kit/source.js";
import type { Refusal } from "../compose/read/scalar-text.js";
import { formatAddress, type AddressRange } from "../ipam/address.js";
import type { ForbiddenRange } from "../policy/policy.js";
import { formatLocation, isBuiltin, type PolicyFault } from "../policy/source-text.js";
import type { VariablePlaces } from "../workspace/projects/project-book.js";
import type { ProjectView } from "../workspace/view.js";

/** A second place that a finding is about, such as the entry of the forbidden range. Lines and columns start at 1. */
export interface RelatedPlace {
  /** Absolute, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly what: string;
}

/** `"office LAN" (192.168.0.0/24)`, or the range alone when nobody named it. */
export function nameRange({ name, written }: ForbiddenRange): string {
  return name === undefined ? written : `"${name}" (${written})`;
}

/** `forbidden-ranges.yaml:5:5, reached over the site-to-site VPN, owner netops@example.com`. */
export function originOfRange({ location, reason, owner }: ForbiddenRange, view: ProjectView): string {
  const place = formatLocation({ ...location, file: view.display(location.file) });
  return [place, reason, owner === undefined ? undefined : `owner ${owner}`].filter(Boolean).join(", ");
}

/** The entry of a range, for reports that link to it. A built-in list has no place. */
export function placesOfRange(range: ForbiddenRange): RelatedPlace[] {
  const { file, line, column } = range.location;
  return isBuiltin(file) ? [] : [{ file, line, column, what: `the forbidden range ${nameRange(range)}` }];
}

/** Why there is no edit: half of a policy says too little about which subnets are free. */
export function noSubnetProposed(fault: PolicyFault, view: ProjectView): string {
  const place = formatLocation({ ...fault, file: view.display(fault.file) });
  return `No subnet is proposed, since the forbidden-ranges file is faulty at ${place}.`;
}

/** `compose.yaml:4:7`, for the second place of a message. */
export function showPlace({ source, span }: Place, view: ProjectView): string {
  const { line, column } = positionAt(source, span[0]);
  return formatLocation({ file: view.display(source.path), line, column });
}

/** `DB_PASSWORD (set in .env:3)`, in place of the value. */
export function showVariables(names: readonly string[], view: ProjectView): string {
  return names
    .map((name) => {
      const isAlias = name.startsWith("*") || name === "<<";
      return `${name} (${isAlias ? "an alias" : describePlaces(view.placesOfVariable(name), view)})`;
    })
    .join(" and ");
}

/** The lines that set variables whose values are not shown, for reports that link to them. */
export function linesOfVariables(names: readonly string[], view: ProjectView): RelatedPlace[] {
  return names.flatMap((name) => {
    const places = view.placesOfVariable(name);
    if (places === "shell") return [];
    return places.map(({ file, line }) => ({ file, line, column: 1, what: `the value of ${name}` }));
  });
}

/** In the words of whoever refuses, and where the value is set that is not shown. */
export function showRefusal({ message, shown }: Refusal, view: ProjectView): string {
  return shown ? `${shown.message}, from ${showVariables(shown.variables, view)}` : message;
}

function describePlaces(places: VariablePlaces, view: ProjectView): string {
  if (places === "shell") return "set in the shell";
  const shown = places.map(({ file, line }) => `${view.display(file)}:${line}`);
  return shown.length === 0 ? "set by Compose" : `set in ${shown.join(" and ")}`;
}

export function showHosts({ first, last }: AddressRange): string {
  return first.value === last.value ? formatAddress(first) : `${formatAddress(first)}–${formatAddress(last)}`;
}

/** When another subnet comes to count. A stack leaves a network that is there as it is. */
export function whenItCounts({ stack }: Project): string {
  return stack
    ? 'a network that is there keeps its subnet until "docker stack rm"'
    : "the network is recreated on the next up";
}

/** Beside a message that says when. */
export function exceptionToThat({ stack }: Project): { readonly effect?: string } {
  return stack ? {} : { effect: 'Compose before 2.31 needs "docker compose down" first.' };
}
