import { formatPrefix } from "../../ipam/prefix.js";
import type { Diagnosis } from "../../host/diagnose.js";
import type { CureStep, HostFinding } from "../../host/findings/finding.js";
import type { RouteAnswer } from "../../host/route-answer.js";
import { addTo } from "../../kit/group.js";
import { count } from "../terminal/count.js";
import type { Paint } from "../terminal/paint.js";
import { printable, printableLineStart } from "../terminal/printable.js";

const STYLES = { error: "red", warning: "yellow", note: "cyan" } as const;

/** The findings, those of one network together with one cure, and a line that counts. */
export function doctorAsText(diagnosis: Diagnosis, answer: RouteAnswer | undefined, paint: Paint): string {
  const groups = new Map<string, HostFinding[]>();
  for (const [index, finding] of diagnosis.findings.entries()) {
    addTo(groups, finding.network === undefined ? `${index}` : `network ${finding.network}`, finding);
  }
  const blocks = [
    ...(answer ? [answerLines(answer)] : []),
    ...[...groups.values()].map((findings) => findingLines(findings, paint)),
    ...(diagnosis.snapshot.missing.length > 0 ? [missingLines(diagnosis, paint)] : []),
    summaryLines(diagnosis),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function answerLines({ sentences, cure }: RouteAnswer): string[] {
  return [...sentences.map(line), ...cureLines(cure)];
}

function findingLines(findings: readonly HostFinding[], paint: Paint): string[] {
  const told = new Set<string>();
  const lines = findings.flatMap(({ severity, headline, details }) => {
    const fresh = details.filter((detail) => !told.has(detail));
    for (const detail of fresh) told.add(detail);
    return [
      `${paint([STYLES[severity], "bold"], severity)}  ${printable(headline)}`,
      ...fresh.map((detail) => line(`   ${detail}`)),
    ];
  });
  return [...lines, ...cureLines(findings.find(({ cure }) => cure.length > 0)?.cure ?? [])];
}

function cureLines(cure: readonly CureStep[]): string[] {
  if (cure.length === 0) return [];
  return [
    "   what to do:",
    ...cure.flatMap(({ command, effect }) =>
      command === undefined ? [`     ${effect}`] : [`     ${command}`, `         ${effect}`],
    ),
  ].map(line);
}

function missingLines({ snapshot }: Diagnosis, paint: Paint): string[] {
  return snapshot.missing.map(({ what, why }) => `${paint("bold", "not checked")}  ${printable(`${what}: ${why}`)}`);
}

function summaryLines({ snapshot, networks, next, findings }: Diagnosis): string[] {
  const { engine, routes, peers } = snapshot;
  const release = engine?.release === undefined ? "" : ` ${printable(engine.release)}`;
  const docker = engine
    ? `${count(networks.length, "network")} of Docker${release}`
    : count(networks.length, "Docker bridge");
  const amount = (severity: HostFinding["severity"]): number =>
    findings.filter((each) => each.severity === severity).length;
  const parts = [count(routes.length, "route"), docker, count(peers.length, "open connection")];
  return [
    ...(next ? [nextLine(next)] : []),
    `looked at ${parts.join(", ")}: ${count(amount("error"), "error")}, ${count(amount("warning"), "warning")}, ${count(amount("note"), "note")}`,
  ];
}

function nextLine({ order, picks, free, total }: NonNullable<Diagnosis["next"]>): string {
  const [first] = picks;
  if (!first) return `next automatic subnet: none, all ${total} are used`;
  const left = `${free.length} of ${total} left`;
  return order === "lowest"
    ? `next automatic subnet: ${formatPrefix(first)} (${left})`
    : `next automatic subnet: one of ${free.length} (${left}), such as ${formatPrefix(first)}`;
}

/** What labels and programs say is shown, and not obeyed. */
function line(text: string): string {
  return printableLineStart(printable(text));
}
