import { defineRule, oneOf, replace, sharedOptions } from '../core/lint/rule';

/**
 * A relative `WORKDIR` continues from the working directory of the base image. If that changes, every path below
 * changes with it.
 *
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «app»
 * ```
 * > app is relative and depends on the working directory of the base image
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR /app
 * ```
 * The same goes for a path that begins with a variable, if its value is known:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * ARG NAME=zookeeper-3.4
 * WORKDIR «$NAME»
 * ```
 * > zookeeper-3.4 is relative and depends on the working directory of the base image
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * ARG NAME=zookeeper-3.4
 * WORKDIR /$NAME
 * ```
 * Where earlier steps left something in the folder of the base image, only you know which one that is:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * RUN git clone https://example.com/team/app.git
 * WORKDIR «app»
 * ```
 * > app is relative and depends on the working directory of the base image
 * `WORKDIR` does not expand a tilde, but creates a folder of that name:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «~/app»
 * ```
 * > WORKDIR does not expand ~, so this creates a folder named ~
 * Below an absolute path, or on a base image with a known directory, the meaning is clear:
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
 * The fix keeps quotes and removes a leading dot:
 * ```dockerfile bad
 * FROM example.com/team/base:3
 * WORKDIR «"app"»
 * FROM example.com/team/base:3
 * WORKDIR «./app»
 * FROM example.com/team/base:3
 * WORKDIR «app-$VERSION»
 * ```
 * > app is relative and depends on the working directory of the base image
 * > ./app is relative and depends on the working directory of the base image
 * > app-$VERSION is relative and depends on the working directory of the base image
 * ```dockerfile fixed
 * FROM example.com/team/base:3
 * WORKDIR "/app"
 * FROM example.com/team/base:3
 * WORKDIR /app
 * FROM example.com/team/base:3
 * WORKDIR /app-$VERSION
 * ```
 * Windows images begin in `C:\`. instruction-argument-missing reports an empty `WORKDIR`:
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * WORKDIR app
 * WORKDIR
 * ```
 * `wanted: absolute` only accepts absolute paths, so that you can read each by itself:
 * ```dockerfile bad options="wanted: absolute"
 * FROM example.com/team/base:3
 * WORKDIR /srv
 * WORKDIR «./app»
 * ```
 * > ./app is relative and depends on the WORKDIR above
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
 * > app is relative and depends on the WORKDIR above
 * > ../app is relative and depends on the WORKDIR above
 * The profile `strict` reports these as hints:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * WORKDIR /srv
 * WORKDIR «app»
 * ```
 * > app is relative and depends on the WORKDIR above
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /srv
 * WORKDIR /srv/app
 * ```
 *
 * @skip onbuild the base of the later build decides
 */
export default defineRule({
  id: 'workdir-relative',
  summary: 'A relative WORKDIR depends on the base image',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3000',
    'buildkit:WorkdirRelativePath',
    'trivy:DS-0009',
    'checkov:CKV_DOCKER_10',
    'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
    'kics:workdir_path_not_absolute',
  ],
  mentions: ['workdir'],

  options: {
    profile: sharedOptions.profile,
    wanted: oneOf('Which paths `WORKDIR` may use.', {
      clear:
        'Absolute paths, and relative ones if the file or the base image sets the folder they start from.',
      absolute: 'Absolute paths only.',
    }),
  },

  *check({ model, options }) {
    for (const instruction of model.instructionsOf('WORKDIR')) {
      const first = instruction.words[0];
      if (!first) continue;
      // An unknown value at the start may be absolute.
      const opens = first.variables.some(({ span }) => span.start <= first.span.start + 1);
      const path = model.expand(first, instruction) ?? (opens ? '' : first.value);
      if (path === '' || /^(?:[/\\]|[A-Za-z]:)/.test(path)) continue;
      if (path.startsWith('~')) {
        yield {
          at: first.span,
          message: 'WORKDIR does not expand ~, so this creates a folder named ~',
          alsoKnownAs: [],
        };
        continue;
      }
      const { workdir, workdirSet } = model.environmentAt(instruction);
      const isClear = workdir !== undefined || workdirSet;
      const isMinor = isClear && options.wanted === 'clear';
      if (isMinor && options.profile !== 'strict') continue;
      const stage = model.stageOf(instruction);
      if (stage?.base.distribution === 'windows') continue;
      const before = isClear ? workdir : '/';
      const quote = /^["']/.test(first.raw) ? 1 : 0;
      const at = { start: first.span.start + quote, end: first.span.start + quote };
      // Paths that go up, or follow a name that needs quotes, have to be changed by hand.
      // What earlier steps left in that folder stays behind if it is only guessed.
      const isGuess =
        !isClear &&
        stage?.instructions.some(
          ({ keyword, index }) => index < instruction.index && /^(?:RUN|COPY|ADD)$/.test(keyword),
        ) === true;
      const isPlain =
        !isGuess && before !== undefined && /^[\w./-]+$/.test(before) && !(isClear && path.includes('..'));
      yield {
        at: first.span,
        message: workdirSet
          ? `${path} is relative and depends on the WORKDIR above`
          : `${path} is relative and depends on the working directory of the base image`,
        severity: isMinor ? 'hint' : undefined,
        fix: isPlain
          ? {
              title: 'Change WORKDIR to an absolute path',
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

  *hadolint({ model }) {
    for (const { words, onbuild } of model.instructionsOf('WORKDIR'))
      for (const { raw, span } of words.slice(0, 1)) {
        const path = raw.replaceAll(/["']/g, '');
        if (!onbuild && !/^(?:[/$]|[A-Za-z]:)/.test(path)) yield { at: span, message: `${path} is relative` };
      }
  },

  *buildkit({ model }) {
    for (const instruction of model.instructionsOf('WORKDIR')) {
      const [word] = instruction.words;
      if (!word || instruction.onbuild || model.environmentAt(instruction).workdirSet) continue;
      const path = model.expansion(word, instruction, '').pattern?.join('');
      const isWindows = model.stageOf(instruction)?.base.distribution === 'windows';
      const isAbsolute = isWindows ? /^(?:[/\\]|[A-Za-z]:)/ : /^\//;
      if (path !== undefined && !isAbsolute.test(path))
        yield { at: word.span, message: `${path || word.raw} is relative` };
    }
  },
});
