import { mountOption, mountValue, mountsOf } from '../core/analysis/text/mount-options';
import { defineRule, replace } from '../core/lint/rule';
import type { Instruction, Model, Stage } from '../core/lint/rule';
import { mayBringShell, startsShell, wordsOfCopy } from '../core/analysis/runtime/brought-shells';
import { finalInstruction } from '../core/analysis/runtime/what-runs';
import { execFormWords } from '../core/shell/exec-form-words';
import { overlaps } from '../core/analysis/packages/tool-caches';
import { normalizePath } from '../core/text/paths';

/**
 * `scratch` and distroless images have no shell, so instructions in shell form cannot run.
 *
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * «RUN» mkdir /data
 * COPY app /app
 * «ENTRYPOINT» /app --serve
 * ```
 * > gcr.io/distroless/static-debian12 has no shell, so this cannot run
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian12:nonroot
 * RUN mkdir /data
 * COPY app /app
 * ENTRYPOINT ["/app", "--serve"]
 * ```
 * Do the work of a `RUN` in an earlier stage, and copy the result with `COPY --from`.
 *
 * These images have no client for a health check either. Use a health check that the program itself provides:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY app /app
 * «HEALTHCHECK» CMD ["curl", "-f", "http://localhost:8080/"]
 * ENTRYPOINT ["/app"]
 * ```
 * > gcr.io/distroless/static-debian12 has no curl, so the container never becomes healthy
 * Exec form needs no shell, and an earlier step may have copied one in:
 * ```dockerfile good
 * FROM scratch
 * COPY app /app
 * RUN ["/app", "--install"]
 * ENTRYPOINT ["/app"]
 * FROM scratch
 * ADD rootfs.tar.xz /
 * CMD bash
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=busybox:1.36 /bin/sh /bin/sh
 * RUN mkdir /data
 * FROM scratch
 * RUN --mount=type=bind,from=busybox:1.36,source=/bin,target=/bin mkdir /data
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN mkdir /data
 * CMD /app
 * ```
 * The same goes for the client of a health check:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:nonroot
 * HEALTHCHECK CMD ["wget", "-q", "--spider", "http://localhost:8080/"]
 * COPY --from=busybox:1.36 /bin/wget /usr/local/sbin/wget
 * ```
 * ```dockerfile good
 * FROM scratch
 * COPY tools /opt/tools
 * ENV PATH=/opt/tools
 * HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/"]
 * ```
 * ```dockerfile good
 * FROM scratch
 * RUN
 * FROM scratch
 * CMD /app
 * COPY --from=busybox:1.36 /bin/sh /bin/sh
 * ```
 * A file that is no program brings no shell, and neither does a mount in another place:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian13
 * COPY app /srv/app
 * COPY settings.xml /
 * «RUN» --mount=type=tmpfs,target=/tmp --mount=from=golang:1.25,target=/go true
 * «CMD» /srv/app --settings /settings.xml
 * ```
 * > gcr.io/distroless/static-debian13 has no shell, so this cannot run
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian13
 * COPY app /srv/app
 * COPY settings.xml /
 * RUN --mount=type=tmpfs,target=/tmp --mount=from=golang:1.25,target=/go true
 * CMD ["/srv/app", "--settings", "/settings.xml"]
 * ```
 * An exec form that starts a shell needs one as well:
 * ```dockerfile bad
 * FROM scratch
 * COPY app /app
 * «RUN» ["/bin/sh", "-c", "mkdir /data"]
 * «CMD» ["sh", "-c", "/app --port $PORT"]
 * ```
 * > scratch has no shell, so this cannot run
 * Instructions that never run are not reported:
 * ```dockerfile good
 * FROM scratch AS files
 * COPY app /app
 * CMD /app
 * FROM alpine:3.20
 * COPY --from=files /app /app
 * CMD ["/app"]
 * ```
 * The fix writes quotes and backslashes in words as JSON wants them:
 * ```dockerfile bad
 * FROM scratch
 * COPY app /app
 * «CMD» /app --greeting 'say "hi"' --path 'C:\temp'
 * ```
 * > scratch has no shell, so this cannot run
 * ```dockerfile fixed
 * FROM scratch
 * COPY app /app
 * CMD ["/app", "--greeting", "say \"hi\"", "--path", "C:\\temp"]
 * ```
 * A health check in shell form also needs a shell:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY app /app
 * «HEALTHCHECK» CMD /app --check
 * ENTRYPOINT ["/app"]
 * ```
 * > gcr.io/distroless/static-debian12 has no shell, so this cannot run
 * A stage has what its base stage has:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:nonroot AS base
 * COPY --from=busybox:1.36 /bin/sh /bin/sh
 * FROM base
 * RUN mkdir /data
 * ```
 * In a stage that no other needs, only a build with `--target` gets there:
 * ```dockerfile bad severity="warning"
 * FROM scratch AS tests
 * «RUN» make test
 * FROM scratch
 * COPY app /
 * ```
 * > scratch has no shell, so this cannot run
 * A script also needs a shell, and an archive may bring one:
 * ```dockerfile bad
 * FROM scratch
 * «RUN» <<SETUP
 * mkdir /data
 * SETUP
 * ```
 * > scratch has no shell, so this cannot run
 * ```dockerfile good
 * FROM scratch
 * ADD ["root.tar.gz", "/srv/"]
 * CMD bash
 * ```
 * A step that a later build runs brings nothing to this image, and nobody knows what a program leaves behind:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * ONBUILD COPY curl /usr/bin/
 * «HEALTHCHECK» CMD ["curl", "-f", "http://localhost/"]
 * ```
 * > gcr.io/distroless/static-debian12 has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * «RUN» fetch
 * HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
 * ```
 * > gcr.io/distroless/static-debian12 has no shell, so this cannot run
 * `SHELL` with the usual shell brings none, and a program that is copied to `/` is none:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * SHELL ["/bin/sh", "-c"]
 * COPY app /
 * «ENTRYPOINT» /app
 * ```
 * > gcr.io/distroless/static-debian12 has no shell, so this cannot run
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian12:nonroot
 * SHELL ["/bin/sh", "-c"]
 * COPY app /
 * ENTRYPOINT ["/app"]
 * ```
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'no-shell-in-base',
  summary: 'Shell form is used in an image without a shell',
  category: 'shell',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['shell-missing'],

  *check({ model }) {
    if (model.stages.every(({ base }) => base.shell !== 'none')) return;
    const bringing = new Set(
      model.stages.filter(
        ({ base, instructions }) =>
          base.shell === 'none' && instructions.some((one) => mayBringShell(model, one)),
      ),
    );
    const imageHas = model.stages.at(-1)?.chain.some((stage) => bringing.has(stage));
    const client = missingClient(model);
    const withShell = new Set<Stage>();
    for (const stage of model.stages) {
      if (stage.base.shell !== 'none') continue;
      if (stage.parent && withShell.has(stage.parent)) withShell.add(stage);
      for (const instruction of stage.instructions) {
        if (withShell.has(stage)) break;
        if (mayBringShell(model, instruction)) withShell.add(stage);
        if (client?.instruction === instruction) {
          yield {
            at: instruction.keywordSpan,
            message: `${nameOf(stage)} has no ${client.name}, so the container never becomes healthy`,
          };
        }
        const { json } = instruction;
        if (!needsShell(instruction) || (!json && usesOtherShell(model, instruction))) continue;
        // A stage that is only copied from starts nothing, and a step may mount a shell.
        if (instruction.keyword === 'RUN' ? mountsFiles(instruction) : !stage.reachesImage) continue;
        // What the image starts finds everything that the image contains in the end.
        if (instruction.keyword !== 'RUN' && (imageHas || bringing.has(stage))) continue;
        const words =
          json || instruction.keyword === 'HEALTHCHECK'
            ? undefined
            : model.scriptsOf(instruction).map(execFormWords)[0];
        const fixable = words && instruction.keyword !== 'RUN' && instruction.comments.length === 0;
        yield {
          at: instruction.keywordSpan,
          message: `${nameOf(stage)} has no shell, so this cannot run`,
          // A build runs such a stage only if it is the target.
          severity: stage.reachable ? undefined : 'warning',
          ...(fixable && {
            fix: {
              title: `Change ${instruction.keyword} to exec form`,
              edits: [
                replace(
                  instruction.argumentsSpan,
                  `[${words.map((word) => JSON.stringify(word)).join(', ')}]`,
                ),
              ],
            },
          }),
        };
      }
    }
  },
});

/** Whether SHELL names a shell that is not the usual one: somebody has looked for one that is there. */
function usesOtherShell(model: Model, instruction: Instruction): boolean {
  const { shellInstruction } = model.environmentAt(instruction);
  return shellInstruction !== undefined && !startsShell(shellInstruction);
}

