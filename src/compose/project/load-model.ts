import { loadFiles, type Model, type ModelInput, type ProjectFiles } from "../load/loader.js";
import { shapeRefusals } from "./network.js";

/** Puts the files of a project together as Compose does. */
export function loadModel(input: ModelInput, files: ProjectFiles): Model {
  return loadFiles(input, files, shapeRefusals);
}
