// What both builders are asked: paths agree from stage to stage, what a cache mount holds stays out of the
// image, and the entrypoint starts as the user that was meant, without a shell in the image.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { TestEngine } from '../harness/engines';
import { ask } from '../harness/runs';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { fill, valuesOf } from '../../server/src/patterns/template';
import { readPatterns } from '../../server/tools/pattern-files';
import { patternText } from './expand';
import { standIns, writeStandIn } from './stand-ins';

export interface Builder {
  /** @param more further arguments @throws with the builder's output when it fails */
  build(folder: string, image: string, more?: readonly string[]): Promise<unknown>;
  /** Starts the image as it is. @returns what it prints */
  start(image: string): Promise<string>;
  /** The path of every file in an image, with those of its base. */
  list(image: string): Promise<readonly string[]>;
  /** Whether what has been built is not built again: then the stages are looked into as well. */
  readonly keepsStages: boolean;
  /** What has to change in a Dockerfile so that this builder builds it without fetching anything. */
  offline(text: string): string;
  /** The patterns to build, where not all. */
  readonly only?: ReadonlySet<string>;
}

/** Runs a program to its end. @returns what it printed @throws with all output when it fails */
export async function call(program: string, args: readonly string[], engine: TestEngine): Promise<string> {
  const { exit, stdout, stderr } = await ask({ program, args, env: engine.env }, '/', 120_000);
  assert.equal(exit, 0, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

/** As projects have one: nothing in it may be needed by a build. */
const ignoreFile = '.git\n.env*\nnode_modules\ntarget\n.venv\n__pycache__\nDockerfile\n.dockerignore\n';

/** Patterns whose bases have no stand-in, or that need a secret, a key or a real tool: nobody has built them here. */
const notBuilt: readonly string[] = [
  'bun-slim',
  'c-static',
  'chainguard-node',
  'chainguard-python',
  'cpp-cmake',
  'deno-compile',
  'dotnet-alpine',
  'dotnet-chiselled',
  'dotnet-solution',
  'go-private',
  'go-private-ssh',
  'graalvm-native',
  'java-alpine',
  'java-chiselled',
  'java-distroless',
  'java-gradle',
  'java-gradle-projects',
  'java-jlink',
  'java-maven',
  'java-maven-modules',
  'next-pnpm',
  'next-standalone',
  'next-yarn',
  'nix-dockerfile',
  'node-alpine',
  'spring-boot',
  'spring-boot-gradle',
  'spring-boot-gradle-projects',
  'spring-boot-maven-modules',
  'ubi-micro',
  'ubi-minimal',
  'ubuntu-chisel',
];

/** Patterns that stand on bases with a stand-in, but would prove nothing: Next itself writes what is copied. */
const needsTool: ReadonlySet<string> = new Set(['next-pnpm', 'next-standalone', 'next-yarn']);

/** Patterns whose stages are built as those of others: python-pip, python-poetry, fastapi and django. */
const builtElsewhere: ReadonlySet<string> = new Set([
  'django-pip',
  'django-poetry',
  'fastapi-pip',
  'fastapi-poetry',
]);

/** The images that a file takes anything from, without stages. */
export function basesOf(text: string): readonly string[] {
  const stages = new Set([...text.matchAll(/^FROM .* AS (\S+)/gm)].map(([, name = '']) => name));
  const named = [
    ...text.matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gm),
    ...text.matchAll(/--?from=([^,\s]+)/g),
  ];
  return named.map(([, name = '']) => name).filter((name) => name !== 'scratch' && !stages.has(name));
}

/** The image that the last stage stands on, through the stages that it continues. */
export function lastBaseOf(text: string): string {
  const stages = [...text.matchAll(/^FROM (?:--platform=\S+ )?(\S+)(?: AS (\S+))?/gm)];
  const named = new Map(stages.map(([, base = '', name = '']) => [name, base]));
  let base = stages.at(-1)?.[1] ?? '';
  for (let next = named.get(base); next !== undefined; next = named.get(base)) base = next;
  return base;
}

/** Those of the paths that are one of the places or lie below it. */
function below(paths: readonly string[], places: readonly string[]): readonly string[] {
  return paths.filter((path) => places.some((place) => path === place || path.startsWith(`${place}/`)));
}

/** Builds, lists and starts every whole file, and a part that has to do with the builder. */
export async function checkSnippets(t: TestContext, builder: Builder): Promise<void> {
  const busybox = requireTool(t, 'busybox');
  if (busybox === undefined) return;
  const images = new Map(
    standIns.map((standIn) => [standIn.image.replace(/^docker\.io\/(library\/)?/, ''), standIn]),
  );
  const made = new Set<string>();
  const makeBases = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const standIn = images.get(name);
      if (standIn === undefined || made.has(name)) continue;
      made.add(name);
      const folder = makeFolder(t);
      writeStandIn(folder, busybox, standIn);
      await builder.build(folder, standIn.image);
    }
  };
  const listed = new Map<string, ReadonlySet<string>>();
  const unbuilt: string[] = [];
  for (const { pattern, proofs } of readPatterns()) {
    for (const [at, { project, values, files: projectFiles, expect }] of proofs.entries()) {
      if (pattern.as !== 'dockerfile' || builtElsewhere.has(pattern.id)) continue;
      const text = fill(pattern.files[0]?.text ?? '', valuesOf(pattern, values));
      const bases = basesOf(text);
      if (
        !bases.every((base) => images.has(base)) ||
        text.includes('required=true') ||
        needsTool.has(pattern.id)
      ) {
        unbuilt.push(pattern.id);
        continue;
      }
      if (builder.only?.has(pattern.id) === false) continue;
      await makeBases(bases);
      await t.test(`${pattern.id} of ${project}`, async () => {
        const folder = makeFolder(t, {
          ...Object.fromEntries(projectFiles),
          Dockerfile: builder.offline(text),
          '.git/HEAD': '',
          '.env': 'SECRET=1\n',
          '.dockerignore': ignoreFile,
        });
        const image = `drydock-snippet:${pattern.id}-${at}`;
        await builder.build(folder, image);

        const base = lastBaseOf(text);
        if (base !== 'scratch' && !listed.has(base)) listed.set(base, new Set(await builder.list(base)));
        const inBase = listed.get(base);
        const files = await builder.list(image);
        const added = files.filter((path) => inBase?.has(path) !== true);
        assert.deepEqual(added, expect['adds']);

        const lacks = expect['lacks'] as readonly string[];
        assert.ok(Array.isArray(lacks));
        assert.deepEqual(below(files, lacks), []);
        // The build stage has its sources and compilers, but nothing of what was mounted.
        const mounts = [...text.matchAll(/--mount=type=\S*target=([^,\s]+)/g)].map(([, path = '']) => path);
        const mounted = lacks.filter((place) => below([place], mounts).length > 0);
        if (builder.keepsStages && mounted.length > 0) {
          const stage = `drydock-stage:${pattern.id}-${at}`;
          await builder.build(folder, stage, ['--target=build']);
          assert.deepEqual(below(await builder.list(stage), mounted), []);
        }
        assert.match(await builder.start(image), new RegExp(`^uid=${String(expect['uid'])}\\b`));
      });
    }
  }
  // Those that no stand-in is made for are told by name, so that a new one is a decision.
  assert.deepEqual([...new Set(unbuilt)].sort(), notBuilt);

  await makeBases(['golang:1.27-trixie']);
  await t.test('secret-mount', async () => {
    const text = patternText('secret-mount');
    const folder = makeFolder(t, {
      'fetch.sh': '#!/bin/sh\n[ "$TOKEN" = open-sesame ] && echo fetched > /result\n',
      token: 'open-sesame\n',
    });
    const before = 'FROM docker.io/library/golang:1.27-trixie\nCOPY --chmod=755 fetch.sh ./\n';
    writeFileSync(join(folder, 'Dockerfile'), `${before}${text}\n`);
    const image = 'drydock-snippet:secret';
    await builder.build(folder, image, [`--secret=id=token,src=${join(folder, 'token')}`]);
    const files = await builder.list(image);
    assert.ok(files.includes('/result'), files.join('\n'));
    assert.ok(!files.some((path) => path.startsWith('/run/secrets/')), files.join('\n'));
    await assert.rejects(builder.build(folder, 'drydock-snippet:none', ['--no-cache']), /token/);
  });
}
