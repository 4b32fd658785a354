import { describe, expect, it } from "vitest";

import { imported } from "./imported.js";

describe("aws ec2 describe-vpcs", () => {
  it("gives all blocks of each VPC with its name, but those that it has lost", () => {
    const { kind, entries, dropped } = imported(
      JSON.stringify({
        Vpcs: [
          {
            CidrBlock: "172.31.0.0/16",
            VpcId: "vpc-0aaa",
            IsDefault: true,
            CidrBlockAssociationSet: [{ CidrBlock: "172.31.0.0/16", CidrBlockState: { State: "associated" } }],
          },
          {
            CidrBlock: "10.20.0.0/16",
            VpcId: "vpc-0bbb",
            Tags: [
              { Key: "team", Value: "platform" },
              { Key: "Name", Value: "prod" },
            ],
            CidrBlockAssociationSet: [
              { CidrBlock: "10.20.0.0/16", CidrBlockState: { State: "associated" } },
              { CidrBlock: "100.64.0.0/16", CidrBlockState: { State: "associating" } },
              { CidrBlock: "10.30.0.0/16", CidrBlockState: { State: "disassociated" } },
            ],
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: "2001:db8:1234:1a00::/56", Ipv6CidrBlockState: { State: "associated" } },
            ],
          },
          { CidrBlock: "10.40.0.0/16", VpcId: "vpc-0ccc" },
        ],
      }),
    );
    expect(kind).toBe("aws-vpcs");
    expect(entries).toEqual([
      "172.31.0.0/16 aws:vpc-0aaa",
      '10.20.0.0/16 "prod" aws:vpc-0bbb',
      '100.64.0.0/16 "prod" aws:vpc-0bbb',
      '2001:db8:1234:1a00::/56 "prod" aws:vpc-0bbb',
      "10.40.0.0/16 aws:vpc-0ccc",
    ]);
    expect(dropped).toEqual(["no longer part of its VPC: 10.30.0.0/16 aws:vpc-0bbb"]);
  });
});

describe("Terraform", () => {
  it("gives the networks of a state file", () => {
    const { kind, entries } = imported(
      JSON.stringify({
        version: 4,
        terraform_version: "1.9.0",
        outputs: {},
        resources: [
          {
            module: "module.net",
            mode: "managed",
            type: "aws_vpc",
            name: "main",
            instances: [{ attributes: { cidr_block: "10.20.0.0/16", ipv6_cidr_block: "", tags: { Name: "prod" } } }],
          },
          {
            mode: "data",
            type: "azurerm_virtual_network",
            name: "hub",
            instances: [{ attributes: { name: "hub", address_space: ["10.50.0.0/16", "10.51.0.0/16"] } }],
          },
          {
            mode: "managed",
            type: "docker_network",
            name: "x",
            instances: [{ attributes: { cidr_block: "10.9.0.0/16" } }],
          },
          { mode: "managed", type: "constructor", name: "x", instances: [{ attributes: {} }] },
        ],
      }),
    );
    expect(kind).toBe("terraform");
    expect(entries).toEqual([
      '10.20.0.0/16 "prod" terraform:module.net.aws_vpc.main',
      '10.50.0.0/16 "hub" terraform:data.azurerm_virtual_network.hub',
      '10.51.0.0/16 "hub" terraform:data.azurerm_virtual_network.hub',
    ]);
  });

  it("gives the networks of terraform show -json, those of modules in modules too", () => {
    const resource = (address: string, ip_range: string) => ({ address, type: "hcloud_network", values: { ip_range } });
    const { entries } = imported(
      JSON.stringify({
        format_version: "1.0",
        values: {
          root_module: {
            resources: [resource("hcloud_network.a", "10.1.0.0/16")],
            child_modules: [
              {
                resources: [],
                child_modules: [{ resources: [resource("module.x.module.y.hcloud_network.b", "10.2.0.0/16")] }],
              },
            ],
          },
        },
      }),
    );
    expect(entries).toEqual([
      "10.1.0.0/16 terraform:hcloud_network.a",
      "10.2.0.0/16 terraform:module.x.module.y.hcloud_network.b",
    ]);
  });
});

describe("prefixes of NetBox", () => {
  const prefix = (id: number, block: string, status: string, description: string) => ({
    id,
    prefix: block,
    status: { value: status, label: status },
    role: id === 3 ? { name: "Staging" } : null,
    description,
  });

  it("are taken from the API but for containers, and a page that is not the last is told", () => {
    const { kind, entries, dropped, notes } = imported(
      JSON.stringify({
        count: 90,
        next: "https://netbox.example.com/api/ipam/prefixes/?limit=3&offset=3",
        results: [
          prefix(1, "10.0.0.0/8", "container", "all of it"),
          prefix(2, "10.60.0.0/16", "active", "Berlin office"),
          prefix(3, "10.61.0.0/16", "reserved", ""),
        ],
      }),
    );
    expect(kind).toBe("netbox");
    expect(entries).toEqual(['10.60.0.0/16 "Berlin office" netbox:prefix/2', '10.61.0.0/16 "Staging" netbox:prefix/3']);
    expect(dropped).toEqual(["a container of other prefixes: 10.0.0.0/8 netbox:prefix/1"]);
    expect(notes).toEqual(["The answer goes on: only the 3 prefixes of this page are here. Ask with ?limit=0."]);
  });

  it("are taken from a CSV export", () => {
    const { kind, entries, dropped } = imported(
      'ID,Prefix,Status,Role,Description\r\n1,10.0.0.0/8,Container,,\r\n2,10.60.0.0/16,Active,LAN,"Berlin, ""HQ""\r\nfloor 2"\r\n3,10.61.0.0/16,Active,Staging,\r\n',
    );
    expect(kind).toBe("netbox");
    expect(entries).toEqual([
      '10.60.0.0/16 "Berlin, "HQ" floor 2" netbox:prefix/2',
      '10.61.0.0/16 "Staging" netbox:prefix/3',
    ]);
    expect(dropped).toEqual(["a container of other prefixes: 10.0.0.0/8 netbox:prefix/1"]);
  });
});

describe("a plain list", () => {
  it("gives networks, ranges and single addresses with the comments behind them", () => {
    const { kind, entries, dropped } = imported(
      "; of the firewall\n10.0.0.0/9 # corp WAN\n172.20.0.0-172.23.255.255 ; VPN\n192.168.7.1\n10.1.2.3/16\n",
    );
    expect(kind).toBe("list");
    expect(entries).toEqual(['10.0.0.0/9 "corp WAN" list', '172.20.0.0/14 "VPN" list', "192.168.7.1/32 list"]);
    expect(dropped).toEqual(["part of 10.0.0.0/9: 10.1.0.0/16 list"]);
  });

  it("keeps ranges that are no block", () => {
    expect(imported("10.0.0.5 - 10.0.0.9 # a\n10.2.0.5-10.2.0.9\n", "list").entries).toEqual([
      '10.0.0.5-10.0.0.9 "a" list',
      "10.2.0.5-10.2.0.9 list",
    ]);
  });
});
