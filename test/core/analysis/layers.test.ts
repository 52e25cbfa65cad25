// What steps leave in their layers, who needs it later, and what is deleted too late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { cachesLeft } from '../../../server/src/core/analysis/packages/caches-left';
import { lateRemovals } from '../../../server/src/rules/cleanup-in-later-layer.parts';
import { deletedPaths } from '../../../server/src/core/analysis/layers/layer-contents';
import { laterListNeeds } from '../../../server/src/core/analysis/packages/list-needs';
import { buildModel } from '../../../server/src/core/model/model';
import type { Model } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { noFacts } from '../../../server/src/core/lint/facts';
import { lint } from '../../../server/src/linter';

const model = (text: string): Model => buildModel(parse(text), new TextFile(text));
const run = (command: string): Model => model(`FROM debian:12\nRUN ${command}\n`);

const deletions: readonly (readonly [string, readonly string[]])[] = [
  ['rm -rf /var/lib/apt/lists/*', ['/var/lib/apt/lists']],
  ['rm -rf /var/lib/apt/lists/ "/tmp/x"', ['/var/lib/apt/lists', '/tmp/x']],
  ['rm -rf /var/lib/apt/lists/* /tmp/.??*', ['/var/lib/apt/lists']],
  ['rm -rf /var/lib/apt/lists*', ['/var/lib/apt/lists']],
  ['rm -rf /var/{cache/apt,lib/apt/lists}/*', ['/var/cache/apt', '/var/lib/apt/lists']],
  [
    'rm -rf /var/lib/{apt,dpkg,cache,log}',
    ['/var/lib/apt', '/var/lib/dpkg', '/var/lib/cache', '/var/lib/log'],
  ],
  ['rm -rf ~/.cache $HOME/.npm "${HOME}/x"', ['~/.cache', '~/.npm', '~/x']],
  ['rm -rf /tmp/*.deb $FILES /$X/y', []],
  ['find /var/lib/apt/lists -type f -delete', ['/var/lib/apt/lists']],
  ['find /a /b -mindepth 1 -exec rm -rf {} +', ['/a', '/b']],
  ['find /a -name x', []],
  ['apt-get dist-clean', ['/var/lib/apt/lists']],
  ['apt-get -y distclean', ['/var/lib/apt/lists']],
  ['apt-get clean', []],
];

for (const [command, paths] of deletions) {
  test(`deleted: ${command}`, () => {
    const [found] = run(command).commands;
    assert.deepEqual(found && deletedPaths(found), paths);
  });
}

/** Instructions, and what of each package command is left: family and folder. */
const left: readonly (readonly [string, readonly string[]])[] = [
  ['RUN apt-get update', ['apt /var/lib/apt/lists']],
  ['RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*', []],
  ['RUN rm -rf /var/lib/apt/lists/* && apt-get update', ['apt /var/lib/apt/lists']],
  ['RUN apt-get update && (apt-get install -y curl; rm -r /var/lib/apt/lists)', []],
  ['RUN apt-get update && apt-get clean', ['apt /var/lib/apt/lists']],
  ['RUN apt-get update && /usr/local/bin/cleanup.sh', []],
  ['RUN --mount=type=cache,target=/var/lib/apt apt-get update', []],
  ['RUN --mount=type=tmpfs,dst=/var/lib/apt/lists/ apt-get update', []],
  ['RUN --mount=type=cache,target=/var/cache/apt apt-get update', ['apt /var/lib/apt/lists']],
  ['RUN --mount=type=cache,target=$LISTS apt-get update', []],
  ['RUN apk add curl', ['apk /var/cache/apk']],
  ['RUN apk add --no-network --virtual .run so:libc.so', []],
  ['RUN apk add curl && rm -rf /var/cache/*', []],
  ['RUN apk add curl && apk cache clean', ['apk /var/cache/apk']],
  ['RUN pip install flask', ['pip ~/.cache/pip']],
  ['RUN pip install flask && rm -rf /root/.cache', []],
  ['RUN pip install flask && pip cache purge', []],
  ['RUN --mount=type=cache,target=/home/app/.cache/pip pip install flask', []],
  ['ENV PIP_NO_CACHE_DIR=1\nRUN pip install flask', []],
  ['ENV PIP_NO_CACHE_DIR=0\nRUN pip install flask', ['pip ~/.cache/pip']],
  ['ARG PIP_NO_CACHE_DIR\nRUN pip install flask', []],
  ['RUN export PIP_NO_CACHE_DIR=true; pip install flask', []],
  ['ENV PIP_CACHE_DIR=/c\nRUN pip install flask && rm -rf /c', []],
  ['RUN pip install --no-deps ./x.whl', []],
  ['RUN pip install --no-cache flask', []],
  ['RUN pip install --no-c flask', ['pip ~/.cache/pip']],
  ['ENV HOME=/home/me\nRUN adduser -D me && chown -R me "$HOME" && pip install flask', []],
  ['ENV HOME /home/me\nRUN chown me:me /home/me/\nRUN pip install flask', []],
  ['ENV HOME=/home/me\nRUN pip install flask && chown -R me $HOME', ['pip ~/.cache/pip']],
  ['ENV HOME=/home/me\nRUN chown -R root: $HOME && pip install flask', ['pip ~/.cache/pip']],
  ['ENV HOME=/home/me\nRUN chown -R me $HOME\nUSER me\nRUN pip install flask', ['pip ~/.cache/pip']],
  ['RUN chown -R me /home/me && pip install flask', ['pip ~/.cache/pip']],
  ['RUN dnf install -y curl', ['rpm /var/cache/dnf']],
  ['RUN dnf install -y curl && dnf clean all', []],
];

