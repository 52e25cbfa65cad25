// Asks a program how the builder reads files: what it refuses, and what it would build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the builder makes of one stage as the target. */
export interface Target {
  /** Equal graphs are the same build, step by step. */
  readonly graph: string;
  readonly config: string;
  /** Each step alone. */
  readonly steps: readonly string[];
}

export interface Answer {
  /** Why the builder refuses the file; undefined if it accepts it. */
  readonly error: string | undefined;
  /** One a stage, where the program was asked for them. */
  readonly targets: readonly Target[];
}

/**
 * @param command a program and its words: takes paths on standard input, prints one JSON object a line with `path`, for a file
 *   that the builder refuses an `error` of some kind, and perhaps `targets`
 * @returns the answers in the order of the texts
 * @throws when it does not answer for all of them
 */
export function askOracle(command: readonly string[], texts: readonly string[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-corpus-'));
  try {
    const paths = texts.map((text, index) => {
      mkdirSync(join(folder, String(index)));
      const path = join(folder, String(index), 'Dockerfile');
      writeFileSync(path, text);
      return path;
    });
    const [program = '', ...words] = command;
    const { stdout, status, error, stderr } = spawnSync(program, words, {
      input: paths.join('\n') + '\n',
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (error) throw error;
    const answers = new Map<string, Answer>();
    for (const line of stdout.split('\n')) {
      if (line === '') continue;
      const answer = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const said = Object.entries(answer).find(
        ([key, value]) => /error$/i.test(key) && value !== undefined && value !== null && value !== '',
      );
      const targets = (answer['targets'] ?? []) as readonly (Partial<Target> & { error?: string })[];
      answers.set(String(answer['path']), {
        error: said ? String(said[1]) : targets.find(({ error }) => error !== undefined)?.error,
        targets: targets.map(({ graph = '', config = '', steps }) => ({ graph, config, steps: steps ?? [] })),
      });
    }
    const missing = paths.filter((path) => !answers.has(path));
    if (missing.length > 0)
      throw new Error(
        `${command.join(' ')} ended with ${String(status)} and said nothing of ${missing.length} files: ${stderr.slice(0, 500)}`,
      );
    return paths.flatMap((path) => answers.get(path) ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
