import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver';
import { hover, marks, request, signatureHelp, least } from './request';

async function ask(source: string, client = least) {
  const { input, position } = request(source, client);
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
  ] as const) {
    const { input, position } = request(source, least);
    assert.match(JSON.stringify(await hover(input, position)), text);
  }
});
