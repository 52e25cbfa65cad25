// Toy packages of several kinds, a server that has them, and a base image whose programs are this machine's own: what apt,
// dnf, zypper, pip and npm really do is seen without the Internet and without a large image.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { reply, startServer } from './http-server';
import { findTool } from './tools';
import { makeFolder } from './workspace';

/** The host that has the toys; builds reach it by a proxy. */
const host = 'http://toys.example';

/** @throws when the program fails */
export function succeed(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function addDebs(work: string, files: Map<string, Buffer>): void {
  const all = { toy: 'Recommends: toy-extra\n', 'toy-extra': '' };
  const index = Object.entries(all).map(([name, more]) => {
    const control = `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.com>\n${more}Description: a toy\n`;
    write(work, { [`${name}/DEBIAN/control`]: control, [`${name}/opt/${name}/file`]: 'a toy\n' });
    succeed('dpkg-deb', ['--root-owner-group', '-Znone', '--build', name, `${name}.deb`], work);
    const deb = readFileSync(join(work, `${name}.deb`));
    files.set(`/deb/${name}.deb`, deb);
    const sum = createHash('sha256').update(deb).digest('hex');
    return `${control}Filename: ./${name}.deb\nSize: ${String(deb.length)}\nSHA256: ${sum}\n\n`;
  });
  files.set('/deb/Packages', Buffer.from(index.join('')));
}

function addRpms(work: string, files: Map<string, Buffer>): void {
  const spec = `Name: toy\nVersion: 1\nRelease: 1\nSummary: A toy\nLicense: MIT\nBuildArch: noarch\n%description\nA toy\n%install\nmkdir -p %{buildroot}/opt/toy\necho toy > %{buildroot}/opt/toy/file\n%files\n/opt/toy/file\n`;
  write(work, { 'toy.spec': spec });
  succeed(
    'rpmbuild',
    ['-bb', '--define', `_topdir ${work}/top`, '--define', `_rpmdir ${work}/repo`, 'toy.spec'],
    work,
  );
  succeed('createrepo_c', ['--quiet', 'repo'], work);
  for (const name of readdirSync(join(work, 'repo'), { recursive: true, encoding: 'utf8' }))
    if (/\.\w+$/.test(name)) files.set(`/rpm/${name}`, readFileSync(join(work, 'repo', name)));
}

function addWheel(work: string, files: Map<string, Buffer>): void {
  write(work, {
    'toy.py': 'pass\n',
    'toy-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: toy\nVersion: 1\n',
    'toy-1.dist-info/WHEEL': 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    'toy-1.dist-info/RECORD': 'toy.py,,\n',
  });
  const wheel = 'toy-1-py3-none-any.whl';
  succeed('/usr/bin/python3', ['-m', 'zipfile', '-c', wheel, 'toy.py', 'toy-1.dist-info'], work);
  files.set(`/pip/toy/${wheel}`, readFileSync(join(work, wheel)));
  files.set('/pip/toy/', Buffer.from(`<a href="${wheel}">${wheel}</a>`));
}

function addModule(work: string, files: Map<string, Buffer>): void {
  write(work, { 'package/package.json': '{ "name": "toy", "version": "1.0.0" }', 'package/index.js': '\n' });
  succeed('tar', ['-czf', 'toy.tgz', 'package'], work);
  const tarball = readFileSync(join(work, 'toy.tgz'));
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const version = {
    name: 'toy',
    version: '1.0.0',
    dist: { tarball: `${host}/npm/toy/-/toy-1.0.0.tgz`, integrity },
  };
  files.set('/npm/toy/-/toy-1.0.0.tgz', tarball);
  files.set(
    '/npm/toy',
    Buffer.from(
      JSON.stringify({ name: 'toy', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }),
    ),
  );
}

const kinds = [
  { needs: ['dpkg-deb'], add: addDebs },
  { needs: ['rpmbuild', 'createrepo_c'], add: addRpms },
  { needs: ['python3'], add: addWheel },
  { needs: ['tar'], add: addModule },
];

/** Serves the toys that this machine can make, until the test ends. @returns the proxy by which `toys.example` is reached */
export async function serveToys(t: TestContext): Promise<string> {
  const files = new Map([['/toy.bin', Buffer.alloc(5_000_000)]]);
  for (const { needs, add } of kinds)
    if (needs.every((name) => findTool(name) !== undefined)) add(makeFolder(t), files);
  const server = await startServer(({ path }, response) => {
    const found = files.get(decodeURIComponent(path));
    const type = path.endsWith('/') ? 'text/html' : 'application/octet-stream';
    // Registries let their files be kept, and pip keeps only what it may.
    const headers = { 'content-type': type, 'cache-control': 'max-age=600' };
    reply(response, found ? 200 : 404, found ? headers : {}, found ?? '');
  });
  t.after(() => server.close());
  return server.origin;
}

/** What the images of distributions have beside programs, as far as the programs ask for it. */
const baseFiles: Readonly<Record<string, string>> = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
  'etc/shadow': 'root:*:20000:0:99999:7:::\n',
  'etc/gshadow': 'root:*::\n',
  // Steps would make these three.
  'etc/hosts': '127.0.0.1 localhost\n',
  'etc/hostname': '',
  'etc/resolv.conf': '',
  'etc/login.defs': 'USERGROUPS_ENAB yes\n',
  'etc/apt/sources.list': `deb [trusted=yes] ${host}/deb ./\n`,
  // As the images of Debian have it.
  'etc/apt/apt.conf.d/docker-clean':
    'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\nDir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";\n',
  'var/lib/dpkg/status': '',
  'etc/dnf/dnf.conf': '[main]\ngpgcheck=0\n',
  'etc/dnf/vars/releasever': '42\n',
  'etc/yum.repos.d/toys.repo': `[toys]\nname=toys\nbaseurl=${host}/rpm\n`,
  'etc/zypp/zypp.conf': '[main]\n',
  'etc/zypp/repos.d/toys.repo': `[toys]\nname=toys\nenabled=1\nautorefresh=1\nbaseurl=${host}/rpm\ntype=rpm-md\ngpgcheck=0\n`,
  'etc/pip.conf': `[global]\nindex-url = ${host}/pip\ntrusted-host = toys.example\ndisable-pip-version-check = true\n`,
  'root/.npmrc': `registry=${host}/npm/\nlogs-max=0\nupdate-notifier=false\naudit=false\n`,
};

