import { isUnknownBareName } from '../core/knowledge/images/official-images';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import type { ImageUse } from '../core/model/model';
import { nearest } from '../core/text/nearest';

/**
 * A name after `--from` that is not a stage is taken for an image, and the build looks for it on Docker Hub.
 *
 * ```dockerfile bad severity="warning warning warning warning error"
 * FROM golang:1.25 AS builder
 * FROM node:22 AS assets
 * FROM debian:12
 * COPY --from=«build» /app /app
 * RUN --mount=type=bind,from=«assest»,target=/src cp -r /src /srv
 * COPY --from=«frontend» /site /site
 * COPY --from=«web» /site /site
 * COPY --from=«3» /site /site
 * ```
 * > build is not a stage of this file, so the build looks for an image of that name. Did you mean builder?
 * > assest is not a stage of this file, so the build looks for an image of that name. Did you mean assets?
 * > frontend is not a stage of this file, so the build looks for an image of that name
 * > web is not a stage of this file, so the build looks for an image of that name
 * > The file has only 3 stages, counted from 0, so the build stops
 * ```dockerfile fixed
 * FROM golang:1.25 AS builder
 * FROM node:22 AS assets
 * FROM debian:12
 * COPY --from=builder /app /app
 * RUN --mount=type=bind,from=assets,target=/src cp -r /src /srv
 * COPY --from=frontend /site /site
 * COPY --from=web /site /site
 * COPY --from=3 /site /site
 * ```
 * ```dockerfile bad severity="error"
 * FROM debian:12
 * COPY --from=«-1» /app /app
 * ```
 * > The file has only 1 stage, counted from 0, so the build stops
 * The builder goes from top to bottom, so a stage cannot copy from one further below. There is no fix: the stages have
 * to change places.
 * ```dockerfile bad severity="error"
 * FROM debian:12 AS app
 * COPY --from=«build» /app /app
 * RUN --mount=type=bind,from=«build»,target=/src make
 * FROM golang:1.25 AS build
 * FROM app
 * ```
 * > build is a stage below, so the build stops here
 * `docker build --check` refuses such a file even if the default build does not need the stage:
 * ```dockerfile bad severity="error"
 * FROM debian:12 AS test
 * COPY --from=«app» /app /app
 * FROM golang:1.25 AS app
 * ```
 * > app is a stage below, so a build of this stage stops here
 * The rule accepts official images, images with a tag or a path, and named contexts that a build of the repository gives:
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * FROM debian:12
 * COPY app.conf /etc/
 * COPY --from=build /app /app
 * COPY --from=0 /app /app
 * COPY --from=busybox /bin/sh /bin/
 * COPY --from=acme/tool /tool /bin/
 * COPY --from=tool:1 /tool /bin/
 * COPY --from=scratch / /x
 * RUN --mount=type=cache,target=/root/.cache true
 * ```
 * ```dockerfile good
 * FROM base
 * COPY --from=assets /static /static
 * ```
 * ```dockerfile good files="main.go" mentions="additional_contexts"
 * FROM debian:12
 * COPY --from=assets /site /site
 * ```
 *
 * @skip onbuild a trigger may name a stage of the later build
 */
export default defineRule({
  id: 'copy-from-unknown-stage',
  summary: 'COPY --from names a stage that the file does not have',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3022', 'kics:copy_from_without_from_alias_defined_previously'],
  refused: true,
  explains: ['stage-missing'],

  *check({ model, facts }) {
    const givesContexts = (): boolean => contextWords.some((word) => facts.context?.mentions?.(word));
    // What such a file begins with comes from its build, and more may come from there.
    const isGiven = model.images.some((use) => use.via === 'from' && isBareName(use));
    for (const use of model.images) {
      if ((use.via !== 'copy' && use.via !== 'mount') || !isBareName(use) || givesContexts()) continue;
      const fix = renameFix(model, use);
      if (isGiven && !fix) continue;
      yield {
        at: use.image.span,
        message: `${use.image.text} is not a stage of this file, so the build looks for an image of that name${fix ? `. Did you mean ${fix.name}?` : ''}`,
        fix: fix?.fix,
        ...(use.via === 'mount' && { alsoKnownAs: [] }),
      };
    }
    for (const { instruction, stage } of model.copies) {
      const word = instruction.flags.find(({ name }) => name === 'from')?.value;
      if (!word || !stage || instruction.onbuild) continue;
      const number = /^[+-]?\d+$/.test(word.value) ? Number(word.value) : 0;
      if (number < 0 || number >= model.stages.length) {
        const { length } = model.stages;
        yield {
          at: word.span,
          message: `The file has only ${length} stage${length > 1 ? 's' : ''}, counted from 0, so the build stops`,
          severity: 'error',
        };
      }
    }
    for (const stage of model.stages)
      for (const { stage: user, via, at } of stage.usedBy)
        if (via !== 'from' && user.index < stage.index)
          yield {
            at,
            message: `${model.document.slice(at)} is a stage below, so ${user.reachable ? 'the build' : 'a build of this stage'} stops here`,
            severity: 'error',
            ...(via === 'mount' && { alsoKnownAs: [] }),
          };
  },

  *hadolint({ model }) {
    const first = new Map<string, number>();
    for (const { name, index } of model.stages)
      if (name && !first.has(name.value)) first.set(name.value, index);
    for (const { instruction, stage } of model.copies) {
      const word = instruction.flags.find(({ name }) => name === 'from')?.value;
      if (!word || instruction.onbuild || word.raw.includes(':')) continue;
      // Above the first FROM there is none.
      const last = stage?.from ? stage.index : -1;
      const number = /^(?:\d+|0x[\da-f]+)$/i.test(word.raw) ? Number(word.raw) : first.get(word.raw);
      if (number === undefined || number > last)
        yield { at: word.span, message: `${word.value} is not a stage above` };
    }
  },
});

/** Words in the builds of a repository that give names to further contexts. */
const contextWords = ['--build-context', 'additional_contexts', 'build-contexts', 'contexts ='];

/** Whether the name of an image can only be meant for a stage. */
function isBareName({ resolved }: ImageUse): boolean {
  return resolved !== undefined && !/[:@]/.test(resolved) && isUnknownBareName(resolved);
}

const mostStages = 100;

function renameFix(
  model: Model,
  { image, instruction }: ImageUse,
): { readonly name: string; readonly fix: Fix } | undefined {
  const own = instruction && model.stageOf(instruction)?.index;
  // Comparing takes time for each.
  const names = model.stages
    .slice(0, mostStages)
    .flatMap(({ name, index }) => (name && index !== own ? name.value : []));
  const written = image.text.toLowerCase();
  const near =
    nearest(written, names) ??
    (written.length > 3
      ? names.find((one) => one.startsWith(written) || written.startsWith(one))
      : undefined);
  return near === undefined
    ? undefined
    : { name: near, fix: { title: `Copy from ${near}`, edits: [replace(image.span, near)] } };
}
