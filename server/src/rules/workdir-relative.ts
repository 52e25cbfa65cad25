import { defineRule, oneOf, replace } from '../core/lint/rule';

/**
 * A relative `WORKDIR` builds on the directory the base image happens to have. When that changes, every path
 * below changes with it.
 *
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «app»
 * ```
 * > app lies in whatever directory the base image has
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR /app
 * ```
 * So does one that begins with a variable, when the value is known:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * ARG NAME=zookeeper-3.4
 * WORKDIR «$NAME»
 * ```
 * > zookeeper-3.4 lies in whatever directory the base image has
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * ARG NAME=zookeeper-3.4
 * WORKDIR /$NAME
 * ```
 * A tilde is no home directory here, but a directory of that name:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «~/app»
 * ```
 * > ~ is not expanded: this is a directory called ~ below the one in force
 * Below an absolute one, or on a base whose directory is known, the meaning is clear:
 * ```dockerfile good
 * FROM example.com/team/base:3
 * WORKDIR /srv
 * WORKDIR app
 * FROM scratch
 * WORKDIR app
 * FROM example.com/team/base:3
 * WORKDIR $HOME/app
 * WORKDIR C:\app
 * ```
 * Quotes stay, and a dot in front goes:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «"app"»
 * FROM example.com/team/base:3
 * WORKDIR «./app»
 * FROM example.com/team/base:3
 * WORKDIR «app-$VERSION»
 * ```
 * > app lies in whatever directory the base image has
 * > ./app lies in whatever directory the base image has
 * > app-$VERSION lies in whatever directory the base image has
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR "/app"
 * FROM example.com/team/base:3
 * WORKDIR /app
 * FROM example.com/team/base:3
 * WORKDIR /app-$VERSION
 * ```
 * Bases of Windows begin in `C:\`, and what is missing is the matter of instruction-argument-missing:
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * WORKDIR app
 * WORKDIR
 * ```
 * Where absolute ones alone are wanted, so that each can be read by itself:
 * ```dockerfile bad options="wanted: absolute"
 * FROM example.com/team/base:3
 * WORKDIR /srv
 * WORKDIR «./app»
 * ```
 * > ./app depends on the WORKDIR in force
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR /srv
 * WORKDIR /srv/app
 * ```
 * ```dockerfile bad options="wanted: absolute"
 * FROM example.com/team/base:3
 * WORKDIR $HOME
 * WORKDIR «app»
 * WORKDIR /srv
 * WORKDIR «../app»
 * ```
 * > app depends on the WORKDIR in force
 * > ../app depends on the WORKDIR in force
 *
 * @skip onbuild the base of the later build decides
 */
export default defineRule({
  id: 'workdir-relative',
  summary: 'A WORKDIR depends on the directory of the base image',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3000', 'buildkit:WorkdirRelativePath', 'trivy:DS-0009', 'checkov:CKV_DOCKER_10'],

  options: {
    wanted: oneOf('The folders that WORKDIR may name.', {
      clear: 'Absolute ones, and relative ones where the file or the base image says what they follow.',
      absolute: 'Absolute ones alone.',
    }),
  },

  *check({ model, options }) {
    for (const instruction of model.instructions) {
      if (instruction.keyword !== 'WORKDIR') continue;
      const first = instruction.words[0];
      if (!first) continue;
      // A value that is not known may be absolute where it stands in front.
      const opens = first.variables.some(({ span }) => span.start <= first.span.start + 1);
      const path = model.expand(first, instruction) ?? (opens ? '' : first.value);
      if (path === '' || /^(?:[/\\]|[A-Za-z]:)/.test(path)) continue;
      if (path.startsWith('~')) {
        yield {
          at: first.span,
          message: '~ is not expanded: this is a directory called ~ below the one in force',
          alsoKnownAs: [],
        };
        continue;
      }
      const { workdir, workdirSet } = model.environmentAt(instruction);
      const isClear = workdir !== undefined || workdirSet;
      if (isClear && options.wanted === 'clear') continue;
      if (model.stageOf(instruction)?.base.distribution === 'windows') continue;
      const before = isClear ? workdir : '/';
      const quote = /^["']/.test(first.raw) ? 1 : 0;
      const at = { start: first.span.start + quote, end: first.span.start + quote };
      // What goes up, or follows a name that would need quotes, has to be written by hand.
      const isPlain = before !== undefined && /^[\w./-]+$/.test(before) && !(isClear && path.includes('..'));
      yield {
        at: first.span,
        message: isClear
          ? `${path} depends on the WORKDIR in force`
          : `${path} lies in whatever directory the base image has`,
        fix: isPlain
          ? {
              title: 'Make it absolute',
              edits: [
                replace(
                  first.value.startsWith('./') ? { ...at, end: at.end + 2 } : at,
                  before.endsWith('/') ? before : `${before}/`,
                ),
              ],
            }
          : undefined,
      };
    }
  },
});
