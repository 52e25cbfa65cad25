import { nameOfOption } from '../core/analysis/text/mount-options';
import { defineRule } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';
import { mergeRuns } from '../core/fixes/merge-runs';
import { seenIn } from '../core/families/hadolint-commands';

/**
 * Each `RUN` makes a layer. Joined steps make one, but when one of them changes, all of them run again. Steps with several
 * commands are taken as deliberate.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN make
 * # and then
 * «RUN» make install
 * «RUN» make clean
 * ```
 * > This step and the one above could make one layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make && \
 * # and then
 *     make install && \
 *     make clean
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN --mount=type=cache,target=/x make
 * «RUN» --mount=type=cache,target=/x make install
 * ```
 * > This step and the one above could make one layer
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN make
 * RUN make install
 * FROM debian:12
 * RUN make && make install
 * RUN make clean
 * RUN --network=none make
 * COPY a b
 * RUN make all
 * RUN <<EOF
 * make
 * EOF
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN ["mkdir", "/a"]
 * «RUN» ["mkdir", "/b"]
 * ```
 * > This step and the one above could make one layer
 *
 * @skip onbuild each trigger is a step of the later build
 */
export default defineRule({
  id: 'run-consolidate',
  summary: 'Steps in a row each make a layer',
  category: 'shell',
  severity: 'hint',
  fix: 'suggested',
  enabled: false,
  profiles: ['strict'],
  since: 'next',
  alsoKnownAs: ['hadolint:DL3059', 'kics:multiple_run_add_copy_instructions_listed'],

  *check({ model }) {
    for (const group of groupsOf(model)) {
      const [first, second] = group;
      const last = group.at(-1);
      if (!first || !second || !last) continue;
      const edits = mergeRuns(model, first, last);
      for (const run of group.slice(1)) {
        yield {
          at: run.keywordSpan,
          message: 'This step and the one above could make one layer',
          ...(run === second && edits && { fix: { title: `Join the ${group.length} steps`, edits } }),
        };
      }
    }
  },

  *hadolint({ model }) {
    let before: string | undefined;
    for (const run of model.file.instructions) {
      const flags = run.keyword === 'RUN' && isSingleForHadolint(model, run) ? parsedFlags(run) : undefined;
      if (flags !== undefined && flags === before)
        yield { at: run.keywordSpan, message: 'This step and the one above could make one layer' };
      before = flags;
    }
  },
});

/** Steps in a row with the same flags and one command each. */
function groupsOf(model: Model): readonly (readonly Instruction[])[] {
  const groups: Instruction[][] = [];
  for (const run of model.instructionsOf('RUN')) {
    if (run.onbuild || !model.reachesImage(run) || !isSingle(model, run)) continue;
    const before = groups.at(-1);
    const last = before?.at(-1);
    if (before && last?.index === run.index - 1 && flagsOf(model, last) === flagsOf(model, run))
      before.push(run);
    else groups.push([run]);
  }
  return groups;
}

function isSingle(model: Model, run: Instruction): boolean {
  if (run.json) return model.commandsOf(run).length === 1;
  const [script, more] = model.scriptsOf(run);
  return script !== undefined && !more && run.heredocs.length === 0 && script.commands.length === 1;
}

function flagsOf({ document }: Model, { flags }: Instruction): string {
  return flags.map(({ span }) => document.slice(span)).join(' ');
}

/** At most one command that is named by its text. `time` counts as one. */
function isSingleForHadolint(model: Model, run: Instruction): boolean {
  const seen = seenIn(model, run);
  return (
    seen.filter(({ name, isLiteral }) => isLiteral && name !== '[').length +
      seen.filter(({ command }) => command.wrappers[0]?.program === 'time').length <
    2
  );
}

/** It takes other flags for words of the command. */
const readByHadolint: ReadonlySet<string> = new Set(['mount', 'network', 'security']);

/** Flags whatever the order of them and of their options. */
function parsedFlags({ flags }: Instruction): string {
  return flags
    .filter(({ name }) => readByHadolint.has(name))
    .map(({ name, value, options }) =>
      [
        name,
        ...(options.length > 0
          ? options.map((option) => `${nameOfOption(option)}=${option.value ?? ''}`).sort()
          : [value?.value]),
      ].join(),
    )
    .sort()
    .join(' ');
}
