// The body of the rules about checks that are switched off: signatures of packages, certificates of servers. Other
// tools have one id for each program, so there is one short rule for each. The table says by what they are switched
// off.
import { valueFor, valueOfVariable } from '../analysis/commands/values';
import { matchesIn } from '../analysis/text/matches';
import { dropPair } from '../fixes/drop-pair';
import { dropCommand } from '../fixes/drop-command';
import { managerOfProgram } from '../knowledge/packages/package-managers';
import { optionSyntax } from '../knowledge/programs/command-options';
import type { Verification, VerificationFlag, WrittenLine } from '../knowledge/programs/verification';
import type { Finding } from '../lint/finding';
import type { Model } from '../model/model';
import { parseArguments } from '../shell/options';
import type { Option } from '../shell/options';
import { removeWords } from '../shell/removal';
import type { Command } from '../shell/types';
import { withText } from '../shell/whole-words';
import { remove, replace } from '../text/edit';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/** A check that a command switches off, for a rule that weighs it. */
interface SwitchedOff {
  readonly finding: Finding;
  /** Undefined for a variable of the image and for a line of a file. */
  readonly command: Command | undefined;
}

/** Everything in the steps of a file that switches the check off. */
export function* switchedOff(model: Model, check: Verification): Generator<SwitchedOff> {
  for (const command of model.commandsNamed(...check.programs)) {
    if (command.instruction.keyword !== 'RUN') continue;
    for (const finding of byFlags(model, check, command)) yield { finding, command };
    const setting = bySetting(model, check, command);
    if (setting) yield { finding: setting, command };
  }
  for (const [name, { off, reader }] of check.variables) {
    if (!model.document.text.includes(name)) continue;
    const message = `${name} lets ${reader} ${check.lets}`;
    for (const finding of byPairs(model, name, off))
      yield { finding: { ...finding, message }, command: undefined };
    for (const finding of byAssignments(model, name, off))
      yield { finding: { ...finding, message }, command: undefined };
  }
  if (check.written) yield* byText(model, check.written, check.lets);
}

/** An address of the machine itself, which nobody else can answer for. */
const own = /^(?:\w+:\/\/)?(?:[^/@]*@)?(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?:[:/]|$)/;

function* byFlags(model: Model, check: Verification, command: Command): Generator<Finding> {
  const flags = check.flags.filter(({ only }) => !only || only.test(command.program));
  const known =
    managerOfProgram(command.program)?.valueOptions ?? optionSyntax.get(command.program)?.values ?? [];
  const valued = flags.filter(({ off }) => off).map(({ name }) => name);
  yield* byVariables(model, check, command, flags, { values: [...known, ...valued] });
  const { options, operands } = parseArguments(command.args, { values: [...known, ...valued] });
  if (operands.some(({ value }) => value !== undefined && isOwnAddress(value))) return;
  for (const option of options) {
    const flag = flags.find(({ name }) => name === option.name);
    if (!flag || !isOff(flag, option)) continue;
    if (flag.notFor !== undefined && operands[0]?.value === flag.notFor) continue;
    const end = Math.max(option.word.span.end, option.valueWord?.span.end ?? 0);
    const edits = withoutOption(model, command, option, flag, options);
    const isCluster = option.word.text !== option.name && !option.valueWord;
    yield {
      at: { start: option.word.span.start, end },
      message: `${isCluster ? option.name : spelling(option)} lets ${command.program} ${check.lets}`,
      ...(edits && {
        fix: {
          title:
            flag.instead === undefined || options.some(({ name }) => isInstead(name, flag))
              ? `Remove ${option.name}`
              : `Change ${option.name} to ${flag.instead}`,
          edits,
        },
      }),
    };
  }
}

/** The same in a variable that holds options: `curl $CURL_OPTIONS`. */
function* byVariables(
  model: Model,
  { lets }: Verification,
  command: Command,
  flags: readonly VerificationFlag[],
  syntax: Parameters<typeof parseArguments>[1],
): Generator<Finding> {
  for (const word of command.args) {
    const value = word.splits ? valueOfVariable(model, command, word.text) : undefined;
    if (value?.startsWith('-') !== true) continue;
    const words = value.split(/[ \t]+/).map((text) => withText(word, text));
    const option = parseArguments(words, syntax).options.find((one) =>
      flags.some((flag) => flag.name === one.name && isOff(flag, one)),
    );
    if (option)
      yield { at: word.span, message: `${option.name} in ${word.text} lets ${command.program} ${lets}` };
  }
}

function spelling({ name, word, valueWord }: Option): string {
  return valueWord && valueWord !== word ? `${name} ${valueWord.text}` : word.text;
}

function isOwnAddress(text: string): boolean {
  return own.test(text);
}

/** Whether an option is what a flag also stands for, in one of its spellings. */
function isInstead(name: string, { instead }: VerificationFlag): boolean {
  return name === instead || (instead === '-y' && (name === '--yes' || name === '--assume-yes'));
}

function isOff({ off }: VerificationFlag, { value, valueWord }: Option): boolean {
  if (!off) return value === undefined || !/^(?:0|false|no)$/i.test(value);
  // A host in a variable is a host.
  const text = value ?? valueWord?.text;
  return text !== undefined && off.test(text) && !isOwnAddress(text);
}

