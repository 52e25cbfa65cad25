// A real scan: an image is built, written out of the engine's store, scanned with the real grype on a database
// with one invented advisory, and the finding lands on the instruction that brought the package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { folderPath, imageName, imageReference } from '../../server/src/workflow/checked-arguments';
import { attribute } from '../../server/src/workflow/scan/attribution';
import {
  attemptsByName,
  attemptsEverywhere,
  attemptsOnBuilt,
  scanImage,
} from '../../server/src/workflow/scan/scan-image';
import type { ReadyScanner } from '../../server/src/workflow/scan/scan-image';
import { scanProblem, scanTroubleText } from '../../server/src/workflow/scan/scan-problem';
import { buildah } from '../../server/src/workflow/tools/buildah';
import { docker } from '../../server/src/workflow/tools/docker';
import { grype as grypeTool } from '../../server/src/workflow/tools/grype';
import { english } from '../../server/src/workflow/translate';
import { buildOrder, checked } from '../harness/build-order';
import { describe } from '../harness/description';
import { addBuildx, addBusybox, startBuildah, startDocker } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { machineWithEnvironment } from '../harness/runs';
import { findTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

/** The schema grype calls version 6, with an advisory for a package that every scanner recognises. */
const database = `
CREATE TABLE blobs (id integer PRIMARY KEY, value text NOT NULL);
CREATE TABLE db_metadata (build_timestamp datetime NOT NULL, model integer NOT NULL, revision integer NOT NULL, addition integer NOT NULL);
CREATE TABLE providers (id text PRIMARY KEY, version text, processor text, date_captured datetime, input_digest text);
CREATE TABLE vulnerability_handles (id integer PRIMARY KEY, name text NOT NULL, status text NOT NULL, published_date datetime, modified_date datetime, withdrawn_date datetime, provider_id text NOT NULL, blob_id integer);
CREATE TABLE affected_package_handles (id integer PRIMARY KEY, vulnerability_id integer NOT NULL, operating_system_id integer, package_id integer, blob_id integer);
CREATE TABLE packages (id integer PRIMARY KEY, ecosystem text, name text);
CREATE TABLE operating_systems (id integer PRIMARY KEY, name text, release_id text, major_version text, minor_version text, label_version text, codename text, channel text, eol_date datetime, eoas_date datetime);
INSERT INTO db_metadata VALUES (strftime('%Y-%m-%d %H:%M:%S+00:00', 'now'), 6, 1, 4);
INSERT INTO providers VALUES ('github', '1', 'vunnel', strftime('%Y-%m-%d %H:%M:%S+00:00', 'now'), 'sha256:0');
INSERT INTO packages VALUES (1, 'npm', 'left-pad');
INSERT INTO blobs VALUES
 (1, '{"id":"GHSA-0000-0000-0000","description":"invented","aliases":["CVE-2099-0001"],"severities":[{"scheme":"CHMLN","value":"high","rank":1}]}'),
 (2, '{"cves":["CVE-2099-0001"],"ranges":[{"version":{"type":"semver","constraint":"<1.3.0"},"fix":{"version":"1.3.0","state":"fixed"}}]}');
INSERT INTO vulnerability_handles VALUES (1, 'GHSA-0000-0000-0000', 'active', '2026-01-01 00:00:00+00:00', NULL, NULL, 'github', 1);
INSERT INTO affected_package_handles VALUES (1, 1, NULL, 1, 2);
`;

/** Every step brings the package to another folder; the last ones only where BuildKit builds. */
const dockerfileText = `FROM scratch AS base
COPY busybox /bin/busybox
COPY busybox /bin/sh
COPY package.json /base/left-pad/package.json
FROM base AS other
RUN busybox true
FROM base
ARG NAME=three
COPY --from=other /base/left-pad/package.json /one/left-pad/package.json
COPY ["package.json", "/two/left-pad/package.json"]
COPY package.json /$NAME/left-pad/
WORKDIR four/left-pad
COPY package.json ./
RUN ["/bin/busybox", "sh", "-c", "busybox mkdir -p /five/left-pad && busybox cp /base/left-pad/package.json /five/left-pad/"]
RUN busybox mkdir -p /six/left-pad && \\
    # a remark
    busybox cp /base/left-pad/package.json /six/left-pad/
`;
const heredocs = `RUN <<EOF
busybox mkdir -p /seven/left-pad
busybox cp /base/left-pad/package.json /seven/left-pad/
EOF
COPY <<EOF /eight/left-pad/package.json
{ "name": "left-pad", "version": "1.1.0" }
EOF
`;

interface Scanner {
  readonly ready: ReadyScanner;
  readonly env: Readonly<Record<string, string>>;
}

/** The real grype with its database; undefined after skipping. */
function startGrype(t: TestContext): Scanner | undefined {
  const grype = wantTool(t, 'grype');
  const sqlite = grype === undefined ? undefined : wantTool(t, 'sqlite3');
  if (grype === undefined || sqlite === undefined) return undefined;
  const folder = makeFolder(t);
  const env = {
    GRYPE_DB_AUTO_UPDATE: 'false',
    GRYPE_CHECK_FOR_APP_UPDATE: 'false',
    GRYPE_DB_CACHE_DIR: join(folder, 'cache'),
  };
  const file = join(folder, 'vulnerability.db');
  const filled = spawnSync(sqlite, [file], { input: database, stdio: ['pipe', 'inherit', 'inherit'] });
  assert.equal(filled.status, 0);
  const imported = spawnSync(grype, ['db', 'import', file], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  assert.equal(imported.status, 0, imported.stderr);
  const found = { id: 'grype', program: grype, version: '', way: '' };
  return { ready: { scanner: grypeTool, found }, env };
}

/** Builds, scans, and gives the lines that are blamed. */
async function blamedBy(
  t: TestContext,
  { ready, env }: Scanner,
  engine: typeof docker | typeof buildah,
  started: TestEngine,
  way: string,
): Promise<void> {
  const text = way === 'buildx' ? dockerfileText + heredocs : dockerfileText;
  const folder = makeFolder(t, {
    'package.json': '{ "name": "left-pad", "version": "1.1.0" }',
    Dockerfile: text,
  });
  const program = findTool(engine.id);
  if (!addBusybox(t, folder) || program === undefined) return;
  const { runner } = machineWithEnvironment({ ...started.env, ...env });
  const found = { id: engine.id, program, version: '', way };
  const order = { dockerfile: join(folder, 'Dockerfile'), context: folder, tag: 'drydock-scan:1' };
  const build = engine.commands.build(found, buildOrder({ ...order, moreArguments: started.arguments }));
  const built = await runner.run(build, { folder });
  assert.deepEqual(built, { kind: 'done', value: { kind: 'built', stored: true } });
  const tag = checked(imageName, order.tag);
  const stored = await runner.run(engine.commands.inspect(found, tag), { folder });
  assert.ok(stored.kind === 'done', JSON.stringify(stored));
  const image = {
    id: stored.value.id,
    tag,
    context: checked(folderPath, folder),
    engine: engine.id,
    program,
  };
  const scratch = checked(folderPath, makeFolder(t));
  const machine = machineWithEnvironment({ ...started.env, ...env });
  const places = { machine, paths: {} };
  const another = checked(folderPath, makeFolder(t));
  const byName = await attemptsEverywhere(checked(imageReference, order.tag), ready, another, places);
  // Of those by its name, only the first of the places has it.
  for (const attempt of [...attemptsOnBuilt(image, engine, ready, scratch), ...byName.slice(0, 1)]) {
    const outcome = await scanImage([attempt], runner, { folder: scratch });
    assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
    const description = describe(text);
    const blames = attribute(outcome.value, description);
    const lines = blames.flatMap(({ instruction, origin, vulnerabilities }) => {
      assert.equal(origin, 'step', JSON.stringify(outcome.value.layers));
      assert.ok(vulnerabilities.every(({ id }) => id === 'GHSA-0000-0000-0000'));
      return (description.instructions[instruction]?.mark.start.line ?? -1) + 1;
    });
    const expected = [4, 9, 10, 11, 13, 14, 15, ...(way === 'buildx' ? [18, 22] : [])];
    assert.deepEqual(lines, expected, JSON.stringify(outcome.value.layers, undefined, 1));
  }
}

test('grype finds a package in the layer of each step, and the line that brought it', async (t) => {
  const scanner = startGrype(t);
  if (!scanner) return;
  const ofBuildah = startBuildah(t);
  if (ofBuildah) await blamedBy(t, scanner, buildah, ofBuildah, 'buildah');
  const ofDocker = await startDocker(t);
  if (!ofDocker) return;
  await blamedBy(t, scanner, docker, ofDocker, 'legacy');
  for (const engine of (await addBuildx(t, ofDocker)) ?? []) {
    // The BuildKit of an old docker knows no heredocs.
    const isOwn = engine !== ofDocker;
    if (isOwn) await blamedBy(t, scanner, docker, engine, 'buildx');
  }
});

test('a base image with the name of a folder or a scheme is never taken for one', async (t) => {
  const scanner = startGrype(t);
  if (!scanner) return;
  const { ready, env } = scanner;
  // What grype would scan instead: a folder without a single package, which is clean.
  const folder = makeFolder(t, { 'debian/empty': '', 'registry/2': '' });
  const nowhere = {
    DOCKER_HOST: 'unix:///nowhere/docker.sock',
    CONTAINER_HOST: 'unix:///nowhere/podman.sock',
  };
  const { runner } = machineWithEnvironment({ ...env, ...nowhere, HTTPS_PROXY: 'http://127.0.0.1:1' });
  for (const name of ['debian', 'registry:2', 'docker:27']) {
    const scratch = checked(folderPath, makeFolder(t));
    const image = checked(imageReference, name);
    // Also where the user wants the folder of the project as the current one.
    for (const current of [folder, scratch]) {
      const outcome = await scanImage(attemptsByName(image, ready, scratch), runner, { folder: current });
      assert.ok(outcome.kind === 'failed', `${name}: ${JSON.stringify(outcome)}`);
      assert.equal(scanProblem(outcome.said), 'noNetwork', outcome.said);
    }
  }
});

test('a scanner without a database says so', async (t) => {
  const grype = wantTool(t, 'grype');
  if (grype === undefined) return;
  const scratch = checked(folderPath, makeFolder(t));
  const env = { GRYPE_DB_AUTO_UPDATE: 'false', GRYPE_DB_CACHE_DIR: join(scratch, 'none') };
  const found = { id: 'grype', program: grype, version: '', way: '' };
  const attempts = attemptsByName(checked(imageReference, 'debian'), { scanner: grypeTool, found }, scratch);
  const outcome = await scanImage(attempts, machineWithEnvironment(env).runner, { folder: scratch });
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  assert.match(scanTroubleText(outcome, grypeTool, english), /^it has no usable database of vulnerabilities/);
});
