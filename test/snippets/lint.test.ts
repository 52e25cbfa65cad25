// Every snippet as it is inserted: well-formed for the editor, read by the parser as it is meant, and in
// order for our own rules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Facts } from '../../server/src/core/lint/facts';
import { noFacts } from '../../server/src/core/lint/facts';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';
import { modelOf } from '../harness/commands';
import { expandSnippet, readSnippets, snippetNamed } from './expand';

const snippets = readSnippets();

interface Meaning {
  /** One line a stage: the image it is built on, and its name. */
  readonly stages: readonly string[];
  readonly user: string;
  /** The directory the program starts in; undefined where the base image decides and is not known to. */
  readonly workdir: string | undefined;
  readonly entrypoint: readonly string[];
  /** Targets of the cache mounts, in their order. */
  readonly caches: readonly string[];
}

const cargo = ['/usr/local/cargo/registry', '/usr/local/cargo/git/db', '/src/target'];
const go = ['/go/pkg/mod', '/go/pkg/mod', '/root/.cache/go-build'];

const files: Readonly<Record<string, Meaning>> = {
  'distroless-go': {
    stages: ['golang:1.27 AS build', 'gcr.io/distroless/static-debian13:nonroot'],
    user: '65532:65532',
    workdir: '/home/nonroot',
    entrypoint: ['/app'],
    caches: go,
  },
  'distroless-go-cross': {
    stages: ['--platform=$BUILDPLATFORM golang:1.27 AS build', 'gcr.io/distroless/static-debian13:nonroot'],
    user: '65532:65532',
    workdir: '/home/nonroot',
    entrypoint: ['/app'],
    caches: go,
  },
  'distroless-rust': {
    stages: ['rust:1.99-slim-trixie AS build', 'gcr.io/distroless/cc-debian13:nonroot'],
    user: '65532:65532',
    workdir: '/home/nonroot',
    entrypoint: ['/app'],
    caches: cargo,
  },
  'scratch-rust': {
    stages: ['rust:1.99-alpine AS build', 'scratch'],
    user: '65532:65532',
    workdir: '/',
    entrypoint: ['/app'],
    caches: cargo,
  },
  'distroless-python': {
    stages: ['python:3.13-slim-trixie AS build', 'gcr.io/distroless/python3-debian13:nonroot'],
    user: '65532:65532',
    workdir: '/app',
    entrypoint: ['/usr/bin/python3', '-m', 'app'],
    caches: ['/root/.cache/pip'],
  },
  'python-uv': {
    stages: ['python:3.13-slim-trixie AS build', 'python:3.13-slim-trixie'],
    user: '10001',
    workdir: '/app',
    entrypoint: ['python', '-m', 'app'],
    caches: ['/root/.cache/uv'],
  },
  'distroless-node': {
    stages: ['node:24-trixie-slim AS build', 'gcr.io/distroless/nodejs24-debian13:nonroot'],
    user: '65532:65532',
    workdir: '/app',
    entrypoint: ['/nodejs/bin/node', 'src/index.js'],
    caches: ['/root/.npm'],
  },
};

/** Parts of a file, each with a file around it that it can stand in. */
const parts: Readonly<Record<string, (part: string) => string>> = {
  'apt-install': (part) => `FROM debian:13-slim\n${part}\nUSER 10001\nCMD ["/app"]\n`,
  'apt-cache-mount': (part) => `FROM debian:13-slim\n${part}\nUSER 10001\nCMD ["/app"]\n`,
  'apk-add': (part) => `FROM alpine:3.24\n${part}\nUSER 10001\nCMD ["/app"]\n`,
  'user-debian': (part) => `FROM debian:13-slim\n${part}\nCMD ["/app"]\n`,
  'user-alpine': (part) => `FROM alpine:3.24\n${part}\nCMD ["/app"]\n`,
  'secret-mount': (part) => `FROM debian:13-slim\n${part}\nUSER 10001\nCMD ["/app"]\n`,
  'healthcheck-wget': (part) => `FROM alpine:3.24\nUSER 10001\n${part}\nCMD ["/app"]\n`,
  'healthcheck-curl': (part) => `FROM acme/tools:1.0\nUSER 10001\n${part}\nCMD ["/app"]\n`,
  'oci-labels': (part) => `FROM alpine:3.24\nUSER 10001\n${part}\nCMD ["/app"]\n`,
};

const syntax = '# syntax=docker/dockerfile:1\n';

