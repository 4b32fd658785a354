import { noForbiddenDaemonPool } from "../../rules/no-forbidden-daemon-pool.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

const daemonIn = (workspace: string): string => inWorkspace(workspace, "daemon.json");

const OFFICE_LAN = {
  range: '"office LAN" (192.168.0.0/24)',
  origin:
    "test/rules/workspaces/office/forbidden-ranges.yaml:5:11, reached over the site-to-site VPN, owner netops@example.com",
};
const OFFICE_WIFI = {
  range: '"office Wi-Fi" (172.18.44.0/22)',
  origin: "test/rules/workspaces/office/forbidden-ranges.yaml:9:11",
};
const OLD_LAB = {
  range: '"old lab" (10.1.0.0/16)',
  origin: "test/rules/workspaces/severities/forbidden-ranges.yaml:4:13",
};
const OTHER_BASE = "Choose a base that nothing else uses.";
const OTHER_NETWORK = "Choose a network for docker0 that nothing else uses.";
const ONCE_TAKEN = "hosts there become unreachable from this machine once a network gets it";
const LENGTHS_BELOW_16 = "Write a number from 16 to 32, the prefix length of each subnet.";

/** A daemon.json with one key, and what keeps the engine from starting with it. */
function refused(key: string, value: string, found: { what: string; advice: string; at: Extent; mended?: string }) {
  const { what, advice, at, mended } = found;
  const code = `{ "${key}": ${value} }\n`;
  const [, start, , end] = at;
  const suggestions =
    mended === undefined
      ? []
      : [
          {
            messageId: "mend",
            data: { text: mended },
            output: code.slice(0, start - 1) + mended + code.slice(end - 1),
          },
        ];
  return {
    name: `${key}: ${value} keeps the engine from starting`,
    filename: daemonIn("none"),
    code,
    errors: [{ messageId: "refused", data: { what, advice }, ...position(at), suggestions }],
  };
}

const refusedPool = (pool: string, found: Parameters<typeof refused>[2]) =>
  refused("default-address-pools", `[${pool}]`, found);

