// Sizes and times beside the instructions, compared with the build before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  costHints,
  costsOf,
  nextCosts,
  readCosts,
  secondsText,
} from '../../../server/src/workflow/image/step-costs';
import type { BuildCosts, KnownCosts } from '../../../server/src/workflow/image/step-costs';
import type { ReportStep } from '../../../server/src/workflow/image/report';
import type { ImageId } from '../../../server/src/workflow/checked-arguments';
import { english } from '../../../server/src/workflow/translate';
import { describe } from '../../harness/description';

const file = 'FROM debian:12\nRUN make\nRUN make\nCOPY . /src\nCMD ["x"]\n';
const step = (line: number | undefined, unpacked: number): ReportStep => ({
  layer: 0,
  digest: '',
  instruction: '',
  line,
  origin: line === undefined ? 'base' : 'file',
  unpacked,
  compressed: undefined,
  files: 0,
  hidden: 0,
});

function costs(id: string, sizes: readonly number[], text = file): BuildCosts {
  const [first = 0, second = 0, copy = 0] = sizes;
  const steps = [
    step(undefined, 70_000_000),
    step(undefined, 8_000_000),
    step(2, first),
    step(3, second),
    step(4, copy),
  ];
  const times = [
    { text: 'RUN make', seconds: 3.21, cached: false },
    { text: 'run make', seconds: 75, cached: true },
    { text: 'COPY . /src', seconds: 0.01, cached: false },
    { text: 'RUN something else', seconds: 9, cached: false },
  ];
  return costsOf(id.repeat(64) as ImageId, { steps }, times, describe(text), undefined);
}

function shown(known: KnownCosts, text = file): string[] {
  return costHints(known, describe(text), english).map((hint) => `${hint.instruction} ${hint.text}`);
}

test('each instruction has the bytes of its layer and its time; the base has those below', () => {
  assert.deepEqual(shown({ now: costs('a', [12_400_000, 0, 999]) }), [
    '0 78 MB',
    '1 12 MB · 3.2 s',
    '2 0 B · 1 min 15 s',
    '3 999 B · 0 s',
  ]);
});

test('what grew or shrank since the image before is said, without the noise of a build', () => {
  const known = nextCosts(
    { now: costs('a', [11_300_000, 500, 50_000]) },
    costs('b', [12_400_000, 0, 20_000]),
  );
  assert.deepEqual(shown(known).slice(1), [
    '1 12 MB (+1.1 MB) · 3.2 s',
    '2 0 B · 1 min 15 s',
    '3 20 kB (-30 kB) · 0 s',
  ]);
  assert.deepEqual(costHints(known, describe(file), english)[1]?.details, [
    'It added 12 MB to the image, unpacked.',
    'It took 3.2 s when it last ran without the cache.',
    'The image before: 11 MB · 3.2 s.',
  ]);
  // The same image again is still compared with the other one.
  assert.deepEqual(nextCosts(known, known.now), known);
});

test('an instruction that was edited has no hint, and is compared with its place after the next build', () => {
  const edited = file.replace('COPY . /src', 'COPY --chown=1 . /src');
  assert.deepEqual(
    shown({ now: costs('a', [1, 2, 3]) }, edited).map((one) => one[0]),
    ['0', '1', '2'],
  );
  const times = [{ text: 'COPY --chown=1 . /src', seconds: 1, cached: false }];
  const now = costsOf(
    'b'.repeat(64) as ImageId,
    { steps: [step(4, 53_000)] },
    times,
    describe(edited),
    undefined,
  );
  const before = costsOf(
    'a'.repeat(64) as ImageId,
    { steps: [step(4, 3000)] },
    [],
    describe(file),
    undefined,
  );
  assert.deepEqual(shown({ now, before }, edited), ['3 53 kB (+50 kB) · 1.0 s']);
});

test('what was remembered is read again, and anything else is nothing', () => {
  const known = nextCosts({ now: costs('a', [1, 2, 3]) }, costs('b', [1, 2, 4]));
  assert.deepEqual(readCosts(JSON.parse(JSON.stringify(known))), known);
  for (const wrong of [undefined, null, 7, {}, { now: { image: '--x', steps: [] } }])
    assert.equal(readCosts(wrong), undefined);
  assert.deepEqual(
    readCosts({ now: { image: 'a'.repeat(64), steps: [{ text: 1, line: 'x' }, null] } })?.now.steps,
    [],
  );
});

test('seconds for people', () => {
  const texts = [0, 0.04, 0.06, 9.94, 9.96, 59.4, 59.6, 3600].map((one) => secondsText(one, english));
  assert.deepEqual(texts, ['0 s', '0 s', '0.1 s', '9.9 s', '10 s', '59 s', '1 min 0 s', '60 min 0 s']);
});
