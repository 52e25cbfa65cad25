import { checksAfter } from './add-remote-unverified.parts';
import { defineRule } from '../core/lint/rule';
import type { CopySource } from '../core/model/model';

/**
 * What a URL gives can change from one day to the next, by an update or by an attacker. With `--checksum` the build
 * stops as soon as the file is another one. A git source is pinned by a commit: branches and tags move.
 *
 * An address without a version gives something new each time, and no checksum fits for long. The recommended profile
 * leaves it out.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ADD «https://example.com/tool-1.2.tar.gz» /opt/
 * ADD --chmod=755 «https://example.com/a/$VERSION» «http://example.com/1.2/b» /usr/local/bin/
 * ADD «https://github.com/acme/tool.git#v1.2» «git@github.com:acme/lib.git» /src/
 * ```
 * > Nothing checks the file from https://example.com/tool-1.2.tar.gz, so a changed one goes into the image unnoticed
 * > Nothing checks the file from https://example.com/a/$VERSION, so a changed one goes into the image unnoticed
 * > Nothing checks the file from http://example.com/1.2/b, so a changed one goes into the image unnoticed
 * > Without a commit, https://github.com/acme/tool.git#v1.2 can give other sources in the next build
 * > Without a commit, git@github.com:acme/lib.git can give other sources in the next build
 * An address without a version is meant to give something else from time to time, and a checksum would stop every build
 * after that:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * ADD «https://bootstrap.pypa.io/get-pip.py» «https://example.com/2/tool-latest.tgz» /tmp/
 * ```
 * > Nothing checks the file from https://bootstrap.pypa.io/get-pip.py, so a changed one goes into the image unnoticed
 * > Nothing checks the file from https://example.com/2/tool-latest.tgz, so a changed one goes into the image unnoticed
 * The rule accepts a checksum, a commit, a check in a later `RUN`, and files that check others:
 * ```dockerfile good
 * FROM debian:12
 * COPY app.conf /etc/
 * ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /opt/
 * ADD https://github.com/acme/tool.git#0123456789abcdef0123456789abcdef01234567 /src
 * ADD https://github.com/acme/tool.git?commit=0123456789abcdef0123456789abcdef01234567 /src
 * ADD https://example.com/tool.tar.gz https://example.com/tool.tar.gz.asc /tmp/
 * RUN gpg --verify /tmp/tool.tar.gz.asc && echo "$SUM tool.tar.gz" | sha256sum -c
 * ADD https://github.com/acme/tool.git#$COMMIT /src
 * COPY --from=alpine:3.22 /etc/os-release /
 * ADD https://raw.githubusercontent.com/acme/tool/0123456789abcdef0123456789abcdef01234567/setup.sh /src
 * # changes whenever the branch does
 * ADD https://api.github.com/repos/acme/tool/git/refs/heads/main version.json
 * ```
 * A variable may hold the address. Whoever gives it may know what it is, so the recommended profile only hints at it:
 * ```dockerfile bad
 * FROM debian:12
 * ARG URL=https://example.com/app-1.2
 * ADD «$URL/app.bin» /opt/
 * ```
 * > Nothing checks the file from $URL/app.bin, so a changed one goes into the image unnoticed
 */
export default defineRule({
  id: 'add-remote-unverified',
  summary: 'ADD fetches something that nothing checks',
  category: 'security',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['semgrep:prefer-copy-over-add', 'kics:curl_or_wget_instead_of_add'],
  mentions: ['add'],

  *check({ model }) {
    for (const { instruction, sources } of model.copies) {
      if (instruction.keyword !== 'ADD') continue;
      const remote = sources.filter(isOpen);
      if (remote.length === 0 || instruction.flags.some(({ name }) => name === 'checksum')) continue;
      if (remote.every(({ kind }) => kind === 'url') && checksAfter(model, instruction)) continue;
      for (const { kind, value, span } of remote)
        yield {
          at: span,
          message:
            kind === 'git'
              ? `Without a commit, ${value} can give other sources in the next build`
              : `Nothing checks the file from ${value}, so a changed one goes into the image unnoticed`,
          severity: kind === 'url' && isRolling(value) ? 'hint' : undefined,
          // Whoever gives the whole address in a variable may know what it holds.
          quiet: kind === 'url' && isRolling(value) ? true : value.startsWith('$') ? 'hint' : false,
        };
    }
  },
});

/** A git source at a commit stays the same. Signatures check other files, and an API's answer is meant to change. */
function isOpen({ kind, value }: CopySource): boolean {
  if (kind === 'git')
    return !/[#?].*\$|#[0-9a-f]{40}(?:[0-9a-f]{24})?(?::|$)|[?&](?:commit|checksum)=/i.test(value);
  return (
    kind === 'url' &&
    !/^https:\/\/(?:raw\.githubusercontent|github)\.com\/.*\/[0-9a-f]{40}(?:[/.]|$)/.test(value) &&
    !/\.(?:asc|sig|minisig|sha\d+(?:sums?)?|md5)$|SHA\d+SUMS|^https?:\/\/(?:api\.github\.com|worldtimeapi\.org|www\.random\.org)\//i.test(
      value,
    )
  );
}

/** Whether an address names no version, or one that moves. */
function isRolling(address: string): boolean {
  const path = address.replace(/^\w+:\/\/[^/]*/, '');
  return (
    !/[\d$]/.test(path) ||
    /(?<![a-z])(?:latest|current|stable|nightly|master|main|trunk|develop|head)(?![a-z])/i.test(path)
  );
}
