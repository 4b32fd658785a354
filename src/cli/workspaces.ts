import { createDisk } from "../workspace/files/node-disk.js";
import { Workspaces } from "../workspace/registry.js";

/** Those of this run, over the disk of this machine. */
export const { workspaceFor, parse: parseInWorkspace } = new Workspaces(createDisk());
