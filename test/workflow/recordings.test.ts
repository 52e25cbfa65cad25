// What real tools said, read by the product's own commands and readers. A command whose arguments have changed
// finds no recording.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { locateFailure } from '../../server/src/workflow/build/locate-failure';
import type { FoundTool, Machine } from '../../server/src/workflow/tool';
import { engines, scanners, tools } from '../../server/src/workflow/tool-list';
import { describe } from '../harness/description';
import { attribute } from '../../server/src/workflow/scan/attribution';
import { readRecording, replaying } from '../recordings/recording';
import {
  build,
  buildFile,
  dockerfiles,
  inspect,
  layers,
  missingImage,
  moreLayers,
  plainText,
  probe,
  save,
  scan,
} from '../recordings/scenarios';
import type { DockerfileName, Stage } from '../recordings/scenarios';

const places = { folder: '/p', scratch: '/scratch' };

/** A machine that answers as a tool did when it was recorded. */
function stageOf(tool: string, scenario: string): Stage {
  const machine: Machine = {
    runner: replaying(readRecording(tool, scenario), places),
    surroundings: { env: {}, platform: 'linux' },
    findProgram: () => Promise.resolve(undefined),
    isProgram: () => Promise.resolve(false),
    lockBuild: () => ({ release: () => undefined }),
  };
  return { machine, ...places, moreArguments: tool === 'docker' ? ['--network=none'] : [] };
}

/** The engines that were recorded, and the end of their files' names. */
const recorded = [
  { id: 'docker', way: 'legacy', version: '28.2.2', end: '.legacy' },
  { id: 'docker', way: 'buildkit', version: '20.10.24', end: '.buildkit' },
  { id: 'docker', way: 'buildx', version: '28.2.2', end: '.buildx' },
  { id: 'podman', way: 'podman', version: '4.3.1', end: '' },
  { id: 'buildah', way: 'buildah', version: '1.28.2', end: '' },
];

/** What the failing step ends with, and what is said about it. */
const failures: Readonly<Record<Exclude<DockerfileName, 'works'>, { exitCode?: number; message: RegExp }>> = {
  'run-fails': { exitCode: 3, message: /^$/ },
  'copy-fails': { message: /nothing/ },
  'unknown-instruction': { message: /unknown instruction/i },
};

for (const { id, way, version, end } of recorded) {
  suite(`${id} ${version} (${way})`, () => {
    const engine = engines.find((one) => one.id === id) ?? assert.fail();
    const found: FoundTool = { id, program: `/bin/${id}`, version, way };

    test('says what it is', async () => {
      const probed = await probe(engine, found.program, stageOf(id, `probe${end}`));
      assert.equal(probed?.way, way);
      assert.ok(probed.version.startsWith(version), probed.version);
      assert.equal(probed.trouble, undefined);
    });

    test('builds', async () => {
      const outcome = await build(engine, found, 'works', stageOf(id, `build-works${end}`));
      assert.deepEqual(outcome, { kind: 'done', value: { kind: 'built', stored: true } });
    });

    for (const [name, { exitCode, message }] of Object.entries(failures)) {
      const file = name as keyof typeof failures;
      test(`fails: ${name}`, async () => {
        const outcome = await build(engine, found, file, stageOf(id, `build-${file}${end}`));
        assert.ok(outcome.kind === 'done' && outcome.value.kind === 'stopped');
        const { failure } = outcome.value;
        const description = describe(plainText(file));
        const at = description.instructions[locateFailure(failure, description) ?? -1];
        const line = dockerfiles[file].split('«')[0]?.split('\n').length ?? 0;
        assert.equal(at?.mark.start.line, line - 1, JSON.stringify(failure));
        assert.equal(failure.exitCode, exitCode);
        assert.match(failure.message, message);
        if (file === 'run-fails') assert.ok(failure.output.includes('the-reason'), failure.output.join('\n'));
      });
    }

    test('writes an image out, and says when there is none', async () => {
      const stage = stageOf(id, `save${end}`);
      const stored = await inspect(engine, found, 'drydock-recording:1', stage);
      assert.ok(stored.kind === 'done', JSON.stringify(stored));
      assert.match(stored.value.id, /^[0-9a-f]{64}$/);
      // Twice the busybox of the machine, which has some two million bytes.
      assert.ok(stored.value.bytes && stored.value.bytes > 1e6 && stored.value.bytes < 1e7);
      const saved = await save(engine, found, stored.value.id, stage);
      assert.deepEqual(saved, { kind: 'done', value: undefined });
      const none = stageOf(id, `save-missing${end}`);
      for (const missing of [
        await inspect(engine, found, 'drydock-missing:1', none),
        await save(engine, found, missingImage, none),
      ])
        assert.ok(
          missing.kind === 'failed' && /no such|not known/i.test(missing.said),
          JSON.stringify(missing),
        );
    });

    test('each layer is blamed on the step that made it, and those of a base on FROM', () => {
      // The layers below are those of a base, which scratch has not.
      const text = (way === 'buildx' ? moreLayers : layers).replace('FROM scratch', 'FROM debian:12.5');
      const description = describe(text);
      const { history = [] } = readRecording(id, `history${end}`);
      const own = history.filter(({ empty_layer }) => !empty_layer).map(({ created_by }) => created_by);
      const below = ['/bin/sh -c #(nop) ADD file:1 in / ', 'RUN /bin/sh -c apt-get update # buildkit', ''];
      const vulnerabilities = [...below, ...own].map(
        (_, layer) =>
          ({ id: `V${layer}`, severity: 'low', name: 'x', version: '1', ecosystem: 'other', layer }) as const,
      );
      const report = { layers: [...below, ...own].map((createdBy) => ({ createdBy })), vulnerabilities };
      const blames = attribute(report, description);
      const [base, ...steps] = blames;
      assert.equal(base?.origin, 'base');
      assert.deepEqual(
        base.vulnerabilities.map(({ layer }) => layer),
        [0, 1, 2],
      );
      const makers = description.instructions.filter(({ keyword, stage }) =>
        stage === 1 ? false : /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword),
      );
      const made = steps.map(({ instruction, origin, vulnerabilities: found }) => {
        assert.equal(origin, 'step');
        assert.equal(found.length, 1);
        return description.instructions[instruction];
      });
      const unmade = makers.filter((one) => !made.includes(one)).map(({ keyword }) => keyword);
      assert.ok(
        unmade.every((keyword) => keyword === 'WORKDIR'),
        unmade.join(),
      );
      assert.equal(steps.length, own.length);
      assert.deepEqual(
        steps.map(({ vulnerabilities: [one] }) => one?.layer),
        own.map((_, at) => below.length + at),
      );
    });

    test('changed arguments find no recording', async () => {
      const stage = { ...stageOf(id, `build-works${end}`), moreArguments: ['--squash'] };
      await assert.rejects(
        async () => build(engine, found, 'works', stage),
        /no recording of[\s\S]*--squash/,
      );
    });
  });
}