for (const [text, expected] of left) {
  test(`left in the layer: ${text}`, () => {
    const found = cachesLeft(model(`FROM debian:12\n${text}\n`));
    assert.deepEqual(
      found.map(({ use, folder }) => `${use.manager.family} ${folder}`),
      expected,
    );
  });
}

/** A file, and `LINE of what is deleted <- LINE of what wrote it`. */
const late: readonly (readonly [string, readonly string[]])[] = [
  ['RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*', ['2<-1']],
  ['RUN apt-get update\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*', []],
  ['RUN apt-get update\nRUN apt-get install -y x && rm -rf /var/lib/apt/lists/*', ['2<-1']],
  ['RUN apt-get update\nRUN ./install.sh && rm -rf /var/lib/apt/lists/*', []],
  ['RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\nRUN rm -rf /var/lib/apt/lists/*', ['2<-1']],
  ['RUN yum install -y x\nRUN yum clean all', ['2<-1']],
  ['RUN yum install -y x && yum clean all\nRUN yum clean all', []],
  ['RUN zypper install -y x\nRUN rm -rf /var/cache/zypp/*', ['2<-1']],
  ['RUN dnf5 install -y x\nRUN rm -rf /var/cache/libdnf5', ['2<-1']],
  ['RUN apt-get update && rm -rf /var/lib/apt/lists/*\nRUN rm -rf /var/cache/apt/*', []],
  ['RUN apk add --virtual .deps gcc\nRUN apk del .deps', ['2<-1']],
  ['RUN apt-get install -y gcc make\nRUN make\nRUN apt-get purge -y gcc', ['3<-1']],
  ['RUN apt-get install -y gcc && apt-get purge -y gcc\nRUN apt-get purge -y gcc', []],
  ['WORKDIR /src\nRUN wget https://x.org/a/b.tgz\nRUN tar xf b.tgz && rm b.tgz', ['3<-2']],
  ['WORKDIR /src\nRUN curl -LO https://x.org/a/b.tgz?c=1\nRUN rm -f /src/b.tgz', ['3<-2']],
  ['WORKDIR /src\nRUN wget https://x.org/b.tgz\nWORKDIR /\nRUN rm -f b.tgz', []],
  ['RUN cd /x && wget https://x.org/b.tgz\nRUN rm -f b.tgz', []],
  ['RUN git clone https://x.org/a.git /opt/a/src\nRUN rm -rf /opt/a', ['2<-1']],
  ['RUN wget -O /tmp/x https://x.org/x\nRUN rm -rf /tmp/*', ['2<-1']],
  ['RUN cd /tmp && curl -fsSLO https://x.org/x.tgz\nRUN rm -rf /tmp/*', ['2<-1']],
  ['RUN cd /tmp && curl -fsSLO https://x.org/x.tgz\nRUN rm /tmp/x.tgz\nRUN rm -rf /tmp/*', ['2<-1']],
  ['RUN cd /tmp && wget https://x.org/x.tgz\nRUN cd /opt/a && cd ../../tmp/ && rm x.tgz', ['2<-1']],
  [
    'RUN wget -P /tmp https://x.org/x.deb && dpkg -i /tmp/x.deb\nRUN apt-get clean && rm -rf /tmp/*',
    ['2<-1'],
  ],
  ['RUN wget -O /tmp/x https://x.org/x && rm -rf /tmp/*\nRUN rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x https://x.org/x && rm -rf /var/lib/apt/lists/*\nRUN rm -rf /tmp/*', ['2<-1']],
  ['RUN wget -O /tmp/x https://x.org/x && rm /tmp/[x]\nRUN rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x https://x.org/x && mv /tmp/x /bin/x\nRUN rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x https://x.org/x\nRUN mv /tmp/x /bin/x && rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x https://x.org/x\nRUN ./tidy\nRUN rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x https://x.org/x && cd /tmp && rm x\nRUN rm -rf /tmp/*', []],
  ['RUN wget -O /tmp/x.sh https://x.org/x.sh\nRUN rm -rf /tmp/*', []],
  ['RUN --mount=type=tmpfs,target=/tmp wget -O /tmp/x https://x.org/x\nRUN rm -rf /tmp/*', []],
  ['RUN (cd /tmp && wget https://x.org/x.tgz); wget https://x.org/y.tgz\nRUN rm -f /tmp/y.tgz', []],
  ['WORKDIR /a\nRUN cd $B && wget https://x.org/x.tgz\nRUN rm -f x.tgz', []],
  ['WORKDIR /app\nRUN npm install\nRUN npm run build && rm -rf node_modules', ['3<-2']],
  ['RUN cd /app/web && yarn\nWORKDIR /app\nRUN rm -r web/node_modules', ['3<-1']],
  ['WORKDIR /app\nRUN npm install -g x\nRUN rm -rf node_modules', []],
  ['WORKDIR /app\nRUN npm ci --prefix web\nRUN rm -rf node_modules', []],
  ['WORKDIR /app\nRUN npm ci && npm run build && rm -rf node_modules\nRUN rm -rf node_modules', []],
  ['WORKDIR /app\nRUN --mount=type=cache,target=/app/node_modules npm ci\nRUN rm -rf node_modules', []],
  ['WORKDIR /app\nRUN npm ci\nWORKDIR /b\nRUN rm -rf node_modules', []],
  ['WORKDIR /app\nRUN npm ci\nFROM c\nWORKDIR /app\nRUN rm -rf node_modules', []],
  ['RUN wget -O /tmp/x https://x.org/x && rm /tmp/x\nRUN rm -f /tmp/x', []],
  ['RUN curl https://x.org > /opt/x\nRUN test -e /opt/x || rm /opt/x', []],
  ['COPY big.bin /tmp/\nRUN rm /tmp/big.bin', ['2<-1']],
  ['COPY setup.sh /tmp/\nRUN /tmp/setup.sh && rm /tmp/setup.sh', []],
  ['COPY id_rsa /root/.ssh/id_rsa\nRUN rm /root/.ssh/id_rsa', ['2<-1']],
  ['ADD app.tar.gz /opt/\nRUN rm -rf /opt/app.tar.gz', []],
  ['ADD https://x.org/app.tar.gz /tmp/pkgs/\nRUN rm -r /tmp/pkgs/', ['2<-1']],
  ['RUN --mount=type=cache,target=/c curl -o /c/x https://x.org/x\nRUN rm -f /c/x', []],
  // `.` is a folder, wherever that is, and so is what a variable of the file names.
  ['WORKDIR /app\nCOPY big.bin .\nRUN rm big.bin', ['3<-2']],
  ['WORKDIR /app\nCOPY big.bin ./\nRUN rm /app/big.bin', ['3<-2']],
  ['WORKDIR /app/src\nCOPY big.bin ..\nRUN rm ../big.bin', ['3<-2']],
  ['COPY . /src/\nRUN rm -rf /src', ['2<-1']],
  ['ENV D=/opt/d\nCOPY big.bin $D/\nRUN rm /opt/d/big.bin', ['3<-2']],
  ['COPY big.bin $D/\nRUN rm /opt/d/big.bin', []],
  ['COPY src /app/src\nRUN find /app/src -name x -delete', []],
  // Where a subshell goes, and where a loop, an alternative or a function may be.
  ['RUN (cd /opt && wget https://x.org/x.tgz)\nRUN rm -f /opt/x.tgz', ['2<-1']],
  ['WORKDIR /w\nRUN (cd /opt && y) && wget https://x.org/x.tgz\nRUN rm -f x.tgz', ['3<-2']],
  ['WORKDIR /w\nRUN y || cd /opt; wget https://x.org/x.tgz\nRUN rm -f x.tgz', []],
  ['RUN sh -c "cd /opt && wget https://x.org/x.tgz"\nRUN rm -f /opt/x.tgz', ['2<-1']],
];

