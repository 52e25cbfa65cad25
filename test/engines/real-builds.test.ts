// Projects from an empty folder to a running container, as a person goes: `drydock init` writes the Dockerfile, `check` finds
// nothing but the pins, buildah builds it with real compilers and package registries, podman runs it. After a change of the
// source it is built without a network, and a second `init` changes no byte. No public image is to be had here: the bases
// come from a local registry under the patterns' own names, see server/tools/base-images.mjs. What an image adds to its base
// is about what test/patterns-measured.json and the page of patterns say; `--update-measured` writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { patterns } from '../../server/src/patterns/library';
import { readTxtar } from '../../server/src/patterns/read-pattern';
import { startRealEngine, wantBases } from '../harness/bases';
import type { RealEngine, Stopped } from '../harness/bases';
import { runCli } from '../harness/cli';
import { checkSize } from '../harness/measured-sizes';
import { makeFolder } from '../harness/workspace';
import { basesOf, lastBaseOf } from '../snippets/checks';

interface Built {
  readonly pattern: string;
  /** A file of test/engines/projects, without its ending. */
  readonly project: string;
  /** The file with the words that are changed. */
  readonly changed: string;
  /** What the program prints after its user and the words. */
  readonly prints?: string;
  readonly uid: number;
  /** Whether the page says that there is a shell. */
  readonly shell?: true;
  readonly values?: readonly string[];
  readonly more?: readonly string[];
  readonly always?: true;
  /** It answers HTTP there, and prints nothing. */
  readonly port?: number;
  /** Arguments to start it with. */
  readonly start?: readonly string[];
  /** The second build asks the index too: there is no lock file. */
  readonly asksAgain?: true;
  /** It replaces files of its base, so that sizes tell nothing. */
  readonly replaces?: true;
  /** The compiler, for the page. */
  readonly by: string;
}

const words = 'hello from the program';

const wheel = 'cpython-313-x86_64-linux-gnu';

const python = { changed: 'shop/__main__.py', prints: wheel, by: 'Python 3.13' };
const uv = { ...python, changed: 'src/shop/__main__.py' };

const typescript = { changed: 'src/main.ts', prints: '21', uid: 65532, by: 'Node.js 24' };
const go = {
  project: 'go',
  changed: 'cmd/shop/main.go',
  prints: '1.2 true',
  uid: 65532,
  more: ['--build-arg=VERSION=1.2'],
  by: 'Go 1.27',
};
const java = {
  project: 'java-maven',
  changed: 'src/main/java/com/example/shop/Main.java',
  prints: 'Logger',
  by: 'OpenJDK 21',
};

