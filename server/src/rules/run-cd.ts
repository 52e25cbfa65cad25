import { defineRule, remove, replace, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Model } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { dropRun } from '../core/fixes/drop-run';
import { insertBehind } from '../core/fixes/insert-lines';
import type { Command } from '../core/shell/types';
import { resolvePath } from '../core/text/paths';
import { seenNamed } from '../core/families/hadolint-commands';

/**
 * A `cd` ends with its step. `WORKDIR` sets the folder for all steps below and creates it if it is missing. So a `RUN` with
 * only a `cd` does nothing, and three steps that all begin with the same `cd` need it only
 * once.
 *
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /srv
 * RUN «cd /srv/app» && make
 * # the same
 * RUN «cd app» && make install
 * RUN «cd app» && make clean
 * RUN make test
 * ```
 * > This cd ends with its step, and WORKDIR /srv/app holds for all that follow
 * > This cd ends with its step, and WORKDIR app holds for all that follow
 * > This cd ends with its step, and WORKDIR app holds for all that follow
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /srv
 * WORKDIR /srv/app
 * RUN make
 * # the same
 * RUN make install
 * RUN make clean
 * WORKDIR /srv
 * RUN make test
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «cd /srv/app»
 * RUN make
 * ```
 * > The folder ends with the step, so this cd does nothing
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /srv/app
 * RUN make
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «cd /app» && make
 * RUN «cd /app» && make test
 * RUN «cd /app» && make install
 * WORKDIR /data
 * ```
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /app
 * RUN make
 * RUN make test
 * RUN make install
 * WORKDIR /data
 * ```
 * There is no fix where the folder before is not known, or where a shell has to expand the name:
 * ```dockerfile bad
 * FROM unknown
 * RUN «cd /app» && make
 * RUN «cd /app» && make test
 * RUN «cd /app» && make install
 * RUN «cd ~»
 * RUN --mount=type=cache,target=/x «cd /x»
 * RUN cd && true
 * RUN cd - && true
 * RUN cd /x | true
 * ```
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * > The folder ends with the step, so this cd does nothing
 * > The folder ends with the step, so this cd does nothing
 * ```dockerfile good
 * FROM debian:12
 * RUN cd /app && make
 * RUN (cd /app && make) && cd /x; make
 * RUN cd /app && make && cd /other && make
 * RUN cd /app || exit 1
 * RUN cd "$HOME" && make
 * RUN --mount=type=cache,target=/root/.cache cd /one && make
 * RUN cd /two && make
 * RUN cd /two && make install
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /app
 * RUN «cd /app» && make
 * RUN «cd .» && make test
 * RUN «cd .» && make install
 * RUN «cd /app»
 * ```
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * > This cd ends with its step, and WORKDIR . holds for all that follow
 * > This cd ends with its step, and WORKDIR . holds for all that follow
 * > The folder ends with the step, so this cd does nothing
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /app
 * RUN make
 * RUN make test
 * RUN make install
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «cd /app» && \
 *     # all of it
 *     make
 * RUN «cd /app» && make test
 * RUN «cd /app» && make install
 * ```
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * In the profile `strict`, a single step is enough:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * RUN --mount=type=cache,target=/root/.cache «cd /app» && make
 * ```
 * > This cd ends with its step, and WORKDIR /app holds for all that follow
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /app
 * RUN --mount=type=cache,target=/root/.cache make
 * WORKDIR /
 * ```
 * The profile `strict` reports every other `cd` as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN mkdir -p /srv/a && «cd /srv/a» && make
 * RUN «cd /srv/a» && make && «cd /srv/b» && make
 * RUN «cd /srv/a» && make || exit 1
 * ```
 * > This cd ends with its step, and WORKDIR holds for all that follow
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN sh -c '«cd /srv/a» && make'
 * RUN «pushd /srv/a» && make
 * ONBUILD RUN «cd /srv/a» && make
 * ```
 * > This cd ends with its step, and WORKDIR holds for all that follow
 *
 * @skip onbuild the folder of the later build decides
 */
