// Keys of cosign, and what says that no service takes part in a signature: neither a log nor time stamps are here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes keys without a password, by these names in the folder. @returns the path of the configuration for --signing-config */
export function makeKeys(cosign: string, folder: string, names: readonly string[]): string {
  const env = { ...process.env, HOME: folder, COSIGN_PASSWORD: '' };
  const run = (...args: readonly string[]): string => {
    const made = spawnSync(cosign, args, { cwd: folder, env, encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    return made.stdout;
  };
  for (const name of names) run('generate-key-pair', `--output-key-prefix=${name}`);
  const config = join(folder, 'services.json');
  writeFileSync(config, run('signing-config', 'create'));
  return config;
}
