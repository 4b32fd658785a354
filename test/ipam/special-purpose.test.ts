import { describe, expect, it } from "vitest";

import { parsePrefix } from "../../src/ipam/prefix.js";
import { spaceOf } from "../../src/ipam/special-purpose.js";

/** `fine`, or how a prefix lies and what the space is for; `public` without a block. */
function said(cidr: string): string {
  const prefix = parsePrefix(cidr);
  if (!prefix.ok) return prefix.fault.reason;
  const space = spaceOf(prefix.value);
  return space.isFine ? "fine" : `${space.relation} ${space.block?.purpose ?? "public"}`;
}

describe("the space that a prefix lies in", () => {
  it.each(["10.0.0.0/8", "172.16.0.0/12", "192.168.255.0/24", "fd00::/8", "fc00::/7"])("is private: %s", (cidr) => {
    expect(said(cidr)).toBe("fine");
  });

  it.each(["9.255.255.0/24", "11.0.0.0/8", "172.15.0.0/16", "172.32.0.0/16", "192.167.0.0/16", "192.169.0.0/16"])(
    "is somebody's, right beside private space: %s",
    (cidr) => {
      expect(said(cidr)).toBe("lies in public");
    },
  );

  it.each(["172.16.0.0/11", "192.0.0.0/8", "128.0.0.0/1"])("is somebody's in part: %s", (cidr) => {
    expect(said(cidr)).toBe("reaches into public");
  });

  it.each([
    ["0.1.0.0/16", "protocol"],
    ["100.64.0.0/10", "carrier-grade NAT"],
    ["127.0.0.0/8", "loopback"],
    ["169.254.169.0/24", "link-local"],
    ["192.0.2.0/24", "documentation"],
    ["198.18.0.0/15", "benchmarking"],
    ["198.51.100.0/24", "documentation"],
    ["203.0.113.64/26", "documentation"],
    ["239.1.2.0/24", "multicast"],
    ["255.255.255.0/24", "reserved"],
    ["2001:db8::/32", "documentation"],
    ["3fff:1::/64", "documentation"],
    ["fe80::/64", "link-local"],
    ["ff02::/64", "multicast"],
  ])("is set aside: %s for %s", (cidr, purpose) => {
    expect(said(cidr)).toBe(`lies in ${purpose}`);
  });

  it("is named by the smaller of two blocks that hold it", () => {
    expect(said("2001:2::/64")).toBe("lies in benchmarking");
    expect(said("2001:10::/64")).toBe("lies in protocol");
  });

  it("may be the user's own where providers delegate it", () => {
    expect(said("2a01:4f8:1:2::/64")).toBe("fine");
    expect(said("2000::/16")).toBe("fine");
  });
});
