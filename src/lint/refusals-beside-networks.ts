import type { Project } from "../compose/project/project.js";
import type { Refusal } from "../compose/read/scalar-text.js";
import { foundInFile } from "./found-in-file.js";

/** What is refused about the project in the file being looked at, beside what is refused about its networks. */
export const refusalsBesideNetworks = foundInFile(
  ({ networks, refusals }: Project): readonly Refusal[] => {
    const ofNetworks = new Set(networks.flatMap((network) => network.refusals));
    return refusals.filter((refusal) => !ofNetworks.has(refusal));
  },
  ({ place }) => place,
);
