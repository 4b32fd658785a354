import type { ComposeFile } from "../compose/read/compose-file.js";
import { refused, type EditOutcome } from "../kit/edit.js";
import type { Project } from "../compose/project/project.js";
import { remembered } from "../kit/remember.js";
import type { Source } from "../kit/source.js";
import { refuseTemplate } from "../compose/edit/refusals/template.js";
import { refuseTwins } from "../compose/edit/refusals/twins.js";
import type { Network } from "../compose/project/network.js";
import { child } from "../compose/read/value.js";
import type { ProjectView } from "../workspace/view.js";

const filesBySource = remembered(
  ({ files }: Project): ReadonlyMap<Source, ComposeFile> => new Map(files.map((file) => [file.source, file])),
);

const MATTERS = { ipam: "its addresses", driver_opts: "its driver's options" };

/**
 * Edits the file that declares a network, provided that no other file of the project has a say in the matter.
 *
 * @param part The key of the network that holds it.
 */
export function editAtHome(
  view: ProjectView,
  network: Network,
  part: keyof typeof MATTERS,
  edit: (home: ComposeFile) => EditOutcome,
): EditOutcome {
  const { project } = view;
  const home = filesBySource(project).get(network.place.source);
  if (!home) return refused("it is written in another file", network.place);
  const own = home.documents
    .map(({ root }) => child(child(root, "networks"), network.key))
    .find((definition) => definition !== undefined);
  const [written, effective] = [child(own, part), child(network.definition, part)];
  if (
    !network.implicit &&
    (effective?.place.source !== written?.place.source || effective?.place.span[0] !== written?.place.span[0])
  ) {
    const place = (effective ?? written)?.place ?? network.place;
    return refused(`another file of the project has a say in ${MATTERS[part]}`, place);
  }
  return (
    refuseTemplate(home) ??
    refuseTwins([project, ...view.wholeWorkspace.includers()], home.source, network) ??
    edit(home)
  );
}
