import { describe, expect, it } from "vitest";
import {
  hasServiceKey,
  selectedValue,
  serviceValue,
  SKIPPED_SERVICE_KEYS,
} from "../../../src/compose/read/service-keys.js";
import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import { asMap, child, type Value } from "../../../src/compose/read/value.js";

function serviceIn(text: string): Value | undefined {
  const parsed = parseComposeFile("/compose.yaml", text);
  const root = parsed.ok ? parsed.file.documents[0]?.root : undefined;
  return child(child(root, "services"), "web");
}

const EVERYTHING = `services:
  web:
    build: { context: . }
    image: nginx
    networks: [front]
    network_mode: host
    profiles: [a]
    scale: 2
    deploy: { replicas: 3, resources: {} }
    provider: { type: x }
    extends: { service: y }
`;

describe("what is read of a service", () => {
  it("is the value of each key that the model asks for", () => {
    const service = serviceIn(EVERYTHING);
    for (const key of ["networks", "network_mode", "profiles", "scale", "extends"] as const) {
      expect(serviceValue(service, key), key).not.toMatchObject({ value: null });
    }
    expect(child(serviceValue(service, "deploy"), "replicas")).toMatchObject({ value: 3 });
    for (const key of ["build", "image", "provider"] as const) expect(hasServiceKey(service, key), key).toBe(true);
  });

  it("is nothing of the keys that are skipped, alone or in any company", () => {
    const keys = [...SKIPPED_SERVICE_KEYS];
    const lines = keys.map((key) => `    ${key}: secret-of-${key}\n`).join("");
    const service = serviceIn(`services:\n  web:\n    image: nginx\n${lines}    networks: [front]\n`);
    expect([...(asMap(service)?.entries.keys() ?? [])]).toEqual(["image", "networks"]);
  });

  it("can't be asked for what is skipped, or of what only the presence is read", () => {
    const about = { services: { "*": { ports: true } } } as const;
    // @ts-expect-error The key is skipped.
    serviceValue(undefined, "environment");
    // @ts-expect-error Nobody reads the key.
    serviceValue(undefined, "shm");
    // @ts-expect-error The value is not read.
    serviceValue(undefined, "image");
    // @ts-expect-error The key is skipped.
    hasServiceKey(undefined, "ports");
    // @ts-expect-error The selection does not have it.
    selectedValue(about, undefined, "container_name");
    expect(selectedValue(about, serviceIn("services: { web: { image: x } }"), "ports")).toBeUndefined();
  });
});
