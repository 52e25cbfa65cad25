import { defineRule, replace } from '../core/lint/rule';
import type { Edit } from '../core/lint/rule';
import { addArguments } from '../core/shell/edits';
import { argumentsOf } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import { seenNamed } from '../core/families/hadolint-commands';

/**
 * `apt` is made for people at a terminal: its output and its options may change with a release, and it warns about
 * that in a script. `apt-get` and `apt-cache` stay the same.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «apt» update && DEBIAN_FRONTEND=noninteractive «/usr/bin/apt» install -y --no-install-recommends \
 *       # for the health check
 *       curl && «apt» policy curl && rm -rf /var/lib/apt/lists/*
 * RUN ["«apt»", "upgrade", "-y"]
 * ```
 * > apt has no stable interface for scripts, so a new release may change what this step does
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get install -y --no-install-recommends \
 *       # for the health check
 *       curl && apt-cache policy curl && rm -rf /var/lib/apt/lists/*
 * RUN ["apt-get", "upgrade", "--with-new-pkgs", "-y"]
 * ```
 * `apt full-upgrade` has another name there, and some commands only apt has:
 * ```dockerfile bad uncovers="distribution-upgrade"
 * FROM debian:12
 * RUN make && «apt» full-upgrade -y
 * ```
 * > apt has no stable interface for scripts, so a new release may change what this step does
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make && apt-get dist-upgrade -y
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «apt» list --installed && sh -c "echo \"\$(«apt» update)\""
 * ```
 * > apt has no stable interface for scripts, so a new release may change what this step does
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-key list && which apt && apt-get update
 * CMD ["apt", "moo"]
 * FROM alpine:3.22
 * RUN apt moo
 * ```
 */
export default defineRule({
  id: 'apt-use-apt-get',
  summary: 'A script uses apt, which is made for a terminal',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  once: true,
  alsoKnownAs: ['hadolint:DL3027', 'checkov:CKV_DOCKER_9', 'kics:run_using_apt', 'semgrep:prefer-apt-get'],
  mentions: ['apt'],

  *check({ model }) {
    for (const command of model.commandsNamed('apt')) {
      const { instruction, name } = command;
      if (instruction.keyword !== 'RUN') continue;
      const manager = model.stageOf(instruction)?.base.packageManager;
      if (manager !== undefined && manager !== 'apt') continue;
      const edits = renamed(command);
      yield {
        at: name.span,
        message: 'apt has no stable interface for scripts, so a new release may change what this step does',
        ...(edits && { fix: { title: `Use ${edits[0]?.text ?? ''}`, edits } }),
      };
    }
  },

  *hadolint({ model }) {
    for (const { command } of seenNamed(model, 'apt'))
      yield { at: command.name.span, message: 'apt has no stable interface for scripts' };
  },
});

/** The program that has each command, with another name or option where it needs one. apt(8), apt-get(8), apt-cache(8) */
const successors: ReadonlyMap<string, { program: string; verb?: string; option?: string }> = new Map([
  ...'install reinstall update remove purge autoremove auto-remove autopurge clean autoclean auto-clean distclean source build-dep download satisfy changelog'
    .split(' ')
    .map((verb) => [verb, { program: 'apt-get' }] as const),
  ['upgrade', { program: 'apt-get', option: '--with-new-pkgs' }],
  ['full-upgrade', { program: 'apt-get', verb: 'dist-upgrade' }],
  ['dist-upgrade', { program: 'apt-get' }],
  ...'search show policy depends rdepends madison showsrc'
    .split(' ')
    .map((verb) => [verb, { program: 'apt-cache' }] as const),
]);

function renamed(command: Command): readonly Edit[] | undefined {
  const [verb] = argumentsOf(command).operands;
  const successor = successors.get(verb?.value ?? '');
  const { name, editable } = command;
  if (!verb || !successor || !editable || !name.text.endsWith('apt')) return undefined;
  const edits = [replace({ start: name.span.end - 'apt'.length, end: name.span.end }, successor.program)];
  if (successor.verb !== undefined) edits.push(replace(verb.span, successor.verb));
  const option = successor.option === undefined ? undefined : addArguments(command, verb, successor.option);
  return option ? [...edits, option] : edits;
}
