import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apply,
  definition,
  highlight,
  links,
  marks,
  plainInput,
  prepareRename,
  references,
  rename,
  request,
} from './request';

/** Every mark belongs to one symbol; from each of them all are found, and renaming changes exactly them. */
const symbols: Record<string, string> = {
  'stage in FROM, COPY and mount': `FROM a AS «build»
FROM «build» AS next
COPY --from=«build» --chown=1 /x /x
RUN --mount=type=bind,from=«build»,target=/b --mount=from=a,target=/c ls
`,
  'stage in any case': `FROM a AS «Build»
FROM «build»
COPY --from=«BUILD» /x /x
`,
  'quoted stage': `FROM a AS «build»
FROM b
COPY --from="«build»" /x /x
`,
  'the image of the same name is another thing': `FROM golang AS «golang»
FROM alpine
COPY --from=«golang» /golang /golang
`,
  'global argument, declared again, and its uses': `ARG «VERSION»=1
FROM a:$«VERSION» AS x
ARG «VERSION»
RUN echo $«VERSION» "\${«VERSION»}"
FROM b:\${«VERSION»:-2}
RUN echo $VERSION
`,
  'platform flag': `ARG «P»=linux/amd64
FROM --platform=$«P» a
`,
  'inherited argument': `FROM a AS base
ARG «X»=1
FROM base
RUN echo $«X»
LABEL a=$«X»
`,
  'ENV along FROM': `FROM a AS base
ENV «X»=1
FROM base AS one
ENV «X»=2 Y=$«X»
FROM base AS two
RUN echo $«X»
CMD echo $«X»
`,
  'ENV of an unrelated stage': `FROM a AS one
ENV «X»=1
RUN echo $«X»
FROM b AS two
ENV X=2
RUN echo $X
`,
  'several arguments on a line': `FROM a
ARG A=1 «B»=2 C=$A
RUN echo $«B» $A
`,
  'a pair of ARG sees those in front of it': `FROM a
ARG «A»=1 B=$«A»
RUN echo $«A»
`,
  'a string in double quotes is read by both shells': `FROM a
ENV «X»=1
RUN sh -c "echo $«X» \\$«X»"
CMD ["sh", "-c", "echo \\"$«X»\\""]
`,
  'argument becomes environment': `FROM a
ARG «V»=1
ENV V=$«V»
RUN echo $V
`,
  'single quotes hide from the shell': `FROM a
ENV «X»=1
RUN echo '$X' \\$X "$«X»" "'$«X»'" $(cat "$«X»") \`echo $«X»\` \${Y:-$«X»} $((«X» + 1)) # $X
`,
  'sh -c in single quotes': `FROM a
ENV «X»=1
RUN bash -ec 'echo $«X»'
RUN ["sh", "-c", "echo $«X»"]
RUN ["echo", "$X"]
`,
  'script here-document, quoted or not': `FROM a
ENV «X»=1
RUN <<'EOF'
echo $«X» '$X'
cat <<'IN'
$X
IN
cat <<IN
$«X» '$«X»'
IN
EOF
`,
  'data here-documents': `FROM a
ENV «X»=1
RUN cat <<'A' <<B > /f
$X
A
$«X» '$«X»'
B
COPY <<C <<"D" /
$«X» '$«X»' \\$X
C
$X
D
`,
  'continuations, comments, CRLF':
    'FROM a\r\nARG «X»\r\nRUN echo \\\r\n # $X\r\n $«X» && \\\r\n\r\n  echo ${«X»}\r\n',
  'backtick escape': `# escape=\`
FROM a
ENV «X»=1
RUN echo \`
  $«X»
COPY $«X» C:\\$«X»\\
`,
  ONBUILD: `FROM a
ONBUILD ARG «X»=1
ONBUILD RUN echo $«X»
`,
  'every word the builder expands': `FROM a
ENV «X»=1
WORKDIR /$«X»
USER $«X»:\${«X»}
EXPOSE $«X»/tcp
VOLUME ["/$«X»"]
STOPSIGNAL $«X»
COPY --chown=$«X» \${«X»%.*} /
RUN --mount=type=cache,target=/$«X» ls
HEALTHCHECK CMD echo $«X»
ENTRYPOINT run $«X»
`,
  'arguments are gone when the container runs': `FROM a
ARG «X»=1
RUN echo $«X»
CMD echo $X
`,
  'here-document': `FROM a
RUN <<-"«EOF»" cat
	EOF not
	«EOF»
`,
  'here-document under ONBUILD': `FROM a
ENV A=1
ONBUILD RUN <<«EOF»
echo $A
«EOF»
`,
  'variable in a here-document under ONBUILD': `FROM a
ENV «A»=1
ONBUILD RUN <<EOF
echo $«A»
EOF
ONBUILD COPY <<EOF /x
$«A»
EOF
`,
  'a secret takes the name for its command alone': `FROM a
ARG «TOKEN»=x
RUN --mount=type=secret,id=TOKEN,env=TOKEN curl -H "$TOKEN" u
RUN --mount=type=secret,id=TOKEN,env=TOKEN <<EOF
curl $TOKEN
EOF
ONBUILD RUN --mount=type=secret,id=t,env=TOKEN echo $TOKEN
RUN --mount=type=secret,id=TOKEN curl $«TOKEN»
RUN --mount=type=secret,id=$«TOKEN»,env=OTHER curl \${«TOKEN»}
`,
  'cmd.exe': `# escape=\`
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
ENV «X»=1
RUN echo %«X»% 
`,
  PowerShell: `# escape=\`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
ENV «X»=1
RUN Write-Host $env:«X» '$env:Y' \${env:«X»}
RUN cmd /c 'echo %«X»%'
`,
  'cmd.exe and what it starts': `# escape=\`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
ENV «APP_HOME»=C:\\app
RUN mkdir %«APP_HOME»%
RUN powershell -Command New-Item $env:«APP_HOME»\\bin -ItemType Directory
RUN set UNIX=%«APP_HOME»:\\=/% && echo %«APP_HOME»:~0,3%
RUN cmd /v:on /c echo !«APP_HOME»! \${env:«APP_HOME»}
`,
  'read by its name': `FROM debian:12
ENV «APP_MODE»=prod
RUN printenv «APP_MODE» && printenv HOME «APP_MODE»
RUN [ -v «APP_MODE» ] && test -v «APP_MODE»
`,
  'a script in a quoted here-document': `FROM debian:12
ENV «X»=1
RUN <<'EOF'
printf '%s' "$«X»"
EOF
`,
};

