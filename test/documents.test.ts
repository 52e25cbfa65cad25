// The Dockerfiles and fragments of the documents that people learn from, exactly as written: what is bad in them is found,
// the fix of a bad one gives its good one, a good one is left alone, and the mistakes that the documents make themselves
// are found too. The golden beside each shows everything;
// `npm test -- documents --update-goldens` writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Config } from '../server/src/core/lint/config';
import type { Facts } from '../server/src/core/lint/facts';
import { fixAll, lint, rules } from '../server/src/linter';
import { contextFrom } from './harness/examples';
import { checkGolden, everyRule } from './harness/golden';

const folder = 'test/documents';

interface Fragment {
  /** Put above a fragment that has no FROM of its own. */
  readonly above?: string;
  /** Files of the build context, as in the examples of rules; absent: the context is not known. */
  readonly files?: string;
  /** Rules that must report, sorted by id. */
  readonly finds: readonly string[];
  /** Rules that must not report, because the fragment shows how to please them. */
  readonly pleases: readonly string[];
  /** The fragment that the fixes of `finds` must give, but for comments, blanks and line breaks. */
  readonly becomes?: string;
}

const python = 'FROM python:3.12-slim\nWORKDIR /app\n';

const fragments: Readonly<Record<string, Fragment>> = {
  'layer-caching-bad': {
    above: python,
    files: 'requirements.txt app.py',
    finds: ['copy-source-before-dependencies'],
    pleases: [],
    becomes: 'layer-caching-good',
  },
  'layer-caching-good': {
    above: python,
    files: 'requirements.txt app.py',
    finds: ['comment-in-arguments'],
    pleases: ['copy-source-before-dependencies'],
  },
  'layer-size-bad': {
    above: 'FROM debian:12\n',
    finds: [
      'apt-lists-cleanup',
      'apt-no-install-recommends',
      'cleanup-in-later-layer',
      'package-update-alone',
    ],
    pleases: [],
    becomes: 'layer-size-good',
  },
  'layer-size-good': {
    above: 'FROM debian:12\n',
    finds: [],
    pleases: [
      'apt-lists-cleanup',
      'apt-no-install-recommends',
      'cleanup-in-later-layer',
      'package-update-alone',
    ],
  },
  'user-debian': {
    above: 'FROM debian:12\n',
    finds: [],
    pleases: ['user-missing', 'user-name-unresolvable', 'user-root'],
  },
  'user-alpine': {
    above: 'FROM alpine:3.20\n',
    finds: [],
    pleases: ['user-missing', 'user-name-unresolvable', 'user-root'],
  },
  'user-distroless': { finds: [], pleases: ['user-missing', 'user-root', 'no-shell-in-base'] },
  // The two COPY lines read a stage of a file that the document does not show.
  'debug-stage': {
    above: 'FROM golang:1.22 AS build\n',
    finds: ['apt-lists-cleanup', 'apt-no-install-recommends', 'default-target-is-debug', 'user-missing'],
    pleases: [],
  },
  'alpine-dns': { above: 'FROM alpine:3.20\n', finds: [], pleases: ['apk-no-cache'] },
  'alpine-headers': {
    above: 'FROM alpine:3.20\n',
    finds: ['continuation-broken'],
    pleases: ['apk-no-cache'],
  },
  'alpine-timezone': { above: 'FROM alpine:3.20\n', finds: [], pleases: ['apk-no-cache'] },
  'go-distroless': {
    finds: ['syntax-directive-missing'],
    pleases: [
      'copy-source-before-dependencies',
      'final-stage-sdk-image',
      'no-shell-in-base',
      'user-missing',
      'user-root',
    ],
  },
  // It copies everything before the dependencies, but both of its cache mounts keep them, so nothing is fetched again.
  'rust-distroless': {
    files: 'Cargo.toml Cargo.lock src/main.rs',
    finds: ['syntax-directive-missing'],
    pleases: ['copy-source-before-dependencies', 'final-stage-sdk-image', 'user-missing', 'user-root'],
  },
  'python-distroless': {
    finds: [],
    pleases: ['copy-source-before-dependencies', 'user-missing', 'user-root'],
  },
  'week-7-distroless': {
    files: 'go.mod go.sum cmd/app/main.go',
    finds: ['copy-source-before-dependencies'],
    pleases: ['final-stage-sdk-image', 'no-shell-in-base', 'user-missing', 'user-root'],
  },
  'rust-scratch': {
    finds: ['image-reference-invalid'],
    pleases: ['syntax-directive-missing', 'user-missing', 'user-root', 'final-stage-sdk-image'],
  },
  'python-uv': {
    finds: ['image-reference-invalid'],
    pleases: ['healthcheck-missing', 'syntax-directive-missing', 'user-missing', 'user-root'],
  },
  'talk-single-stage': {
    files: 'go.mod cmd/server/main.go',
    finds: ['final-stage-sdk-image', 'image-tag-missing', 'user-missing'],
    pleases: [],
  },
  'talk-distroless': {
    files: 'go.mod cmd/server/main.go',
    finds: ['from-as-casing'],
    pleases: ['image-tag-missing', 'final-stage-sdk-image', 'no-shell-in-base'],
  },
};

