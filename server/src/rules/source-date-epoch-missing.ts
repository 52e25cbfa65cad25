import { defineRule } from '../core/lint/rule';
import type { Stage } from '../core/lint/rule';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { Command } from '../core/shell/types';
import { archivers, readsSourceDate } from '../core/knowledge/programs/build-steps';

/**
 * Compilers and packers write the time of the build into their files, so no two builds are the same. With
 * `SOURCE_DATE_EPOCH` they write the time that it says. The builder knows it from `--build-arg`, but a `RUN` sees it only
 * after `ARG`.
 *
 * ```dockerfile bad
 * FROM gcc:15 AS build
 * COPY . /src
 * # the program
 * RUN «make» -C /src && make -C /src install
 * RUN gcc -o /tool /src/tool.c
 * FROM debian:12
 * COPY --from=build /tool /tool
 * ```
 * > make writes the time of the build into files, because this stage lacks ARG SOURCE_DATE_EPOCH
 * ```dockerfile fixed
 * FROM gcc:15 AS build
 * COPY . /src
 * ARG SOURCE_DATE_EPOCH
 * # the program
 * RUN make -C /src && make -C /src install
 * RUN gcc -o /tool /src/tool.c
 * FROM debian:12
 * COPY --from=build /tool /tool
 * ```
 * ```dockerfile good
 * FROM gcc:15 AS build
 * ARG SOURCE_DATE_EPOCH
 * RUN make
 * FROM gcc:15 AS unused
 * RUN make
 * FROM debian:12
 * COPY --from=build /tool /tool
 * CMD ["make"]
 * ```
 * Archives keep the times of the files in them, and programs that pack them do not know the variable:
 * ```dockerfile bad
 * FROM debian:12 AS build
 * RUN «tar» -czf /site.tar.gz site
 * FROM debian:12 AS other
 * RUN «zip» -r /site.zip site && jar cf /site.jar site
 * FROM scratch
 * COPY --from=build /site.tar.gz /
 * COPY --from=other /site.zip /
 * ```
 * > tar keeps the times of the files that it packs, and this stage lacks ARG SOURCE_DATE_EPOCH to set them to
 * > zip keeps the times of the files that it packs, and this stage lacks ARG SOURCE_DATE_EPOCH to set them to
 * ```dockerfile good
 * FROM debian:12
 * RUN make --version && pip config list && python -c 'import site' && python3 --version && gem list
 * RUN tar -xzf site.tar.gz && tar --create --mtime=@0 -f a.tar site && jar xf a.jar && tar
 * ```
 *
 * @skip onbuild the later build sets the time
 */
export default defineRule({
  id: 'source-date-epoch-missing',
  summary: 'A step builds files with the current time in them',
  category: 'runtime',
  severity: 'info',
  enabled: false,
  profiles: ['reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const told = new Set<Stage>();
    for (const command of model.commandsNamed(...readsSourceDate, ...archivers)) {
      const { instruction, program, name } = command;
      const stage = model.stageOf(instruction);
      if (!stage?.reachable || told.has(stage) || instruction.keyword !== 'RUN' || instruction.onbuild)
        continue;
      if (model.environmentAt(instruction).variables.has('SOURCE_DATE_EPOCH')) continue;
      const packs = archivers.has(program);
      if (packs ? !keepsTimes(command) : !builds(command)) continue;
      told.add(stage);
      if (packs) {
        yield {
          at: name.span,
          message: `${program} keeps the times of the files that it packs, and this stage lacks ARG SOURCE_DATE_EPOCH to set them to`,
        };
        continue;
      }
      const line = `${keywordLike(model.file, 'ARG')} SOURCE_DATE_EPOCH`;
      const above = startWithComments(model, instruction.span.start);
      yield {
        at: name.span,
        message: `${program} writes the time of the build into files, because this stage lacks ARG SOURCE_DATE_EPOCH`,
        fix: { title: 'Add ARG SOURCE_DATE_EPOCH', edits: [model.document.insertLinesBefore(above, line)] },
      };
    }
  },
});

/** Whether a command packs files with the times that they have. */
function keepsTimes({ program, args }: Command): boolean {
  const words = args.map(({ text }) => text);
  if (words.some((word) => word.startsWith('--mtime') || word.startsWith('--date'))) return false;
  const [first = ''] = words;
  return program === 'zip'
    ? words.length > 1
    : /^-?\w*c\w*f|^--create$/.test(first) || words.includes('--create');
}

/** Whether a command writes what it builds: of tools with many verbs, only some do. */
function builds({ program, args }: Command): boolean {
  const words = args.map(({ text }) => text).join(' ');
  if (/^pip3?$|^gem$/.test(program)) return /(?:^| )(?:install|wheel|build)(?: |$)/.test(words);
  if (program.startsWith('python'))
    return /(?:^| )(?:-m (?:pip3? (?:\S+ )*(?:install|wheel)|build|compileall|py_compile|venv|virtualenv|installer|PyInstaller|nuitka)|\S*setup\.py)\b/.test(
      words,
    );
  return !/^(?:--version|-v|-V|--help|clean)$/.test(words);
}
