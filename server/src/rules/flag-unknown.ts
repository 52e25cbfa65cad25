import { keywordLike } from '../core/analysis/text/keyword-case';
import { stopsHere } from '../core/analysis/text/stops';
import { usedFlags } from '../core/analysis/text/used-flags';
import { instructions } from '../core/knowledge/syntax/instructions';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';
import type { Directive, Flag } from '../core/syntax/nodes';
import { nearest } from '../core/text/nearest';

/**
 * The builder stops at a flag that the instruction does not have.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM «--plattform»=$BUILDPLATFORM debian:12 AS build
 * FROM build
 * COPY «--user»=1 «--permissions»=0644 --link a /a
 * RUN «--mout»=type=cache,target=/c make
 * HEALTHCHECK «--retry»=3 CMD check
 * ADD «--from»=build /a /b
 * ```
 * > FROM has no flag --plattform. Did you mean --platform?
 * > COPY has no flag --user. Did you mean --chown?
 * > COPY has no flag --permissions. Did you mean --chmod?
 * > RUN has no flag --mout. Did you mean --mount?
 * > HEALTHCHECK has no flag --retry. Did you mean --retries?
 * > ADD has no flag --from. Did you mean COPY?
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM --platform=$BUILDPLATFORM debian:12 AS build
 * FROM build
 * COPY --chown=1 --chmod=0644 --link a /a
 * RUN --mount=type=cache,target=/c make
 * HEALTHCHECK --retries=3 CMD check
 * COPY --from=build /a /b
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN «--rm» make
 * CMD «--verbose»
 * ```
 * > RUN has no flag --rm, so the build stops here
 * > CMD has no flags, so the build stops here
 * Some flags were experimental, so older frontends know them in their labs version alone:
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1.14
 * FROM debian:12
 * RUN «--device»=vendor.com/gpu make
 * ```
 * > This version of the frontend knows --device only with -labs, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1-labs
 * FROM debian:12
 * RUN --device=vendor.com/gpu make
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM --platform=$BUILDPLATFORM debian:12 AS build
 * ADD --chown=1:1 --chmod=755 --link --keep-git-dir --checksum=sha256:0 --unpack=false --exclude=b https://example.com/a /a
 * COPY --from=x --chown=1:1 --chmod=755 --link --exclude=b --parents a /a
 * RUN --mount=type=cache,target=/c --network=none --security=sandbox make --all
 * HEALTHCHECK --interval=5s --timeout=5s --start-period=5s --start-interval=5s --retries=3 CMD check --fast
 * HEALTHCHECK --none NONE
 * ARG --name
 * ENTRYPOINT ["--help"]
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --device=vendor.com/gpu make
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1.16-labs
 * FROM debian:12
 * RUN --device=vendor.com/gpu make
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN --device=vendor.com/gpu make
 * ```
 */
export default defineRule({
  id: 'flag-unknown',
  summary: 'An instruction has a flag that it does not know',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'dockerfile-utils:UNKNOWN_ADD_FLAG',
    'dockerfile-utils:UNKNOWN_COPY_FLAG',
    'dockerfile-utils:UNKNOWN_FROM_FLAG',
    'dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG',
  ],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    const old = oldFrontend(model);
    for (const { instruction, flag, info } of usedFlags(model)) {
      const at = { start: flag.span.start, end: flag.nameSpan.end };
      if (old && info?.since?.endsWith('-labs'))
        yield {
          at,
          message: `This version of the frontend knows --${flag.name} only with -labs, so ${stopsHere(instruction)}`,
          fix: useLabs(old),
        };
      // A flag without a name is syntax-malformed.
      if (info || flag.name === '') continue;
      const { keyword } = instruction;
      const known = instructions.get(keyword)?.flags.map(({ name }) => name) ?? [];
      const meant = otherNames[flag.name] ?? nearest(flag.name, known);
      const near = meant !== undefined && known.includes(meant) ? meant : undefined;
      const moves = keyword === 'ADD' && flag.name === 'from';
      const then = moves
        ? '. Did you mean COPY?'
        : near === undefined
          ? `, so ${stopsHere(instruction)}`
          : `. Did you mean --${near}?`;
      yield {
        at,
        message:
          known.length === 0
            ? `${keyword} has no flags, so ${stopsHere(instruction)}`
            : `${keyword} has no flag --${flag.name}${then}`,
        fix: moves ? copyInstead(model, instruction) : near === undefined ? undefined : rename(flag, near),
      };
    }
  },
});

/** What other tools call the same thing. */
const otherNames: Readonly<Record<string, string>> = {
  user: 'chown',
  owner: 'chown',
  mode: 'chmod',
  permissions: 'chmod',
  retry: 'retries',
};

function rename({ name, nameSpan }: Flag, near: string): Fix {
  return { title: `Change --${name} to --${near}`, edits: [replace(nameSpan, near)] };
}

function copyInstead({ file }: Model, { keywordSpan }: Instruction): Fix {
  return { title: 'Change ADD to COPY', edits: [replace(keywordSpan, keywordLike(file, 'COPY'))] };
}

/**
 * The line that asks for a version of the frontend from before the flags of the labs became part of it. BuildKit 0.32
 * refuses `RUN --device` without -labs, and 0.33 knows it; `1` alone and a file without the line get the newest.
 */
function oldFrontend({ file }: Model): Directive | undefined {
  return file.directives.find(
    ({ name, value }) =>
      name === 'syntax' && /^(?:docker\.io\/)?docker\/dockerfile:1\.1?\d(?:\.\d+)?(?:@|$)/.test(value),
  );
}

function useLabs({ valueSpan }: Directive): Fix {
  return {
    title: 'Use the frontend docker/dockerfile:1-labs',
    edits: [replace(valueSpan, 'docker/dockerfile:1-labs')],
  };
}