/** Nothing is found in the default configuration, hints included: not with CRLF nor without the last line end. */
/** @param without a rule that cannot be pleased here */
function assertClean(text: string, facts: Facts = noFacts, without = ''): void {
  for (const variant of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
    const { findings, failures } = lint(variant, defaultConfig, facts);
    assert.deepEqual(failures, []);
    const heard = findings.filter(({ rule }) => rule.id !== without);
    const said = heard.map(({ severity, rule, at, message }) => {
      return `${severity} ${rule.id} at “${variant.slice(at.start, at.end)}”: ${message}`;
    });
    assert.deepEqual(said, [], variant);
  }
}

test('every snippet is tested, and every test has its snippet', () => {
  const first = snippets.map(({ name }) => name);
  assert.deepEqual(first.sort(), [...Object.keys(files), ...Object.keys(parts)].sort());
});

suite('for the editor', () => {
  test('names can be typed, VS Code itself proposes none, and whole files are templates', () => {
    for (const { name, isFile } of snippets) {
      assert.match(name, /^[a-z]+(-[a-z]+)+$/);
      assert.equal(isFile, name in files, name);
    }
    // It would propose those with a prefix at every word of a file.
    assert.doesNotMatch(readFileSync('snippets/dockerfile.json', 'utf8'), /"prefix"/);
  });

  for (const { name, body, description, isFile } of snippets) {
    test(`${name} is well-formed`, () => {
      const { stops, variables, choices, text } = expandSnippet(body);
      // A variable of the Dockerfile or of the shell whose dollar is not escaped would vanish.
      assert.deepEqual(variables, []);
      // Numbered without a gap: the order is the one to fill them in.
      assert.deepEqual(stops, [...Array(stops.length - 1).keys()].map((index) => index + 1).concat(0));
      for (const [number, options] of choices)
        assert.ok(options.length > 1 && new Set(options).size === options.length, `choice ${number}`);
      assert.match(description, /^.{20,110}[^.]$/);
      assert.equal(text.endsWith('\n'), isFile);
      for (const line of text.split('\n')) assert.ok(line.length <= 115, line);
    });
  }
});

suite('whole files', () => {
  for (const [prefix, meaning] of Object.entries(files)) {
    test(`${prefix} is in order for the rules and means what it should`, () => {
      const { text } = expandSnippet(snippetNamed(prefix).body);
      assertClean(text);
      assert.deepEqual(describe(text), meaning);
      assert.ok(text.startsWith(syntax));
    });
  }

  test('whatever choice is taken', () => {
    for (const prefix of Object.keys(files)) {
      const { body } = snippetNamed(prefix);
      for (const [number, options] of expandSnippet(body).choices) {
        for (const option of options) assertClean(expandSnippet(body, new Map([[number, option]])).text);
      }
    }
  });

  test('among the files of a project, with a .dockerignore', () => {
    for (const prefix of Object.keys(files)) {
      const context = {
        entries: ['.git/', '.env', 'node_modules/', 'target/', '.dockerignore', 'Dockerfile', 'src/'],
        ignoreFile: { path: '.dockerignore', text: '.git\n.env*\nnode_modules\ntarget\n' },
        dockerfile: 'Dockerfile',
      };
      assertClean(expandSnippet(snippetNamed(prefix).body).text, { context });
    }
  });
});

suite('parts of files', () => {
  for (const [prefix, around] of Object.entries(parts)) {
    test(`${prefix} is in order for the rules, alone and in a file`, () => {
      const { text } = expandSnippet(snippetNamed(prefix).body);
      assertClean(text, noFacts, 'dockerfile-without-stage');
      assertClean(syntax + around(text));
      assert.deepEqual(modelOf(syntax + around(text)).file.problems, []);
    });
  }
});

/** What our parser makes of a whole file. */
function describe(text: string): Meaning {
  const model = modelOf(text);
  assert.deepEqual(model.file.problems, []);
  const { finalStage } = model;
  assert.ok(finalStage);
  const { user, workdir } = model.environmentAfter(finalStage);
  const entrypoint = finalStage.instructions.filter(({ keyword }) => keyword === 'ENTRYPOINT');
  assert.equal(entrypoint.length, 1);
  return {
    stages: model.stages.map(({ from }) =>
      from ? text.slice(from.keywordSpan.end, from.span.end).trim() : '',
    ),
    user: user?.text ?? '',
    workdir,
    entrypoint: entrypoint[0]?.json?.map(({ value }) => value) ?? [],
    caches: model.instructions
      .flatMap(({ flags }) => flags)
      .filter(({ name }) => name === 'mount')
      .map(({ span }) => text.slice(span.start, span.end))
      .filter((mount) => mount.includes('type=cache'))
      .map((mount) => /target=([^,]*)/.exec(mount)?.[1] ?? ''),
  };
}