export default defineRule({
  id: 'run-cd',
  summary: 'A step changes the folder with cd instead of WORKDIR',
  category: 'shell',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3003',
    'trivy:DS-0013',
    'semgrep:use-workdir',
    'kics:run_command_cd_instead_of_workdir',
  ],
  mentions: ['cd', 'pushd'],
  strictAddsHadolint: true,

  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    const isStrict = options.profile === 'strict';
    const told = new Set<Command>();
    for (const group of groupsOf(model)) {
      const [first] = group;
      if (!first || (group.length < 3 && !first.isAlone && !isStrict)) continue;
      for (const { command, isAlone } of group) {
        const folder = command.args[0]?.text ?? '';
        told.add(command);
        yield {
          at: command.span,
          message: isAlone
            ? 'The folder ends with the step, so this cd does nothing'
            : `This cd ends with its step, and WORKDIR ${folder} holds for all that follow`,
          ...(command === first.command && { fix: fixOf(model, group) }),
        };
      }
    }
    if (!isStrict) return;
    for (const command of model.commandsNamed('cd', 'pushd'))
      if (command.instruction.keyword === 'RUN' && !told.has(command))
        yield { at: command.span, message: endsWithStep, severity: 'hint' };
  },

  *hadolint({ model }) {
    for (const { command } of seenNamed(model, 'cd'))
      if (!command.instruction.onbuild) yield { at: command.span, message: endsWithStep };
  },
});

const endsWithStep = 'This cd ends with its step, and WORKDIR holds for all that follow';

/** A `cd` at the start of a step. */
interface Start {
  readonly command: Command;
  /** Absolute, if that is known. */
  readonly folder: string | undefined;
  /** Whether the step has no other command. */
  readonly isAlone: boolean;
}

/** Steps in a row that change to the same folder, as far as that is known. */
function groupsOf(model: Model): readonly (readonly Start[])[] {
  const groups: Start[][] = [];
  for (const command of model.commandsNamed('cd', 'pushd')) {
    const start = startOf(model, command);
    if (!start) continue;
    const before = groups.at(-1);
    const last = before?.at(-1);
    const follows =
      last?.command.instruction.index === command.instruction.index - 1 &&
      last.folder !== undefined &&
      last.folder === start.folder &&
      !last.isAlone &&
      !start.isAlone;
    if (before && follows) before.push(start);
    else groups.push([start]);
  }
  return groups;
}

function startOf(model: Model, command: Command): Start | undefined {
  const { instruction, script, chain, index, nesting, args, wrappers } = command;
  const [word] = args;
  const isFirst =
    command.program === 'cd' && index === 0 && !command.pipeline && nesting.length + wrappers.length === 0;
  if (instruction.keyword !== 'RUN' || instruction.onbuild || !isFirst || args.length !== 1) return undefined;
  // In a list with ||, or in several, the rest also runs where the folder is missing.
  const isList =
    script?.heredoc === false && script.lists.length === 1 && chain?.joints.includes('||') === false;
  const changes = script?.commands.filter(({ program }) => program === 'cd' || program === 'pushd').length;
  if (!isList || changes !== 1 || word?.value?.startsWith('-') !== false) return undefined;
  const isPath = /^[\w./@+-]+$/.test(word.value);
  const folder = isPath ? resolvePath(model.environmentAt(instruction).workdir, word.value) : undefined;
  return { command, folder, isAlone: script.commands.length === 1 };
}

/** @param group with at least one step */
function fixOf(model: Model, group: readonly Start[]): Fix | undefined {
  const { document, file } = model;
  const [first] = group;
  if (first?.folder === undefined) return undefined;
  const { instruction } = first.command;
  const before = model.environmentAt(instruction).workdir;
  const line = `${keywordLike(file, 'WORKDIR')} ${first.folder}`;
  if (first.isAlone) {
    if (instruction.comments.length > 0 || instruction.flags.length > 0) return undefined;
    if (before === first.folder) {
      const dropped = dropRun(model, instruction, true);
      return dropped && { title: 'Remove the step', edits: [dropped.edit] };
    }
    return { title: `Change it to ${line}`, edits: [replace(instruction.span, line)] };
  }
  const cuts = group.map(({ command: { span, chain } }) => ({
    start: span.start,
    end: Number(chain?.pipelines[1]?.start),
  }));
  const steps = group.map(({ command }) => command.instruction);
  const last = steps.reduce((_before, step) => step);
  const restored = insertBehind(model, last, [`${keywordLike(file, 'WORKDIR')} ${before ?? ''}`]);
  // A comment between the two would lose its place.
  const isRemarked = steps.some(({ comments }) => comments.length > 0);
  if (before === undefined || isRemarked || !restored) return undefined;
  const next = model.instructions[last.index + 1];
  // Another folder follows anyway.
  const isReplaced = next?.keyword === 'WORKDIR' && next.words[0]?.value.startsWith('/') === true;
  const edits: readonly Edit[] = [
    document.insertLinesBefore(instruction.span.start, line),
    ...cuts.map(remove),
    ...(isReplaced ? [] : [restored]),
  ];
  return {
    title: `Set the folder with ${line}`,
    edits: before === first.folder ? cuts.map(remove) : edits,
  };
}