for (const [text, expected] of late) {
  test(`deleted too late: ${text}`, () => {
    const file = model(`${text}\n`);
    assert.deepEqual(
      lateRemovals(file).map(
        ({ command, source }) =>
          `${file.document.lineAt(command.span.start) + 1}<-${file.document.lineAt(source.span.start) + 1}`,
      ),
      expected,
    );
  });
}

test('layers of a stage that is only copied from are thrown away', () => {
  const text = 'FROM a AS b\nRUN yum install -y x\nRUN yum clean all\nFROM a\nCOPY --from=b /x /x\n';
  assert.deepEqual(lateRemovals(model(text)), []);
  assert.deepEqual(cachesLeft(model(text)), []);
});

test('a stage inherits what its parent has written', () => {
  const text = 'FROM a AS b\nRUN yum install -y x\nFROM b\nRUN yum clean all\n';
  assert.equal(lateRemovals(model(text)).length, 1);
});

/** The stage that fetches lists, and the numbers of the lines that need them; `?` for what may. */
const users: readonly (readonly [string, string])[] = [
  ['RUN apt-get update\nRUN apt-get install -y x\nRUN apt-get install -y y', '3 4'],
  ['RUN apt-get update\nRUN apt-get update && apt-get install -y x\nRUN apt-get install -y y', ''],
  ['RUN apt-get update\nRUN apt-get purge -y x\nRUN ./install.sh\nRUN make', '?'],
  ['RUN apt-get update\nFROM a AS c\nRUN apt-get install -y x', ''],
  ['RUN apt-get update\nFROM b AS c\nRUN apt-get install -y x\nFROM c\nRUN apt-get install -y y', '4 6'],
  ['RUN apt-get update\nFROM b AS c\nRUN apt-get update\nFROM c\nRUN apt-get install -y y', ''],
  ['RUN apt-get update\nONBUILD RUN apt-get install -y x', '3'],
];

