// Real builds with and without the fix of a rule: how the images differ, file by file. What comes out stands in
// test/rules-measured.json and on the rule's page; `npm test -- build/effects --update-measured` writes it anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fixAll } from '../../server/src/core/lint/fix';
import { rules } from '../../server/src/linter';
import { startBuildah } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { contextFrom } from '../harness/examples';
import { needsControl, sentence } from '../harness/image-difference';
import type { Built } from '../harness/image-difference';
import { readImageTree } from '../harness/image-tree';
import { runOf } from '../harness/rule-check';
import { ask } from '../harness/runs';
import { mountedPrograms, serveToys, writeToyBase } from '../harness/toys';
import { makeFolder } from '../harness/workspace';

interface Case {
  readonly rule: string;
  /** Below `FROM debian:12`, unless it has a FROM of its own. */
  readonly text: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Programs that the steps call; the case is left out where one is missing. */
  readonly needs?: readonly string[];
  /** What a build says that has to stop. */
  readonly stops?: RegExp;
}

const aptInstall = 'RUN apt-get update && apt-get install -y toy';
const module = { 'package.json': '{ "name": "app", "dependencies": { "toy": "^1.0.0" } }' };
const locked = {
  ...module,
  'package-lock.json': `{ "name": "app", "lockfileVersion": 3, "packages": {
    "": { "dependencies": { "toy": "^1.0.0" } }, "node_modules/toy": { "version": "1.0.0" } } }`,
};
const archive = spawnSync('tar', ['-cz', '--owner=1000', '--group=1000', 'tsconfig.json']).stdout;
const config = { 'app.conf': 'a = 1\n', 'other.conf': 'b = 2\n' };

