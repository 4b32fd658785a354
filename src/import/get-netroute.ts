import type { Importer } from "./importer.js";
import { isRecord, type JsonRecord, recordsIn, textAt } from "./json-values.js";

/** `Get-NetRoute | ConvertTo-Json`, which writes a single route without the brackets of a list. */
export const getNetRoute: Importer = {
  kind: "get-netroute",
  what: "Get-NetRoute | ConvertTo-Json (Windows)",
  recognizes: ({ json }) => routesIn(json).some((route) => textAt(route, "DestinationPrefix") !== undefined),
  read: ({ json }) => ({
    networks: routesIn(json).flatMap((route) => {
      const written = textAt(route, "DestinationPrefix");
      const device = textAt(route, "InterfaceAlias");
      return written === undefined
        ? []
        : [{ written, source: `get-netroute:${device ?? ""}`.replace(/:$/, ""), device }];
    }),
  }),
};

function routesIn(json: unknown): JsonRecord[] {
  return isRecord(json) ? [json] : recordsIn(json);
}
