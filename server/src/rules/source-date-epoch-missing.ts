import { defineRule } from '../core/lint/rule';
import type { Stage } from '../core/lint/rule';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { readsSourceDate } from '../core/knowledge/programs/build-steps';

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
    for (const { instruction, program, name } of model.commandsNamed(...readsSourceDate)) {
      const stage = model.stageOf(instruction);
      if (!stage?.reachable || told.has(stage) || instruction.keyword !== 'RUN' || instruction.onbuild)
        continue;
      if (model.environmentAt(instruction).variables.has('SOURCE_DATE_EPOCH')) continue;
      told.add(stage);
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
