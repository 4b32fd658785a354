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
