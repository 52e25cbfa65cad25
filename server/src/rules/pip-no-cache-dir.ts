import { addArguments, defineRule, empties, givesOption, isBelow, mountedAway } from '../core/lint/rule';

/**
 * pip keeps what it downloads and builds below `~/.cache/pip`. In an image nobody will ever use that again,
 * and it can be as large as the packages themselves.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip «install» -r requirements.txt && \
 *     # the server
 *     python3 -m pip «install» gunicorn
 * ```
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir -r requirements.txt && \
 *     # the server
 *     python3 -m pip install --no-cache-dir gunicorn
 * ```
 * The variable does the same, and so do a cache mount and a removal in the same `RUN`. What a builder stage
 * keeps does not reach the image:
 * ```dockerfile good
 * FROM python:3.13 AS build
 * RUN pip install --target=/out flask
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir flask
 * RUN --mount=type=cache,target=/root/.cache/pip pip install flask
 * RUN pip install flask && rm -rf /root/.cache
 * RUN PIP_NO_CACHE_DIR=1 pip install flask
 * ENV PIP_NO_CACHE_DIR=on
 * RUN pip install gunicorn
 * COPY --from=build /out /out
 * ```
 */
export default defineRule({
  id: 'pip-no-cache-dir',
  summary: 'pip leaves its cache in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3042'],

  *check({ model }) {
    for (const install of model.installs) {
      const { command, manager, verb, mayHoldOptions } = install;
      const { instruction, script } = command;
      if (manager.name !== 'pip' || mayHoldOptions || instruction.keyword !== 'RUN') continue;
      if (givesOption(install, '--no-cache-dir', '--cache-dir')) continue;
      const stage = model.stageOf(instruction);
      if (stage && !stage.reachesImage) continue;
      const { env, args } = model.environmentAt(instruction);
      const earlier = script?.commands.slice(0, command.index) ?? [];
      const exported = earlier.some(({ program, assignments, args: words }) =>
        program === 'export'
          ? words.some(({ text }) => keepsNothing.test(text))
          : assignments.some(
              (one) => program === '' && keepsNothing.test(`${one.name}=${one.value?.value ?? ''}`),
            ),
      );
      const own = command.assignments.find(({ name }) => name === 'PIP_NO_CACHE_DIR');
      const value = own
        ? (own.value?.value ?? '1')
        : env.has('PIP_NO_CACHE_DIR')
          ? (env.get('PIP_NO_CACHE_DIR') ?? '1')
          : args.get('PIP_NO_CACHE_DIR');
      if (exported || keepsNothing.test(`PIP_NO_CACHE_DIR=${value ?? ''}`)) continue;
      const folder = env.get('PIP_CACHE_DIR') ?? cacheOf(mountedAway(instruction)) ?? '/root/.cache/pip';
      if (isBelow(folder, mountedAway(instruction))) continue;
      const later = script?.commands.slice(command.index + 1) ?? [];
      if (
        empties(later, '/root/.cache/pip') ||
        later.some(({ fullSpan }) => /\.cache|pip cache purge/.test(model.document.slice(fullSpan)))
      )
        continue;
      const edit = addArguments(command, verb, '--no-cache-dir');
      yield {
        at: verb.span,
        message: `${manager.name} leaves what it downloads in the layer`,
        ...(edit && { fix: { title: 'Add --no-cache-dir', edits: [edit] } }),
      };
    }
  },
});

const keepsNothing = /^PIP_NO_CACHE_DIR=["']?(?:1|true|on|yes)["']?$/i;

/** Of whatever home directory: the user may be any. */
function cacheOf(mounts: readonly string[]): string | undefined {
  return mounts.find((target) => /\/\.cache(?:\/pip)?$/.test(target));
}
