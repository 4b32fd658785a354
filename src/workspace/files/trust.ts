import { joinPath } from "../../kit/paths.js";
import { leadsIntoCheckout, statOf, type WorkTree } from "./git-folder.js";
import { isOwnerKnown } from "./ownership.js";
import { dangerIn } from "./repository-config.js";
import { workTreesAround } from "./work-tree.js";

/** Why git is not asked about a work tree. */
export interface GitRefusal {
  /** The rest of a sentence that begins with the top: `was listed without git: …`. */
  readonly reason: string;
  readonly cure?: string;
}

/** @param program Git, to read the user's own configuration with. */
export function whyNotTrusted(tree: WorkTree, program: string): GitRefusal | undefined {
  if (leadsIntoCheckout(tree, workTreesAround(tree))) {
    return { reason: "its .git leads to a folder inside the checkout" };
  }
  if (!isOwnerKnown(tree, program)) {
    return {
      reason: "it belongs to another user",
      cure: `git config --global --add safe.directory ${inShell(tree.top)}`,
    };
  }
  const endless = endlessFileOf(tree);
  if (endless !== undefined) return { reason: `its ${endless} is not a regular file` };
  const danger = dangerIn(tree);
  return danger === undefined ? undefined : { reason: `its git configuration ${danger}` };
}

/** Git would wait for somebody to write into a FIFO. */
function endlessFileOf({ top, gitFolder, commonFolder }: WorkTree): string | undefined {
  const paths: readonly [string, string][] = [
    [top, ".gitignore"],
    [gitFolder, "HEAD"],
    [gitFolder, "index"],
    [commonFolder, "info/exclude"],
    [commonFolder, "packed-refs"],
  ];
  const found = paths.find(([folder, name]) => {
    const kind = statOf(joinPath(folder, name));
    return kind && !kind.isFile() && !kind.isDirectory();
  });
  return found && (found[1] === ".gitignore" ? found[1] : `.git/${found[1]}`);
}

function inShell(path: string): string {
  return /^[\w/.:@%+,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
