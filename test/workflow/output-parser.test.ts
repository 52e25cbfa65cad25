// What builders print, line by line as they print it, and where in the file that leads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureMark, failureText } from '../../server/src/workflow/build/failure-text';
import { placeFailure } from '../../server/src/workflow/build/locate-failure';
import { BuildOutputParser } from '../../server/src/workflow/build/output-parser';
import type { BuildFailure } from '../../server/src/workflow/build/output-parser';
import { hasParts, literalParts } from '../../server/src/workflow/literal-parts';
import { english } from '../../server/src/workflow/translate';
import { describe } from '../harness/description';

interface Sample {
  readonly name: string;
  /** The instruction that fails begins at «; without it the failure is about none. */
  readonly file: string;
  readonly output: string;
  readonly family: BuildFailure['family'];
  readonly text: string;
  readonly printed?: readonly string[];
}

const failingFile = `FROM base AS build
ARG V=1
WORKDIR /app
COPY Dockerfile /x
«RUN echo before; \\
    ls /does-not-exist
RUN echo never
`;

const samples: readonly Sample[] = [
  {
    name: 'BuildKit that names the lines',
    file: failingFile,
    family: 'buildkit',
    text: 'RUN ended with exit code 1',
    // The first of these was printed by the command itself.
    printed: ['before', 'Dockerfile:1', 'ls: /does-not-exist: No such file or directory'],
    output: `#0 building with "default" instance using docker driver

#8 [4/5] RUN echo before;     ls /does-not-exist
#8 0.108 before
#8 0.109 Dockerfile:1
#8 0.109 --------------------
#8 0.110 ls: /does-not-exist: No such file or directory
#8 ERROR: process "/bin/sh -c echo before;     ls /does-not-exist" did not complete successfully: exit code: 1
------
 > [4/5] RUN echo before;     ls /does-not-exist:
0.108 before
0.110 ls: /does-not-exist: No such file or directory
------
WARNING: No output specified with remote driver.
Dockerfile:5
--------------------
   4 |     COPY Dockerfile /x
   5 | >>> RUN echo before; \\
   6 | >>>     ls /does-not-exist
   7 |     RUN echo never
--------------------
ERROR: failed to build: failed to solve: process "/bin/sh -c echo before;     ls /does-not-exist" did not complete successfully: exit code: 1
`,
  },
  {
    name: 'BuildKit of docker 20.10, that names the step alone',
    file: failingFile,
    family: 'buildkit',
    text: 'RUN ended with exit code 1',
    printed: ['before', 'ls: /does-not-exist: No such file or directory'],
    output: `#7 [3/5] COPY Dockerfile /x
#7 CACHED

#8 [4/5] RUN echo before;     ls /does-not-exist
#8 sha256:474898c36e222d6654cb13317d3bf6564be767d52d74dd998109439229b52661
#9 [other 1/1] RUN long
#9 0.037 somewhere else
#8 0.038 before
#8 0.039 ls: /does-not-exist: No such file or directory
#8 ERROR: executor failed running [/bin/sh -c echo before;     ls /does-not-exist]: exit code: 1
------
 > [4/5] RUN echo before;     ls /does-not-exist:
------
executor failed running [/bin/sh -c echo before;     ls /does-not-exist]: exit code: 1
`,
  },
  {
    name: 'a base image that is not there',
    file: 'FROM alpine:3 AS one\n«FROM registry.example.com/nope:1\n',
    family: 'buildkit',
    text: 'registry.example.com/nope:1: not found',
    output: `#2 [internal] load metadata for registry.example.com/nope:1
#2 ERROR: registry.example.com/nope:1: not found
------
 > [internal] load metadata for registry.example.com/nope:1:
------
ERROR: failed to solve: registry.example.com/nope:1: not found
`,
  },
  {
    name: 'a base image of Docker Hub, by its full name',
    file: '«FROM alpine\nRUN true\n',
    family: 'buildkit',
    text: 'pull access denied',
    output: `#2 [internal] load metadata for docker.io/library/alpine:latest
#2 ERROR: pull access denied
------
 > [internal] load metadata for docker.io/library/alpine:latest:
------
ERROR: failed to solve: pull access denied
`,
  },
  {
    name: 'COPY with a variable in a named stage, for another platform',
    file: 'FROM base AS one\nARG SRC=a\nCOPY ${SRC} /y\nFROM base AS Two\nARG SRC=nope\n«COPY --chmod=755 ${SRC} /y\n',
    family: 'buildkit',
    text: 'failed to calculate checksum of ref abc::def: "/nope": not found',
    output: `#5 [linux/arm64 two 2/2] COPY --chmod=755 nope /y
#5 ERROR: failed to calculate checksum of ref abc::def: "/nope": not found
------
 > [linux/arm64 two 2/2] COPY --chmod=755 nope /y:
------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/nope": not found
`,
  },
  {
    name: 'a heredoc',
    file: 'FROM base\nRUN <<EOF\ntrue\nEOF\n«RUN <<EOF\nset -e\nfalse\nEOF\n',
    family: 'buildkit',
    text: 'RUN ended with exit code 1',
    output: `#6 [3/3] RUN <<EOF (set -e...)
#6 ERROR: process "/bin/sh -c set -e\\nfalse\\n" did not complete successfully: exit code: 1
------
 > [3/3] RUN <<EOF (set -e...):
------
ERROR: failed to solve: process "/bin/sh -c set -e\\nfalse\\n" did not complete successfully: exit code: 1
`,
  },
  {
    name: 'a mistake in the file',
    file: 'FROM base\n\n«FRM x\n',
    family: 'buildkit',
    text: 'dockerfile parse error on line 3: unknown instruction: FRM (did you mean FROM?)',
    output: `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: FRM (did you mean FROM?)
`,
  },
  {
    name: "docker's old builder, its error in front of the last step",
    file: `ARG V=1\n${failingFile}`,
    family: 'legacy',
    text: 'RUN ended with exit code 1',
    output: `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.

Sending build context to Docker daemon  2.048kB
Step 5/7 : COPY Dockerfile /x
 ---> 9f9e747b7afc
The command '/bin/sh -c echo before;     ls /does-not-exist' returned a non-zero code: 1
Step 6/7 : RUN echo before;     ls /does-not-exist
 ---> Running in a0eb9c77a4b5
before
\u001b[91mls: /does-not-exist: No such file or directory
\u001b[0m`,
    printed: ['before', 'ls: /does-not-exist: No such file or directory'],
  },
  {
    name: "docker's old builder, COPY",
    file: 'FROM base\n«COPY nope /y\n',
    family: 'legacy',
    text: 'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist',
    output: `Step 1/2 : FROM base
 ---> 1
Step 2/2 : COPY nope /y
COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist
`,
  },
  {
    name: 'buildah',
    file: 'FROM base\nRUN echo "a: b"\n«RUN echo "a": "b" && exit 3\n',
    family: 'buildah',
    text: 'RUN ended with exit code 3',
    output: `STEP 1/3: FROM base
STEP 2/3: RUN echo "a: b"
a: b
--> 9b8594d4160
STEP 3/3: RUN echo "a": "b" && exit 3
a: b
subprocess exited with status 3
subprocess exited with status 3
Error: building at STEP "RUN echo "a": "b" && exit 3": exit status 3
`,
    printed: ['a: b'],
  },
  {
    name: 'buildah, one of several stages with equal steps',
    file: 'FROM base AS one\nRUN make\nFROM base AS two\nRUN make\n«RUN make\n',
    family: 'buildah',
    text: 'RUN ended with exit code 2',
    output: `[1/2] STEP 1/2: FROM base AS one
[1/2] STEP 2/2: RUN make
[2/2] STEP 1/3: FROM base AS two
[2/2] STEP 2/3: RUN make
[2/2] STEP 3/3: RUN make
Error: building at STEP "RUN make": while running runtime: exit status 2
`,
  },
  {
    name: "podman behind docker's client",
    file: 'FROM base\n«RUN exit 3\n',
    family: 'buildah',
    text: 'RUN ended with exit code 3',
    output: `STEP 1/2: FROM base
STEP 2/2: RUN exit 3
building at STEP "RUN exit 3": while running runtime: exit status 3

`,
  },
  {
    name: 'a service that is down',
    file: 'FROM base\n',
    family: 'unknown',
    text: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    output: `ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?
`,
  },
  {
    name: 'an old BuildKit that knows no heredocs',
    file: 'FROM base\n«RUN <<EOF\nset -e\nEOF\n',
    family: 'buildkit',
    text: 'dockerfile parse error line 3: unknown instruction: SET',
    output: `#2 DONE 0.0s
failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: unknown instruction: SET
`,
  },
  {
    name: 'buildah that knows no such instruction',
    file: 'FROM base\n«FRM x\n',
    family: 'buildah',
    text: 'Unknown instruction: "FRM"',
    output: `STEP 1/2: FROM base
STEP 2/2: FRM x
time="2026-11-21T01:04:03Z" level=error msg="+(UNHANDLED LOGLEVEL) &imagebuilder.Step{}"
Error: building at STEP "FRM x": Build error: Unknown instruction: "FRM" &imagebuilder.Step{Env:[]string{"PATH=/bin"}, Original:"FRM x"}
`,
    printed: [],
  },
  {
    name: 'a registry that is down, by an old builder',
    file: 'FROM 127.0.0.1:1/nope:1\n',
    family: 'legacy',
    text: 'the registry cannot be reached (Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused)',
    output: `Step 1/1 : FROM 127.0.0.1:1/nope:1
Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused
`,
  },
  {
    name: 'a registry that is down, by BuildKit, which names the line of FROM',
    file: 'FROM r.example.com/a:1\n',
    family: 'buildkit',
    text: 'the registry cannot be reached (r.example.com/a:1: failed to resolve source metadata for r.example.com/a:1: failed to do request: Head "https://r.example.com/v2/a/manifests/1": dial tcp: lookup r.example.com: no such host)',
    output: `#2 [internal] load metadata for r.example.com/a:1
#2 ERROR: failed to do request: Head "https://r.example.com/v2/a/manifests/1": dial tcp: lookup r.example.com: no such host
------
 > [internal] load metadata for r.example.com/a:1:
------
Dockerfile:1
--------------------
   1 | >>> FROM r.example.com/a:1
   2 |     
--------------------
ERROR: failed to build: failed to solve: r.example.com/a:1: failed to resolve source metadata for r.example.com/a:1: failed to do request: Head "https://r.example.com/v2/a/manifests/1": dial tcp: lookup r.example.com: no such host
`,
  },
  {
    name: 'a registry that wants a login',
    file: 'FROM r.example.com/a:1\n',
    family: 'buildah',
    text: 'the registry wants a login (creating build container: initializing source docker://r.example.com/a:1: reading manifest 1 in r.example.com/a: unauthorized: authentication required)',
    output: `STEP 1/2: FROM r.example.com/a:1
Error: creating build container: initializing source docker://r.example.com/a:1: reading manifest 1 in r.example.com/a: unauthorized: authentication required
`,
  },
  {
    name: 'a frontend that cannot be fetched',
    file: '# syntax=docker/dockerfile:1\nFROM a\n',
    family: 'buildkit',
    text: 'the registry allows no more pulls for now (toomanyrequests: You have reached your unauthenticated pull rate limit.)',
    output: `#2 resolve image config for docker-image://docker.io/docker/dockerfile:1
#2 ERROR: toomanyrequests: You have reached your unauthenticated pull rate limit.
------
 > resolve image config for docker-image://docker.io/docker/dockerfile:1:
------
ERROR: failed to solve: toomanyrequests: You have reached your unauthenticated pull rate limit.
`,
  },
  {
    name: 'a command that cannot reach a host is not a failure of a registry',
    file: 'FROM a\n«RUN curl https://x.example.com\n',
    family: 'buildkit',
    text: 'RUN ended with exit code 6',
    output: `#5 [2/2] RUN curl https://x.example.com
#5 0.1 curl: (6) Could not resolve host: x.example.com: no such host
#5 ERROR: process "/bin/sh -c curl https://x.example.com" did not complete successfully: exit code: 6
------
 > [2/2] RUN curl https://x.example.com:
0.1 curl: (6) Could not resolve host: x.example.com: no such host
------
ERROR: failed to solve: process "/bin/sh -c curl https://x.example.com" did not complete successfully: exit code: 6
`,
  },
  { name: 'silence', file: 'FROM base\n', family: 'unknown', text: 'the engine gave no reason', output: '' },
];

