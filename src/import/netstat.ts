import type { Importer } from "./importer.js";

/** `netstat -rn` of Linux and macOS, and `route -n`: tables whose header says what stands in which column. */
export const netstat: Importer = {
  kind: "netstat",
  what: "netstat -rn (Linux, macOS)",
  recognizes: ({ text }) => text.split("\n").some((line) => columnsOf(line) !== undefined),
  read: ({ text }) => ({
    networks: netstatRows(text).map(({ written, device, leadsNowhere }) => ({
      written,
      source: `netstat:${device}`,
      device,
      dropped: leadsNowhere ? "leads nowhere" : undefined,
    })),
  }),
};

/** A line of the table. */
export interface NetstatRow {
  /** The destination, with zeros that macOS leaves away. */
  readonly written: string;
  readonly gateway: string;
  readonly device: string;
  readonly flags: string;
  readonly leadsNowhere: boolean;
}

export function netstatRows(text: string): NetstatRow[] {
  const rows: NetstatRow[] = [];
  let columns: Columns | undefined;
  for (const line of text.split("\n")) {
    const header = columnsOf(line);
    if (header) columns = header;
    else if (columns && line.trim() !== "") rows.push(...rowOf(line.trim().split(/\s+/), columns));
  }
  return rows;
}

interface Columns {
  readonly device: number;
  readonly flags: number;
  /** The netmask of Linux; without it, the destination says how long the prefix is. */
  readonly mask: number;
  /** macOS leaves zeros away: `10.8` is 10.8.0.0/16. */
  readonly isShortened: boolean;
}

function columnsOf(line: string): Columns | undefined {
  const names = line.trim().replace("Next Hop", "Gateway").split(/\s+/);
  const device = names.findIndex((name) => /^(?:Iface|If|Netif)$/.test(name));
  if (names[0] !== "Destination" || device < 0) return undefined;
  const flags = names.findIndex((name) => /^Flags?$/.test(name));
  return { device, flags, mask: names.indexOf("Genmask"), isShortened: names.includes("Netif") };
}

function rowOf(cells: readonly string[], { device, flags, mask, isShortened }: Columns): NetstatRow[] {
  const [destination = ""] = cells;
  const name = cells[device];
  // A line of another kind, such as the title of the next table.
  if (name === undefined || !/[\d:]|^default$/.test(destination)) return [];
  const netmask = cells[mask];
  const bare = destination.replace(/%[^/]*/, "").replace(/[[\]]/g, "");
  const written = netmask === undefined ? (isShortened ? lengthen(bare) : bare) : `${bare}/${netmask}`;
  const set = cells[flags] ?? "";
  const leadsNowhere = (isShortened ? /[BR]/ : /!/).test(set);
  return [{ written, gateway: cells[1] ?? "", device: name, flags: set, leadsNowhere }];
}

/** `192.168.220` is 192.168.220.0/24, `172.16.111/24` is 172.16.111.0/24, and `10.8.0.1` is a host. */
function lengthen(destination: string): string {
  const [address = "", length] = destination.split("/");
  if (!/^\d+(?:\.\d+){0,3}$/.test(address)) return destination;
  const octets = address.split(".");
  return `${[...octets, "0", "0", "0"].slice(0, 4).join(".")}/${length ?? octets.length * 8}`;
}