const baseFolders = [
  'var/lib/apt/lists/partial',
  'var/cache/apt/archives/partial',
  'var/lib/dpkg/info',
  'var/lib/dpkg/updates',
  'var/lib/rpm',
  'var/log/apt',
  'var/tmp',
  'usr',
  // Steps would make them.
  'dev',
  'proc',
  'sys',
  'run',
  'home',
  'opt',
];

/** The programs of this machine, for a build whose base image has none. */
export const mountedPrograms = ['--volume', '/usr:/usr:ro'] as const;

/** The file and the context of a base image that works with `mountedPrograms`. @param folder an empty one */
export function writeToyBase(folder: string): void {
  const root = join(folder, 'root');
  for (const path of baseFolders) mkdirSync(join(root, path), { recursive: true });
  write(root, baseFiles);
  // How Debian and others have it; the shell of an image of Fedora is bash, which no step of a test may need.
  const links = ['bin', 'sbin', 'lib', 'lib64'].map((name) => `ln -s usr/${name} ${name}`).join(' && ');
  succeed(
    'sh',
    ['-c', `${links} && mkdir -m 1777 tmp && mkdir -p opt/bin && ln -s /usr/bin/dnf opt/bin/yum`],
    root,
  );
  writeFileSync(
    join(folder, 'Dockerfile'),
    'FROM scratch\nCOPY root /\nENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin\nCMD ["sh"]\n',
  );
}
