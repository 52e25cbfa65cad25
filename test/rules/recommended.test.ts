// What the recommended profile leaves to the strict one, where that depends on the case: true, but of little use to most.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';

/** By rule: a text that only `strict` reports, and one that both profiles report. */
const cases: Readonly<Record<string, readonly [quiet: string, loud: string]>> = {
  'add-remote-unverified': ['ADD https://example.com/latest.tgz /', 'ADD https://example.com/app-1.2.tgz /'],
  'apt-lists-cleanup': [
    'RUN apt-get update\nRUN apt-get install -y jq',
    'RUN apt-get update && apt-get install -y jq',
  ],
  'apt-no-install-recommends': [
    'RUN apt-get update && apt-get install -y git\nCMD ["bash"]',
    'RUN apt-get update && apt-get install -y git\nCMD ["server"]',
  ],
  'cleanup-in-later-layer': [
    'RUN apt-get update && apt-get install -y jq\nRUN rm -rf /var/lib/apt/lists/*',
    'RUN wget https://example.com/app.zip\nRUN rm app.zip',
  ],
  'cmd-exec-form': ['FROM alpine:3.20\nCMD server --all', 'CMD server --all'],
  'copied-then-owned': [
    'COPY start.sh /srv/app/\nRUN chown -R www-data /srv/app',
    'COPY dist /srv/app/\nRUN chown -R www-data /srv/app',
  ],
  'copy-relative-without-workdir': ['FROM acme/base:1\nCOPY app app', 'COPY . .'],
  'docker-in-image': ['RUN apt-get install -y docker.io', 'FROM docker:27-dind\nRUN true'],
  'expose-ssh-port': ['EXPOSE 22\nCMD ["/usr/sbin/sshd", "-D"]', 'EXPOSE 22\nCMD ["server"]'],
  'final-stage-build-tools': [
    'RUN apt-get install -y libpq-dev && pip install a\nCMD ["server"]\nEXPOSE 80',
    'RUN apt-get install -y gcc && pip install a\nCMD ["server"]\nEXPOSE 80',
  ],
  'from-platform-constant': [
    'FROM --platform=linux/arm64 alpine:3.20 AS a\nFROM --platform=linux/arm64 alpine:3.20',
    'FROM --platform=linux/arm64 alpine:3.20',
  ],
  'key-value-legacy-format': ['ENV MODE production', 'ENV MODE production LEVEL=info'],
  'lockfile-install': [
    'COPY Cargo.toml Cargo.lock ./\nRUN cargo build',
    'COPY package.json package-lock.json ./\nRUN npm install',
  ],
  'multiple-services': ['CMD ["supervisord", "-n"]', 'CMD worker & server'],
  'npm-pin-versions': [
    'FROM node:22 AS lint\nRUN npm install -g eslint\nFROM node:22',
    'FROM node:22\nRUN npm install -g eslint',
  ],
  'run-sudo': ['USER app\nRUN sudo make install', 'RUN sudo make install'],
  'stage-unused': ['FROM alpine:3.20 AS extra\nFROM alpine:3.20', 'FROM alpine:3.20\nFROM alpine:3.21'],
  'syntax-directive-missing': [
    'RUN --mount=type=cache,target=/root/.cache make',
    'COPY --parents src/a.c /src/',
  ],
  'user-missing': ['ENTRYPOINT ["./scripts/entry"]', 'COPY . /\nENTRYPOINT ["./scripts/entry"]'],
};

for (const [rule, texts] of Object.entries(cases)) {
  test(`the recommended profile reports ${rule} only where it is of use`, () => {
    const found = texts.map((text) =>
      (['recommended', 'strict'] as const).map((profile) =>
        lint(whole(text), { ...defaultConfig, profile }).findings.some((finding) => finding.rule.id === rule),
      ),
    );
    assert.deepEqual(found, [
      [false, true],
      [true, true],
    ]);
  });
}

function whole(text: string): string {
  return `${text.startsWith('FROM') && !text.includes('--from=late') ? '' : 'FROM debian:12\n'}${text}\n`;
}
