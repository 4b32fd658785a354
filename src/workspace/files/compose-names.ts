import { baseName } from "../../kit/paths.js";

/** `compose.yaml`, `docker-compose.yml` and their variants: `compose.prod.yaml`, `docker-compose-dev.yml`. */
const COMPOSE_NAME = /^(?:docker-)?compose(?:[.-].*)?\.ya?ml$/;
/** Files that Compose lays over another and never runs alone. */
const OVERRIDE_NAME = /\.override\.ya?ml$/;

/** The same as globs, for ESLint's `files`. */
export const COMPOSE_FILE_GLOBS: readonly string[] = [
  "**/compose.{yaml,yml}",
  "**/compose[.-]*.{yaml,yml}",
  "**/docker-compose.{yaml,yml}",
  "**/docker-compose[.-]*.{yaml,yml}",
];

export function isComposeFileName(path: string): boolean {
  return COMPOSE_NAME.test(baseName(path));
}

export function isOverrideFileName(path: string): boolean {
  return OVERRIDE_NAME.test(baseName(path));
}
