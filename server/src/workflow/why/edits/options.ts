// Edits for options that a newer version of a program has under another name, or no more.
import { addArguments } from '../../../core/shell/edits';
import { removeWords } from '../../../core/shell/removal';
import type { Command, ShellWord } from '../../../core/shell/types';
import { areApart, replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import type { Failure } from './failure';
import { offer } from './failure';

/**
 * `PROGRAM OPTION NEW`, or `-` if the option goes. Sources: the release notes of RubyGems 3, virtualenv 20 and pip 7, and
 * UPGRADING of PHP 7.4.
 */
const rows = `
gem --no-ri --no-document
gem --no-rdoc --no-document
virtualenv --no-site-packages -
virtualenv --distribute -
virtualenv --setuptools -
pip --use-mirrors -
pip --allow-all-external -
docker-php-ext-configure --with-freetype-dir --with-freetype
docker-php-ext-configure --with-jpeg-dir --with-jpeg
docker-php-ext-configure --with-webp-dir --with-webp
docker-php-ext-configure --with-xpm-dir --with-xpm
docker-php-ext-configure --with-png-dir -
docker-php-ext-configure --with-zlib-dir -
docker-php-ext-configure --with-libzip -
`;

const renamed: ReadonlyMap<string, string | undefined> = new Map(
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [program = '', option = '', to] = row.split(' ');
      return [`${program} ${option}`, to === '-' ? undefined : to] as const;
    }),
);

/** Replaces or removes the options that the log complains of, with the others that went at the same time. */
export function otherOption(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, instruction } = failure;
  const operation = /^Invalid operation (\w+)/.exec(facts.detail ?? '')?.[1];
  const edits: (readonly Edit[] | undefined)[] = [];
  for (const command of model.commandsOf(instruction)) {
    if (operation !== undefined && command.program === 'apt' && command.args[0]?.value === operation)
      edits.push(command.editable ? [replace(command.name.span, 'apt-get')] : undefined);
    if (isMeant(command, facts.detail ?? facts.argument ?? '')) edits.push(ofCommand(failure, command));
  }
  const all = edits.flatMap((one) => one ?? []).sort((a, b) => a.start - b.start);
  if (all.length === 0 || edits.includes(undefined) || !areApart(all)) return [];
  return offer(operation === undefined ? 'Use the options of this version' : 'Use apt-get', ...all);
}

function isMeant({ program, args }: Command, said: string): boolean {
  return args.some((word) => renamed.has(`${program} ${optionOf(word)}`) && said.includes(optionOf(word)));
}

function ofCommand({ model }: Failure, command: Command): readonly Edit[] | undefined {
  const edits: (readonly Edit[] | undefined)[] = [];
  const seen = new Set<string>();
  for (const word of command.args) {
    const key = `${command.program} ${optionOf(word)}`;
    if (!renamed.has(key)) continue;
    const to = renamed.get(key);
    const isThere = to === undefined || seen.has(to) || command.args.some(({ text }) => text === to);
    if (to !== undefined) seen.add(to);
    edits.push(
      isThere ? removeWords(model, command, word) : command.editable ? [replace(word.span, to)] : undefined,
    );
  }
  return edits.includes(undefined) ? undefined : edits.flatMap((one) => one ?? []);
}

/** `--with-jpeg-dir=/usr` → `--with-jpeg-dir`. */
function optionOf({ text }: ShellWord): string {
  return text.split('=', 1)[0] ?? '';
}

/** Lets rm be content if the file is not there, as it should be after it. */
export function forceRemoval(failure: Failure): readonly ExplainedEdit[] {
  const { path } = failure.facts;
  const edits = withOption(failure, 'rm', '-f', (args) => args.some(({ value }) => value === path));
  return offer(`Remove ${path} only if it is there`, ...edits);
}

/** Lets mkdir make the folders above, too, and be content with one that is there. */
export function makeParents(failure: Failure): readonly ExplainedEdit[] {
  const { path, said } = failure.facts;
  const edits = withOption(
    failure,
    'mkdir',
    '-p',
    (args) =>
      args.some(({ value, text }) => value === path || text === path || value === undefined) &&
      !gives(args, /^-\w*p|^--parents$/),
  );
  return offer(
    said?.endsWith('exists') === true
      ? 'Make the folder only if it is not there'
      : 'Make the folders above, too',
    ...edits,
  );
}

/** Lets ln replace what is there, which some version of the image may have brought. */
export function replaceLink(failure: Failure): readonly ExplainedEdit[] {
  const { path } = failure.facts;
  const edits = withOption(
    failure,
    'ln',
    '-f',
    (args) =>
      args.at(-1)?.value === path && gives(args, /^-\w*s|^--symbolic$/) && !gives(args, /^-\w*f|^--force$/),
  );
  return offer(`Replace ${path} with the link`, ...edits);
}

/** Gives an option to the commands of a program that are meant, if the log quotes it and names a path. */
function withOption(
  { facts: { path, said = '' }, model, instruction }: Failure,
  program: string,
  option: string,
  isMeant: (args: readonly ShellWord[]) => boolean,
): readonly (Edit | undefined)[] {
  if (path === undefined || !said.startsWith(`${program}: `)) return [];
  return model
    .commandsOf(instruction)
    .filter((command) => command.program === program && isMeant(command.args))
    .map((command) => addArguments(command, command.name, option));
}

function gives(args: readonly ShellWord[], option: RegExp): boolean {
  return args.some(({ value = '' }) => option.test(value));
}
