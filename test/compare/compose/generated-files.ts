import type { Dice } from "./dice.js";
import { composeFile, declared } from "./generated-documents.js";
import { generateEnvironment } from "./generated-environment.js";
import { inclusions } from "./generated-inclusions.js";
import { planOf } from "./generated-plan.js";

/** A project before it lies on a disk. All paths start from its directory. */
export interface GeneratedFiles {
  /** The texts by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** As for `-f`; empty where Compose is to look for the files by itself. */
  readonly started: readonly string[];
}

/** A project of a base file and, by chance, of all that Compose can put together with one. */
export function generateFiles(dice: Dice): GeneratedFiles {
  const plan = planOf(dice);
  const files = new Map<string, string>();
  const library = dice.chance(40) ? [dice.one(["lib/base.yaml", "./lib/base.yaml", '"${LIB:-lib}/base.yaml"'])] : [];
  const deeper = library.length > 0 && dice.chance(30);
  const include = dice.chance(40) ? inclusions(dice, plan, files) : undefined;
  const base = composeFile(dice, plan, { include, extendable: library });
  const own = dice.one(["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]);
  const main = [own];
  files.set(own, declared(dice, base));
  if (dice.chance(65)) {
    const name = dice.one(["compose.override.yml", "compose.override.yaml", "docker-compose.override.yaml"]);
    const again = dice.chance(10) ? inclusions(dice, plan, files) : undefined;
    files.set(name, composeFile(dice, plan, { include: again, extendable: library, over: true }));
    main.push(name);
  }
  if (library.length > 0) {
    files.set("lib/base.yaml", composeFile(dice, plan, { extendable: deeper ? ["deep/base.yaml"] : [] }));
    if (!deeper) main.push("lib/base.yaml");
  }
  if (deeper) {
    const back = dice.fault(20) ? ["../base.yaml"] : [];
    files.set("lib/deep/base.yaml", composeFile(dice, plan, { extendable: back }));
  }
  const started = dice.chance(15) ? main.filter((file) => file === own || dice.chance(70)) : [];
  if (dice.chance(50)) files.set(".env", generateEnvironment(dice, main));
  return { files, started };
}
