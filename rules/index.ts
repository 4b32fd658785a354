import type { Rule } from "../src/lint/define-rule.js";
import { consistentNetwork } from "./consistent-network.js";
import { fitsHost } from "./fits-host.js";
import { noAddressRace } from "./no-address-race.js";
import { noDefaultPoolSubnet } from "./no-default-pool-subnet.js";
import { noForbiddenDaemonPool } from "./no-forbidden-daemon-pool.js";
import { noForbiddenSubnet } from "./no-forbidden-subnet.js";
import { noLossyIpamOverride } from "./no-lossy-ipam-override.js";
import { noOverlappingSubnets } from "./no-overlapping-subnets.js";
import { noPublicSubnet } from "./no-public-subnet.js";
import { noReservedHostPort } from "./no-reserved-host-port.js";
import { requireBridgeName } from "./require-bridge-name.js";
import { requireSubnet } from "./require-subnet.js";
import { subnetSize } from "./subnet-size.js";
import { validForbiddenRanges } from "./valid-forbidden-ranges.js";
import { validIpam } from "./valid-ipam.js";
import { validServiceNetworks } from "./valid-service-networks.js";
import { validStaticAddress } from "./valid-static-address.js";

export const rules: readonly Rule[] = [
  consistentNetwork,
  fitsHost,
  noAddressRace,
  noDefaultPoolSubnet,
  noForbiddenDaemonPool,
  noForbiddenSubnet,
  noLossyIpamOverride,
  noOverlappingSubnets,
  noPublicSubnet,
  noReservedHostPort,
  requireBridgeName,
  requireSubnet,
  subnetSize,
  validForbiddenRanges,
  validIpam,
  validServiceNetworks,
  validStaticAddress,
];
