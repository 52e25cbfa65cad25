// Which users and groups an image certainly lacks after a step.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rosterAt } from '../../../../server/src/core/analysis/runtime/image-roster';
import { buildModel } from '../../../../server/src/core/model/model';
import { parse } from '../../../../server/src/core/syntax/parse';
import { TextFile } from '../../../../server/src/core/text/document';

/** Whether the image certainly lacks the user and the group `name` after some steps. */
function lacks(steps: string, name: string, base = 'debian:12'): readonly [user: boolean, group: boolean] {
  const text = `FROM ${base}\n${steps}\nUSER x\n`;
  const model = buildModel(parse(text), new TextFile(text));
  const last = model.instructions.at(-1);
  const roster = last && rosterAt(model, last);
  return [roster?.lacksUser(name) === true, roster?.lacksGroup(name) === true];
}

const nobody = [true, true];
const both = [false, false];
const onlyUser = [false, true];
const onlyGroup = [true, false];

const cases: readonly (readonly [
  steps: string,
  expected: readonly boolean[],
  name?: string,
  base?: string,
])[] = [
  // A mention is not a creation.
  ['RUN chown -R app:app /srv', nobody],
  ['RUN chmod 700 /srv && install -o app -d /srv/app', nobody],
  ['RUN mkdir /app && chown app /app && apt-get update && apt-get install -y curl', nobody],
  ['RUN pip install flask && npm ci && go build -o /app . && ./mvnw package', nobody],
  ['RUN pip install flask && npm ci && /opt/venv/bin/pip install x', nobody],
  ['RUN ./install', both],
  ['RUN /install', both],
  ['RUN ../scripts/install', both],
  // What creates users and groups.
  ['RUN useradd app', both],
  ['RUN useradd -m -s /bin/bash -u 1000 app', both],
  ['RUN useradd -g staff app', onlyUser],
  ['RUN useradd -N app', onlyUser],
  ['RUN useradd -R /mnt app', nobody],
  ['RUN useradd "$NAME"', both],
  ['RUN groupadd -r app', onlyGroup],
  ['RUN groupadd -r app && useradd -r -g app app', both],
  ['RUN adduser --disabled-password --gecos "" app', both],
  ['RUN adduser --system app', onlyUser],
  ['RUN adduser --system --group app', both],
  ['RUN adduser --system --ingroup staff app', onlyUser],
  ['RUN adduser app sudo', nobody],
  ['RUN adduser -D -u 1000 app', both, 'app', 'alpine:3.20'],
  ['RUN adduser -S app', onlyUser, 'app', 'alpine:3.20'],
  ['RUN addgroup -S app && adduser -S -G app app', both, 'app', 'alpine:3.20'],
  ['RUN addgroup app wheel', nobody, 'app', 'alpine:3.20'],
  ['RUN usermod -l app daemon && groupmod -n app daemon', both],
  ['RUN usermod -aG sudo daemon', nobody],
  ['RUN usermod -l "$NAME" daemon', both],
  ['RUN id app || useradd app', both],
  ['RUN if [ -n "$X" ]; then useradd app; fi', both],
  ["RUN sh -c 'useradd app'", both],
  ["RUN sudo sh -c 'mkdir /srv/app'", nobody],
  ['RUN ["useradd", "app"]', both],
  ['RUN <<EOF\nuseradd app\nEOF', both],
  // The lists themselves.
  ['RUN echo app:x:1000:1000::/: >> /etc/passwd', both],
  ['RUN echo app:x:1000: | tee -a /etc/group', both],
  ["RUN sed -i 's/^www-data/app/' /etc/passwd", both],
  ['RUN cp -r /tmp/files/* /', both],
  ['RUN tar -C / -xf /tmp/files.tar', both],
  ['RUN tar -xf /tmp/files.tar', both],
  ['WORKDIR /srv\nRUN tar -xf /tmp/files.tar', nobody],
  ['RUN tar -C /opt -xf /tmp/files.tar', nobody],
  ['RUN cat /etc/passwd && grep app /etc/group', nobody],
  ['COPY passwd /etc/', both],
  ['COPY files/ /', both],
  ['COPY . /etc', both],
  ['COPY server.js /', nobody],
  ['COPY . /app', nobody],
  ['WORKDIR /app\nCOPY . .', nobody],
  ['WORKDIR /etc\nCOPY . .', both],
  ['COPY nginx.conf /etc/', nobody],
  ['COPY <<EOF /etc/passwd\napp:x:1::/:\nEOF', both],
  ['ADD files.tar.gz /', both],
  ['ADD files.tar.gz /opt', nobody],
  ['COPY x ${NOWHERE}', both],
  ['ONBUILD RUN useradd app', both],
  // Packages have users of their own, but not those that people invent.
  ['RUN apt-get install -y postgresql', both, 'pgbouncer'],
  ['RUN apt-get install -y postgresql', nobody, 'app'],
  ['RUN apt-get install -y curl git libpq-dev', nobody, 'pgbouncer'],
  ['RUN apk add --no-cache $PACKAGES', both, 'pgbouncer', 'alpine:3.20'],
  ['RUN apt-get update && apt-get remove -y x', nobody, 'pgbouncer'],
  // Whatever runs there may do anything.
  ['RUN ./setup', both],
  ['RUN curl -fsSL https://example.com/x | sh', both],
  ['RUN make install', both],
  ['RUN $COMMAND', both],
  ['RUN python3 <<EOF\nimport os\nEOF', both],
  ['RUN systemd-sysusers', both],
  ["RUN sh -c 'if true", both],
  // What the base image has.
  ['', [false, false], 'www-data'],
  ['', [true, false], 'sudo'],
  ['', [false, false], 'postgres'],
  ['', [false, false], 'node', 'node:22'],
  ['', [false, false], 'app', 'example.com/x'],
  ['', [true, false], 'tty', 'gcr.io/distroless/static-debian12'],
];

for (const [steps, expected, name = 'app', base] of cases) {
  test(`roster: ${steps.replaceAll('\n', '⏎')} ${base ?? ''} ${name}`, () => {
    assert.deepEqual(lacks(steps, name, base), expected);
  });
}

test('a stage begins with the users of its parent', () => {
  const text = 'FROM debian:12 AS a\nRUN useradd app\nFROM a\nUSER x\nFROM debian:12\nUSER y\n';
  const model = buildModel(parse(text), new TextFile(text));
  const lacking = model.stages.map(({ instructions }) => {
    const last = instructions.at(-1);
    return last && rosterAt(model, last)?.lacksUser('app');
  });
  assert.deepEqual(lacking, [true, false, true]);
});
