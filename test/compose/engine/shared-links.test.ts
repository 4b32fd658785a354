import { describe, expect, it } from "vitest";

import { faultsOfAttachments } from "../../../src/compose/engine/attachment-faults.js";
import { faultsOfPassthru } from "../../../src/compose/engine/option-faults.js";
import { faultsOnNetworks } from "../../../src/compose/engine/shared-links.js";
import { startOrderOf } from "../../../src/compose/engine/start-order.js";
import { textOf } from "../../../src/kit/source.js";
import { projectOf } from "../said.js";

/** Services by name, each with its parts, on networks. */
function project(services: Readonly<Record<string, string>>, networks: string) {
  const written = Object.entries(services).map(([name, parts]) => `  ${name}: { image: caddy, ${parts} }\n`);
  return projectOf(`services:\n${written.join("")}networks:\n${networks}`);
}

function saidOfLinks(...about: Parameters<typeof project>): string[] {
  const read = project(...about);
  return faultsOnNetworks(read, startOrderOf(read)).map(({ service, key, at, reason }) => {
    return `${key} ${textOf(at)} of ${service} is ${reason}`;
  });
}

const MAC = "mac_address: '02:42:0a:00:00:05'";
const OTHER_SPELLING = "mac_address: 02-42-0A-00-00-05";
const lan = (key: string, parent: string, subnet: string): string =>
  `  ${key}: { driver: macvlan, driver_opts: { parent: ${parent} }, ipam: { config: [{ subnet: ${subnet} }] } }\n`;
const LAN = lan("lan", "eth7", "10.7.0.0/24");

describe("one MAC address of two services", () => {
  const taken = 'mac_address 02-42-0A-00-00-05 of two is taken on the same parent by service "one"';

  it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    [
      "on one macvlan network",
      { one: `networks: { lan: { ${MAC} } }`, two: `networks: { lan: { ${OTHER_SPELLING} } }` },
      LAN,
      [taken],
    ],
    [
      "of services with no other network",
      { one: `${MAC}, networks: [lan]`, two: `${OTHER_SPELLING}, networks: [lan]` },
      LAN,
      [taken],
    ],
    [
      "on two macvlan networks of one parent",
      { one: `networks: { lan: { ${MAC} } }`, two: `networks: { wan: { ${OTHER_SPELLING} } }` },
      LAN + lan("wan", "eth7", "10.8.0.0/24"),
      [taken],
    ],
    [
      "on macvlan networks of two parents",
      { one: `networks: { lan: { ${MAC} } }`, two: `networks: { wan: { ${OTHER_SPELLING} } }` },
      LAN + lan("wan", "eth8", "10.8.0.0/24"),
      [],
    ],
    [
      "on a bridge",
      { one: `networks: { lan: { ${MAC} } }`, two: `networks: { lan: { ${OTHER_SPELLING} } }` },
      "  lan: {}\n",
      [],
    ],
    [
      "of which one is not made",
      { one: `scale: 0, networks: { lan: { ${MAC} } }`, two: `networks: { lan: { ${OTHER_SPELLING} } }` },
      LAN,
      [],
    ],
    [
      "of which one has ended before",
      {
        one: `networks: { lan: { ${MAC} } }`,
        two: `depends_on: { one: { condition: service_completed_successfully } }, networks: { lan: { ${OTHER_SPELLING} } }`,
      },
      LAN,
      [],
    ],
    [
      "of several copies",
      { one: `scale: 2, networks: { lan: { mac_address: 02-42-0A-00-00-05 } }` },
      LAN,
      ["mac_address 02-42-0A-00-00-05 of one is one address for several copies"],
    ],
  ])("%s", (_name, services, networks, said) => {
    expect(saidOfLinks(services, networks)).toEqual(said);
  });
});

describe("a link-local address", () => {
  it.each<[string, string, readonly string[]]>([
    ["fe80::77", "{}", ["link_local_ips fe80::77 of one is an IPv6 address, and the network has no IPv6"]],
    ["fe80::77", "{ enable_ipv6: true }", []],
    ["169.254.7.7", "{}", []],
  ])("%s on a network %s", (address, network, said) => {
    expect(saidOfLinks({ one: `networks: { x: { link_local_ips: [${address}] } }` }, `  x: ${network}\n`)).toEqual(
      said,
    );
  });
});

describe("a macvlan network in the mode passthru", () => {
  const PASSTHRU = LAN.replace("eth7", "eth7, macvlan_mode: passthru");
  const refused = ["it gives the parent to one container, and 2 containers join"];
  const ended = "depends_on: { one: { condition: service_completed_successfully } }";

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["with one container", { one: "networks: [lan]" }, []],
    ["with two services", { one: "networks: [lan]", two: "networks: [lan]" }, refused],
    ["with two copies", { one: "scale: 2, networks: [lan]" }, refused],
    ["with one service after the other", { one: "networks: [lan]", two: `${ended}, networks: [lan]` }, []],
    [
      "with services of two profiles",
      { one: "profiles: [a], networks: [lan]", two: "profiles: [b], networks: [lan]" },
      [],
    ],
  ])("%s", (_name, services, reasons) => {
    const read = project(services, PASSTHRU);
    const faults = read.networks.flatMap((network) => faultsOfPassthru(network, startOrderOf(read)));
    expect(faults.map(({ values }) => values["reason"])).toEqual(reasons);
  });
});

describe("an option of an interface", () => {
  it.each<[string, string, readonly string[]]>([
    ["ifname", "lan0", []],
    ["ifname", "abcdefghijklmnop", ["longer than the 15 bytes that Linux takes"]],
    ["ifname", "lo", ["the name of the loopback interface"]],
    ["sysctls", "net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.accept_ra=0", []],
    [
      "sysctls",
      "net.ipv4.conf.eth0.log_martians=1",
      ["not a list of settings of an interface, such as net.ipv4.conf.IFNAME.log_martians=1"],
    ],
  ])("%s: %s", (option, text, reasons) => {
    const read = project(
      { one: `networks: { x: { driver_opts: { com.docker.network.endpoint.${option}: "${text}" } } }` },
      "  x: {}\n",
    );
    expect(read.services.flatMap(faultsOfAttachments).map(({ reason }) => reason)).toEqual(reasons);
  });
});
