import { renameStage } from '../core/fixes/rename-stage';
import { defineRule } from '../core/lint/rule';

/**
 * The name of a stage begins with a letter and holds letters, digits, `-`, `_` and `.`. Variables are not expanded in it.
 * The builder stops at any other name.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS «1-build»
 * FROM node:22 AS «web/assets»
 * FROM node:22 AS «_tools»
 * FROM debian:12
 * COPY --from=1-build /app /app
 * ```
 * > A stage cannot be named 1-build, so the build stops here
 * > A stage cannot be named web/assets, so the build stops here
 * > A stage cannot be named _tools, so the build stops here
 * ```dockerfile fixed
 * FROM golang:1.23 AS stage-1-build
 * FROM node:22 AS web-assets
 * FROM node:22 AS tools
 * FROM debian:12
 * COPY --from=stage-1-build /app /app
 * ```
 * ```dockerfile bad
 * ARG NAME=a
 * FROM golang:1.23 AS «build-$NAME»
 * FROM golang:1.23 AS «*»
 * ```
 * > The builder puts no variables into the name of a stage, so the build stops here
 * > A stage cannot be named *, so the build stops here
 * ```dockerfile good
 * FROM golang:1.23 AS Build_2.1-x
 * ```
 */
export default defineRule({
  id: 'stage-name-invalid',
  summary: 'The name of a stage has characters that it cannot have',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
  mentions: ['as'],

  *check({ model }) {
    for (const stage of model.stages) {
      const { name } = stage;
      if (!name || /^[a-z][a-z0-9-_.]*$/i.test(name.raw)) continue;
      const clean = cleanName(name.raw);
      const holds = name.raw.includes('$')
        ? `The builder puts no variables into the name of a stage`
        : `A stage cannot be named ${name.raw}`;
      yield {
        at: name.span,
        message: `${holds}, so the build stops here`,
        fix: clean === undefined ? undefined : renameStage(model, stage, clean),
      };
    }
  },
});

/** Undefined if nothing is left of the name, and where a variable stands in it. */
function cleanName(text: string): string | undefined {
  if (text.includes('$')) return undefined;
  const clean = text.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
  if (/^[a-z]/.test(clean)) return clean;
  const rest = clean.replace(/^[-_.]+/, '');
  if (rest === '') return undefined;
  return /^[a-z]/.test(rest) ? rest : `stage-${rest}`;
}
