import { expect, it } from "vitest";

import { summaryLine, type Summary } from "../../../src/cli/reports/tally.js";

const ONE: Summary = {
  files: 1,
  projects: 1,
  networks: 1,
  errors: 0,
  warnings: 0,
  fixable: 0,
  suppressed: 0,
  unusedSuppressions: 0,
  ignored: 0,
  excluded: 0,
  notChecked: [],
  notes: [],
  held: { policies: [], withoutPolicy: undefined },
};

it("counts in the singular and the plural", () => {
  expect(summaryLine(ONE)).toBe("checked 1 file: 1 project, 1 network; no findings");
  expect(summaryLine({ ...ONE, files: 12, projects: 7, networks: 19, errors: 2, warnings: 1, fixable: 1 })).toBe(
    "checked 12 files: 7 projects, 19 networks; 2 errors, 1 warning; 1 fixable with --fix",
  );
  expect(summaryLine({ ...ONE, projects: 0, networks: 0, errors: 1 })).toBe(
    "checked 1 file: 0 projects, 0 networks; 1 error",
  );
  expect(summaryLine({ ...ONE, warnings: 2 })).toBe("checked 1 file: 1 project, 1 network; 2 warnings");
});

it("counts what the policy leaves out", () => {
  expect(summaryLine({ ...ONE, ignored: 3 })).toBe(
    "checked 1 file: 1 project, 1 network; no findings; 3 ignored by the policy file",
  );
});

it("says what became of the files that a fix changes", () => {
  expect(summaryLine(ONE, { written: 2 })).toBe("checked 1 file: 1 project, 1 network; no findings; fixed 2 files");
  expect(summaryLine({ ...ONE, errors: 1 }, { changeable: 1 })).toBe(
    "checked 1 file: 1 project, 1 network; 1 error; --fix would change 1 file",
  );
});
