import { defineRule, insertAfter, sharedOptions } from '../core/lint/rule';
import type { Finding } from '../core/lint/rule';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { isForDevelopment, startedCommands } from '../core/analysis/runtime/what-runs';
import { environmentRunners } from '../core/knowledge/programs/programs';
import { startsScripts } from '../core/knowledge/programs/subcommands';
import type { ShellWord, Wrapper } from '../core/shell/types';
import type { Span } from '../core/text/span';

/**
 * A package manager that starts the program is in the image for that alone. At each start it reads the project first: `uv run`
 * compares the environment with the lock file, and installs into it what differs, which another user may not do. It also stays
 * between the engine and the program, where a signal can get lost. Start the program of the environment itself.
 *
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie
 * COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/
 * USER 10001
 * ENTRYPOINT ["«uv", "run»", "app"]
 * ```
 * > uv run compares the environment with the lock file at each start, and changes it where they differ
 * ```dockerfile fixed
 * FROM python:3.14-slim-trixie
 * COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/
 * USER 10001
 * ENTRYPOINT ["uv", "run", "--no-sync", "app"]
 * ```
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie
 * USER 10001
 * CMD exec «uv run» app --port $PORT
 * ```
 * > uv run compares the environment with the lock file at each start, and changes it where they differ
 * ```dockerfile fixed
 * FROM python:3.14-slim-trixie
 * USER 10001
 * CMD exec uv run --no-sync app --port $PORT
 * ```
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie
 * USER 10001
 * CMD ["«poetry", "run»", "gunicorn", "shop.wsgi"]
 * ```
 * > poetry is in the image for the start alone, and reads the project each time
 * The profile `strict` adds the package managers of JavaScript:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:24-trixie-slim
 * USER node
 * CMD ["«npm", "start»"]
 * ```
 * > npm is in the image for the start alone, and reads the project each time
 * ```dockerfile good
 * FROM node:24-trixie-slim
 * USER node
 * CMD ["npm", "start"]
 * ```
 * The rule accepts the program itself, an environment that stays as it is, and images for development:
 * ```dockerfile good options="profile: strict"
 * FROM python:3.14-slim-trixie
 * CMD ["/app/.venv/bin/app"]
 * FROM python:3.14-slim-trixie
 * CMD ["uv", "run", "--no-sync", "app"]
 * ```
 * ```dockerfile good
 * FROM python:3.14-slim-trixie
 * ENV UV_NO_SYNC=1
 * CMD ["uv", "run", "app"]
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM node:24-trixie-slim
 * CMD ["npm", "test"]
 * ```
 * ```dockerfile good
 * FROM python:3.14-slim-trixie AS dev
 * CMD ["uv", "run", "app"]
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'package-manager-starts-program',
  summary: 'A package manager starts the program of the image',
  category: 'runtime',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },
  mentions: ['uv', 'poetry', 'pipenv', 'pdm', 'npm', 'yarn', 'pnpm'],

  *check({ model, options: { profile } }) {
    const stage = shippedStage(model);
    if (!stage || isForDevelopment(stage)) return;
    const keeps = model.environmentAfter(stage).env.has('UV_NO_SYNC');
    for (const command of startedCommands(model, stage)) {
      const wrapper = command.wrappers.find(({ program }) => environmentRunners.has(program));
      const verb = wrapper?.args.find(({ value }) => value === 'run');
      if (wrapper && verb) {
        if (wrapper.program !== 'uv') yield through(wrapper.program, { ...wrapper.span, end: verb.span.end });
        else if (!keeps && !wrapper.args.some(({ text }) => leavesIt.test(text)))
          yield synced(wrapper, verb, command.script === undefined);
      } else if (profile === 'strict' && startsScripts(command.program, command.args[0]?.value))
        yield { ...through(command.program, command.span), severity: 'hint' };
    }
  },
});

/** Options with which uv changes nothing, or looks at no project. */
const leavesIt = /^--(?:no-sync|no-project|isolated|script)/;

function through(program: string, at: Span): Finding {
  return { at, message: `${program} is in the image for the start alone, and reads the project each time` };
}

function synced(wrapper: Wrapper, verb: ShellWord, isJson: boolean): Finding {
  return {
    at: { start: wrapper.span.start, end: verb.span.end },
    message:
      'uv run compares the environment with the lock file at each start, and changes it where they differ',
    fix: {
      title: 'Add --no-sync',
      edits: [insertAfter(verb.span, isJson ? '", "--no-sync' : ' --no-sync')],
    },
  };
}
