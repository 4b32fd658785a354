/**
 * The version of Compose whose behaviour counts, where versions differ: `2.26` stands for compose-go 2.4, `2.40` for
 * 2.9 and `5` for those from 2.10 on.
 */
export type ComposeVersion = (typeof COMPOSE_VERSIONS)[number];

export const COMPOSE_VERSIONS = ["2.26", "2.40", "5"] as const;

/** The newest that runs in our tests. */
export const USUAL_COMPOSE_VERSION: ComposeVersion = "2.40";
