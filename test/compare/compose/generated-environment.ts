import type { Dice } from "./dice.js";

/** The text of a `.env` file. It may say which of the files Compose is to read. */
export function generateEnvironment(dice: Dice, files: readonly string[]): string {
  const lines = dice.several(1, 4, () =>
    dice.one([
      "NET=10.7.0.0/24",
      "NET='10.7.0.0/24'",
      'NET="10.${N:-7}.0.0/24"',
      "N=7",
      "N=7 # seven",
      "export N=6",
      "SUB=10.$N.0.0/24",
      "SUB='10.$N.0.0/24'",
      'SUB="${NET-10.9.0.0/24}"',
      "EXTERNAL=true",
      "EMPTY=",
      'EMPTY=""',
      'FLAG="no"',
      "FLAG=on",
      "DRIVER=macvlan",
      "NAMED=Some_Name",
      "MODE=none",
      "# nothing",
      "",
    ]),
  );
  if (dice.chance(15)) lines.push(`COMPOSE_PROJECT_NAME=${dice.one(["chosen", "other-one"])}`);
  if (dice.chance(25)) {
    const separator = dice.one([":", ":", ";"]);
    if (separator !== ":") lines.push(`COMPOSE_PATH_SEPARATOR=${separator}`);
    const [first = "", ...others] = files;
    const named = [first, ...others.filter(() => dice.chance(70))];
    // What is laid over others needs them below it.
    lines.push(`COMPOSE_FILE=${(dice.fault(30) ? named.reverse() : named).join(separator)}`);
  }
  return `${lines.join("\n")}\n`;
}
