import { defineRule } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import { productionStage } from '../core/analysis/runtime/shipped-stage';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { insertBehind } from '../core/fixes/insert-lines';

/**
 * A build without `--target` builds the last stage. If that one is made for tests or debugging, a forgotten `--target`
 * ships it, and nothing says so.
 *
 * ```dockerfile bad
 * FROM node:22 AS base
 * WORKDIR /srv
 * COPY . .
 * FROM base AS production
 * USER node
 * CMD ["node", "server.js"]
 * FROM base AS «debug»
 * CMD ["node", "--inspect", "server.js"]
 * ```
 * > A build without --target builds debug, not production
 * ```dockerfile fixed
 * FROM node:22 AS base
 * WORKDIR /srv
 * COPY . .
 * FROM base AS production
 * USER node
 * CMD ["node", "server.js"]
 * FROM base AS debug
 * CMD ["node", "--inspect", "server.js"]
 *
 * FROM production
 * ```
 * There is no fix if the stage has no name:
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * CMD ["node", "server.js"]
 * FROM node:22 AS «tests»
 * CMD ["npm", "test"]
 * ```
 * > A build without --target builds tests, not the stage above it that starts the program
 * The rule accepts a stage for development alone, and one that only copies from the others:
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * RUN go build -o /app .
 * FROM debian:12 AS debug
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM node:22 AS test
 * CMD ["npm", "test"]
 * FROM node:22 AS production
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile bad
 * FROM node:22 AS app
 * COPY server.js /
 * EXPOSE 3000
 * CMD ["node", "/server.js"]
 * FROM app AS «debugger»
 * CMD ["node", "--inspect", "/server.js"]
 * ```
 * > A build without --target builds debugger, not app
 * ```dockerfile fixed
 * FROM node:22 AS app
 * COPY server.js /
 * EXPOSE 3000
 * CMD ["node", "/server.js"]
 * FROM app AS debugger
 * CMD ["node", "--inspect", "/server.js"]
 *
 * FROM app
 * ```
 *
 * @skip onbuild the stages stay the same
 */
export default defineRule({
  id: 'default-target-is-debug',
  summary: 'A build without --target builds a stage for development',
  category: 'stage',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['as'],

  *check({ model }) {
    const { stage } = productionStage(model);
    const last = model.finalStage?.name;
    if (!stage || !last) return;
    const meant = stage.name?.value ?? 'the stage above it that starts the program';
    yield {
      at: last.span,
      message: `A build without --target builds ${last.value}, not ${meant}`,
      fix: buildByDefault(model, stage),
    };
  },
});

/** A last stage that is the one for production, so that every `--target` means the same as before. */
function buildByDefault(model: Model, { name }: Stage): Fix | undefined {
  const end = model.instructions.at(-1);
  const edit =
    end && name && insertBehind(model, end, ['', `${keywordLike(model.file, 'FROM')} ${name.value}`]);
  return edit && { title: `Build ${name.value} by default`, edits: [edit] };
}
