import { putInVariables } from "../load/interpolation.js";
import { skim } from "../read/skim.js";
import { asList, asMap, child, type Value } from "../read/value.js";
import { textIn } from "../read/written.js";
import { readYaml, type Selection } from "../read/yaml.js";
import { isAbsolutePath, joinPath } from "../../kit/paths.js";
import type { Project } from "./project.js";

const FILES_OF_SERVICES: Selection = {
  services: { "*": { volumes: true, env_file: true } },
  configs: { "*": { file: true } },
  secrets: { "*": { file: true } },
};

/**
 * The files and folders that the services of a project get from outside of their images. Few ask for them, so they are
 * read only then.
 */
export function mountedPaths({ files, directory, variables }: Project): readonly string[] {
  const paths = files.flatMap(({ source }) =>
    readYaml(source, FILES_OF_SERVICES, skim(source.text, FILES_OF_SERVICES), Infinity).documents.flatMap(({ root }) =>
      root ? pathsIn(putInVariables(root, variables)) : [],
    ),
  );
  return [...new Set(paths.map((path) => joinPath(directory, path)))];
}

function pathsIn(root: Value): string[] {
  const services = [...(asMap(child(root, "services"))?.entries.values() ?? [])];
  const ofServices = services.flatMap(({ value }) => [
    ...(asList(child(value, "volumes"))?.items ?? []).flatMap(sourceOfVolume),
    ...itemsOf(child(value, "env_file")).flatMap((item) => textIn(asMap(item) ? child(item, "path") : item) ?? []),
  ]);
  const ofFiles = ["configs", "secrets"].flatMap((kind) =>
    [...(asMap(child(root, kind))?.entries.values() ?? [])].flatMap(({ value }) => textIn(child(value, "file")) ?? []),
  );
  return [...ofServices, ...ofFiles];
}

/** A volume with a name is no file of the checkout. */
function sourceOfVolume(volume: Value): string[] {
  const short = textIn(volume);
  const source = short === undefined ? textIn(child(volume, "source")) : short.replace(/:.*$/s, "");
  return source !== undefined && (source.startsWith(".") || isAbsolutePath(source)) ? [source] : [];
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return asList(value)?.items ?? (value ? [value] : []);
}
