import type { FoundNetwork, Importer } from "./importer.js";

/** The two keys that name networks. All others are left alone, keys and endpoints above all. */
const NETWORKS = /^\s*(Address|AllowedIPs)\s*=([^#]*)/i;

/** A configuration of wg-quick(8), or the output of `wg showconf`. */
export const wireguard: Importer = {
  kind: "wireguard",
  what: "a WireGuard configuration",
  recognizes: ({ text }) => /^\s*\[(?:Interface|Peer)\]\s*(?:#.*)?$/im.test(text),
  read({ text }) {
    const networks: FoundNetwork[] = [];
    let peers = 0;
    for (const line of text.split("\n")) {
      if (/^\s*\[Peer\]/i.test(line)) peers += 1;
      const [, key = "", list = ""] = NETWORKS.exec(line) ?? [];
      const source = key.toLowerCase() === "address" ? "wireguard:interface" : `wireguard:peer ${peers}`;
      for (const written of list.split(",")) {
        if (written.trim() !== "") networks.push({ written: written.trim(), source });
      }
    }
    return { networks };
  },
};
