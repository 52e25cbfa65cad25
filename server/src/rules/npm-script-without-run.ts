import { baseTag } from '../core/analysis/images/base-version';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { argumentsOf } from '../core/shell/options';

/**
 * Of the scripts of a project, npm runs only `start`, `stop`, `restart` and `test` by their name alone. For any other one it
 * wants `npm run`. Without it, npm stops at a command that it does not know; up to npm 6, `npm build` did nothing at all.
 *
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * RUN npm ci && npm «build»
 * RUN npm --silent «build:prod» -- --mode=live
 * CMD ["npm", "«serve»"]
 * ```
 * > npm has no command build, so the build stops: a script needs npm run
 * > npm has no command build:prod, so the build stops: a script needs npm run
 * > npm has no command serve, so the container does not start: a script needs npm run
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * RUN npm ci && npm run build
 * RUN npm --silent run build:prod -- --mode=live
 * CMD ["npm", "run", "serve"]
 * ```
 * Of other images it is unknown which npm they have:
 * ```dockerfile bad severity="warning"
 * FROM example.com/node AS check
 * RUN npm «lint»
 * FROM node:14 AS build
 * RUN npm «build»
 * FROM example.com/node
 * COPY --from=check /srv/a /srv/
 * COPY --from=build /srv/b /srv/
 * ```
 * > npm lint runs no script of the project: that takes npm run
 * > npm build runs no script of the project: that takes npm run
 * ```dockerfile fixed
 * FROM example.com/node AS check
 * RUN npm run lint
 * FROM node:14 AS build
 * RUN npm run build
 * FROM example.com/node
 * COPY --from=check /srv/a /srv/
 * COPY --from=build /srv/b /srv/
 * ```
 * ```dockerfile good
 * FROM node:22
 * RUN npm run build && npm test && npm start && yarn build && pnpm build && npm exec build && npm i build && npm
 * CMD ["npm", "start"]
 * HEALTHCHECK CMD npm build
 * ```
 */
export default defineRule({
  id: 'npm-script-without-run',
  summary: 'npm is asked for a script of the project without run',
  category: 'package',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['npm'],

  *check({ model }) {
    for (const command of model.commandsNamed('npm')) {
      const { keyword } = command.instruction;
      const verb = argumentsOf(command).operands[0];
      if (!verb || !/^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword) || !isScript.test(verb.value ?? '')) continue;
      const stage = model.stageOf(command.instruction);
      const effect = keyword === 'RUN' ? 'the build stops' : 'the container does not start';
      const isSure = stage?.reachable === true && hasNewNpm(model, stage);
      yield {
        at: verb.span,
        message: isSure
          ? `npm has no command ${verb.value ?? ''}, so ${effect}: a script needs npm run`
          : `npm ${verb.value ?? ''} runs no script of the project: that takes npm run`,
        severity: isSure ? undefined : 'warning',
        ...(command.editable && {
          fix: {
            title: 'Add run',
            edits: [
              insertAfter(
                { start: verb.span.start, end: verb.span.start },
                command.script ? 'run ' : 'run", "',
              ),
            ],
          },
        }),
      };
    }
  },
});

/** Usual names of scripts that no command of npm, none of its aliases and no abbreviation of one has. */
const isScript =
  /^(?:build|dev|serve|lint|compile|watch|prod|production|generate|typecheck|format|e2e|deploy|bundle|migrate)$|^(?:build|start|test|dev|serve|lint|db|prisma|generate|compile|watch)[:][\w:.-]+$/;

/** Whether the image is that of Node with npm 7 or later. */
function hasNewNpm(model: Model, stage: Stage): boolean {
  if (stage.base.name !== 'node') return false;
  const major = /^\d+/.exec(baseTag(model, stage, 'node') ?? '')?.[0];
  return Number(major) >= 16;
}
