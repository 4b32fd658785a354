import { describe, expect, it } from "vitest";
import { faultsOf, pointedAt } from "./faults-of.js";

interface Sample {
  readonly title: string;
  /** What stands below `version: 1`. */
  readonly body: string;
  readonly faults: readonly string[];
}

const KEYS: Sample[] = [
  {
    title: "a misspelt key, and not that the right one is missing",
    body: "forbidden:\n  - cird: 10.0.0.0/8\n",
    faults: ['3:5-3:9 unknown key "cird"; did you mean "cidr"?'],
  },
  {
    title: "a router beside the network",
    body: "forbidden:\n  - { cidr: [192.168.7.0/24, 192.168.9.0/24], router: 192.168.8.1 }\n  - { cidr: 10.7.0.0/24, router: 10.7.0.1/24 }\n",
    faults: [
      '3:55-3:66 the router "192.168.8.1" is outside of 192.168.7.0/24, 192.168.9.0/24',
      '4:34-4:45 "10.7.0.1/24": an address has no prefix length; did you mean 10.7.0.1?',
    ],
  },
  {
    title: "a key of another notation",
    body: "docker: { defaultAddressPools: [] }\n",
    faults: ['2:11-2:30 unknown key "defaultAddressPools"; did you mean "default-address-pools"?'],
  },
  {
    title: "a key that resembles none, with all that there are",
    body: "docker: { ipv6: true }\n",
    faults: ['2:11-2:15 unknown key "ipv6"; the keys here are engine, bip, default-address-pools'],
  },
  {
    title: "a key that only objects inherit",
    body: "docker: { constructor: 1 }\n",
    faults: ['2:11-2:22 unknown key "constructor"; the keys here are engine, bip, default-address-pools'],
  },
  {
    title: "a YAML merge key",
    body: "docker:\n  <<: {}\n",
    faults: ['3:3-3:5 unknown key "<<"; the keys here are engine, bip, default-address-pools'],
  },
  {
    title: "a key without a value",
    body: "forbidden:\nid: ~\n",
    faults: [
      '2:1-2:10 the key "forbidden" has no value; write a list of forbidden ranges, or remove the key',
      '3:1-3:3 the key "id" has no value; write a text, or remove the key',
    ],
  },
  {
    title: "a key that stands twice",
    body: "id: a\nforbidden: []\nid: b\n",
    faults: ['4:1-4:3 the key "id" stands twice here, first on line 2'],
  },
  {
    title: "a host that is named twice, and one without files",
    body: "hosts:\n  prod-1: apps/**\n  prod-2:\n  prod-1: [sites/**]\n",
    faults: [
      '4:3-4:9 the key "prod-2" has no value; write a path or a glob or a list of them, or remove the key',
      '5:3-5:9 the key "prod-1" stands twice here, first on line 3',
    ],
  },
  {
    title: "an exception without a reason",
    body: "allow:\n  - { file: compose.yaml }\n",
    faults: ['3:7-3:11 missing key "reason", as in reason: "NET-412"'],
  },
  {
    title: "everything that an empty entry lacks",
    body: "pools:\n  - {}\n",
    faults: [
      '3:5-3:7 missing key "cidr", as in cidr: "10.201.0.0/16"',
      '3:5-3:7 missing key "prefix", as in prefix: 24',
    ],
  },
  {
    title: "a forbidden entry without a range",
    body: "forbidden:\n  - name: office\n",
    faults: ['3:5-3:9 missing key "cidr" or "range"'],
  },
  {
    title: "a forbidden entry with two kinds of range",
    body: "forbidden:\n  - cidr: 10.0.0.0/8\n    range: 10.0.0.1-10.0.0.9\n",
    faults: ['4:5-4:10 "range" next to "cidr": write two entries, one for each'],
  },
];

