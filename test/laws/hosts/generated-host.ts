import { braces, brackets, type Dice } from "../../compare/compose/dice.js";

/** The files of a workspace whose projects run on one host, and every way in which somebody starts them. */
export interface GeneratedHost {
  readonly texts: ReadonlyMap<string, string>;
  /** Each with the file that it leads to. */
  readonly links: ReadonlyMap<string, string>;
  readonly starts: readonly Start[];
}

/** One call of Compose in a directory. Without files, Compose looks for them. */
export interface Start {
  readonly directory: string;
  readonly files: readonly string[];
}

const HOST_POLICY = `version: 1
id: hosts
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.129.0.0/19, prefix: 24 }
`;

const DIRECTORIES = ["shop", "mail", "wiki", "apps/auth", "apps/docs"];
const KEYS = ["front", "back", "data", "default"] as const;
const SHARED_NAMES = ["edge", "backbone"] as const;

interface Network {
  readonly key: string;
  readonly definition: string;
  /** The first two numbers and the third of a /24 where addresses may lie; undefined where Docker chooses. */
  readonly base: string | undefined;
}

/** Numbers that no other network of the same host has. */
class Numbers {
  #next = 0;
  readonly #shared = new Map<string, string>();

  constructor(readonly dice: Dice) {}

  base(): string {
    this.#next += 1;
    return this.dice.chance(25) ? `192.168.${this.#next}` : `10.50.${this.#next}`;
  }

  /** Mostly the same for each who declares the name. */
  baseOf(name: string): string {
    const known = this.#shared.get(name);
    if (known !== undefined && !this.dice.chance(15)) return known;
    const base = this.base();
    this.#shared.set(name, base);
    return base;
  }

  known(name: string): string | undefined {
    return this.#shared.get(name);
  }
}

export function generateHost(dice: Dice): GeneratedHost {
  const texts = new Map([["forbidden-ranges.yaml", HOST_POLICY]]);
  const links = new Map<string, string>();
  const starts: Start[] = [];
  const numbers = new Numbers(dice);
  const directories = DIRECTORIES.filter(() => dice.chance(55));
  for (const directory of directories.length > 0 ? directories : ["shop"]) {
    new Directory(dice, numbers, directory, texts, starts).fill();
  }
  const [first] = starts;
  if (first && dice.chance(15)) {
    const target = `${first.directory}/compose.yaml`;
    links.set("copy/compose.yaml", target);
    if (texts.has(target)) starts.push({ directory: "copy", files: [] });
  }
  return { texts, links, starts };
}

class Directory {
  #services = 0;

  constructor(
    readonly dice: Dice,
    readonly numbers: Numbers,
    readonly directory: string,
    readonly texts: Map<string, string>,
    readonly starts: Start[],
  ) {}

  fill(): void {
    const { dice, directory } = this;
    const base = dice.one(["compose.yaml", "docker-compose.yml"]);
    const networks = this.#networks();
    const top = dice.chance(15) ? [`name: ${directory.replace("/", "-")}-${dice.one(["live", "test"])}`] : [];
    const included = dice.chance(25) ? this.#include() : [];
    this.#write(base, [...top, ...included, ...this.#body(networks)]);
    this.starts.push({ directory, files: [] });
    const more = dice.below(10);
    if (more < 2) this.#override(base, networks);
    if (more === 2) this.#chosenByEnvironment(base, networks);
    if (dice.chance(40)) this.#overlay(base, networks, dice.one(["compose.monitoring.yaml", "docker-compose.dev.yml"]));
    if (dice.chance(8)) {
      const pools = `pools:\n  - { cidr: 10.130.0.0/20, prefix: 24 }\n`;
      this.#write("forbidden-ranges.yaml", [`version: 1\nextends: ${this.#up()}forbidden-ranges.yaml\n${pools}`]);
    }
  }

