// The command line: what may be said, and what is meant by it.
import { parseArgs } from 'node:util';
import type { Severity } from '../core/lint/finding';

export interface CheckArguments {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly fix: 'safe' | 'suggested' | undefined;
  readonly format: 'text' | 'json';
  readonly config: string | undefined;
  readonly allRules: boolean;
  readonly failOn: Severity;
  readonly hints: boolean;
  /** Name under which standard input is linted; undefined: files are. */
  readonly stdin: string | undefined;
}

export type Arguments =
  | CheckArguments
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'wrong'; readonly message: string };

export const usage = `Usage: drydock check [paths...] [options]
       drydock doctor [--format text|json]

Lints Dockerfiles and Containerfiles. Folders are searched for Dockerfile, Containerfile and their
variants (Dockerfile.*, *.Dockerfile); without a path the current folder is.

Options
  --fix[=suggested]      apply fixes and rewrite the files: safe ones, or suggested ones too
  --format text|json     what to print (default: text)
  --config FILE          use this configuration file instead of searching for one
  --all-rules            run every rule, opt-in ones too
  --fail-on SEVERITY     exit with 1 on findings of this severity or worse:
                         error, warning, info (default) or hint
  --hints                show hints in the text format
  --stdin                lint standard input; with --fix the fixed text goes to standard output
  --stdin-filename NAME  path that standard input is said to come from
  --version, --help

Exit status: 0 clean, 1 findings, 2 something could not be read or run.
`;

const severities: readonly string[] = ['error', 'warning', 'info', 'hint'];

/** @param argv without node and script */
export function readArguments(argv: readonly string[]): Arguments {
  const wrong = (message: string): Arguments => ({ command: 'wrong', message });
  let parsed;
  try {
    parsed = parseArgs({
      // An option with an optional value is not in parseArgs' language.
      args: argv.map((word) => (word === '--fix' ? '--fix=safe' : word)),
      allowPositionals: true,
      options: {
        fix: { type: 'string' },
        format: { type: 'string', default: 'text' },
        config: { type: 'string' },
        'all-rules': { type: 'boolean', default: false },
        'fail-on': { type: 'string', default: 'info' },
        hints: { type: 'boolean', default: false },
        stdin: { type: 'boolean', default: false },
        'stdin-filename': { type: 'string' },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...paths] = positionals;
  if (command === undefined) return wrong('no command given');
  if (command !== 'check') return wrong(`there is no command ${command}`);
  const { fix, format, stdin } = values;
  const failOn = values['fail-on'];
  if (fix !== undefined && fix !== 'safe' && fix !== 'suggested') return wrong('--fix is safe or suggested');
  if (format !== 'text' && format !== 'json') return wrong('--format is text or json');
  if (!severities.includes(failOn)) return wrong('--fail-on is error, warning, info or hint');
  if (stdin && paths.length > 0) return wrong('--stdin and paths exclude each other');
  if (!stdin && values['stdin-filename'] !== undefined) return wrong('--stdin-filename goes with --stdin');
  return {
    command: 'check',
    paths,
    fix,
    format,
    config: values.config,
    allRules: values['all-rules'],
    failOn: failOn as Severity,
    hints: values.hints || failOn === 'hint',
    stdin: stdin ? (values['stdin-filename'] ?? 'Dockerfile') : undefined,
  };
}
