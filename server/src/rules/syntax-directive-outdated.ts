import { defineRule, replace } from '../core/lint/rule';
import type { Dockerfile } from '../core/syntax/nodes';
import { editDistance } from '../core/text/nearest';

/**
 * `docker/dockerfile:1` is the current frontend of version 1. Experimental and old ones lack what has become part of it since,
 * such as heredocs and `COPY --link`, and a name with a typo does not exist.
 *
 * ```dockerfile bad
 * # syntax=«docker/dockerfile:experimental»
 * FROM debian:12
 * ```
 * > The experimental frontend is old, and docker/dockerfile:1 has what it was for
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax = «docker/dockerfile:1.0-experimental»
 * FROM debian:12
 * ```
 * > The experimental frontend is old, and docker/dockerfile:1 has what it was for
 * ```dockerfile fixed
 * # syntax = docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockerfile:1 .4»
 * FROM debian:12
 * ```
 * > The blank cuts the end off the version of the frontend
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockefile:1»
 * FROM debian:12
 * ```
 * > There is no frontend docker/dockefile. Did you mean docker/dockerfile?
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«dockerfile/docker:1»
 * FROM debian:12
 * ```
 * > There is no frontend dockerfile/docker. Did you mean docker/dockerfile?
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockerfile :1»
 * FROM debian:12
 * ```
 * > The blank cuts the version off the name of the frontend
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockerfile: 1»
 * FROM debian:12
 * ```
 * > The blank cuts the version off the name of the frontend
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * An old one that has all that the file asks for is a hint in the recommended profile:
 * ```dockerfile bad
 * # syntax=«docker/dockerfile:1.3»
 * FROM debian:12
 * COPY --link app /
 * RUN <<EOF
 * app --version
 * EOF
 * ```
 * > The frontend 1.3 lacks what docker/dockerfile:1 has, such as heredocs and --link
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY --link app /
 * RUN <<EOF
 * app --version
 * EOF
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockerfile:1.2»
 * FROM debian:12
 * ```
 * > The frontend 1.2 lacks what docker/dockerfile:1 has, such as heredocs and --link
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1.7-labs
 * # escape=\
 * FROM debian:12
 * ```
 * ```dockerfile good
 * # syntax=docker.io/docker/dockerfile-upstream:master
 * FROM debian:12
 * ```
 * A frontend of another name is not judged by its version:
 * ```dockerfile good
 * # syntax=example.com/frontend:1.1
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # syntax=«docker/dockerfile-upstream:1.1»
 * FROM debian:12
 * ```
 * > The frontend 1.1 lacks what docker/dockerfile:1 has, such as heredocs and --link
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 *
 * @skip backtick the example would get another directive
 */
export default defineRule({
  id: 'syntax-directive-outdated',
  summary: 'The # syntax= line names an old frontend, or one that does not exist',
  category: 'syntax',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['syntax'],

  *check({ model }) {
    const { file } = model;
    for (const { name, value, valueSpan, form } of file.directives) {
      if (name !== 'syntax' || form !== 'hash') continue;
      const problem = problemOf(value);
      if (problem === undefined) continue;
      yield {
        at: valueSpan,
        message: problem,
        // It does what the file asks for.
        quiet: problem.endsWith(newer) && !needsMore(file) ? 'hint' : undefined,
        fix: { title: `Use ${current}`, edits: [replace(valueSpan, current)] },
      };
    }
  },
});

const current = 'docker/dockerfile:1';
const newer = 'such as heredocs and --link';

/** Whether the file writes what the old frontend would not understand. */
function needsMore({ instructions }: Dockerfile): boolean {
  return instructions.some(
    ({ heredocs, flags }) => heredocs.length > 0 || flags.some(({ name }) => name === 'link'),
  );
}

function problemOf(value: string): string | undefined {
  const [, name = '', tag = ''] = /^(?:docker\.io\/)?([^:@\s]*)(?::([\w.-]*))?/.exec(value) ?? [];
  if (name !== 'docker/dockerfile' && name !== 'docker/dockerfile-upstream')
    return editDistance(name.toLowerCase(), 'docker/dockerfile', 3) < 3 || mistaken.has(name.toLowerCase())
      ? `There is no frontend ${name}. Did you mean docker/dockerfile?`
      : undefined;
  if (/^\S*(?::\s|\s+:)/.test(value)) return 'The blank cuts the version off the name of the frontend';
  if (/^\S+:\S*\s+[.\d-]\S*$/.test(value)) return 'The blank cuts the end off the version of the frontend';
  if (tag.includes('experimental'))
    return `The experimental frontend is old, and ${current} has what it was for`;
  const minor = Number(/^1\.(\d+)/.exec(tag)?.[1] ?? 4);
  return minor < 4 ? `The frontend ${tag} lacks what ${current} has, ${newer}` : undefined;
}

/** What the words of the name become in the memory of people. No such repository exists. */
const mistaken: ReadonlySet<string> = new Set([
  'dockerfile',
  'docker/docker',
  'dockerfile/docker',
  'dockerfile/dockerfile',
]);
