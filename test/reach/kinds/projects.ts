import type { Layouts } from "./layout.js";

/** Kinds about which files speak of one network. */
export const PROJECTS: Readonly<Record<string, Layouts>> = {
  "a file that only COMPOSE_FILE names": {
    "in a folder below": {
      files: {
        ".env": "COMPOSE_FILE=docker-compose.yml:docker/extra.yml\n",
        "docker-compose.yml": `services:
  web: { image: caddy }
`,
        "docker/extra.yml": `networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet docker/extra.yml:2:41"],
      left: ["no-forbidden-subnet docker/extra.yml:2:41"],
    },
    "two more files, with another separator": {
      files: {
        "shop/.env": `COMPOSE_PATH_SEPARATOR=,
COMPOSE_FILE=compose.yaml,one.yml,two.yml
`,
        "shop/compose.yaml": `services:
  web: { image: caddy }
`,
        "shop/one.yml": `services:
  web: { restart: always }
`,
        "shop/two.yml": `networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet shop/two.yml:2:41"],
      left: ["no-forbidden-subnet shop/two.yml:2:41"],
    },
    "in a folder beside": {
      files: {
        "app/.env": "COMPOSE_FILE=compose.yaml:../infra/net.yml\n",
        "app/compose.yaml": `services:
  web: { image: caddy }
`,
        "infra/net.yml": `networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet infra/net.yml:2:41"],
      left: ["no-forbidden-subnet infra/net.yml:2:41"],
    },
    "with the base last": {
      files: {
        ".env": "COMPOSE_FILE=nets.yml:compose.yaml\n",
        "compose.yaml": `services:
  web: { image: caddy }
`,
        "nets.yml": `networks:
  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet nets.yml:2:41"],
      left: ["no-forbidden-subnet nets.yml:2:41"],
    },
  },
  "a file that only an include names": {
    "with a name that says nothing": {
      files: {
        "compose.yaml": `include: [infra/net.yml]
services:
  web: { image: caddy, networks: [lan] }
`,
        "infra/net.yml": `networks:
  lan: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet infra/net.yml:2:37"],
      left: ["no-forbidden-subnet infra/net.yml:2:37"],
    },
    "two levels down": {
      files: {
        "a/compose.yaml": `include: [parts/all.yml]
services:
  web: { image: caddy, networks: [lan] }
`,
        "a/parts/all.yml": "include: [lan.yml]\n",
        "a/parts/lan.yml": `networks:
  lan: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet a/parts/lan.yml:2:37"],
      left: ["no-forbidden-subnet a/parts/lan.yml:2:37"],
    },
    "in the long form, as the second of two": {
      files: {
        "compose.yaml": `include:
  - path: [base.yml, net.yml]
`,
        "base.yml": `services:
  web: { image: caddy, networks: [lan] }
networks: { lan: {} }
`,
        "net.yml": `networks:
  lan: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet net.yml:2:37"],
      left: ["no-forbidden-subnet net.yml:2:37"],
    },
    "from two projects": {
      files: {
        "a/compose.yaml": `include: [../common/net.yml]
services:
  web: { image: caddy, networks: [lan] }
`,
        "b/compose.yaml": `include: [../common/net.yml]
services:
  api: { image: caddy, networks: [lan] }
`,
        "common/net.yml": `networks:
  lan: { name: lan, ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet common/net.yml:2:48"],
      left: ["no-forbidden-subnet common/net.yml:2:48"],
    },
  },
  "one engine network in two projects": {
    "by one name:": {
      files: {
        "a/compose.yaml": `services:
  a: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge }
`,
        "b/compose.yaml": `services:
  b: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge }
`,
      },
      finds: ["require-subnet a/compose.yaml:4:3", "require-subnet b/compose.yaml:4:3"],
      fixes: { "a/compose.yaml": "10.201.154.0/24", "b/compose.yaml": "10.201.154.0/24" },
    },
    "by the default of a variable": {
      files: {
        "a/compose.yaml": `services:
  a: { image: caddy, networks: [edge] }
networks:
  edge: { name: "\${NET:-edge}" }
`,
        "b/docker-compose.yml": `services:
  b: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge }
`,
      },
      finds: ["require-subnet a/compose.yaml:4:3", "require-subnet b/docker-compose.yml:4:3"],
      fixes: { "a/compose.yaml": "10.201.154.0/24", "b/docker-compose.yml": "10.201.154.0/24" },
    },
    "by one project name in two folders": {
      files: {
        "x/compose.yaml": `name: shop
services:
  a: { image: caddy, networks: [front] }
networks:
  front: {}
`,
        "y/compose.yaml": `name: shop
services:
  b: { image: caddy, networks: [front] }
networks:
  front: {}
`,
      },
      finds: ["require-subnet x/compose.yaml:5:3", "require-subnet y/compose.yaml:5:3"],
      fixes: { "x/compose.yaml": "10.201.123.0/24", "y/compose.yaml": "10.201.123.0/24" },
    },
    "with a subnet in one of three": {
      files: {
        "a/compose.yaml": `services:
  a: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge }
`,
        "b/compose.yaml": `services:
  b: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge, ipam: { config: [{ subnet: 10.50.4.0/24 }] } }
`,
        "c/compose.yaml": `services:
  c: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge }
`,
      },
      finds: [
        "require-subnet a/compose.yaml:4:3",
        "consistent-network a/compose.yaml:4:17",
        "consistent-network b/compose.yaml:4:17",
        "require-subnet c/compose.yaml:4:3",
        "consistent-network c/compose.yaml:4:17",
      ],
      fixes: { "a/compose.yaml": "10.50.4.0/24", "c/compose.yaml": "10.50.4.0/24" },
    },
    "with two subnets": {
      files: {
        "a/compose.yaml": `services:
  a: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge, ipam: { config: [{ subnet: 10.50.3.0/24 }] } }
`,
        "b/compose.yaml": `services:
  b: { image: caddy, networks: [edge] }
networks:
  edge: { name: edge, ipam: { config: [{ subnet: 10.50.4.0/24 }] } }
`,
      },
      finds: ["consistent-network a/compose.yaml:4:17", "consistent-network b/compose.yaml:4:17"],
      left: ["consistent-network a/compose.yaml:4:17", "consistent-network b/compose.yaml:4:17"],
    },
  },
};
