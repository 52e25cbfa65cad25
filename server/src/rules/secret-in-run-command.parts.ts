// Commands that get a secret, whether they store it or not: by the name of the variable that holds it, or by an option.
import { printsOrTests, takesPassword, textWriters } from '../core/knowledge/programs/build-steps';
import { secretFile } from '../core/knowledge/syntax/secret-files';
import { isSecretName } from '../core/knowledge/syntax/secrets';
import type { Model } from '../core/model/model';
import type { Command } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';

interface PassedSecret {
  readonly at: Span;
  readonly command: Command;
  /** The program, or the variable that it gets. */
  readonly by: string;
}

/** At most one for each command of a RUN. @param isSafe whether the step mounts its secrets */
export function* passedSecrets(
  model: Model,
  isSafe: (instruction: Instruction) => boolean,
): Generator<PassedSecret> {
  for (const instruction of model.instructionsOf('RUN')) {
    if (!mayHoldOne.test(model.document.slice(instruction.span)) || isSafe(instruction)) continue;
    for (const command of model.commandsOf(instruction)) {
      const found = ownSecret(command) ?? fromVariable(command) ?? written(model, command);
      if (found) yield { ...found, command };
    }
  }
}

const mayHoldOne = /pass|pwd|token|secret|key|cred|auth|pat\b|mysql|mariadb/i;

type Found = Omit<PassedSecret, 'command'>;

/** A secret that the command itself holds: in an assignment, or as the value of an option. */
function ownSecret({ program, assignments, args, name }: Command): Found | undefined {
  const set = assignments.find(
    ({ name: key, value }) =>
      isSecretName(key) && (isWritten(value?.value) || isVariable.test(value?.text ?? '')),
  );
  if (set) return { at: set.span, by: set.name };
  const isExport = program === 'export';
  const word = args.find(({ value = '' }) => {
    const [, key = '', text = ''] = /^(?:--)?([\w-]+)=(.*)$/s.exec(value) ?? [];
    return (
      isWritten(text) && (isExport ? isSecretName(key) : passwordOption.test(key) && value.startsWith('--'))
    );
  });
  if (word) return { at: word.span, by: isExport ? (/^\w+/.exec(word.text)?.[0] ?? '') : program };
  const apart = args.findIndex(
    ({ value = '' }, at) =>
      value.startsWith('--') &&
      passwordOption.test(value.slice(2)) &&
      isWritten(args[at + 1]?.value) &&
      args[at + 1]?.value?.startsWith('-') === false,
  );
  const given = args[apart + 1];
  if (apart >= 0 && given) return { at: given.span, by: program };
  const isShort = takesPassword.has(program);
  const short = isShort ? args.find(({ value = '' }) => /^-p[^\s=-]/.test(value)) : undefined;
  return short && { at: { start: name.span.start, end: short.span.end }, by: program };
}

/** A variable of the build, which everyone can read in the history. */
const isVariable = /^["']?\$(?:\w+|\{\w+\})["']?$/;

/** Options that take a password. */
const passwordOption = /^(?:(?:http-|ftp-|proxy-)?password|passphrase|passwd)$/;

/** Whether a value is the secret itself: not nothing, a placeholder, or the path of a file. */
function isWritten(value: string | undefined): boolean {
  return value !== undefined && value.length > 2 && !/^[/.<~]|\$/.test(value);
}

/** A variable that holds a secret, as a word of a command or in what it writes to a file of secrets. */
function fromVariable(command: Command): Found | undefined {
  const { program, args, script } = command;
  const writes = fileOf(command);
  if (!writes && printsOrTests.has(program)) return undefined;
  for (const { text, span } of args) {
    const names = [...text.matchAll(/\$\{?(\w+)/g)].map(([, one = '']) => one);
    const name = names.find((one) => writes === 'secret' || isSecretName(one) || /(?:^|_)PAT$/.test(one));
    // What the step sets itself comes from somewhere else.
    if (name !== undefined && script?.text.includes(`${name}=`) !== true) return { at: span, by: name };
  }
  const at = args.findIndex(
    ({ text }, place) =>
      asCredential.test(text) || (asPair.test(text) && userOption.test(args[place - 1]?.text ?? '')),
  );
  const given = args[at];
  const [, own = ''] = /.*\$\{?(\w+)/s.exec(given?.text ?? '') ?? [];
  if (given && script?.text.includes(`${own}=`) !== true) return { at: given.span, by: program };
  return undefined;
}

/** A variable that is a secret by its place: in a header for logins, or behind a user in an address. */
const asCredential =
  /^["']?(?:-H|--header=?)?["']?(?:Authorization|[\w-]*(?:Token|Api-?Key))["']?[ \t]*:.*\$\{?\w|:\/\/[^\s/@]*:\$\{?\w+\}?@/i;
/** `$USER:$PASS` behind the option for both. */
const asPair = /^["']?[^\s:]+:\$\{?\w+\}?["']?$/;
const userOption = /^(?:-u|--user)$/;

/** What the file holds that a command writes, or that `tee` writes for it. */
function fileOf({
  redirects,
  script,
  index,
  pipeline,
  position,
  chain,
  program,
  args,
}: Command): ReturnType<typeof secretFile> {
  const next = pipeline ? script?.commands[index + 1] : undefined;
  const takes = next?.program === 'tee' && next.chain === chain && next.position === position;
  const files = [
    ...redirects.flatMap(({ operator, target }) => (/^\d*>/.test(operator) ? [target?.text] : [])),
    ...(takes ? next.args : program === 'tee' ? args : []).map(({ text }) => text),
  ];
  return files.map(kindOfFile).find((kind) => kind !== undefined);
}

/** A password that is written out, in what a command prints into a file of secrets. */
function written(model: Model, command: Command): Found | undefined {
  const { program, args, redirects, instruction } = command;
  if (!textWriters.has(program) || fileOf(command) === undefined) return undefined;
  const given = redirects.flatMap(({ operator, target }) => (operator === '<<<' && target ? [target] : []));
  const word = [...args, ...given].find(({ text }) => holdsPassword.test(text));
  if (word) return { at: word.span, by: program };
  const body = instruction.heredocs.find(({ name }) =>
    redirects.some(({ operator, target }) => /^<<-?$/.test(operator) && target?.value === name),
  )?.body;
  const match = body && holdsPassword.exec(model.document.slice(body));
  if (!match) return undefined;
  const start = body.start + match.index;
  return { at: { start, end: start + match[0].length }, by: program };
}

/** The name of a secret with its value, which is no variable: `password x`, `_authToken=x`, `"auth": "x"`, `u:x@host`. */
const holdsPassword =
  /(?:\b|\\n)(?:passw(?:or)?d|_?auth(?:Token)?|_password|token|secret(?:_access_key)?)\\?["']?(?:[ \t]*[=:][ \t]*|[ \t]+)\\?["']?[^\s"'$<>{}[\]=:\\]{4,}|:\/\/[^\s:/@"'$]+:[^\s:/@"'$<>{}]{4,}@/i;

function kindOfFile(path = ''): ReturnType<typeof secretFile> {
  return secretFile(path.replace(/["']/g, '').replace(/^~\//, ''));
}
