// The ignore file for a Dockerfile that is about to be written.
import { ignoreLines } from '../core/analysis/context/usual-ignores';
import { defaultConfig } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { ContextFacts } from '../core/lint/facts';
import { lint } from '../core/lint/run';

/** What no image needs, whatever the Dockerfile takes today. */
const always = ['.git', '.env*'];

/** What the folder is about to have. */
const soon = ['Dockerfile', '.dockerignore'];

/** What tools make, by the file that says they are used. */
const made: readonly (readonly [manifest: RegExp, lines: readonly string[]])[] = [
  [/^package\.json$/, ['node_modules', '*.log']],
  [
    /^(?:pyproject\.toml|requirements.*\.txt|setup\.py|Pipfile|manage\.py)$/,
    ['.venv', '**/__pycache__', '**/*.pyc'],
  ],
  [/^(?:Cargo\.toml|pom\.xml)$/, ['target']],
  [/^build\.gradle(?:\.kts)?$/, ['.gradle', 'build']],
  [/\.(?:cs|fs|vb)proj$|\.slnx?$/, ['**/bin', '**/obj']],
];

/**
 * @param dockerfile its text
 * @param context the facts about the folder, without an ignore file
 * @returns the text of the ignore file
 */
export function newIgnoreFile(dockerfile: string, context: ContextFacts): string {
  const tools = made.flatMap(([manifest, lines]) =>
    context.entries.some((one) => manifest.test(one)) ? lines : [],
  );
  const all = { ...context, entries: [...new Set([...context.entries, ...soon])].sort() };
  // Only the model is asked for, so no rule runs.
  const { model } = lint(dockerfile, [], defaultConfig, { ...noFacts, context: all });
  return [...new Set([...always, ...tools, ...ignoreLines(model, all)])].map((line) => `${line}\n`).join('');
}