const KINDS: Sample[] = [
  {
    title: "text in place of a list",
    body: "forbidden: 10.0.0.0/8\n",
    faults: ['2:12-2:22 expected a list of forbidden ranges, found "10.0.0.0/8", which is text; write ["10.0.0.0/8"]'],
  },
  {
    title: "a map in place of a list, on its first line only",
    body: "pools:\n  cidr: 10.0.0.0/16\n  prefix: 24\n",
    faults: ['3:3-3:20 expected a list of pools, found a map; begin each entry with "- "'],
  },
  {
    title: "a list in place of a map",
    body: "docker: []\n",
    faults: ["2:9-2:11 expected a map of daemon settings, found a list"],
  },
  {
    title: "a list in place of an entry",
    body: "forbidden: [[10.0.0.0/8]]\n",
    faults: [
      '2:13-2:25 expected a CIDR block, a range first-last or an address, or a map with the key "cidr" or "range", found a list',
    ],
  },
  {
    title: "a map in place of one CIDR block or several",
    body: "forbidden: [{ cidr: { a: b } }]\n",
    faults: ["2:21-2:29 expected a CIDR block or a list of them, found a map"],
  },
  {
    title: "numbers and booleans in place of text",
    body: "id: 2027\nforbidden: [true]\n",
    faults: ['2:5-2:9 2027 is a number, not text; write "2027"', '3:13-3:17 true is a boolean, not text; write "true"'],
  },
  {
    title: "text in place of a number",
    body: 'pools:\n  - { cidr: 10.201.0.0/16, prefix: "24" }\n  - { cidr: 10.202.0.0/16, prefix: /24 }\n',
    faults: [
      '3:36-3:40 "24" is text, not a number; write 24',
      '4:36-4:39 expected a prefix length, found "/24", which is text',
    ],
  },
  {
    title: "a number that is not whole",
    body: "pools: [{ cidr: 10.201.0.0/16, prefix: 24.5 }]\n",
    faults: ["2:40-2:44 24.5: a prefix length is a whole number from 1 to 126"],
  },
  {
    title: "empty entries and lists",
    body: "extends:\n  -\nforbidden: [{ cidr: [] }]\n",
    faults: [
      "3:3-3:4 the entry is empty; write a path or builtin:NAME, or remove it",
      "4:21-4:23 the list is empty; write an entry, or remove the key",
    ],
  },
  {
    title: "empty text",
    body: "id: ' '\nallow: [{ file: '', reason: x }]\nextends: ['']\n",
    faults: [
      "2:5-2:8 the text is empty; write one, or remove the key",
      "3:17-3:19 the path is empty; write one",
      "4:11-4:13 the path is empty; write one, or remove the entry",
    ],
  },
];

const ADDRESSES: Sample[] = [
  {
    title: "a prefix length beyond the family",
    body: "forbidden: [10.0.0.0/33]\n",
    faults: ['2:13-2:24 "10.0.0.0/33": "33" is out of range: an IPv4 prefix length is 0 to 32'],
  },
  {
    title: "host bits, with both readings",
    body: "forbidden:\n  - 10.0.0.5/24\n  - cidr: fd00::5/64\n",
    faults: [
      '3:5-3:16 "10.0.0.5/24" has host bits set; did you mean 10.0.0.0/24 or 10.0.0.5/32?',
      '4:11-4:21 "fd00::5/64" has host bits set; did you mean fd00::/64 or fd00::5/128?',
    ],
  },
  {
    title: "host bits where only the block can be meant",
    body: "pools: [{ cidr: 10.201.0.1/16, prefix: 24 }]\n",
    faults: ['2:17-2:30 "10.201.0.1/16" has host bits set; did you mean 10.201.0.0/16?'],
  },
  {
    title: "an address without a prefix length",
    body: "forbidden: [{ cidr: 10.0.0.7 }, { cidr: 'fd00::7' }]\ndocker: { bip: 172.17.0.1 }\n",
    faults: [
      '2:21-2:29 "10.0.0.7" has no prefix length; did you mean 10.0.0.7/32?',
      '2:41-2:50 "fd00::7" has no prefix length; did you mean fd00::7/128?',
      '3:16-3:26 "172.17.0.1": it has no prefix length: a subnet is written like 10.0.0.0/24',
    ],
  },
  {
    title: "a netmask",
    body: "forbidden: [10.0.0.0/255.255.0.0, 10.0.0.0/255.0.255.0]\n",
    faults: [
      '2:13-2:33 "10.0.0.0/255.255.0.0" has a netmask in place of the prefix length; did you mean 10.0.0.0/16?',
      '2:35-2:55 "10.0.0.0/255.0.255.0": "255.0.255.0" is not a valid prefix length: an IPv4 prefix length is 0 to 32',
    ],
  },
  {
    title: "a range where a block belongs, and the other way round",
    body: "forbidden: [{ cidr: 10.0.0.1-10.0.0.9 }, { range: 10.0.0.0/8 }]\n",
    faults: [
      '2:21-2:38 "10.0.0.1-10.0.0.9" is a range from one address to another; a CIDR block is needed here',
      '2:51-2:61 "10.0.0.0/8" is a CIDR block; write it under "cidr"',
    ],
  },
  {
    title: "a range that runs backwards",
    body: "forbidden: [10.0.0.9-10.0.0.1]\n",
    faults: ['2:13-2:30 "10.0.0.9-10.0.0.1": its first address is above its last'],
  },
  {
    title: "an address that is none",
    body: "forbidden: [10.0.0]\n",
    faults: ['2:13-2:19 "10.0.0": it has 3 numbers: an IPv4 address has four numbers of 0 to 255'],
  },
  {
    title: "a hole beside the range",
    body: "forbidden: [{ cidr: [10.1.0.0/16, 10.2.0.0/16], except: 10.3.0.0/24 }]\n",
    faults: ['2:57-2:68 "10.3.0.0/24" is not a hole: it is not inside 10.1.0.0/16, 10.2.0.0/16'],
  },
  {
    title: "holes that leave nothing",
    body: "forbidden: [{ cidr: 10.1.0.0/24, except: [10.1.0.0/25, 10.1.0.128/25] }]\n",
    faults: ['2:21-2:32 "except" leaves nothing of "10.1.0.0/24"; remove one of them'],
  },
  {
    title: "only the unreadable block, not a hole in it",
    body: "forbidden: [{ cidr: [10.1.0.0/16, 10.2.0.0/99], except: 10.2.0.0/24 }]\n",
    faults: ['2:35-2:46 "10.2.0.0/99": "99" is out of range: an IPv4 prefix length is 0 to 32'],
  },
];