const cases: readonly Case[] = [
  { rule: 'add-instead-of-copy', text: 'ADD app.conf /etc/app.conf', files: config },
  {
    rule: 'apt-get-yes',
    text: 'RUN apt-get update && apt-get install toy',
    needs: ['apt-get'],
    stops: /Abort/,
  },
  { rule: 'apt-lists-cleanup', text: aptInstall, needs: ['apt-get'] },
  { rule: 'apt-use-apt-get', text: 'RUN apt update && apt install -y toy', needs: ['apt'] },
  {
    rule: 'dnf-yes',
    text: 'FROM fedora:42\nRUN dnf install toy',
    needs: ['dnf', 'rpm'],
    stops: /Operation aborted/,
  },
  { rule: 'dnf-cleanup', text: 'FROM fedora:42\nRUN dnf install -y toy', needs: ['dnf', 'rpm'] },
  {
    rule: 'yum-yes',
    text: 'FROM fedora:42\nRUN yum install toy',
    needs: ['dnf', 'rpm'],
    stops: /Operation aborted/,
  },
  { rule: 'yum-cleanup', text: 'FROM fedora:42\nRUN yum install -y toy', needs: ['dnf', 'rpm'] },
  {
    rule: 'zypper-yes',
    text: 'FROM opensuse/leap:15.6\nRUN zypper install toy',
    needs: ['zypper', 'rpm'],
    stops: /Cannot read input/,
  },
  {
    rule: 'zypper-cleanup',
    text: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install toy',
    needs: ['zypper', 'rpm'],
  },
  {
    rule: 'pip-no-cache-dir',
    text: 'RUN python3 -m pip install --target /app toy',
    needs: ['python3', 'pip3'],
  },
  {
    rule: 'npm-cache-clean',
    text: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install',
    files: module,
    needs: ['npm'],
  },
  { rule: 'wget-progress', text: 'RUN wget http://toys.example/toy.bin', needs: ['wget'] },
  { rule: 'json-array-malformed', text: "FROM node:22\nCMD ['node', 'server.js']" },
  { rule: 'exec-form-sentence', text: 'CMD ["/opt/app --serve"]' },
  { rule: 'maintainer-deprecated', text: 'MAINTAINER Ann <ann@example.com>' },
  // Suggested fixes: what a person would like to see before choosing them.
  { rule: 'apt-no-install-recommends', text: aptInstall, needs: ['apt-get'] },
  {
    rule: 'apt-install-without-update',
    text: 'RUN apt-get install -y toy',
    needs: ['apt-get'],
    stops: /Unable to locate package toy/,
  },
  {
    rule: 'lockfile-install',
    text: 'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm install',
    files: locked,
    needs: ['npm'],
  },
  {
    rule: 'package-update-alone',
    text: 'RUN apt-get update\nRUN apt-get install -y toy',
    needs: ['apt-get'],
  },
  {
    rule: 'cleanup-in-later-layer',
    text: 'RUN wget -qO /tmp/toy.bin http://toys.example/toy.bin && cp /tmp/toy.bin /opt/\nRUN rm /tmp/toy.bin',
    needs: ['wget'],
  },
  {
    rule: 'cleanup-in-later-layer',
    text: `${aptInstall}\nRUN rm -rf /var/lib/apt/lists/*`,
    needs: ['apt-get'],
  },
  {
    rule: 'copy-archive-then-extract',
    text: 'COPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz',
    files: { 'app.tar.gz': archive },
    needs: ['tar', 'gzip'],
  },
  {
    rule: 'copy-after-user-without-chown',
    text: 'RUN useradd --uid 1000 app && mkdir -p /srv/data\nUSER app\nCOPY app.conf /srv/data/\nVOLUME ["/srv/data"]',
    files: config,
    needs: ['useradd'],
  },
  { rule: 'user-missing', text: 'COPY app.conf /srv/\nCMD ["/srv/app"]', files: config, needs: ['useradd'] },
  { rule: 'user-not-numeric', text: 'RUN useradd --uid 1000 app\nUSER app', needs: ['useradd'] },
  {
    rule: 'user-root',
    text: 'RUN useradd --uid 1000 app\nUSER app\nCMD ["/opt/app"]\nUSER root',
    needs: ['useradd'],
  },
  // The status that useradd gives for a taken ID; what it says is lost now and then.
  { rule: 'user-id-taken', text: 'RUN useradd --uid 0 app', needs: ['useradd'], stops: /exit status 4/ },
  {
    rule: 'run-cd',
    text: 'RUN mkdir /app\nRUN cd /app && touch a\nRUN cd /app && touch b\nRUN cd /app && touch c',
  },
  { rule: 'run-consolidate', text: 'RUN mkdir /a\nRUN mkdir /b\nRUN touch /a/x' },
  { rule: 'run-sudo', text: 'RUN sudo touch /opt/x', stops: /sudo: not found/ },
  { rule: 'output-folder-missing', text: 'RUN echo 1 > /out/version', stops: /Directory nonexistent/ },
  {
    rule: 'pipefail',
    text: 'RUN wget -qO- http://toys.example/list | sort > /list',
    needs: ['wget', 'bash'],
    stops: /exit status 8/,
  },
  { rule: 'cmd-exec-form', text: 'CMD /opt/app --serve' },
  { rule: 'env-self-reference', text: 'ENV TOY=/opt/toy TOY_BIN=$TOY/bin' },
  {
    rule: 'apt-unauthenticated',
    text: 'RUN apt-get update && apt-get install -y --allow-unauthenticated toy',
    needs: ['apt-get'],
  },
  {
    rule: 'package-upgrade-all',
    text: 'RUN apt-get update && apt-get upgrade -y && apt-get install -y toy',
    needs: ['apt-get'],
  },
  {
    rule: 'distribution-upgrade',
    text: 'RUN apt-get update && apt-get dist-upgrade -y && apt-get install -y toy',
    needs: ['apt-get'],
  },
  {
    rule: 'bash-syntax-in-sh',
    text: 'RUN echo \'A=1\' > /srv.env && source /srv.env && touch "/srv$A"',
    stops: /source: not found/,
  },
  { rule: 'cd-unchecked', text: 'RUN cd /srv/app; touch started', stops: /can't cd to/ },
  { rule: 'command-taken-as-argument', text: 'RUN mkdir -p /srv/data \\\n    touch /srv/data/empty' },
  { rule: 'continuation-swallows-instruction', text: 'RUN touch /started \\\nENV TOY=1' },
  { rule: 'undefined-variable', text: 'ARG VERSION=1.2\nENV TOY_VERSION=$VERSOIN' },
  {
    rule: 'copy-source-missing',
    text: 'COPY app.cnf /srv/',
    files: config,
    stops: /no such file or directory|no items matching/,
  },
  {
    rule: 'copy-from-unknown-stage',
    text: 'FROM debian:12 AS build\nRUN touch /app\nFROM debian:12\nCOPY --from=biuld /app /app',
    stops: /biuld/,
  },
  {
    rule: 'copy-source-before-dependencies',
    text: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci',
    files: { ...locked, 'index.js': '\n', '.dockerignore': 'Dockerfile\n' },
    needs: ['npm'],
  },
  {
    rule: 'language-cache-mount',
    text: 'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci',
    files: locked,
    options: { packageCache: 'mount' },
    needs: ['npm'],
  },
  {
    rule: 'npm-tls-off',
    text: 'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm config set strict-ssl false && npm ci',
    files: locked,
    needs: ['npm'],
  },
  {
    rule: 'pip-trusted-host',
    text: 'RUN python3 -m pip install --no-cache-dir --trusted-host toys.example --target /app toy',
    needs: ['python3', 'pip3'],
  },
  { rule: 'docker-socket-volume', text: 'VOLUME ["/var/run/docker.sock"]' },
  { rule: 'environment-tls-off', text: 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0' },
  { rule: 'default-password-shipped', text: 'ENV POSTGRES_PASSWORD=postgres' },
  { rule: 'expose-port-invalid', text: 'EXPOSE 80,443', stops: /invalid|containerPort/ },
  { rule: 'expose-protocol-invalid', text: 'EXPOSE 80/tpc', stops: /invalid|proto/ },
  {
    rule: 'flag-unknown',
    text: 'COPY --chwon=1000:1000 app.conf /srv/',
    files: config,
    stops: /[Uu]nknown flag|only supports/,
  },
  { rule: 'flag-duplicate', text: 'COPY --chown=1000:1000 --chown=2000:2000 app.conf /srv/', files: config },
  { rule: 'from-platform-constant', text: 'FROM --platform=linux/amd64 debian:12\nRUN touch /started' },
  { rule: 'from-as-keyword', text: 'FROM debian:12 build\nRUN touch /started', stops: /FROM/ },
  { rule: 'healthcheck-curl-without-fail', text: 'EXPOSE 80\nHEALTHCHECK CMD curl http://localhost/' },
  { rule: 'healthcheck-exec-form', text: 'HEALTHCHECK CMD /opt/app --check' },
  {
    rule: 'healthcheck-duration-invalid',
    text: 'HEALTHCHECK --interval=30 CMD ["/opt/app"]',
    stops: /missing unit/,
  },
  { rule: 'instruction-unknown', text: 'RNU touch /started', stops: /[Uu]nknown instruction/ },
  { rule: 'key-value-missing-equals', text: 'ENV TOY=1 SIZE', stops: /must have two arguments|=/ },
  { rule: 'run-useless-command', text: 'RUN ps && touch /started' },
  { rule: 'stopsignal-invalid', text: 'STOPSIGNAL SIGTREM', stops: /SIGTREM/ },
  { rule: 'user-name-unresolvable', text: 'USER nonroot\nRUN touch /tmp/started', stops: /nonroot/ },
  { rule: 'workdir-relative', text: 'WORKDIR app', options: { profile: 'strict' } },
  { rule: 'label-key-invalid', text: 'LABEL Vendor=Acme', options: { profile: 'strict' } },
  { rule: 'variable-modifier-unsupported', text: 'ARG NAME=app\nENV APP=${NAME:=toy}', stops: /modifier/ },
  {
    rule: 'healthcheck-form-invalid',
    text: 'HEALTHCHECK --interval=5s curl -f http://localhost/',
    stops: /[Uu]nknown type|HEALTHCHECK/,
  },
  {
    rule: 'instruction-argument-extra',
    text: 'STOPSIGNAL SIGTERM SIGKILL',
    stops: /Invalid signal/,
  },
  {
    rule: 'group-name-unresolvable',
    text: 'RUN useradd --uid 1000 dev\nCOPY --chown=dev:web app.conf /srv/',
    files: config,
    needs: ['useradd'],
    stops: /web/,
  },
  {
    rule: 'default-target-is-debug',
    text: 'FROM debian:12 AS production\nCMD ["/opt/app"]\nFROM production AS debug\nCMD ["sh"]',
  },
  { rule: 'oci-labels-missing', text: 'CMD ["/opt/app"]' },
  { rule: 'shell-not-json', text: 'SHELL /bin/sh -e -c\nRUN touch /started', stops: /SHELL/ },
  {
    rule: 'cache-mount-ineffective',
    text: 'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.cache npm ci',
    files: locked,
    needs: ['npm'],
  },
  { rule: 'quote-unterminated', text: 'ENV TOY="a', stops: /unexpected end|quote|EOF/ },
];

/** Rules whose safe fixes change a step and are not built, with the reason. */
const unbuilt: Readonly<Record<string, string>> = {
  'apk-no-cache': 'apk is not to be had outside of Alpine',
  'useradd-no-log-init': 'useradd has left the logs alone since shadow 4.13, and an older one is not at hand',
  'yarn-cache-clean': 'Debian has yarn with a hundred packages of its own',
};

const images = ['debian:12', 'fedora:42', 'opensuse/leap:15.6', 'node:22'];
const measuredPath = 'test/rules-measured.json';

interface Measured {
  readonly of: string;
  readonly effect: string;
}

function readMeasured(): ReadonlyMap<string, string> {
  const all = JSON.parse(readFileSync(measuredPath, 'utf8')) as Record<string, readonly Measured[]>;
  return new Map(
    Object.entries(all).flatMap(([id, some]) => some.map(({ of, effect }) => [`${id}: ${of}`, effect])),
  );
}

/** @param effects by `RULE: TEXT` */
function writeMeasured(effects: ReadonlyMap<string, string>): void {
  const all: Record<string, Measured[]> = {};
  for (const { rule, text } of [...cases].sort((one, other) => (one.rule < other.rule ? -1 : 1))) {
    const effect = effects.get(`${rule}: ${text}`);
    if (effect !== undefined) (all[rule] ??= []).push({ of: text, effect });
  }
  writeFileSync(measuredPath, JSON.stringify(all, null, 2) + '\n');
}

/** Programs have to be below the folder that builds see. */
function isMounted(program: string): boolean {
  return ['bin', 'sbin', 'local/bin'].some((folder) => existsSync(`/usr/${folder}/${program}`));
}

interface Said {
  readonly ok: boolean;
  readonly output: string;
}

class Builder {
  readonly #engine: TestEngine;
  readonly #proxy: string;

  constructor(engine: TestEngine, proxy: string) {
    this.#engine = engine;
    this.#proxy = proxy;
  }

  /** Not one that waits: the server of the toys is in this process. */
  async #buildah(...args: readonly string[]): Promise<Said> {
    const env = { ...this.#engine.env, http_proxy: this.#proxy };
    const { exit, stdout, stderr } = await ask({ program: 'buildah', args, env }, '/', 120_000);
    return { ok: exit === 0, output: `${stdout}${stderr}` };
  }

  async makeBase(t: TestContext): Promise<void> {
    const folder = makeFolder(t);
    writeToyBase(folder);
    const tags = images.flatMap((name) => [
      '--tag',
      `docker.io/${name.includes('/') ? '' : 'library/'}${name}`,
    ]);
    const { ok, output } = await this.#buildah('bud', '--format=docker', ...tags, folder);
    assert.ok(ok, output);
  }

  /** @param stops what a build has to say that stops @throws when one stops for another reason */
  async build(folder: string, text: string, stops: RegExp | undefined): Promise<Built> {
    writeFileSync(join(folder, 'Dockerfile'), text);
    const tag = 'drydock-test:effect';
    const how = ['--pull-never', '--no-cache', '--layers', '--format=docker', '--tag', tag];
    // buildah loses the last words of a program that fails now and then, so silence is asked once more. A build that
    // stops for another reason says nothing else the next time.
    for (let left = 3; ; left -= 1) {
      const { ok, output } = await this.#buildah('bud', ...how, ...mountedPrograms, folder);
      if (ok) break;
      if (stops?.test(output)) return 'stopped';
      if (stops === undefined || left === 0)
        assert.match(output, stops ?? /nothing, because it has to succeed/);
    }
    const into = join(folder, 'image');
    const pushed = await this.#buildah('push', '--quiet', tag, `dir:${into}`);
    assert.ok(pushed.ok, pushed.output);
    const tree = readImageTree(into);
    rmSync(into, { recursive: true });
    return tree;
  }
}

test('every safe fix that changes a step is built', () => {
  const built = new Set(cases.map(({ rule }) => rule));
  const declared = rules.filter(({ effect }) => effect === 'declared').map(({ id }) => id);
  assert.deepEqual(
    declared.filter((id) => !built.has(id)),
    Object.keys(unbuilt),
  );
  if (process.env['DRYDOCK_UPDATE_MEASURED']) return;
  assert.deepEqual(
    [...readMeasured().keys()].sort(),
    cases.map(({ rule, text }) => `${rule}: ${text}`).sort(),
    measuredPath,
  );
});

test('effects of fixes', async (t) => {
  const engine = startBuildah(t);
  if (!engine) return;
  const builder = new Builder(engine, await serveToys(t));
  await builder.makeBase(t);
  const known = readMeasured();
  const measured = new Map<string, string>();
  for (const { rule: id, text, files = {}, options = {}, needs = [], stops } of cases) {
    await t.test(`${id}: ${text.replaceAll('\n', '; ')}`, async (inner) => {
      const missing = needs.filter((program) => !isMounted(program));
      if (missing.length > 0) return inner.skip(`optional: ${missing.join(' and ')} cannot be mounted`);
      const rule = rules.find((one) => one.id === id);
      assert.ok(rule, 'there is such a rule');
      const before = `${text.startsWith('FROM ') ? '' : 'FROM debian:12\n'}${text}\n`;
      const context = contextFrom(new Map([['files', Object.keys(files).join(' ')]]));
      const { text: after } = fixAll(before, runOf(rule, { context, options }), { safety: 'suggested' });
      assert.notEqual(after, before, 'it has a fix');
      const folder = makeFolder(inner, files);
      const first = await builder.build(folder, before, stops);
      const second = await builder.build(folder, after, stops);
      const control = needsControl(first, second) ? await builder.build(folder, before, stops) : first;
      const effect = sentence(first, second, control);
      measured.set(`${id}: ${text}`, effect);
      if (!process.env['DRYDOCK_UPDATE_MEASURED'])
        assert.equal(effect, known.get(`${id}: ${text}`), measuredPath);
    });
  }
  if (process.env['DRYDOCK_UPDATE_MEASURED']) writeMeasured(new Map([...known, ...measured]));
});
