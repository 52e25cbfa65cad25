import { keywordLike } from '../core/analysis/text/keyword-case';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';

/**
 * `COPY` takes files of the build context or of a stage. Only `ADD` fetches a URL or a Git repository.
 *
 * ```dockerfile bad uncovers="add-remote-unverified"
 * FROM debian:12
 * COPY «https://example.com/app.conf» /etc/
 * COPY --chown=1:1 a.conf «https://github.com/acme/app.git#v1» /src/
 * COPY --from=busybox «git@github.com:acme/app.git» /src/
 * ```
 * > COPY does not fetch https://example.com/app.conf, so the build stops here
 * > COPY does not fetch https://github.com/acme/app.git#v1, so the build stops here
 * > COPY does not fetch git@github.com:acme/app.git, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ADD https://example.com/app.conf /etc/
 * ADD --chown=1:1 a.conf https://github.com/acme/app.git#v1 /src/
 * COPY --from=busybox git@github.com:acme/app.git /src/
 * ```
 * ```dockerfile good
 * FROM debian:12
 * COPY github.com/acme/app ftp://example.com/a /src/
 * ADD --checksum=sha256:e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2e8a1a5c2 https://example.com/app.conf /etc/
 * ```
 *
 * @skip onbuild another build stops
 */
export default defineRule({
  id: 'copy-remote-source',
  summary: 'COPY cannot fetch a URL or a Git repository',
  category: 'build',
  severity: 'error',
  refused: true,
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['copied-file-missing'],

  *check({ model }) {
    for (const { instruction, sources } of model.copies) {
      if (instruction.keyword !== 'COPY') continue;
      const source = sources.find(
        ({ kind, value }) => kind === 'git' || (kind === 'url' && /^https?:/.test(value)),
      );
      if (!source) continue;
      const { keywordSpan, flags } = instruction;
      yield {
        at: source.span,
        message: `COPY does not fetch ${source.value}, so ${stopsHere(instruction)}`,
        fix: flags.some(({ name }) => name === 'from' || name === 'parents')
          ? undefined
          : { title: 'Change COPY to ADD', edits: [replace(keywordSpan, keywordLike(model.file, 'ADD'))] },
      };
    }
  },
});
