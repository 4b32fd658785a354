import { lstatSync } from "node:fs";

import { directoryOf } from "../../kit/paths.js";
import { statOf } from "./git-folder.js";

/**
 * Whether a file's owner is the user who runs this, or the one who called `sudo`. Where files have no such owners (on
 * Windows), each is.
 */
export function isOwnerTrusted(uid: number): boolean {
  const user = process.geteuid?.();
  if (user === undefined || uid === user) return true;
  const caller = process.env["SUDO_UID"];
  return user === 0 && caller !== undefined && /^\d+$/.test(caller) && uid === Number(caller);
}

/**
 * Whether a path is a regular file of the user, or of root, in a folder that is theirs too and that others can't write
 * to.
 */
export function isOfUser(path: string): boolean {
  const file = statOf(path, lstatSync);
  const folder = file?.isFile() === true ? statOf(directoryOf(path)) : undefined;
  if (!file || !folder) return false;
  return [file.uid, folder.uid].every((uid) => uid === 0 || isOwnerTrusted(uid)) && (folder.mode & 0o002) === 0;
}
