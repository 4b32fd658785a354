import type { CLASSES, GrowingInput, Input } from "../input.js";
import { sumInputs } from "./budget.js";
import { contentInputs } from "./content.js";
import { depthInputs } from "./depth.js";
import { displayInputs } from "./display.js";
import { gitInputs } from "./git.js";
import { linkInputs } from "./links.js";
import { silenceInputs } from "./silence.js";
import { sizeInputs } from "./sizes.js";
import { specialFileInputs } from "./special-files.js";
import { growingInputs } from "./time.js";
import { valueInputs } from "./values.js";
import { leftInputs, outputInputs } from "./writing.js";

export const INPUTS: Readonly<Record<(typeof CLASSES)[number], readonly (Input | GrowingInput)[]>> = {
  "git runs commands": gitInputs,
  "content printed": contentInputs,
  "values printed": valueInputs,
  links: linkInputs,
  "special files": specialFileInputs,
  size: [...sizeInputs, ...sumInputs],
  time: growingInputs,
  depth: depthInputs,
  silence: silenceInputs,
  display: displayInputs,
  "files left": leftInputs,
  "full output": outputInputs,
};