const builds: readonly Built[] = [
  { ...go, pattern: 'distroless-go', always: true },
  {
    pattern: 'distroless-rust',
    always: true,
    project: 'rust',
    values: ['rust=1.85'],
    changed: 'src/main.rs',
    uid: 65532,
    by: 'Rust 1.85',
  },
  { ...python, pattern: 'python-pip', project: 'python-pip', uid: 10001, shell: true },
  { ...uv, pattern: 'python-project', project: 'python-project', uid: 10001, shell: true, asksAgain: true },
  { ...python, pattern: 'distroless-python', project: 'python-pip', uid: 65532 },
  { ...uv, pattern: 'python-uv', project: 'python-uv', always: true, uid: 10001, shell: true },
  { ...uv, pattern: 'distroless-python-uv', project: 'python-uv', uid: 65532 },
  { ...typescript, pattern: 'node-build', project: 'node-typescript', always: true },
  { ...typescript, pattern: 'node-pnpm-build', project: 'node-pnpm-typescript', values: ['pnpm=12.21.0'] },
  { ...typescript, pattern: 'node-yarn-build', project: 'node-yarn-typescript' },
  { ...typescript, pattern: 'distroless-node', project: 'node', changed: 'src/main.js' },
  { ...typescript, pattern: 'node-slim', project: 'node', changed: 'src/main.js', uid: 1000, shell: true },
  { ...go, pattern: 'scratch-go' },
  { ...go, pattern: 'go-test' },
  { ...go, pattern: 'distroless-go-cross' },
  { ...go, pattern: 'go-cgo', project: 'go-cgo', changed: 'main.go', prints: 'true', more: [] },
  {
    pattern: 'c-static',
    always: true,
    project: 'c-make',
    changed: 'main.c',
    uid: 65532,
    by: 'musl 1.2',
  },
  {
    pattern: 'cpp-cmake',
    project: 'cpp-cmake',
    changed: 'src/main.cpp',
    uid: 65532,
    by: 'g++ 14',
  },
  { ...java, pattern: 'java-maven', uid: 10001, shell: true },
  { ...java, pattern: 'java-jlink', uid: 10001, shell: true, always: true },
  { ...java, pattern: 'java-distroless', uid: 65532 },
  {
    ...uv,
    pattern: 'python-uv-package',
    project: 'python-uv-package',
    changed: 'src/shop/__init__.py',
    prints: '1.0.0',
    uid: 10001,
    shell: true,
  },
  {
    ...uv,
    pattern: 'python-uv-workspace',
    project: 'python-uv-workspace',
    changed: 'packages/lib/src/lib/__init__.py',
    prints: '',
    uid: 10001,
    shell: true,
  },
  {
    ...uv,
    pattern: 'fastapi',
    project: 'fastapi',
    changed: 'src/shop/main.py',
    uid: 10001,
    shell: true,
    port: 8000,
  },
  {
    ...uv,
    pattern: 'django',
    project: 'django',
    changed: 'shop/urls.py',
    uid: 10001,
    shell: true,
    port: 8000,
    start: ['--env=SECRET_KEY=x'],
  },
  {
    ...typescript,
    pattern: 'pnpm-workspace',
    project: 'pnpm-workspace',
    changed: 'packages/words/src/index.ts',
    values: ['pnpm=12.21.0'],
  },
  {
    ...typescript,
    pattern: 'yarn-workspace',
    project: 'yarn-workspace',
    changed: 'packages/words/src/index.ts',
  },
  { ...typescript, pattern: 'next-standalone', project: 'next', changed: 'app/page.js', port: 3000 },
  {
    pattern: 'rust-workspace',
    project: 'rust-workspace',
    values: ['rust=1.85'],
    changed: 'crates/words/src/lib.rs',
    uid: 65532,
    by: 'Rust 1.85',
  },
  {
    ...java,
    pattern: 'java-maven-modules',
    project: 'java-maven-modules',
    changed: 'lib/src/main/java/com/example/lib/Words.java',
    prints: '',
    uid: 10001,
    shell: true,
  },
  { ...java, pattern: 'spring-boot', project: 'spring-boot', uid: 10001, shell: true, port: 8080 },
  {
    ...python,
    pattern: 'fastapi-pip',
    project: 'fastapi-pip',
    changed: 'src/shop/main.py',
    uid: 10001,
    shell: true,
    port: 8000,
  },
  {
    ...python,
    pattern: 'django-pip',
    project: 'django-pip',
    changed: 'shop/urls.py',
    uid: 10001,
    shell: true,
    port: 8000,
    start: ['--env=SECRET_KEY=x'],
  },
  {
    ...typescript,
    pattern: 'node-pnpm',
    project: 'node-pnpm',
    changed: 'src/main.js',
    values: ['pnpm=12.21.0'],
  },
  { ...typescript, pattern: 'node-yarn', project: 'node-yarn', changed: 'src/main.js' },
  {
    ...go,
    pattern: 'go-workspace',
    project: 'go-workspace',
    changed: 'words/words.go',
    prints: '',
    more: [],
  },
  { ...typescript, pattern: 'bun-slim', project: 'bun', uid: 1000, shell: true, by: 'Bun 1.4' },
  {
    pattern: 'static-site',
    project: 'static-site',
    changed: 'public/index.html',
    uid: 101,
    shell: true,
    port: 8080,
    replaces: true,
    by: 'nginx 1.26',
  },
  {
    ...typescript,
    pattern: 'static-site-build',
    project: 'static-site-build',
    changed: 'index.html',
    uid: 101,
    shell: true,
    port: 8080,
    replaces: true,
    by: 'esbuild',
  },
  {
    pattern: 'ruby-bundler',
    project: 'ruby',
    changed: 'lib/shop.rb',
    prints: '1',
    uid: 10001,
    shell: true,
    by: 'Ruby 3.3',
  },
];

