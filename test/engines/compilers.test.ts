// Patterns built by buildah with the real compilers of this machine: its programs take the place of those in the public images,
// read-only and for the time of a step. The program runs as the user that the page says, a change of a source needs no
// network, and what the image adds to its base is about what test/engines/real-builds.test.ts measured: that test needs base
// images which take time to make, and this one nothing but a compiler.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { fill, valuesOf } from '../../server/src/patterns/template';
import { patterns } from '../../server/src/patterns/library';
import { startBuildah } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { compareSize } from '../harness/measured-sizes';
import { ask } from '../harness/runs';
import { requireTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

interface Compiled {
  readonly pattern: string;
  readonly values: Readonly<Record<string, string>>;
  readonly project: Readonly<Record<string, string>>;
  /** The file that is changed, and the words in it that the program prints. */
  readonly changed: string;
  /** The line for the base of the build stage, with PATH and what the public image sets. */
  readonly environment: string;
  /** Further folders of this machine that the compiler needs. */
  readonly folders: readonly string[];
  /** What the program needs of its base at run time, which is taken from this machine. */
  readonly runtime: readonly string[];
}

const words = 'hello from the program';

function go(pattern: string, program: string): Compiled {
  const root = said(program, ['env', 'GOROOT']);
  return {
    pattern,
    values: { app: 'app', package: './cmd/app' },
    project: {
      'go.mod': 'module example.com/app\n\ngo 1.21\n',
      'cmd/app/main.go': `package main

import (
	"crypto/x509"
	"fmt"
	"os"
	"time"
)

var version = "none"

func main() {
	_, err := time.LoadLocation("Europe/Berlin")
	roots, _ := x509.SystemCertPool()
	fmt.Println(os.Getuid(), version, "${words}", err == nil, roots != nil)
}
`,
    },
    changed: 'cmd/app/main.go',
    environment: `ENV PATH=${root}/bin:/usr/bin:/bin HOME=/root GOPATH=/go GOPROXY=off GOTOOLCHAIN=local`,
    folders: root.startsWith('/usr/lib/') ? [] : [root],
    // Distroless has it, and a program on an empty image has to bring its own.
    runtime: pattern.startsWith('distroless') ? ['/usr/share/zoneinfo'] : [],
  };
}

function rust(pattern: string, compiler: string): Compiled {
  const root = said(compiler, ['--print', 'sysroot']);
  return {
    pattern,
    values: { app: 'app' },
    project: {
      'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
      'Cargo.lock': 'version = 3\n\n[[package]]\nname = "app"\nversion = "0.1.0"\n',
      'src/main.rs': `use std::os::unix::fs::MetadataExt;

fn main() {
    let owner = std::fs::metadata("/proc/self").map(|own| own.uid()).unwrap_or(0);
    println!("{} 1.2 ${words}", owner);
}
`,
    },
    changed: 'src/main.rs',
    environment: `ENV PATH=${root}/bin:/usr/bin:/bin HOME=/root CARGO_HOME=/usr/local/cargo CARGO_NET_OFFLINE=true RUST_VERSION=own`,
    // Where Debian's cc leads.
    folders: ['/etc/alternatives', ...(root.startsWith('/usr/lib/') ? [] : [root])],
    runtime: ['/lib', '/lib64', '/usr/lib'],
  };
}

/** What a program of this machine prints. */
function said(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout.trim();
}

function pair(folder: string): string {
  return `--volume=${folder}:${folder}:ro`;
}

/** Not /usr itself: a step mounts caches below it. */
const system = ['bin', 'include', 'lib', 'lib64', 'libexec'].flatMap((name) => [`/usr/${name}`, `/${name}`]);

class Builds {
  readonly #t: TestContext;

  readonly #program: string;

  readonly #engine: TestEngine;

  constructor(t: TestContext, program: string, engine: TestEngine) {
    this.#t = t;
    this.#program = program;
    this.#engine = engine;
  }

  async call(...args: readonly string[]): Promise<string> {
    const { exit, stdout, stderr } = await ask(
      { program: this.#program, args, env: this.#engine.env },
      '/',
      300_000,
    );
    assert.equal(exit, 0, `buildah ${args.join(' ')}\n${stdout}\n${stderr}`);
    return stdout.trim();
  }

  async base(image: string, dockerfile: string): Promise<void> {
    const certificates = '/etc/ssl/certs/ca-certificates.crt';
    const folder = makeFolder(this.#t, {
      'ca-certificates.crt': existsSync(certificates) ? readFileSync(certificates, 'utf8') : 'none\n',
      Dockerfile: dockerfile,
    });
    await this.call('build', '--pull=never', '-t', image, folder);
  }

  /** The bytes of all files of an image. */
  async bytes(image: string): Promise<number> {
    const container = await this.call('from', '--pull=never', image);
    return bytesBelow(await this.call('mount', container));
  }

  /** What the entry point of an image prints. */
  async start(image: string, entrypoint: string, volumes: readonly string[]): Promise<string> {
    const container = await this.call('from', '--pull=never', image);
    return this.call('run', ...volumes.map(pair), container, '--', entrypoint);
  }
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
}

async function check(t: TestContext, compiled: Compiled, by: string): Promise<void> {
  const engine = startBuildah(t);
  const program = engine && requireTool(t, 'buildah');
  if (!engine || program === undefined) return;
  const builds = new Builds(t, program, engine);
  const pattern = patterns.find(({ id }) => id === compiled.pattern);
  assert.ok(pattern);
  const text = fill(
    pattern.files[0]?.text ?? '',
    valuesOf(pattern, new Map(Object.entries(compiled.values))),
  );
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
  const [compiler = '', runtime = ''] = bases;
  await builds.base(
    compiler,
    `FROM scratch\nCOPY ca-certificates.crt /etc/ssl/certs/\nWORKDIR /tmp\nWORKDIR /\n${compiled.environment}\n`,
  );
  if (runtime !== 'scratch')
    await builds.base(runtime, 'FROM scratch\nCOPY ca-certificates.crt /etc/ssl/certs/\n');
  const folder = makeFolder(t, {
    ...compiled.project,
    // Before 1.29, buildah unlocks one of a step's locked mounts only.
    Dockerfile: text.replaceAll(',sharing=locked', ''),
    '.dockerignore': 'Dockerfile\n.dockerignore\n',
  });
  const volumes = [...system, ...compiled.folders].filter((one) => existsSync(one));
  const build = (image: string): Promise<string> =>
    builds.call(
      'build',
      '--pull=never',
      '--build-arg=VERSION=1.2',
      ...volumes.map(pair),
      '-t',
      image,
      folder,
    );
  const needed = compiled.runtime.filter((one) => existsSync(one));
  await build('first');
  assert.match(
    await builds.start('first', '/app', needed),
    new RegExp(`^65532 1\\.2 ${words}(?: true true)?$`),
  );

  // Without the network, a second build has to find all it needs in its mounts.
  const changed = join(folder, compiled.changed);
  writeFileSync(changed, readFileSync(changed, 'utf8').replace(words, 'changed'));
  await build('second');
  assert.match(await builds.start('second', '/app', needed), /^65532 1\.2 changed/);

  const added = (await builds.bytes('first')) - (runtime === 'scratch' ? 0 : await builds.bytes(runtime));
  t.diagnostic(`${compiled.pattern} adds ${added} bytes by ${by}`);
  compareSize(compiled.pattern, added, by);
}

suite('patterns with real compilers', () => {
  for (const pattern of ['distroless-go', 'scratch-go']) {
    test(`${pattern} with the Go of this machine`, async (t) => {
      const program = wantTool(t, 'go');
      if (program !== undefined) await check(t, go(pattern, program), said(program, ['env', 'GOVERSION']));
    });
  }

  test('distroless-rust with the Rust of this machine', async (t) => {
    const compiler = wantTool(t, 'rustc');
    if (compiler === undefined || wantTool(t, 'cargo') === undefined) return;
    await check(t, rust('distroless-rust', compiler), said(compiler, ['--version']).replace(/ \(.*/, ''));
  });
});
