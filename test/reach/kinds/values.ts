import type { Layouts } from "./layout.js";

/** Kinds about what one value means. */
export const VALUES: Readonly<Record<string, Layouts>> = {
  "a pool of a family that the override file turns off": {
    "IPv6 is off, and the IPv4 pool is written again": {
      files: {
        "docker-compose.yml": `services:
  mail: { image: caddy, networks: [net] }
networks:
  net: { enable_ipv6: true, ipam: { config: [{ subnet: 10.50.1.0/24 }, { subnet: "fd50:1::/64" }] } }
`,
        "docker-compose.override.yml": `networks:
  net: { enable_ipv6: false, ipam: { config: [{ subnet: 10.50.1.0/24 }] } }
`,
      },
      finds: [],
    },
    "IPv6 is off by an unquoted no, in block style": {
      files: {
        "compose.yaml": `services:
  mail: { image: caddy, networks: [net] }
networks:
  net: { enable_ipv6: true, ipam: { config: [{ subnet: 10.50.1.0/24 }, { subnet: "fd50:1::/64" }] } }
`,
        "compose.override.yaml": `networks:
  net:
    enable_ipv6: false
    ipam:
      config:
        - subnet: 10.50.9.0/24
`,
      },
      finds: [],
    },
    "IPv4 is off, and the IPv6 pool is written again": {
      files: {
        "shop/compose.yaml": `services:
  mail: { image: caddy, networks: [net] }
networks:
  net: { enable_ipv6: true, ipam: { config: [{ subnet: 10.50.1.0/24 }, { subnet: "fd50:1::/64" }] } }
`,
        "shop/compose.override.yaml": `networks:
  net: { enable_ipv4: false, ipam: { config: [{ subnet: "fd50:1::/64" }] } }
`,
      },
      finds: [],
    },
    "IPv6 is off in a file that COMPOSE_FILE adds": {
      files: {
        ".env": "COMPOSE_FILE=compose.yaml:v4.yaml\n",
        "compose.yaml": `services:
  mail: { image: caddy, networks: [net] }
networks:
  net: { enable_ipv6: true, ipam: { config: [{ subnet: 10.50.1.0/24 }, { subnet: "fd50:1::/64" }] } }
`,
        "v4.yaml": `networks:
  net: { enable_ipv6: false, ipam: { config: [{ subnet: 10.50.1.0/24 }] } }
`,
      },
      finds: [],
    },
  },
  "what hangs on a variable without a value": {
    "the start of a subnet and of static addresses": {
      files: {
        "docker-compose.yml": `services:
  node: { image: caddy, networks: { lan: { ipv4_address: "\${PREFIX}.25" } } }
  pool: { image: caddy, networks: { lan: { ipv4_address: "\${PREFIX}.26" } } }
networks:
  lan: { ipam: { config: [{ subnet: "\${PREFIX}.0/24" }] } }
`,
      },
      finds: ["require-subnet docker-compose.yml:5:37"],
      left: ["require-subnet docker-compose.yml:5:37"],
    },
    "the end of an address": {
      files: {
        "compose.yaml": `services:
  node: { image: caddy, networks: { lan: { ipv4_address: "10.50.3.\${NODE}" } } }
networks:
  lan: { ipam: { config: [{ subnet: 10.50.3.0/24 }] } }
`,
      },
      finds: [],
    },
    "a gateway and an auxiliary address": {
      files: {
        "a/compose.yaml": `services:
  node: { image: caddy, networks: [lan] }
networks:
  lan: { ipam: { config: [{ subnet: 10.50.3.0/24, gateway: "\${GATE}", aux_addresses: { router: "$ROUTER" } }] } }
`,
      },
      finds: [],
    },
    "one number in the middle, without braces": {
      files: {
        "ops/docker-compose.yml": `services:
  node: { image: caddy, networks: { lan: { ipv4_address: 10.$SITE.3.9 } } }
networks:
  lan: { ipam: { config: [{ subnet: 10.$SITE.3.0/24 }] } }
`,
      },
      finds: ["require-subnet ops/docker-compose.yml:4:37"],
      left: ["require-subnet ops/docker-compose.yml:4:37"],
    },
  },
  "static addresses on a network without a subnet": {
    "two on a network with nothing below it": {
      files: {
        "compose.yaml": `services:
  vpn: { image: caddy, networks: { lan: { ipv4_address: 192.168.9.50 } } }
  tor: { image: caddy, networks: { lan: { ipv4_address: 192.168.9.7 } } }
networks:
  lan:
`,
      },
      finds: ["require-subnet compose.yaml:5:3"],
      left: ["require-subnet compose.yaml:5:3"],
    },
    "one in an override file": {
      files: {
        "compose.yaml": `services:
  vpn: { image: caddy, networks: [lan] }
networks:
  lan: {}
`,
        "compose.override.yaml": `services:
  vpn: { networks: { lan: { ipv4_address: 192.168.9.50 } } }
`,
      },
      finds: ["require-subnet compose.yaml:4:3"],
      left: ["require-subnet compose.yaml:4:3"],
    },
    "five on the default network": {
      files: {
        "media/docker-compose.yml": `services:
  a: { image: caddy, networks: { default: { ipv4_address: 192.168.9.10 } } }
  b: { image: caddy, networks: { default: { ipv4_address: 192.168.9.11 } } }
  c: { image: caddy, networks: { default: { ipv4_address: 192.168.9.12 } } }
  d: { image: caddy, networks: { default: { ipv4_address: 192.168.9.13 } } }
  e: { image: caddy, networks: { default: { ipv4_address: 192.168.9.14 } } }
`,
      },
      finds: ["require-subnet media/docker-compose.yml:1:1"],
      left: ["require-subnet media/docker-compose.yml:1:1"],
    },
    "two that lie in no forbidden range": {
      files: {
        "compose.yaml": `services:
  vpn: { image: caddy, networks: { lan: { ipv4_address: 10.50.9.50 } } }
  tor: { image: caddy, networks: { lan: { ipv4_address: 10.50.9.7 } } }
networks:
  lan: { driver: bridge }
`,
      },
      finds: ["require-subnet compose.yaml:5:3"],
      left: ["require-subnet compose.yaml:5:3"],
    },
  },
  "a template that is YAML": {
    "Jinja, in quotes": {
      files: {
        "templates/docker-compose.yml": `services:
  s: { image: caddy, networks: { app: { ipv4_address: "{{ app_ip }}" } } }
networks:
  app: { ipam: { config: [{ subnet: "{{ subnet }}" }] } }
`,
      },
      finds: [],
    },
    ERB: {
      files: {
        "compose.yaml": `services:
  s: { image: caddy, networks: { app: { ipv4_address: "<%= ip %>" } } }
networks:
  app: { ipam: { config: [{ subnet: "<%= net %>" }] } }
`,
      },
      finds: [],
    },
    "a part of each value": {
      files: {
        "deploy/compose.yaml": `services:
  s: { image: caddy, networks: { app: { ipv4_address: "{{ prefix }}.9" } } }
networks:
  app: { ipam: { config: [{ subnet: "{{ prefix }}.0/24" }] } }
`,
      },
      finds: [],
    },
    "a Jinja block": {
      files: {
        "ops/docker-compose.yml": `services:
  s: { image: caddy, networks: { app: { ipv4_address: 10.50.3.9 } } }
networks:
  app: { ipam: { config: [{ subnet: "{% if office %}10.50.3.0/24{% endif %}" }] } }
`,
      },
      finds: [],
    },
  },
  "a map in braces": {
    "without spaces inside": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: [lan] }
networks:
  lan: {driver: bridge}
`,
      },
      finds: ["require-subnet compose.yaml:4:3"],
      fixes: { "compose.yaml": "lan: {driver: bridge, ipam: {config: [{subnet: 10.201.47.0/24}]}}" },
    },
    "with spaces inside": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: [lan] }
networks:
  lan: { driver: bridge }
`,
      },
      finds: ["require-subnet compose.yaml:4:3"],
      fixes: { "compose.yaml": "lan: { driver: bridge, ipam: { config: [{ subnet: 10.201.47.0/24 }] } }" },
    },
    "that is empty": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: [lan] }
networks:
  lan: {}
`,
      },
      finds: ["require-subnet compose.yaml:4:3"],
      fixes: { "compose.yaml": "lan: { ipam: { config: [{ subnet: 10.201.47.0/24 }] } }" },
    },
    "around all networks": {
      files: {
        "compose.yaml": `services:
  web: { image: caddy, networks: [lan] }
networks: {lan: {driver: bridge}}
`,
      },
      finds: ["require-subnet compose.yaml:3:12"],
      fixes: { "compose.yaml": "networks: {lan: {driver: bridge, ipam: {config: [{subnet: 10.201.47.0/24}]}}}" },
    },
  },
};
