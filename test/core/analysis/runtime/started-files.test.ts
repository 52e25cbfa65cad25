// Which files of the build context a Dockerfile starts, and which steps may change them before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayChangeLineEnds, mayChangeMode } from '../../../../server/src/core/analysis/runtime/changed-files';
import { startedFiles } from '../../../../server/src/core/analysis/runtime/started-files';
import { buildModel } from '../../../../server/src/core/model/model';
import { parse } from '../../../../server/src/core/syntax/parse';
import { TextFile } from '../../../../server/src/core/text/document';
import { cpuTime } from '../../../harness/cpu-time';
import { contextFrom } from '../../../harness/examples';

const context = contextFrom(
  new Map([
    ['files', 'run.sh bin/tool app/main.py start.sh quiet.sh .dockerignore left-out.sh'],
    ['texts', 'start.sh: exec gosu app $@ | quiet.sh: echo'],
    ['ignore', 'left-out.sh'],
  ]),
);

/** What starts of the context, with `!` for a mode and `~` for line ends that may change before. */
function startsOf(text: string): readonly string[] {
  const model = buildModel(parse(text), new TextFile(text));
  return startedFiles(model, { context }).map((started) => {
    const mode = mayChangeMode(model, started) ? '!' : '';
    const lines = mayChangeLineEnds(model, started) ? '~' : '';
    return `${started.place}${started.reader === undefined ? '' : ` by ${started.reader}`}${mode}${lines}`;
  });
}

const cases: readonly (readonly [instructions: string, expected: readonly string[]])[] = [
  ['CMD ["/run.sh"]', []],
  ['COPY run.sh /\nCMD ["/run.sh"]', ['run.sh']],
  ['COPY run.sh /\nCMD /run.sh || echo', ['run.sh']],
  ['COPY run.sh /\nCMD if true; then /run.sh; fi', []],
  ['COPY run.sh /\nENTRYPOINT ["/bin/tini", "--", "/run.sh"]', ['run.sh']],
  ['COPY run.sh /\nENTRYPOINT ["tini", "--"]\nCMD ["/run.sh"]', ['run.sh']],
  ['COPY run.sh /\nENTRYPOINT ["app"]\nCMD ["/run.sh"]', []],
  ['COPY *.sh /\nENTRYPOINT ["/start.sh"]\nCMD ["/run.sh"]', ['start.sh', 'run.sh']],
  ['COPY *.sh /\nENTRYPOINT ["/quiet.sh"]\nCMD ["/run.sh"]', ['quiet.sh']],
  ['COPY *.sh /\nENTRYPOINT /start.sh\nCMD ["/run.sh"]', ['start.sh']],
  ['COPY run.sh /usr/local/bin\nCMD ["run.sh"]', ['run.sh']],
  ['COPY run.sh /usr/local/bin/entrypoint\nCMD ["entrypoint"]', ['run.sh']],
  ['COPY bin/tool /usr/local/bin/\nCMD ["tool"]', []],
  ['COPY . /srv\nWORKDIR /srv\nCMD ["bin/tool"]', ['bin/tool']],
  ['COPY . /srv\nWORKDIR /srv\nCMD ["left-out.sh", "./left-out.sh"]', []],
  ['COPY . /srv\nRUN cd /srv && bash run.sh -x && sh -c "./bin/tool"', ['run.sh by bash', 'bin/tool']],
  ['COPY . /srv\nCOPY --from=build /out /srv\nCMD ["/srv/run.sh"]', []],
  ['COPY . /srv\nCOPY --from=build /out/a.jar /srv/\nCMD ["/srv/run.sh"]', ['run.sh']],
  ['COPY . /srv\nCOPY run.sh $X\nCMD ["/srv/run.sh"]', []],
  ['RUN /run.sh\nCOPY run.sh /', []],
  ['ONBUILD COPY run.sh /\nCMD ["/run.sh"]', []],
  ['COPY --parents app/main.py /\nCMD ["/app/main.py"]', []],
  ['COPY run.sh /\nRUN chmod -R +x /opt && chmod 600 /x && ls /run.sh\nCMD ["/run.sh"]', ['run.sh']],
  ['COPY run.sh /\nRUN chmod +x /*.sh\nCMD ["/run.sh"]', ['run.sh!']],
  ['COPY run.sh /\nRUN find / -name "*.sh" -exec chmod +x {} +\nCMD ["/run.sh"]', ['run.sh!']],
  ['COPY run.sh /\nRUN for f in /run.sh; do chmod +x $f; done\nCMD ["/run.sh"]', ['run.sh!~']],
  ['COPY run.sh /\nRUN chmod +x run.sh && /run.sh', ['run.sh!']],
  ['COPY run.sh /\nRUN dos2unix run.sh\nCMD ["/run.sh"]', ['run.sh!~']],
  [`COPY run.sh /\nRUN tr -d '\\r' < run.sh > /x\nCMD ["/run.sh"]`, ['run.sh!~']],
  [`COPY run.sh /\nRUN sed -i 's/\\r//' /other\nCMD ["/run.sh"]`, ['run.sh']],
  ['COPY run.sh /\nRUN mv /run.sh /x && cp /x /run.sh\nCMD ["/run.sh"]', ['run.sh!~']],
  ['COPY run.sh /\nRUN echo exit >> /run.sh\nCMD ["/run.sh"]', ['run.sh!~']],
  [
    'COPY run.sh /\nRUN make && ./configure && /usr/bin/setup && ./gradlew x.sh\nCMD ["/run.sh"]',
    ['run.sh!~'],
  ],
  ['COPY run.sh /\nRUN make && /usr/bin/setup && ./gradlew && ./setup.py\nCMD ["/run.sh"]', ['run.sh']],
  ['COPY run.sh /\nRUN bash $FILE\nCMD ["/run.sh"]', ['run.sh!~']],
  ['COPY *.sh /\nRUN sh quiet.sh\nCMD ["/run.sh"]', ['quiet.sh by sh', 'run.sh']],
  ['COPY run.sh /\nSHELL ["node"]\nRUN x\nCMD ["/run.sh"]', ['run.sh!~']],
];

