// `drydock debug`: what there is to look into, the command of each way with its blanks, and what is started.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commands/debug';
import type { Ending } from '../../server/src/cli/command';
import { debugWays, filled } from '../../server/src/workflow/debug/ways';
import type { DebugInput } from '../../server/src/workflow/debug/ways';
import { docker, kubectl, podman } from '../harness/container-tools';
import { startPodman } from '../harness/engines';
import { heardTerminal } from '../harness/heard-terminal';
import { ask, machineWith, machineWithEnvironment } from '../harness/runs';
import { requireTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

interface Said {
  readonly ending: Ending;
  readonly out: string;
  readonly said: string;
  /** What was started in the terminal, with the name of its program alone. */
  readonly started: readonly string[];
}

async function debug(
  t: TestContext,
  words: readonly string[],
  programs: Readonly<Record<string, string>> = { docker, podman, kubectl },
  answer?: string,
): Promise<Said> {
  const { machine } = machineWith(t, programs);
  const { terminal, heard } = heardTerminal(answer);
  const started: string[] = [];
  const ending = await run(words, terminal, machine, ({ tool, args }) => {
    started.push([tool.program.replace(/^.*\//, ''), ...args].join(' '));
    return Promise.resolve({ kind: 'done', value: undefined });
  });
  return { ending, out: heard.out, said: heard.said, started };
}

suite('drydock debug', () => {
  test('without a name it lists what there is, and marks the blanks of each command', async (t) => {
    const { ending, out, started } = await debug(t, []);
    assert.equal(ending, 'clean');
    assert.deepEqual(started, []);
    assert.match(out, /^ {2}web +docker +team\/app:dev +Up 3 minutes$/m);
    assert.match(out, /^ {2}db +podman +localhost\/db:1 +Up 1 hour$/m);
    for (const command of [
      'docker run --rm --interactive --tty --pid=container:<container> --network=container:<container> --cap-add=SYS_PTRACE busybox:1 sh',
      'docker exec --interactive --tty <container> sh',
      'nsenter --target=<pid> --net --ipc --uts --pid -- sh',
      'strace -f -p <pid>',
      'docker cp <container>:<path> ./',
      'docker run --rm --network=container:<container> busybox:1 wget -qO- http://127.0.0.1:<port>/',
    ])
      assert.ok(out.includes(`    ${command}\n`), command);
    assert.doesNotMatch(out, /kubectl/);
  });

  test('pods are asked for only with --pod; their commands name namespace and container', async (t) => {
    const blank = await debug(t, ['--pod'], {});
    assert.equal(blank.ending, 'clean');
    assert.match(blank.said, /kubectl was not found\. Get it: https:/);
    assert.match(blank.out, /kubectl debug --stdin --tty pod\/<pod> --image=busybox:1 --target=<container> /);
    assert.match(blank.out, /kubectl cp --container=<container> <pod>:<path> \.\//);

    const { out } = await debug(t, ['web-0', '--pod', '--container=app']);
    for (const command of [
      'kubectl debug --stdin --tty pod/web-0 --namespace=shop --image=busybox:1 --target=app --profile=general -- sh',
      'kubectl exec --stdin --tty pod/web-0 --namespace=shop --container=app -- sh',
      'kubectl debug --stdin --tty pod/web-0 --namespace=shop --image=nicolaka/netshoot:v0.16 --target=app --profile=general -- strace -f -p 1',
      'kubectl cp --namespace=shop --container=app web-0:<path> ./',
      'kubectl port-forward pod/web-0 --namespace=shop --address=127.0.0.1 8080',
      'kubectl debug node/node-1 --stdin --tty --image=busybox:1 -- sh',
    ])
      assert.ok(out.includes(`    ${command}\n`), `${command}\n${out}`);
    const crashed = await debug(t, ['job', '--pod']);
    assert.match(crashed.out, /^shop\/job \(team\/job:1, CrashLoopBackOff\)$/m);
    assert.doesNotMatch(crashed.out, /kubectl exec/);
  });

  test('a way starts in the terminal, with the number of the process where it needs one', async (t) => {
    const cases: readonly (readonly [words: readonly string[], started: string])[] = [
      [
        ['web', '--way=shell', '--image=nicolaka/netshoot:v0.16', '--', 'ss', '-tlnp'],
        'docker run --rm --interactive --pid=container:web --network=container:web --cap-add=SYS_PTRACE nicolaka/netshoot:v0.16 ss -tlnp',
      ],
      [['db', '--way=exec'], 'podman exec --interactive db sh'],
      [['web', '--way=strace'], 'strace -f -p 4711'],
      [['db', '--way=nsenter', '--', 'ss'], 'nsenter --target=5000 --net --ipc --uts --pid -- ss'],
      [['job', '--way=cp', '--path=/app/log', '--to=log'], 'docker cp job:/app/log log'],
      [
        ['web', '--way=port', '--port=8080'],
        'docker run --rm --network=container:web busybox:1 wget -qO- http://127.0.0.1:8080/',
      ],
      [
        ['web-0', '--pod', '--container=app', '--way=port', '--port=9090:8080'],
        'kubectl port-forward pod/web-0 --namespace=shop --address=127.0.0.1 9090:8080',
      ],
      [['a'.repeat(12), '--way=logs'], 'docker logs --follow --tail=100 web'],
    ];
    const tools = { docker, podman, kubectl, strace: '#!/bin/sh\n', nsenter: '#!/bin/sh\n' };
    for (const [words, command] of cases) {
      const { ending, said, started } = await debug(t, words, tools);
      assert.deepEqual([ending, started], ['clean', [command]], said);
      const dry = await debug(t, ['--dry-run', ...words], tools);
      assert.deepEqual([dry.ending, dry.started], ['clean', []]);
    }
    const answered = await debug(t, ['--way=logs'], tools, 'db');
    assert.deepEqual(answered.started, ['podman logs --follow --tail=100 db']);
  });

  test('what is open or wrong starts nothing', async (t) => {
    const nobody = await debug(t, ['--way=exec']);
    assert.deepEqual([nobody.ending, nobody.started], ['open', []]);
    assert.match(nobody.said, /<container> is not known: name one/);
    assert.match(nobody.out, /docker exec --interactive --tty <container> sh/);
    const path = await debug(t, ['web', '--way=cp']);
    assert.equal(path.ending, 'open');
    assert.match(path.said, /<path> is not known: give --path/);
    const guess = await debug(t, ['wep', '--way=exec']);
    assert.deepEqual([guess.ending, guess.started], ['nothing', []]);
    assert.match(guess.said, /there is no container wep\. Did you mean web\?/);
    const several = await debug(t, ['web-0', '--pod', '--way=exec']);
    assert.match(several.said, /web-0 has app, proxy: choose with --container/);
    const stopped = await debug(t, ['job', '--way=exec']);
    assert.equal(stopped.ending, 'undone');
    assert.match(stopped.said, /job does not run \(Exited \(1\) 2 hours ago\): use --way logs or --way cp/);
    const missing = await debug(t, ['web', '--way=perf']);
    assert.match(missing.said, /perf is not installed on this machine/);
    const down = docker.replace(`echo '{"Version":"28.2.2"}'`, 'echo "Cannot connect" >&2; exit 1');
    const unknown = await debug(t, ['web'], { docker: down });
    assert.equal(unknown.ending, 'undone');
    assert.match(unknown.said, /Cannot connect\nit is not known whether web is there/);
    for (const words of [
      ['web', '--way=node'],
      ['web', '--pod', '--way=perf'],
      ['--image=-x'],
      ['--path=relative'],
      ['--port=x'],
      ['--namespace=A b'],
      ['--to=-x'],
    ])
      assert.ok(typeof (await debug(t, words)).ending === 'object', words.join(' '));
  });

  test('names of containers and pods cannot begin an option', async (t) => {
    const hostile = docker.replaceAll('"Names":"web"', '"Names":"--privileged"');
    const { out } = await debug(t, [], { docker: hostile });
    assert.doesNotMatch(out, /--privileged/);
    assert.match(out, /^ {2}a{12} +docker/m);
    const bad = kubectl.replaceAll('web-0', '--all');
    assert.doesNotMatch((await debug(t, ['--pod'], { kubectl: bad })).out, /--all/);
    const cut = await debug(t, [], { docker: docker.replace('"State":"running"', '"State') });
    assert.match(cut.said, /Docker does not list its containers: its output cannot be read/);
  });

  test('as data it has targets, ways and their blanks', async (t) => {
    const { out } = await debug(t, ['web', '--format=json']);
    const report = JSON.parse(out) as {
      target: { name: string };
      ways: readonly { id: string; command: string; blanks: readonly string[] }[];
    };
    assert.equal(report.target.name, 'web');
    assert.deepEqual(report.ways.find((way) => way.id === 'cp')?.blanks, ['path']);
    assert.equal(report.ways.find((way) => way.id === 'strace')?.command, 'strace -f -p 4711');
  });

  test('reads what the real podman lists', async (t) => {
    const program = requireTool(t, 'podman');
    const engine = startPodman(t);
    if (program === undefined || !engine) return;
    const folder = makeFolder(t, { Dockerfile: 'FROM scratch\nCOPY Dockerfile /\nCMD ["/none"]\n' });
    for (const args of [
      ['build', '--tag=drydock-debug:1', folder],
      ['create', '--name=drydock-debugged', 'drydock-debug:1'],
    ]) {
      const { exit, stderr } = await ask({ program, args, env: engine.env }, folder, 60_000);
      assert.equal(exit, 0, stderr);
    }
    const { terminal, heard } = heardTerminal();
    const machine = machineWithEnvironment(engine.env);
    assert.equal(await run(['drydock-debugged', '--engine=podman'], terminal, machine), 'clean', heard.said);
    assert.match(heard.out, /^drydock-debugged \(localhost\/drydock-debug:1, Created\)\n {2}cp: /);
  });

  test('kubectl takes every option that the commands have', async (t) => {
    const program = wantTool(t, 'kubectl');
    if (program === undefined) return;
    const names = { namespace: 'shop', pod: 'web-0', container: 'app', node: 'node-1' };
    const input = {
      place: 'pod',
      target: { kind: 'pod', ...names, image: 'x', isRunning: true, status: '', ports: [] },
      pid: undefined,
      wish: { image: undefined, path: '/log', to: 'log', port: '9090:8080', command: [] },
    } as unknown as DebugInput;
    for (const way of debugWays.filter(({ places }) => places.includes('pod'))) {
      const args = [...(filled(way.words(input)) ?? assert.fail(way.id))];
      // No server listens there: an option that is not known is told before.
      const { stderr } = await ask({ program, args: ['--server=http://127.0.0.1:1', ...args] }, '/');
      assert.match(stderr, /refused|connection|unable to connect/i, `${way.id}: ${stderr}`);
    }
  });
});
