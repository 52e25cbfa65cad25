// The mistakes that the documents make in scripts, workflows and other files, where no rule looks: each check finds the
// mistake in the original, and in no file of a pattern.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { filledFiles, patternText } from './expand';

interface File {
  /** The pattern and the path in the project. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const files: readonly File[] = filledFiles(({ as }) => as !== 'part').map(({ id, path, text }) => ({
  name: `${id}: ${path}`,
  path,
  text,
}));

/** What a program reads of a file in which `#` begins a comment. */
function withoutComments(text: string): string {
  return text.replace(/(^|\s)#(?!!).*$/gm, '$1');
}

interface Check {
  readonly says: string;
  /** As the document has it. */
  readonly original: string;
  readonly wrong: RegExp;
  /** The files it is about; absent: all of them. */
  readonly of?: RegExp;
}

const isScript = /\.sh$|(?:^|\/)justfile$/;
const isWorkflow = /^\.github\/workflows\//;

const checks: readonly Check[] = [
  {
    says: 'an action by a branch or tag',
    original: '      - uses: aquasecurity/trivy-action@master\n',
    wrong: /\buses:\s*\S+@(?![0-9a-f]{40}\b)/,
    of: isWorkflow,
  },
  {
    says: 'the stars of du are expanded by the shell at home',
    original: 'docker run --rm myapp:latest du -sh /* 2>/dev/null | sort -rh | head\n',
    wrong: /\b(?:docker|podman|"\$engine")\s+run\b.*\s\/\*/,
  },
  {
    says: 'syft packages',
    original: 'syft packages myapp:latest -o cyclonedx-json > sbom.cdx.json\n',
    wrong: /\bsyft packages\b/,
  },
  {
    says: 'a unit by podman generate systemd',
    original: 'podman generate systemd --new --name myapp > ~/.config/systemd/user/myapp.service\n',
    wrong: /\bpodman generate systemd\b/,
  },
  {
    says: 'a hook at prestart',
    original: '{ "hooks": { "prestart": [{ "path": "/usr/local/bin/network-setup" }] } }\n',
    wrong: /"prestart"/,
  },
  {
    says: 'a resolver option in the image',
    original: 'RUN echo "options ndots:1" >> /etc/resolv.conf\n',
    wrong: /resolv\.conf/,
  },
  {
    says: 'an option that buildah has not',
    original: 'buildah build --pull-never -t myapp:$TAG .\n',
    wrong: /--pull-never\b/,
  },
  {
    says: 'a builder that stays the default of the user',
    original: 'docker buildx create --use\n',
    wrong: /\bbuildx create\b.*--use\b/,
  },
  {
    says: 'the shell of an image that has none',
    original: 'nsenter -t <pid> -a /bin/sh\n',
    wrong: /\bnsenter\b.*\s(?:-a|--all)\b/,
  },
  {
    says: 'an image that the scanner looks for in the wrong store',
    original: 'buildah build -t myapp:1.0 .\ntrivy image myapp:1.0\n',
    wrong: /\bbuildah build[\s\S]*\btrivy image (?!.*--input\b)/,
    of: isScript,
  },
  {
    says: 'a container that stays behind',
    original: 'docker export $(docker create myapp:latest) | tar -tv\n',
    wrong: /\$\(docker create\b/,
  },
  {
    says: 'a push of latest',
    original: '- run: docker push myapp:latest\n',
    wrong: /\bpush\b.*:latest\b/,
  },
  {
    says: 'a build that keeps the old base',
    original: '- run: docker build --no-cache -t myapp:latest .\n',
    wrong: /\bdocker build\b(?=.*--no-cache\b)(?!.*--pull\b)/,
  },
  {
    says: 'a list of platforms that another run adds to',
    original: 'buildah build --arch=$arch --manifest $IMAGE:$TAG -t $IMAGE:$TAG-$arch .\n',
    wrong: /^(?![\s\S]*\bbuildah manifest rm\b[\s\S]*\bbuildah build\b)[\s\S]*--manifest\b/,
  },
  {
    says: 'runAsRoot, which wants KVM',
    original: "runAsRoot = ''\nmkdir -p /data\n",
    wrong: /\brunAsRoot\s*=/,
  },
  {
    says: 'a client of Dagger as it was',
    original: 'contents, err := client.Container().\nFrom("alpine:latest").\n',
    wrong: /\bclient\.Container\(|dagger\.Connect\(|:latest\b/,
    of: /\.(?:go|ts)$/,
  },
  {
    says: 'an apko image that starts a login shell',
    original: 'entrypoint:\n  command: /bin/sh -l\n',
    wrong: /command: \/bin\/sh\b/,
  },
];

suite('no pattern has what is wrong in the documents', () => {
  for (const { says, original, wrong, of } of checks) {
    test(says, () => {
      assert.match(original, wrong, 'the check does not find the original');
      const read = files.filter(({ path }) => of?.test(path) ?? true);
      assert.ok(read.length > 0);
      assert.deepEqual(
        read.filter(({ text }) => wrong.test(withoutComments(text))).map(({ name }) => name),
        [],
      );
    });
  }
});

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** Inputs of actions that name files of the work folder. */
const inputsThatRead = ['input', 'sbom-path', 'predicate-path', 'file'];

const readsOf: readonly RegExp[] = [
  /--(?:predicate|input|from-file|sbom)[= ]"?([^\s"]+)/g,
  /\bcat "?([^\s)|;"<]+)/g,
  /\bskopeo copy\b[^|;]*?"?\boci:([^:\s"]+)/g,
  /\bfor \w+ in ([\w.-]+\/\*)/g,
  /\b(?:tar -xf?|jq -r '[^']*'|grep -q '[^']*') "?([^\s";)]+)/g,
];

