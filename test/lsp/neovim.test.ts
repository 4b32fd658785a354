import { spawnSync } from "node:child_process";

import { expect, it } from "vitest";

import { COMMAND, folderWith, OPEN, POLICY } from "../cli/command.js";
import { findNeovim } from "./neovim.js";

const neovim = findNeovim();
const missing = typeof neovim === "string" ? neovim : undefined;

/** Opens a file, waits for findings, takes the preferred action at the first one, and saves the file. */
const SCRIPT = `
vim.cmd("edit compose.yaml")
local config = {
  name = "compose-networks",
  cmd = { vim.env.NODE, vim.env.COMMAND, "lsp" },
  root_dir = vim.fn.getcwd(),
}
if vim.lsp.start then
  vim.lsp.start(config)
else
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end
local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then error("waited for " .. what) end
end
wait("a finding", function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)[1]
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
local params = vim.lsp.util.make_range_params(0, "utf-16")
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)
local titles = {}
for _, answer in pairs(answers) do
  for _, action in ipairs(answer.result) do
    table.insert(titles, action.title)
    if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
  end
end
wait("no finding", function() return #vim.diagnostic.get(0) == 0 end)
vim.cmd("write")
io.stdout:write(vim.fn.json_encode({ code = found.code, message = found.message, line = found.lnum, titles = titles }))
vim.cmd("qall!")
`;

it.skipIf(missing !== undefined)(
  `Neovim shows a finding, and its quick fix mends it${missing === undefined ? "" : ` (not tried: ${missing})`}`,
  () => {
    if (typeof neovim === "string") return;
    const folder = folderWith({ "compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY, "try.lua": SCRIPT });
    const { status, stdout, stderr } = spawnSync(
      neovim.program,
      ["--headless", "-u", "NONE", "-i", "NONE", "-c", "luafile try.lua"],
      {
        cwd: folder.path,
        env: { ...process.env, ...neovim.env, NODE: process.execPath, COMMAND, HOME: folder.path },
        encoding: "utf8",
        input: "",
      },
    );
    console.info(`${neovim.version}: ${stderr}`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      code: "compose-networks/require-subnet",
      message: expect.stringMatching(/network "default"/i) as unknown,
      line: 0,
      titles: ['Pin network "default" to 10.201.151.0/24', "Disable compose-networks/require-subnet for this line"],
    });
    expect(folder.text("compose.yaml")).toBe(
      `${OPEN}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 10.201.151.0/24\n`,
    );
  },
);
