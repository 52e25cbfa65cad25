// What is deleted too late, and which step wrote it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../server/src/core/model/model';
import type { Model } from '../../server/src/core/model/model';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';
import { lateRemovals } from '../../server/src/rules/cleanup-in-later-layer.parts';

const model = (text: string): Model => buildModel(parse(text), new TextFile(text));

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
});

test('a stage inherits what its parent has written', () => {
  const text = 'FROM a AS b\nRUN yum install -y x\nFROM b\nRUN yum clean all\n';
  assert.equal(lateRemovals(model(text)).length, 1);
});
