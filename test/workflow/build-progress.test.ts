// The step that a build is at and the time of each, as the builders tell it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BuildProgress, progressText } from '../../server/src/workflow/build/build-progress';

/** Feeds `SECOND|LINE` lines, and says after each marked one what is shown. */
function follow(log: string): {
  readonly shown: string[];
  readonly progress: BuildProgress;
  readonly end: number;
} {
  const progress = new BuildProgress();
  const shown: string[] = [];
  let now = 0;
  for (const row of log.trim().split('\n')) {
    const [, second = '', mark, line = ''] = /^(\d+)(\?)?\|(.*)$/.exec(row) ?? [];
    now = Number(second) * 1000;
    progress.push(`${line}\n`, 'stderr', now);
    const { running } = progress;
    if (mark !== undefined) shown.push(running ? progressText(running, now) : '-');
  }
  return { shown, progress, end: now };
}

test('BuildKit: steps side by side, its own times, and what was cached', () => {
  const { shown, progress } = follow(`
0|#1 [internal] load build definition from Dockerfile
0?|#1 DONE 0.0s
1|#5 [build 1/3] FROM docker.io/library/node:22@sha256:0
1|#5 DONE 0.3s
1|#6 [build 2/3] COPY . .
1|#6 CACHED
2|#7 [build 3/3] RUN npm ci
3|#8 [linux/amd64 stage-1 2/4] RUN apt-get update &&     apt-get install -y curl
14?|#7 11.32 added 210 packages
15?|#7 DONE 12.9s
70?|#8 60.1 Setting up curl
71|#8 ERROR: process "/bin/sh -c apt-get update" did not complete successfully: exit code: 100
71?|------`);
  assert.deepEqual(shown, [
    '-',
    'build 3/3 RUN npm ci · 12 s',
    '2/4 RUN apt-get update && apt-get install -y curl · 12 s',
    '2/4 RUN apt-get update && apt-get install -y curl · 1 min 7 s',
    '-',
  ]);
  assert.deepEqual(progress.times, [
    { text: 'FROM docker.io/library/node:22@sha256:0', seconds: 0.3, cached: false },
    { text: 'COPY . .', seconds: 0, cached: true },
    { text: 'RUN npm ci', seconds: 12.9, cached: false },
  ]);
});

test("docker's old builder: times by the clock of the caller", () => {
  const { shown, progress, end } = follow(`
0|Step 1/3 : FROM alpine:3.20
2| ---> 4bcff63911fc
2|Step 2/3 : COPY a /a
2| ---> Using cache
3|Step 3/3 : RUN sleep 5
5?| ---> Running in 0a1b
8|ok`);
  progress.end(end);
  assert.deepEqual(shown, ['3/3 RUN sleep 5 · 2 s']);
  assert.deepEqual(progress.times, [
    { text: 'FROM alpine:3.20', seconds: 2, cached: false },
    { text: 'COPY a /a', seconds: 1, cached: true },
    { text: 'RUN sleep 5', seconds: 5, cached: false },
  ]);
});

test('buildah and podman: each stage has one step at a time', () => {
  const { shown, progress } = follow(`
0|[1/2] STEP 1/2: FROM alpine AS build
1|[1/2] STEP 2/2: RUN make
4?|--> 0a1b2c
4|[2/2] STEP 1/2: FROM scratch
5|[2/2] STEP 2/2: COPY --from=build /a /a
5|--> Using cache 99aa
6|STEP 7: CMD ["/a"]
6?|COMMIT`);
  assert.deepEqual(shown, ['2/2 RUN make · 3 s', '2/2 RUN make · 5 s']);
  assert.ok(progress.times.some(({ text, seconds }) => text.startsWith('FROM alpine') && seconds === 1));
});

test('what is cut anywhere, long or endless stays small', () => {
  const whole = new BuildProgress();
  const cut = new BuildProgress();
  const log = '#3 [2/2] RUN make\n#3 0.1 out\n#3 DONE 4.5s\n';
  whole.push(log, 'stdout', 0);
  for (const letter of log) cut.push(letter, 'stdout', 0);
  assert.deepEqual(cut.times, whole.times);
  const many = new BuildProgress();
  for (let at = 0; at < 5000; at += 1)
    many.push(`#${at} [2/2] RUN ${'x'.repeat(5000)}\n#${at} DONE 1.0s\n`, 'stdout', at);
  assert.equal(many.times.length, 2000);
  assert.ok((many.times[0]?.text.length ?? 0) <= 2000);
});
