import type { CsvFault } from "./csv.js";

/** What is to be imported. */
export interface ImportSource {
  readonly text: string;
  /** The text as JSON, or undefined when it is none. */
  readonly json: unknown;
}

/** A network that a source tells of, before anybody asks whether it is one to forbid. */
export interface FoundNetwork {
  /** A CIDR block with or without host bits, a block with a netmask, `first-last`, an address, or `default`. */
  readonly written: string;
  readonly name?: string | undefined;
  /** The value of `source` in the entry that is made of it. */
  readonly source: string;
  /** The interface that it is reached by. */
  readonly device?: string | undefined;
  /** Why the source itself says that it is nothing to forbid. */
  readonly dropped?: string | undefined;
  /** A person put it there, so that a single address is meant as one. */
  readonly handwritten?: boolean;
}

export interface ImportReading {
  readonly networks: readonly FoundNetwork[];
  /** Entries of `extends` that go with this source. */
  readonly extensions?: readonly string[];
  /** What the source does not hold, as whole sentences. */
  readonly notes?: readonly string[];
  /** Where the text is not what it seems to be: then nothing of it counts. */
  readonly fault?: CsvFault;
}

/**
 * One kind of source. It takes the values that it needs by their keys and looks at nothing else, since sources hold
 * private keys, tokens and states with passwords.
 */
export interface Importer {
  /** As the command line names it. */
  readonly kind: string;
  /** What it reads, for people. */
  readonly what: string;
  readonly recognizes: (source: ImportSource) => boolean;
  readonly read: (source: ImportSource) => ImportReading;
}
