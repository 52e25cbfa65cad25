// A container with few rights, as a command and as a service.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  capabilityName,
  imageName,
  insidePath,
  portPair,
  userName,
} from '../../../server/src/workflow/checked-arguments';
import {
  generateCommands,
  quadlet,
  readsQuadlets,
  runArguments,
  serviceName,
} from '../../../server/src/workflow/release/run-image';
import { checked } from '../../harness/build-order';

const bare = {
  image: checked(imageName, 'team/app:dev'),
  ports: [],
  readOnly: false,
  tmpfs: [],
  noNewPrivileges: false,
  dropped: [],
  shell: false,
  command: [],
};
const hardened = {
  ...bare,
  ports: [checked(portPair, '8080:80')],
  user: checked(userName, '1000:1000'),
  readOnly: true,
  tmpfs: [checked(insidePath, '/tmp')],
  noNewPrivileges: true,
  dropped: [checked(capabilityName, 'ALL')],
  command: ['serve', '--at', '50% of "it"'],
};

test('a container gets what was asked for and nothing else', () => {
  assert.deepEqual(runArguments(bare, false), ['run', '--rm', '--interactive', 'team/app:dev']);
  assert.deepEqual(runArguments({ ...bare, shell: true }, true), [
    'run',
    '--rm',
    '--interactive',
    '--tty',
    '--entrypoint=/bin/sh',
    'team/app:dev',
  ]);
  assert.deepEqual(runArguments(hardened, false).slice(3), [
    '--publish=127.0.0.1:8080:80',
    '--user=1000:1000',
    '--read-only',
    '--tmpfs=/tmp',
    '--security-opt=no-new-privileges',
    '--cap-drop=ALL',
    'team/app:dev',
    'serve',
    '--at',
    '50% of "it"',
  ]);
});

test('a service says the same in the words of a Quadlet', () => {
  const text = quadlet(hardened, serviceName(hardened.image));
  assert.equal(
    text,
    `[Unit]
Description=app

[Container]
Image=localhost/team/app:dev
ContainerName=app
PublishPort=127.0.0.1:8080:80
User=1000
Group=1000
ReadOnly=true
Tmpfs=/tmp
NoNewPrivileges=true
DropCapability=all
Exec=serve --at "50%% of \\"it\\""

[Service]
Restart=on-failure

[Install]
WantedBy=default.target
`,
  );
  const remote = quadlet({ ...bare, image: checked(imageName, 'r.io/team/app:1.4.0') }, 'app');
  assert.match(remote, /^Image=r\.io\/team\/app:1\.4\.0$/m);
  assert.doesNotMatch(remote, /ReadOnly|Exec|User/);
});

test('an older podman makes the service itself', () => {
  assert.deepEqual(['4.3.1', '4.4.0', '4.10.0', '5.0.0', '3.9'].map(readsQuadlets), [
    false,
    true,
    true,
    true,
    false,
  ]);
  const [create, generate] = generateCommands(hardened, 'app');
  assert.deepEqual(create?.slice(0, 3), ['create', '--name=app', '--publish=127.0.0.1:8080:80']);
  assert.deepEqual(generate, ['generate', 'systemd', '--new', '--files', '--name', 'app']);
});

test('ports, users, paths and capabilities are what they seem', () => {
  assert.deepEqual(['80', '8080:80', '53:53/udp', '53/udp'].map(portPair), [
    '80:80',
    '8080:80',
    '53:53/udp',
    '53:53/udp',
  ]);
  for (const text of ['', 'a', '1:2:3', '0.0.0.0:80', '-1', '80:'])
    assert.equal(portPair(text), undefined, text);
  for (const text of ['', '-u', 'a b', '1:', ':1']) assert.equal(userName(text), undefined, text);
  for (const text of ['', 'tmp', '/a:b', '/a,b', '/a\n']) assert.equal(insidePath(text), undefined, text);
  for (const text of ['', '--ALL', 'A L']) assert.equal(capabilityName(text), undefined, text);
});
