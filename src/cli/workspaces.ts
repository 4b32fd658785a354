import { rules } from "../../rules/index.js";
import { catalogueOf } from "../lint/policy-rules.js";
import { createDisk } from "../workspace/files/node-disk.js";
import { Workspaces } from "../workspace/registry.js";

/** Those of this run, over the disk of this machine. */
export const { workspaceFor, parse: parseInWorkspace } = new Workspaces(createDisk(), catalogueOf(rules));
