import type { Project } from "./project.js";
import { remembered } from "../../kit/remember.js";
import { child, type Value } from "../read/value.js";

/**
 * The files that could not be read and may set a variable on which a subnet or an address of the project depends. What
 * else depends on one matters to nobody here.
 */
export const unreadFilesBehindAddresses = remembered(({ networks }: Project): ReadonlySet<string> => {
  const files = new Set<string>();
  const look = (value: Value | undefined): void => {
    switch (value?.kind) {
      case "scalar":
        if (value.interpolation?.kind !== "text") return;
        for (const { file } of value.interpolation.unread ?? []) files.add(file);
        return;
      case "list":
        value.items.forEach(look);
        return;
      case "map":
        for (const entry of value.entries.values()) look(entry.value);
        return;
      case undefined:
        return;
    }
  };
  for (const { definition, attachments } of networks) {
    look(child(definition, "ipam"));
    for (const { addresses } of attachments) for (const { address } of addresses) look(address.written);
  }
  return files;
});
