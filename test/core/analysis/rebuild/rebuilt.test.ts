// Which steps run again after a change. In the texts `!` begins a line that runs again, and `?` one that may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IgnoreFile } from '../../../../server/src/core/analysis/context/ignore-file';
import { rebuiltBy } from '../../../../server/src/core/analysis/rebuild/rebuilt';
import type { Change } from '../../../../server/src/core/analysis/rebuild/rebuilt';
import { reasonText } from '../../../../server/src/core/analysis/rebuild/reason';
import { targetNamed } from '../../../../server/src/core/analysis/rebuild/steps';
import { buildModel } from '../../../../server/src/core/model/model';
import type { Model } from '../../../../server/src/core/model/model';
import { parse } from '../../../../server/src/core/syntax/parse';
import { TextFile } from '../../../../server/src/core/text/document';

interface Options {
  readonly ignore?: string;
  readonly target?: string;
  /** The changed path is the ignore file. */
  readonly ignoreFile?: boolean;
}

interface Found {
  readonly marked: string;
  /** By line, counted from 1. */
  readonly reasons: Readonly<Record<number, string>>;
}

function ask(model: Model, change: Change, { ignore, target }: Options): Found {
  const stage = target === undefined ? model.finalStage : targetNamed(model, target);
  assert.ok(stage);
  const { rerun } = rebuiltBy(
    model,
    change,
    stage,
    ignore === undefined ? undefined : new IgnoreFile(ignore),
  );
  const lines = model.document.text.split('\n');
  const reasons: Record<number, string> = {};
  for (const one of rerun) {
    const line = model.document.lineAt(one.step.instruction.span.start);
    lines[line] = `${one.certain ? '!' : '?'}${lines[line] ?? ''}`;
    reasons[line + 1] = reasonText(model, one);
  }
  return { marked: lines.join('\n'), reasons };
}

function modelOf(text: string): Model {
  return buildModel(parse(text), new TextFile(text));
}

/** @param paths that changed; a slash at the end: something in that folder */
function check(marked: string, paths: string | readonly string[], options: Options = {}): Found {
  const model = modelOf(marked.replaceAll(/^[!?]/gm, ''));
  const places = [paths]
    .flat()
    .map((path) => ({ path: path.replace(/\/$/, ''), exact: !path.endsWith('/') }));
  const { ignoreFile = false } = options;
  const found = ask(model, { kind: 'places', places, ignoreFile }, options);
  assert.equal(found.marked, marked, `${String(paths)}\n${found.marked}`);
  return found;
}

test('the copy that takes the file, and what follows it', () => {
  const { reasons } = check(
    `FROM node:22
WORKDIR /app
COPY package.json ./
RUN npm ci
ENV NODE_ENV=production
!COPY src ./src
!RUN npm run build
!WORKDIR /app/dist
CMD ["node", "."]
`,
    'src/app.js',
  );
  assert.deepEqual(reasons, { 6: 'copies src', 7: 'follows line 6', 8: 'follows line 6' });
  check('FROM a\nCOPY package.json /\n!COPY . .\n!RUN x\n', 'README.md');
  check('FROM a\n!COPY package.json /\n!COPY . .\n!RUN x\n', 'package.json');
  check('FROM a\nCOPY src /src\nRUN x\n', 'srcs/app.js');
});

test('several files at once, and a folder', () => {
  check('FROM a\n!COPY a /\n!RUN x\n!COPY b /\n', ['a', 'b']);
  check('FROM a\nCOPY a /\n!COPY b /\n', ['b', 'c']);
  check('FROM a\nCOPY a /\n!COPY src /s\n', 'src/');
  check('FROM a\n?COPY src/app.js /s\n?RUN x\n', 'src/');
  check('FROM a\n!COPY . /s\n', 'src/', { ignore: 'x\n*.md\ndocs/*\n' });
  for (const ignore of ['src/x\n', '**/*.md\n', '*/x\n', 's*/x\n', 'src\n!src/x\n'])
    check('FROM a\n?COPY . /s\n', 'src/', { ignore });
  check('FROM a\nCOPY . /s\n', 'src/', { ignore: 'src\n' });
});

test('patterns match part by part, and take what is in a folder', () => {
  check('FROM a\nCOPY *.json /x/\n', 'src/a.json');
  check('FROM a\n!COPY *.json /x/\n', '.a.json');
  check('FROM a\n!COPY s* /x/\n', 'src/lib/a.json');
  check('FROM a\n!COPY src/*/a.js /x/\n', 'src/lib/a.js');
  check('FROM a\nCOPY src/*/a.js /x/\n', 'src/lib/b.js');
  check('FROM a\nCOPY src/** /x/\n', 'docs/b.js');
  check('FROM a\n!COPY src/[a-c]?.js /x/\n', 'src/b1.js');
  check('FROM a\n?COPY src/*.js /x/\n', 'src/');
});