/** They hold the name where the shell that reads them does not expand it. */
const hidden: ReadonlySet<string> = new Set([
  'single quotes hide from the shell',
  'sh -c in single quotes',
  'script here-document, quoted or not',
  'data here-documents',
]);

for (const [name, source] of Object.entries(symbols)) {
  test(`one symbol: ${name}`, async () => {
    const { input, spans } = request(source);
    for (const { start, end } of spans) {
      for (const offset of [start, end]) {
        const position = input.document.positionAt(offset);
        const found = (await references(input, position, true)) ?? [];
        assert.equal(
          marks(
            input,
            found.map(({ range }) => range),
          ),
          source,
        );
        const same = (await highlight(input, position)) ?? [];
        assert.equal(
          marks(
            input,
            same.map(({ range }) => range),
          ),
          source,
        );
      }
      const renamed = await rename(input, input.document.positionAt(start), 'renamed');
      // What no shell reads here may become a script elsewhere.
      if (hidden.has(name)) {
        assert.match(JSON.stringify(renamed), /also names ..X/);
        continue;
      }
      assert.ok(renamed && 'changes' in renamed && renamed.changes, JSON.stringify(renamed));
      assert.equal(
        apply(input, renamed.changes[input.document.uri] ?? []),
        source.replace(/«[^«»]*»/g, 'renamed'),
      );
    }
  });
}

/** The cursor is on a name; the mark is where it leads. */
const definitions: Record<string, string> = {
  'stage by name': 'FROM a AS «x»\nFROM b\nCOPY --from=‸x / /',
  'stage by number': 'FROM a AS «x»\nFROM b\nCOPY --from=‸0 / /',
  'stage without a name': '«FROM» a\nFROM b\nCOPY --from=0‸ / /',
  'the nearest stage of a name': 'FROM a AS x\nFROM a AS «x»\nFROM ‸x',
  'argument in FROM': 'ARG «V»=1\nFROM a:${‸V}',
  'argument in a stage leads to its declaration': 'ARG V=1\nFROM a\nARG «V»\nRUN echo $‸V',
  'the declaration leads to the global one': 'ARG «V»=1\nFROM a\nARG ‸V',
  'ENV shows what holds there': 'FROM a\nENV X=1\nENV «X»=2\nRUN echo $‸X\nENV X=3',
  'a value sees what was before': 'FROM a\nENV «X»=1\nENV X=$‸X',
  'through FROM': 'FROM a AS base\nENV «X»=1\nFROM base\nRUN echo $‸X',
  'a repeated declaration without a value leads to the value': 'FROM a\nARG «X»=1\nARG X\nRUN echo $‸X',
  'a trigger sees the finished stage': 'FROM a\nONBUILD RUN echo $‸X\nENV «X»=1',
  'here-document end': 'FROM a\nRUN <<«EOF»\nx\n‸EOF\n',
};