const LENGTHS: Sample[] = [
  {
    title: "pools cut into subnets that are too large or too small",
    body: "pools:\n  - { cidr: 10.201.0.0/16, prefix: 8 }\n  - { cidr: 10.201.0.0/16, prefix: 31 }\n  - { cidr: 'fd00::/48', prefix: 24 }\n",
    faults: [
      "3:36-3:37 8: from the IPv4 pool 10.201.0.0/16, networks get a /16 to a /30",
      "4:36-4:38 31: from the IPv4 pool 10.201.0.0/16, networks get a /16 to a /30",
      "5:34-5:36 24: from the IPv6 pool fd00::/48, networks get a /64 to a /126",
    ],
  },
  {
    title: "a pool with no room for a network",
    body: "pools: [{ cidr: 10.0.0.0/31, prefix: 31 }]\n",
    faults: ['2:17-2:28 "10.0.0.0/31" is too small for a pool: an IPv4 network needs a /30 or more'],
  },
  {
    title: "sizes that the daemon refuses",
    body: "docker:\n  default-address-pools:\n    - { base: 10.0.0.0/16, size: 8 }\n    - { base: 10.0.0.0/16, size: 40 }\n",
    faults: [
      "4:34-4:35 8: the daemon does not start with it; for 10.0.0.0/16 write 16 to 32",
      "5:34-5:36 40: no prefix is longer; for 10.0.0.0/16 write 16 to 32",
    ],
  },
];

const WORDS: Sample[] = [
  {
    title: "days that no calendar has",
    body: "forbidden: [{ cidr: 10.0.0.0/8, until: 2027-02-30 }]\nallow: [{ file: a, reason: b, expires: 2027-13-01 }]\n",
    faults: [
      '2:40-2:50 "2027-02-30": February 2027 has the days 01 to 28',
      '3:40-3:50 "2027-13-01": a year has the months 01 to 12',
    ],
  },
  {
    title: "a date in another notation",
    body: "forbidden: [{ cidr: 10.0.0.0/8, until: 2027/3/31 }, { cidr: 10.0.0.0/8, until: 31.03.2027 }]\n",
    faults: [
      '2:40-2:49 "2027/3/31" is not a date of the form YYYY-MM-DD; did you mean 2027-03-31?',
      '2:80-2:90 "31.03.2027" is not a date of the form YYYY-MM-DD',
    ],
  },
  {
    title: "a severity that there is not",
    body: "forbidden: [{ cidr: 10.0.0.0/8, severity: warning }, { cidr: 10.0.0.0/8, severity: loud }]\n",
    faults: [
      '2:43-2:50 "warning" is not a severity; did you mean "warn"?',
      '2:84-2:88 "loud" is not a severity; write error, warn or off',
    ],
  },
  {
    title: "a compose file that is not named from the policy file",
    body: "allow: [{ file: /srv/compose.yaml, reason: a }, { file: 'C:/compose.yaml', reason: b }, { file: 'a\\b', reason: c }]\n",
    faults: [
      '2:17-2:34 "/srv/compose.yaml" is absolute; write the path from the directory of the policy file',
      '2:57-2:74 "C:/compose.yaml" is absolute; write the path from the directory of the policy file',
      '2:97-2:102 "a\\b": folders are separated by "/"; did you mean "a/b"?',
    ],
  },
];

