// `drydock builders`: what buildx says of its builders, in both forms, and choosing one.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/builders';
import type { Ending } from '../../server/src/cli/command';
import { listBuilders, platformsOf, stateOf, stateText } from '../../server/src/workflow/build/builders';
import { english } from '../../server/src/workflow/translate';
import { heardTerminal } from '../harness/heard-terminal';
import { ask, machineWith, machineWithEnvironment, scripted } from '../harness/runs';
import { wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

/** As buildx 0.37.2 prints it, without the service of docker. */
const lines = `{"Current":true,"Driver":"remote","Dynamic":false,"LastActivity":"2026-11-29T10:23:05Z","Name":"farm","Nodes":[{"Endpoint":"tcp://127.0.0.1:1","Name":"farm0","Status":"inactive"}]}
{"Current":false,"Driver":"docker-container","Dynamic":false,"LastActivity":"0001-01-01T00:00:00Z","Name":"box","Nodes":[{"DriverOpts":{"env.TOKEN":"secret"},"Endpoint":"unix:///var/run/docker.sock","Name":"box0","Platforms":["linux/amd64","linux/386"],"Status":"running","Version":"v0.33.1"},{"Endpoint":"ssh://me@arm","Name":"box1","Platforms":["linux/arm64","linux/386"],"Status":"running"}]}
{"Current":false,"Driver":"","Dynamic":false,"Err":"failed to connect to the docker API\\nat unix:///var/run/docker.sock","LastActivity":"0001-01-01T00:00:00Z","Name":"default","Nodes":[{"Endpoint":"","Name":""}]}
`;

/** Of buildx 0.37.2, then of its reference, then as versions before 0.10 print it. */
const tables = [
  `NAME/NODE   DRIVER/ENDPOINT         STATUS     BUILDKIT   PLATFORMS
farm*       remote                                        
 \\_ farm0    \\_ tcp://127.0.0.1:1   inactive              
default                             error                 
`,
  `NAME/NODE           DRIVER/ENDPOINT                   STATUS    BUILDKIT   PLATFORMS
elated_tesla*       docker-container
 \\_ elated_tesla0    \\_ unix:///var/run/docker.sock   running   v0.10.3    linux/amd64
 \\_ elated_tesla1    \\_ ssh://ubuntu@1.2.3.4          running   v0.10.3    linux/arm64*, linux/arm/v7, linux/arm/v6
default             docker
 \\_ default          \\_ default                       running   20.10.14   linux/amd64
`,
  `NAME/NODE       DRIVER/ENDPOINT             STATUS  PLATFORMS
elated_tesla *  docker-container
  elated_tesla0 unix:///var/run/docker.sock running linux/amd64
  elated_tesla1 ssh://ubuntu@1.2.3.4        running linux/arm64*, linux/arm/v7, linux/arm/v6
default         docker
  default       default                     running linux/amd64
`,
];

async function read(answer: string, isOld: boolean): Promise<unknown> {
  const runner = scripted(({ args }) =>
    isOld && args.includes('--format=json')
      ? { exit: 125, stderr: 'unknown flag: --format\nSee docker buildx ls --help\n' }
      : { stdout: answer },
  );
  const outcome = await listBuilders({ id: 'docker', program: '/bin/docker' }, runner, { folder: '/' });
  assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.value.map((one) =>
    [
      one.isCurrent ? `${one.name}*` : one.name,
      one.driver,
      stateOf(one),
      ...one.nodes.map(({ name, endpoint }) => `${name}@${endpoint}`),
      ...platformsOf(one),
    ].join(' '),
  );
}

suite('the builders of buildx', () => {
  test('are read from JSON, and from the tables of older versions', async () => {
    assert.deepEqual(await read(lines, false), [
      'farm* remote asleep farm0@tcp://127.0.0.1:1',
      'box docker-container ready box0@unix:///var/run/docker.sock box1@ssh://me@arm linux/amd64 linux/386 linux/arm64',
      'default  broken',
    ]);
    const tesla = [
      'elated_tesla* docker-container ready elated_tesla0@unix:///var/run/docker.sock elated_tesla1@ssh://ubuntu@1.2.3.4 linux/amd64 linux/arm64 linux/arm/v7 linux/arm/v6',
      'default docker ready default@default linux/amd64',
    ];
    assert.deepEqual(await read(tables[0] ?? '', true), [
      'farm* remote asleep farm0@tcp://127.0.0.1:1',
      'default  broken',
    ]);
    for (const table of tables.slice(1)) assert.deepEqual(await read(table, true), tesla);
  });

  test('an answer that is cut or empty is not taken for a list', async () => {
    for (const stdout of ['', '\n', lines.slice(0, 40), 'nothing\n']) {
      const runner = scripted(() => ({ stdout }));
      const asked = await listBuilders({ id: 'docker', program: '/bin/docker' }, runner, { folder: '/' });
      assert.equal(asked.kind, 'unreadable', stdout);
    }
  });
});

const docker = `#!/bin/sh
case "$*" in
  --version) echo 'Docker version 28.2.2, build abc' ;;
  version*) echo '{"Version":"28.2.2"}' ;;
  'buildx version') echo 'github.com/docker/buildx v0.37.2' ;;
  'buildx ls --format=json') echo '${lines.trim().replaceAll('\\n', '\\\\n').replaceAll('\n', "'; echo '")}' ;;
  'buildx use '*) : ;;
esac
`;

async function call(
  t: TestContext,
  words: readonly string[],
  programs: Readonly<Record<string, string>>,
): Promise<{ readonly ending: Ending; readonly out: string; readonly said: string }> {
  const { machine } = machineWith(t, programs);
  const { terminal, heard } = heardTerminal();
  return { ending: await run(words, terminal, machine), ...heard };
}

suite('drydock builders', () => {
  test('shows where each is, whether it runs, and which is in use', async (t) => {
    const { ending, out } = await call(t, [], { docker });
    assert.equal(ending, 'clean');
    assert.match(out, /^In use: farm \(\*\)$/m);
    assert.match(out, /^ {2}\* farm +on another BuildKit +starts with the next build$/m);
    assert.match(out, /^ {4}box +in a container +running +linux\/amd64, linux\/386, linux\/arm64$/m);
    assert.match(out, /^ {4}default +cannot be asked: failed to connect to the docker API at unix/m);
    const json = await call(t, ['--format=json'], { docker });
    assert.doesNotMatch(json.out, /secret/);
    const { builders } = JSON.parse(json.out) as { builders: readonly { name: string; inUse: boolean }[] };
    assert.deepEqual(
      builders.map(({ name, inUse }) => [name, inUse]),
      [
        ['farm', true],
        ['box', false],
        ['default', false],
      ],
    );
  });

  test('chooses one that is there, and guesses at a mistyped one', async (t) => {
    const chosen = await call(t, ['--use', 'box'], { docker });
    assert.deepEqual([chosen.ending, chosen.out], ['clean', 'box is in use now: it builds in a container\n']);
    const broken = await call(t, ['--use', 'default'], { docker });
    assert.match(broken.said, /But it cannot be asked/);
    const wrong = await call(t, ['--use', 'fram'], { docker });
    assert.deepEqual(
      [wrong.ending, wrong.said],
      ['refused', 'there is no builder fram. Did you mean farm?\n'],
    );
    assert.deepEqual((await call(t, ['--use=-x'], { docker })).ending, { wrong: '-x cannot be a builder' });
  });

  test('says how to get buildx', async (t) => {
    const podman = "#!/bin/sh\necho 'podman version 5.0.0'\n";
    const none = await call(t, [], { podman });
    assert.equal(none.ending, 'undone');
    assert.match(none.said, /buildx is not here.*https:.* Podman builds on this machine alone/);
    const old = docker.replace("echo 'github.com/docker/buildx v0.37.2'", 'exit 1');
    assert.match((await call(t, [], { docker: old })).said, /docker has no plugin buildx here/);
  });

  test('lists what the real buildx has', async (t) => {
    const buildx = wantTool(t, 'buildx');
    const client = buildx === undefined ? undefined : wantTool(t, 'docker');
    if (buildx === undefined || client === undefined) return;
    const folder = makeFolder(t);
    mkdirSync(join(folder, 'cli-plugins'));
    copyFileSync(buildx, join(folder, 'cli-plugins', 'docker-buildx'));
    const env = { DOCKER_CONFIG: folder, DOCKER_HOST: `unix://${folder}/none.sock` };
    const args = ['buildx', 'create', '--name', 'farm', '--driver', 'remote', 'tcp://127.0.0.1:1'];
    const created = await ask({ program: client, args, env }, folder);
    assert.equal(created.exit, 0, created.stderr);
    const { terminal, heard } = heardTerminal();
    assert.equal(await run(['--use', 'farm'], terminal, machineWithEnvironment(env)), 'clean', heard.said);
    assert.equal(await run([], terminal, machineWithEnvironment(env)), 'clean', heard.said);
    assert.match(heard.out, /farm is in use now: it builds on another BuildKit/);
    assert.match(heard.out, /^ {2}\* farm +on another BuildKit +starts with the next build$/m);
    assert.match(heard.out, /^ {4}default +cannot be asked/m);
  });
});

test('a builder that cannot be asked says why', () => {
  const node = { name: 'a', endpoint: '', status: 'error', version: '', platforms: [], problem: 'no route' };
  const one = { name: 'x' as never, driver: 'remote', isCurrent: false, nodes: [node], problem: '' };
  assert.equal(stateText(one, english), 'cannot be asked: no route');
});