for (const [name, source] of Object.entries(definitions)) {
  test(`definition: ${name}`, async () => {
    const { input, position } = request(source);
    const found = await definition(input, position);
    assert.equal(marks(input, found ? [found.range] : []), source.replace('‸', ''));
  });
}

test('nothing is defined where nothing is', async () => {
  const sources = [
    'FROM ‸a',
    'FROM a\nRUN echo $‸HOME',
    'FROM a\n‸',
    'FROM a\nRUN echo ‸x',
    "FROM a\nRUN echo '$‸X'",
  ];
  for (const source of sources) {
    const { input, position } = request(source);
    assert.equal(await definition(input, position), null, source);
  }
});

test('references can leave the definitions out', async () => {
  const { input, position } = request('ARG ‸A=1\nFROM x:$«A»\nARG A\nRUN echo $«A»');
  const found = (await references(input, position, false)) ?? [];
  const expected = 'ARG A=1\nFROM x:$«A»\nARG A\nRUN echo $«A»';
  assert.equal(
    marks(
      input,
      found.map(({ range }) => range),
    ),
    expected,
  );
});

/** Renaming at the cursor is refused, for this reason. */
const refusals: [source: string, newName: string, reason: RegExp][] = [
  ['FROM a AS x\nFROM b\nCOPY --from=‸0 / /', 'y', /number/],
  ['FROM a AS ‸x', '1x', /not a valid stage name/],
  ['FROM a AS ‸x', 'a b', /not a valid stage name/],
  ['FROM a AS ‸x', 'scratch', /reserved/],
  ['FROM a AS ‸x\nFROM b AS Y', 'y', /is already a stage named "Y"/],
  ['FROM a AS ‸x\nFROM alpine\nCOPY --from=x / /', 'alpine', /change the meaning of another part/],
  ['ARG B=x\nFROM a AS ‸x\nFROM $B', 'y', /change the meaning of another part/],
  ['ARG ‸A=1\nARG B=2\nFROM $A$B', 'B', /is already a build argument named "B"/],
  ['FROM a\nENV ‸A=1\nRUN echo $HOME', 'HOME', /is already a variable named "HOME"/],
  ['FROM a\nARG ‸A=1', '1A', /not a valid variable name/],
  ['FROM a\nARG ‸A=1', 'A-B', /not a valid variable name/],
  ['FROM a\nARG ‸A=1', 'TARGETARCH', /builder sets "TARGETARCH"/],
  ['FROM a\nARG ‸TARGETARCH\nRUN echo $TARGETARCH', 'ARCH', /builder sets "TARGETARCH"/],
  ['FROM a\nRUN echo $‸HOME', 'X', /This file does not define "HOME"/],
  ['FROM a\nARG ‸A=1\nRUN A=2 && echo $A', 'B', /line 3 also sets "A"/],
  ['FROM a\nARG ‸A=1\nRUN for A in 1 2; do echo $A; done', 'B', /also sets "A"/],
  ['FROM a\nARG ‸A=1\nRUN export A && x', 'B', /also sets "A"/],
  ['FROM a\nARG ‸A=1\nRUN C="$A" B=1 x; echo $A', 'B', /already/],
  ['FROM a\nENV ‸A=1\nARG A\nRUN echo $A', 'B', /Both ENV and ARG/],
  [
    'FROM a\nARG ‸A=1\nRUN --mount=type=secret,id=x,env=SECRET echo $A $SECRET',
    'SECRET',
    /is already a variable named "SECRET"/,
  ],
  [
    'FROM a\nARG ‸A=1\nRUN --mount=type=secret,id=x,env=SECRET echo $A',
    'SECRET',
    /change the meaning of another part/,
  ],
  ['FROM a\nARG ‸A=1\nRUN export -n A', 'B', /also sets "A"/],
  ['FROM a\nENV ‸A=1\nRUN unset A', 'B', /also sets "A"/],
  ['FROM a\nENV ‸APP=1\nRUN env | grep APP', 'B', /^Line 3 also names "APP"/],
  ['FROM a\nENV ‸app=1\nRUN env | grep ^app=', 'B', /^Line 3 also names "app"/],
  [`FROM a\nENV ‸APP=1\nRUN python -c 'import os; os.environ["APP"]'`, 'B', /^Line 3 also names "APP"/],
  ['FROM a\nENV ‸APP=1\nRUN node -e "process.env.APP"', 'B', /^Line 3 also names "APP"/],
  ["FROM a\nENV ‸APP=1\nRUN envsubst '$APP' < a > b", 'B', /^Line 3 also names "APP"/],
  [`FROM a\nENV ‸APP=1\nRUN awk '{ print ENVIRON["APP"] }' f`, 'B', /^Line 3 also names "APP"/],
  ["FROM a\nENV ‸APP=1\nRUN cat <<'EOF' > run.sh\necho $APP\nEOF\n", 'B', /^Line 4 also names "APP"/],
  ["FROM a\nENV ‸APP=1\nCOPY <<'EOF' /run.sh\necho ${APP}\nEOF\n", 'B', /^Line 4 also names "APP"/],
  ['FROM a\nENV ‸APP=1\nRUN echo "echo \\$APP" > run.sh', 'B', /^Line 3 also names "APP"/],
  ["FROM a\nENV ‸APP=1\nRUN pwsh -c 'Write-Host $env:APP'", 'B', /^Line 3 also names "APP"/],
  ['FROM a\nENV ‸APP=1\nCMD ["python", "-c", "import os; os.getenv(\'APP\')"]', 'B', /^Line 3 also names/],
  [
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV ‸App=1\nRUN echo %APP%',
    'B',
    /^Line 3 also names "APP"/,
  ],
  [
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV ‸APP=1\nRUN set APP=2 && echo %APP%',
    'B',
    /line 3 also sets "APP"/,
  ],
  [
    `FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nENV ‸APP=1\nRUN Set-Content run.ps1 '$env:APP'`,
    'B',
    /^Line 4 also names "APP"/,
  ],
  ['FROM a\nRUN <<‸EOF\nx\n', 'END', /no end/],
  ['FROM a\nRUN <<‸EOF\nEND\nEOF\n', 'END', /change the meaning of another part/],
  ['FROM a\nRUN <<‸EOF\nEND\nEOF\n', 'a b', /not a valid delimiter/],
];

