/**
 * The version of Compose whose behaviour counts, where versions differ: `2.26` stands for compose-go 2.4, `2.40` for
 * 2.9 and `5` for those from 2.10 on.
 */
export type ComposeVersion = "2.26" | "2.40" | "5";
