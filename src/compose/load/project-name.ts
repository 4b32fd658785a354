import type { ComposeFile } from "../read/compose-file.js";
import { interpolate, type Variables } from "../read/interpolate.js";
import { baseName } from "../../kit/paths.js";
import { showScalar } from "../read/shown.js";
import { asScalar, child, type ScalarValue } from "../read/value.js";

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
  const scalar = chosen ? undefined : lastName(files);
  const written = scalar && String(scalar.value);
  const interpolated = interpolate(chosen ? "" : (written ?? ""), variables);
  const read = interpolated.kind === "text" ? interpolated.text : "";
  const own = normalizeProjectName(chosen || read);
  const name = own || normalizeProjectName(baseName(directory));
  // Whatever a file or the shell sets is a value of a variable.
  if (chosen && own !== "") return { name, shown: `\${${PROJECT_NAME_VARIABLE}}`, named: true };
  if (own === "" || !scalar) return { name, shown: name, named: own !== "" };
  const isHidden = scalar.sharedBy !== undefined || (interpolated.kind === "text" && interpolated.set.length > 0);
  return { name, shown: isHidden ? showScalar(scalar) : name, named: true };
}

/** Compose sets it before it puts variables into the files. */
export const PROJECT_NAME_VARIABLE = "COMPOSE_PROJECT_NAME";

function lastName(files: readonly ComposeFile[]): ScalarValue | undefined {
  const names = files.flatMap(({ documents }) =>
    documents.flatMap(({ root }) => {
      const name = asScalar(child(root, "name"));
      return typeof name?.value === "string" && name.value !== "" ? [name] : [];
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
