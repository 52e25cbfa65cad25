// What steps leave in their layers, what they delete there, and who needs it later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cachesLeft } from '../../../server/src/core/analysis/packages/caches-left';
import { deletionsOf } from '../../../server/src/core/analysis/layers/layer-contents';
import { laterListNeeds } from '../../../server/src/core/analysis/packages/list-needs';
import { buildModel } from '../../../server/src/core/model/model';
import type { Model } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';

const model = (text: string): Model => buildModel(parse(text), new TextFile(text));
const run = (command: string): Model => model(`FROM fedora:41\nRUN ${command}\n`);

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
    const file = run(command);
    const [found] = file.commands;
    assert.ok(found);
    const { known } = deletionsOf(file, found);
    assert.deepEqual(
      known.flatMap(({ path }) => path ?? []),
      paths,
    );
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

test('layers of a stage that is only copied from are thrown away', () => {
  const text = 'FROM a AS b\nRUN yum install -y x\nFROM a\nCOPY --from=b /x /x\n';
  assert.deepEqual(cachesLeft(model(text)), []);
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
  // What a trigger fetches is there in a later build alone.
  ['ONBUILD RUN apt-get update\nRUN apt-get install -y x\nONBUILD RUN apt-get install -y y', '4'],
  // A variable may mean this stage, and mostly does not.
  ['RUN apt-get update\nFROM b$TARGETVARIANT AS c\nRUN apt-get install -y x', ''],
];

for (const [text, expected] of users) {
  test(`who needs the lists: ${text}`, () => {
    const file = model(`FROM debian:12 AS b\n${text}\n`);
    const fetching = file.instructions[1];
    assert.ok(fetching);
    const { needs, unknown } = laterListNeeds(file, fetching.trigger ?? fetching, 'apt');
    const lines = needs.map(([{ command }]) => String(file.document.lineAt(command.span.start) + 1));
    assert.equal([...lines, ...(unknown ? ['?'] : [])].join(' '), expected);
  });
}
