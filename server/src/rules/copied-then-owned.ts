import { defineRule } from '../core/lint/rule';
import { folderOf } from '../core/analysis/commands/folder';
import { argumentsOf } from '../core/shell/options';
import { isBelow, resolvePath } from '../core/text/paths';

/**
 * A layer holds whole files. A step that changes only the owner or the mode of files that `COPY` brought stores all of them
 * again. `COPY --chown` and `COPY --chmod` set both at once.
 *
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /app
 * COPY --chown=1000 config /etc/app/
 * COPY src ./src
 * COPY . .
 * RUN make && «chown -R» app:app /app && «chmod -R» g+w src
 * RUN «chown -R» app /etc/app
 * ```
 * > chown stores the copied files a second time, and COPY --chown does not
 * > chmod stores the copied files a second time, and COPY --chmod does not
 * > chown stores the copied files a second time, and COPY --chown does not
 * ```dockerfile good
 * FROM debian:12 AS build
 * COPY . /app
 * RUN chown -R app /app
 * FROM debian:12
 * RUN chown -R app /app && mkdir /data && chown app /data
 * COPY . /app
 * RUN chown app /app && chown -R app /data "$DIR" && chmod +x /app/start.sh
 * ```
 */
export default defineRule({
  id: 'copied-then-owned',
  summary: 'A step stores copied files a second time',
  category: 'copy',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const command of model.commandsNamed('chown', 'chmod', 'chgrp')) {
      const { instruction, name, program } = command;
      const { options, operands } = argumentsOf(command);
      const recursive = options.find(({ name: option }) => /^-(?:R|-recursive)$/.test(option));
      if (instruction.keyword !== 'RUN' || !recursive || !model.reachesImage(instruction)) continue;
      const paths = operands.slice(1).flatMap(({ value }) => {
        const path = value === undefined ? undefined : resolvePath(folderOf(model, command), value);
        return path === undefined || path === '/' ? [] : [path];
      });
      const copy = model.copies.find(
        ({ instruction: { index }, stage, destination: { path }, onbuild }) =>
          index < instruction.index &&
          onbuild === instruction.onbuild &&
          stage === model.stageOf(instruction) &&
          path !== undefined &&
          paths.some((one) => isBelow(path, one)),
      );
      if (!copy) continue;
      yield {
        at: { start: name.span.start, end: recursive.word.span.end },
        message: `${program} stores the copied files a second time, and COPY --${program === 'chmod' ? 'chmod' : 'chown'} does not`,
        related: [{ at: copy.instruction.keywordSpan, message: 'The files come from here' }],
      };
    }
  },
});