/** `id name version → fix (layer)` for each vulnerability. */
async function scanned(id: string, scenario = 'scan'): Promise<string[] | object> {
  const scanner = scanners.find((one) => one.id === id) ?? assert.fail();
  const outcome = await scan(
    scanner,
    { id, program: `/bin/${id}`, version: '', way: '' },
    stageOf(id, scenario),
  );
  if (outcome.kind !== 'done') return outcome;
  const { vulnerabilities, layers } = outcome.value;
  return vulnerabilities.map((one) => {
    const layer = one.layer === undefined ? '' : ` (${layers[one.layer]?.createdBy})`;
    return `${one.severity} ${one.id} ${one.name} ${one.version} → ${one.fixedIn ?? '?'}${layer}`;
  });
}

test('an image for two platforms that a remote builder keeps to itself is not said to be stored', async () => {
  const engine = engines.find(({ id }) => id === 'docker') ?? assert.fail();
  const found: FoundTool = { id: 'docker', program: '/bin/docker', version: '28.2.2', way: 'buildx' };
  const platforms = ['linux/amd64', 'linux/arm64'];
  const stage = stageOf('docker', 'build-several.buildx');
  const outcome = await buildFile(engine, found, 'several', stage, { platforms });
  assert.deepEqual(outcome, { kind: 'done', value: { kind: 'built', stored: false } });
});

test('scanners: what was found, with the layer where it is told', async () => {
  assert.deepEqual(await scanned('trivy'), [
    'high CVE-2024-0001 curl 7.88.1-10 → 7.88.1-11 (RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit)',
    "low CVE-2024-0002 tar 1.34 → ? (# debian.sh --arch 'amd64' out/ 'bookworm')",
  ]);
  assert.deepEqual(await scanned('docker-scout'), ['high CVE-2024-0001 curl 7.88.1-10 → 7.88.1-11']);
  assert.deepEqual(await scanned('grype'), [
    'critical CVE-2099-0002 bash 5.2.15-2+b13 → 99.0 (/bin/sh -c #(nop) CMD ["/bin/bash"])',
    'high GHSA-test-0000-0001 lodash 4.17.0 → 4.17.21 (COPY app /app # buildkit)',
  ]);
});

test('grype without its database fails and says so', async () => {
  assert.deepEqual(await scanned('grype', 'scan-no-database'), {
    kind: 'failed',
    exit: 1,
    said: 'failed to load vulnerability db: database does not exist',
  });
});

test('docker without the plugin is not Docker Scout', async () => {
  const scout = tools.find(({ id }) => id === 'docker-scout') ?? assert.fail();
  assert.equal(await probe(scout, '/bin/docker', stageOf('docker-scout', 'probe')), undefined);
});

test('recordings are of known tools, small, and say nothing of the machine they were made on', () => {
  const folder = 'test/recordings';
  const traces = [`/${userInfo().username}/`, process.cwd(), '/tmp/', '/var/folders/', '/home/', '/Users/'];
  // A host may be called like a word of the tools.
  if (hostname().length > 8) traces.push(hostname());
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())) {
    assert.ok(
      tools.some(({ id }) => id === entry.name),
      entry.name,
    );
    for (const name of readdirSync(join(folder, entry.name))) {
      const text = readFileSync(join(folder, entry.name, name), 'utf8');
      assert.ok(text.length < 20_000, `${entry.name}/${name} has ${text.length} characters`);
      for (const trace of traces) assert.ok(!text.includes(trace), `${entry.name}/${name} holds ${trace}`);
    }
  }
});
