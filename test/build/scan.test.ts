// A real scan: an image is built, written out of the engine's store, scanned with the real grype on a database
// with one invented advisory, and the finding lands on the instruction that brought the package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileIn, folderPath, imageName } from '../../server/src/workflow/checked-arguments';
import { attribute } from '../../server/src/workflow/scan/attribution';
import { scanImage } from '../../server/src/workflow/scan/scan-image';
import type { ScanAttempt } from '../../server/src/workflow/scan/scan-image';
import { buildah } from '../../server/src/workflow/tools/buildah';
import { docker } from '../../server/src/workflow/tools/docker';
import { grype as grypeTool } from '../../server/src/workflow/tools/grype';
import { buildOrder, checked } from '../harness/build-order';
import { describe } from '../harness/description';
import { addBusybox, startBuildah, startDocker } from '../harness/engines';
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

const dockerfileText = `FROM scratch AS base
COPY busybox /bin/sh
RUN echo only a step
FROM base
COPY package.json /app/node_modules/left-pad/package.json
RUN echo a later step > /x
`;

test('grype finds a package, and the line that brought it', async (t) => {
  const grype = wantTool(t, 'grype');
  const sqlite = grype === undefined ? undefined : wantTool(t, 'sqlite3');
  if (grype === undefined || sqlite === undefined) return;
  const folder = makeFolder(t, {
    'package.json': '{ "name": "left-pad", "version": "1.1.0" }',
    'scratch/': '',
    Dockerfile: dockerfileText,
    'db.sql': database,
  });
  if (!addBusybox(t, folder)) return;
  const offline = {
    GRYPE_DB_AUTO_UPDATE: 'false',
    GRYPE_CHECK_FOR_APP_UPDATE: 'false',
    GRYPE_DB_CACHE_DIR: join(folder, 'cache'),
  };
  const databaseFile = join(folder, 'vulnerability.db');
  assert.equal(
    spawnSync(sqlite, [databaseFile], { input: database, stdio: ['pipe', 'inherit', 'inherit'] }).status,
    0,
  );
  const imported = spawnSync(grype, ['db', 'import', databaseFile], {
    env: { ...process.env, ...offline },
    encoding: 'utf8',
  });
  assert.equal(imported.status, 0, imported.stderr);
  const dockerfile = join(folder, 'Dockerfile');
  writeFileSync(join(folder, '.dockerignore'), 'scratch\ncache\n*.db\n');
  const choice = { dockerfile, context: folder, tag: 'drydock-scan:1' };

  const check = async (
    engine: typeof docker | typeof buildah,
    subjects: readonly ('docker' | 'archive')[],
  ): Promise<void> => {
    const started = engine === docker ? await startDocker(t) : startBuildah(t);
    const program = findTool(engine.id);
    if (!started || program === undefined) return;
    const { runner } = machineWithEnvironment({ ...started.env, ...offline });
    const found = { id: engine.id, program, version: '', way: engine === docker ? 'legacy' : engine.id };
    const order = buildOrder({ ...choice, moreArguments: started.arguments });
    const built = await runner.run(engine.commands.build(found, order), { folder });
    assert.deepEqual(built, { kind: 'done', value: { kind: 'built' } });
    for (const kind of subjects) {
      const scratch = checked(folderPath, join(folder, 'scratch'));
      const image = checked(imageName, choice.tag);
      const file = fileIn(scratch, `${engine.id}.tar`);
      const attempt: ScanAttempt =
        kind === 'archive'
          ? { save: engine.commands.save(found, image, file), subject: { kind, file } }
          : { subject: { kind, image } };
      const scanner = { id: 'grype', program: grype, version: '', way: '' };
      const outcome = await scanImage([attempt], grypeTool, scanner, scratch, runner, { folder });
      assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
      const report = outcome.value;
      assert.deepEqual(
        report.vulnerabilities.map(({ layer: _, ...rest }) => rest),
        [
          {
            id: 'GHSA-0000-0000-0000',
            severity: 'high',
            name: 'left-pad',
            version: '1.1.0',
            ecosystem: 'npm',
            fixedIn: '1.3.0',
          },
        ],
      );
      const description = describe(dockerfileText);
      const blames = attribute(report, description);
      assert.deepEqual(
        blames.map(({ instruction }) => description.instructions[instruction]?.text),
        ['COPY package.json /app/node_modules/left-pad/package.json'],
        JSON.stringify(report.layers),
      );
    }
  };
  await check(buildah, ['archive']);
  await check(docker, ['docker', 'archive']);
});
