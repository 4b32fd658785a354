import { parseAddress } from "../../ipam/address.js";
import { isLoopback } from "./proc-net.js";
import type { NameServer } from "../snapshot.js";

/** `/etc/resolv.conf`, also as systemd-resolved writes it: the name servers on other hosts. */
export function nameServersFromResolvConf(text: string, from: string): NameServer[] {
  return text.split("\n").flatMap((line) => {
    const [, written = ""] = /^\s*nameserver\s+(\S+)/.exec(line) ?? [];
    const address = parseAddress(written.replace(/%.*$/, ""));
    return address.ok && !isLoopback(address.value) ? [{ address: address.value, from }] : [];
  });
}
