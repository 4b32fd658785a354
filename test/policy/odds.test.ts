import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/forbidden-ranges.md", import.meta.url), "utf8");

/** The chance that some two of `networks` take the same of `subnets`, each at random. */
function someTwoMeet(networks: number, subnets: number): number {
  let apart = 1;
  for (let index = 0; index < networks; index += 1) apart *= 1 - index / subnets;
  return 1 - apart;
}

/** The chance that two repositories, whose own networks never meet, take the same one. */
function twoRepositoriesMeet(networks: number, subnets: number): number {
  let apart = 1;
  for (let index = 0; index < networks; index += 1) apart *= 1 - networks / (subnets - index);
  return 1 - apart;
}

it("docs/forbidden-ranges.md tells the odds as they are", () => {
  const percent = (chance: number): number => Math.floor(chance * 100);
  expect(page).toContain(
    `30 networks that are planned apart, some two meet with a chance of more than ${percent(someTwoMeet(30, 256))} %`,
  );
  expect(page).toContain(
    `With 1,024 subnets (\`prefix: 26\` in a /16), it is ${Math.round(someTwoMeet(30, 1024) * 100)} %`,
  );
  expect(page).toContain(
    `they have one in common with a chance of ${Math.round(twoRepositoriesMeet(10, 256) * 100)} %; with 1,024 subnets, it is ${Math.round(twoRepositoriesMeet(10, 1024) * 100)} %`,
  );
});
