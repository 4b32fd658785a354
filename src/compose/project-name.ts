import type { ComposeFile } from "./compose-file.js";
import { interpolate, type Variables } from "./interpolate.js";
import { baseName } from "./paths.js";
import { asScalar, child } from "./value.js";

export interface ProjectName {
  readonly name: string;
  /** The same for people, without the values of variables. */
  readonly shown: string;
  /** Whether a file or `COMPOSE_PROJECT_NAME` says it, rather than the directory. */
  readonly named: boolean;
}

/**
 * The name that Compose gives a project unless somebody passes another: `COMPOSE_PROJECT_NAME`, then the last `name`
 * of the files (included ones don't count), then the directory (compose-go, loader.projectName).
 */
export function projectNameOf(files: readonly ComposeFile[], directory: string, variables: Variables): ProjectName {
  const chosen = variables.get(PROJECT_NAME_VARIABLE);
  const written = chosen ? undefined : lastName(files);
  const interpolated = interpolate(chosen ? "" : (written ?? ""), variables);
  const read = interpolated.kind === "text" ? interpolated.text : "";
  const own = normalizeProjectName(chosen || read);
  const name = own || normalizeProjectName(baseName(directory));
  const isHidden = own !== "" && interpolated.kind === "text" && interpolated.set.length > 0;
  return { name, shown: isHidden ? (written ?? name) : name, named: own !== "" };
}

/** Compose sets it before it puts variables into the files. Its value is a name, whoever sets it, and no secret. */
export const PROJECT_NAME_VARIABLE = "COMPOSE_PROJECT_NAME";

function lastName(files: readonly ComposeFile[]): string | undefined {
  const names = files.flatMap(({ documents }) =>
    documents.flatMap(({ root }) => {
      const name = asScalar(child(root, "name"))?.value;
      return typeof name === "string" && name !== "" ? [name] : [];
    }),
  );
  return names.at(-1);
}

/** Lower case, only `a-z0-9_-`, and no dash or underscore in front (compose-go, loader.NormalizeProjectName). */
function normalizeProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