for (const [source, newName, reason] of refusals) {
  test(`rename refused: ${JSON.stringify(source)} to ${newName}`, async () => {
    const { input, position } = request(source);
    const result = await rename(input, position, newName);
    assert.ok(result && 'refused' in result, JSON.stringify(result));
    assert.match(result.refused, reason);
  });
}

test('a word that is not a variable does not stop a rename', async () => {
  const sources = [
    'FROM a\nARG ‸VERSION=1\nRUN curl -o VERSION https://x/VERSION/$VERSION --VERSION\n',
    'FROM a\nARG ‸VERSION=1\nRUN echo $VERSION && \\\n    # the file "VERSION"\n    cat VERSION\n',
    'FROM a AS x\nARG ‸APP=1\nRUN echo $APP\nFROM b\nRUN env | grep APP\n',
    'FROM a\nARG ‸APP=1\nRUN echo $APP\nCMD env | grep APP\n',
  ];
  for (const source of sources) {
    const { input, position } = request(source);
    assert.ok('changes' in ((await rename(input, position, 'OTHER')) ?? {}), source);
  }
});

test('prepareRename gives the name, or the reason why not', async () => {
  const { input, position, spans } = request('FROM a AS «bu‸ild»');
  const [span] = spans;
  assert.ok(span);
  assert.deepEqual(await prepareRename(input, position), {
    range: { start: input.document.positionAt(span.start), end: input.document.positionAt(span.end) },
    placeholder: 'build',
  });
  const number = request('FROM a\nFROM b\nCOPY --from=‸0 / /');
  assert.match(JSON.stringify(await prepareRename(number.input, number.position)), /refused/);
  assert.equal(await prepareRename(plainInput('FROM a'), { line: 0, character: 1 }), null);
});

test('a stage keeps being named by its number when it is renamed', async () => {
  const { input, position } = request('FROM a AS ‸x\nFROM b\nCOPY --from=0 / /\nCOPY --from=x / /');
  const result = await rename(input, position, 'y');
  assert.ok(result && 'changes' in result && result.changes);
  const expected = 'FROM a AS y\nFROM b\nCOPY --from=0 / /\nCOPY --from=y / /';
  assert.equal(apply(input, result.changes[input.document.uri] ?? []), expected);
});