describe.each([
  ["keys", KEYS],
  ["kinds of values", KINDS],
  ["addresses", ADDRESSES],
  ["prefix lengths", LENGTHS],
  ["dates, severities and paths", WORDS],
])("faults about %s", (_, samples) => {
  it.each(samples)("name $title", ({ body, faults }) => {
    expect(faultsOf(`version: 1\n${body}`)).toEqual(faults);
  });
});

describe("faults about the file as a whole", () => {
  it.each([
    ["nothing at all", "", ['1:1-1:1 the file is empty; it begins with "version: 1"']],
    ["only comments", "# ranges\n", ['1:1-1:1 the file is empty; it begins with "version: 1"']],
    ["no version", "id: shop\n", ['1:1-1:3 missing key "version", as in version: 1']],
    ["a version to come", "version: 2\n", ["1:10-1:11 version 2 is not known; the only version known here is 1"]],
    ["a version in quotes", 'version: "1"\n', ['1:10-1:13 version "1" is not known; write 1']],
    ["a list at the top", "- 10.0.0.0/8\n", ["1:1-1:13 expected a map with the key version, found a list"]],
    [
      "a plain list under the name of a YAML file",
      "10.0.0.0/8\n10.9.0.0/16\n",
      ['1:1-1:11 expected a map with the key version, found "10.0.0.0/8 10.9.0.0/16", which is text'],
    ],
    [
      "a second document",
      "version: 1\n---\nversion: 1\n",
      ["2:1-2:4 a second YAML document starts here; a forbidden-ranges file holds one"],
    ],
    [
      "YAML that does not parse",
      "version: 1\n\tid: a\n",
      ["2:1-2:2 not valid YAML: Tabs are not allowed as indentation"],
    ],
    ["an unknown tag", "version: 1\nforbidden: !ours []\n", ["2:12-2:17 not valid YAML: Unresolved tag: !ours"]],
    [
      "an alias inside of its anchor",
      "version: 1\nforbidden: &name [*name]\n",
      ["2:19-2:24 the alias contains itself"],
    ],
    ["an alias without an anchor", "version: 1\nid: *name\n", ["2:5-2:10 the alias names no anchor above it"]],
  ])("name %s", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it("are all reported, in the order of the file", () => {
    const text = "version: 7\nid: 3\nforbidden: [x, { cidr: 10.0.0.1/8, until: soon }]\nfoo: 1\n";
    expect(pointedAt(text)).toEqual(["7", "3", "x", "10.0.0.1/8", "soon", "foo"]);
  });

  it("count lines across CRLF, and columns without a byte order mark", () => {
    expect(faultsOf("\uFEFFversion: 3\r\n\r\nid: 4\r\n")).toEqual([
      "1:10-1:11 version 3 is not known; the only version known here is 1",
      '3:5-3:6 4 is a number, not text; write "4"',
    ]);
  });

  it("are reported once for a value that several aliases share", () => {
    const text = "version: 1\nforbidden:\n  - &bad { cidr: 10.0.0.1/8 }\n  - *bad\n  - *bad\n";
    expect(pointedAt(text)).toEqual(["10.0.0.1/8"]);
  });

  it("have positions in JSON too", () => {
    const text = '{\n\t"version": 1,\n\t"forbiden": ["10.0.0.0/8"]\n}\n';
    expect(faultsOf(text, {}, "forbidden-ranges.json")).toEqual([
      '3:2-3:12 unknown key "forbiden"; did you mean "forbidden"?',
    ]);
  });
});
