import { formatPrefix, rangeOf } from "../../ipam/prefix.js";
import { formatRange } from "../../ipam/range.js";
import { joinPath } from "../../kit/paths.js";
import { formatLocation } from "../../policy/source-text.js";
import { shownPath } from "../../workspace/files/paths.js";
import type { Plan } from "../../workspace/plan/plan.js";
import type { PlanPool } from "../../workspace/plan/plan-space.js";
import { workspaceFor } from "../workspaces.js";
import { allowedFiles } from "../arguments/bounds.js";
import { count as counted } from "../terminal/count.js";
import { EXIT_CODES, type ExitCode } from "../terminal/exit-code.js";
import type { FreeRequest } from "../arguments/free.js";
import { allNotChecked, reportLeftOut } from "../files/not-checked.js";
import { complainOfPolicies, GoverningPolicies } from "../files/policies.js";
import { describeRoom } from "../reports/room.js";
import { cutQuotes, printable } from "../terminal/printable.js";
import { complain, type Terminal } from "../terminal/terminal.js";

/** Shows what is left of the pools, and who has the rest. */
export function free(request: FreeRequest, terminal: Terminal): ExitCode {
  const { cwd, stdout } = terminal;
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) {
    complain(terminal, allowed.fault);
    return EXIT_CODES.trouble;
  }
  const workspace = workspaceFor({ cwd, ...allowed.value });
  const policies = new GoverningPolicies({ files: [], governed: [cwd], ignored: [] }, workspace);
  if (complainOfPolicies(policies, terminal)) return EXIT_CODES.trouble;
  const reading = workspace.policyFor(joinPath(cwd, "compose.yaml"));
  const pools = reading.kind === "policy" ? reading.scoped.policy.pools : [];
  if (reading.kind !== "policy" || pools.length === 0) {
    complain(terminal, 'no pool is declared: write "pools" into forbidden-ranges.yaml');
    return EXIT_CODES.trouble;
  }
  const plan = workspace.planBelow(reading.scoped);
  let found = 0;
  for (const pool of pools) {
    const subnets = [...take(plan.freeIn(sized(pool, request)), request.count)];
    found += subnets.length;
    const place = formatLocation({ ...pool.location, file: shownPath(cwd, pool.location.file) });
    const users = pool.for ? `, for ${pool.for.join(", ")}` : "";
    const lines = [
      `${formatPrefix(pool.prefix)}  (${place}${users})`,
      ...subnets.map((subnet) => `  free     ${formatPrefix(subnet)}`),
      ...(subnets.length === 0 ? [`  no /${sized(pool, request).length} is free`] : []),
      ...takenIn(pool, plan),
    ];
    stdout.write(`${lines.map((line) => printable(cutQuotes(line))).join("\n")}\n\n`);
  }
  const isTroubled = reportLeftOut(allNotChecked([], workspace, new Set()), [], terminal);
  stdout.write(describeRoom(workspace.loadBelow(reading.scoped)));
  stdout.write(`${counted(found, "free subnet")} shown of ${counted(pools.length, "pool")}\n`);
  if (isTroubled) return EXIT_CODES.trouble;
  return found > 0 ? EXIT_CODES.clean : EXIT_CODES.findings;
}

function sized(pool: PlanPool, { length }: FreeRequest): PlanPool {
  return { ...pool, length: length ?? pool.length };
}

function takenIn({ prefix }: PlanPool, plan: Plan): string[] {
  return plan.holdersIn(rangeOf(prefix)).map(({ kind, range, by }) => {
    const word = kind === "planned" ? "planned" : "taken";
    return `  ${word.padEnd(7)}  ${formatRange(range)}  ${by}`;
  });
}

function* take<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken >= most) return;
  }
}
