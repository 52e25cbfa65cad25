// `drydock doctor`: every tool, whether it is here, and how to get it; in words and as JSON.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { doctor, run } from '../../server/src/cli/commands/doctor';
import { doctorText, examineTools } from '../../server/src/workflow/doctor';
import type { ToolReport } from '../../server/src/workflow/doctor';
import { tools } from '../../server/src/workflow/tool-list';
import { english } from '../../server/src/workflow/translate';
import { machineWith } from '../harness/runs';

const docker = `#!/bin/sh
case "$1" in
  --version) echo 'Docker version 28.2.2, build abcdef' ;;
  version) echo null; echo 'Cannot connect to the Docker daemon.' >&2; exit 1 ;;
  buildx) echo 'github.com/docker/buildx v0.37.2' ;;
  *) exit 1 ;;
esac
`;
const buildah = "#!/bin/sh\necho 'buildah version 1.28.2'\n";
const trivy = "#!/bin/sh\necho 'Version: 0.58.1'\n";

test('each tool with its state, version, path and page', async (t) => {
  const { machine, folder } = machineWith(t, { docker, buildah, trivy });
  const known = ['docker', 'podman', 'buildah', 'trivy', 'grype', 'docker-scout'];
  const examined = await examineTools(tools, {}, machine, folder, english);
  const reports = examined.filter(({ id }) => known.includes(id));
  assert.deepEqual(
    reports.map(({ id, state, version, program, problem, can }) => [
      id,
      state,
      version,
      program,
      problem,
      can,
    ]),
    [
      [
        'docker',
        'notReady',
        '28.2.2',
        join(folder, 'docker'),
        'Cannot connect to the Docker daemon.',
        [
          'buildKitSyntax',
          'severalPlatforms',
          'push',
          'attestations',
          'timestamps',
          'builders',
          'registryCache',
        ],
      ],
      ['podman', 'missing', undefined, undefined, undefined, []],
      [
        'buildah',
        'ready',
        '1.28.2',
        join(folder, 'buildah'),
        undefined,
        ['buildKitSyntax', 'severalPlatforms', 'timestamps', 'pullNever', 'singleLayer', 'registryCache'],
      ],
      ['trivy', 'ready', '0.58.1', join(folder, 'trivy'), undefined, ['layers']],
      ['grype', 'missing', undefined, undefined, undefined, []],
      ['docker-scout', 'missing', undefined, undefined, undefined, []],
    ],
  );
  for (const { get } of examined) assert.match(get, /^https:\/\//);
});

test('a configured path takes the place of the search', async (t) => {
  const { folder } = machineWith(t, { 'my buildah': buildah });
  const { machine } = machineWith(t, { grype: buildah });
  const paths = { buildah: join(folder, 'my buildah'), grype: join(folder, 'gone') };
  const reports = await examineTools(tools, paths, machine, folder, english);
  const state = (id: string): string | undefined => reports.find((report) => report.id === id)?.state;
  assert.equal(state('buildah'), 'ready');
  assert.equal(state('grype'), 'missing');
});

test('the table', () => {
  const get = 'https://example.com';
  const reports: readonly ToolReport[] = [
    {
      id: 'a',
      title: 'Able',
      kind: 'engine',
      state: 'ready',
      version: '1.0',
      program: '/bin/a',
      can: ['severalPlatforms'],
      get,
    },
    {
      id: 'b',
      title: 'Baker',
      kind: 'engine',
      state: 'notReady',
      version: '10.0',
      program: '/bin/b',
      problem: 'down',
      can: [],
      get,
    },
    { id: 'c', title: 'C', kind: 'scanner', state: 'missing', can: [], get },
  ];
  assert.equal(
    doctorText(reports, english),
    `Build images (one of these is enough)
  ✓ Able   1.0   /bin/a
           can build for several platforms at once
  ! Baker  10.0  /bin/b
           cannot be used now: down

Scan images for known vulnerabilities: none of these is ready. Checking and fixing files works without them.
  – C      not found, install it from https://example.com
`,
  );
});

test('the command prints text or JSON, and missing tools are not a failure', async (t) => {
  const { machine } = machineWith(t, {});
  const call = async (...words: string[]): Promise<[unknown, string]> => {
    let out = '';
    const ending = await run(words, { print: (text) => (out += text) }, machine);
    return [ending, out];
  };
  const [ending, text] = await call();
  assert.equal(ending, 'clean');
  for (const { title, get } of tools) assert.ok(text.includes(title) && text.includes(get), title);
  const [, json] = await call('--format', 'json');
  assert.deepEqual(
    (JSON.parse(json) as ToolReport[]).map(({ id, state }) => [id, state]),
    tools.map(({ id }) => [id, 'missing']),
  );
  assert.deepEqual(await call('--format', 'xml'), [{ wrong: '--format must be text or json' }, '']);
  for (const words of [['--what'], ['more']]) {
    const [wrong, out] = await call(...words);
    assert.equal(typeof wrong, 'object');
    assert.equal(out, '');
  }
  assert.ok(doctor.usage.includes(doctor.options.format.form));
});