const writesOf: readonly RegExp[] = [
  /(?<![<>&\d])>>?\s*"?([^\s";&)>]+)/g,
  /2>([^\s";&)]+)/g,
  /--(?:digestfile|output|authfile|metadata-file)[= ]"?([^\s"]+)/g,
  /\bmkdir (?:-p )?"?([^\s"]+)/g,
  /\btouch "?([^\s"]+)/g,
  /\bbuildah push\b[^|;]*"?\boci:([^:\s"]+)/g,
  /\btee (?:-a )?"?([^\s"]+)/g,
];

/** Files that people commit. */
const committed = ['.image-size'];

function matches(text: string, expressions: readonly RegExp[]): readonly string[] {
  return expressions.flatMap((one) => [...text.matchAll(one)].map(([, name = '']) => name));
}

/**
 * The files that a step of a job reads, and that neither an earlier step nor the step itself writes.
 * Variables in names stand for anything, and what is in a written folder is there.
 */
function readFromNowhere(steps: readonly Step[]): readonly string[] {
  const written: RegExp[] = [];
  const add = (name: string): void => {
    // It would stand for every file.
    if (/^\$\w+$/.test(name)) return;
    const pattern = name
      .split(/\$\w+|\$\{[^}]*\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*');
    written.push(new RegExp(`^${pattern}(?:/|$)`));
  };
  return steps.flatMap(({ uses = '', run = '', with: given = {} }) => {
    // Commands that go over several lines are one.
    const script = withoutComments(run.replaceAll(/\\\n\s*/g, ' '));
    for (const name of matches(script, writesOf)) add(name);
    const { path } = given;
    if (uses.startsWith('actions/download-artifact@')) add(String(path));
    const reads = [
      ...matches(script, readsOf),
      ...inputsThatRead.flatMap((key) => (key in given ? [String(given[key])] : [])),
      ...(uses.startsWith('actions/upload-artifact@') ? [String(path)] : []),
    ];
    return reads.filter(
      (name) => !committed.includes(name) && !written.some((one) => one.test(name.replace(/\/\*$/, ''))),
    );
  });
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

suite('every file that a step of a workflow reads is made by an earlier one', () => {
  test('the check finds the original', () => {
    const { jobs } = parseYaml(`jobs:
  build-scan-sign:
    steps:
      - uses: actions/checkout@v4
      - name: Attest SBOM
        run: cosign attest --yes --type spdx --predicate sbom.json ghcr.io/x@\${{ steps.build.outputs.digest }}
`) as Workflow;
    assert.deepEqual(readFromNowhere(jobs['build-scan-sign']?.steps ?? []), ['sbom.json']);
    const later: readonly Step[] = [
      { uses: 'actions/attest@v4', with: { 'sbom-path': 'sbom-amd64.json' } },
      { run: 'for arch in amd64; do\n  make \\\n    >"sbom-$arch.json"\ndone\n' },
    ];
    assert.deepEqual(readFromNowhere(later), ['sbom-amd64.json']);
    assert.deepEqual(readFromNowhere([...later].reverse()), []);
  });

  test('a step that is taken out is missed', () => {
    const without = (id: string, removed: string): readonly string[] => {
      const { jobs } = parseYaml(files.find(({ name }) => name.startsWith(`${id}:`))?.text ?? '') as Workflow;
      return Object.values(jobs).flatMap(({ steps }) =>
        readFromNowhere(steps.filter(({ name }) => name !== removed)),
      );
    };
    assert.deepEqual(without('workflow-build-sign', 'Join the platforms under the commit'), [
      'sbom-amd64.json',
      'sbom-arm64.json',
    ]);
    assert.deepEqual(without('workflow-build-sign', 'Note the digest'), ['digests/*']);
    assert.deepEqual(without('workflow-buildah', 'Build'), ['layout', 'layout']);
  });

  let reads = 0;
  for (const { name, path, text } of files) {
    if (!isWorkflow.test(path)) continue;
    test(name, () => {
      for (const { steps } of Object.values((parseYaml(text) as Workflow).jobs)) {
        reads += steps.flatMap(({ run = '', with: given = {} }) => [
          ...matches(run, readsOf),
          ...inputsThatRead.filter((key) => key in given),
        ]).length;
        assert.deepEqual(readFromNowhere(steps), []);
      }
    });
  }
  test('they read some', () => {
    assert.ok(reads > 5, String(reads));
  });
});

suite('order in workflows', () => {
  for (const { name, path, text } of files) {
    if (!isWorkflow.test(path)) continue;
    test(name, () => {
      for (const { steps } of Object.values((parseYaml(text) as Workflow).jobs)) {
        const at = (is: RegExp): number =>
          steps.findIndex(({ uses = '', run = '' }) => is.test(uses) || is.test(withoutComments(run)));
        const [login, scan, push, sign] = [
          at(/^docker\/login-action@|skopeo login/),
          at(/trivy/),
          at(/\bdocker push\b|\bskopeo copy\b/),
          at(/\bcosign sign\b/),
        ];
        if (push >= 0) {
          assert.ok(login >= 0 && login < push, 'the login comes before the push');
          assert.ok(scan >= 0 && scan < push, 'the scan comes before the push');
        }
        // A tag can have moved since; a digest cannot.
        if (sign >= 0) assert.match(steps[sign]?.run ?? '', /cosign sign --yes "\$SUBJECT"/);
      }
    });
  }
});

test('a missing tag is one sentence', (t) => {
  const bash = requireTool(t, 'bash');
  if (bash === undefined) return;
  const folder = makeFolder(t, { 'build.sh': patternText('buildah-reproducible') });
  const said = ['', "''"].map((words) => {
    const { status, stderr } = spawnSync(bash, ['-c', `bash build.sh ${words}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    return [status, stderr];
  });
  const missing = [1, 'build.sh: the TAG is missing (--help says more)\n'];
  assert.deepEqual(said, [missing, missing]);
});

/** What is wrong with the strings and brackets of a text in Nix. Not a parser: it only sees what is left open. */
function nixMistake(text: string): string | undefined {
  const open: string[] = [];
  const closes: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' };
  const words = /''[$\\']|\\[\s\S]|''|\$\{|#.*$|["{}[\]()]/gm;
  for (const [word] of text.matchAll(words)) {
    const top = open.at(-1);
    const inText = top === "''" || top === '"';
    if (word === "''" || word === '"') {
      if (top === word) open.pop();
      else if (!inText) open.push(word);
    } else if (word === '${') open.push('{');
    else if (inText || word.length > 1 || word.startsWith('#')) continue;
    else if (word in closes) {
      if (open.pop() !== closes[word]) return `${word} closes nothing`;
    } else open.push(word);
  }
  return open.length === 0 ? undefined : `${open.at(-1) ?? ''} is never closed`;
}

suite('strings of Nix are closed', () => {
  test('the check finds the original', () => {
    const original = `pkgs.dockerTools.buildImage {
  name = "redis";
  copyToRoot = pkgs.buildEnv { paths = [ pkgs.redis ]; };
  runAsRoot = ''
    mkdir -p /data
  config = {
    Cmd = ["/bin/redis-server"];
  };
}
`;
    assert.equal(nixMistake(original), "'' is never closed");
    assert.equal(nixMistake(original.replace('/data\n', "/data ''${x} ${y}\n  '';\n")), undefined);
  });

  const nix = files.filter(({ path }) => path.endsWith('.nix'));
  test('there are some', () => {
    assert.ok(nix.length > 2);
  });
  for (const { name, text } of nix)
    test(name, () => {
      assert.equal(nixMistake(text), undefined);
    });
});
