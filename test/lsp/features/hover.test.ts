import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver';
import { reasonIn } from '../../../server/src/core/ide/rule-reason';
import type { Subject } from '../../../server/src/core/ide/subject';
import { full, hover, marks, request, signatureHelp, least } from './request';

const rules = [
  { id: 'user-root', summary: 'The container runs as root' },
  { id: 'expose-ssh-port', summary: 'Port 22 is exposed' },
];

async function ask(source: string, client = least, more: Partial<Subject> = {}) {
  const { input: plain, position } = request(source, client, rules);
  const input = { ...plain, subject: { ...plain.subject, ...more } };
  const found = await hover(input, position);
  const text = found && MarkupContent.is(found.contents) ? found.contents.value : '';
  return { text, marked: marks(input, found?.range ? [found.range] : []) };
}

/** The mark is the range of the hover; each pattern is found in its plain text. */
const texts: [source: string, ...patterns: RegExp[]][] = [
  // Keywords and flags.
  ['FROM a\n«R‸UN» x', /Execute any commands/],
  ['FROM a\nONBUILD «CO‸PY» a b', /Copy files or folders/],
  ['from a\n«health‸check» none', /still working/],
  ['FROM a\nRUN «--mo‸unt»=type=cache,target=/x y', /do not become part of the layer/, /syntax 1\.2/],
  ['FROM a\nRUN «--netw‸ork»=none y', /default, none, host/],
  ['FROM a\nADD «--un‸pack»=true a b', /archives/, /1\.17/],
  ['FROM a\nONBUILD COPY «--par‸ents» a b', /parent directories/],
  ['FROM a\nRUN --mount=«type=ca‸che»,target=/x y', /kept between builds/, /sharing/],
  ['FROM a\nRUN --mount=type=cache,«ds‸t=/x» y', /Path in the container/, /destination/],
  ['FROM a\nRUN --mount=type=cache,\\\n«shar‸ing=locked»,target=/x y', /locked: a build waits/],
  ['FROM a\nRUN --mount=«r‸o»,target=/x y', /readonly \(bind mount\)/],
  ['FROM a «A‸S» b', /Names the stage/],
  ['FROM «scr‸atch»', /empty image/],
  ['# «syn‸tax»=docker/dockerfile:1\nFROM a', /frontend/],
  ['# «ch‸eck»=skip=all\nFROM a', /build checks/],
  // Variables.
  ['ARG V=1.2\nFROM a:$«‸V»', /V – build argument/, /Default: 1\.2/, /Set on line 1, above the first FROM/],
  ['ARG V=1.2\nFROM a\nARG V\nRUN echo $«‸V»', /Default: 1\.2/, /Set on line 1/, /Declared on line 3/],
  [
    'FROM a AS base\nENV A=x B=y-$A\nFROM base\nENV C=$B\nRUN echo $«‸C»',
    /C – environment variable/,
    /on line 4, in stage 1/,
  ],
  [
    'FROM a AS base\nENV A=x\nENV B=y-$A\nFROM base\nRUN echo $«‸B»',
    /Value: y-x/,
    /on line 3, in stage base/,
  ],
  ['FROM a\nARG «‸V»', /No default/],
  ['ARG V=1\nFROM a\nRUN echo $«‸V»', /empty here without ARG V/],
  ['FROM a\nRUN echo $«TARGET‸ARCH»', /needs ARG TARGETARCH first/],
  ['FROM --platform=$«BUILD‸PLATFORM» a', /Platform of the builder/, /Set by the builder/],
  ['FROM a\nRUN echo $«‸HOME»', /This file does not set it/],
  // Stages.
  [
    'FROM golang:1.22 AS «bu‸ild»\nFROM a\nCOPY --from=build / /',
    /build – stage 0/,
    /Based on golang:1\.22/,
    /Used by COPY --from on line 3/,
  ],
  ['FROM alpine:3.20 AS a\nFROM b\nRUN --mount=from=«‸a»,target=/x y', /Alpine Linux/],
  ['FROM a AS base\nFROM «ba‸se»', /become part of the final image/],
  ['FROM a AS «‸x»\nFROM b', /does not need it/],
  // Images.
  ['FROM «debian:‸12»', /docker\.io\/library\/debian/, /Tag 12/, /Debian/, /apt/, /runs as root/],
  ['FROM «gcr.io/distroless/static-debian12:non‸root»', /registry gcr\.io/, /no shell/, /nonroot/],
  ['FROM «‸node»', /No tag, so the build uses the current latest/],
  [`FROM «node:22@sha256:${'a'.repeat(63)}‸b»`, /Pinned to sha256:/, /tag is only informative/],
  ['ARG V=22\nFROM «nod‸e:${V}»', /default values in this file: node:22/],
  ['FROM «‸node:${V}»', /depends on the build arguments/],
  ['FROM a\nCOPY --from=«ghcr.io/‸x/y:1» / /', /registry ghcr\.io/],
  ['# syntax=«docker/‸dockerfile:1»\nFROM a', /docker\.io\/docker\/dockerfile/],
  // Here-documents.
  ['FROM a\nRUN <<«E‸OF»\necho 1\necho 2\nEOF', /2 lines/, /script of the command/],
  ["FROM a\nCOPY <<'«E‸OF»' /x\n$X\nEOF", /1 line/, /the builder expands nothing in it/],
];

