// Edits for npm: its lock file, and what an image brings along.
import { contextEntries } from '../../../core/analysis/context/context-paths';
import { baseTag } from '../../../core/analysis/images/base-version';
import { dropCommand } from '../../../core/fixes/drop-command';
import { removeWords } from '../../../core/shell/removal';
import { insertAfter, replace } from '../../../core/text/edit';
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

/** Scripts that fetch or build the native part of a package. */
const native = /(?:node-gyp|prebuild|node-pre-gyp|libvips|install\.js|scripts\/build\.js)/;

/** A newer Node.js where the native part of a package does not fit a very old one. */
export function newerForNative(failure: Failure): readonly ExplainedEdit[] {
  const { command, said = '' } = failure.facts;
  return /^(?:pre|post)?install$/.test(command ?? '') && native.test(said)
    ? newestImage('node', [8])(failure)
    : [];
}