test('nothing is renamed that an unread script may use', async () => {
  // More here-documents than the reader of scripts takes.
  const script = `RUN ${'cat <<A; '.repeat(1001)} echo $X\n`;
  const { input, position } = request(`FROM a AS ‸s\nARG X=1\n${script}`);
  const variable = input.document.positionAt(input.text.indexOf('X=1'));
  const refused = await rename(input, variable, 'Y');
  assert.match(JSON.stringify(refused), /script on line 3 is too long to read/);
  assert.ok('changes' in ((await rename(input, position, 't')) ?? {}), 'a stage is not a variable');
});

test('a user leads to the command that creates it', async () => {
  const at = async (source: string): Promise<string | undefined> => {
    const { input, position } = request(source);
    const found = await definition(input, position);
    return found ? marks(input, [found.range]) : undefined;
  };
  assert.equal(
    await at('FROM debian:12\nRUN useradd -r app\nUSER ap‸p:app\n'),
    'FROM debian:12\nRUN useradd -r «app»\nUSER app:app\n',
  );
  assert.equal(
    await at('FROM alpine:3.20\nRUN adduser -D web\nUSER ‸web\n'),
    'FROM alpine:3.20\nRUN adduser -D «web»\nUSER web\n',
  );
  for (const wanted of [
    'FROM debian:12\nRUN useradd -m «app» -s /bin/bash -u $ID\nUSER ap‸p\n',
    'FROM debian:12\nRUN useradd -u 1001 «app»\nUSER 10‸01:1001\n',
    'FROM debian:12\nRUN groupadd -g 20 «web» && useradd app\nUSER app:we‸b\n',
    'FROM debian:12\nRUN groupadd -g 20 «web» && useradd app\nUSER app:2‸0\n',
    'FROM debian:12\nRUN useradd «app»\nUSER app:ap‸p\n',
    'FROM debian:12 AS base\nRUN useradd «app»\nFROM base\nUSER ap‸p\n',
    'FROM debian:12\r\nRUN groupadd web \\\r\n  && useradd «app»\r\nUSER ap‸p\r\n',
    'FROM debian:12\nRUN <<EOF\nuseradd «app»\nEOF\nUSER ap‸p\n',
    'FROM alpine:3.20\nRUN addgroup -S web && adduser -S «app» -G web\nONBUILD USER ap‸p\n',
    'FROM debian:12\nRUN useradd «app»\nCOPY --chown=ap‸p:app a /b\n',
    'FROM debian:12\nRUN useradd «app»\nADD --chown=app:ap‸p a /b\n',
    'FROM debian:12\nRUN useradd «app» && adduser app web\nUSER ap‸p\n',
  ])
    assert.equal(await at(wanted.replaceAll(/[«»]/g, '')), wanted.replace('‸', ''));
  for (const source of [
    'FROM debian:12\nUSER no‸body\n',
    'FROM debian:12\nUSER ap‸p\nRUN useradd app\n',
    'FROM debian:12\nRUN addgroup app web\nUSER root:we‸b\n',
    'FROM debian:12\nRUN useradd app\nUSER "ap‸p"\n',
  ])
    assert.equal(await at(source), undefined, source);
});

test('what names a variable without reading it stops a rename, with the line that does', async () => {
  const windows = '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV HOME_OF=C:\\app\n';
  for (const [source, line] of [
    [`${windows}RUN if defined HOME_OF echo %HOME_OF%\n`, 4],
    [`${windows}RUN powershell -Command "Get-Item env:HOME_OF"\n`, 4],
    [`${windows}RUN cmd /c "echo %home_of%"\n`, 4],
    [`${windows}COPY <<EOF C:/a.bat\ncd %HOME_OF%\nEOF\n`, 5],
    [`${windows}ENTRYPOINT ["cmd", "/c", "%HOME_OF%"]\n`, 4],
    ['FROM debian:12\nENV HOME_OF=a\nRUN ["printenv", "HOME_OF"]\n', 3],
    ["FROM debian:12\nENV HOME_OF=a\nCOPY <<'EOF' /a.sh\necho $HOME_OF\nEOF\n", 4],
    ['FROM python:3\nENV HOME_OF=a\nRUN python3 <<EOF\nimport os\nos.environ["HOME_OF"]\nEOF\n', 5],
    ["FROM debian:12\nENV HOME_OF=a\nCMD envsubst '$HOME_OF' < a > b\n", 3],
    ['FROM debian:12\nENV HOME_OF=a\nENV OPTIONS=\\$HOME_OF\n', 3],
    ['FROM debian:12\nENV HOME_OF=a\nENV OPTIONS="\\${HOME_OF}/b"\n', 3],
  ] as const) {
    const { input } = request(source);
    const refused = await rename(input, input.document.positionAt(input.text.indexOf('HOME_OF')), 'OTHER');
    assert.match(JSON.stringify(refused), new RegExp(`Line ${line} also names`), source);
  }
});

