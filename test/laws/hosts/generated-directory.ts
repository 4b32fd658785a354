import type { Dice } from "../../compare/compose/dice.js";
import { addressesIn, generateNetwork, type GeneratedNetwork, type Numbers } from "./generated-network.js";

/** What a generator has put together so far. */
export interface Files {
  readonly texts: Map<string, string>;
  readonly links: Map<string, string>;
  readonly starts: Call[];
  /** What the policy is to name below `projects`. */
  readonly declared: Chain[];
}

export interface Call {
  readonly directory: string;
  readonly files: readonly string[];
}

interface Chain {
  readonly directory: string;
  /** Relative to the workspace. */
  readonly files: readonly string[];
}

const KEYS = ["front", "back", "data", "default"] as const;
const COMMON = "common/base.yml";

/** Fills one directory with the files of its project, or of several that are started there. */
export class Directory {
  #services = 0;
  readonly #variables: string[] = [];
  readonly #names = new Set<string>();

  constructor(
    readonly dice: Dice,
    readonly numbers: Numbers,
    readonly directory: string,
    readonly files: Files,
  ) {}

  /** @param name The line with the project's name, where other directories have it too. */
  fill(name?: readonly string[]): void {
    const { dice, directory } = this;
    const base = dice.one(["compose.yaml", "docker-compose.yml"]);
    const networks = this.#networks();
    const top = name ?? (dice.chance(15) ? [`name: ${this.#plainName}-${dice.one(["live", "test"])}`] : []);
    const included = dice.chance(30) ? this.#include() : [];
    this.#write(base, [...top, ...included, ...this.#body(networks, { extending: dice.chance(12) })]);
    this.#start([]);
    const more = dice.below(10);
    if (more < 2) this.#override(base, networks);
    if (more === 2 || more === 3) this.#chosenByEnvironment(base, networks);
    if (more === 4 || more === 5) this.#declaredChain(base, networks);
    if (dice.chance(40)) this.#overlay(base, networks, dice.one(["compose.monitoring.yaml", "docker-compose.dev.yml"]));
    if (dice.chance(10)) this.#networksAlone(base, networks);
    if (dice.chance(8)) this.#variables.push("COMPOSE_PROFILES=all", "RESOLVER=192.168.1.53");
    if (this.#variables.length > 0) this.files.texts.set(`${directory}/.env`, `${this.#variables.join("\n")}\n`);
  }

  get #plainName(): string {
    return this.directory.replace("/", "-");
  }

