// The command line over a collection of files, in one process, beside hadolint where that is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCollection } from '../../server/tools/corpus/collection';

export interface CommandLineFigures {
  readonly program: string;
  readonly files: number;
  /** Seconds. */
  readonly cpu: number;
  readonly wall: number;
}

/** @param path as `npm run corpus` takes it @throws when bash, which does the timing, is missing */
export function measureCommandLine(path: string, progress: (line: string) => void): CommandLineFigures[] {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  try {
    const files = readCollection(path).map(({ number, text }) => {
      const name = String(number).padStart(6, '0');
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'Dockerfile'), text);
      return `${name}/Dockerfile`;
    });
    const time = (program: string, words: readonly string[]): CommandLineFigures => {
      progress(`${program} on ${files.length} files`);
      // The shell's own clock counts the CPU time of the process and of all it starts.
      const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null';
      const { stderr, error, status } = spawnSync('bash', ['-c', script, 'bench', ...words], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (error) throw error;
      const [wall = NaN, user = NaN, system = NaN] = stderr.trim().split(' ').map(Number);
      // 1 says that there are findings, for both programs.
      if (status !== 0 && status !== 1) throw new Error(`${program} ended with ${String(status)}`);
      return { program, files: files.length, cpu: user + system, wall };
    };
    const figures = [
      time('drydock', [
        process.execPath,
        resolve('dist/cli.js'),
        'check',
        '--all-rules',
        '--format',
        'json',
        '.',
      ]),
    ];
    if (spawnSync('hadolint', ['--version']).status === 0)
      figures.push(time('hadolint', ['hadolint', '--format', 'json', ...files]));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