/** Only the tables know an image without a shell, and each of their rows has a name. */
function nameOf({ base }: Stage): string {
  return String(base.name);
}

function needsShell(instruction: Instruction): boolean {
  const { keyword, json, words, heredocs } = instruction;
  if (json) return /^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword) && startsShell(instruction);
  if (keyword === 'RUN' || keyword === 'CMD' || keyword === 'ENTRYPOINT')
    return words.length > 0 || heredocs.length > 0;
  return keyword === 'HEALTHCHECK' && words[0]?.value.toUpperCase() === 'CMD' && words.length > 1;
}

/** The image's health check in exec form, if no step has brought the client it runs. */
function missingClient(model: Model): { instruction: Instruction; name: string } | undefined {
  const stage = model.finalStage;
  const instruction = stage && finalInstruction(stage, 'HEALTHCHECK');
  const [, name] = /^(?:\/(?:usr\/)?bin\/)?(curl|wget)$/.exec(instruction?.json?.[0]?.value ?? '') ?? [];
  if (!instruction || name === undefined || model.environmentAfter(stage).env.has('PATH')) return undefined;
  const isBrought = stage.chain.some(({ instructions }) =>
    instructions.some((one) => mayBringShell(model, one) || names(model, one, name)),
  );
  return isBrought ? undefined : { instruction, name };
}

function names(model: Model, instruction: Instruction, program: string): boolean {
  if (instruction.keyword === 'RUN') return true;
  return wordsOfCopy(model, instruction).some(
    ({ value }) => value.includes(program) || /\/s?bin\/?$/.test(value),
  );
}

/** Whether a step may mount the shell, which is `/bin/sh`, from another image. */
function mountsFiles(instruction: Instruction): boolean {
  return mountsOf(instruction).some((mount) => {
    if (!mountOption(mount, 'from')) return false;
    const target = mountValue(mount, 'target') ?? '';
    return !target.startsWith('/') || target.includes('$') || overlaps(normalizePath(target), '/bin');
  });
}
