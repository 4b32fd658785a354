import type { ComposeFile } from "../read/compose-file.js";
import type { PublishedPort } from "../project/published-port.js";
import { textOf } from "../../kit/source.js";
import { asScalar, child, type MapValue, type ScalarValue } from "../read/value.js";
import { edited, insertion, refused, type EditOutcome } from "../../kit/edit.js";
import { MapWriter } from "./write/map-writer.js";
import { pairPhrase } from "./write/phrase.js";
import { refuseShared } from "./refusals/sharing.js";

/**
 * Publishes a port on the loopback address of its family, where only the host itself reaches it.
 *
 * @param file Read with the ports of its services.
 */
export function bindToLoopback(file: ComposeFile, { service, hostAddress, written }: PublishedPort): EditOutcome {
  const home = file.documents.find(({ span }) => span[0] <= written.place.span[0] && written.place.span[0] < span[1]);
  if (!home || written.place.source !== file.source) return refused("it is written in another file", written.place);
  const services = child(home.root, "services");
  const definition = child(services, service);
  const shared = refuseShared([services, definition, child(definition, "ports"), written]);
  if (shared) return shared;
  const address = hostAddress?.includes(":") === true ? "::1" : "127.0.0.1";
  return written.kind === "map"
    ? intoLongForm(new MapWriter(home), written, address)
    : intoShortForm(written, hostAddress, address);
}

function intoShortForm(written: ScalarValue, hostAddress: string | undefined, address: string): EditOutcome {
  const { place, style } = written;
  const text = textOf(place);
  const start = /^["']/.test(text) ? 1 : 0;
  const bracketed = address.includes(":") ? `[${address}]` : address;
  if (style === "block") return refused("it is a text block", place);
  if (hostAddress === undefined) {
    // `:22:22` has room for an address already.
    const colon = text.startsWith(":", start) ? "" : ":";
    return edited(insertion(place.span[0] + start, bracketed + colon));
  }
  const before = [`[${hostAddress}]`, hostAddress].find((form) => text.startsWith(`${form}:`, start));
  if (before === undefined) return refused("its address is not written in one piece", place);
  const from = place.span[0] + start;
  return edited({ span: [from, from + before.length], text: bracketed });
}

function intoLongForm(writer: MapWriter, written: MapValue, address: string): EditOutcome {
  const value = asScalar(child(written, "host_ip"));
  if (!value) {
    const quoted = address.includes(":") ? `"${address}"` : address;
    return writer.intoMap(written, pairPhrase("host_ip", quoted, writer.layout));
  }
  const text = textOf(value.place);
  if (text === "" || text.includes("$")) return refused("its address is a variable", value.place);
  const quote = /^["']/.exec(text)?.[0] ?? (address.includes(":") ? '"' : "");
  return edited({ span: value.place.span, text: quote + address + quote });
}