for (const [instructions, expected] of cases) {
  test(`started: ${instructions.replaceAll('\n', '⏎')}`, () => {
    assert.deepEqual(startsOf(`FROM debian:12\n${instructions}\n`), expected);
  });
}

test('what the entry point of a base image does with a command is known for few', () => {
  for (const base of ['node:22', 'acme/app', 'ghcr.io/acme/app:1'])
    assert.deepEqual(startsOf(`FROM ${base}\nCOPY run.sh /\nCMD ["/run.sh"]\n`), [], base);
  assert.deepEqual(startsOf('FROM node:22\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\n'), ['run.sh']);
});

test('a chain of stages that each begin with the one above takes no more time than as many of their own', () => {
  const taken = (count: number): number => {
    const stages = Array.from({ length: count }, (_, at) =>
      [
        `FROM ${at === 0 ? 'a' : `s${at - 1}`} AS s${at}`,
        `COPY f${at} /f${at}`,
        `RUN ./run${at}.sh`,
        '',
      ].join('\n'),
    );
    const text = stages.join('');
    const model = buildModel(parse(text), new TextFile(text));
    // What the model computes once is not what is measured.
    assert.equal(model.commands.length, count);
    assert.equal(model.copies.length, count);
    assert.equal(model.stages.at(-1)?.chain.length, count);
    const start = cpuTime();
    assert.deepEqual(startedFiles(model, { context }), []);
    return cpuTime() - start;
  };
  const fastest = (count: number): number => Math.min(taken(count), taken(count), taken(count));
  // Ten times the stages: the square would be a hundred times the work.
  assert.ok(fastest(4000) < 40 * Math.max(fastest(400), 2));
});

test('a file is found that a stage far above has copied, and not one further above', () => {
  const started = (count: number): readonly string[] => {
    const chain = Array.from({ length: count }, (_, at) => `FROM s${at} AS s${at + 1}\n`).join('');
    return startsOf(`FROM a AS s0\nCOPY run.sh /\n${chain}ENTRYPOINT ["/run.sh"]\n`);
  };
  assert.deepEqual(started(60), ['run.sh']);
  assert.deepEqual(started(70), []);
});