/** Patterns that nobody has built here with real compilers, by what is not to be had or was left out. */
const notBuilt: Readonly<Record<string, readonly string[]>> = {
  'no .NET': ['dotnet-alpine', 'dotnet-chiselled', 'dotnet-solution'],
  'no standard library of Rust for musl': ['rust-static', 'scratch-rust'],
  'no packages of Alpine': ['java-alpine', 'node-alpine'],
  'no packages of Wolfi': ['apko-base', 'chainguard-node', 'chainguard-python', 'chainguard-static'],
  'no packages of Red Hat': ['ubi-micro', 'ubi-minimal'],
  'no slices of Ubuntu': ['java-chiselled', 'ubuntu-chisel'],
  'no hardened images of Docker': ['dhi-static'],
  'no packages of Nix': ['nix-dockerfile'],
  'no native image of GraalVM': ['graalvm-native'],
  "no distributions of Gradle, which its wrapper fetches from Gradle's own server": [
    'java-gradle',
    'java-gradle-projects',
    'spring-boot-gradle',
    'spring-boot-gradle-projects',
  ],
  'no gems': ['rails'],
  'no packages of Composer': ['laravel', 'php-fpm'],
  "no JSON of PyPI, which Poetry asks for a package's files": [
    'django-poetry',
    'fastapi-poetry',
    'python-poetry',
  ],
  'no runtime of Deno to compile with': ['deno-compile'],
  'no private modules': ['go-private', 'go-private-ssh'],
  'built with stand-ins, or as others are': [
    'next-pnpm',
    'next-yarn',
    'rust-chef',
    'spring-boot-maven-modules',
    'static-site-pnpm',
    'static-site-yarn',
  ],
};

/** One of each language always; `REAL_BUILDS` names others, or all. */
function isWanted({ pattern, always }: Built): boolean {
  const wanted = process.env['REAL_BUILDS'];
  return wanted === undefined ? always === true : wanted === 'all' || wanted.split(',').includes(pattern);
}

/** As a builder asks for it. */
function inFull(image: string): string {
  return /^[^/]*[.:][^/]*\//.test(image)
    ? image
    : `docker.io/${image.includes('/') ? '' : 'library/'}${image}`;
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), 'utf8'),
    ]),
  );
}

