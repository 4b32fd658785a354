import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "../../src/kit/nearest.js";

describe("the edit distance", () => {
  it.each([
    ["cidr", "cidr", 0],
    ["cird", "cidr", 1],
    ["cdr", "cidr", 1],
    ["cidrs", "cidr", 1],
    ["cadr", "cidr", 1],
    ["", "cidr", 4],
    ["cidr", "", 4],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ])("from %j to %j is %d", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });
});

describe("the nearest word", () => {
  const keys = ["cidr", "range", "name", "reason", "severity", "default-address-pools", "off"];

  it.each([
    ["cird", "cidr"],
    ["CIDR", "cidr"],
    ["reasn", "reason"],
    ["defaultAddressPools", "default-address-pools"],
    ["default_address_pool", "default-address-pools"],
    ["sev", "severity"],
    ["severityLevel", "severity"],
    ["nam", "name"],
  ])("to %j is %j", (word, key) => {
    expect(nearest(word, keys)).toBe(key);
  });

  it.each(["", "x", "on", "subnet", "description", "gateway"])("to %j is none", (word) => {
    expect(nearest(word, keys)).toBeUndefined();
  });

  it("is the first of two that are equally near", () => {
    expect(nearest("bat", ["cat", "hat"])).toBe("cat");
  });
});
