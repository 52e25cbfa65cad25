// Logs in the forms that builders and CI systems give them, whole, cut, and hostile: the instruction and the cause.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { causes } from '../../server/src/workflow/why/causes';
import { explain } from '../../server/src/workflow/why/explain';
import type { Explanation } from '../../server/src/workflow/why/explanation';
import { LogReader } from '../../server/src/workflow/why/read-log';
import { describe } from '../harness/description';
import { cpuTime } from '../harness/cpu-time';

interface Scenario {
  readonly name: string;
  /** Without the mark. */
  readonly file: string;
  /** Zero-based line of the mark; undefined if no line is to be named. */
  readonly line: number | undefined;
  readonly log: string;
  readonly answer: string;
}

const folder = 'test/workflow/why';

/** `-- Dockerfile --` with « where the answer points, `-- log --`, and `-- answer --`: the cause and the message. */
const scenarios = readdirSync(folder).map((name): Scenario => {
  const [, marked = '', log = '', answer = ''] = readFileSync(`${folder}/${name}`, 'utf8').split(
    /^-- [\w ]+ --\n/m,
  );
  const at = marked.indexOf('«');
  return {
    name,
    file: marked.replace('«', ''),
    line: at < 0 ? undefined : marked.slice(0, at).split('\n').length - 1,
    // What an editor would show or take away.
    log: log.replaceAll('␛', '\u001b').replaceAll('␍', '\r'),
    answer: answer.trimEnd(),
  };
});

function why(log: string, file: string): Explanation {
  const reader = new LogReader();
  reader.push(log);
  return explain(reader.end().failure, describe(file));
}

for (const { name, file, line, log, answer } of scenarios) {
  test(name, () => {
    const found = why(log, file);
    assert.equal(`${found.cause}\n${found.message}`, answer);
    assert.equal(found.line, line);
    assert.deepEqual(why(log.replaceAll('\n', '\r\n'), file), found, 'with the ends of line of Windows');
  });
}

test('there are logs of every family', () => {
  assert.ok(scenarios.length >= 15);
});

test('a log in pieces says the same as the whole', () => {
  for (const { file, log } of scenarios) {
    const whole = why(log, file);
    for (const size of [1, 7, 100]) {
      const reader = new LogReader();
      for (let at = 0; at < log.length; at += size) reader.push(log.slice(at, at + size));
      assert.deepEqual(explain(reader.end().failure, describe(file)), whole);
    }
  }
});

test('no beginning and no end of a log throws', () => {
  for (const { file, log } of scenarios) {
    const described = describe(file);
    for (let at = 0; at < log.length; at += 13) {
      for (const cut of [log.slice(0, at), log.slice(at)]) {
        const reader = new LogReader();
        reader.push(cut);
        const { message } = explain(reader.end().failure, described);
        assert.match(message, /^[^\n]+$/);
      }
    }
  }
});

test('a cut log, without its steps, still leads to the instruction', () => {
  const file = 'FROM base\nRUN one\nRUN apt-get update && apt-get install -y nosuch\nCOPY a /\n';
  const cut = (command: string): Explanation =>
    why(`ding lists...\nE: Unable to locate package nosuch\n${command}`, file);
  const whole =
    "The command '/bin/sh -c apt-get update && apt-get install -y nosuch' returned a non-zero code: 100";
  assert.equal(cut(whole).line, 2);
  assert.equal(cut(whole.slice(20)).line, 2);
  assert.equal(cut(`ERROR: Service 'web' failed to build : ${whole}`).line, 2);
  assert.equal(
    cut('executor failed running [/bin/sh -c apt-get update && apt-get install -y nosuch]: exit code: 100')
      .line,
    2,
  );
});

test('the order of the causes: what explains the others comes first', () => {
  const file = 'FROM base\nRUN npm ci && make\n';
  const log = (printed: string): string =>
    `Step 2/2 : RUN npm ci && make\n${printed}\nThe command '/bin/sh -c npm ci && make' returned a non-zero code: 1\n`;
  const missing = 'npm error syscall spawn git\nnpm error path git\n';
  assert.equal(why(log(`${missing}${'npm error code ELIFECYCLE\n'.repeat(10)}`), file).facts.command, 'git');
  // An early complaint that stopped nothing, then another failure.
  const far = `curl: (22) The requested URL returned error: 404\n${'fine\n'.repeat(100)}a.c:1:1: error: expected ‘;’`;
  assert.equal(why(log(far), file).cause, 'compile-failed');
  // The cause far above its consequences.
  const long = `${missing}${'gathering\n'.repeat(5000)}`;
  assert.equal(why(log(long), file).facts.command, 'git');
});

test('signs have no state, and are quick on the longest line that is kept', () => {
  const pieces = [
    'a',
    ' ',
    'A',
    '0',
    '/',
    "'",
    ':',
    '1.',
    'a: ',
    'a-',
    '‘',
    '(',
    'error: ',
    'Failed to fetch http://a/',
  ];
  const heads = ['', 'E: ', 'npm ERR! ', 'cannot open ', "could not open '", 'error: '];
  const lines = pieces.flatMap((piece) => heads.map((head) => `${head}${piece.repeat(400)}`.slice(0, 400)));
  const time = (sign: RegExp, line: string): number => {
    const clock = cpuTime();
    sign.exec(line);
    return cpuTime() - clock;
  };
  for (const { id, signs } of causes) {
    for (const sign of signs) {
      assert.ok(!sign.global && !sign.sticky, id);
      for (const line of lines)
        assert.ok(
          Math.min(time(sign, line), time(sign, line)) < 20,
          `${id}: ${sign.source} on ${line.slice(0, 40)}`,
        );
    }
  }
});

test('a hundred thousand lines, and lines that never end, are read in bounded memory', () => {
  const reader = new LogReader();
  const chunk = `${'#7 1.234 error: something that is not the cause\n'.repeat(1000)}`;
  const clock = cpuTime();
  for (let at = 0; at < 100; at += 1) reader.push(chunk);
  reader.push('\r'.repeat(100_000));
  for (let at = 0; at < 100; at += 1) reader.push('x'.repeat(100_000));
  reader.push('\n#7 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2\n');
  const { failure } = reader.end();
  assert.equal(failure.exitCode, 2);
  assert.ok(failure.output.length < 1000 && failure.output.every((line) => line.length <= 400));
  assert.ok(cpuTime() - clock < 3000);
});
