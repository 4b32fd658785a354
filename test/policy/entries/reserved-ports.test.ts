import { describe, expect, it } from "vitest";

import { faultsOf, loaded } from "../faults-of.js";

function reservedIn(files: Readonly<Record<string, string>>) {
  return loaded(files).reservedPorts.map(({ ports, protocol, name, reason, location }) => ({
    ports: [ports.first, ports.last],
    ...(protocol !== undefined && { protocol }),
    ...(name !== undefined && { name }),
    ...(reason !== undefined && { reason }),
    place: `${location.file}:${location.line}:${location.column}`,
  }));
}

describe("reserved ports", () => {
  it("are written short or long, and come from extended files too", () => {
    const files = {
      "forbidden-ranges.yaml":
        "version: 1\nextends: [shared.yaml]\nreserved-ports:\n  - 22\n  - { port: 6000-6010, protocol: tcp, name: X11, reason: displays }\n",
      "shared.yaml": 'version: 1\nreserved-ports: ["53"]\n',
    };
    expect(reservedIn(files)).toEqual([
      { ports: [22, 22], place: "forbidden-ranges.yaml:4:5" },
      { ports: [6000, 6010], protocol: "tcp", name: "X11", reason: "displays", place: "forbidden-ranges.yaml:5:13" },
      { ports: [53, 53], place: "shared.yaml:2:18" },
    ]);
  });

  const WHAT = "a port from 1 to 65535, or a range first-last";
  it.each([
    ["[0]", [`2:18-2:19 0 is not ${WHAT}`]],
    ["[65536]", [`2:18-2:23 65536 is not ${WHAT}`]],
    ["[22.5]", [`2:18-2:22 22.5 is not ${WHAT}`]],
    ["[ssh]", [`2:18-2:21 "ssh" is not ${WHAT}`]],
    ["[25-20]", [`2:18-2:23 "25-20" is not ${WHAT}; did you mean "20-25"?`]],
    ["[true]", [`2:18-2:22 expected ${WHAT}, found true, which is a boolean`]],
    ["[{ port: 22, protocol: tpc }]", ['2:40-2:43 "tpc" is not a protocol; did you mean "tcp"?']],
    ["[{ name: SSH }]", ['2:20-2:24 missing key "port", as in port: 22']],
    ["22", ["2:17-2:19 expected a list of reserved ports, found 22, which is a number; write [22]"]],
  ])("%s has a fault that says what is right", (value, faults) => {
    expect(faultsOf(`version: 1\nreserved-ports: ${value}\n`)).toEqual(faults);
  });
});
