import { addSyntaxLine, lacksSyntaxLine, misplacedSyntaxLine } from '../core/fixes/syntax-line';
import { defineRule } from '../core/lint/rule';

/**
 * `# syntax=docker/dockerfile:1` lets BuildKit fetch the current frontend, so newer syntax and fixes also work with
 * older engines. Without it, the frontend that came with the engine reads the file.
 *
 * Engines since 2023 read nearly everything without it, so the recommended profile only asks for it where a file uses a flag
 * that is newer than 2025. The profile `strict` asks for it in each file.
 *
 * ```dockerfile bad
 * «FROM» debian:12
 * COPY app /app
 * ```
 * > No # syntax= line is set, so the engine decides which frontend reads this file
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY app /app
 * ```
 * This matters more if the file uses features that older engines cannot read:
 * ```dockerfile bad severity="warning"
 * # check=skip=StageNameCasing
 * FROM debian:12
 * RUN «--mount=type=cache,target=/var/cache/apt» apt-get update
 * ```
 * > --mount needs a recent frontend, but no # syntax= line asks for one
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
 * Engines that build Windows images fetch no frontend:
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * COPY app.exe /
 * ```
 * A `#!` line stays first:
 * ```dockerfile bad
 * #!/usr/bin/env docker
 * «FROM» debian:12
 * ```
 * > No # syntax= line is set, so the engine decides which frontend reads this file
 * ```dockerfile fixed
 * #!/usr/bin/env docker
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * A heredoc raises the hint to a warning:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * RUN «<<EOF»
 * make
 * EOF
 * ```
 * > <<EOF needs a recent frontend, but no # syntax= line asks for one
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN <<EOF
 * make
 * EOF
 * ```
 * The newest flags count first:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * RUN --mount=type=cache,target=/root/.cache make
 * COPY «--parents» src/*.c /src/
 * ```
 * > --parents needs a recent frontend, but no # syntax= line asks for one
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --mount=type=cache,target=/root/.cache make
 * COPY --parents src/*.c /src/
 * ```
 * A line that stands too low is directive-misplaced:
 * ```dockerfile good
 * # An image
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 *
 * @skip backtick the example gains a directive at the top
 */
export default defineRule({
  id: 'syntax-directive-missing',
  summary: 'No # syntax= line sets the Dockerfile frontend',
  category: 'syntax',
  severity: 'hint',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const { file, document, instructions } = model;
    const [first] = file.instructions;
    if (!first || !lacksSyntaxLine(model) || misplacedSyntaxLine(model)) return;
    const features = instructions.flatMap(({ flags, heredocs }) => [
      ...flags
        .filter(({ name }) => recent.has(name) || newest.has(name))
        .map(({ span, name }) => ({ span, isNew: newest.has(name) })),
      ...heredocs.map(({ operator }) => ({ span: operator.span, isNew: false })),
    ]);
    const { span: feature, isNew = false } = features.find((one) => one.isNew) ?? features[0] ?? {};
    const at = feature ?? first.keywordSpan;
    yield {
      at,
      severity: feature ? 'warning' : 'hint',
      quiet: !isNew,
      message: feature
        ? `${document.slice(at).split('=')[0]} needs a recent frontend, but no # syntax= line asks for one`
        : 'No # syntax= line is set, so the engine decides which frontend reads this file',
      fix: { title: 'Add # syntax=docker/dockerfile:1', edits: addSyntaxLine(model) },
    };
  },
});

/** Flags that are unknown to engines without BuildKit, or with an early one. */
const recent: ReadonlySet<string> = new Set(['mount', 'link', 'checksum', 'security', 'network']);

/** Flags that engines from before 2025 do not know, unless they fetch the frontend. */
const newest: ReadonlySet<string> = new Set(['parents', 'exclude', 'unpack', 'device']);
