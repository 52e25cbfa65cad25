// The diet of a real Go program, compiled by the Go of this machine: what the images weigh, and that the one without CA
// certificates cannot make the HTTPS call of which the table warns. Compiling takes minutes: DIET_OF_GO=1 asks for it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../server/src/cli/commands/diet';
import { startPodman } from '../harness/engines';
import { heardTerminal } from '../harness/heard-terminal';
import { reply, startServer } from '../harness/http-server';
import { makeCertificates } from '../harness/registry';
import { ask, machineWithEnvironment } from '../harness/runs';
import { requireTool, wantTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';

/** Says what the server answers, or why there is no answer. */
const program = `package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"os"
)

func main() {
	call, err := tls.Dial("tcp", os.Args[1], &tls.Config{ServerName: "localhost"})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Fprintf(call, "GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n")
	answer, _ := bufio.NewReader(call).ReadString('\\n')
	fmt.Print(answer)
}
`;

interface Compared {
  readonly images: readonly {
    readonly name: string;
    readonly image: string;
    readonly unpacked: number;
    readonly lacks: readonly string[];
  }[];
}

const isWanted = process.env['DIET_OF_GO'] !== undefined;
const name = 'a Go program as three images: sizes, and the HTTPS call that needs certificates';

test(name, { skip: isWanted ? false : 'optional: DIET_OF_GO=1 asks for it' }, async (t) => {
  const go = wantTool(t, 'go');
  const openssl = requireTool(t, 'openssl');
  const buildah = requireTool(t, 'buildah');
  const busybox = requireTool(t, 'busybox');
  const engine = startPodman(t);
  if (!go || !openssl || !buildah || !busybox || !engine) return;
  const asked = spawnSync(go, ['env', 'GOROOT', 'GOVERSION'], { encoding: 'utf8', cwd: '/' });
  const [goRoot = '', goVersion = ''] = asked.stdout.split('\n');
  const release = /^go(1\.\d+)/.exec(goVersion)?.[1];
  assert.ok(release, asked.stdout);
  const certificates = makeCertificates(openssl, ['DNS:localhost', 'IP:127.0.0.1']);
  t.after(() => certificates.remove());

  const call = async (args: readonly string[], ms = 120_000): ReturnType<typeof ask> =>
    ask({ program: buildah, args, env: engine.env }, '/', ms);
  const bases: Readonly<Record<string, string>> = {
    [`docker.io/library/golang:${release}-trixie`]: `FROM scratch
COPY busybox /bin/
COPY --from=go . /usr/local/go
RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN mkdir -p /tmp /root /go
COPY ca.pem /etc/ssl/certs/ca-certificates.crt
ENV PATH=/usr/local/go/bin:/usr/local/bin:/bin GOTOOLCHAIN=local GOPROXY=off
`,
    'gcr.io/distroless/static-debian13:nonroot': `FROM scratch
COPY ca.pem /etc/ssl/certs/ca-certificates.crt
COPY passwd /etc/
`,
  };
  for (const [name, dockerfile] of Object.entries(bases)) {
    const folder = makeFolder(t, {
      Dockerfile: dockerfile,
      passwd: 'nonroot:x:65532:65532::/home/nonroot:\n',
    });
    copyFileSync(busybox, join(folder, 'busybox'));
    copyFileSync(certificates.ca, join(folder, 'ca.pem'));
    const { exit, stderr } = await call(
      ['build', '--layers=false', '--pull=never', `--build-context=go=${goRoot}`, '-t', name, folder],
      240_000,
    );
    assert.equal(exit, 0, stderr);
  }

  const folder = makeFolder(t, {
    'go.mod': `module example.com/app\n\ngo ${release}\n`,
    'cmd/app/main.go': program,
  });
  const { terminal, heard } = heardTerminal();
  const words = [folder, '--engine=podman', '--argument=--pull=never', '--format=json'];
  const ending = await run(words, terminal, machineWithEnvironment(engine.env));
  assert.equal(ending, 'clean', heard.said);
  const { images } = JSON.parse(heard.out) as Compared;
  const sizes = images.map(({ name, unpacked }) => `${name} ${(unpacked / 1e6).toFixed(1)} MB`);
  t.diagnostic(sizes.join(', '));
  const [naive, lean, scratch] = images;
  assert.ok(naive && lean && scratch, heard.out);
  // The image of Go on Docker Hub has Debian and a C compiler besides, some 500 MB more.
  assert.ok(naive.unpacked > 200e6, sizes.join(', '));
  for (const { name, unpacked } of [lean, scratch])
    assert.ok(unpacked < 20e6, `${name}: ${String(unpacked)}`);
  const without = images.filter(({ lacks }) => lacks.includes('certificates')).map(({ name }) => name);
  assert.deepEqual(without, ['scratch']);

  const server = await startServer((_, response) => reply(response, 200), {
    cert: readFileSync(certificates.cert, 'utf8'),
    key: readFileSync(certificates.key, 'utf8'),
  });
  t.after(() => server.close());
  for (const { name, image } of images) {
    const made = await call(['from', '--pull-never', image]);
    assert.equal(made.exit, 0, made.stderr);
    const command = name === 'naive' ? 'app' : '/app';
    const said = await call([
      'run',
      '--network=host',
      made.stdout.trim(),
      '--',
      command,
      `127.0.0.1:${String(server.port)}`,
    ]);
    if (name === 'scratch') assert.match(said.stdout, /x509: certificate signed by unknown authority/);
    else assert.match(said.stdout, /^HTTP\/1\.\d 200/, said.stderr);
  }
});
