// What registries say, in words for people: each trouble has its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageName, imageReference } from '../../../server/src/workflow/checked-arguments';
import { partsOf } from '../../../server/src/workflow/checked-arguments';
import { readManifest } from '../../../server/src/workflow/release/registry-image';
import {
  isOnThisMachine,
  registryOf,
  registryProblem,
  registryTroubleText,
} from '../../../server/src/workflow/release/registry-problem';
import { pushRun } from '../../../server/src/workflow/release/store-commands';
import { skopeo } from '../../../server/src/workflow/tools/skopeo';
import { english } from '../../../server/src/workflow/translate';
import { checked } from '../../harness/build-order';
import { scripted } from '../../harness/runs';

const tool = { id: 'x', program: '/bin/x' };

test('login, denial, limit, certificate, network, space and a locked tag have words of their own', () => {
  const said: readonly (readonly [string, string, RegExp])[] = [
    ['unauthorized: authentication required', 'login', /^r\.io wants a login\. Run "podman login r\.io"/],
    ['no basic auth credentials', 'login', /wants a login/],
    ['denied: requested access to the resource is denied', 'denied', /does not let this user in/],
    ['toomanyrequests: You have reached your pull rate limit', 'limit', /allows no more requests for now/],
    ['x509: certificate signed by unknown authority', 'untrusted', /no certificate that this machine trusts/],
    ['http: server gave HTTP response to HTTPS client', 'untrusted', /no certificate/],
    ['dial tcp: lookup r.io: no such host', 'unreachable', /^r\.io cannot be reached \(/],
    ['received unexpected HTTP status: 503 Service Unavailable', 'unreachable', /cannot be reached/],
    ['write /var/lib/registry: no space left on device', 'full', /no space left/],
    ['tag 1.4.0 is immutable and cannot be overwritten', 'immutable', /lets nobody move this tag/],
  ];
  for (const [text, problem, words] of said) {
    assert.equal(registryProblem(text), problem, text);
    const trouble = { kind: 'failed', exit: 1, said: text } as const;
    assert.match(registryTroubleText(trouble, 'podman', 'r.io/team/app', english), words);
  }
  assert.equal(registryProblem('something else'), undefined);
  const timedOut = { kind: 'timedOut', ms: 1000 } as const;
  assert.equal(
    registryTroubleText(timedOut, 'podman', 'r.io/a', english),
    'it did not answer within 1 seconds',
  );
});

test('a name is taken apart where its registry, its tag and its digest begin', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const parts = (text: string): unknown => partsOf(checked(imageReference, text));
  assert.deepEqual(parts('localhost:5000/app'), {
    repository: 'localhost:5000/app',
    tag: undefined,
    digest: undefined,
  });
  assert.deepEqual(parts(`r.io/team/app:1.4.0@${digest}`), {
    repository: 'r.io/team/app',
    tag: '1.4.0',
    digest,
  });
  assert.deepEqual(
    ['app', 'team/app', 'r.io/app', 'localhost/app', 'localhost:5000/app', '127.0.0.1:5000/a/b'].map(
      registryOf,
    ),
    ['docker.io', 'docker.io', 'r.io', 'localhost', 'localhost:5000', '127.0.0.1:5000'],
  );
  assert.ok(isOnThisMachine('127.0.0.1:5000/app') && isOnThisMachine('localhost/app'));
  assert.ok(!isOnThisMachine('127.0.0.1.example.com/app') && !isOnThisMachine('app'));
  assert.equal(imageName('--all'), undefined);
});

test('a name that a registry does not have is an answer; a refusal and nonsense are not', async () => {
  const image = checked(imageReference, 'r.io/team/app:1.4.0');
  const ask = async (stderr: string, stdout = '', exit = 1): Promise<unknown> => {
    const runner = scripted(() => ({ exit, stdout, stderr }));
    const outcome = await runner.run(skopeo.commands.manifest(tool, image, false), { folder: '/' });
    return outcome.kind === 'done' ? (outcome.value ?? 'nothing') : outcome.kind;
  };
  assert.equal(
    await ask('reading manifest 1.4.0 in r.io/team/app: manifest unknown: manifest unknown'),
    'nothing',
  );
  assert.equal(await ask('name unknown: repository name not known to registry'), 'nothing');
  assert.equal(await ask('denied: requested access to the resource is denied, name unknown'), 'failed');
  assert.equal(await ask('', 'no json', 0), 'unreadable');
  assert.equal(await ask('', '{}', 0), 'unreadable');
});

test('a list names its platforms, without what only describes them', () => {
  const digest = `sha256:${'b'.repeat(64)}`;
  const of = (platform: object): object => ({ digest, platform });
  const list = readManifest(
    JSON.stringify({
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        of({ os: 'linux', architecture: 'arm', variant: 'v7' }),
        of({ os: 'unknown', architecture: 'unknown' }),
      ],
    }),
  );
  assert.deepEqual(list?.platforms, ['linux/arm/v7']);
  assert.equal(list.config, undefined);
  assert.equal(list.format, 'oci');
  assert.equal(readManifest('[]'), undefined);
});

test('the digest that docker prints at its end is kept', async () => {
  const digest = `sha256:${'c'.repeat(64)}`;
  const runner = scripted(() => ({ stdout: `a: Pushed\n1.4.0: digest: ${digest} size: 528\n` }));
  const outcome = await runner.run(pushRun(tool, ['push', 'x']), { folder: '/' });
  assert.deepEqual(outcome, { kind: 'done', value: { digest } });
});
