import { defineConfig } from "vitest/config";

/** The tests that meet the package as its users do: through `dist`, in processes of its own. */
const built = [
  "test/package/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/eslint/**/*.test.ts",
  "test/lsp/**/*.test.ts",
];

/** The tests that install the packed package, as strangers do. */
const installed = ["test/integration/**/*.test.ts"];

/** Those among them that the pre-commit framework runs: it installs the package anew, from its source. */
const preCommit = ["test/integration/pre-commit.test.ts"];

const installing = { globalSetup: ["test/build.ts", "test/integration/install.ts"] };

export default defineConfig({
  test: {
    // The usual number is one less than there are cores: on two, one of them would have nothing to do.
    maxWorkers: "100%",
    // A real project is built, linted or started in some tests: what they prove does not depend on how fast the machine is.
    testTimeout: 0,
    hookTimeout: 0,
    projects: [
      { extends: true, test: { name: "source", include: ["test/**/*.test.ts"], exclude: [...built, ...installed] } },
      { extends: true, test: { name: "built", include: built, globalSetup: "test/build.ts" } },
      { extends: true, test: { name: "installed", include: installed, exclude: preCommit, ...installing } },
      { extends: true, test: { name: "pre-commit", include: preCommit, ...installing } },
    ],
  },
});
