import { defineRule } from '../core/lint/rule';

/**
 * `# syntax=docker/dockerfile:1` lets BuildKit fetch the current frontend, so that newer syntax and fixes
 * work with older engines too. Without it the file is read by whatever frontend the engine was released with.
 *
 * ```dockerfile bad
 * «FROM» debian:12
 * COPY app /app
 * ```
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY app /app
 * ```
 * It matters more where the file uses what older engines cannot read:
 * ```dockerfile bad
 * # check=skip=StageNameCasing
 * FROM debian:12
 * RUN «--mount=type=cache,target=/var/cache/apt» apt-get update
 * ```
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * # check=skip=StageNameCasing
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/cache/apt apt-get update
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * Engines that build images for Windows fetch no frontend:
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * COPY app.exe /
 * ```
 *
 * @skip backtick the example gains a directive at the top
 */
export default defineRule({
  id: 'syntax-directive-missing',
  summary: 'The file does not say which syntax it is written in',
  category: 'syntax',
  severity: 'hint',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model: { file, document, instructions, stages, finalStage } }) {
    if (file.directives.some(({ name }) => name === 'syntax') || stages.every(({ from }) => !from)) return;
    // Windows images are mostly built by an engine that fetches no frontend.
    if (finalStage?.base.distribution === 'windows') return;
    const feature = instructions.flatMap(({ flags, heredocs }) => [
      ...flags.filter(({ name }) => recent.has(name)).map(({ span }) => span),
      ...heredocs.map(({ operator }) => operator.span),
    ])[0];
    const first = file.instructions[0];
    const at = feature ?? first?.keywordSpan;
    if (!at) return;
    const top = file.text.startsWith('\uFEFF') ? 1 : 0;
    const start = file.text.startsWith('#!', top) ? document.fullLine(0).end : top;
    yield {
      at,
      message: feature
        ? `${document.slice(at).split('=')[0]} needs a recent frontend, and no # syntax= line asks for one`
        : 'Which frontend reads this file depends on the engine that builds it',
      fix: {
        title: 'Add # syntax=docker/dockerfile:1',
        edits: [{ start, end: start, text: `# syntax=docker/dockerfile:1${document.eol}` }],
      },
    };
  },
});

/** Flags that engines from before BuildKit, or with an early one, do not know. */
const recent: ReadonlySet<string> = new Set([
  'mount',
  'link',
  'checksum',
  'parents',
  'exclude',
  'unpack',
  'security',
  'network',
  'device',
]);
