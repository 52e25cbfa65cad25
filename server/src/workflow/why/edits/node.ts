// Edits for npm: its lock file, and what an image brings along.
import { contextEntries } from '../../../core/analysis/context/context-paths';
import { baseTag } from '../../../core/analysis/images/base-version';
import { dropCommand } from '../../../core/fixes/drop-command';
import { addArguments } from '../../../core/shell/edits';
import { removeWords } from '../../../core/shell/removal';
import { insertAfter, replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { installsHere, offer } from './failure';
import type { Failure } from './failure';
import { newestImage } from './versions';

/** Leaves out the install of what the image of Node.js has already. */
export function withoutPresent(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage } = failure;
  const name = /\/(yarn|yarnpkg)$/.exec(facts.path ?? '')?.[1] === undefined ? undefined : 'yarn';
  if (name === undefined || baseTag(model, stage, 'node') === undefined) return [];
  for (const install of installsHere(failure, 'npm')) {
    const word = install.packages.find(({ value }) => value === name);
    if (!word) continue;
    const title = `Leave the install of ${name} out, which the image has`;
    if (install.packages.length === 1) {
      const fix = dropCommand(model, install.command, title);
      return fix ? [fix] : [];
    }
    return offer(title, ...(removeWords(model, install.command, word) ?? [undefined]));
  }
  return [];
}

const saysNoLock = /existing (?:package-lock|npm-shrinkwrap)|NO_LOCKFILE/;

/** Copies the lock file together with package.json, if it lies beside it. */
export function copyLock({ facts, context, model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  if (!saysNoLock.test(facts.said ?? '') || !context) return [];
  for (const copy of model.copies) {
    if (copy.stage !== stage || copy.instruction.index >= instruction.index) continue;
    const source = copy.sources.find(
      ({ kind, path, variable }) =>
        kind === 'context' && !variable && /(?:^|\/)package\.json$/.test(path ?? ''),
    );
    if (source?.path === undefined || copy.instruction.json) continue;
    const folder = source.path.slice(0, -'package.json'.length);
    const isThere = contextEntries(context, folder.replace(/\/$/, ''))?.some(
      ({ name }) => name === 'package-lock.json',
    );
    if (!isThere || !copy.destination.isFolder) continue;
    const lock = source.value.replace(/package\.json$/, 'package-lock.json');
    return offer('Copy package-lock.json, too', insertAfter(source.span, ` ${lock}`));
  }
  return [];
}

/** Installs without a lock file, where the project has none. */
export function installWithoutLock({
  facts,
  context,
  model,
  instruction,
}: Failure): readonly ExplainedEdit[] {
  if (!saysNoLock.test(facts.said ?? '')) return [];
  const hasLock = context?.entries.some((name) => /^(?:package-lock|npm-shrinkwrap)\.json$/.test(name));
  if (hasLock !== false) return [];
  const verbs = model
    .commandsOf(instruction)
    .filter(({ program, args, editable }) => program === 'npm' && args[0]?.value === 'ci' && editable)
    .map(({ args }) => args[0]?.span);
  return offer(
    'Use npm install, which needs no lock file',
    ...verbs.map((span) => (span ? replace(span, 'install') : undefined)),
  );
}

const productionOnly = /^--(?:prod(?:uction)?(?:=true)?|only=prod(?:uction)?|omit=dev)$/;

/** Installs the development dependencies that a script of package.json calls, where a step leaves them out. */
export function withDevelopment({ facts, model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const { command } = facts;
  const calls = model.commandsOf(instruction);
  const isOfScript =
    calls.some(({ program }) => /^(?:npm|yarn)$/.test(program)) &&
    !calls.some(({ program }) => program === command);
  if (command === undefined || !isOfScript) return [];
  const install = model.commands
    .filter(({ program, args }) => {
      const verb = args.find(({ text }) => !text.startsWith('-'))?.value;
      return (
        (program === 'npm' && /^(?:i|install|ci)$/.test(verb ?? '')) ||
        (program === 'yarn' && (verb === undefined || verb === 'install'))
      );
    })
    .filter((one) => model.stageOf(one.instruction) === stage && one.span.start < instruction.span.end)
    .filter(({ args }) => !args.some(({ text }) => /^(?:-g|--global)$/.test(text)))
    .at(-1);
  if (!install) return [];
  const title = `Install the development dependencies, too, which ${command} is one of`;
  const words = install.args.filter(({ value }) => productionOnly.test(value ?? ''));
  if (words.length > 0)
    return offer(
      title,
      ...words.flatMap((word): (Edit | undefined)[] => [
        ...(removeWords(model, install, word) ?? [undefined]),
      ]),
    );
  const mode =
    install.assignments.find(({ name }) => name === 'NODE_ENV')?.value?.value ??
    model.environmentAt(install.instruction).variables.get('NODE_ENV')?.value;
  if (mode !== 'production') return [];
  return offer(title, addArguments(install, install.args[0] ?? install.name, '--production=false'));
}

/** Scripts that fetch or build the native part of a package. */
const native = /(?:node-gyp|prebuild|node-pre-gyp|libvips|install\.js|scripts\/build\.js)/;

/** A newer Node.js where the native part of a package does not fit a very old one. */
export function newerForNative(failure: Failure): readonly ExplainedEdit[] {
  const { command, said = '' } = failure.facts;
  return /^(?:pre|post)?install$/.test(command ?? '') && native.test(said)
    ? newestImage('node', [8])(failure)
    : [];
}
