/**
 * Files that have a say in what is found: compose files, policies and the lists that they extend, baselines, the variables of
 * projects, and what git ignores.
 */
export const WATCHED: readonly string[] = [
  "**/*.{yaml,yml}",
  "**/{forbidden-ranges,compose-networks-baseline,daemon}.json",
  "**/*.{txt,list,conf,csv}",
  "**/{.env,.env.*,*.env}",
  "**/.gitignore",
];
