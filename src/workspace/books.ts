import { EngineNetworkBook } from "./engine-networks/engine-network-book.js";
import { BaselineBook } from "./baselines.js";
import type { Disk } from "./files/disk.js";
import type { HostLoad } from "./host-load.js";
import { hostLoadsOf, loadOfAll, type HostLoads } from "./host-loads.js";
import { InterfaceRivalBook } from "./interface-rivals.js";
import { MentionSearch } from "./mention-search.js";
import { PlanBook } from "./plan/plan-book.js";
import { RivalBook } from "./rivals.js";
import type { SurveyBook } from "./surveys.js";
import type { Territory } from "./territory.js";

/** What is known of all files together. */
export interface Books {
  readonly surveys: SurveyBook;
  readonly engineNetworks: EngineNetworkBook;
  readonly plans: PlanBook;
  readonly rivals: RivalBook;
  readonly interfaceRivals: InterfaceRivalBook;
  readonly mentions: MentionSearch;
  readonly hostLoads: (territory: Territory) => HostLoads;
  readonly loadOfAll: (territory: Territory) => HostLoad;
  readonly baselines: BaselineBook;
}

interface Surroundings {
  readonly cwd: string;
  readonly disk: Disk;
  /** The same disk for files that nobody asked for: what can't be read of them is no fault. */
  readonly quietDisk: Disk;
  readonly surveys: SurveyBook;
  readonly territoryOf: (path: string) => Territory;
  /** Whether the policy that holds for a file has a fault. */
  readonly isFaulty: (path: string) => boolean;
}

export function createBooks({ cwd, disk, quietDisk, surveys, territoryOf, isFaulty }: Surroundings): Books {
  const engineNetworks = new EngineNetworkBook(surveys, territoryOf, (path) => {
    const file = disk.resolve(path);
    return file?.isLink === true ? file.real : undefined;
  });
  const mentions = new MentionSearch({
    disk: quietDisk,
    topOf: (directory) => disk.topOf(directory),
    everythingAround: (directory) => surveys.everythingAround(directory),
    policyFilesFor: (path) => territoryOf(path).scoped?.policy.files ?? [],
  });
  const identityOf = (path: string): string => disk.resolve(path)?.identity ?? path;
  const encounters = { identityOf, territoryOf, isFaulty };
  const plans = new PlanBook(surveys, engineNetworks, territoryOf, cwd);
  return {
    surveys,
    engineNetworks,
    plans,
    rivals: new RivalBook(surveys, encounters),
    interfaceRivals: new InterfaceRivalBook(surveys, encounters),
    mentions,
    hostLoads: (territory) => hostLoadsOf(territory, { surveys, engineNetworks, plans }),
    loadOfAll: (territory) => loadOfAll(territory, { surveys, engineNetworks }),
    baselines: new BaselineBook(disk),
  };
}