test('the ignore file keeps files from the builder', () => {
  check('FROM a\nCOPY . .\nRUN x\n', 'docs/a.md', { ignore: 'docs\n' });
  check('FROM a\n!COPY . .\n!RUN x\n', 'docs/a.md', { ignore: 'docs\n!docs/a.md\n' });
  const changed = { ignore: 'docs\n', ignoreFile: true };
  const { reasons } = check('FROM a\nRUN y\n?COPY src /s\n?RUN x\n', '.dockerignore', changed);
  assert.equal(reasons[3], 'takes from the context what the ignore file lets through');
  check('FROM a\nRUN y\n!COPY . .\n!RUN x\n', '.dockerignore', changed);
});

test('--exclude sees paths from the source on', () => {
  check('FROM a\nCOPY --exclude=*.md docs /d/\n', 'docs/a.md');
  check('FROM a\n!COPY --exclude=*.md docs /d/\n', 'docs/sub/a.md');
  check('FROM a\n!COPY --exclude=docs/*.md docs /d/\n', 'docs/a.md');
  check('FROM a\nCOPY --exclude=lib s* /d/\n', 'src/lib/a.js');
  check('FROM a\nARG X=*.md\n?COPY --exclude=$X docs /d/\n', 'docs/a.md');
});

test('--parents takes a pattern of an ignore file', () => {
  check('FROM a\n!COPY --parents src/**/*.js /d/\n', 'src/lib/deep/a.js');
  check('FROM a\nCOPY --parents src/**/*.js /d/\n', 'src/lib/deep/a.md');
  check('FROM a\n!COPY --parents ./src/./lib /d/\n', 'src/lib/a.md');
  check('FROM a\nCOPY --parents ./src/./lib /d/\n', 'lib/a.md');
});

test('--link stands apart from the steps before it', () => {
  check('FROM a\n!COPY a /a\nCOPY --link b /b\n!RUN x\n', 'a');
  check('FROM a\nCOPY a /a\n!COPY --link b /b\nCOPY --link c /c\n!RUN x\n', 'b');
  check('FROM a\n!COPY a /a\n!COPY --link --chmod=755 b /b\n', 'a');
});

test('mounts of the context count, caches and secrets do not', () => {
  const { reasons } = check(
    `FROM a
RUN --mount=type=cache,target=/c --mount=type=secret,id=src x
RUN --mount=type=bind,source=docs,target=/d x
!RUN --mount=type=bind,source=src,target=/s x
!RUN y
`,
    'src/a.js',
  );
  assert.equal(reasons[4], 'mounts src');
  check('FROM a\n!RUN --mount=target=/s x\n', 'src/a.js');
  check('FROM a\n?RUN --mount=source=$X,target=/s x\n', 'src/a.js');
});

test('sources that are not files of the context do not count', () => {
  check('FROM a\nADD https://x.org/a.js /\nCOPY --from=b src /s\nCOPY <<E /src\nx\nE\n', 'src/a.js');
  check('FROM a\nARG D=src\n!COPY ${D} /s\n', 'src/a.js');
  check('FROM a\nARG D\n?COPY ${D} /s\n?RUN x\n', 'src/a.js');
});

test('stages: content decides about a copy, the step before about what follows', () => {
  check(
    `FROM a AS one
!COPY src /src
!COPY conf /conf
FROM b
COPY --from=one /conf /conf
RUN x
!COPY --from=one /src/app.js /
!RUN y
`,
    'src/app.js',
  );
  const { reasons } = check(
    `FROM a AS build
!COPY src /src
!RUN make
FROM build AS more
!RUN test
FROM b
?COPY --from=build /out /out
?RUN x
?COPY --from=1 src /src
`,
    'src/app.js',
  );
  assert.equal(reasons[7], 'copies /out from stage build, unless these files stay the same');
  assert.equal(reasons[8], 'follows line 7, which may run again');
});

test('a stage that builds on another one goes on where that ends', () => {
  const { reasons } = check('FROM a AS one\n!COPY src /src\nFROM one AS two\n!RUN x\n!RUN y\n', 'src/app.js');
  assert.equal(reasons[4], 'builds on stage one, where line 2 runs again');
  check('FROM a AS one\nONBUILD COPY src /src\nRUN y\nFROM one\nRUN x\n', 'docs/a');
  check(
    'FROM a AS one\n!ONBUILD COPY src /src\nRUN y\nFROM one\n!RUN x\n'.replace('FROM scratch\n', ''),
    'src/a',
  );
});