for (const [source, ...patterns] of texts) {
  test(`hover in ${JSON.stringify(source)}`, async () => {
    const { text, marked } = await ask(source);
    assert.equal(marked, source.replace('‸', ''));
    for (const pattern of patterns) assert.match(text, pattern);
  });
}

test('ids in comments that hide findings', async () => {
  const rules = [{ id: 'user-root', summary: 'Runs as root', alsoKnownAs: ['hadolint:DL3002'] }];
  const sources: [string, RegExp][] = [
    ['FROM a\n# drydock ignore=a,«user-‸root» because\nRUN x', /Runs as root\./],
    ['FROM a\n# hadolint ignore=«DL‸3002»\nRUN x', /DL3002 \(user-root\)/],
    ['# check=skip=«JSON‸ArgsRecommended»\nFROM a', /shell form/],
  ];
  for (const [source, pattern] of sources) {
    const { input, position } = request(source, least, rules);
    const found = await hover(input, position);
    assert.match(found && MarkupContent.is(found.contents) ? found.contents.value : '', pattern);
    assert.equal(marks(input, found?.range ? [found.range] : []), source.replace('‸', ''));
  }
});

test('nothing to say', async () => {
  for (const source of [
    '‸',
    'FROM a\n# comm‸ent',
    'FROM a\nRUN ec‸ho',
    'FROM a\nFO‸O x',
    'FROM a\nRUN <<E\nR‸UN\nE\n',
    'FROM a\nRUN --fo‸o x',
  ]) {
    assert.equal((await ask(source)).text, '', source);
  }
});

test('text of the file cannot become markup', async () => {
  const { text } = await ask('FROM a\nENV X="`](http://evil) <b> ``` **"\nRUN echo $‸X', {
    ...least,
    markdown: true,
  });
  assert.match(text, /````/, 'a code span longer than any run of backticks in it');
  const stage = await ask('FROM a_b*c AS x_y-z\nFROM ‸x_y-z', { ...least, markdown: true });
  assert.match(stage.text, /\*\*x\\_y\\-z\*\*/);
  assert.match(stage.text, /`a_b\*c`/);
});

