// The ignore file for a Dockerfile that is about to be written.
import { ignoreLines } from '../core/analysis/context/usual-ignores';
import { defaultConfig } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { ContextFacts } from '../core/lint/facts';
import { lint } from '../linter';

/** What no image needs, whatever the Dockerfile takes today. */
const always = ['.git', '.env*'];

/** What the folder is about to have. */
const soon = ['Dockerfile', '.dockerignore'];

/** What tools make, by the file that says they are used. */
const made: readonly (readonly [manifest: RegExp, entries: readonly string[]])[] = [
  [/^package\.json$/, ['node_modules/', 'npm-debug.log']],
  [/^(?:pyproject\.toml|requirements.*\.txt|setup\.py|Pipfile)$/, ['.venv/', '.pytest_cache/']],
  [/^Cargo\.toml$/, ['target/']],
  [/^pom\.xml$/, ['target/']],
  [/^build\.gradle(?:\.kts)?$/, ['.gradle/', 'build/']],
];

/**
 * @param dockerfile its text
 * @param context the facts about the folder, without an ignore file
 * @returns the text of the ignore file
 */
export function newIgnoreFile(dockerfile: string, context: ContextFacts): string {
  const entries = [
    ...soon,
    ...made.flatMap(([manifest, more]) => (context.entries.some((one) => manifest.test(one)) ? more : [])),
  ];
  const all = { ...context, entries: [...new Set([...context.entries, ...entries])].sort() };
  const { model } = lint(dockerfile, defaultConfig, { ...noFacts, context: all });
  return [...new Set([...always, ...ignoreLines(model, all)])].map((line) => `${line}\n`).join('');
}