for (const { name, file, output, family, text, printed } of samples) {
  test(name, () => {
    // Output comes in pieces of any size.
    for (const size of [1, 7, output.length || 1]) {
      const parser = new BuildOutputParser();
      for (let at = 0; at < output.length; at += size) parser.push(output.slice(at, at + size), 'stdout');
      const failure = parser.failure();
      assert.equal(failure.family, family);
      assert.equal(failureText(failure, english), text);
      if (printed) assert.deepEqual(failure.output, printed);
      const description = describe(file.replace('«', ''));
      const place = placeFailure(failure, description, description);
      const found = description.instructions[place?.instruction ?? -1]?.mark.start.line;
      const expected = file.includes('«')
        ? file.slice(0, file.indexOf('«')).split('\n').length - 1
        : undefined;
      assert.equal(found, expected, JSON.stringify(failure));
    }
  });
}

test('output and errors that are interleaved mid-line stay apart', () => {
  const parser = new BuildOutputParser();
  parser.push('STEP 1/2: FROM base\nSTEP 2/2: RUN ex', 'stdout');
  parser.push('Error: building at STEP "RUN exit 3": exit ', 'stderr');
  parser.push('it 3\n', 'stdout');
  parser.push('status 3\n', 'stderr');
  const { step, exitCode } = parser.failure();
  assert.deepEqual({ text: step?.text, exitCode }, { text: 'RUN exit 3', exitCode: 3 });
});

