import { reread, type ComposeFile } from "../../read/compose-file.js";
import { strayLineBreak } from "../../read/line-breaks.js";
import type { Place } from "../../../kit/source.js";
import { refused, type Refused } from "../../../kit/edit.js";

const known = new WeakMap<ComposeFile, Refused | undefined>();

/**
 * Why a file is not edited that has other lines for Compose than for us, or that another program makes a compose file of. To YAML, `{{ name }}` without quotes is a map
 * with a map as its key, which Compose has no use for. In quotes or in a text it may be meant for Docker itself.
 */
export function refuseTemplate(file: ComposeFile): Refused | undefined {
  if (!known.has(file)) known.set(file, oddLines(file) ?? template(file));
  return known.get(file);
}

function oddLines({ source }: ComposeFile): Refused | undefined {
  const span = strayLineBreak(source.text);
  return (
    span && refused("Compose starts a new line at a character there that most editors do not show", { source, span })
  );
}

function template(file: ComposeFile): Refused | undefined {
  const place = templateIn(file);
  return place && refused("the file is a template: it contains {{ … }} without quotes", place);
}

function templateIn(file: ComposeFile): Place | undefined {
  const { text } = file.source;
  if (!text.includes("{{")) return undefined;
  return reread(file, { "*": true }).oddKeys.find(({ span }) => text.startsWith("{{", span[0] - 1));
}
