import { bitsOf } from "../../ipam/prefix.js";
import type { dockerShape, poolShape } from "../schema/forbidden-ranges-shape.js";
import type { DockerSettings, PolicyPool } from "../policy.js";
import type { ValueOf } from "../schema/shape.js";
import { locationOf } from "../source-text.js";
import type { Page } from "../schema/yaml-text.js";

/**
 * The prefix lengths that a fix may give to a network. An IPv4 /31 has no room for a gateway, a container and the two
 * addresses that Docker keeps; IPv6 subnets are /64 by custom, and a longer one still needs a few addresses.
 */
const NETWORK_LENGTHS = { 4: [0, 30], 6: [64, 126] } as const;

/** One entry of `pools`, or none after a fault. */
export function poolsOf({ cidr, prefix, for: directories }: ValueOf<typeof poolShape>, page: Page): PolicyPool[] {
  if (!cidr || !prefix) return [];
  const { family } = cidr.value.address;
  const [shortest, longest] = NETWORK_LENGTHS[family];
  const lowest = Math.max(shortest, cidr.value.length);
  if (lowest > longest) {
    page.report(
      cidr.range,
      `"${cidr.written}" is too small for a pool: an IPv${family} network needs a /${longest} or more`,
    );
    return [];
  }
  if (prefix.value < lowest || prefix.value > longest) {
    page.report(
      prefix.range,
      `${prefix.written}: from the IPv${family} pool ${cidr.written}, networks get a /${lowest} to a /${longest}`,
    );
    return [];
  }
  return [
    {
      prefix: cidr.value,
      length: prefix.value,
      ...(directories && { for: directories.map(({ value }) => value) }),
      location: locationOf(page.source, cidr.range),
      lengthAt: locationOf(page.source, prefix.range),
    },
  ];
}

/** The `docker` key. Entries with a fault are left out. */
export function dockerSettingsOf(docker: ValueOf<typeof dockerShape>, page: Page): DockerSettings {
  const { engine, bip, "default-address-pools": pools } = docker;
  const read = pools?.flatMap((pool) => daemonPoolsOf(pool, page)) ?? [];
  return {
    ...(engine && { engines: engine.value }),
    ...(bip && { bip: { ...bip.value, location: locationOf(page.source, bip.range) } }),
    ...(read.length > 0 && { defaultAddressPools: read }),
  };
}

type DaemonPools = NonNullable<DockerSettings["defaultAddressPools"]>;
type DaemonPoolFields = NonNullable<ValueOf<typeof dockerShape>["default-address-pools"]>[number];

function daemonPoolsOf({ base, size }: DaemonPoolFields, page: Page): DaemonPools {
  if (!base || !size) return [];
  const shortest = base.value.length;
  const longest = bitsOf(base.value.address.family);
  if (size.value < shortest || size.value > longest) {
    const consequence = size.value < shortest ? "the daemon does not start with it" : "no prefix is longer";
    page.report(size.range, `${size.written}: ${consequence}; for ${base.written} write ${shortest} to ${longest}`);
    return [];
  }
  const location = locationOf(page.source, base.range);
  return [{ base: base.value, size: size.value, location, sizeAt: locationOf(page.source, size.range) }];
}
