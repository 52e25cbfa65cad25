import { mayBeArchive } from '../core/knowledge/programs/archives';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { defineRule, replace } from '../core/lint/rule';
import type { CopySource } from '../core/model/model';

/**
 * `ADD` also fetches URLs and unpacks archives, which surprises readers as soon as a file looks like one. `COPY` only
 * copies.
 *
 * Where a name without an ending or a pattern may stand for an archive, the recommended profile stays silent.
 *
 * ```dockerfile bad files="src/ app.zip"
 * FROM debian:12
 * «ADD» --chown=app --link ./src app.zip /srv/
 * «add» ["package.json", "*.json", "/srv/"]
 * «ADD» <<EOF /etc/motd
 * Hello
 * EOF
 * ONBUILD «ADD» . /srv
 * ```
 * > ADD also unpacks archives and fetches URLs, but COPY is enough here
 * ```dockerfile fixed
 * FROM debian:12
 * COPY --chown=app --link ./src app.zip /srv/
 * COPY ["package.json", "*.json", "/srv/"]
 * COPY <<EOF /etc/motd
 * Hello
 * EOF
 * ONBUILD COPY . /srv
 * ```
 * `ADD` unpacks a tar archive, also if its name says nothing. So there is no fix for one file that goes to `/`, and for all
 * files of a folder:
 * ```dockerfile bad severity="hint"
 * FROM scratch
 * «ADD» rootfs /
 * «ADD» files/opt/* /opt/
 * «ADD» Gemfile* /srv/
 * ```
 * > ADD also unpacks archives and fetches URLs, but COPY is enough here
 * The rule accepts what only `ADD` can do:
 * ```dockerfile good
 * FROM debian:12
 * ARG FILE=app.tar
 * ADD rootfs.tar.xz release-*.tgz dist/app.tar.* backup.gz /
 * ADD https://example.com/tool git@github.com:acme/tool.git /opt/
 * ADD --unpack=true site /srv/
 * ADD $FILE /srv/
 * ADD dist/release-* /srv/
 * COPY . /srv
 * ```
 * A signature beside an archive is none:
 * ```dockerfile bad
 * FROM debian:12
 * «ADD» app.tar.gz.sig /tmp/
 * ```
 * > ADD also unpacks archives and fetches URLs, but COPY is enough here
 * ```dockerfile fixed
 * FROM debian:12
 * COPY app.tar.gz.sig /tmp/
 * ```
 */
export default defineRule({
  id: 'add-instead-of-copy',
  summary: 'ADD does what COPY does',
  category: 'copy',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3020', 'trivy:DS-0005', 'checkov:CKV_DOCKER_4', 'kics:add_instead_of_copy'],
  mentions: ['add'],

  *check({ model }) {
    for (const { instruction, sources, destination } of model.copies) {
      if (instruction.keyword !== 'ADD' || !sources.every(isPlain)) continue;
      if (instruction.flags.some(({ name }) => forAddAlone.has(name))) continue;
      const [first] = sources;
      const mayUnpack =
        (destination.path === '/' && first?.kind === 'context' && /^\w+$/.test(first.value)) ||
        sources.some(({ value }) => /(?:^|\/)\*$/.test(value) || isManifest(value));
      yield {
        at: instruction.keywordSpan,
        message: 'ADD also unpacks archives and fetches URLs, but COPY is enough here',
        ...(mayUnpack
          ? { severity: 'hint', quiet: true }
          : {
              fix: {
                title: 'Use COPY',
                edits: [replace(instruction.keywordSpan, keywordLike(model.file, 'COPY'))],
              },
            }),
      };
    }
  },

  *hadolint({ model }) {
    for (const { instruction, onbuild, sources } of model.copies)
      if (instruction.keyword === 'ADD' && !onbuild && !sources.every(({ value }) => leftToAdd.test(value)))
        yield { at: instruction.keywordSpan, message: 'COPY is enough here' };
  },
});

/** The sources that ADD may have for hadolint: URLs and archives. */
const leftToAdd = /^https?:\/\/|\.(?:tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz)$/;

/** Flags that COPY does not have. */
const forAddAlone: ReadonlySet<string> = new Set(['checksum', 'keep-git-dir', 'unpack']);

/** Whether a source is certainly a file or folder that ADD copies as it is. */
function isPlain({ kind, value, variable }: CopySource): boolean {
  return (
    kind === 'heredoc' || (kind === 'context' && !variable && (!mayBeArchive(value) || isManifest(value)))
  );
}

/** `Gemfile*`: the pattern would take an archive, but nobody has one of such a name. */
function isManifest(value: string): boolean {
  return /(?:^|\/)(?:Gemfile|Pipfile|Cargo|package|requirements|composer|yarn|poetry|pyproject)[\w.-]*\*$/.test(
    value,
  );
}
