// `drydock diet` with a real engine, on small images that stand in for the bases of Go: the order of the sizes, and what
// each image lacks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../server/src/cli/commands/diet';
import { startBuildah } from '../harness/engines';
import { heardTerminal } from '../harness/heard-terminal';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { standIns, writeStandIn } from '../snippets/stand-ins';
import type { StandIn } from '../snippets/stand-ins';

/** Compiles nothing: every program is busybox. */
const go = `#!/bin/sh
set -eu
[ "$1" = build ] || exit 0
while [ $# -gt 1 ]; do
  [ "$1" = -o ] && out=$2
  shift
done
/bin/busybox mkdir -p "\${out%/*}"
/bin/busybox cp /bin/busybox "$out"
`;

/** Quicker to make than the one of the patterns' tests, which insists on what they are about. */
const golang: StandIn = {
  image: 'docker.io/library/golang:1.27-trixie',
  dockerfile: `FROM scratch
COPY busybox /bin/busybox
COPY busybox /bin/sh
COPY go /bin/
COPY ca-certificates.crt /etc/ssl/certs/
ENV PATH=/bin
`,
  scripts: { go, 'ca-certificates.crt': 'certificates\n' },
};

interface Compared {
  readonly images: readonly {
    readonly name: string;
    readonly unpacked: number;
    readonly compressed: number;
    readonly lacks: readonly string[];
    readonly problem?: string;
  }[];
}

test('a Go project as three images: fat, lean, leanest, and what the leanest lacks', async (t) => {
  const buildah = requireTool(t, 'buildah');
  const busybox = requireTool(t, 'busybox');
  const engine = startBuildah(t);
  if (buildah === undefined || busybox === undefined || !engine) return;
  const distroless = standIns.find(({ image }) => image === 'gcr.io/distroless/static-debian13:nonroot');
  assert.ok(distroless);
  for (const standIn of [golang, distroless]) {
    const folder = makeFolder(t);
    writeStandIn(folder, busybox, standIn);
    const args = ['build', '--pull=never', '-t', standIn.image, folder];
    const { exit, stderr } = await ask({ program: buildah, args, env: engine.env }, '/', 60_000);
    assert.equal(exit, 0, stderr);
  }
  const project = {
    'go.mod': 'module example.com/app\n\ngo 1.27\n',
    'cmd/app/main.go': 'package main\n\nfunc main() {}\n',
  };
  const folder = makeFolder(t, project);
  const call = async (...words: string[]): Promise<{ ending: unknown; out: string; said: string }> => {
    const { terminal, heard } = heardTerminal();
    const machine = machineWithEnvironment(engine.env);
    const all = [folder, '--engine=buildah', '--argument=--pull=never', ...words];
    return { ending: await run(all, terminal, machine), ...heard };
  };
  const output = join(folder, 'sizes.md');
  const { ending, out, said } = await call('--format=json', '--output', output);
  assert.equal(ending, 'clean', said);
  const { images } = JSON.parse(out) as Compared;
  assert.deepEqual(
    images.map(({ name }) => name),
    ['naive', 'distroless', 'scratch'],
  );
  const [naive, lean, scratch] = images;
  assert.ok(naive && lean && scratch);
  assert.ok(naive.unpacked > lean.unpacked && lean.unpacked > scratch.unpacked, out);
  assert.ok(naive.compressed > lean.compressed && lean.compressed > scratch.compressed, out);
  assert.ok(!naive.lacks.includes('certificates') && !naive.lacks.includes('shell'), out);
  assert.ok(lean.lacks.includes('shell') && !lean.lacks.includes('user-list'), out);
  for (const lack of ['shell', 'certificates', 'time-zones', 'user-list', 'tmp'])
    assert.ok(scratch.lacks.includes(lack), lack);

  const table = readFileSync(output, 'utf8');
  assert.match(table, /^\| scratch \| .* \| 65532:65532 \| shell, .*CA certificates/m);
  assert.match(table, /^\| CA certificates \| .*scratch \| Every HTTPS call fails/m);
  assert.match(said, /drydock clean \S+-diet:naive \S+-diet:distroless \S+-diet:scratch removes them/);
});
