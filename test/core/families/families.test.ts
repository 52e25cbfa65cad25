// What rules of one family share, also for managers that have no rule yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstCachesLeft } from '../../../server/src/core/analysis/packages/caches-left';
import { unanswered } from '../../../server/src/core/analysis/packages/confirmations';
import { cacheRemoval } from '../../../server/src/core/families/cache-removal';
import { missingAnswer } from '../../../server/src/core/families/missing-answer';
import type { Fix } from '../../../server/src/core/lint/finding';
import { applyEdits } from '../../../server/src/core/text/edit';
import { modelOf } from '../../harness/commands';

const head = 'FROM x\nRUN ';

/** The commands after a fix; undefined without one. */
function fixed(text: string, fix: Fix | undefined): string | undefined {
  if (!fix) return undefined;
  const edits = [...fix.edits].sort((a, b) => a.start - b.start);
  return applyEdits(text, edits).slice(head.length);
}

const answers: readonly (readonly [commands: string, message: string, fixed: string])[] = [
  [
    'pacman -S x',
    'pacman asks for confirmation, and the build stops without an answer',
    'pacman -S --noconfirm x',
  ],
  [
    'conda install x',
    'conda asks for confirmation, and the build stops without an answer',
    'conda install -y x',
  ],
  [
    'apt-get install x',
    'apt-get asks for confirmation if other packages change too, and the build stops without an answer',
    'apt-get install -y x',
  ],
  [
    'tdnf upgrade',
    'tdnf asks for confirmation if anything changes, and the build stops without an answer',
    'tdnf upgrade -y',
  ],
];

for (const [commands, message, expected] of answers) {
  test(`a missing answer: ${commands}`, () => {
    const text = head + commands;
    const [finding] = unanswered(modelOf(text), () => true).map(missingAnswer);
    assert.equal(finding?.message, message);
    assert.equal(fixed(text, finding.fix), expected);
  });
}

test('other tools know the finding on an installation, and no other', () => {
  const known = (commands: string) =>
    unanswered(modelOf(head + commands), () => true).map((use) => missingAnswer(use).alsoKnownAs);
  assert.deepEqual(known('apt-get install x'), [undefined]);
  assert.deepEqual(known('apt-get upgrade'), [[]]);
});

test('microdnf goes on reading, so the build hangs', () => {
  const [use] = unanswered(modelOf('FROM almalinux:9-minimal\nRUN microdnf install x'), () => true);
  assert.ok(use);
  assert.match(missingAnswer(use).message, /the build hangs without an answer$/);
});

const removals: readonly (readonly [commands: string, fixed: string | undefined])[] = [
  ['dnf install -y x', 'dnf install -y x && dnf clean all'],
  [
    'sudo dnf install -y x && dnf install -y y; make',
    'sudo dnf install -y x && dnf install -y y && dnf clean all; make',
  ],
  ['sudo zypper in -y x', 'sudo zypper in -y x && sudo zypper clean --all'],
  // What a later step fetches by itself is its own matter.
  ['yum install -y x\nRUN yum install -y y', 'yum install -y x && yum clean all\nRUN yum install -y y'],
  [
    'apt-get update && apt-get install -y x',
    'apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*',
  ],
  [
    'apt-get update && apt-get install -y x\nRUN apt-get install -y y && rm -rf /var/lib/apt/lists/*',
    'apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y y && rm -rf /var/lib/apt/lists/*',
  ],
  // Nothing here works from the lists, so that they belong to another step.
  ['apt-get update', undefined],
  ['dnf makecache', undefined],
  ['apt-get update && bash <<EOF\napt-get install -y x\nEOF\n', undefined],
  // An exec form takes no more commands, so that the later step would be left without lists.
  ['apt-get update && apt-get install -y x\nRUN ["apt-get", "install", "-y", "y"]', undefined],
];

for (const [commands, expected] of removals) {
  test(`the caches of a RUN are emptied: ${commands}`, () => {
    const text = head + commands;
    const model = modelOf(text);
    const [left] = firstCachesLeft(model, () => true);
    assert.ok(left);
    assert.equal(fixed(text, cacheRemoval(model, left, 'Remove')), expected);
  });
}

test('the removal is suggested where a later step may work from the lists', () => {
  const safety = (commands: string): Fix['safety'] => {
    const model = modelOf(head + commands);
    const [left] = firstCachesLeft(model, () => true);
    assert.ok(left);
    return cacheRemoval(model, left, 'Remove')?.safety;
  };
  const install = 'apt-get update && apt-get install -y x';
  assert.equal(safety(`${install}\nRUN echo x`), undefined);
  assert.equal(safety(`${install}\nRUN ./setup.sh`), 'suggested');
  assert.equal(safety(`${install}\nRUN apt-get install -y y`), 'suggested');
});