function textOf(name: string): string {
  return (fragments[name]?.above ?? '') + readFileSync(`${folder}/${name}.Dockerfile`, 'utf8');
}

function factsOf({ files }: Fragment): Facts {
  return { context: files === undefined ? undefined : contextFrom(new Map([['files', files]])) };
}

/** The text without comments, with every instruction on one line and one blank between its words. */
function bare(text: string): string {
  return text
    .replace(/(?:^|[ \t])#.*$/gm, '')
    .replace(/\\\n/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

for (const [name, fragment] of Object.entries(fragments)) {
  test(`documents: ${name}`, () => {
    const text = textOf(name);
    const found = new Set(lint(text, everyRule, factsOf(fragment)).findings.map(({ rule }) => rule.id));
    assert.deepEqual(
      fragment.finds.filter((id) => !found.has(id)),
      [],
      'not found',
    );
    assert.deepEqual(
      fragment.pleases.filter((id) => found.has(id)),
      [],
      'found although the fragment does it right',
    );
    checkGolden(text, factsOf(fragment), `${folder}/${name}.golden.txt`);
  });

  if (fragment.becomes === undefined) continue;
  const { becomes } = fragment;
  test(`documents: the fix of ${name} gives ${becomes}`, () => {
    const wanted = new Set(fragment.finds);
    const off = rules.filter(({ id }) => !wanted.has(id)).map(({ id }) => [id, 'off'] as const);
    const config: Config = { ...everyRule, rules: new Map(off) };
    const fixed = fixAll(textOf(name), config, factsOf(fragment), { safety: 'suggested' });
    assert.equal(bare(fixed.text), bare(textOf(becomes)));
  });
}

interface Defect {
  readonly says: string;
  readonly fragment: string;
  /** Instead of what stands above the fragment. */
  readonly above?: string;
  /** Instead of the files of the fragment. */
  readonly files?: string;
  readonly rule: string;
  /** Where it has to be found, each once, in the order of the file. */
  readonly at: readonly string[];
}

/** Mistakes of the documents themselves. */
const defects: readonly Defect[] = [
  {
    says: 'nothing makes /out',
    fragment: 'rust-distroless',
    rule: 'output-folder-missing',
    at: ['/out/app'],
  },
  {
    says: 'modules are fetched twice',
    fragment: 'go-distroless',
    rule: 'cache-mount-not-repeated',
    at: ['build'],
  },
  {
    says: 'mounts need a recent frontend',
    fragment: 'go-distroless',
    rule: 'syntax-directive-missing',
    at: ['--mount=type=cache,target=/root/.cache/go-build'],
  },
  { says: 'two Pythons', fragment: 'python-distroless', rule: 'stage-abi-mismatch', at: ['/install'] },
  {
    says: 'the base with another Python is not published any more',
    fragment: 'python-distroless',
    rule: 'image-retired',
    at: ['python3-debian12'],
  },
  {
    says: 'the whole context comes along by COPY --from, with the files of the developer',
    fragment: 'python-distroless',
    files: 'requirements.txt main.py tests/ .git/ .env',
    rule: 'dockerignore-missing',
    at: ['.'],
  },
  {
    says: 'the whole context comes along by COPY --from, with the tests',
    fragment: 'python-distroless',
    files: 'requirements.txt main.py tests/',
    rule: 'stage-copied-whole',
    at: ['/app'],
  },
  {
    says: 'a program for one processor',
    fragment: 'rust-scratch',
    rule: 'target-architecture-fixed',
    at: ['x86_64-unknown-linux-musl'],
  },
  {
    says: 'resolv.conf is not kept',
    fragment: 'alpine-dns',
    rule: 'writes-lost-file',
    at: ['/etc/resolv.conf'],
  },
  {
    says: 'comments after the backslash',
    fragment: 'alpine-headers',
    rule: 'continuation-broken',
    at: [
      '\\ # gcc, make, etc.',
      '\\ # Python headers',
      '\\ # musl headers',
      '\\ # kernel headers',
      '\\ # FFI (needed by many Python packages)',
    ],
  },
  {
    says: 'a comment behind COPY is read as files',
    fragment: 'layer-caching-good',
    rule: 'comment-in-arguments',
    at: ["# code changes don't bust pip cache"],
  },
  {
    says: 'a plain build makes the debug stage',
    fragment: 'debug-stage',
    rule: 'default-target-is-debug',
    at: ['debug'],
  },
  {
    says: 'the number 1000 is taken on Ubuntu',
    fragment: 'user-debian',
    above: 'FROM ubuntu:24.04\n',
    rule: 'user-id-taken',
    at: ['1000'],
  },
  {
    says: 'dots instead of a digest',
    fragment: 'rust-scratch',
    rule: 'image-reference-invalid',
    at: ['sha256:...'],
  },
  {
    says: 'dots instead of digests',
    fragment: 'python-uv',
    rule: 'image-reference-invalid',
    at: ['sha256:...', 'sha256:...', 'sha256:...'],
  },
  {
    says: 'every change fetches all modules',
    fragment: 'week-7-distroless',
    rule: 'copy-source-before-dependencies',
    at: ['.'],
  },
  { says: 'no tag', fragment: 'talk-single-stage', rule: 'image-tag-missing', at: ['golang'] },
  {
    says: 'the compiler is shipped',
    fragment: 'talk-single-stage',
    rule: 'final-stage-sdk-image',
    at: ['golang'],
  },
  {
    says: 'a base without updates',
    fragment: 'user-distroless',
    rule: 'image-retired',
    at: ['static-debian12'],
  },
];

function foundBy({ rule, fragment, above, files }: Defect): readonly string[] {
  const one = fragments[fragment];
  assert.ok(one, fragment);
  assert.ok(
    rules.some(({ id }) => id === rule),
    rule,
  );
  const text =
    above === undefined ? textOf(fragment) : above + readFileSync(`${folder}/${fragment}.Dockerfile`, 'utf8');
  const facts = factsOf(files === undefined ? one : { ...one, files });
  return lint(text, everyRule, facts)
    .findings.filter((finding) => finding.rule.id === rule)
    .map(({ at }) => text.slice(at.start, at.end));
}

for (const defect of defects) {
  test(`documents: ${defect.fragment} has a mistake of its own: ${defect.says}`, () => {
    assert.deepEqual(foundBy(defect), defect.at);
  });
}

test('documents: COPY --from=alpine takes the image of any day', () => {
  const text = 'FROM scratch\nCOPY --from=alpine /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n';
  const found = lint(text, everyRule).findings.map(({ rule }) => rule.id);
  assert.ok(found.includes('image-tag-missing'));
});

test('documents: a cache mount that apt and cargo do not use is found', () => {
  // "Use --mount=type=cache,target=/root/.cache for package manager caches (apt, uv, cargo)"
  for (const [image, command] of [
    ['debian:13-slim', 'apt-get update && apt-get install -y --no-install-recommends curl'],
    ['rust:1.93', 'cargo build --release'],
  ] as const) {
    const text = `FROM ${image}\nRUN --mount=type=cache,target=/root/.cache ${command}\n`;
    const found = lint(text, everyRule).findings.map(({ rule }) => rule.id);
    assert.ok(found.includes('cache-mount-ineffective'), image);
  }
});

test('documents: every file belongs to a fragment', () => {
  const names = Object.keys(fragments).flatMap((name) => [`${name}.Dockerfile`, `${name}.golden.txt`]);
  assert.deepEqual(readdirSync(folder).sort(), names.sort());
});
