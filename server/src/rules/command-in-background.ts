import { defineRule, insertAfter } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { makesOnlyNamed } from '../core/knowledge/programs/build-steps';
import { managerOfProgram } from '../core/knowledge/packages/package-managers';
import type { Command } from '../core/shell/types';

/**
 * A single `&` runs the command in the background. The step goes on at once, nobody sees whether the command fails, and
 * what still runs at the end of the step is killed. Between two commands of a build, `&&` was meant:
 *
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * RUN apt-get update «&» apt-get install -y curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*
 * RUN mkdir /a && cp b /a/ \
 *     # and then
 *     «&» rm b
 * RUN npm ci «&»
 * ```
 * > A single & runs apt-get in the background, so the step does not wait for it
 * > A single & runs cp in the background, so the step does not wait for it
 * > A single & runs npm in the background, so the step does not wait for it
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*
 * RUN mkdir /a && cp b /a/ \
 *     # and then
 *     && rm b
 * RUN npm ci
 * ```
 * A step may start a server for a while, or wait for several commands:
 * ```dockerfile good
 * FROM debian:12
 * RUN mysqld & sleep 5 && mysqladmin shutdown
 * RUN curl -O https://example.com/a & curl -O https://example.com/b & wait
 * RUN cp a b & echo $!
 * RUN cp a b & & cp c d
 * CMD cp a b & server
 * ```
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * RUN mkdir a & mkdir b
 * ```
 */
export default defineRule({
  id: 'command-in-background',
  summary: 'A single & lets a step go on before its command has ended',
  category: 'shell',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    if (!/[^&>|]&(?![&>\d])/.test(model.document.text)) return;
    for (const command of model.commands) {
      const { program, instruction, chain, position, script } = command;
      if (chain?.end !== '&' || position !== chain.joints.length || instruction.keyword !== 'RUN') continue;
      // Between `& &` a command is missing.
      if (script?.valid !== true) continue;
      if (!makesOnlyNamed.has(program) && !managerOfProgram(program)) continue;
      // On Windows, `&` is as good as `;`.
      if (model.stageOf(instruction)?.base.distribution === 'windows' || waits.test(script.text)) continue;
      const at = ampersand(model, chain.span.end);
      yield {
        at,
        message: `A single & runs ${program} in the background, so the step does not wait for it`,
        ...(command.editable && { fix: fixOf(model, command, at) }),
      };
    }
  },
});

/** Words of a script that looks after its jobs. */
const waits = /\bwait\b|\$!|\bjobs\b|\bkill\b|\bfg\b|\bnohup\b/;

type At = Command['span'];

/** The place of the separator behind a list: blanks, escape characters and comment lines may come before it. */
function ampersand({ document }: Model, end: number): At {
  const between = /^(?:[\s\\`]|#[^\n]*\n)*/.exec(document.text.slice(end, end + 500))?.[0] ?? '';
  return { start: end + between.length, end: end + between.length + 1 };
}

function fixOf({ document }: Model, { chain }: Command, at: At): Fix {
  if (chain && chain.index < chain.block.lists.length - 1)
    return { title: 'Change & to &&', edits: [insertAfter(at, '&')] };
  const start = document.text.slice(0, at.start).trimEnd().length;
  return { title: 'Remove the &', edits: [{ start, end: at.end, text: '' }] };
}