  #start(files: readonly string[]): void {
    this.files.starts.push({ directory: this.directory, files });
  }

  #write(file: string, lines: readonly string[]): void {
    this.files.texts.set(`${this.directory}/${file}`, `${lines.join("\n").trimEnd()}\n`);
  }

  /** One name under two keys of a project is a fault of its own. */
  #network(key: string): GeneratedNetwork {
    const network = generateNetwork(this.dice, this.numbers, key, this.#variable);
    if (network.name === undefined) return network;
    if (this.#names.has(network.name)) return { key, definition: "{}", base: undefined };
    this.#names.add(network.name);
    return network;
  }

  /** Sets a variable in the `.env` file, and returns how a compose file refers to it. */
  readonly #variable = (value: string): string => {
    const name = `SUBNET_${this.#variables.length}`;
    this.#variables.push(`${name}=${value}`);
    return this.dice.one([`\${${name}}`, `\${${name}:-10.50.250.0/24}`]);
  };

  #networks(): readonly GeneratedNetwork[] {
    const some = KEYS.filter(() => this.dice.chance(50));
    return some.map((key) => this.#network(key));
  }

  #body(networks: readonly GeneratedNetwork[], { declares = true, extending = false } = {}): string[] {
    const services = this.dice.several(1, 2, () => this.#service(networks));
    const declared = declares ? networks.map(({ key, definition }) => `  ${key}: ${definition}`) : [];
    return [
      "services:",
      ...services.flat(),
      ...(extending ? this.#extending(networks) : []),
      ...(declared.length > 0 ? ["networks:", ...declared] : []),
    ];
  }

  #service(networks: readonly GeneratedNetwork[]): string[] {
    const { dice } = this;
    this.#services += 1;
    const host = 10 + this.#services;
    const joined = networks.filter(() => dice.chance(60));
    const lines = joined.map(({ key, base }) =>
      base !== undefined && dice.chance(60)
        ? `      ${key}: { ${addressesIn(base, host).join(", ")} }`
        : `      ${key}: ${dice.one(["{}", "{ aliases: [it] }"])}`,
    );
    const [first] = joined.flatMap(({ base }) => base ?? []);
    return [
      `  ${this.#plainName}${this.#services}:`,
      "    image: nginx",
      ...(first && dice.chance(6) ? [`    ${this.#mention(`${first.ipv4}.${host}`)}`] : []),
      ...(lines.length > 0 ? ["    networks:", ...lines] : []),
    ];
  }

  /** An address of the network where no move can follow it. */
  #mention(address: string): string {
    return this.dice.one([
      `dns: ${address}`,
      `extra_hosts: ["peer:${address}"]`,
      `environment: { PEER: "${address}" }`,
    ]);
  }

  /** A service of a file that several directories extend. */
  #extending(networks: readonly GeneratedNetwork[]): string[] {
    const { texts } = this.files;
    const [network] = networks;
    const own =
      network?.base && this.dice.chance(60) ? addressesIn(network.base, 200 + this.#services).slice(0, 1) : [];
    const joined = network ? ["    networks:", `      ${network.key}: { ${own.join("")} }`] : [];
    const file = this.dice.chance(50) && !texts.has(COMMON) ? COMMON : `${this.directory}/parts/base.yml`;
    texts.set(file, ["services:", "  base:", "    image: nginx", ...joined, ""].join("\n"));
    const from = file === COMMON ? `${this.#up}${COMMON}` : "parts/base.yml";
    return [`  ${this.#plainName}-base:`, `    extends: { file: ${from}, service: base }`];
  }

  get #up(): string {
    return "../".repeat(this.directory.split("/").length);
  }

  /** Files that only an `include` reaches, with names that say nothing. */
  #include(): string[] {
    const { dice, numbers } = this;
    const base = dice.chance(60) ? numbers.base() : undefined;
    const network = this.#network("infra");
    if (dice.chance(25)) {
      // One network that several projects bring in.
      const shared = `${this.#up}common/net.yml`;
      if (!this.files.texts.has("common/net.yml")) {
        const pool = base
          ? `{ name: commons, ipam: { config: [ { subnet: ${base.ipv4}.0/24 } ] } }`
          : "{ name: commons }";
        this.files.texts.set("common/net.yml", `networks:\n  commons: ${pool}\n`);
      }
      return [`include: [${shared}]`];
    }
    this.#write("parts/infra.yml", this.#body([network]));
    if (dice.chance(70)) return [dice.one(["include: [parts/infra.yml]", "include:\n  - path: parts/infra.yml"])];
    this.#write("parts/infra.more.yml", this.#body([network], { declares: dice.chance(30) }));
    return ["include:", "  - path: [parts/infra.yml, parts/infra.more.yml]"];
  }

  #override(base: string, networks: readonly GeneratedNetwork[]): void {
    const file = base.startsWith("docker") ? "docker-compose.override.yml" : "compose.override.yaml";
    this.#write(file, this.#body(networks, { declares: this.dice.chance(30) }));
    this.#start([base]);
  }

  #chosenByEnvironment(base: string, networks: readonly GeneratedNetwork[]): void {
    const file = this.dice.one(["extra/more.yml", "more.yml"]);
    this.#write(file, this.#body(networks, { declares: this.dice.chance(40) }));
    this.#variables.unshift(`COMPOSE_FILE=${base}:${file}`);
  }

  /** A chain of files that nothing but the policy tells. */
  #declaredChain(base: string, networks: readonly GeneratedNetwork[]): void {
    this.#write("ops.yml", this.#body(networks, { declares: this.dice.chance(50) }));
    this.files.declared.push({
      directory: this.directory,
      files: [`${this.directory}/${base}`, `${this.directory}/ops.yml`],
    });
    this.#start([base, "ops.yml"]);
  }

  /** Some overlays say again what the networks are, some leave it open, and some can't stand alone. */
  #overlay(base: string, networks: readonly GeneratedNetwork[], file: string): void {
    const says = this.dice.one<readonly GeneratedNetwork[] | undefined>([
      networks,
      networks.map((network): GeneratedNetwork => ({ ...network, definition: "{}" })),
      [],
      undefined,
    ]);
    this.#write(file, says === undefined ? this.#body(networks, { declares: false }) : this.#body(says));
    this.#start([base, file]);
    this.#start([file]);
  }

  /** A file of networks only is a part of whatever it is started with. */
  #networksAlone(base: string, networks: readonly GeneratedNetwork[]): void {
    const declared = networks.map(({ key, definition }) => `  ${key}: ${definition}`);
    if (declared.length === 0) return;
    this.#write("compose.nets.yaml", ["networks:", ...declared]);
    this.#start([base, "compose.nets.yaml"]);
  }
}
