// A BuildKit of its own that says which steps it took from its cache.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from '../../server/src/core/text/record';
import { ask } from './runs';
import { wantTool } from './tools';

/**
 * By `STAGE NUMBER`, the number counted from 1 in the stage. A step that is the same as one in another stage has no entry
 * of its own.
 */
export type Steps = ReadonlyMap<string, 'ran' | 'cached'>;

/** @returns what the build failed with, if it did */
export type Builder = (folder: string, target: string) => Promise<Steps | { readonly failed: string }>;

/** BuildKit and its client, started for a test. Undefined where they are not to be had. */
export async function startBuildKit(t: TestContext): Promise<Builder | undefined> {
  const [daemon, client] = [wantTool(t, 'buildkitd'), wantTool(t, 'buildctl')];
  if (daemon === undefined || client === undefined) return undefined;
  const state = mkdtempSync(join(tmpdir(), 'drydock-buildkit-'));
  const address = `unix://${state}/buildkit.sock`;
  const args = ['--addr', address, '--root', join(state, 'root'), '--oci-worker-snapshotter', 'native'];
  const running = spawn(daemon, args, {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  const ended = new Promise<void>((resolve) => running.on('close', () => resolve()));
  t.after(async () => {
    running.kill('SIGTERM');
    await ended;
    rmSync(state, { recursive: true, force: true, maxRetries: 10 });
  });
  const build: Builder = async (folder, target) => {
    const words = ['--addr', address, 'build', '--frontend=dockerfile.v0', '--progress=rawjson'];
    const locals = [`--local=context=${folder}`, `--local=dockerfile=${folder}`, `--opt=target=${target}`];
    const { exit, stderr } = await ask({ program: client, args: [...words, ...locals] }, '/', 60_000);
    return exit === 0 ? readJson(stderr) : { failed: stderr.slice(-2000) };
  };
  for (let attempt = 0; ; attempt += 1) {
    const { exit, stderr } = await ask({ program: client, args: ['--addr', address, 'debug', 'workers'] });
    if (exit === 0) return build;
    if (attempt > 50) throw new Error(`buildkitd does not answer: ${stderr}`);
    await pause(100);
  }
}

/** `[stage 2/4] COPY a /a`; the second vertex of COPY --link only puts the layers together. */
const named = /^\[(\S+) +(\d+)\/\d+\] (?!LINK )/;

function readJson(output: string): Steps {
  const steps = new Map<string, 'ran' | 'cached'>();
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    const status: unknown = JSON.parse(line);
    const vertexes: unknown = isRecord(status) ? status['vertexes'] : undefined;
    for (const vertex of Array.isArray(vertexes) ? (vertexes as unknown[]) : []) {
      if (!isRecord(vertex) || vertex['completed'] === undefined) continue;
      const [, stage, number] = named.exec(String(vertex['name'])) ?? [];
      if (stage !== undefined) steps.set(`${stage} ${number}`, vertex['cached'] === true ? 'cached' : 'ran');
    }
  }
  return steps;
}
