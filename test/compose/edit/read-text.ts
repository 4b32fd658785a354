import { parseComposeFile, type ComposeFile } from "../../../src/compose/read/compose-file.js";
import type { Network } from "../../../src/compose/project/network.js";
import { buildProject, type Project } from "../../../src/compose/project/project.js";
import type { Variables } from "../../../src/compose/read/interpolate.js";
import { loadModel } from "../../../src/compose/project/load-model.js";

export interface ReadText {
  readonly file: ComposeFile;
  readonly project: Project;
}

/** The project that a file alone makes. A text that is no YAML fails the test. */
export function readText(text: string, variables: Variables = new Map(), path = "/srv/compose.yaml"): ReadText {
  const parsed = parseComposeFile(path, text);
  if (!parsed.ok) throw new Error(`no YAML: ${parsed.problem.message}\n${text}`);
  const { file } = parsed;
  const model = loadModel(
    { paths: [path], directory: "/srv", variables, version: "2.40" },
    { load: (asked) => (asked === path ? file : undefined), environment: () => undefined },
  );
  return { file, project: buildProject({ model, directory: "/srv", variables, isOverride: false }) };
}

export function networkIn({ project }: ReadText, key: string): Network {
  const network = project.networks.find((candidate) => candidate.key === key);
  if (!network) throw new Error(`no network "${key}"`);
  return network;
}
