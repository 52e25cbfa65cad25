// What `drydock check` can be told, and what it makes of it.
import type { Config } from '../core/lint/config';
import type { Severity } from '../core/lint/finding';
import { profiles } from '../core/lint/profiles';
import type { RuleChoice } from '../core/lint/select';
import type { Shard } from './format/format';
import { formats } from './format/formats';
import { colorChoices } from './format/rich';
import type { ColorChoice } from './format/rich';
import { severities } from './format/shown';
import { listed } from '../core/text/listed';
import { describeOptions, nameAndValue, readOptions } from './options';
import { readOptions as readSection } from '../core/lint/option';
import { packageSection } from '../settings';
import { describeStatuses } from './outcome';

const formatNames = Object.keys(formats) as (keyof typeof formats)[];

export const options = {
  fix: {
    type: 'string',
    form: '--fix[=suggested]',
    does: 'apply fixes and rewrite the files: safe ones, or suggested ones too',
    values: ['safe', 'suggested'],
    bare: 'safe',
  },
  format: {
    type: 'string',
    form: '--format FORMAT',
    does: `what to print: ${formatNames.slice(0, 6).join(', ')},\n${listed(formatNames.slice(6))}\n(default: what .hadolint.yaml says, else text)`,
    values: formatNames,
  },
  config: {
    type: 'string',
    form: '--config FILE',
    does: 'use this configuration file instead of searching for one',
  },
  profile: {
    type: 'string',
    form: '--profile NAME',
    does: `which rules run, instead of what the configuration says:\n${listed(profiles)}`,
    values: profiles,
  },
  'all-rules': {
    type: 'boolean',
    form: '--all-rules',
    does: 'run every rule, also those that are off by default',
  },
  select: {
    type: 'string',
    form: '--select RULES',
    does: 'only these rules, also those that are off by default: ids of any\ntool, categories, or patterns such as apt-*, with commas between',
    multiple: true,
  },
  ignore: { type: 'string', form: '--ignore RULES', does: 'leave these rules out', multiple: true },
  severity: {
    type: 'string',
    form: '--severity SEVERITY',
    does: 'leave out findings below it: error, warning, info or hint',
    values: severities,
  },
  since: {
    type: 'string',
    form: '--since REVISION',
    does: 'compare with a revision of git: show what is new, count what is\nfixed, and exit with 1 on new findings only. main... is where this\nbranch left main',
  },
  diff: {
    type: 'string',
    form: '--diff[=suggested]',
    does: 'change nothing: print what --fix would change, as a patch for git\napply, and exit with 1 if that is anything',
    values: ['safe', 'suggested'],
    bare: 'safe',
  },
  statistics: {
    type: 'boolean',
    form: '--statistics',
    does: 'count findings by rule instead of listing them',
  },
  'fail-on': {
    type: 'string',
    form: '--fail-on SEVERITY',
    does: 'exit with 1 on findings of this severity or worse:\nerror, warning, info or hint (default: what .hadolint.yaml says,\nelse info)',
    values: severities,
  },
  hints: { type: 'boolean', form: '--hints', does: 'show hints in every format; JSON always has them' },
  color: {
    type: 'string',
    form: `--color[=${colorChoices.join('|')}]`,
    does: 'show colours and the source (default: on a terminal; NO_COLOR and\nFORCE_COLOR count)',
    values: colorChoices,
    bare: 'always',
    default: 'auto',
  },
  packages: {
    type: 'boolean',
    form: '--packages',
    does: 'ask mirrors which packages and versions each release has: those of\n--package-mirror and of packages.mirrors in .drydock.yaml',
  },
  'package-mirror': {
    type: 'string',
    form: '--package-mirror NAME=URL',
    does: 'a mirror to ask, such as debian=https://mirror.example.com/debian;\nNAME: debian, debian-security, ubuntu, ubuntu-ports, alpine, fedora',
    multiple: true,
  },
  shellcheck: {
    type: 'string',
    form: '--shellcheck auto|off|PATH',
    does: 'whether ShellCheck checks shell scripts: where it is there (auto),\nnever, or with this program (default: DRYDOCK_SHELLCHECK, else\nauto)',
  },
  jobs: {
    type: 'string',
    form: '--jobs N',
    does: 'how many threads to use (default: one for each core, up to 8, in\nfolders of many files)',
  },
  shard: {
    type: 'string',
    form: '--shard K/N',
    does: 'check one of N parts of the files; drydock merge joins the reports',
  },
  'allow-none': {
    type: 'boolean',
    form: '--allow-none',
    does: 'exit with 0 if there is no Dockerfile',
  },
  stdin: {
    type: 'boolean',
    form: '--stdin',
    does: 'lint standard input, as does the path -; with --fix the fixed text\ngoes to standard output',
  },
  'stdin-filename': {
    type: 'string',
    form: '--stdin-filename NAME',
    does: 'path to assume for standard input',
  },
} as const;

export const usage = `Usage: drydock check [paths...] [options]

Lints Dockerfiles and Containerfiles. Searches folders for Dockerfile, Containerfile and their
variants (Dockerfile.*, Dockerfile-*, *.Dockerfile). Without a path, searches the current folder.

Options
${describeOptions(options)}
${describeStatuses()}`;

