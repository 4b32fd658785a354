/** A project whose only network lies on the office LAN, at line 7, column 17. */
export const COLLIDING = `services:
  web:
    image: nginx
networks:
  default:
    ipam:
      config: [{ subnet: 192.168.0.0/24 }]
`;

/** A project without a finding. */
export const CLEAN = COLLIDING.replace("192.168.0.0/24", "10.201.7.0/24");

/** A project whose only network is left to Docker: a fix pins it. */
export const OPEN = `services:
  web:
    image: nginx
`;

export const POLICY = `version: 1
id: hostile
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** What a check of `COLLIDING` prints, whatever else there is. */
export const COLLISION = 'forbidden range "office LAN"';

/** A project with this as its subnet. */
export function withSubnet(subnet: string): string {
  return COLLIDING.replace("192.168.0.0/24", subnet);
}

/** `make` for 0, 1, …, as one text. */
export function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}