for (const [text, expected] of users) {
  test(`who needs the lists: ${text}`, () => {
    const file = model(`FROM debian:12 AS b\n${text}\n`);
    const fetching = file.instructions[1];
    assert.ok(fetching);
    const { needs, unknown } = laterListNeeds(file, fetching, 'apt');
    const lines = needs.map(([{ command }]) => String(file.document.lineAt(command.span.start) + 1));
    assert.equal([...lines, ...(unknown ? ['?'] : [])].join(' '), expected);
  });
}

/** Steps behind an update that must stay where it is, and one behind which it may move. */
const behindUpdate: readonly (readonly [string, boolean])[] = [
  ['RUN apt-get install -y x', true],
  ['RUN make\nRUN apt-get install -y x', false],
  ['RUN make && apt-get install -y x', false],
  ['RUN apt-get install -y x && make', true],
  ['USER app\nRUN sudo apt-get install -y x', false],
  ['RUN apt-get install -y x\nRUN make\nRUN apt-get install -y y', true],
  ['RUN apt-get install -y x\nUSER app\nRUN sudo apt-get install -y y', false],
];

for (const [text, expected] of behindUpdate) {
  test(`the update moves behind: ${text}`, () => {
    const { findings } = lint(`FROM debian:12\nRUN apt-get update\n${text}\n`, defaultConfig, noFacts);
    const found = findings.filter(({ rule }) => rule.id === 'package-update-alone');
    assert.deepEqual(
      found.map(({ fix }) => fix !== undefined),
      [expected],
    );
  });
}

test('a question to the index keeps the update', () => {
  const fixes = (command: string): boolean[] =>
    lint(`FROM alpine:3.20\nRUN apk update && ${command}apk add --no-cache x\n`, defaultConfig, noFacts)
      .findings.filter(({ rule }) => rule.id === 'apk-no-cache')
      .map(({ fix }) => fix !== undefined);
  assert.deepEqual(fixes(''), [true]);
  assert.deepEqual(fixes('apk search y && '), [false]);
});

test('where mounts are wanted, nobody asks for options and removals', () => {
  const text = 'FROM alpine:3.20\nRUN apt-get update\nRUN apk add curl\nRUN pip install flask\n';
  const found = (packageCache: 'either' | 'mount'): string[] =>
    lint(text, { ...defaultConfig, packageCache }, noFacts)
      .findings.map(({ rule }) => rule.id)
      .filter((id) => /^(?:apt-lists-cleanup|apk-no-cache|pip-no-cache-dir)$/.test(id));
  const all = ['apt-lists-cleanup', 'apk-no-cache', 'pip-no-cache-dir'];
  assert.deepEqual(found('either'), all);
  assert.deepEqual(found('mount'), []);
});
