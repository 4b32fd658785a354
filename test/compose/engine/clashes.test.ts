import { describe, expect, it } from "vitest";

import { faultsOfAttachments } from "../../../src/compose/engine/attachment-faults.js";
import { clashesIn, doubleRoutesIn } from "../../../src/compose/engine/clashes.js";
import { projectOf } from "../said.js";

const NAME = "com.docker.network.bridge.name";

/** Services `a` and `b` on a network each. */
function clashesOf(
  x: string,
  y: string,
  services = "a: {image: i, networks: [x]}\n  b: {image: i, networks: [y]}",
): string[] {
  const project = projectOf(`services:\n  ${services}\nnetworks:\n  x: ${x}\n  y: ${y}\n`);
  return clashesIn(project).map(
    ({ kind, network, other, wanted }) => `${kind} ${wanted}: ${network.key} after ${other.key}`,
  );
}

describe("two networks want one interface", () => {
  const named = `{driver_opts: {${NAME}: br-shop}}`;
  const on = (driver: string, options = ""): string => `{driver: ${driver}, driver_opts: {parent: eth0${options}}}`;

  it.each([
    ["bridges of one name", named, named, ["interface br-shop: y after x"]],
    ["ipvlan networks with one parent", on("ipvlan"), on("ipvlan"), ["parent eth0: y after x"]],
    [
      "a macvlan in the mode passthru, and another one",
      on("macvlan", ", macvlan_mode: passthru"),
      on("macvlan"),
      ["parent eth0: y after x"],
    ],
    ["macvlan networks that share a parent", on("macvlan"), on("macvlan"), []],
    ["a bridge of one name, and of another", named, `{driver_opts: {${NAME}: br-mail}}`, []],
    ["bridges without a name", "{}", "{}", []],
  ])("%s", (_, x, y, said) => {
    expect(clashesOf(x, y)).toEqual(said);
  });

  it("but not when their services never run together", () => {
    const services = "a: {image: i, profiles: [one], networks: [x]}\n  b: {image: i, profiles: [two], networks: [y]}";
    expect(clashesOf(named, named, services)).toEqual([]);
  });
});

describe("a service on two networks with addresses in common", () => {
  const lan = (range: string): string =>
    `{driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24, ip_range: ${range}}]}}`;
  const doublesOf = (services: string): string[] => {
    const networks = `  x: ${lan("10.7.0.64/27")}\n  y: ${lan("10.7.0.96/27")}`;
    return doubleRoutesIn(projectOf(`services:\n  ${services}\nnetworks:\n${networks}\n`)).map(
      ({ service, network, other }) => `${service}: ${network.key} beside ${other.key}`,
    );
  };

  it.each([
    ["a: {image: i, networks: [x, y]}", ["a: y beside x"]],
    ["a: {image: i, networks: [x]}\n  b: {image: i, networks: [y]}", []],
    ["a: {image: i, scale: 0, networks: [x, y]}", []],
  ])("%s", (services, said) => {
    expect(doublesOf(services)).toEqual(said);
  });
});

describe("the interface of a service", () => {
  const said = (fields: string, service = ""): string[] => {
    const [own] = projectOf(
      `services:\n  a: {image: i, ${service}networks: {x: {${fields}}}}\nnetworks:\n  x:\n`,
    ).services;
    return own ? faultsOfAttachments(own).map(({ key, reason }) => `${key} is ${reason}`) : [];
  };

  it.each([
    ["mac_address: '02:42:ac:11:65:43'", undefined],
    ["mac_address: 02-42-ac-11-65-43", undefined],
    ["mac_address: '0242.ac11.6543'", undefined],
    ["mac_address: '02:42:ac:11:65'", "mac_address is not a valid MAC address"],
    ["mac_address: 'zz:zz'", "mac_address is not a valid MAC address"],
    ["mac_address: '01:00:5e:00:00:01'", "mac_address is a multicast address, which no interface can have"],
    ["mac_address: '00:00:00:00:00:00'", "mac_address is not an address that an interface can have"],
    ["mac_address: '02:42:ac:11:65:43:55:66'", "mac_address is longer than the 6 bytes of a MAC address"],
    ["mac_address: ''", undefined],
    ["link_local_ips: [169.254.8.8]", undefined],
    ["link_local_ips: [10.9.9.9]", "link_local_ips is not a link-local address"],
    ["link_local_ips: [foo]", "link_local_ips is not a valid IP address"],
    ["interface_name: eth7", undefined],
    ["interface_name: a/b", "interface_name is not a valid name of an interface"],
    ["interface_name: abcdefghijklmnop", "interface_name is longer than the 15 bytes that Linux takes"],
    ["interface_name: lo", "interface_name is the name of the loopback interface"],
  ])("%s", (fields, fault) => {
    expect(said(fields)).toEqual(fault === undefined ? [] : [fault]);
  });

  it("has the address of the service, where that has one", () => {
    const own = "mac_address: '02:42:ac:11:65:43', ";
    expect(said("mac_address: '02:42:ac:11:65:44'", own)).toEqual([
      "mac_address is not the mac_address of the service",
    ]);
    expect(said("", "mac_address: zz, ")).toEqual(["mac_address is not a valid MAC address"]);
    expect(said("mac_address: zz", "scale: 0, ")).toEqual([]);
  });
});