  #up(): string {
    return "../".repeat(this.directory.split("/").length);
  }

  #write(file: string, lines: readonly string[]): void {
    this.texts.set(`${this.directory}/${file}`, `${lines.join("\n").trimEnd()}\n`);
  }

  #networks(): readonly Network[] {
    const some = KEYS.filter(() => this.dice.chance(50));
    return some.map((key) => this.#network(key));
  }

  #network(key: string): Network {
    const { dice, numbers } = this;
    if (dice.chance(35)) {
      const name = dice.one(SHARED_NAMES);
      const written = `name: ${dice.chance(20) ? `"\${NET_${name.toUpperCase()}:-${name}}"` : name}`;
      if (dice.chance(30)) return { key, definition: braces("external: true", written), base: numbers.known(name) };
      const base = dice.chance(50) ? numbers.baseOf(name) : undefined;
      return { key, definition: braces(written, base && subnet(base)), base };
    }
    const base = dice.chance(50) ? numbers.base() : undefined;
    const driver = dice.chance(20) ? "driver: bridge" : undefined;
    return { key, definition: base || driver ? braces(driver, base && subnet(base)) : "{}", base };
  }

  /** @param declares Whether the file says what the networks are. */
  #body(networks: readonly Network[], declares = true): string[] {
    const services = this.dice.several(1, 2, () => this.#service(networks));
    const declared = declares ? networks.map(({ key, definition }) => `  ${key}: ${definition}`) : [];
    return ["services:", ...services.flat(), ...(declared.length > 0 ? ["networks:", ...declared] : [])];
  }

  #service(networks: readonly Network[]): string[] {
    const { dice } = this;
    this.#services += 1;
    const host = 10 + this.#services;
    const joined = networks.filter(() => dice.chance(60));
    const lines = joined.map(({ key, base }) =>
      base !== undefined && dice.chance(60)
        ? `      ${key}: { ipv4_address: ${base}.${host} }`
        : `      ${key}: ${dice.one(["{}", "{ aliases: [it] }"])}`,
    );
    return [
      `  ${this.directory.replace("/", "-")}${this.#services}:`,
      "    image: nginx",
      ...(lines.length > 0 ? ["    networks:", ...lines] : []),
    ];
  }

  /** A file that only an `include` reaches, with a name that says nothing. */
  #include(): string[] {
    const base = this.dice.chance(60) ? this.numbers.base() : undefined;
    const network: Network = { key: "infra", definition: base ? braces(subnet(base)) : "{}", base };
    this.#write("parts/infra.yml", this.#body([network]));
    return [this.dice.one(["include: [parts/infra.yml]", "include:\n  - path: parts/infra.yml"])];
  }

  #override(base: string, networks: readonly Network[]): void {
    const file = base.startsWith("docker") ? "docker-compose.override.yml" : "compose.override.yaml";
    this.#write(file, this.#body(networks, this.dice.chance(30)));
    this.starts.push({ directory: this.directory, files: [base] });
  }

  #chosenByEnvironment(base: string, networks: readonly Network[]): void {
    this.#write("extra/more.yml", this.#body(networks, this.dice.chance(40)));
    this.texts.set(`${this.directory}/.env`, `COMPOSE_FILE=${base}:extra/more.yml\n`);
  }

  /** Some overlays say again what the networks are, some leave it open, and some can't stand alone. */
  #overlay(base: string, networks: readonly Network[], file: string): void {
    const { dice, directory } = this;
    const says = dice.one<readonly Network[] | undefined>([
      networks,
      networks.map((network): Network => ({ ...network, definition: "{}" })),
      [],
      undefined,
    ]);
    if (says === undefined) this.#write(file, this.#body(networks, false));
    else this.#write(file, this.#body(says));
    this.starts.push({ directory, files: [base, file] }, { directory, files: [file] });
  }
}

function subnet(base: string): string {
  return `ipam: ${braces(`config: ${brackets([braces(`subnet: ${base}.0/24`)])}`)}`;
}
