import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';

/**
 * The folder `.next/standalone` holds the server of Next.js and the packages that it needs, but neither `.next/static` nor
 * `public`. Without them the server answers, and every page comes without styles and scripts.
 *
 * ```dockerfile bad
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN npm ci --no-audit && npm run build
 * FROM node:24-trixie-slim
 * WORKDIR /app
 * COPY --from=build «/app/.next/standalone» .
 * USER node
 * CMD ["node", "server.js"]
 * ```
 * > Nothing copies .next/static, so every page comes without styles and scripts
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN npm ci --no-audit && npm run build
 * FROM node:24-trixie-slim
 * WORKDIR /app
 * COPY --from=build /app/.next/standalone .
 * COPY --from=build /app/.next/static .next/static
 * USER node
 * CMD ["node", "server.js"]
 * ```
 * A step may put them there, and a whole folder has them:
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * RUN npm run build && cp -r .next/static .next/standalone/.next/
 * FROM node:24-trixie-slim
 * COPY --from=build /app/.next/standalone .
 * FROM node:24-trixie-slim
 * COPY --from=build /app /app
 * COPY --from=build /app/.next/standalone .
 * FROM node:24-trixie-slim
 * COPY --from=build /app/.next/standalone .
 * COPY --from=build $STATIC ./.next/
 * ```
 * ```dockerfile good
 * FROM node:24-trixie-slim AS build
 * RUN npm run build
 * FROM node:24-trixie-slim
 * COPY --from=build /app/.next/standalone .
 * COPY --from=build $FILES ./
 * ```
 */
export default defineRule({
  id: 'next-static-missing',
  summary: 'The server of Next.js is copied without its styles and scripts',
  category: 'copy',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['standalone'],

  *check({ model }) {
    // A step or another stage may care for them.
    if (model.instructions.some(({ span }) => /\bstatic\b/.test(model.document.slice(span)))) return;
    for (const { stage, sources } of model.copies) {
      for (const { path, span } of sources) {
        if (!stage || !/(?:^|\/)\.next\/standalone\/?$/.test(path ?? '') || bringsMore(model, stage))
          continue;
        yield {
          at: span,
          message: 'Nothing copies .next/static, so every page comes without styles and scripts',
        };
      }
    }
  },
});

/** Whether a stage copies a folder above, or something that is not known. */
function bringsMore(model: Model, { chain }: Stage): boolean {
  const stages = new Set(chain);
  return model.copies.some(
    ({ stage, sources }) =>
      stage !== undefined &&
      stages.has(stage) &&
      sources.some(({ path, glob }) => path === undefined || glob || /(?:^|\/)\.next$/.test(path)),
  );
}
