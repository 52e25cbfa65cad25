import { defineRule, remove, replace, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Model } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { insertBehind } from '../core/fixes/insert-lines';
import type { Command } from '../core/shell/types';
import { resolvePath } from '../core/text/paths';

/**
 * A `cd` ends with its step. `WORKDIR` sets the folder for all steps below and creates it if it is missing. So a `RUN` with
 * only a `cd` does nothing, and steps that all begin with the same `cd` need it only once.
 *
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /srv
 * RUN «cd /srv/app» && make
 * # the same
 * RUN «cd app» && make install
 * RUN make test
 * ```
 * > WORKDIR /srv/app serves all steps, and a cd only its own
 * > WORKDIR app serves all steps, and a cd only its own
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /srv
 * WORKDIR /srv/app
 * RUN make
 * # the same
 * RUN make install
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
 * There is no fix where the folder before is not known, or where a shell has to expand the name:
 * ```dockerfile bad
 * FROM unknown
 * RUN «cd /app» && make
 * RUN «cd /app» && make install
 * RUN «cd ~»
 * ```
 * > WORKDIR /app serves all steps, and a cd only its own
 * > WORKDIR /app serves all steps, and a cd only its own
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
 * ```
 * In the profile `strict`, a single step is enough:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * RUN --mount=type=cache,target=/root/.cache «cd /app» && make
 * ```
 * > WORKDIR /app serves all steps, and a cd only its own
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /app
 * RUN --mount=type=cache,target=/root/.cache make
 * WORKDIR /
 * ```
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
  alsoKnownAs: ['hadolint:DL3003', 'trivy:DS-0013', 'semgrep:use-workdir'],

  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    const isStrict = options.profile === 'strict' || options.profile === 'hadolint';
    for (const group of groupsOf(model)) {
      const [first] = group;
      if (!first || (group.length === 1 && !first.isAlone && !isStrict)) continue;
      for (const { command, isAlone } of group) {
        const folder = command.args[0]?.text ?? '';
        yield {
          at: command.span,
          message: isAlone
            ? 'The folder ends with the step, so this cd does nothing'
            : `WORKDIR ${folder} serves all steps, and a cd only its own`,
          ...(command === first.command && { fix: fixOf(model, group) }),
        };
      }
    }
  },
});

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
  const { instruction, script, chain, index, nesting, args } = command;
  const word = args[0];
  if (instruction.keyword !== 'RUN' || instruction.onbuild || instruction.json || !script || script.heredoc)
    return undefined;
  if (
    index > 0 ||
    nesting.length > 0 ||
    command.program !== 'cd' ||
    args.length !== 1 ||
    command.wrappers.length > 0
  )
    return undefined;
  if (script.lists.length > 1 || !chain || chain.joints.includes('||') || word?.value === undefined)
    return undefined;
  if (
    word.value.startsWith('-') ||
    script.commands.some(({ program, nesting: inner }) => inner.length === 0 && program === 'cd') === false
  )
    return undefined;
  if (script.commands.filter(({ program }) => program === 'cd' || program === 'pushd').length > 1)
    return undefined;
  const isPlain = /^[\w./@+-]+$/.test(word.value);
  const folder = isPlain ? resolvePath(model.environmentAt(instruction).workdir, word.value) : undefined;
  return { command, folder, isAlone: script.commands.length === 1 };
}

function fixOf(model: Model, group: readonly Start[]): Fix | undefined {
  const { document, file } = model;
  const [first] = group;
  const last = group.at(-1);
  if (!first?.folder || !last) return undefined;
  const { instruction } = first.command;
  const line = `${keywordLike(file, 'WORKDIR')} ${first.folder}`;
  if (first.isAlone) {
    if (instruction.comments.length > 0 || instruction.flags.length > 0) return undefined;
    return { title: `Change it to ${line}`, edits: [replace(instruction.span, line)] };
  }
  const before = model.environmentAt(instruction).workdir;
  if (before === undefined) return undefined;
  const edits: Edit[] =
    before === first.folder ? [] : [document.insertLinesBefore(instruction.span.start, line)];
  for (const { command } of group) {
    const next = command.chain?.pipelines[1]?.start;
    const cut = next === undefined ? undefined : { start: command.span.start, end: next };
    // A comment in between would lose its place.
    if (
      !cut ||
      command.instruction.comments.some(({ span }) => cut.start < span.start && span.start < cut.end)
    )
      return undefined;
    edits.push(remove(cut));
  }
  const restored = insertBehind(model, last.command.instruction, [
    `${keywordLike(file, 'WORKDIR')} ${before}`,
  ]);
  if (!restored) return undefined;
  if (before !== first.folder) edits.push(restored);
  return { title: `Set the folder with ${line}`, edits };
}
