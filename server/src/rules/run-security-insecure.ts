import { defineRule, remove } from '../core/lint/rule';

/**
 * With `--security=insecure` a step gets the rights of the host's root, and so does everything that it downloads and runs.
 * The builder allows it only to those who ask for it with `--allow security.insecure`, so for all others the build fails.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1-labs
 * FROM debian:12
 * RUN «--security=insecure» --mount=type=cache,target=/x make
 * RUN --security=sandbox make
 * ```
 * > The step gets the rights of the host's root, and most builders refuse it
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1-labs
 * FROM debian:12
 * RUN --mount=type=cache,target=/x make
 * RUN --security=sandbox make
 * ```
 * With the network of the host a step reaches its local services. That is only a hint:
 * ```dockerfile bad severity="hint"
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN «--network=host» make
 * ```
 * > The step reaches every service of the build machine, and most builders refuse it
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN make
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN --network=none make
 * ```
 */
export default defineRule({
  id: 'run-security-insecure',
  summary: 'A build step runs without the sandbox',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['semgrep:run-security-insecure'],
  once: true,

  *check({ model }) {
    for (const { flags, argumentsSpan } of model.instructionsOf('RUN')) {
      for (const [index, { name, value, span }] of flags.entries()) {
        const isInsecure = name === 'security' && value?.value === 'insecure';
        if (!isInsecure && !(name === 'network' && value?.value === 'host')) continue;
        const end = flags[index + 1]?.span.start ?? argumentsSpan.start;
        const isPlain = /^[ \t]*$/.test(model.document.text.slice(span.end, end));
        yield {
          at: span,
          message: isInsecure
            ? "The step gets the rights of the host's root, and most builders refuse it"
            : 'The step reaches every service of the build machine, and most builders refuse it',
          severity: isInsecure ? undefined : 'hint',
          ...(isPlain && { fix: { title: `Remove --${name}`, edits: [remove({ start: span.start, end })] } }),
        };
      }
    }
  },
});
