import { describe, expect, it } from "vitest";
import { ENGINE_RELEASES } from "../../../src/compose/engine/releases.js";
import { forbiddenRangesSchema } from "../../../src/policy/schema/json-schema.js";
import { faultsOf, loaded, POLICY } from "../faults-of.js";
import { isValid } from "./draft-07.js";

const EXPECTED = "one of 20.10, 23, 24, 25, 26, 27, 28, 29, newest, or two of them as in 26-28";
const fits = (value: object): boolean => isValid(forbiddenRangesSchema(), value);

function policyWith(engine: string): string {
  return `version: 1\ndocker: { engine: ${engine} }\n`;
}

describe("docker.engine", () => {
  it.each([
    ["28", "28", "28"],
    ['"28"', "28", "28"],
    ["20.10", "20.10", "20.10"],
    ['"20.10"', "20.10", "20.10"],
    ["newest", "29", "29"],
    ["26-28", "26", "28"],
    ["20.10 - 24", "20.10", "24"],
    ["27-newest", "27", "29"],
    ["28-28", "28", "28"],
  ])("%s stands for the releases from %s to %s", (engine, min, max) => {
    expect(loaded({ [POLICY]: policyWith(engine) }).docker.engines).toEqual({ min, max });
  });

  it.each([
    ["30", `2:19-2:21 30 is not a known release of Docker Engine; it is ${EXPECTED}`],
    ["20.1", `2:19-2:23 20.1 is not a known release of Docker Engine; it is ${EXPECTED}`],
    ['"28.5.2"', '2:19-2:27 "28.5.2" is not a known release of Docker Engine; did you mean 28?'],
    ["v26.1.5", '2:19-2:26 "v26.1.5" is not a known release of Docker Engine; did you mean 26?'],
    ["20.10.24", '2:19-2:27 "20.10.24" is not a known release of Docker Engine; did you mean 20.10?'],
    ["29.1", "2:19-2:23 29.1 is not a known release of Docker Engine; did you mean 29?"],
    ["26-28.5", '2:19-2:26 "26-28.5": 28.5 is not a known release of Docker Engine; did you mean 26-28?'],
    ["28-26", '2:19-2:24 "28-26" ends before it begins; did you mean 26-28?'],
    ["latest", `2:19-2:25 "latest" is not a known release of Docker Engine; it is ${EXPECTED}`],
    ["true", `2:19-2:23 expected ${EXPECTED}, found true, which is a boolean`],
    ["[28]", `2:19-2:23 expected ${EXPECTED}, found a list`],
  ])("%s is a fault that names what is allowed", (engine, fault) => {
    expect(faultsOf(policyWith(engine))).toEqual([fault]);
  });

  it("is taken from the first file that says it, beside what others say of the daemons", () => {
    const files = {
      [POLICY]: "version: 1\nextends: [company.yaml]\ndocker: { engine: 28 }\n",
      "company.yaml": "version: 1\ndocker: { engine: 26, bip: 10.9.0.1/24 }\n",
    };
    expect(loaded(files).docker).toMatchObject({ engines: { min: "28", max: "28" }, bip: { length: 24 } });
  });

  it.each([...ENGINE_RELEASES, "newest", ...ENGINE_RELEASES.map(Number), "26-28", "27-newest"])(
    "%s is what the JSON Schema allows",
    (engine) => {
      expect(fits({ version: 1, docker: { engine } })).toBe(true);
    },
  );

  it.each(["30", "28.5.2", 30, "-28", "28-", true])("%s is what the JSON Schema refuses", (engine) => {
    expect(fits({ version: 1, docker: { engine } })).toBe(false);
  });
});