test('a log without an end of line does not pile up', () => {
  const parser = new BuildOutputParser();
  for (let at = 0; at < 2000; at += 1) parser.push('x'.repeat(10_000), 'stdout');
  assert.ok((parser.failure().output[0]?.length ?? 0) <= 400);
});

test('a failure stands where its instruction has gone while the build ran', () => {
  const built = describe('FROM base\nRUN a\nRUN b\n');
  const parser = new BuildOutputParser();
  parser.push(
    'STEP 1/3: FROM base\nSTEP 2/3: RUN a\nSTEP 3/3: RUN b\nwhy\nError: building at STEP "RUN b": exit status 3\n',
    'stdout',
  );
  const failure = parser.failure();
  const commands = { first: 0, last: 0 };
  assert.deepEqual(placeFailure(failure, built, built), { line: 2, instruction: 2, commands });
  assert.deepEqual(placeFailure(failure, built, describe('# new\nFROM base\nENV A=1\nRUN a\nRUN b\n')), {
    line: 4,
    instruction: 3,
    commands,
  });
  assert.equal(placeFailure(failure, built, describe('FROM base\nRUN a\nRUN c\n')), undefined);
  assert.equal(
    failureMark(failure, undefined, english),
    'The build fails here: RUN ended with exit code 3\nwhy',
  );
  assert.equal(
    failureMark(failure, 'make is missing', english),
    'The build fails here: make is missing\nwhy',
  );
  const outside = { ...failure, step: undefined, lines: { first: 9, last: 9 } };
  const { step: _, ...noStep } = outside;
  assert.deepEqual(placeFailure(noStep, built, built), { line: 9, instruction: undefined });
});

