import type { ComposeFile } from "../compose/read/compose-file.js";
import { baseName, directoryOf, isWithin } from "../kit/paths.js";
import { enforcedRanges } from "../policy/enforcement.js";
import type { RuleCatalogue } from "../policy/entries/rule-entries.js";
import { type PolicyFiles, readPolicy } from "../policy/load-policy.js";
import type { Disk } from "./files/disk.js";
import { shownPath } from "./files/paths.js";
import { isElsewhere, policyFilesOn } from "./files/policy-files.js";
import type { PolicyLookup } from "./policy-lookup.js";
import { faultsOf, type PolicyReading, type ScopedPolicy } from "./scoped-policy.js";
import type { WorkspaceOptions } from "./workspace-options.js";

/** What the policies of a workspace say, and for which files. Each is kept as long as its files stay the same. */
export class PolicyReadings {
  #day: { readonly turn: number; readonly date: string } | undefined;
  readonly #policies = new Map<string, Extract<PolicyReading, { kind: "policy" }> & { readonly versions: string }>();
  readonly #faultyPolicies = new Map<string, { readonly turn: number; readonly reading: PolicyReading }>();
  readonly #recentReadings = new Map<string, { readonly turn: number; readonly reading: PolicyReading }>();

  constructor(
    readonly disk: Disk,
    readonly lookup: PolicyLookup,
    readonly options: Pick<WorkspaceOptions, "cwd" | "ranges" | "id" | "today">,
    /** The rules that a policy file may name. Without it, every name. */
    readonly rules: RuleCatalogue | undefined,
  ) {}

  /** The policy that holds for a file. */
  of(composeFile: string): PolicyReading {
    const directory = directoryOf(composeFile);
    const turn = this.disk.turn();
    const recent = this.#recentReadings.get(directory);
    if (recent?.turn === turn) return recent.reading;
    const file = this.options.ranges ?? this.lookup.nearest(composeFile);
    const reading: PolicyReading = file === undefined ? NO_POLICY : this.#policyIn(this.#siteOf(file, composeFile));
    this.#recentReadings.set(directory, { turn, reading });
    return reading;
  }

  /** A policy from elsewhere can't tell one repository from another: its own policy does, or `--id`. */
  #siteOf(file: string, composeFile: string): PolicySite {
    const top = this.lookup.topOf(composeFile);
    const folder = directoryOf(file);
    if (isWithin(composeFile, folder)) return { file, root: folder, below: isWithin(folder, top) ? folder : top };
    const own = this.lookup.nearest(composeFile);
    const reading = own === undefined || own === file ? NO_POLICY : this.#policyIn(this.#siteOf(own, own));
    const ownId = reading.kind === "policy" ? reading.scoped.policy.id : undefined;
    return { file, root: top, below: top, elsewhere: { id: ownId ?? this.options.id } };
  }

  /** Read again when one of its files has changed. A faulty one is read each turn: the fault may be in another file. */
  #policyIn(site: PolicySite): PolicyReading {
    const key = [site.file, site.root, site.elsewhere?.id ?? ""].join("\n");
    const known = this.#policies.get(key);
    if (known && known.versions === this.#versionsOf(known.scoped.policy.files)) return known;
    const turn = this.disk.turn();
    const faulty = this.#faultyPolicies.get(key);
    if (faulty?.turn === turn) return faulty.reading;
    const reading = this.#readPolicy(site);
    if (faultsOf(reading).length > 0) {
      this.#policies.delete(key);
      this.#faultyPolicies.set(key, { turn, reading });
    } else if (reading.kind === "policy") {
      this.#policies.set(key, { ...reading, versions: this.#versionsOf(reading.scoped.policy.files) });
    }
    return reading;
  }

  /** What a file says as a policy. An editor holds a text that is not on the disk yet. */
  asIfSaved({ source: { path, text } }: ComposeFile): PolicyReading {
    const reading = this.of(path);
    const isIt = reading.kind === "policy" && reading.scoped.policy.file === path;
    if (isIt && this.disk.read(path) === text) return reading;
    const files = policyFilesOn(this.disk);
    const read: PolicyFiles["read"] = (asked, asking) => (asked === path ? text : files.read(asked, asking));
    return this.#readPolicy(this.#siteOf(path, path), { ...files, read });
  }

  #readPolicy(site: PolicySite, files: PolicyFiles = policyFilesOn(this.disk)): PolicyReading {
    const { file, root, below, elsewhere } = site;
    const show = (path: string): string => shownPath(this.options.cwd, path);
    const { policy, ...wrong } = readPolicy(file, { ...files, show, ...(this.rules && { rules: this.rules }) });
    // Whoever may not look at it can't say that it is faulty.
    if (wrong.faults.length > 0 && isElsewhere(this.disk, file)) return NO_POLICY;
    if (!policy) return { kind: "faulty", file, ...wrong };
    const enforced = enforcedRanges(policy, this.today());
    const id = elsewhere ? elsewhere.id : (policy.id ?? this.options.id);
    const hasId = elsewhere === undefined || id !== undefined;
    return { kind: "policy", scoped: { policy, enforced, root, below, id: id ?? baseName(root), hasId }, ...wrong };
  }

  #versionsOf(files: readonly string[]): string {
    return files.map((path) => this.disk.version(path) ?? "").join("|") + this.today();
  }

  /** `YYYY-MM-DD`. Asked for some times for each file. */
  today(): string {
    const turn = this.disk.turn();
    if (this.#day?.turn !== turn) this.#day = { turn, date: new Date().toISOString().slice(0, 10) };
    return this.options.today ?? this.#day.date;
  }
}

/** A policy file, and the files that it holds for. */
interface PolicySite extends Pick<ScopedPolicy, "root" | "below"> {
  readonly file: string;
  /** It lies above none of them. */
  readonly elsewhere?: { readonly id: string | undefined };
}

const NO_POLICY: PolicyReading = { kind: "none" };