test('library texts come in the format the client has, with a link that exists', async () => {
  const rich = (await ask('FROM a\n‸ONBUILD RUN x', { ...least, markdown: true })).text;
  assert.match(rich, /\]\(https:\/\/docs\.docker\.com\/reference\/dockerfile\/#onbuild\)/);
  assert.equal((rich.match(/^```/gm) ?? []).length % 2, 0, 'fences are closed');
  assert.doesNotMatch((await ask('FROM a\n‸RUN x')).text, /```|\]\(/);
});

/** The label of the active signature and of its active parameter. */
const signatures: [source: string, label: RegExp, parameter: number][] = [
  ['FROM a\nCOPY ‸', /^COPY \[flags\]/, 1],
  ['FROM a\nCOPY a ‸', /^COPY \[flags\]/, 3],
  ['FROM a\nCOPY --from=‸ a b', /^--from=stage/, 0],
  ['FROM a\nONBUILD COPY --from=‸ a b', /^--from=stage/, 0],
  ['FROM a\r\nRUN \\\r\n  ‸', /^RUN command/, 0],
  ['# escape=`\nFROM a\nEXPOSE `\n ‸80', /^EXPOSE/, 0],
];

for (const [source, label, parameter] of signatures) {
  test(`signature in ${JSON.stringify(source)}`, async () => {
    const { input, position } = request(source);
    const help = await signatureHelp(input, position);
    assert.match(help?.signatures[help.activeSignature ?? 0]?.label ?? '', label);
    assert.equal(help?.activeParameter, parameter);
  });
}

test('no signature outside arguments', async () => {
  for (const source of ['‸', 'FRO‸M a', 'FROM a\n# COPY ‸', 'FROM a\nRUN <<E\nCOPY ‸\nE\n']) {
    const { input, position } = request(source);
    assert.equal(await signatureHelp(input, position), null, source);
  }
});

test('hover on a user says where it comes from', async () => {
  for (const [source, text] of [
    ['FROM debian:12\nRUN useradd app\nUSER a‸pp\n', /app – created by useradd on line 2/],
    ['FROM debian:12\nUSER no‸body\n', /nobody – uid 65534 in the base image/],
    ['FROM debian:12\nUSER 655‸34\n', /nobody – uid 65534 in the base image/],
    ['FROM debian:12\nRUN useradd -u 7 app -m\nUSER ‸7\n', /app – created by useradd on line 2/],
    ['FROM debian:12\nRUN groupadd web\nUSER root:we‸b\n', /web – group created by groupadd on line 2/],
    ['FROM debian:12\nRUN useradd app\nCOPY --chown=a‸pp:app a b\n', /app – created by useradd on line 2/],
  ] as const) {
    const { input, position } = request(source, least);
    assert.match(JSON.stringify(await hover(input, position)), text);
  }
});

const context = {
  entries: ['.env', 'a.txt', 'empty/', 'out/', 'src/'],
  ignoreFile: { path: '.dockerignore', text: '.env\nout\n!out/keep\n' },
  dockerfile: 'Dockerfile',
  entriesOf: (folder: string) =>
    folder === 'src' ? ['lib/', 'main.go'] : folder === 'empty' ? [] : ['keep'],
};

for (const [source, text] of [
  ['COPY «a.t‸xt» /x/', 'a.txt – a file in the build context'],
  ['COPY [«"./sr‸c"», "/x/"]', 'src – a folder in the build context\n\nThe build is sent 2 of its entries.'],
  ['COPY a.txt «./s‸rc» /x/', 'src – a folder in the build context\n\nThe build is sent 2 of its entries.'],
  ['ADD «emp‸ty/» /x/', 'empty – a folder in the build context\n\nThe build is sent none of its entries.'],
  ['COPY «.e‸nv» /x/', '.env – a file in the build context\n\n.dockerignore keeps it out of the build.'],
  [
    'COPY «o‸ut» /x/',
    'out – a folder in the build context\n\n.dockerignore keeps most of it out of the build.',
  ],
  ['COPY «b.t‸xt» /x/', 'b.txt – not in the build context'],
  [
    'RUN --mount=type=bind,source=«src/ma‸in.go»,target=/m go vet',
    'src/main.go – a file in the build context',
  ],
  ['COPY a.txt /‸x/', undefined],
  ['COPY --from=b a.‸txt /x/', undefined],
] as const) {
  test(`what a path is: ${source}`, async () => {
    const found = await ask(`FROM a\n${source}`, least, { context });
    assert.equal(found.text, text ?? '');
    if (text !== undefined) assert.equal(found.marked, `FROM a\n${source.replace('‸', '')}`);
  });
}

test('of a path without a known context nothing is said', async () => {
  assert.equal((await ask('FROM a\nCOPY a.t‸xt /x/')).text, '');
});

for (const [source, ...patterns] of [
  ['FROM a\nEXPOSE «54‸32»', /5432 – usually PostgreSQL/],
  ['FROM redis:8\nEXPOSE 80 «6379/t‸cp»', /usually Redis/, /redis listens on it by default/],
  ['FROM ghost:6\nEXPOSE «236‸8»', /^2368\n/, /ghost listens/],
] as const) {
  test(`what listens on a port: ${source}`, async () => {
    const { text, marked } = await ask(source);
    for (const pattern of patterns) assert.match(text, pattern);
    assert.equal(marked, source.replace('‸', ''));
  });
}

test('of unknown ports and ranges nothing is said', async () => {
  for (const source of ['EXPOSE 12‸345', 'EXPOSE 80‸-90', 'EXPOSE $‸'])
    assert.equal((await ask(`FROM a\n${source}`)).text, '');
});

test('a finding has its reason and its fix in two lines, before what the word means', async () => {
  const findings = [
    { ruleId: 'expose-ssh-port', at: { start: 14, end: 16 }, fix: 'Remove EXPOSE 22' },
    { ruleId: 'user-root', at: { start: 7, end: 16 }, fix: undefined },
    { ruleId: 'unheard-of', at: { start: 0, end: 4 }, fix: undefined },
  ];
  const reasonOf = async (id: string): Promise<string | undefined> =>
    id === 'user-root' ? undefined : 'Use `docker exec` instead, not a_server_b.';
  const { text } = await ask('FROM a\nEXPOSE 2‸2', least, { findings, reasonOf });
  assert.match(
    text,
    /^Use docker exec instead, not a_server_b\.\n\nFix: Remove EXPOSE 22\n\nThe container runs as root\.\n\n22 – usually SSH/,
  );
  const rich = await ask('FROM a\nEXPOSE 2‸2', full, { findings, reasonOf });
  assert.match(
    rich.text,
    /^Use `docker exec` instead, not a\\_server\\_b\\\.\n\n\*\*Fix\\:\*\* Remove EXPOSE 22/,
  );
  const alone = await ask('FROM a\nEXPOSE‸ 22', least, { findings, reasonOf });
  assert.match(alone.text, /^The container runs as root\./);
  assert.equal(
    (await ask('FR‸OM a', least, { findings: findings.slice(0, 2) })).text.includes('root'),
    false,
  );
});

test('the page of every rule gives a reason of two lines', () => {
  const pages = readdirSync('server/docs/rules').filter((name) => name !== 'README.md');
  assert.ok(pages.length > 50);
  for (const name of pages) {
    const reason = reasonIn(readFileSync(`server/docs/rules/${name}`, 'utf8')) ?? '';
    assert.match(reason, /^[^|\n]{20,}[.!?]$/s, name);
    assert.equal(reason.split('`').length % 2, 1, `${name}: ${reason}`);
    assert.ok(reason.length <= 300, `${name}: ${reason.length} ${reason}`);
  }
  assert.equal(reasonIn('# no table\n\nText.\n'), undefined);
  assert.equal(reasonIn('# x\n\n| a |\n\n**Found**:\n'), undefined);
});
