import { execFileSync } from "node:child_process";

import { atExit } from "./at-exit.js";
import { must } from "./command.js";

/** A network namespace: what lives inside sees no interface but those given to it. */
export interface Namespace {
  readonly name: string;
  /** An interface that is up, with nobody at the other end. */
  addLink(link: string): Promise<void>;
  /** Takes its interfaces with it. */
  remove(): Promise<void>;
  /** The same, for the moment when nothing can be waited for. */
  removeNow(): void;
}

let made = 0;

/** Makes a network namespace whose name no other run uses. Only `lo` is inside. */
export async function createNamespace(purpose: string): Promise<Namespace> {
  const name = `cn-${process.pid}-${++made}-${purpose}`;
  await must("ip", ["netns", "add", name]);
  const removeNow = (): void => {
    try {
      execFileSync("ip", ["netns", "delete", name], { stdio: "ignore" });
    } catch {
      // It is gone already.
    }
    forget();
  };
  const forget = atExit(removeNow);
  await must("ip", ["-n", name, "link", "set", "lo", "up"]);
  return {
    name,
    removeNow,
    addLink: async (link) => {
      const inside = ["-n", name, "link"];
      await must("ip", [...inside, "add", link, "type", "veth", "peer", "name", `peer-${link}`]);
      for (const end of [link, `peer-${link}`]) await must("ip", [...inside, "set", end, "up"]);
    },
    remove: async () => {
      await must("ip", ["netns", "delete", name]);
      forget();
    },
  };
}
