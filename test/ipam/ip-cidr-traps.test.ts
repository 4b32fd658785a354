import IPCIDR from "ip-cidr";
import { describe, expect, it } from "vitest";
import { formatPrefix, maskPrefix, parsePrefix, rangeOf } from "../../src/ipam/prefix.js";
import { formatRange } from "../../src/ipam/range.js";
import { prefixFrom } from "./texts.js";

const refusedPart = (text: string) => {
  const parsed = parsePrefix(text);
  return parsed.ok ? "none" : parsed.fault.part;
};

// What `ip-cidr` answers is written down too: when one of these changes, the reason for reading texts ourselves may go.
describe("texts that ip-cidr misreads", () => {
  it("takes ::ffff:10.0.0.0/104 for one IPv4 address, where it is a block of 2^24 in IPv6", () => {
    expect(new IPCIDR("::ffff:10.0.0.0/104").toRange()).toEqual(["10.0.0.0", "10.0.0.0"]);
    expect(formatRange(rangeOf(prefixFrom("::ffff:10.0.0.0/104")))).toBe("::ffff:10.0.0.0/104");
    expect(prefixFrom("::ffff:10.0.0.0/104").address.family).toBe(6);
  });

  it("takes fd00::10.0.0.1/64 for the IPv4 address 10.0.0.1", () => {
    expect(new IPCIDR("fd00::10.0.0.1/64").toRange()).toEqual(["10.0.0.1", "10.0.0.1"]);
    expect(formatPrefix(maskPrefix(prefixFrom("fd00::10.0.0.1/64")))).toBe("fd00::/64");
  });

  it("drops the zone of fe80::1%eth0/64, which Docker refuses", () => {
    expect(IPCIDR.isValidCIDR("fe80::1%eth0/64")).toBe(true);
    expect(refusedPart("fe80::1%eth0/64")).toBe("zone");
  });

  it("accepts the length of 10.0.0.0/08, which Docker refuses", () => {
    expect(IPCIDR.isValidCIDR("10.0.0.0/08")).toBe(true);
    expect(refusedPart("10.0.0.0/08")).toBe("length");
  });

  it("writes an IPv4-mapped address in hexadecimal, where RFC 5952 wants it dotted", () => {
    expect(IPCIDR.createAddress("0:0:0:0:0:ffff:a00:1").correctForm()).toBe("::ffff:a00:1");
    expect(formatPrefix(prefixFrom("::ffff:a00:1/128"))).toBe("::ffff:10.0.0.1/128");
  });
});