function withoutOption(
  model: Model,
  command: Command,
  { name, word, valueWord }: Option,
  flag: VerificationFlag,
  options: readonly Option[],
): readonly Edit[] | undefined {
  if (!command.editable) return undefined;
  // Without it, pip refuses a server that offers no encryption.
  if (name === '--trusted-host' && command.args.some(({ text }) => text.includes('http://')))
    return undefined;
  const isAnswered = options.some((other) => isInstead(other.name, flag));
  if (flag.instead !== undefined && !isAnswered) return [replace(word.span, flag.instead)];
  const letter = name.slice(1);
  if (!name.startsWith('--') && word.text !== name && !valueWord) {
    if (model.document.slice(word.span) !== word.text) return undefined;
    const at = word.span.start + word.text.indexOf(letter, 1);
    return [remove({ start: at, end: at + 1 })];
  }
  return valueWord && valueWord !== word
    ? removeWords(model, command, word, valueWord)
    : removeWords(model, command, word);
}

/** A command that stores the setting: `git config --global http.sslVerify false`. */
function bySetting(model: Model, { settings, lets }: Verification, command: Command): Finding | undefined {
  const words = command.args.map(({ value, text }) => value ?? text);
  if (!settings?.test(`${words.join(' ')} `) || words.some(isOwnAddress)) return undefined;
  return {
    at: command.span,
    message: `This setting lets ${command.program} ${lets}`,
    fix: dropCommand(model, command, 'Remove the setting'),
  };
}

type Unnamed = Omit<Finding, 'message'>;

/** Variables of the image, or of the build. */
function* byPairs(model: Model, name: string, off: RegExp): Generator<Unnamed> {
  for (const instruction of model.instructionsOf('ENV', 'ARG')) {
    for (const pair of instruction.pairs) {
      if (pair.key.value !== name || !pair.value) continue;
      const value = model.expand(pair.value, instruction);
      if (value === undefined || !off.test(value) || isOwnAddress(value)) continue;
      const edit = dropPair(model, instruction, pair);
      yield { at: pair.span, ...(edit && { fix: { title: `Remove ${name}`, edits: [edit] } }) };
    }
  }
}

/** `NAME=0 command` and `export NAME=0`. */
function* byAssignments(model: Model, name: string, off: RegExp): Generator<Unnamed> {
  for (const command of model.commands) {
    if (command.instruction.keyword !== 'RUN') continue;
    for (const assignment of command.assignments) {
      if (assignment.name !== name || !off.test(assignment.value?.value ?? assignment.value?.text ?? ''))
        continue;
      const next = [...command.assignments.map(({ span }) => span), ...command.words.map(({ span }) => span)]
        .map(({ start }) => start)
        .filter((start) => start >= assignment.span.end)
        .sort((a, b) => a - b)[0];
      const whole = next === undefined ? undefined : { start: assignment.span.start, end: next };
      const isPlain = command.editable && whole && !/\n/.test(model.document.slice(whole));
      yield {
        at: assignment.span,
        ...(isPlain && { fix: { title: `Remove ${name}`, edits: [remove(whole)] } }),
      };
    }
    if (!/^(?:export|declare)$/.test(command.program)) continue;
    for (const word of command.args) {
      // The script has set it before.
      if (word.value === name && command.script?.text.includes(`${name}=`)) {
        const value = valueFor(model, command, name);
        if (value !== undefined && off.test(value)) yield { at: word.span };
      }
      if (!word.value?.startsWith(`${name}=`) || !off.test(word.value.slice(name.length + 1))) continue;
      const title = `Remove ${name}`;
      const edits = command.args.length > 1 ? removeWords(model, command, word) : undefined;
      yield { at: word.span, fix: edits ? { title, edits } : dropCommand(model, command, title) };
    }
  }
}

/** Lines of configuration files that a step writes. */
function* byText(model: Model, { text, reader }: WrittenLine, lets: string): Generator<SwitchedOff> {
  const all = model.document.text;
  for (const { match, at, instruction } of matchesIn(model, text)) {
    if (!writers.has(instruction.keyword)) continue;
    // A repository in the image itself, the archive whose keys have expired, and text that sed replaces or writes.
    const after = all.slice(at.end, at.end + 120);
    if (
      /^[^\]\n]{0,80}\][ \t\\"']*(?:file:|copy:|cdrom:|\d|https?:\/\/archive\.debian\.org\b|\.\/|\/\w[\w.-]{2,})/.test(
        after,
      )
    )
      continue;
    if (/^trusted:/i.test(match[0]) && ofImage.test(entryAround(model, at))) continue;
    if (/\bs[/|#,@]\^?$/.test(all.slice(Math.max(0, at.start - 4), at.start))) continue;
    const message = `${match[0]} lets ${reader} ${lets}`;
    yield { finding: { at, message, alsoKnownAs: [] }, command: undefined };
  }
}

/** A source of packages in the image itself, or the archive whose keys have expired. */
const ofImage = /URIs:\s*(?:file:|copy:|cdrom:|https?:\/\/archive\.debian\.org\b)/i;

/** The text of an entry of a file with sources: the line, if it holds all of it, or what stands around. */
function entryAround({ document }: Model, at: Span): string {
  const line = document.slice(document.line(document.lineAt(at.start)));
  return line.includes('URIs:') ? line : document.text.slice(Math.max(0, at.start - 200), at.end + 200);
}

const writers: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);