test('blanks, quotes and variables without end cost nothing', () => {
  const parser = new BuildOutputParser();
  const lines = [
    `${' '.repeat(8000)}x`,
    `Error: building at STEP "RUN ${'": '.repeat(2500)}`,
    `Error: ${'Error: '.repeat(1000)}`,
  ];
  for (let round = 0; round < 300; round += 1) parser.push(`${lines.join('\n')}\n`, 'stdout');
  assert.equal(parser.failure().family, 'unknown');
});

test('a step is found by its literal parts, whatever stands for the variables', () => {
  const cases: readonly (readonly [text: string, like: string, fits: boolean])[] = [
    ['COPY a b', 'COPY a b', true],
    ['COPY one b', 'COPY $A b', true],
    ['COPY one two', 'COPY ${A:-x} $B', true],
    ['COPY x/one/y b', 'COPY x/$A/y b', true],
    ['COPY x b', 'COPY x$A b', true],
    ['COPY x c', 'COPY $A b', false],
    ['COPY xx', 'COPY x$A${B}x$C', true],
    ['COPY x', 'COPY x$A${B}x$C', false],
    ['RUN a.c', 'RUN a$Xb', true],
    ['RUN abc', 'RUN a.c', false],
    ['RUN $ 5', 'RUN $ 5', true],
    ['RUN anything', 'RUN ${', true],
  ];
  for (const [text, like, fits] of cases)
    assert.equal(hasParts(text, literalParts(like)), fits, `${text} — ${like}`);
  // A regular expression made of this would run for years.
  const like = literalParts('$A'.repeat(20_000));
  assert.equal(hasParts('a'.repeat(20_000), like), true);
  assert.equal(hasParts('a'.repeat(20_000), [...literalParts('a$A'.repeat(5000)), 'b']), false);
  assert.equal(literalParts('${'.repeat(50_000)).length, 2);
});
