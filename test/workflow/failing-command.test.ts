// Which command of a RUN is marked, from the exit code and the last lines that the step printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failingCommands } from '../../server/src/workflow/build/failing-command';
import { describe } from '../harness/description';

interface Case {
  /** What is marked stands between « and ». */
  readonly run: string;
  readonly exitCode: number;
  readonly output: readonly string[];
}

const cases: readonly Case[] = [
  { run: 'RUN «make»', exitCode: 2, output: [] },
  { run: 'RUN echo a; «ls /gone»', exitCode: 1, output: ['a', 'ls: /gone: No such file or directory'] },
  { run: 'RUN false; «true && false»', exitCode: 1, output: [] },
  {
    run: 'RUN apt-get update && \\\n    «apt-get install -y nosuch» && \\\n    rm -rf /var/lib/apt/lists/*',
    exitCode: 100,
    output: ['Reading package lists...', 'E: Unable to locate package nosuch'],
  },
  {
    run: 'RUN make clean && \\\n  «mkae all» && make install',
    exitCode: 127,
    output: ['/bin/sh: 1: mkae: not found'],
  },
  { run: 'RUN a && «/opt/bin/b» && c', exitCode: 127, output: ['/bin/sh: line 1: /opt/bin/b: not found'] },
  { run: 'RUN a && «b» && c', exitCode: 127, output: ['bash: line 1: b: command not found'] },
  { run: 'RUN echo x && «exit 3» && exit 4', exitCode: 3, output: ['x'] },
  { run: 'RUN set -ex; cp a b; «cp c d»; cp e f', exitCode: 1, output: ['+ cp a b', '+ cp c d', 'nope'] },
  {
    run: 'RUN npm ci && «npm run build» && make',
    exitCode: 1,
    output: ['npm error Missing script: "build"'],
  },
  {
    run: 'RUN cd app && «make -j4» && ls',
    exitCode: 2,
    output: ['cc x', 'make[1]: *** [Makefile:2: all] Error 1'],
  },
  {
    run: 'RUN pip install a==1 && «pip install flask==99»',
    exitCode: 1,
    output: ['ERROR: No matching distribution found for flask==99'],
  },
  { run: 'RUN wget -q x || «curl x»', exitCode: 6, output: ['curl: (6) Could not resolve host'] },
  // Nothing tells which: all that may have failed.
  { run: 'RUN «a && b && \\\n  c»', exitCode: 1, output: ['something'] },
  { run: 'RUN ls /x || true; «a && b»', exitCode: 1, output: [] },
  { run: 'RUN <<EOF\nset -e\nls\n«cat /gone»\nrm x\nEOF', exitCode: 1, output: ['cat: /gone: No such file'] },
];

for (const { run, exitCode, output } of cases) {
  test(`marks «…» of ${JSON.stringify(run)}`, () => {
    const text = `FROM a\n${run.replace(/[«»]/g, '')}\n`;
    const { commands = [] } = describe(text).instructions[1] ?? {};
    const found = failingCommands({ exitCode, output }, commands);
    const lines = text.split('\n');
    const at = ({ line, character }: { line: number; character: number }): number =>
      lines.slice(0, line).join('\n').length + 1 + character;
    const start = found[0]?.range.start ?? assert.fail();
    const end = found.at(-1)?.range.end ?? assert.fail();
    const marked = `${text.slice(0, at(start))}«${text.slice(at(start), at(end))}»${text.slice(at(end))}`;
    assert.equal(marked, `FROM a\n${run}\n`);
  });
}