test('what lands elsewhere, and what may be written over', () => {
  const copies = (first: string, ...more: string[]): string =>
    `FROM a AS one\n${first}\nFROM b\n${more.join('\n')}\n`;
  check(copies('!COPY src/app.js /x/', '!COPY --from=one /x/app.js /y'), 'src/app.js');
  check(copies('!COPY src/app.js /x/', 'COPY --from=one /x/other.js /y'), 'src/app.js');
  check(copies('!COPY src/app.js /x', '!COPY --from=one /x /y'), 'src/app.js');
  check(copies('!COPY src/app.js /x', '?COPY --from=one /x/app.js /y'), 'src/app.js');
  check(copies('!COPY src/app.js $X/', '?COPY --from=one /x/app.js /y'), 'src/app.js');
  check(copies('!COPY src /x/\n!COPY other /x/', '?COPY --from=one /x /y'), 'src/app.js');
  check(copies('!COPY src /x/\n!COPY other.js /x/', '!COPY --from=one /x /y'), 'src/app.js');
  check(copies('!ADD src.tar.gz /x/', '?COPY --from=one /x /y', '?COPY --from=one /x/a /b'), 'src.tar.gz');
  check(copies('!COPY src /bin/', '?COPY --from=one /usr/bin/app.js /y'), 'src/app.js');
  check(copies('RUN ln -s /x /y\n!COPY src /x/', '?COPY --from=one /y/app.js /y'), 'src/app.js');
});

test('through two stages', () => {
  check(
    `FROM a AS one
!COPY src /src
FROM b AS two
!COPY --from=one /src /two
FROM c
!COPY --from=two /two/app.js /
!RUN --mount=type=bind,from=two,source=/other,target=/o x
`,
    'src/app.js',
  );
});

test('a mount from a stage looks at content too', () => {
  check(
    `FROM a AS one
!COPY src /src
FROM c
RUN --mount=type=bind,from=one,source=/other,target=/o x
!RUN --mount=type=bind,from=one,source=/src,target=/o x
`,
    'src/app.js',
  );
});

test('stages that the target does not need are not built', () => {
  const text = 'FROM a AS one\nCOPY . .\nFROM b AS two\n!COPY src /src\nFROM c AS three\nCOPY . .\n';
  check(text, 'src/a', { target: 'two' });
  check('FROM a AS one\n!COPY . .\nFROM b AS two\nCOPY src /src\n', 'src/a', { target: '0' });
});

test('FROM with a variable may mean a stage', () => {
  check('FROM a AS b-y\n!COPY src /s\nFROM b-$TARGETOS\n?RUN x\n', 'src/a');
});

test('of what an instruction takes: the sources alone are known', () => {
  const taken = (marked: string, line: number): void => {
    const model = modelOf(marked.replaceAll(/^[!?]/gm, ''));
    const by = model.instructions.find(({ span }) => model.document.lineAt(span.start) === line - 1);
    assert.ok(by);
    assert.equal(ask(model, { kind: 'taken', by }, {}).marked, marked);
  };
  taken('FROM a\n!COPY package.json .\n!RUN x\n!COPY . .\n', 2);
  taken('FROM a\n?COPY package.json .\n?RUN x\n!COPY . .\n!RUN y\n', 4);
  taken('FROM a\nCOPY package.json .\nRUN x\n!COPY src src\n!RUN y\n', 4);
  taken('FROM a\nRUN x\n!RUN --mount=target=/s y\n!RUN z\n', 3);
  taken('FROM a AS one\n!COPY src/*.js /s/\nFROM b\n!COPY src/*.js /s/\n!COPY --from=one /s /t\n', 2);
  taken('FROM a AS one\n!COPY a b /s/\nFROM b\n?COPY a /x\n?COPY --from=one /s/a /t\n', 2);
});

test('nothing is asked of an empty file, and a hundred stages are quick', () => {
  assert.equal(modelOf('').finalStage, undefined);
  const stages = Array.from({ length: 300 }, (_, at) => `FROM a AS s${at}\nCOPY src /src\nRUN make\n`);
  const last = Array.from({ length: 300 }, (_, at) => `COPY --from=s${at} /out /out${at}\n`);
  const model = modelOf(`${stages.join('')}FROM b\n${last.join('')}`);
  const stage = model.finalStage;
  assert.ok(stage);
  const change = { kind: 'places', places: [{ path: 'src/a', exact: true }], ignoreFile: false } as const;
  const { rerun, steps } = rebuiltBy(model, change, stage, undefined);
  assert.deepEqual([rerun.length, steps.length], [900, 900]);
});
