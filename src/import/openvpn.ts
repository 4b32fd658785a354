import type { FoundNetwork, Importer } from "./importer.js";

const DIRECTIVE = /^\s*(?:client|server|server-ipv6|dev|proto|port|remote|route|push|topology|iroute)(?:\s|$)/gm;

/** The directives that name networks, and how many words of a netmask follow. */
const WITH_NETMASK = new Set(["server", "route", "iroute"]);
const WITH_LENGTH = new Set(["server-ipv6", "route-ipv6", "iroute-ipv6"]);

/** The configuration of a server, of a client, or of one client on the server (`client-config-dir`). */
export const openvpn: Importer = {
  kind: "openvpn",
  what: "an OpenVPN configuration",
  recognizes: ({ text }) => new Set(text.match(DIRECTIVE)?.map((word) => word.trim())).size >= 2,
  read({ text }) {
    const networks = linesOf(text).flatMap(networksOf);
    const isClient = /^\s*(?:client|pull)\s*$/m.test(text);
    const hint =
      "An OpenVPN client is told most routes when it connects: import the routing table while it is connected.";
    return { networks, notes: isClient ? [hint] : [] };
  },
};

/** Keys and certificates stand in the file as `<key> … </key>`. */
function linesOf(text: string): string[] {
  return text.replace(/^\s*<([\w-]+)>[^]*?^\s*<\/\1>/gm, "").split("\n");
}

function networksOf(line: string): FoundNetwork[] {
  const [, pushed] = /^\s*push\s+["'](.*)["']/.exec(line) ?? [];
  const [directive = "", network = "", ...rest] = (pushed ?? line)
    .replace(/[#;].*/, "")
    .trim()
    .split(/\s+/);
  const source = `openvpn:${pushed === undefined ? "" : "push "}${directive}`;
  if (directive === "redirect-gateway") {
    return [{ written: "default", source }];
  }
  // A third word says by which gateway; this one means past the VPN.
  const dropped = rest.includes("net_gateway") || rest.includes("net_gateway_ipv6") ? "goes past the VPN" : undefined;
  if (WITH_LENGTH.has(directive)) return [{ written: network, source, dropped }];
  if (!WITH_NETMASK.has(directive)) return [];
  const netmask = /^\d/.test(rest[0] ?? "") ? rest[0] : "255.255.255.255";
  return [{ written: `${network}/${netmask}`, source, dropped }];
}