async function check(t: TestContext, engine: RealEngine, built: Built): Promise<void> {
  const project = readTxtar(readFileSync(`test/engines/projects/${built.project}.txt`, 'utf8'));
  const folder = makeFolder(t, Object.fromEntries(project));
  const set = (built.values ?? []).flatMap((value) => ['--set', value]);
  const init = runCli(folder, ['init', '--pattern', built.pattern, '--yes', ...set]);
  assert.equal(init.status, 0, init.stdout + init.stderr);
  const found = runCli(folder, ['check', '--profile', 'strict', '--format', 'json']);
  const [{ findings = [] } = {}] = JSON.parse(found.stdout) as readonly {
    readonly findings?: readonly { readonly rule: string }[];
  }[];
  const { allows = {} } = patterns.find(({ id }) => id === built.pattern) ?? {};
  const rules = new Set(findings.map(({ rule }) => rule).filter((rule) => !(rule in allows)));
  assert.deepEqual([...rules], ['image-digest-missing']);

  const dockerfile = join(folder, 'Dockerfile');
  const text = readFileSync(dockerfile, 'utf8');
  if (!wantBases(t, [...new Set(basesOf(text).map(inFull))])) return;
  const base = lastBaseOf(text);
  // Before 1.29, buildah unlocks one of a step's locked mounts only. Old ones (1.28 here) also take a step from their layers
  // although the folder that it mounts has changed: the second build writes such a step in another way.
  const forBuildah = {
    online: text.replaceAll(',sharing=locked', ''),
    again: text
      .replaceAll(',sharing=locked', '')
      .replaceAll(/--mount=type=bind,target=(\S+)/g, '--mount=target=$1,type=bind'),
  };
  const timed = async (name: string, how: 'online' | 'again' | 'offline'): Promise<string> => {
    const started = Date.now();
    writeFileSync(dockerfile, forBuildah[how === 'online' ? how : 'again']);
    await engine.build(folder, name, how === 'offline' ? how : 'online', built.more);
    writeFileSync(dockerfile, text);
    return ((Date.now() - started) / 1000).toFixed(1);
  };
  const image = `first-${built.pattern}`;
  const first = await timed(image, 'online');
  const health = /^HEALTHCHECK (?:.*\\\n)?.*CMD (\[.*\])$/m.exec(text)?.[1] ?? '[]';
  /** Runs the image, and stops it where it waits for a signal. */
  const run = async (name: string, said: string): Promise<Stopped | undefined> => {
    if (built.port === undefined) {
      assert.equal(await engine.run(name), `${built.uid} ${said} ${built.prints ?? ''}`.trimEnd());
      return built.by.startsWith('Rust') ? undefined : engine.stopProgram(name, 'wait');
    }
    const checks = JSON.parse(health) as readonly string[];
    const { page, uid, stopped } = await engine.serve(name, built.port, built.start ?? [], checks);
    assert.ok(page.includes(said), page);
    assert.equal(uid, built.uid);
    return stopped;
  };
  await run(image, words);
  const { bytes, shells } = await engine.look(image);
  assert.equal(shells.length > 0, built.shell === true, `shells: ${shells.join(', ')}`);

  const changed = join(folder, built.changed);
  writeFileSync(changed, readFileSync(changed, 'utf8').replace(words, 'changed'));
  const other = `second-${built.pattern}`;
  const second = await timed(other, built.asksAgain === true ? 'again' : 'offline');
  const stopped = await run(other, 'changed');

  const before = filesOf(folder);
  const again = runCli(folder, ['init', '--pattern', built.pattern, '--yes', ...set]);
  assert.equal(again.status, 0, again.stdout + again.stderr);
  assert.deepEqual(filesOf(folder), before);

  if (stopped) assert.ok(stopped.milliseconds < 2000, `stopped after ${stopped.milliseconds} ms`);
  const added = bytes - (base === 'scratch' ? 0 : (await engine.look(base)).bytes);
  t.diagnostic(
    `adds ${added} bytes by ${built.by}; built in ${first} s, after a change in ${second} s` +
      (stopped ? `; stopped in ${stopped.milliseconds} ms with ${stopped.exit}` : ''),
  );
  if (built.replaces !== true) checkSize(built.pattern, added, built.by);
}

for (const [why, ids] of Object.entries(notBuilt))
  test(`not built, ${why}: ${ids.join(', ')}`, { skip: `optional: ${why}` }, () => undefined);

test('each pattern with a Dockerfile is built, or told as not built', () => {
  const whole = patterns.filter(({ as }) => as === 'dockerfile').map(({ id }) => id);
  const told = [...builds.map(({ pattern }) => pattern), ...Object.values(notBuilt).flat()];
  assert.deepEqual(told.sort(), whole.sort());
});

test('projects with real compilers', async (t) => {
  const engine = await startRealEngine(t);
  if (!engine) return;
  for (const built of builds) {
    const skip = !isWanted(built) && 'optional: REAL_BUILDS=all asks for it';
    await t.test(`${built.pattern} of ${built.project}`, { skip }, (part) => check(part, engine, built));
  }
});
