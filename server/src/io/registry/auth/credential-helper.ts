// Runs `docker-credential-NAME get`. The name comes from a file and the program from PATH, so it trusts neither: no shell,
// an absolute path, the home folder as working directory, a small answer, and a process group of its own, because killing
// only the helper leaves behind what it started. It gets the time that a person needs to unlock a store.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join, delimiter } from 'node:path';
import type { Environment, Limits } from '../settings';

export type HelperAnswer =
  | { readonly kind: 'login'; readonly username: string; readonly secret: string }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'failed'; readonly why: string; readonly timedOut: boolean };

const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Asks a helper for the login of a server.
 * @param name the part behind `docker-credential-`
 * @param server what the helper is asked for, as the login was stored
 * @returns never throws; an abort ends the helper and counts as failed
 */
export async function askHelper(
  name: string,
  server: string,
  environment: Environment,
  limits: Limits,
  signal: AbortSignal,
): Promise<HelperAnswer> {
  if (!helperName.test(name)) return failed('the name is not a plain word');
  const program = await findProgram(`docker-credential-${name}`, environment);
  if (program === undefined) return failed('it is not in PATH');
  const command = helperCommand(program, environment);
  if (!command) return failed('its path has characters that cmd.exe would read');
  const run = await runHelper(command, server, environment, limits, signal);
  if (run.kind === 'failed') return run;
  // The protocol has no code for "nothing stored", only this sentence on standard output.
  if (run.exitCode !== 0) {
    return /credentials not found/i.test(run.output)
      ? { kind: 'notFound' }
      : failed(`exit code ${run.exitCode}`);
  }
  return readAnswer(run.output);
}

function failed(why: string, timedOut = false): Extract<HelperAnswer, { kind: 'failed' }> {
  return { kind: 'failed', why, timedOut };
}

function readAnswer(output: string): HelperAnswer {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return failed('its answer is not JSON');
  }
  if (typeof value !== 'object' || value === null) return failed('its answer is not an object');
  const { Username: username, Secret: secret } = value as {
    readonly Username?: unknown;
    readonly Secret?: unknown;
  };
  if (typeof username !== 'string' || typeof secret !== 'string') return failed('its answer lacks a field');
  return username === '' || secret === '' ? { kind: 'notFound' } : { kind: 'login', username, secret };
}

type Run =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string }
  | Extract<HelperAnswer, { kind: 'failed' }>;

interface HelperCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments are passed on as they are, already quoted. */
  readonly verbatim: boolean;
}

/**
 * How to start a helper. Windows starts `.cmd` and `.bat` only through cmd.exe, whose quoting nobody can rely on: so the path
 * must hold nothing that means something to it.
 * @returns undefined if it does
 */
export function helperCommand(
  program: string,
  { platform, variables }: Pick<Environment, 'platform' | 'variables'>,
): HelperCommand | undefined {
  if (platform !== 'win32' || !/\.(?:cmd|bat)$/i.test(program))
    return { program, args: ['get'], verbatim: false };
  if (/["%!^&|<>\r\n]/.test(program)) return undefined;
  const root = variables['SystemRoot'] ?? 'C:\\Windows';
  return {
    program: `${root}\\System32\\cmd.exe`,
    args: ['/d', '/v:off', '/s', '/c', `""${program}" get"`],
    verbatim: true,
  };
}

function runHelper(
  { program, args, verbatim }: HelperCommand,
  server: string,
  environment: Environment,
  limits: Limits,
  signal: AbortSignal,
): Promise<Run> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(failed('cancelled'));
      return;
    }
    const windows = environment.platform === 'win32';
    const child = spawn(program, args, {
      cwd: environment.home,
      env: { ...environment.variables },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: !windows,
      shell: false,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (run: Run): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (run.kind === 'failed') {
        child.stdout.destroy();
        killTree(child, environment);
      }
      resolve(run);
    };
    const onAbort = (): void => settle(failed('cancelled'));
    const timer = setTimeout(() => settle(failed('it did not answer in time', true)), limits.helperMs);
    signal.addEventListener('abort', onAbort, { once: true });
    child.once('error', (error) => settle(failed(error.message)));
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.helperBytes) settle(failed('its answer is too long'));
      else chunks.push(chunk);
    });
    child.once('close', (code) => {
      settle({ kind: 'ended', exitCode: code ?? -1, output: Buffer.concat(chunks).toString('utf8') });
    });
    // A helper may end without reading what it is asked; how it ended is what counts.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${server}\n`);
  });
}

function killTree(child: ChildProcess, environment: Environment): void {
  if (child.pid === undefined) return;
  if (environment.platform === 'win32') {
    const root = environment.variables['SystemRoot'] ?? 'C:\\Windows';
    const killer = spawn(join(root, 'System32', 'taskkill.exe'), ['/pid', String(child.pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    killer.once('error', () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone already, or was never made
  }
}

/** Looks only into absolute folders of PATH: an empty or relative entry would mean the working directory. */
async function findProgram(name: string, environment: Environment): Promise<string | undefined> {
  const windows = environment.platform === 'win32';
  const path = environment.variables['PATH'] ?? (windows ? environment.variables['Path'] : undefined) ?? '';
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const ending of windows ? ['.exe', '.cmd', '.bat'] : ['']) {
      const candidate = join(folder, name + ending);
      try {
        await access(candidate, constants.X_OK);
        if ((await stat(candidate)).isFile()) return candidate;
      } catch {
        continue; // not here, or not ours to run
      }
    }
  }
  return undefined;
}
