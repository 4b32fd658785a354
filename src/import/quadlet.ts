import type { FoundNetwork, Importer } from "./importer.js";

/** A `.network` file of Podman's Quadlet, for systemd. Those of systemd-networkd have no `Subnet`. */
export const quadlet: Importer = {
  kind: "quadlet",
  what: "a .network file of Podman (Quadlet)",
  recognizes: ({ text }) => settingsIn(text).some(({ key }) => key === "Subnet"),
  read({ text }) {
    const settings = settingsIn(text);
    const name = settings.findLast(({ key }) => key === "NetworkName")?.value;
    const networks = settings.flatMap(({ key, value }): FoundNetwork[] =>
      key === "Subnet" && value !== "" ? [{ written: value, name, source: "quadlet" }] : [],
    );
    return { networks };
  },
};

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Those of the section `[Network]`. A line that ends in a backslash goes on in the next one. */
function settingsIn(text: string): Setting[] {
  const settings: Setting[] = [];
  let section = "";
  for (const line of text.replace(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const [, title] = /^\s*\[([^\]]*)\]\s*$/.exec(line) ?? [];
    if (title !== undefined) section = title;
    const [, key, value] = /^\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === "Network" && key !== undefined && value !== undefined) settings.push({ key, value });
  }
  return settings;
}
