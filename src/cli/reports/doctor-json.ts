import { formatPrefix } from "../../ipam/prefix.js";
import type { Diagnosis } from "../../host/diagnose.js";
import type { RouteAnswer } from "../../host/route-answer.js";
import { stringifyPrintably } from "../terminal/printable.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
const VERSION = 1;

export function doctorAsJson(
  { snapshot, findings, next, networks }: Diagnosis,
  answer: RouteAnswer | undefined,
): string {
  return stringifyPrintably({
    version: VERSION,
    takenAt: snapshot.takenAt,
    ...(answer && { answer }),
    findings: findings.map(({ kind, severity, headline, details, network, addresses, cure }) => ({
      kind,
      severity,
      message: headline,
      details,
      network: network ?? null,
      addresses: addresses ?? null,
      cure: cure.map(({ command, effect }) => ({ command: command ?? null, effect })),
    })),
    next: next
      ? { order: next.order, picks: next.picks.map(formatPrefix), free: next.free.length, total: next.total }
      : null,
    networks: networks.map(({ known, device, subnets, containers }) => ({
      name: known?.name ?? null,
      device: device ?? null,
      subnets: subnets.map(formatPrefix),
      project: known?.project ?? null,
      containers: containers.length,
    })),
    notChecked: snapshot.missing.map(({ what, why }) => ({ what, reason: why })),
  });
}
