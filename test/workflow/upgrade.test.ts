// Where an instruction pins a vulnerable package, and the version that the light bulb writes there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Vulnerability } from '../../server/src/workflow/scan/report';
import { upgrades } from '../../server/src/workflow/scan/upgrade';

function vulnerability(name: string, version: string, fixedIn?: string): Vulnerability {
  const shared = { id: 'CVE-1', severity: 'high', name, version, ecosystem: 'deb' } as const;
  return fixedIn === undefined ? shared : { ...shared, fixedIn };
}

/** The text with all upgrades made. */
function upgraded(text: string, ...known: readonly Vulnerability[]): string {
  return [...upgrades(text, known)]
    .reverse()
    .reduce((now, { start, end, to }) => now.slice(0, start) + to + now.slice(end), text);
}

test('a pinned version becomes the one that fixes it, in the words of each package manager', () => {
  for (const [before, after] of [
    ['RUN apt-get install -y bash=5.2-1 tar', 'RUN apt-get install -y bash=5.3-2 tar'],
    ['RUN apk add --no-cache "bash=5.2"', 'RUN apk add --no-cache "bash=5.3-2"'],
    ['RUN pip install bash==5.2 && true', 'RUN pip install bash==5.3-2 && true'],
    ['RUN npm i -g bash@5.2;ls', 'RUN npm i -g bash@5.3-2;ls'],
    [
      'RUN apt-get install -y \\\n      bash=5.2 \\\n      bash=5.1',
      'RUN apt-get install -y \\\n      bash=5.3-2 \\\n      bash=5.3-2',
    ],
  ] as const)
    assert.equal(upgraded(before, vulnerability('bash', '5.2', '5.3-2')), after);
});

test('what is not pinned, has another name, a variable or no fix stays', () => {
  for (const text of [
    'RUN apt-get install -y bash',
    'RUN apt-get install -y my-bash=5.2 bash-completion=5.2',
    'RUN apt-get install -y bash=$VERSION bash=${V}',
    'RUN apt-get install -y bash=5.3-2',
    'RUN apt-get install -y bash=',
  ])
    assert.deepEqual(upgrades(text, [vulnerability('bash', '5.2', '5.3-2')]), [], text);
  assert.deepEqual(upgrades('RUN apt-get install -y bash=5.2', [vulnerability('bash', '5.2')]), []);
});

test('the highest fix of a package counts, on its own line of releases, and never what a shell would read', () => {
  const text = 'RUN pip install x==2.1';
  const several = [vulnerability('x', '2.1', '2.9'), vulnerability('x', '2.1', '2.31.0, 3.0.1')];
  assert.equal(upgraded(text, ...several), 'RUN pip install x==2.31.0');
  assert.equal(upgraded(text, vulnerability('x', '2.1', '3.1, 4.0')), 'RUN pip install x==4.0');
  assert.deepEqual(upgrades(text, [vulnerability('x', '2.1', '2.2;reboot')]), []);
});
