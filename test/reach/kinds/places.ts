import type { Layouts } from "./layout.js";

/** Kinds about where files lie. */
export const PLACES: Readonly<Record<string, Layouts>> = {
  "a policy above the folder where somebody works": {
    "of packages": {
      files: {
        "packages/a/compose.yaml": `services:
  web: { image: caddy }
`,
        "packages/b/compose.yaml": `services:
  web: { image: caddy }
`,
      },
      finds: ["require-subnet packages/a/compose.yaml:1:1", "require-subnet packages/b/compose.yaml:1:1"],
      fixes: { "packages/a/compose.yaml": "10.201.99.0/24", "packages/b/compose.yaml": "10.201.134.0/24" },
    },
    "two levels down": {
      files: {
        "apps/shop/deploy/docker-compose.yml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet apps/shop/deploy/docker-compose.yml:4:41"],
      left: ["no-forbidden-subnet apps/shop/deploy/docker-compose.yml:4:41"],
    },
    "in JSON": {
      files: {
        "forbidden-ranges.yaml": `{ "version": 1, "id": "kinds", "forbidden": ["192.168.0.0/16"], "pools": [{ "cidr": "10.201.0.0/16", "prefix": 24 }] }
`,
        "ops/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet ops/compose.yaml:4:41"],
      left: ["no-forbidden-subnet ops/compose.yaml:4:41"],
    },
    "with another one between that extends it": {
      files: {
        "lab/forbidden-ranges.yaml": `version: 1
extends: [../forbidden-ranges.yaml]
`,
        "lab/x/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet lab/x/compose.yaml:4:41"],
      left: ["no-forbidden-subnet lab/x/compose.yaml:4:41"],
    },
  },
  "one file under two names": {
    "a link at the top": {
      files: {
        "real/docker-compose.yml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      links: { "docker-compose.yml": "real/docker-compose.yml" },
      finds: ["no-forbidden-subnet docker-compose.yml:4:41"],
      left: ["no-forbidden-subnet docker-compose.yml:4:41"],
    },
    "a link in another project's folder": {
      files: {
        "a/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      links: { "b/compose.yaml": "a/compose.yaml" },
      finds: ["no-forbidden-subnet a/compose.yaml:4:41", "no-forbidden-subnet b/compose.yaml:4:41"],
      left: ["no-forbidden-subnet a/compose.yaml:4:41", "no-forbidden-subnet b/compose.yaml:4:41"],
    },
    "two links": {
      files: {
        "a/compose.yaml": `services:
  web: { image: caddy }
`,
      },
      links: { "b/compose.yaml": "a/compose.yaml", "c/docker-compose.yml": "a/compose.yaml" },
      finds: [
        "require-subnet a/compose.yaml:1:1",
        "require-subnet b/compose.yaml:1:1",
        "require-subnet c/docker-compose.yml:1:1",
      ],
      fixes: { "a/compose.yaml": "10.201.62.0/24" },
    },
    "with a name of its own": {
      files: {
        "a/compose.yaml": `name: shop
services:
  web: { image: caddy }
`,
      },
      links: { "b/compose.yaml": "a/compose.yaml" },
      finds: ["require-subnet a/compose.yaml:2:1", "require-subnet b/compose.yaml:2:1"],
      fixes: { "a/compose.yaml": "10.201.98.0/24" },
    },
  },
  "a submodule": {
    "with a forbidden subnet": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 10.50.1.0/24 }] } }
`,
        "vendor/shop/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      submodules: ["vendor/shop"],
      finds: ["no-forbidden-subnet vendor/shop/compose.yaml:4:41"],
      left: ["no-forbidden-subnet vendor/shop/compose.yaml:4:41"],
    },
    "with a network without a subnet": {
      files: {
        "vendor/shop/docker-compose.yml": `services:
  web: { image: caddy }
`,
      },
      submodules: ["vendor/shop"],
      finds: ["require-subnet vendor/shop/docker-compose.yml:1:1"],
      fixes: { "vendor/shop/docker-compose.yml": "10.201.155.0/24" },
    },
    "with a compose file in a folder below": {
      files: {
        "lib/x/deploy/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      submodules: ["lib/x"],
      finds: ["no-forbidden-subnet lib/x/deploy/compose.yaml:4:41"],
      left: ["no-forbidden-subnet lib/x/deploy/compose.yaml:4:41"],
    },
    "beside another one": {
      files: {
        "v/one/compose.yaml": `services:
  web: { image: caddy }
networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
        "v/two/compose.yaml": `services:
  web: { image: caddy }
`,
      },
      submodules: ["v/one", "v/two"],
      finds: ["no-forbidden-subnet v/one/compose.yaml:4:41", "require-subnet v/two/compose.yaml:1:1"],
      fixes: { "v/two/compose.yaml": "10.201.166.0/24" },
      left: ["no-forbidden-subnet v/one/compose.yaml:4:41"],
    },
  },
};
