// ShellCheck. It reads scripts from files, several in one run.
import { isRecord } from '../../core/text/record';
import type { ShellComment, ShellReplacement } from '../../core/analysis/shellcheck/answers';
import type { ShellDialect } from '../../core/analysis/shellcheck/shell-body';
import { list, text } from '../foreign-json';
import { wholeAnswer } from '../readers';
import type { Answer } from '../readers';
import type { Reading } from '../run';
import { askVersion, defineTool, scriptName } from '../tool';
import type { FoundTool, ScriptComments } from '../tool';

const version = askVersion('');

export const shellcheck = defineTool({
  id: 'shellcheck',
  title: 'ShellCheck',
  kind: 'linter',
  rank: 1,
  get: 'https://github.com/koalaman/shellcheck#installing',
  programs: ['shellcheck'],
  // It has dialects since versions that differ.
  probe: {
    decides: true,
    ask: version.ask,
    read: (answers, surroundings) =>
      answers['version']?.stdout.startsWith('ShellCheck') ? version.read(answers, surroundings) : undefined,
  },
  can: {},
  commands: {
    check: (found, { dialect, count }) => ({
      tool: found,
      // Without the user's and the project's own configuration: it may switch off anything.
      args: ['--norc', '--format=json1', `--shell=${dialectIn(found, dialect)}`, ...namesOf(count)],
      // More options, which may change the format.
      env: { SHELLCHECK_OPTS: '' },
      answer: 'output',
      limit: { ms: baseTime + count * timePerFile, characters: 40_000_000 },
      reader: () => wholeAnswer((answer) => readComments(answer, count)),
    }),
  },
});

/** Milliseconds. ShellCheck needs two for most scripts, and some for a long one. */
const baseTime = 5000;
const timePerFile = 100;

/** BusyBox has a dialect of its own since 0.10. */
function dialectIn({ version }: FoundTool, dialect: ShellDialect): string {
  if (dialect !== 'busybox') return dialect;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 0 || minor >= 10 ? dialect : 'dash';
}

function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => scriptName(index));
}

/** More findings in one file are of no use to anybody. */
const mostComments = 1000;

/** Its exit status only says whether it found anything. */
function readComments({ stdout, exit }: Answer, count: number): Reading<ScriptComments> {
  if (exit !== 0 && exit !== 1) return { unreadable: `exit status ${exit ?? 'unknown'}` };
  let raw: unknown;
  try {
    raw = JSON.parse(stdout);
  } catch {
    return { unreadable: 'its answer is not JSON' };
  }
  if (!isRecord(raw) || !Array.isArray(raw['comments'])) return { unreadable: 'its answer has no comments' };
  const byFile = new Map<string, ShellComment[]>(namesOf(count).map((name) => [name, []]));
  for (const one of raw['comments']) {
    const comment = readComment(one);
    const known = isRecord(one) ? byFile.get(text(one['file'])) : undefined;
    if (!comment || !known) return { unreadable: 'a finding in its answer has another form' };
    if (known.length < mostComments) known.push(comment);
  }
  return { value: [...byFile.values()] };
}

const levels: readonly ShellComment['level'][] = ['error', 'warning', 'info', 'style'];

function readComment(raw: unknown): ShellComment | undefined {
  if (!isRecord(raw)) return undefined;
  const place = readPlace(raw);
  const level = levels.find((one) => one === raw['level']);
  const { code, message, fix } = raw;
  if (!place || !level || typeof code !== 'number' || typeof message !== 'string') return undefined;
  const all = list(isRecord(fix) ? fix['replacements'] : undefined).map(readReplacement);
  const replacements = all.filter((one) => one !== undefined);
  // Half a fix is none.
  return {
    ...place,
    code,
    level,
    message,
    replacements: replacements.length === all.length ? replacements : [],
  };
}

function readReplacement(raw: unknown): ShellReplacement | undefined {
  if (!isRecord(raw)) return undefined;
  const place = readPlace(raw);
  const { replacement, insertionPoint } = raw;
  if (!place || typeof replacement !== 'string') return undefined;
  return {
    ...place,
    text: replacement,
    insertionPoint: insertionPoint === 'beforeStart' ? 'beforeStart' : 'afterEnd',
  };
}

function readPlace(
  raw: Readonly<Record<string, unknown>>,
): Omit<ShellComment, 'code' | 'level' | 'message' | 'replacements'> | undefined {
  const { line, column, endLine, endColumn } = raw;
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
  return isCount(line) && isCount(column) && isCount(endLine) && isCount(endColumn)
    ? { line, column, endLine, endColumn }
    : undefined;
}
