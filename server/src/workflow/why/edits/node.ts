// Edits for npm: its lock file, and what an image brings along.
import { contextEntries } from '../../../core/analysis/context/context-paths';
import { baseTag } from '../../../core/analysis/images/base-version';
import { startWithComments } from '../../../core/analysis/text/comment-lines';
import { dropCommand } from '../../../core/fixes/drop-command';
import { addArguments } from '../../../core/shell/edits';
import { removeWords } from '../../../core/shell/removal';
import { insertAfter, replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { releaseOf } from './distribution';
import { installsHere, offer } from './failure';
import type { Failure } from './failure';
import { fits, readNeed } from './version-need';
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

/** Releases with a very old Node.js, on which a newer one runs. Source: BUILDING.md of Node.js, which asks for glibc 2.17. */
const withOldNode: ReadonlySet<string> = new Set(['jessie', 'trusty', 'xenial']);

/** The last Node.js that runs on them. */
const lastForThem = 16;

/** What brings another Node.js than that of the distribution. */
const otherNode = /nodesource|\bnvm\b|nodejs\.org|chris-lea|--from=\S*node/;

/** Copies a newer Node.js from its image over the one of an old distribution. */
export function nodeFromImage(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const need = readNeed(facts.needed);
  if (!withOldNode.has(releaseOf(failure)?.name ?? '') || otherNode.test(model.file.text)) return [];
  if (facts.needed !== undefined && !(need && fits([lastForThem], need))) return [];
  const isOfDistribution = model.installs.some(
    ({ manager, command, packages }) =>
      manager.family === 'apt' &&
      command.span.start < instruction.span.end &&
      stage.chain.some((one) => one === model.stageOf(command.instruction)) &&
      packages.some(({ value }) => value === 'npm' || value === 'nodejs'),
  );
  if (!isOfDistribution || instruction.onbuild) return [];
  const { document } = model;
  const indent = document.indentAt(instruction.span.start);
  return offer(
    `Copy Node.js ${String(lastForThem)} from its image, the last that runs on this release`,
    document.insertLinesBefore(
      startWithComments(model, instruction.span.start),
      ...['bin', 'lib/node_modules'].map(
        (folder) =>
          `${indent}COPY --from=node:${String(lastForThem)} /usr/local/${folder}/ /usr/local/${folder}/`,
      ),
    ),
  );
}