composeRuleTester.run("no-forbidden-daemon-pool", noForbiddenDaemonPool, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "pools that no forbidden range touches",
      filename: daemonIn("office"),
      code: '{ "default-address-pools": [{ "base": "10.202.0.0/16", "size": 24 }], "bip": "10.203.0.1/24" }\n',
    },
    {
      name: "a base with host bits, which the engine clears",
      filename: daemonIn("office"),
      code: '{ "default-address-pools": [{ "base": "10.202.0.5/16", "size": 24 }] }\n',
    },
    {
      name: "a pool that is one subnet",
      filename: daemonIn("office"),
      code: '{ "default-address-pools": [{ "base": "10.202.0.0/24", "size": 24 }] }\n',
    },
    {
      name: "keys of a pool in capital letters, which Go takes",
      filename: daemonIn("office"),
      code: '{ "default-address-pools": [{ "Base": "10.202.0.0/16", "SIZE": 24 }] }\n',
    },
    { name: "no pools at all", filename: daemonIn("office"), code: '{ "log-driver": "local" }\n' },
    {
      name: "keys without a value, an empty text and an empty list, which are as good as none",
      filename: daemonIn("office"),
      code: '{ "bip": null, "fixed-cidr": "", "default-address-pools": [] }\n',
    },
    {
      name: "keys for IPv6 while the file does not switch it on, since the engine does not look at them",
      filename: daemonIn("ipv6"),
      code: '{ "bip6": "foo", "fixed-cidr-v6": "fd12:3456:789a:40::/64" }\n',
    },
    { name: "a file without a policy", filename: daemonIn("none"), code: '{ "bip": "192.168.0.1/24" }\n' },
    { name: "a list in place of the map", filename: daemonIn("office"), code: "[1]\n" },
    { name: "an empty file", filename: daemonIn("office"), code: "\n" },
    {
      name: "a faulty policy, when the file says nothing about addresses",
      filename: daemonIn("faulty"),
      code: '{ "log-driver": "local" }\n',
    },
    {
      name: "an exception of the policy",
      filename: inWorkspace("exceptions", "lab/daemon.json"),
      code: '{ "bip": "10.4.0.1/24", "default-address-pools": [{ "base": "10.4.0.0/16", "size": 24 }] }\n',
    },
    {
      name: "a file of another name, whatever is in it",
      filename: inWorkspace("office", "other.json"),
      code: '{ "bip": "192.168.0.1/24" }\n',
    },
    {
      name: "a part of docker0's network outside the forbidden range, without an entry for the rest",
      filename: daemonIn("office"),
      code: '{ "fixed-cidr": "192.168.1.0/24" }\n',
    },
  ],
  invalid: [
    {
      name: "a pool of which one subnet is forbidden",
      filename: daemonIn("office"),
      code: yaml`
        {
          "default-address-pools": [
            { "base": "172.16.0.0/12", "size": 24 }
          ]
        }
      `,
      errors: [
        {
          messageId: "forbiddenPool",
          data: {
            candidates: "4 of the 4096 subnets",
            pool: "172.16.0.0/12",
            relation: "overlap",
            subnet: "172.18.44.0/24",
            ...OFFICE_WIFI,
            consequence: ONCE_TAKEN,
            advice: OTHER_BASE,
          },
          ...position([3, 15, 3, 30]),
        },
      ],
    },
    {
      name: "a pool that is a forbidden range as a whole",
      filename: daemonIn("office"),
      code: '{ "default-address-pools": [{ "base": "192.168.0.0/24", "size": 24 }] }\n',
      errors: [
        {
          messageId: "forbiddenPool",
          data: {
            candidates: "The one subnet",
            pool: "192.168.0.0/24",
            relation: "overlaps",
            subnet: "192.168.0.0/24",
            ...OFFICE_LAN,
            consequence: ONCE_TAKEN,
            advice: OTHER_BASE,
          },
          ...position([1, 39, 1, 55]),
        },
      ],
    },
    {
      name: "a pool that stands last in the list and is taken first",
      filename: daemonIn("office"),
      code: crlf(yaml`
        {
        	"default-address-pools": [
        		{ "base": "192.168.128.0/17", "size": 24 },
        		{ "base": "192.168.0.0/20", "size": 24 }
        	]
        }
      `),
      errors: [
        {
          messageId: "forbiddenPool",
          data: {
            candidates: "1 of the 16 subnets",
            pool: "192.168.0.0/20",
            relation: "overlaps",
            subnet: "192.168.0.0/24",
            ...OFFICE_LAN,
            consequence: `${ONCE_TAKEN}, and Docker 27 and later take the lowest base first, so this one before "192.168.128.0/17"`,
            advice: OTHER_BASE,
          },
          ...position([4, 13, 4, 29]),
        },
      ],
    },
    {
      name: "the network of docker0 and the part of it that containers get, which is one finding",
      filename: daemonIn("office"),
      code: '{ "fixed-cidr": "192.168.0.128/25", "bip": "192.168.0.1/24" }\n',
      errors: [
        {
          messageId: "forbiddenNetwork",
          data: {
            key: "bip",
            subnet: "192.168.0.1/24",
            relation: "lies in",
            ...OFFICE_LAN,
            consequence: "192.168.0.0–192.168.0.255 can't be reached from this machine while Docker runs",
            advice: OTHER_NETWORK,
          },
          ...position([1, 44, 1, 60]),
        },
      ],
    },
    {
      name: "the part that containers get, which is docker0's network where nothing else is said",
      filename: daemonIn("office"),
      code: '{ "fixed-cidr": "192.168.0.0/16" }\n',
      errors: [
        {
          messageId: "forbiddenNetwork",
          data: {
            key: "fixed-cidr",
            subnet: "192.168.0.0/16",
            relation: "contains",
            ...OFFICE_LAN,
            consequence: "192.168.0.0–192.168.0.255 can't be reached from this machine while Docker runs",
            advice: OTHER_NETWORK,
          },
          ...position([1, 17, 1, 33]),
        },
      ],
    },
    {
      name: "both IPv6 keys once the file switches IPv6 on",
      filename: daemonIn("ipv6"),
      code: '{ "ipv6": true, "bip6": "fd12:3456:789a:41::1/64", "fixed-cidr-v6": "fd12:3456:789a:42::/64" }\n',
      errors: [
        {
          messageId: "forbiddenNetwork",
          data: {
            key: "bip6",
            subnet: "fd12:3456:789a:41::1/64",
            relation: "lies in",
            range: '"office LAN" (fd12:3456:789a:40::/58)',
            origin: "test/rules/workspaces/ipv6/forbidden-ranges.yaml:5:11",
            consequence:
              "fd12:3456:789a:41::–fd12:3456:789a:41:ffff:ffff:ffff:ffff can't be reached from this machine while Docker runs",
            advice: OTHER_NETWORK,
          },
          ...position([1, 25, 1, 50]),
        },
        {
          messageId: "forbiddenNetwork",
          data: {
            key: "fixed-cidr-v6",
            subnet: "fd12:3456:789a:42::/64",
            relation: "lies in",
            range: '"office LAN" (fd12:3456:789a:40::/58)',
            origin: "test/rules/workspaces/ipv6/forbidden-ranges.yaml:5:11",
            consequence:
              "fd12:3456:789a:42::–fd12:3456:789a:42:ffff:ffff:ffff:ffff can't be reached from this machine while Docker runs",
            advice: OTHER_NETWORK,
          },
          ...position([1, 69, 1, 93]),
        },
      ],
    },
    {
      name: "a range that only warns",
      filename: daemonIn("severities"),
      code: '{ "bip": "10.1.0.1/24" }\n',
      errors: [
        {
          messageId: "forbiddenNetwork",
          data: {
            key: "bip",
            subnet: "10.1.0.1/24",
            relation: "lies in",
            ...OLD_LAB,
            consequence: "10.1.0.0–10.1.0.255 can't be reached from this machine while Docker runs",
            advice: OTHER_NETWORK,
          },
          ...position([1, 10, 1, 23]),
        },
      ],
    },
    {
      name: "a faulty policy, which must not pass for a clean one",
      filename: daemonIn("faulty"),
      code: '{ "bip": "192.168.0.1/24" }\n',
      errors: [
        {
          messageId: "unreadablePolicy",
          data: {
            place: "test/rules/workspaces/faulty/forbidden-ranges.yaml:3:11",
            fault: '"192.168.0.0/33": "33" is out of range: an IPv4 prefix length is 0 to 32',
          },
          ...position([1, 1, 1, 28]),
        },
      ],
    },
    {
      name: "a pool inside another one, which Docker drops",
      filename: daemonIn("none"),
      code: '{ "default-address-pools": [{ "base": "10.200.0.0/24", "size": 26 }, { "base": "10.200.0.0/16", "size": 24 }] }\n',
      errors: [
        {
          messageId: "withoutEffect",
          data: {
            what: 'Docker 27 and later drop the pool "10.200.0.0/24", which lies inside "10.200.0.0/16"',
            advice: "Remove it, or choose bases that do not overlap.",
          },
          ...position([1, 39, 1, 54]),
        },
      ],
    },
    {
      name: "the same base twice, of which the second is dropped",
      filename: daemonIn("none"),
      code: '{ "default-address-pools": [{ "base": "10.200.0.0/16", "size": 24 }, { "base": "10.200.0.0/16", "size": 26 }] }\n',
      errors: [
        {
          messageId: "withoutEffect",
          data: {
            what: 'Docker 27 and later drop the pool "10.200.0.0/16", which lies inside "10.200.0.0/16"',
            advice: "Remove it, or choose bases that do not overlap.",
          },
          ...position([1, 80, 1, 95]),
        },
      ],
    },
    {
      name: "the name of the flag in place of the key, which the engine reads over",
      filename: daemonIn("none"),
      code: '{ "default-address-pool": [{ "base": "10.200.0.0/16", "size": 24 }] }\n',
      errors: [
        {
          messageId: "withoutEffect",
          data: {
            what: '"default-address-pool" is the name of dockerd\'s flag: in daemon.json the engine reads over it and keeps its own pools',
            advice: 'Name the key "default-address-pools".',
          },
          ...position([1, 3, 1, 25]),
          suggestions: [
            {
              messageId: "mend",
              data: { text: '"default-address-pools"' },
              output: '{ "default-address-pools": [{ "base": "10.200.0.0/16", "size": 24 }] }\n',
            },
          ],
        },
      ],
    },
    refused("default-address-pools", '{ "base": "10.200.0.0/16", "size": 24 }', {
      what: '"default-address-pools" is a map and no list',
      advice: 'Write [{ "base": "10.202.0.0/16", "size": 24 }].',
      mended: '[{ "base": "10.200.0.0/16", "size": 24 }]',
      at: [1, 28, 1, 67],
    }),
    refused("default-address-pools", '"10.200.0.0/16"', {
      what: '"default-address-pools" is a text and no list',
      advice: 'Write [{ "base": "10.202.0.0/16", "size": 24 }].',
      at: [1, 28, 1, 43],
    }),
    refusedPool('"10.200.0.0/16"', {
      what: '"10.200.0.0/16" is not a pool',
      advice: 'Write { "base": "10.202.0.0/16", "size": 24 }.',
      at: [1, 29, 1, 44],
    }),
    refusedPool('{ "size": 24 }', {
      what: 'the pool has no "base"',
      advice: 'Write { "base": "10.202.0.0/16", "size": 24 }.',
      at: [1, 29, 1, 43],
    }),
    refusedPool('{ "base": 10, "size": 24 }', {
      what: "10 is not text",
      advice: 'Write a CIDR block, as in "10.202.0.0/16".',
      at: [1, 39, 1, 41],
    }),
    refusedPool('{ "base": "10.200.0.0", "size": 24 }', {
      what: '"10.200.0.0": it has no prefix length: a subnet is written like 10.0.0.0/24',
      advice: 'Write a CIDR block, as in "10.202.0.0/16".',
      at: [1, 39, 1, 51],
    }),
    refusedPool('{ "base": "10.200.0.0/16" }', {
      what: 'the pool "10.200.0.0/16" has no "size"',
      advice: LENGTHS_BELOW_16,
      at: [1, 39, 1, 54],
    }),
    refusedPool('{ "base": "10.200.0.0/16", "size": 8 }', {
      what: 'subnets of the size 8 do not fit into "10.200.0.0/16"',
      advice: LENGTHS_BELOW_16,
      at: [1, 64, 1, 65],
    }),
    refusedPool('{ "base": "0.0.0.0/0", "size": 0 }', {
      what: 'subnets of the size 0 do not fit into "0.0.0.0/0"',
      advice: "Write a number from 1 to 32, the prefix length of each subnet.",
      at: [1, 60, 1, 61],
    }),
    {
      name: "a size that no IPv4 prefix has, with which the engine starts and then creates no network",
      filename: daemonIn("none"),
      code: '{ "default-address-pools": [{ "base": "10.200.0.0/16", "size": 40 }] }\n',
      errors: [
        {
          messageId: "withoutEffect",
          data: {
            what: "the size 40 is longer than any IPv4 prefix, so no network gets a subnet from the pool",
            advice: LENGTHS_BELOW_16,
          },
          ...position([1, 64, 1, 66]),
        },
      ],
    },
    refusedPool('{ "base": "10.200.0.0/16", "size": "24" }', {
      what: 'the size "24" is a text',
      advice: "Write 24 without quotes.",
      mended: "24",
      at: [1, 64, 1, 68],
    }),
    refusedPool('{ "base": "10.200.0.0/16", "size": 24.5 }', {
      what: "the size 24.5 is not a whole number",
      advice: LENGTHS_BELOW_16,
      at: [1, 64, 1, 68],
    }),
    refused("bip", '"foo"', {
      what: '"bip": the text is not an address with a prefix length',
      advice: 'Write an address with its prefix length, as in "172.17.0.1/16".',
      at: [1, 10, 1, 15],
    }),
    refused("bip", "10", {
      what: '"bip": 10 is not text',
      advice: 'Write an address with its prefix length, as in "172.17.0.1/16".',
      at: [1, 10, 1, 12],
    }),
    refused("bip", '"10.1.2.0/24"', {
      what: '"bip": "10.1.2.0/24" is the network\'s own or its broadcast address',
      advice: "Write the address that docker0 gets, one in between.",
      at: [1, 10, 1, 23],
    }),
    refused("bip", '"fd00::1/64"', {
      what: '"bip": "fd00::1/64" is not a valid IPv4 address',
      advice: 'Write one, as in "172.17.0.1/16".',
      at: [1, 10, 1, 22],
    }),
    {
      name: "an IPv4 address for IPv6",
      filename: daemonIn("none"),
      code: '{ "ipv6": true, "fixed-cidr-v6": "10.0.0.0/24" }\n',
      errors: [
        {
          messageId: "refused",
          data: {
            what: '"fixed-cidr-v6": "10.0.0.0/24" is not a valid IPv6 address',
            advice: 'Write one, as in "fd12:3456:789a::1/64".',
          },
          ...position([1, 34, 1, 47]),
        },
      ],
    },
  ],
});
