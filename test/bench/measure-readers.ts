// How long the output of a build and the report of a scanner keep an editor from answering, and what of them is kept: read
// through the runner that the extension uses, from a program that prints as fast as it can.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SpawnRunner } from '../../server/src/io/processes/spawn-runner';
import type { Reader, Run } from '../../server/src/workflow/run';
import { grypeReport } from '../../server/src/workflow/tools/grype';
import { scanRun } from '../../server/src/workflow/scan/scan-run';
import { LogReader } from '../../server/src/workflow/why/read-log';

export interface ReaderFigures {
  readonly what: string;
  /** Of what was read. */
  readonly megabytes: number;
  /** Until the answer is there, in milliseconds, with starting the program. */
  readonly wall: number;
  /** The processor time that one piece of it took at most, in milliseconds: what the reading itself makes others wait. */
  readonly longestTurn: number;
  /** The longest time in which nothing else could run, in milliseconds: on a busy machine also what others took. */
  readonly longestWait: number;
  /** What was reachable at most while it was read, beyond what was before, in mebibytes. */
  readonly kept: number;
  /** What came out of it, in words. */
  readonly answer: string;
}

const logLines = 100_000;
const reportBytes = 50_000_000;

/** Memory is looked at after this many characters: collecting takes time, which is not counted. */
const between = 5_000_000;

/** @param progress gets a line before each measurement */
export async function measureReaders(progress: (line: string) => void): Promise<readonly ReaderFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  try {
    progress('readers: a build log');
    const log = join(folder, 'log');
    writeLines(log, logLines, buildLine, '', buildEnd);
    const lines = await measure('A build log of 100,000 lines', log, logRun(log));
    progress('readers: a report of a scanner');
    const report = join(folder, 'report.json');
    writeLines(
      report,
      Math.ceil(reportBytes / match(0).length),
      match,
      '{"matches":[\n',
      '{}],"source":{}}\n',
    );
    const scan = scanRun({ id: 'grype', program: '/bin/cat' }, [report], grypeReport);
    return [
      { ...lines.figures, answer: String(lines.value) },
      await measure('A report of a scanner of 50 MB', report, scan).then(({ figures, value }) => ({
        ...figures,
        answer: value ? `${value.vulnerabilities.length} vulnerabilities` : 'unreadable',
      })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A build whose last step fails, as a CI system keeps it. */
function logRun(path: string): Run<string> {
  const reader = (): Reader<string> => {
    const log = new LogReader();
    return {
      push: (text) => {
        log.push(text);
        return [];
      },
      end: () => {
        const { failure } = log.end();
        return { value: `exit code ${failure.exitCode ?? 'unknown'}, ${failure.output.length} lines kept` };
      },
    };
  };
  return {
    tool: { id: 'cat', program: '/bin/cat' },
    args: [path],
    env: {},
    answer: 'output',
    limit: { ms: Infinity, characters: Infinity },
    reader,
  };
}

async function measure<T>(
  what: string,
  path: string,
  run: Run<T, unknown>,
): Promise<{ readonly figures: Omit<ReaderFigures, 'answer'>; readonly value: T | undefined }> {
  const timed = await readOnce(run);
  const { kept } = await readOnce(run, heapAfterCollection);
  const { value, wall, longestTurn, longestWait } = timed;
  const megabytes = statSync(path).size / 1e6;
  return { figures: { what, megabytes, wall, longestTurn, longestWait, kept }, value };
}

/** @param look at the memory now and then: it stops everything, so the times are not those of a reading */
async function readOnce<T>(
  run: Run<T, unknown>,
  look?: () => number,
): Promise<{
  readonly value: T | undefined;
  readonly wall: number;
  readonly longestTurn: number;
  readonly longestWait: number;
  readonly kept: number;
}> {
  const before = look?.() ?? 0;
  let most = before;
  let seen = 0;
  let longestTurn = 0;
  const timed = <R>(turn: () => R): R => {
    const start = process.cpuUsage();
    const result = turn();
    const { user, system } = process.cpuUsage(start);
    longestTurn = Math.max(longestTurn, (user + system) / 1000);
    return result;
  };
  const watched: Run<T, unknown> = {
    ...run,
    reader() {
      const reader = run.reader();
      return {
        push(text, stream) {
          const events = timed(() => reader.push(text, stream));
          seen += text.length;
          if (look && seen >= between) {
            seen = 0;
            most = Math.max(most, look());
          }
          return events;
        },
        end(exit) {
          const reading = timed(() => reader.end(exit));
          if (look) most = Math.max(most, look());
          return reading;
        },
      };
    },
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const outcome = await new SpawnRunner().run(watched, { folder: tmpdir() });
  const wall = performance.now() - start;
  delay.disable();
  return {
    value: outcome.kind === 'done' ? outcome.value : undefined,
    wall,
    longestTurn,
    longestWait: delay.max / 1e6,
    kept: (most - before) / 2 ** 20,
  };
}

let collect: (() => void) | undefined;

/** In bytes, without what nobody can reach any more. */
function heapAfterCollection(): number {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed;
}

function writeLines(
  path: string,
  count: number,
  line: (at: number) => string,
  head: string,
  end: string,
): void {
  const file = openSync(path, 'w');
  try {
    let text = head;
    for (let at = 0; at < count; at += 1) {
      text += line(at);
      if (text.length < 1_000_000) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text + end);
  } finally {
    closeSync(file);
  }
}

/** Plain output of buildx: a thousand steps of a hundred lines. */
function buildLine(at: number): string {
  const step = Math.floor(at / 100) + 1;
  if (at % 100 === 0) return `#${step} [build ${step}/1000] RUN make part-${step}\n`;
  return `#${step} ${(at % 100) / 10} gcc -O2 -c -o build/part-${step}/file-${at}.o src/part-${step}/file-${at}.c\n`;
}

const buildEnd = `#1001 [build 1001/1001] RUN make install
#1001 0.4 cp: cannot create regular file '/usr/local/bin/app': Read-only file system
#1001 ERROR: process "/bin/sh -c make install" did not complete successfully: exit code: 2
------
 > [build 1001/1001] RUN make install:
0.4 cp: cannot create regular file '/usr/local/bin/app': Read-only file system
------
ERROR: failed to solve: process "/bin/sh -c make install" did not complete successfully: exit code: 2
`;

/** About five kilobytes, as entries of grype are. */
const related = Array.from({ length: 12 }, (_, n) => ({ id: `CVE-1-${n}`, description: 'x'.repeat(300) }));
const [before = '', after = ''] = JSON.stringify({
  vulnerability: { id: 'CVE-2099-‹at›', severity: 'High', fix: { versions: ['2'], state: 'fixed' } },
  relatedVulnerabilities: related,
  artifact: { name: 'a', version: '1', type: 'deb', locations: [] },
}).split('‹at›');

function match(at: number): string {
  return `${before}${at}${after},\n`;
}
