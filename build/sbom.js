import { Buffer } from "node:buffer";

/** What the command is made of, in CycloneDX 1.6. It holds no time and no random number: equal builds are equal. */
export function sbomOf({ name, version, license }, packages) {
  const command = component("application", { name, version, license });
  const parts = packages.map((part) => component("library", part));
  return `${JSON.stringify(
    {
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: { component: command },
      components: parts,
      dependencies: [
        { ref: command["bom-ref"], dependsOn: parts.map((part) => part["bom-ref"]) },
        ...parts.map((part) => ({ ref: part["bom-ref"] })),
      ],
    },
    null,
    2,
  )}\n`;
}

function component(type, { name, version, license, integrity }) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [, digest] = /^sha512-(.*)$/.exec(integrity ?? "") ?? [];
  return {
    type,
    "bom-ref": purl,
    name,
    version,
    ...(digest ? { hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }] } : {}),
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}