test('a rename reaches the scripts of here-documents and the variables of Windows', async () => {
  const windows = '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV «HOME_OF»=C:\\app\n';
  for (const source of [
    `${windows}RUN mkdir %«HOME_OF»% & echo !«HOME_OF»! %«HOME_OF»:~0,3% %«HOME_OF»:\\=/%\n`,
    `${windows}SHELL ["powershell"]\nRUN New-Item "$env:«HOME_OF»\\x" -Path \${env:«HOME_OF»}\nWORKDIR $«HOME_OF»\n`,
    'FROM debian:12\nARG «HOME_OF»=1\nRUN <<-EOF\n\techo $«HOME_OF» "${«HOME_OF»:-x}"\n\tEOF\n',
    'FROM debian:12\nARG «HOME_OF»=1\nRUN <<"EOF"\necho $«HOME_OF»\nEOF\nCOPY <<EOF /a\n${«HOME_OF»}\nEOF\n',
    'FROM debian:12\nENV «HOME_OF»=1 OPTIONS=a\nLABEL a=\'$HOME_OF\' b="$«HOME_OF»"\n',
  ]) {
    const { input, spans } = request(source);
    const edit = await rename(input, input.document.positionAt(spans[0]?.start ?? 0), 'OTHER');
    const changed = edit && 'changes' in edit ? apply(input, Object.values(edit.changes ?? {}).flat()) : edit;
    assert.equal(changed, source.replaceAll(/«\w+»/g, 'OTHER'), source);
  }
});

test('a source of COPY that is there leads to its file', async () => {
  const { input } = request(
    'FROM scratch\nCOPY a.txt b.txt src /x/\nADD ./src/c* d.txt /y/\nCOPY --from=z a.txt /a\n' +
      'RUN --mount=source=src/c.txt,target=/m --mount=source=src,target=/n x\n‸',
  );
  const context = {
    entries: ['a.txt', 'src/'],
    ignoreFile: undefined,
    dockerfile: 'Dockerfile',
    entriesOf: () => ['c.txt'],
  };
  const subject = { ...input.subject, context, contextFolder: '/work' };
  const found = (await links({ ...input, subject })).filter(({ target }) => target?.startsWith('file:'));
  assert.equal(
    marks(
      input,
      found.map(({ range }) => range),
    ).split('\n')[1],
    'COPY «a.txt» b.txt src /x/',
  );
  assert.deepEqual(
    found.map(({ target }) => target?.replace(/^file:\/\/\/(?:[A-Z]:\/)?/, '')),
    ['work/a.txt', 'work/src/c.txt'],
  );
  const unknown = await links(input);
  assert.ok(unknown.every(({ target }) => target?.startsWith('https:')));
});

test('the definition of a source of COPY is its file', async () => {
  const context = { entries: ['a.txt', 'src/'], ignoreFile: undefined, dockerfile: 'Dockerfile' };
  const at = async (source: string, contextFolder?: string): Promise<string | undefined> => {
    const { input, position } = request(source);
    const subject = { ...input.subject, context, contextFolder };
    return (await definition({ ...input, subject }, position))?.uri;
  };
  assert.match(
    (await at('FROM a\nCOPY ./a.t‸xt /x/\n', '/work')) ?? '',
    /^file:\/\/\/(?:[A-Z]:\/)?work\/a\.txt$/,
  );
  assert.match((await at('FROM a\nRUN --mount=source=a.‸txt,target=/x y\n', '/work')) ?? '', /work\/a\.txt$/);
  for (const source of ['COPY sr‸c /x/', 'COPY a.* ‸/x/', 'COPY a.t‸?t /x/', 'COPY none.t‸xt /x/'])
    assert.equal(await at(`FROM a\n${source}\n`, '/work'), undefined, source);
  assert.equal(await at('FROM a\nCOPY a.t‸xt /x/\n'), undefined);
});
