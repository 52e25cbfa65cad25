// The texts of a Dockerfile that ShellCheck can read, each with what it has to be told about them. Nothing here runs it.
import { predefinedVariables } from '../../knowledge/syntax/predefined-variables';
import type { Model } from '../../model/model';
import type { Dialect, ShellScript } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { malformedArrayOf } from '../text/loose-array';

/** As ShellCheck calls them. */
export type ShellDialect = 'sh' | 'dash' | 'bash' | 'ksh' | 'busybox';

/** A script as ShellCheck is given it. Equal texts of one dialect get equal answers. */
export interface ShellBody {
  readonly dialect: ShellDialect;
  /** Ends of line are `\n`. */
  readonly text: string;
}

/** A script of the file with the text that ShellCheck reads for it. */
export interface CheckedScript {
  readonly script: ShellScript;
  readonly dialect: ShellDialect;
  readonly body: ShellBody;
  /** The line of the text that is not in the script, counted from 1; undefined if there is none. */
  readonly addedLine: number | undefined;
  /** Whether nobody knows which shell `sh` is there: bash, for one, has more than a plain sh. */
  readonly isUnknownSh: boolean;
}

/** Longer scripts are not looked at. */
export const longestScript = 60_000;

/** ShellCheck reads no longer text, and no more scripts of one file: it takes a millisecond for each, and more for long ones. */
const [longestBody, mostScripts] = [20_000, 200];

const dialects: Readonly<Partial<Record<Dialect, ShellDialect>>> = {
  posix: 'sh',
  dash: 'dash',
  ash: 'busybox',
  bash: 'bash',
  ksh: 'ksh',
};

/** Every script of a file that ShellCheck reads, by the shell that runs it. */
export const scriptsToCheck = once((model: Model) => checkedScripts(model, false));

/** The same where SHELL and comments for hadolint alone decide, and RUN alone counts, as for hadolint: it takes the shell of every base for a plain sh. */
export const scriptsForHadolint = once((model: Model) => checkedScripts(model, true));

/** Those that ShellCheck is asked about. No file of people has more, or longer ones. */
export function askedOf(scripts: readonly CheckedScript[]): readonly CheckedScript[] {
  return scripts.filter(({ body }) => body.text.length <= longestBody).slice(0, mostScripts);
}

function checkedScripts(model: Model, forHadolint: boolean): readonly CheckedScript[] {
  const checked: CheckedScript[] = [];
  for (const instruction of model.instructions) {
    if (forHadolint && (instruction.keyword !== 'RUN' || instruction.json)) continue;
    // What was meant as an array is no script.
    if (!forHadolint && malformedArrayOf(instruction)?.mayBeTest === false) continue;
    for (const script of model.scriptsOf(instruction)) {
      const named = forHadolint && isByDefault(model, script) ? 'sh' : dialects[script.dialect];
      if (named === undefined || script.text.length > longestScript || script.text.trim() === '') continue;
      // Another shell puts values in before this one reads the text.
      if (script.expanded && /[$`\\]/.test(script.text)) continue;
      const isUnknownSh =
        !forHadolint && script.dialect === 'posix' && !model.environmentAt(instruction).shellFromComment;
      checked.push(new ScriptOfModel(model, script, named, isUnknownSh));
    }
  }
  return checked;
}

/** Most files are linted without ShellCheck, so its text is put together when somebody asks for it. */
class ScriptOfModel implements CheckedScript {
  readonly #model: Model;
  readonly script: ShellScript;
  readonly dialect: ShellDialect;
  readonly isUnknownSh: boolean;
  #told: Told | undefined;

  constructor(model: Model, script: ShellScript, dialect: ShellDialect, isUnknownSh: boolean) {
    this.#model = model;
    this.script = script;
    this.dialect = dialect;
    this.isUnknownSh = isUnknownSh;
  }

  get body(): ShellBody {
    return this.#tell().body;
  }

  get addedLine(): number | undefined {
    return this.#tell().addedLine;
  }

  #tell(): Told {
    return (this.#told ??= withKnownNames(this.#model, this.script, this.dialect));
  }
}

type Told = Pick<CheckedScript, 'body' | 'addedLine'>;

/** Whether the shell of the base image runs the script, and no word of the file says which. */
function isByDefault(model: Model, { instruction, heredoc, dialect, text }: ShellScript): boolean {
  const { shellInstruction, shellFromComment } = model.environmentAt(instruction);
  if (shellInstruction !== undefined || shellFromComment) return false;
  return !(heredoc && text.startsWith('#!')) && dialect === model.shellAt(instruction).dialect;
}

/** The text for ShellCheck, which is told the variables that are set. */
function withKnownNames(model: Model, script: ShellScript, dialect: ShellDialect): Told {
  const names = knownNames(model, script.instruction, script.text);
  if (names.length === 0) return { body: { dialect, text: script.text }, addedLine: undefined };
  // Comments above the first command hold for all of it, so the line goes below them.
  const head = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(script.text)?.[0] ?? '';
  const line = `export ${names.map((name) => `${name}=1`).join(' ')}\n`;
  const text = head + line + script.text.slice(head.length);
  return { body: { dialect, text }, addedLine: head.split('\n').length };
}

/** Variables of the script that the file or the builder sets, as far as that shell sees them. */
function knownNames(model: Model, instruction: Instruction, text: string): readonly string[] {
  if (!text.includes('$')) return [];
  const { env, variables } = model.environmentAt(instruction);
  const isRun = instruction.keyword === 'RUN';
  // Arguments of the build are gone when the container starts.
  const set = isRun ? variables : env;
  const found = new Set<string>();
  for (const [, name = ''] of text.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g))
    if (set.has(name) || (isRun && predefinedVariables.get(name)?.kind === 'proxy')) found.add(name);
  return [...found].sort();
}

/** The same text for the same question. */
export function bodyKey({ dialect, text }: ShellBody): string {
  return `${dialect}\n${text}`;
}
