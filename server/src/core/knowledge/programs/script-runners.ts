// Programs that run commands which a file of the project keeps under names: npm start, make run, composer start, deno task.
// Sources: the programs' manuals.

/** How a file keeps them. */
export type ScriptFormat = 'package' | 'composer' | 'deno' | 'make';

export interface ScriptRunner {
  /** The files that may hold the scripts, the first that is there counts. */
  readonly files: readonly { readonly name: string; readonly format: ScriptFormat }[];
  /** Words that stand before the name of a script. */
  readonly verbs?: RegExp;
  /** Names of scripts that need no such word. */
  readonly bare?: RegExp;
  /** Whether each word is the name of one, and without a word the first script of the file runs. */
  readonly takesMany?: true;
  /** Options that name the file. */
  readonly fileOptions?: readonly string[];
  /** Options that choose scripts of other packages, which are not looked for. */
  readonly elsewhere?: readonly string[];
}

const packageFile = { name: 'package.json', format: 'package' } as const;
const startOrTest = /^(?:start|test|stop|restart)$/;

/** By base name of the program. */
export const scriptRunners: ReadonlyMap<string, ScriptRunner> = new Map<string, ScriptRunner>([
  [
    'npm',
    {
      files: [packageFile],
      verbs: /^(?:run|run-script)$/,
      bare: startOrTest,
      elsewhere: ['-w', '--workspace', '--workspaces'],
    },
  ],
  [
    'pnpm',
    {
      files: [packageFile],
      verbs: /^(?:run|run-script)$/,
      bare: /^/,
      elsewhere: ['-F', '--filter', '-r', '--recursive'],
    },
  ],
  ['yarn', { files: [packageFile], verbs: /^run$/, bare: /^/ }],
  // A command of bun goes before a script of that name.
  [
    'bun',
    {
      files: [packageFile],
      verbs: /^run$/,
      bare: /^(?!(?:add|build|create|exec|init|install|link|outdated|patch|pm|publish|remove|repl|test|unlink|update|upgrade|x)$)/,
      elsewhere: ['-F', '--filter'],
    },
  ],
  [
    'deno',
    {
      files: [{ name: 'deno.json', format: 'deno' }, { name: 'deno.jsonc', format: 'deno' }, packageFile],
      verbs: /^(?:task|run)$/,
      fileOptions: ['-c', '--config'],
      elsewhere: ['-f', '--filter', '-r', '--recursive'],
    },
  ],
  [
    'composer',
    { files: [{ name: 'composer.json', format: 'composer' }], verbs: /^(?:run|run-script)$/, bare: /^/ },
  ],
  [
    'make',
    {
      files: ['GNUmakefile', 'makefile', 'Makefile'].map((name) => ({ name, format: 'make' })),
      bare: /^[^=]+$/,
      takesMany: true,
      fileOptions: ['-f', '--file', '--makefile'],
    },
  ],
]);
