// Writes the plugin to dist/, and the command to packages/compose-networks/dist, with what its package says of its parts.
// dist/action holds the bundle of the command again, and dist/cli.js starts the command from the top.
import { buildCommand } from "./build/command.js";
import { buildPlugin } from "./build/plugin.js";

await Promise.all([buildPlugin(), buildCommand()]);
