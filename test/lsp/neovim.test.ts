// Another editor: Neovim without a plugin sends our commands and asks for our source actions.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { patterns, snippetsOf } from '../../server/src/patterns/library';
import { image, index, startFakeRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

/** Starts the server on the Dockerfile of the folder. */
const attached = `
vim.cmd('edit ' .. vim.env.FOLDER .. '/Dockerfile')
local capabilities = vim.lsp.protocol.make_client_capabilities()
capabilities.textDocument.completion.completionItem.snippetSupport = true
local id = vim.lsp.start_client({
  name = 'drydock',
  cmd = { vim.env.NODE, vim.env.SERVER, '--stdio' },
  root_dir = vim.env.FOLDER,
  capabilities = capabilities,
  get_language_id = function() return 'dockerfile' end,
})
vim.lsp.buf_attach_client(0, id)
vim.wait(20000, function() return vim.lsp.get_client_by_id(id).initialized end)
local function write(name, text)
  local file = io.open(vim.env.FOLDER .. '/' .. name, 'w')
  file:write(text)
  file:close()
end
`;

const ending = `
vim.lsp.stop_client(id)
vim.cmd('qall!')
`;

/** One command and one source action; the text after each is written to a file. */
const changes = `
local function lines() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') end
local function command(name)
  local before = lines()
  vim.lsp.buf_request_sync(0, 'workspace/executeCommand', { command = name, arguments = { vim.uri_from_bufnr(0) } }, 20000)
  vim.wait(20000, function() return lines() ~= before end)
end
command('drydock.server.pinImages')
write('pinned', lines())
command('drydock.server.fixSuggested')
write('suggested', lines())
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {}, only = { 'source.updateDigests.drydock' } }
local action = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 20000)[id].result[1]
local edit = action.edit or vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, 20000)[id].result.edit
if edit then vim.lsp.util.apply_workspace_edit(edit, 'utf-16') end
write('updated', lines())
`;

/** What completion offers, as JSON. */
const completions = `
local result = vim.lsp.buf_request_sync(0, 'textDocument/completion', vim.lsp.util.make_position_params(), 20000)[id].result
write('completions', vim.fn.json_encode(result.items or result))
`;

/** The lines above instructions, as JSON. */
const lenses = `
local params = { textDocument = vim.lsp.util.make_text_document_params() }
write('lenses', vim.fn.json_encode(vim.lsp.buf_request_sync(0, 'textDocument/codeLens', params, 20000)[id].result))
`;

async function runNeovim(nvim: string, folder: string, script: string): Promise<void> {
  writeFileSync(join(folder, 'run.lua'), attached + script + ending);
  await promisify(execFile)(nvim, ['--headless', '-u', 'NONE', '-i', 'NONE', '-S', join(folder, 'run.lua')], {
    cwd: folder,
    timeout: 120_000,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      FOLDER: folder,
      NODE: process.execPath,
      SERVER: resolve('dist/server.js'),
    },
  });
}

test('Neovim gets the patterns by completion', async (t) => {
  const nvim = requireTool(t, 'nvim');
  if (nvim === undefined) return;
  const folder = makeFolder(t, { Dockerfile: '' });
  await runNeovim(nvim, folder, completions);
  const items = JSON.parse(readFileSync(join(folder, 'completions'), 'utf8')) as readonly {
    label: string;
    textEdit?: { newText: string };
  }[];
  const texts = new Map(items.map(({ label, textEdit }) => [label, textEdit?.newText]));
  const whole = snippetsOf(patterns).filter(({ isFile }) => isFile);
  assert.ok(whole.length > 50);
  for (const { name, body } of whole) assert.equal(texts.get(name), body, name);
});

test('Neovim shows what rebuilds if files change', async (t) => {
  const nvim = requireTool(t, 'nvim');
  if (nvim === undefined) return;
  const folder = makeFolder(t, { Dockerfile: 'FROM a\nRUN x\nCOPY src src\nRUN y\n' });
  await runNeovim(nvim, folder, lenses);
  const [lens, ...more] = JSON.parse(readFileSync(join(folder, 'lenses'), 'utf8')) as readonly {
    readonly command: { readonly title: string };
  }[];
  assert.deepEqual(more, []);
  assert.equal(lens?.command.title, '2 of 3 steps run again if these files change');
});

test('Neovim pins, applies suggested fixes and updates digests', async (t) => {
  const nvim = requireTool(t, 'nvim');
  if (nvim === undefined) return;
  const registry = await startFakeRegistry();
  t.after(() => registry.close());
  const [before, now] = [index([image('linux/amd64', 'old')]), index([image('linux/amd64', 'new')])];
  registry.put('app', before);
  registry.put('app', now, '1');
  const name = `${registry.host}/app`;
  const text = `FROM ${name}:1 AS a\nWORKDIR app\nFROM ${name}:1@${before.digest}\nUSER 10001\nCMD echo hello\n`;
  const folder = makeFolder(t, { Dockerfile: text });
  await runNeovim(nvim, folder, changes);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const pinned = text.replace(`${name}:1 AS`, `${name}:1@${now.digest} AS`).trimEnd();
  assert.equal(read('pinned'), pinned);
  assert.notEqual(read('suggested'), pinned);
  assert.equal(read('updated'), read('suggested').replace(before.digest, now.digest));
});
