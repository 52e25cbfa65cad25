import { valueProblem } from '../core/analysis/text/flag-values';
import type { ValueProblem } from '../core/analysis/text/mount-problems';
import { stopsHere } from '../core/analysis/text/stops';
import { usedFlags } from '../core/analysis/text/used-flags';
import type { UsedFlag } from '../core/analysis/text/used-flags';
import { removeFlag } from '../core/fixes/remove-flag';
import { defineRule, remove, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';

/**
 * The builder stops at a flag without the value that it needs, and at a value that it cannot read.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM debian:12 AS build
 * FROM debian:12
 * COPY «--from» build /app /app
 * COPY --link=«yes» --parents=«off» a /a
 * RUN --network=«None» make
 * RUN --mount=type=«cahce»,target=/c --mount=type=bind,«targt»=/b make
 * RUN --mount=type=cache,target=/c,sharing=«loked» --mount=type=cache,target=/d,«» make
 * ```
 * > --from needs a value, so the build stops here
 * > --link takes true or false, not yes. Did you mean true?
 * > --parents takes true or false, not off. Did you mean false?
 * > --network takes default, none or host, not None. Did you mean none?
 * > type of --mount cannot be cahce. Did you mean cache?
 * > --mount has no key targt. Did you mean target?
 * > sharing of --mount cannot be loked. Did you mean locked?
 * > --mount has a comma with nothing behind it, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12 AS build
 * FROM debian:12
 * COPY --from=build /app /app
 * COPY --link=true --parents=false a /a
 * RUN --network=none make
 * RUN --mount=type=cache,target=/c --mount=type=bind,target=/b make
 * RUN --mount=type=cache,target=/c,sharing=locked --mount=type=cache,target=/d make
 * ```
 * A word with one of two quotes is left to you:
 * ```dockerfile bad
 * FROM debian:12
 * RUN --mount=type=cac"he,«tar"he»,target=/srv make
 * ```
 * > --mount has no key tarhe. Did you mean target?
 * A flag with nothing behind the equals sign does nothing:
 * ```dockerfile bad severity="warning"
 * FROM «--platform=» debian:12
 * COPY «--chown=» --chmod=755 a /a
 * ```
 * > --platform has no value, so the builder ignores it
 * > --chown has no value, so the builder ignores it
 * ```dockerfile fixed
 * FROM debian:12
 * COPY --chmod=755 a /a
 * ```
 * Only the author knows these:
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM --platform=«linux/amd64/v2/x» debian:12 AS one
 * FROM --platform=«ubuntu» debian:12 AS two
 * FROM --platform=«l*» debian:12 AS three
 * WORKDIR /
 * COPY --chmod=«rwxr-xr-x» --link=«maybe» a /a
 * COPY --chmod=«799» a /a
 * COPY «--chown» a
 * ADD --checksum=«md5:1234» https://example.com/a /a
 * ADD --checksum=«sha256:1234» https://example.com/a /a
 * ADD --checksum=«sha256:1234» a /a
 * ADD --checksum=«sha256:1234» https://example.com/a https://example.com/b /a/
 * RUN --network=«wifi» make
 * RUN «--mount» make
 * COPY «--from» \
 *   build a /b
 * ```
 * > linux/amd64/v2/x is not a platform such as linux/amd64, so the build stops here
 * > ubuntu is not a platform such as linux/amd64, so the build stops here
 * > l* is not a platform such as linux/amd64, so the build stops here
 * > --chmod cannot read rwxr-xr-x, so the build stops here
 * > --link takes true or false, not maybe, so the build stops here
 * > --chmod cannot read 799, so the build stops here
 * > --chown needs a value, so the build stops here
 * > A checksum begins with sha256:, so the build stops here
 * > A sha256 checksum has 64 digits and this one 4, so the build stops here
 * > --checksum is for a URL, so the build stops here
 * > --checksum is for one source, so the build stops here
 * > --network takes default, none or host, not wifi, so the build stops here
 * > --mount needs a value, so the build stops here
 * > --from needs a value, so the build stops here
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * WORKDIR /
 * RUN --mount=«» make
 * RUN --mount=«required»,type=secret,id=a make
 * RUN --mount=type=cache,target=/c,«size»=1g make
 * RUN --mount=type=cache,target=/c,uid=«me» --mount=type=cache,target=/d,mode=«rwx» make
 * RUN --mount=type=tmpfs,target=/t,size=«big» --mount=type=bind,target=/c,«mode»=0755 make
 * RUN --mount=type=bind,target=/b,ro=«yes» --mount=type=bind,«target» make
 * RUN --mount=type=secret,id=a,«from»=b --mount=type=ssh,«source»=/s make
 * RUN «--mount=type=secret,env=A» «--mount=type=secret,id=a,src=b» make
 * RUN «--mount=type=cache,id=a» «--mount=type=tmpfs,target=/» make
 * ```
 * > --mount needs a value, so the build stops here
 * > required is for another type of mount, and type= has to stand in front of it, so the build stops here
 * > size is for another type of mount, and type= has to stand in front of it, so the build stops here
 * > uid of --mount cannot be me, so the build stops here
 * > mode of --mount cannot be rwx, so the build stops here
 * > size of --mount cannot be big, so the build stops here
 * > A mount of type bind has no mode, so the build stops here
 * > ro of --mount cannot be yes, so the build stops here
 * > target needs a value, so the build stops here
 * > A mount of type secret has no from, so the build stops here
 * > A mount of type ssh has no source, so the build stops here
 * > A secret mount needs an id or a target, so the build stops here
 * > A secret mount takes id or source, not both, so the build stops here
 * > A mount of type cache needs a target, so the build stops here
 * > A mount cannot take the place of /, so the build stops here
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM --platform=linux debian:12
 * COPY --nothing a /a
 * COPY --link=TRUE --parents --chmod=u=rwX,go=rX a /a
 * ADD --keep-git-dir=false --chmod=0755 --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a
 * RUN --mount=type=secret,id=a,required,uid=1,mode=0400 --mount=type=tmpfs,target=/t,size=64m --mount=type=ssh make
 * RUN --mount=target=/c,rw --mount=type=$TYPE,required --mount=type=cache,id=$ID,target=/x,gid=$GID make
 * ```
 * buildah and podman take more keys than BuildKit, and a file that is called `Containerfile` is for them:
 * ```dockerfile good name="app/Containerfile"
 * FROM debian:12
 * RUN --mount=type=bind,source=src,target=/src,Z,U --mount=type=cache,target=/c,z make
 * RUN --mount=type=bind,source=src,target=/src,bind-propagation=rslave --mount=type=tmpfs,target=/t,tmpfs-size=64m make
 * ```
 * ```dockerfile bad name="app/Dockerfile"
 * FROM debian:12
 * RUN --mount=type=bind,source=src,target=/src,«Z» --mount=type=cache,target=/c,«z»=true make
 * ```
 * > Only buildah and podman know this key of --mount, so the build stops here
 * ```dockerfile bad name="app/Containerfile"
 * FROM debian:12
 * RUN --mount=type=bind,source=src,target=/src,«zz» make
 * ```
 * > --mount has no key zz, so the build stops here
 */
export default defineRule({
  id: 'flag-value-invalid',
  summary: 'A flag has no value, or one that the builder cannot read',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'dockerfile-utils:FLAG_MISSING_VALUE',
    'dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE',
    'dockerfile-utils:FLAG_INVALID_LINK_VALUE',
    'dockerfile-utils:FLAG_INVALID_FROM_VALUE',
  ],

  *check({ model, facts }) {
    for (const used of usedFlags(model)) {
      const { info, first, flag, instruction } = used;
      if (!info || (first && !info.repeatable)) continue;
      const problem = valueProblem(model, used, info, facts.path);
      if (!problem) continue;
      const { at, what, meant } = problem;
      if (problem.isIgnored) {
        yield {
          at,
          message: `${what}, so the builder ignores it`,
          severity: 'warning',
          fix: { title: `Remove --${flag.name}=`, edits: [removeFlag(model, flag)] },
        };
        continue;
      }
      yield {
        at,
        message:
          meant === undefined ? `${what}, so ${stopsHere(instruction)}` : `${what}. Did you mean ${meant}?`,
        fix: repair(model, used, problem),
        // The value may be among the words.
        ...(!flag.value && { hides: [instruction.argumentsSpan] }),
      };
    }
  },
});

function repair(
  model: Model,
  used: UsedFlag,
  { at, meant, remove: isTooMuch }: ValueProblem,
): Fix | undefined {
  const { flag } = used;
  if (isTooMuch) return { title: 'Remove the comma', edits: [remove({ start: at.start - 1, end: at.end })] };
  if (meant !== undefined) {
    const written = model.document.slice(at);
    // The other quote would stay.
    if ((written.match(/["']/g) ?? []).length % 2 === 1) return undefined;
    return { title: `Change ${written} to ${meant}`, edits: [replace(at, meant)] };
  }
  return flag.value ? undefined : joinValue(model, used);
}

/** `--from build`: the value stands behind a blank, as in a shell, and enough words are left without it. */
function joinValue({ document }: Model, { instruction, flag }: UsedFlag): Fix | undefined {
  const [word, ...more] = instruction.words;
  const least = instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? 2 : 1;
  if (!word || more.length < least || instruction.flags.at(-1) !== flag) return undefined;
  const between = { start: flag.span.end, end: word.span.start };
  if (document.slice(between).trim() !== '') return undefined;
  return {
    title: `Write --${flag.name}=${word.raw}`,
    edits: [replace(between, '=')],
  };
}
