import { describe, expect, it } from "vitest";

import { withDeclared } from "../../../src/cli/commands/doctor/declared-networks.js";
import type { EngineState } from "../../../src/host/snapshot.js";
import { formatPrefix } from "../../../src/ipam/prefix.js";
import { composeNetwork, container, hostWith } from "../../host/host-with.js";
import { CLEAN, folderWith, OPEN, type Folder } from "../command.js";

function engineFor(folder: Folder, ...sets: readonly (readonly string[])[]): EngineState {
  const containers = sets.map((files) =>
    container("shop", ["shop_default"], { files: files.map((file) => folder.at(file)) }),
  );
  const { engine } = hostWith({ networks: [composeNetwork("shop", "default", "172.18.0.0/16")], containers });
  if (!engine) throw new Error("no engine");
  return engine;
}

function declared(folder: Folder, ...sets: readonly (readonly string[])[]): string | undefined {
  const found = withDeclared(engineFor(folder, ...sets)).networks[0]?.declared;
  return found && `${found.file.slice(folder.path.length + 1)}:${found.line} ${found.subnets.map(formatPrefix).join()}`;
}

describe("what the compose file of a network says", () => {
  it("is found by the labels of its containers", () => {
    expect(declared(folderWith({ "compose.yaml": CLEAN }), ["compose.yaml"])).toBe("compose.yaml:8 10.201.7.0/24");
  });

  it("comes from the override file where that has the last word", () => {
    const override = "networks: { default: { ipam: { config: [{ subnet: 10.201.9.0/24 }] } } }\n";
    const folder = folderWith({ "compose.yaml": CLEAN, "compose.override.yaml": override });
    expect(declared(folder, ["compose.yaml", "compose.override.yaml"])).toBe("compose.override.yaml:1 10.201.9.0/24");
  });

  it.each([
    ["Docker picks the subnet", { "compose.yaml": OPEN }, [["compose.yaml"]]],
    ["the file is gone", {}, [["compose.yaml"]]],
    ["the file is no YAML", { "compose.yaml": "a: [" }, [["compose.yaml"]]],
    [
      "the project was started with other files than those that belong together",
      { "compose.yaml": CLEAN, "prod.yaml": CLEAN },
      [["compose.yaml", "prod.yaml"]],
    ],
    [
      "its containers name different files",
      { "compose.yaml": CLEAN, "other.yaml": CLEAN },
      [["compose.yaml"], ["other.yaml"]],
    ],
    ["a variable decides", { "compose.yaml": CLEAN.replace("10.201.7.0/24", "$SHOP_SUBNET") }, [["compose.yaml"]]],
  ])("is not guessed where %s", (_, files, sets) => {
    expect(declared(folderWith(files), ...sets)).toBeUndefined();
  });
});