export interface CheckArguments {
  readonly paths: readonly string[];
  readonly fix: 'safe' | 'suggested' | undefined;
  /** Whether fixes only show what they would change. */
  readonly diff: boolean;
  readonly statistics: boolean;
  readonly choice: RuleChoice | undefined;
  /** Findings below it do not exist. */
  readonly severity: Severity | undefined;
  /** A revision of git. */
  readonly since: string | undefined;
  /** `auto`, `off` or a path; undefined: what the environment says. */
  readonly shellcheck: string | undefined;
  /** Threads; undefined: as many as are of use. */
  readonly jobs: number | undefined;
  readonly shard: Shard | undefined;
  /** Mirrors by name, where package indexes may be read; undefined: nobody is asked. */
  readonly mirrors: Readonly<Partial<Record<string, string>>> | undefined;
  /** Undefined: a file of hadolint decides. */
  readonly format: keyof typeof formats | undefined;
  readonly config: string | undefined;
  readonly allRules: boolean;
  readonly profile: Config['profile'] | undefined;
  /** Undefined: the configuration of each file decides. */
  readonly failOn: Severity | undefined;
  readonly hints: boolean;
  readonly color: ColorChoice;
  /** Whether a run without any file is fine. */
  readonly allowNone: boolean;
  /** Path to assume for standard input; undefined: check files. */
  readonly stdin: string | undefined;
}

/** @returns `wrong`: why the arguments cannot be understood */
export function readCheckArguments(argv: readonly string[]): CheckArguments | { readonly wrong: string } {
  const given = readOptions(argv, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const { 'stdin-filename': name, 'fail-on': failOn } = values;
  const paths = given.words.filter((word) => word !== '-');
  const stdin = values.stdin || paths.length < given.words.length;
  if (stdin && paths.length > 0) return { wrong: 'give either standard input or paths, not both' };
  if (!stdin && name !== undefined) return { wrong: '--stdin-filename needs --stdin' };
  const clash = clashOf(values, stdin);
  if (clash !== undefined) return { wrong: clash };
  const choice = readChoice(values.select, values.ignore);
  if (choice && 'wrong' in choice) return choice;
  const jobs = readCount(values.jobs);
  if (jobs === 'wrong') return { wrong: `--jobs must be a number from 1 to ${mostJobs}` };
  const shard = readShard(values.shard);
  if (shard === 'wrong')
    return { wrong: '--shard must be two numbers such as 1/4: the part, and how many parts there are' };
  const mirrors = readMirrors(values['package-mirror']);
  if (mirrors.wrong !== undefined) return { wrong: mirrors.wrong };
  return {
    mirrors: values.packages || values['package-mirror'].length > 0 ? mirrors.byName : undefined,
    paths,
    fix: values.diff ?? values.fix,
    diff: values.diff !== undefined,
    statistics: values.statistics,
    choice,
    severity: values.severity,
    since: values.since,
    shellcheck: values.shellcheck,
    jobs,
    shard,
    format: values.format,
    config: values.config,
    allRules: values['all-rules'],
    profile: values.profile,
    failOn,
    hints: values.hints || failOn === 'hint' || values.severity === 'hint',
    color: values.color,
    allowNone: values['allow-none'],
    stdin: stdin ? (name ?? 'Dockerfile') : undefined,
  };
}

/** Options that make no sense together. */
function clashOf(
  {
    since,
    fix,
    diff,
    statistics,
    format,
    shard,
  }: {
    readonly [Name in 'since' | 'fix' | 'diff' | 'format' | 'shard']: string | undefined;
  } & { readonly statistics: boolean },
  stdin: boolean,
): string | undefined {
  if (since !== undefined && (fix !== undefined || diff !== undefined))
    return '--since only compares; fix without it, with --fix or --diff';
  if (stdin && since !== undefined) return '--since compares files, not standard input';
  if (stdin && shard !== undefined) return '--shard parts files, not standard input';
  if (fix !== undefined && diff !== undefined)
    return '--diff changes nothing; --diff=suggested shows suggested fixes too';
  const other = format !== undefined && format !== 'text';
  if (diff !== undefined && (statistics || other)) return '--diff prints a patch, in no other format';
  if (statistics && other && format !== 'json') return '--statistics needs --format text or json';
  return undefined;
}

function readChoice(
  select: readonly string[],
  ignore: readonly string[],
): RuleChoice | undefined | { readonly wrong: string } {
  const words = (given: readonly string[]): string[] =>
    given.flatMap((list) => list.split(',').map((word) => word.trim())).filter((word) => word !== '');
  if (select.length + ignore.length === 0) return undefined;
  if (select.length > 0 && words(select).length === 0) return { wrong: '--select needs the id of a rule' };
  return { select: select.length > 0 ? words(select) : undefined, ignore: words(ignore) };
}

function readMirrors(given: readonly string[]): {
  readonly byName: Readonly<Partial<Record<string, string>>>;
  readonly wrong?: string;
} {
  const pairs = given.map(nameAndValue);
  const { values, problems } = readSection(
    { mirrors: packageSection.mirrors },
    { mirrors: Object.fromEntries(pairs) },
    '',
  );
  const wrong =
    problems.length > 0 || pairs.some(([name]) => name === '')
      ? '--package-mirror must be NAME=URL, such as debian=https://mirror.example.com/debian'
      : undefined;
  return { byName: values.mirrors, ...(wrong !== undefined && { wrong }) };
}

const mostJobs = 64;

function readCount(text: string | undefined): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= mostJobs ? count : 'wrong';
}

function readShard(text: string | undefined): Shard | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  return part !== undefined && of !== undefined && part >= 1 && part <= of ? { part, of } : 'wrong';
}
