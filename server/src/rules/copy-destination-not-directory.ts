import { defineRule, remove } from '../core/lint/rule';

/**
 * Several files need a folder to go to. Without a slash at its end, the destination may be a file: BuildKit then writes one
 * file over the other, and the older builder stops.
 *
 * ```dockerfile bad
 * FROM node:22
 * COPY package.json package-lock.json «/app»
 * ADD ["a.txt", "b.txt", «"/data"»]
 * ```
 * > Without / at its end, /app can become one file that holds the last source
 * > Without / at its end, /data can become one file that holds the last source
 * ```dockerfile fixed
 * FROM node:22
 * COPY package.json package-lock.json /app/
 * ADD ["a.txt", "b.txt", "/data/"]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * COPY a b «"/srv"»
 * ```
 * > Without / at its end, /srv can become one file that holds the last source
 * ```dockerfile fixed
 * FROM node:22
 * COPY a b "/srv/"
 * ```
 * A working directory exists already, so the files arrive there. Other builders still want the slash:
 * ```dockerfile bad severity="warning"
 * FROM node:22
 * WORKDIR /app
 * COPY a b «/app»
 * ```
 * > Without / at its end, the builder before BuildKit refuses /app for several sources
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY a b /app/
 * ```
 * No shell reads what stands behind the destination. It becomes more sources, of which the build finds none:
 * ```dockerfile bad
 * FROM node:22
 * COPY package.json yarn.lock* ./ «2>/dev/null || true»
 * COPY config «|| true»
 * ```
 * > COPY takes 2>/dev/null and what follows for files, because no shell reads it
 * > COPY takes || and what follows for files, because no shell reads it
 * ```dockerfile fixed
 * FROM node:22
 * COPY package.json yarn.lock* ./
 * COPY config || true
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY ["a", "||", "b/"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY a b /app/
 * COPY a b .
 * COPY a b ..
 * COPY a b $DIR
 * COPY ['a', 'b', '/app']
 * COPY a /app
 * COPY a b C:\\app\\
 * COPY <<A <<B /app/
 * one
 * A
 * two
 * B
 * ```
 */
export default defineRule({
  id: 'copy-destination-not-directory',
  summary: 'Several sources are copied to something that is not a folder',
  category: 'copy',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3021',
    'trivy:DS-0011',
    'dockerfile-utils:INVALID_DESTINATION',
    'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
  ],
  explains: ['copy-needs-folder'],

  *check({ model }) {
    for (const { instruction, sources, destination } of model.copies) {
      const { value, span, variable } = destination;
      const words = instruction.json ? -1 : sources.findIndex((source) => isForShell.test(source.value));
      const [last, first] = [sources[words - 1], sources[words]];
      if (last && first) {
        const rest = { start: last.span.end, end: span.end };
        yield {
          at: { start: first.span.start, end: span.end },
          message: `${instruction.keyword} takes ${first.value} and what follows for files, because no shell reads it`,
          fix: words < 2 ? undefined : { title: `Remove ${first.value} and the rest`, edits: [remove(rest)] },
        };
        continue;
      }
      if (sources.length < 2 || variable || value.endsWith(']') || /(?:^|[/\\])\.{0,2}$/.test(value))
        continue;
      const isWorkdir =
        destination.path !== undefined && destination.path === model.environmentAt(instruction).workdir;
      const quoted = instruction.json !== undefined || /["']$/.test(model.document.slice(span));
      const end = quoted ? span.end - 1 : span.end;
      yield {
        at: span,
        message: isWorkdir
          ? `Without / at its end, the builder before BuildKit refuses ${value} for several sources`
          : `Without / at its end, ${value} can become one file that holds the last source`,
        severity: isWorkdir ? 'warning' : undefined,
        quiet: isWorkdir ? 'hint' : undefined,
        fix: { title: 'Add / at the end', edits: [{ start: end, end, text: '/' }] },
      };
    }
  },

  *hadolint({ model }) {
    for (const { instruction, sources, destination } of model.copies) {
      if (instruction.keyword !== 'COPY' || instruction.onbuild || sources.length < 2) continue;
      // Beside one heredoc it counts no other source.
      if (!/[/\\]$/.test(destination.value) && instruction.heredocs.length !== 1)
        yield { at: destination.span, message: `${destination.value} has no / at its end` };
    }
  },
});

/** `||`, `&&`, and redirections such as `2>/dev/null`. */
const isForShell = /^(?:\|\||&&|[12&]?>{1,2}(?:&[12]|\/dev\/null)?)$/;
