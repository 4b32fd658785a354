import { POLICY, type Layouts } from "./layout.js";

/** Kinds about files that are started along with another one. */
export const PARTS: Readonly<Record<string, Layouts>> = {
  "a file beside the base that can't stand alone": {
    "with static addresses on the base's network": {
      files: {
        "docker-compose.yml": `services:
  core: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.5 } } }
networks:
  ran: { ipam: { config: [{ subnet: 192.168.1.0/24 }] } }
`,
        "docker-compose.split.yml": `services:
  cu: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.6 } } }
`,
      },
      finds: ["no-forbidden-subnet docker-compose.yml:4:37"],
      left: ["no-forbidden-subnet docker-compose.yml:4:37"],
    },
    "that adds to a service of the base": {
      files: {
        "compose.yaml": `services:
  core: { image: caddy, networks: [ran] }
networks:
  ran: { ipam: { config: [{ subnet: 192.168.1.0/24 }] } }
`,
        "compose.debug.yaml": `services:
  core: { networks: { ran: { ipv4_address: 192.168.1.9 } } }
`,
      },
      finds: ["no-forbidden-subnet compose.yaml:4:37"],
      left: ["no-forbidden-subnet compose.yaml:4:37"],
    },
    "two of them": {
      files: {
        "a/compose.yaml": `services:
  core: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.5 } } }
networks:
  ran: { ipam: { config: [{ subnet: 192.168.1.0/24 }] } }
`,
        "a/compose.one.yaml": `services:
  one: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.6 } } }
`,
        "a/compose.two.yaml": `services:
  two: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.7 } } }
`,
      },
      finds: ["no-forbidden-subnet a/compose.yaml:4:37"],
      left: ["no-forbidden-subnet a/compose.yaml:4:37"],
    },
    "that the policy names": {
      files: {
        "forbidden-ranges.yaml": `${POLICY}projects: [[compose.yaml, jobs.yml]]
`,
        "compose.yaml": `services:
  core: { image: caddy, networks: [ran] }
networks:
  ran: { ipam: { config: [{ subnet: 192.168.1.0/24 }] } }
`,
        "jobs.yml": `services:
  job: { image: caddy, networks: { ran: { ipv4_address: 192.168.1.6 } } }
`,
      },
      finds: ["no-forbidden-subnet compose.yaml:4:37"],
      left: ["no-forbidden-subnet compose.yaml:4:37"],
    },
  },
  "a file beside the base that can stand alone": {
    "and joins the default network": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: { default: { ipv4_address: 10.150.0.10 } } }
networks:
  default: { ipam: { config: [{ subnet: 10.150.0.0/24 }] } }
`,
        "compose.monitoring.yaml": `services:
  mon: { image: caddy }
`,
      },
      finds: ["require-subnet compose.monitoring.yaml:1:1"],
      fixes: { "compose.monitoring.yaml": "10.150.0.0/24" },
    },
    "and declares the base's network without a subnet": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: [front] }
networks:
  front: { ipam: { config: [{ subnet: 10.150.0.0/24 }] } }
`,
        "compose.dev.yaml": `services:
  dev: { image: caddy, networks: [front] }
networks:
  front: {}
`,
      },
      finds: ["require-subnet compose.dev.yaml:4:3"],
      fixes: { "compose.dev.yaml": "10.150.0.0/24" },
    },
    "and declares it with nothing below the key": {
      files: {
        "x/docker-compose.yml": `services:
  web: { image: caddy, networks: [front] }
networks:
  front: { ipam: { config: [{ subnet: 10.150.0.0/24 }] } }
`,
        "x/docker-compose.prod.yml": `services:
  dev: { image: caddy, networks: [front] }
networks:
  front:
`,
      },
      finds: ["require-subnet x/docker-compose.prod.yml:4:3"],
      fixes: { "x/docker-compose.prod.yml": "10.150.0.0/24" },
    },
    "where the base has no subnet either": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy }
`,
        "compose.monitoring.yaml": `services:
  mon: { image: caddy }
`,
      },
      finds: ["require-subnet compose.monitoring.yaml:1:1", "require-subnet compose.yaml:1:1"],
      fixes: { "compose.yaml": "10.201.192.0/24", "compose.monitoring.yaml": "10.201.192.0/24" },
    },
  },
  "a file that is only a part of something": {
    "networks alone": {
      files: {
        "suites/compose.yml": `networks:
  net: { ipam: { config: [{ subnet: 192.168.240.0/24 }] } }
`,
        "suites/compose.api.yml": `services:
  api: { image: caddy, networks: { net: { ipv4_address: 192.168.240.10 } } }
`,
      },
      finds: ["no-forbidden-subnet suites/compose.yml:2:37"],
      left: ["no-forbidden-subnet suites/compose.yml:2:37"],
    },
    "networks alone, in block style": {
      files: {
        "nets/docker-compose.yml": `networks:
  net:
    ipam:
      config:
        - subnet: 192.168.240.0/24
          gateway: 192.168.240.1
`,
      },
      finds: ["no-forbidden-subnet nets/docker-compose.yml:5:19"],
      left: ["no-forbidden-subnet nets/docker-compose.yml:5:19"],
    },
    "services without an image": {
      files: {
        "docker-compose.prod.yml": `services:
  web: { restart: always, networks: [net] }
networks:
  net: { ipam: { config: [{ subnet: 192.168.240.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet docker-compose.prod.yml:4:37"],
      left: ["no-forbidden-subnet docker-compose.prod.yml:4:37"],
    },
    "an override file without a base": {
      files: {
        "compose.override.yaml": `networks:
  net: { ipam: { config: [{ subnet: 192.168.240.0/24 }] } }
`,
      },
      finds: ["no-forbidden-subnet compose.override.yaml:2:37"],
      left: ["no-forbidden-subnet compose.override.yaml:2:37"],
    },
  },
};
