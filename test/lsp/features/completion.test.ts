import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver';
import { patterns as all, snippetsOf } from '../../../server/src/patterns/library';
import { apply, completion, full, request, least } from './request';

const patterns = snippetsOf(all);

const plain = { ...full, snippets: false };
const rules = [
  { id: 'apt-get-yes', summary: 'Waits for an answer', alsoKnownAs: ['hadolint:DL3014'] },
  { id: 'user-root', summary: 'Runs as root', alsoKnownAs: ['hadolint:DL3002', 'trivy:DS-0002'] },
];

async function complete(source: string, client = plain, trigger?: string) {
  const asked = request(source, client, rules);
  return { ...asked, items: await completion(asked.input, asked.position, trigger) };
}

function labels(items: readonly CompletionItem[]): string[] {
  return [...items]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** The item with this label turns the text in front of the arrow into the one behind it. */
const insertions: [source: string, label: string, result: string][] = [
  // Keywords.
  ['‸', 'FROM', 'FROM'],
  ['FR‸', 'FROM', 'FROM'],
  ['FR‸M a', 'FROM', 'FROM a'],
  ['FROM a\nRU‸', 'RUN', 'FROM a\nRUN'],
  ['FROM a\r\n  ‸RU\r\nCMD x', 'RUN', 'FROM a\r\n  RUN\r\nCMD x'],
  ['from a\nrun b\nRU‸', 'run', 'from a\nrun b\nrun'],
  ['from a\nhe‸', 'healthcheck none', 'from a\nhealthcheck none'],
  ['FROM a\nONBUILD ‸', 'RUN', 'FROM a\nONBUILD RUN'],
  ['FROM a\nONBUILD C‸', 'COPY', 'FROM a\nONBUILD COPY'],
  ['RUN a\n‸', 'ENV', 'RUN a\nENV'],
  // Flags.
  ['FROM a\nRUN --‸', '--mount=', 'FROM a\nRUN --mount='],
  ['FROM a\nRUN -‸', '--network=', 'FROM a\nRUN --network='],
  ['FROM a\nRUN --n‸w=none x', '--network=', 'FROM a\nRUN --network=none x'],
  ['FROM a\nRUN --network=none --‸ x', '--security=', 'FROM a\nRUN --network=none --security= x'],
  ['FROM a\nRUN --network=none \\\n  --‸', '--mount=', 'FROM a\nRUN --network=none \\\n  --mount='],
  ['FROM a\nCOPY --‸ a b', '--parents', 'FROM a\nCOPY --parents a b'],
  ['FROM a\nADD --un‸', '--unpack', 'FROM a\nADD --unpack'],
  ['FROM a\nCOPY ‸', '--from=', 'FROM a\nCOPY --from='],
  ['FROM --‸', '--platform=', 'FROM --platform='],
  ['FROM a\nONBUILD COPY --‸', '--chmod=', 'FROM a\nONBUILD COPY --chmod='],
  ['FROM a\nHEALTHCHECK --start-‸', '--start-interval=', 'FROM a\nHEALTHCHECK --start-interval='],
  ['FROM a\nRUN --network=‸', 'none', 'FROM a\nRUN --network=none'],
  ['FROM a\nRUN --security=ins‸', 'insecure', 'FROM a\nRUN --security=insecure'],
  ['FROM --platform=linux/a‸ a', 'linux/arm64', 'FROM --platform=linux/arm64 a'],
  ['FROM a\nCOPY --link=‸ a b', 'false', 'FROM a\nCOPY --link=false a b'],
  ['FROM a\nRUN \\  \n  \n --‸', '--mount=', 'FROM a\nRUN \\  \n  \n --mount='],
  ['FROM a\nCOPY \\ \n\n‸', '--from=', 'FROM a\nCOPY \\ \n\n--from='],
  // Mounts.
  ['FROM a\nRUN --mount=‸', 'type=cache', 'FROM a\nRUN --mount=type=cache'],
  ['FROM a\nRUN --mount=type=‸,target=/x y', 'secret', 'FROM a\nRUN --mount=type=secret,target=/x y'],
  ['FROM a\nRUN --mount=type=cache,‸', 'target=', 'FROM a\nRUN --mount=type=cache,target='],
  ['FROM a\nRUN --mount=type=cache,sha‸ x', 'sharing=', 'FROM a\nRUN --mount=type=cache,sharing= x'],
  ['FROM a\nRUN --mount=type=cache,sharing=‸', 'locked', 'FROM a\nRUN --mount=type=cache,sharing=locked'],
  ['FROM a\nRUN --mount=type=secret,id=x,req‸', 'required', 'FROM a\nRUN --mount=type=secret,id=x,required'],
  [
    'FROM a AS b\nFROM c\nRUN --mount=from=‸,target=/x y',
    'b',
    'FROM a AS b\nFROM c\nRUN --mount=from=b,target=/x y',
  ],
  [
    'FROM a\nRUN --mount=type=cache,target=/root/‸',
    '/root/.npm',
    'FROM a\nRUN --mount=type=cache,target=/root/.npm',
  ],
  ['FROM a\nRUN --mount=‸,type=tmpfs', 'size=', 'FROM a\nRUN --mount=size=,type=tmpfs'],
  // Stages.
  ['FROM a AS base\nFROM ‸', 'base', 'FROM a AS base\nFROM base'],
  ['FROM a AS base\nFROM b‸x AS y', 'base', 'FROM a AS base\nFROM base AS y'],
  ['FROM a AS base\nFROM b\nCOPY --from=‸ x y', 'base', 'FROM a AS base\nFROM b\nCOPY --from=base x y'],
  ['FROM a\nFROM b\nCOPY --from=‸', '0', 'FROM a\nFROM b\nCOPY --from=0'],
  ['FROM a ‸', 'AS', 'FROM a AS'],
  ['from a\nfrom b ‸', 'as', 'from a\nfrom b as'],
  // Variables.
  ['ARG V=1\nFROM a:$‸', '$V', 'ARG V=1\nFROM a:$V'],
  ['ARG V=1\nFROM a:${‸', '${V}', 'ARG V=1\nFROM a:${V}'],
  ['ARG VV=1\nFROM a:${V‸X}', '${VV}', 'ARG VV=1\nFROM a:${VV}'],
  ['FROM --platform=$‸ a', '$BUILDPLATFORM', 'FROM --platform=$BUILDPLATFORM a'],
  ['FROM a\nENV X=1\nRUN echo "$‸"', '$X', 'FROM a\nENV X=1\nRUN echo "$X"'],
  ['FROM a\nARG X\nRUN <<EOF\necho $‸\nEOF', '$X', 'FROM a\nARG X\nRUN <<EOF\necho $X\nEOF'],
  ['FROM a\nENV X=1\nFROM b\nARG X\nWORKDIR $‸', '$X', 'FROM a\nENV X=1\nFROM b\nARG X\nWORKDIR $X'],
  ['FROM a\nENV X=1\nCOPY --chown=$‸ a b', '$X', 'FROM a\nENV X=1\nCOPY --chown=$X a b'],
  // A variable that an ARG has to bring into the stage.
  ['FROM a\n\tRUN x $‸', '$TARGETARCH', 'FROM a\n\tARG TARGETARCH\n\tRUN x $TARGETARCH'],
  ['ARG V=1\nFROM a\r\nRUN x \\\r\n $‸\r\n', '$V', 'ARG V=1\nFROM a\r\nARG V\nRUN x \\\r\n $V\r\n'],
  ['from a\nonbuild run x $‸', '$TARGETOS', 'from a\nonbuild arg TARGETOS\nonbuild run x $TARGETOS'],
  // Arguments.
  ['ARG V=1\nFROM a\nARG ‸', 'V', 'ARG V=1\nFROM a\nARG V'],
  ['FROM a\nARG TARGETP‸', 'TARGETPLATFORM', 'FROM a\nARG TARGETPLATFORM'],
  ['FROM node:22\nUSER ‸', 'node', 'FROM node:22\nUSER node'],
  ['FROM debian:12\nRUN useradd -r app\nUSER ‸', 'app', 'FROM debian:12\nRUN useradd -r app\nUSER app'],
  [
    'FROM debian:12\nRUN useradd -r app\nUSER app:‸',
    'app',
    'FROM debian:12\nRUN useradd -r app\nUSER app:app',
  ],
  [
    'FROM debian:12\nRUN useradd app\nCOPY --chown=‸ a b',
    'app:app',
    'FROM debian:12\nRUN useradd app\nCOPY --chown=app:app a b',
  ],
  ['FROM a\nEXPOSE 80‸', '80/udp', 'FROM a\nEXPOSE 80/udp'],
  ['FROM a\nEXPOSE 80/‸', 'sctp', 'FROM a\nEXPOSE 80/sctp'],
  ['FROM a\nEXPOSE 80 53/‸ 90', 'udp', 'FROM a\nEXPOSE 80 53/udp 90'],
  ['FROM a\nSTOPSIGNAL SIGT‸', 'SIGTERM', 'FROM a\nSTOPSIGNAL SIGTERM'],
  ['FROM a\nHEALTHCHECK ‸', 'NONE', 'FROM a\nHEALTHCHECK NONE'],
  ['FROM a\nHEALTHCHECK --interval=3s C‸', 'CMD', 'FROM a\nHEALTHCHECK --interval=3s CMD '],
  [
    'FROM a\nLABEL org.‸',
    'org.opencontainers.image.source',
    'FROM a\nLABEL org.opencontainers.image.source=',
  ],
  [
    'FROM a\nLABEL org‸="x" b=c',
    'org.opencontainers.image.title',
    'FROM a\nLABEL org.opencontainers.image.title="x" b=c',
  ],
  [
    'FROM debian:12\nSHELL ‸',
    '["/bin/bash", "-o", "pipefail", "-c"]',
    'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  ],
  ['FROM a\nWORKDIR /app\nCOPY x ‸', '/app', 'FROM a\nWORKDIR /app\nCOPY x /app'],
  // Comments.
  ['#‸', 'syntax=docker/dockerfile:1', '#syntax=docker/dockerfile:1'],
  ['# syn‸', 'syntax=docker/dockerfile:1', '# syntax=docker/dockerfile:1'],
  ['# syntax=‸', 'docker/dockerfile:1', '# syntax=docker/dockerfile:1'],
  ['# syntax=docker/dockerfile:1\n# ch‸', 'check=skip=', '# syntax=docker/dockerfile:1\n# check=skip='],
  ['# check=skip=‸', 'all', '# check=skip=all'],
  [
    '# check=skip=JSONArgsRecommended,St‸',
    'StageNameCasing',
    '# check=skip=JSONArgsRecommended,StageNameCasing',
  ],
  ['# check=skip=StageNameCasing;‸', 'error=true', '# check=skip=StageNameCasing;error=true'],
  ['# check=error=‸', 'true', '# check=error=true'],
  ['FROM a\n# d‸', 'drydock ignore=', 'FROM a\n# drydock ignore='],
  ['FROM a\n# drydock ignore=‸', 'user-root', 'FROM a\n# drydock ignore=user-root'],
  [
    'FROM a\n# drydock ignore=user-root,apt‸\nRUN x',
    'apt-get-yes',
    'FROM a\n# drydock ignore=user-root,apt-get-yes\nRUN x',
  ],
  ['FROM a\n# hadolint ignore=‸', 'DL3014', 'FROM a\n# hadolint ignore=DL3014'],
  [
    'FROM a\nRUN x \\\n # drydock ignore=‸\n y',
    'user-root',
    'FROM a\nRUN x \\\n # drydock ignore=user-root\n y',
  ],
];

for (const [source, label, result] of insertions) {
  test(`inserts ${label} in ${JSON.stringify(source)}`, async () => {
    const { input, items, position } = await complete(source);
    const item = items.find((one) => one.label === label);
    assert.ok(item, `not among ${labels(items).join(' ')}`);
    assert.ok(item.textEdit && 'range' in item.textEdit);
    const { range } = item.textEdit;
    assert.equal(range.start.line, position.line, 'the edit stays on the line of the cursor');
    assert.equal(range.end.line, position.line);
    assert.ok(range.start.character <= position.character && position.character <= range.end.character);
    assert.equal(apply(input, [item.textEdit, ...(item.additionalTextEdits ?? [])]), result);
  });
}

/** Nothing at all is offered. */
const silent = [
  'FROM ubuntu:‸',
  'FROM ubuntu:22‸',
  'FROM ghcr.io/org/app:‸',
  'FROM ubuntu@‸',
  'FROM a AS ‸',
  'FROM a\nRUN apt-get ‸',
  'FROM a\nRUN echo \\$‸',
  "FROM a\nENV X=1\nRUN echo '$‸'",
  "FROM a\nENV X=1\nCOPY <<'E' /x\n$‸\nE",
  'FROM a\nRUN <<EOF\nFR‸\nEOF',
  'FROM a\nCOPY --exclude=‸',
  'FROM a\nENV ‸',
  'FROM a\nFOO ‸',
  'FROM a\n# hello wor‸',
  'FROM a\nUSER "‸',
  'FROM a\nCMD ["‸"]',
  'FROM a\nHEALTHCHECK CMD ‸',
];

for (const source of silent) {
  test(`offers nothing in ${JSON.stringify(source)}`, async () => {
    const { items } = await complete(source);
    assert.deepEqual(labels(items), []);
  });
}

/** All that is offered, in the order of the list. */
const exact: [source: string, labels: string[]][] = [
  ['‸', ['FROM', 'ARG']],
  ['# made by hand\n\nF‸', ['FROM', 'ARG']],
  // Ports: what the file says, what the base image is known for, what is usual.
  ['FROM nginx:1.29\nENV APP_PORT=9001\nEXPOSE ‸', ['9001', '80', '8080', '443', '3000', '5000', '8000']],
  ['FROM postgres:18\nEXPOSE 8080/tcp 443 80 ‸', ['5432', '3000', '5000', '8000']],
  ['FROM a\nEXPOSE 80‸', ['80/tcp', '80/udp', '80/sctp', '8080', '8000']],
  // Packages that other commands of the same kind install.
  [
    'FROM debian:12 AS one\nRUN apt-get update && apt install -y curl git=1:2 && pip install flask\n' +
      'FROM debian:12\nRUN apt-get update && apt-get install -y git ‸\nRUN apk add bash',
    ['curl', 'git=1:2'],
  ],
  ['FROM debian:12\nRUN apt-get install -y curl wget\nRUN apt-get install -y \\\n  curl \\\n  w‸', ['wget']],
  ['FROM debian:12\nRUN apt-get install -y curl\nRUN apt-get install -y wget && ‸', []],
  ['FROM debian:12\nRUN apt-get install -y curl\nRUN apt-get install -‸', []],
  ['FROM debian:12\nRUN apt-get install -y curl\nRUN apt-get ‸', []],
  // What another stage has.
  [
    'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY go.mod ./\nCOPY web/ /web/\nRUN go build -o /out/app .\n' +
      'FROM scratch\nCOPY --from=build ‸',
    [
      '/out/app',
      '/src/go.mod',
      '/src/',
      '/web/',
      '--chown=',
      '--chmod=',
      '--link',
      '--parents',
      '--exclude=',
    ],
  ],
  [
    'FROM a AS one\nCOPY x /x/\nFROM one AS two\nFROM b\nRUN --mount=from=two,source=/‸,target=/y z\nCOPY y /late/',
    ['/x/x', '/x/'],
  ],
  ['FROM a AS one\nCOPY x /x/\nFROM b\nCOPY --from=one x‸', []],
  ['FROM a\nCOPY --from=nginx /‸', []],
  ['‸\nFROM a', ['ARG', 'FROM']],
  ['ARG a\n‸', ['ARG', 'FROM']],
  ['FROM a AS one\nFROM b AS two\nFROM ‸', ['two', 'one', 'scratch', '--platform=']],
  ['FROM a\nRUN --mount=type=ssh,id=a,‸', ['target=', 'required', 'mode=', 'uid=', 'gid=']],
  ['FROM a\nRUN --mount=type=ssh,dst=/a,id=b,‸', ['required', 'mode=', 'uid=', 'gid=']],
  [
    'FROM a\nHEALTHCHECK --retries=1 --‸',
    ['--interval=', '--timeout=', '--start-period=', '--start-interval='],
  ],
  ['FROM a\nCOPY --from=x --l‸', ['--chown=', '--chmod=', '--link', '--parents', '--exclude=']],
  [
    'ARG V\nFROM a\nARG V\nARG TARGETOS\nARG TARGETA‸',
    [
      'TARGETPLATFORM',
      'TARGETOSVERSION',
      'TARGETARCH',
      'TARGETVARIANT',
      'TARGETSTAGE',
      'BUILDPLATFORM',
      'BUILDOS',
      'BUILDOSVERSION',
      'BUILDARCH',
      'BUILDVARIANT',
    ],
  ],
  ['FROM a AS x\nFROM b AS X\nCOPY --from=‸', ['x']],
];

for (const [source, expected] of exact) {
  test(`offers exactly these in ${JSON.stringify(source)}`, async () => {
    const { items } = await complete(source);
    assert.deepEqual(labels(items), expected);
  });
}

test('all keywords but those that may not stand there', async () => {
  const found = labels((await complete('FROM a\n‸')).items);
  for (const keyword of [
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'HEALTHCHECK NONE',
    'LABEL',
    'MAINTAINER',
    'ONBUILD',
    'RUN',
    'SHELL',
    'STOPSIGNAL',
    'USER',
    'VOLUME',
    'WORKDIR',
  ]) {
    assert.ok(found.includes(keyword), keyword);
  }
  const triggers = labels((await complete('FROM a\nONBUILD ‸')).items);
  assert.ok(triggers.includes('RUN'));
  for (const keyword of ['FROM', 'ONBUILD', 'MAINTAINER']) assert.ok(!triggers.includes(keyword), keyword);
});

test('Windows images get shells of Windows', async () => {
  const found = labels((await complete('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ‸')).items);
  assert.ok(found.length > 0);
  for (const label of found) assert.match(label, /cmd|powershell|pwsh/);
});

test('snippets only for clients that take them, and not in front of arguments', async () => {
  const first = await complete('FROM a\nCO‸', full);
  const copy = first.items.find(({ label }) => label === 'COPY source dest');
  assert.equal(copy?.textEdit?.newText, 'COPY ${1:source} ${2:dest}');
  assert.equal(copy?.insertTextFormat, 2);
  const before = await complete('FROM a\nCO‸ a b', full);
  assert.equal(before.items.find(({ label }) => label === 'COPY')?.textEdit?.newText, 'COPY');
  for (const source of ['FROM a\n‸', 'FROM a\nRUN --‸', 'FROM a ‸', 'FROM a\nLABEL ‸']) {
    const { items } = await complete(source, least);
    assert.ok(items.length > 0);
    for (const item of items) {
      assert.equal(item.insertTextFormat, 1, item.label);
      assert.doesNotMatch(item.textEdit?.newText ?? '', /\$\{\d/);
    }
  }
});

test('patterns: whole files where a file begins, parts in a stage, none elsewhere', async () => {
  const offered = async (source: string, client = full): Promise<string[]> => {
    const { items } = await complete(source, client);
    const known = new Set(patterns.map(({ name }) => name));
    return labels(items)
      .filter((label) => known.has(label))
      .sort();
  };
  const named = (isFile: boolean): string[] =>
    patterns
      .filter((one) => one.isFile === isFile)
      .map(({ name }) => name)
      .sort();
  for (const source of ['‸', 'distro‸', 'distroless-ru‸', '# a remark\n\n‸'])
    assert.deepEqual(await offered(source), named(true), source);
  for (const source of ['FROM a\n‸', 'FROM a\nuser-deb‸\nCMD b', 'RUN a\n‸', 'FROM a\nRUN b \\\n  c\n‸'])
    assert.deepEqual(await offered(source), named(false), source);
  for (const source of [
    'FROM a‸',
    'FROM a\nCOPY s‸ /app/',
    'ARG A\n‸\nFROM a',
    'FROM a\nONBUILD ‸',
    'FROM a\n‸ b',
  ])
    assert.deepEqual(await offered(source), [], source);
  assert.deepEqual(await offered('‸', plain), []);
});

test('a pattern takes the place of the word, in the case of the file', async () => {
  const text = async (source: string, label: string): Promise<string | undefined> =>
    (await complete(source, full)).items.find((item) => item.label === label)?.textEdit?.newText;
  const { items } = await complete('FROM a\nuser-al‸', full);
  const { textEdit } = items.find(({ label }) => label === 'user-alpine') ?? {};
  assert.deepEqual(textEdit && 'range' in textEdit && textEdit.range.start, { line: 1, character: 0 });
  assert.match((await text('FROM a\n‸', 'user-alpine')) ?? '', /^RUN addgroup -S .*\n.*\nUSER \$2:\$2$/);
  assert.match((await text('from a\n‸', 'user-alpine')) ?? '', /^run addgroup -S .*\n.*\nuser \$2:\$2$/);
  assert.match((await text('from a\n‸', 'healthcheck-wget')) ?? '', /^healthcheck .*\n +cmd \["wget"/);
});

test('lower-case files get lower-case snippets', async () => {
  const { items } = await complete('from a\nrun b\n‸', full);
  for (const { textEdit } of items) assert.match(textEdit?.newText ?? '', /^(?:# .*\n)*[a-z]/);
});

test('no item invites to an outdated syntax', async () => {
  for (const source of ['#‸', '# ‸', '# syntax=‸', '‸']) {
    for (const { label, textEdit } of (await complete(source, full)).items) {
      assert.doesNotMatch(label + (textEdit?.newText ?? ''), /experimental$/);
    }
  }
});

test('behind a blank that was just typed, only what is likely', async () => {
  assert.deepEqual((await complete('FROM a\nRUN ‸', plain, ' ')).items, []);
  assert.deepEqual((await complete('FROM a\n# ‸', plain, ' ')).items, []);
  assert.notDeepEqual((await complete('FROM a\nRUN ‸', plain)).items, []);
  assert.notDeepEqual((await complete('FROM a AS b\nFROM ‸', plain, ' ')).items, []);
});

test('documentation is Markdown or plain text, as the client has it', async () => {
  const rich = (await complete('FROM a\nRUN --‸')).items[0]?.documentation;
  assert.ok(rich && typeof rich === 'object' && rich.kind === 'markdown');
  const poor = (await complete('FROM a\n‸', least)).items.find(({ label }) => label === 'RUN')?.documentation;
  assert.ok(poor && typeof poor === 'object' && poor.kind === 'plaintext');
  assert.doesNotMatch(poor.value, /```|\]\(/);
});

test('MAINTAINER is marked as deprecated where the client can show it', async () => {
  const marked = (await complete('FROM a\nMAIN‸', full)).items.find(({ label }) =>
    label.startsWith('MAINTAINER'),
  );
  assert.deepEqual(marked?.tags, [1]);
  const bare = (await complete('FROM a\nMAIN‸', least)).items.find(({ label }) => label === 'MAINTAINER');
  assert.equal(bare?.tags, undefined);
});

const context = {
  entries: ['.env', '.git/', 'package.json', 'secret/', 'src/'],
  ignoreFile: { path: '.dockerignore', text: '.env\n.git\nsecret\n' },
  dockerfile: 'Dockerfile',
  entriesOf: (folder: string) => (folder === 'src' ? ['lib/', 'main.go', 'main_test.go'] : undefined),
};

for (const [source, wanted] of [
  ['COPY src/ma‸\nCOPY package.json /app/', ['lib/', 'main.go', 'main_test.go']],
  ['COPY ‸', ['package.json', 'src/']],
  ['COPY pa‸ /app/', ['package.json', 'src/']],
  ['ADD ./src/‸', ['lib/', 'main.go', 'main_test.go']],
  ['COPY package.json s‸', ['package.json', 'src/']],
  ['RUN --mount=type=bind,source=src/‸,target=/x y', ['lib/', 'main.go', 'main_test.go']],
  ['RUN --mount=src=‸ y', ['package.json', 'src/']],
  ['COPY none/‸', []],
  ['COPY */‸', []],
  ['COPY --from=x src/‸', []],
  ['COPY ["‸"]', ['package.json', 'src/']],
  ['COPY ["src/ma‸", "/app/"]', ['lib/', 'main.go', 'main_test.go']],
  ['COPY --link [ "package.json", "src/‸', ['lib/', 'main.go', 'main_test.go']],
  ['ADD ["package.json","s‸","/app/"]', ['package.json', 'src/']],
  ['CMD ["src/‸"]', []],
  ['RUN --mount=type=cache,source=‸ y', []],
  ['COPY package.json /‸', ['/']],
  ['COPY ["package.json", "‸", "/app/"]', ['package.json', 'src/']],
  ['COPY package.json ./‸ /app/', ['package.json', 'src/']],
  ['COPY package.json \\\n  # why\n  s‸ \\\n  /app/', ['package.json', 'src/']],
  ['ONBUILD COPY s‸ /app/', ['package.json', 'src/']],
  ['COPY <<E s‸ /app/\nE', ['package.json', 'src/']],
  ['COPY src\\‸ /app/', []],
  ['COPY --exclude=s‸ . /app/', []],
] as const) {
  test(`paths of the context: ${source}`, async () => {
    const { input, position } = request(`FROM debian:12\n${source}`, plain);
    const items = await completion({ ...input, subject: { ...input.subject, context } }, position);
    assert.deepEqual(
      items.filter(({ kind }) => kind === 17 || kind === 19).map(({ label }) => label),
      wanted,
    );
    assert.deepEqual(
      (await completion(input, position)).filter(({ kind }) => kind === 17),
      [],
      'nothing is known without a context',
    );
  });
}

const names = ['#a', '--b', '<<c', 'd e', 'f,g', 'h$', 'i"j', 'k[l]', 'm*', 'ü'];

for (const [source, wanted] of [
  // Only the JSON form holds a blank; what would be a pattern, a variable or a quote is left out.
  ['COPY ‸', ['./#a', './--b', './<<c', '["d e", "$1"]', 'f,g', 'ü']],
  ['COPY ‸ /x/', ['./#a', './--b', './<<c', 'f,g', 'ü']],
  ['COPY ["‸", "/x/"]', ['#a', '--b', '<<c', 'd e', 'f,g', 'ü']],
  ['RUN --mount=source=‸ y', ['#a', '--b', '<<c', 'k[l]', 'm*', 'ü']],
] as const)
  test(`names of files that a form cannot hold: ${source}`, async () => {
    const { input, position } = request(`FROM debian:12\n${source}`, full);
    const subject = { ...input.subject, context: { entries: names, ignoreFile: undefined, dockerfile: 'a' } };
    const items = await completion({ ...input, subject }, position);
    assert.deepEqual(
      items.filter(({ kind }) => kind === 17).map(({ textEdit }) => textEdit?.newText),
      wanted,
    );
  });

test('behind a backslash, where that is no escape character', async () => {
  const { input, position } = request('# escape=`\nFROM a\nCOPY src\\ma‸ C:/x/\n', plain);
  const items = await completion({ ...input, subject: { ...input.subject, context } }, position);
  assert.deepEqual(labels(items), ['lib/', 'main.go', 'main_test.go']);
  assert.equal(apply(input, [items[1]?.textEdit as never]), '# escape=`\nFROM a\nCOPY src\\main.go C:/x/\n');
});

test('a path in quotes is completed within them', async () => {
  const { input, position } = request('FROM debian:12\nCOPY ["src/ma‸", "/app/"]\n', plain);
  const items = await completion({ ...input, subject: { ...input.subject, context } }, position);
  const main = items.find(({ label }) => label === 'main.go');
  assert.equal(apply(input, [main?.textEdit as never]), 'FROM debian:12\nCOPY ["src/main.go", "/app/"]\n');
});

test('HEALTHCHECK stands before its forms, and is found in lower case', async () => {
  const { items } = await complete('FROM a\nhealth‸', full);
  const found = items.filter(({ label }) => label.startsWith('HEALTHCHECK'));
  assert.deepEqual(labels(found).slice(0, 1), ['HEALTHCHECK']);
  assert.deepEqual(
    found.map(({ filterText }) => filterText),
    ['healthcheck', 'healthcheck', 'healthcheck none'],
  );
});

test('a path is completed part by part', async () => {
  const { input, position } = request('FROM debian:12\nCOPY src/ma‸\nCOPY package.json /app/\n', plain);
  const items = await completion({ ...input, subject: { ...input.subject, context } }, position);
  const main = items.find(({ label }) => label === 'main.go');
  assert.equal(
    apply(input, [main?.textEdit as never]),
    'FROM debian:12\nCOPY src/main.go\nCOPY package.json /app/\n',
  );
});
