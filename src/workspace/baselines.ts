import { joinPath } from "../kit/paths.js";
import { BASELINE_NAME, readBaseline, type Baseline } from "../policy/baseline/baseline-file.js";
import type { Disk } from "./files/disk.js";

/** The baselines of a workspace, each read again when it changes. */
export class BaselineBook {
  readonly #known = new Map<string, { readonly version: string | undefined; readonly baseline: Baseline }>();

  constructor(readonly disk: Pick<Disk, "read" | "version">) {}

  /** @param root The directory of the policy file, or the top of the work tree. */
  in(root: string): Baseline {
    const file = joinPath(root, BASELINE_NAME);
    const version = this.disk.version(file);
    const known = this.#known.get(file);
    if (known && known.version === version) return known.baseline;
    const content = version === undefined ? undefined : this.disk.read(file);
    const baseline = content === undefined ? { file, rows: new Map(), faults: [] } : readBaseline(file, content);
    this.#known.set(file, { version, baseline });
    return baseline;
  }
}
