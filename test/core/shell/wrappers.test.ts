import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeCommand, modelOf } from '../../harness/commands';

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['sudo apt-get update', ['sudo apt-get update']],
  ['sudo -EH -u root -- apt-get update', ['sudo apt-get update']],
  ['sudo -Eu root DEBIAN_FRONTEND=x apt-get update', ['sudo apt-get update']],
  ['sudo --user=root --group wheel a', ['sudo a']],
  ['sudo -l', ['sudo -l']],
  ['sudo', ['sudo']],
  ['env -i -u X A=b C="$D" pip install x', ['env pip install x']],
  ['env', ['env']],
  ['exec -a name java -jar x', ['exec java -jar x']],
  ['command curl x', ['command curl x']],
  ['command -v curl', ['command -v curl']],
  ['time -p make', ['time make']],
  ['time make | tee log', ['time make', 'tee log']],
  ['nice -n 10 ionice -c2 -n 7 make', ['nice+ionice make']],
  ['nohup sleep 1 &', ['nohup sleep 1']],
  ['timeout -k 5 --signal KILL 10m make all', ['timeout make all']],
  ['timeout 10', ['timeout 10']],
  ['stdbuf -oL make', ['stdbuf make']],
  ['cat x | xargs -0 -n 1 -I {} rm -f {}', ['cat x', 'xargs rm -f {}']],
  ['gosu "$USER" id', ['gosu id']],
  ['su-exec nobody:nogroup id', ['su-exec id']],
  ['setpriv --reuid 1000 --clear-groups id', ['setpriv id']],
  ['chroot /mnt apt-get update', ['chroot apt-get update']],
  ['eatmydata apt-get install x', ['eatmydata apt-get install x']],
  ['busybox wget x', ['busybox wget x']],
  ['conda run -n env pip install x', ['conda pip install x']],
  ['conda install x', ['conda install x']],
  ['poetry run pip install x', ['poetry pip install x']],
  ['bundle exec rake x', ['bundle rake x']],
  ['corepack pnpm install', ['corepack pnpm install']],
  ['corepack enable', ['corepack enable']],
  ['tini -s -- nginx -g x', ['tini nginx -g x']],
  ['dumb-init -- nginx', ['dumb-init nginx']],
  ["sh -c 'a && b'", ['sh -c a && b', 'sh a (string)', 'sh b (string)']],
  [
    "sudo -u x bash -euxo pipefail -c 'a | b' name",
    ['sudo bash -euxo pipefail -c a | b name', 'sudo+bash a (string)', 'sudo+bash b (string)'],
  ],
  ['sh -c "apt-get install $X"', ['sh -c «"apt-get install $X"»', 'sh apt-get install «$X» (string)']],
  [`sh -c "echo \\"a b\\" \\$X"`, ['sh -c echo "a b" $X', 'sh echo a b «$X» (string)']],
  ["su -s /bin/sh -c 'a' user", ['su -s /bin/sh -c a user', 'su a (string)']],
  ["su - user -c 'a'", ['su - user -c a', 'su a (string)']],
  ['su user', ['su user']],
  ['runuser -u www -- php x', ['runuser php x']],
  ['eval "a; b"', ['eval a; b', 'eval a (string)', 'eval b (string)']],
  ['sh x.sh -c y', ['sh x.sh -c y']],
  ["sh -c 'a && && b'", ['sh -c a && && b', 'sh a (string)']],
  ['sh -c "sh -c \'a\'"', ["sh -c sh -c 'a'", 'sh sh -c a (string)', 'sh+sh a (string string)']],
];

for (const [script, expected] of cases) {
  test(`wrappers: ${script}`, () => {
    assert.deepEqual(modelOf(`RUN ${script}`).commands.map(describeCommand), expected);
  });
}

test('a wrapper spans from its name to what it runs, and knows its own words', () => {
  const text = 'RUN a && sudo -u x env B=1 c d';
  const wrappers = modelOf(text).commands[1]?.wrappers ?? [];
  assert.deepEqual(
    wrappers.map(({ span, args }) => [
      text.slice(span.start, span.end),
      args.map((word) => word.text).join(' '),
    ]),
    [
      ['sudo -u x ', '-u x'],
      ['env B=1 ', 'B=1'],
    ],
  );
});

test('commands in strings have exact spans, and are editable where nothing is escaped', () => {
  const text = `RUN sh -c 'a x' && sh -c "b \\"y\\""`;
  const inner = modelOf(text).commands.filter(({ nesting }) => nesting.length > 0);
  assert.deepEqual(
    inner.map(({ span, editable }) => [text.slice(span.start, span.end), editable]),
    [
      ['a x', true],
      ['b \\"y\\"', false],
    ],
  );
});
