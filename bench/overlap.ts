import { performance } from "node:perf_hooks";

import { parseComposeFile } from "../src/compose/read/compose-file.js";
import { pinnedSubnets } from "../src/compose/engine/conflicts.js";
import { buildProject, type Project } from "../src/compose/project/project.js";
import { RivalBook } from "../src/workspace/rivals.js";
import { median } from "./measure.js";
import { loadModel } from "../src/compose/project/load-model.js";

/*
 * How the search for overlapping subnets grows: every network of 10,000 projects held against all others, and the same
 * with 5,000. Pairs would cost four times as much.
 */

const sizes = [5000, 10_000] as const;
const atMost = 3;
const repetitions = 5;

interface Layout {
  readonly name: string;
  /** The subnet of the project with a number. */
  readonly subnetOf: (index: number) => string;
  /** Of every project: those that publish the same one never run together. */
  readonly port?: string;
}

const layouts: readonly Layout[] = [
  { name: "a subnet each", subnetOf: scattered },
  { name: "the same subnet for all", subnetOf: () => "10.7.3.0/24" },
  { name: "the same subnet for all, and the same port", subnetOf: () => "10.7.3.0/24", port: "80:80" },
  { name: "one subnet around all others", subnetOf: (index) => (index === 0 ? "10.0.0.0/8" : scattered(index)) },
];

function scattered(index: number): string {
  return `10.${index >> 8}.${index & 255}.0/24`;
}

let isMissed = false;
for (const layout of layouts) {
  const { name } = layout;
  const workspaces = sizes.map((size) => Array.from({ length: size }, (_, index) => projectOf(index, layout)));
  for (const projects of workspaces) search(projects);
  const times = sizes.map((): number[] => []);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    workspaces.forEach((projects, place) => times[place]?.push(search(projects)));
  }
  const [less = NaN, more = NaN] = times.map(median);
  const ratio = more / less;
  isMissed ||= !(ratio <= atMost);
  console.log(
    `${ratio <= atMost ? "ok    " : "missed"}  ${name}: 10,000 networks in ${more.toFixed(1)} ms, 5,000 in ${less.toFixed(1)} ms: ${ratio.toFixed(2)}, at most ${atMost}`,
  );
}
process.exitCode = isMissed ? 1 : 0;

/** A project in a directory of its own. */
function projectOf(index: number, { subnetOf, port }: Layout): Project {
  const directory = `/workspace/project-${index}`;
  const path = `${directory}/compose.yaml`;
  const ports = port === undefined ? "" : `ports: ["${port}"], `;
  const text = `services: { web: { image: caddy, ${ports}networks: [front] } }
networks: { front: { ipam: { config: [{ subnet: ${subnetOf(index)} }] } } }
`;
  const parsed = parseComposeFile(path, text);
  if (!parsed.ok) throw new Error(`${path} is no YAML`);
  const variables = new Map<string, string>();
  const model = loadModel(
    { paths: [path], directory, variables, version: "2.40" },
    { load: () => parsed.file, environment: () => undefined },
  );
  return buildProject({ model, directory, variables, isOverride: false });
}

/** @returns the time in milliseconds, with that for the index. */
function search(projects: readonly Project[]): number {
  const survey = new Map(
    projects.map((project): [string, Project[]] => [project.main[0]?.source.path ?? "", [project]]),
  );
  const territory = { root: "/workspace", scoped: undefined };
  const surroundings = { identityOf: (path: string) => path, territoryOf: () => territory, isFaulty: () => false };
  const book = new RivalBook({ everythingAround: () => survey }, surroundings);
  const start = performance.now();
  for (const project of projects) {
    const [file] = project.main;
    if (file) for (const own of pinnedSubnets(project)) book.rivalOf(own, file, territory);
  }
  return performance.now() - start;
}
