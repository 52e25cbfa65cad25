// Mirrors of distributions on loopback, in the form of the real ones, with a handful of packages.
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { reply, startServer } from './http-server';
import type { Asked, TestServer } from './http-server';

/** Stanzas as `Packages` has them. Sizes are those of a curl of Debian 12, rounded. */
export const debianPackages = `Package: apt
Version: 2.6.1
Priority: important
Installed-Size: 4232
Size: 1300000
Depends: libc6 (>= 2.34)

Package: libc6
Version: 2.36-9+deb12u10
Priority: required
Essential: yes
Installed-Size: 12000
Size: 2700000

Package: curl
Version: 7.88.1-10+deb12u12
Priority: optional
Installed-Size: 500
Size: 315000
Depends: libc6 (>= 2.34),
 libcurl4 (= 7.88.1-10+deb12u12)
Recommends: ca-certificates

Package: libcurl4
Version: 7.88.1-10+deb12u12
Priority: optional
Installed-Size: 900
Size: 390000
Depends: libnghttp2-14 | libnghttp3-9

Package: libnghttp2-14
Version: 1.52.0-1
Priority: optional
Installed-Size: 210
Size: 72000

Package: ca-certificates
Version: 20230311
Priority: standard
Installed-Size: 390
Size: 150000

Package: jq
Version: 1.6-2.1
Priority: optional
Installed-Size: 110
Size: 60000
Depends: libnghttp2-14
`;

export const securityPackages = `Package: curl
Version: 7.88.1-10+deb12u14
Priority: optional
Installed-Size: 500
Size: 315000
Depends: libcurl4 (>= 7.88)
Recommends: ca-certificates
`;

export interface Mirror {
  readonly server: TestServer;
  /** Files by path, to be changed by a test. */
  readonly files: Map<string, Buffer>;
  /** Takes the place of an answer if it gives true. */
  bend: (asked: Asked, response: ServerResponse) => boolean;
  /** The address of the archive. */
  readonly debian: string;
  readonly alpine: string;
  readonly fedora: string;
}

/** Starts one that knows ETags and is empty. */
export async function startMirror(): Promise<Mirror> {
  const files = new Map<string, Buffer>();
  const server = await startServer((asked, response) => {
    if (mirror.bend(asked, response)) return;
    const bytes = files.get(asked.path);
    if (!bytes) return reply(response, 404, {}, 'not found');
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
    if (asked.headers['if-none-match'] === etag) return reply(response, 304, { etag });
    reply(response, 200, { etag }, bytes);
  });
  const mirror: Mirror = {
    server,
    files,
    bend: () => false,
    debian: `${server.origin}/debian`,
    alpine: `${server.origin}/alpine`,
    fedora: `${server.origin}/fedora`,
  };
  return mirror;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Puts a suite there, for this machine's architecture and amd64.
 * @param compressed how the index is stored: its ending and its bytes
 */
export function putSuite(
  { files }: Mirror,
  folder: string,
  packages: string,
  compressed: readonly [ending: string, bytes: Buffer] = ['.gz', gzipSync(packages)],
): void {
  const [ending, bytes] = compressed;
  const lines: string[] = [];
  for (const architecture of new Set(['amd64', process.arch === 'x64' ? 'amd64' : process.arch])) {
    const path = `main/binary-${architecture}/Packages${ending}`;
    files.set(`${folder}/${path}`, bytes);
    lines.push(` ${sha256(bytes)} ${bytes.length} ${path}`);
  }
  const release = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: Debian\nSuite: stable\nSHA256:\n${lines.join('\n')}\n-----BEGIN PGP SIGNATURE-----\n`;
  files.set(`${folder}/InRelease`, Buffer.from(release));
}

/** Debian 12 with its three parts. */
export function putDebian(mirror: Mirror): void {
  putSuite(mirror, '/debian/dists/bookworm', debianPackages);
  putSuite(mirror, '/debian/dists/bookworm-updates', '\n');
  putSuite(mirror, '/debian-security/dists/bookworm-security', securityPackages);
}

/** `APKINDEX.tar.gz` as Alpine has it: two compressed pieces, of which the first is a signature. */
export async function alpineIndex(text: string): Promise<Buffer> {
  const piece = async (name: string, content: string): Promise<Buffer> => {
    const tar = pack();
    tar.entry({ name }, content);
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const signature = await piece('.SIGN.RSA.example.rsa.pub', 'signed');
  // Without the two empty blocks at its end, so that the next piece goes on.
  return Buffer.concat([gzipSync(signature.subarray(0, -1024)), gzipSync(await piece('APKINDEX', text))]);
}

/** `repodata` of Fedora. */
export function putFedora({ files }: Mirror, folder: string, primary: string): void {
  const bytes = gzipSync(primary);
  files.set(`${folder}/repodata/primary.xml.gz`, bytes);
  files.set(
    `${folder}/repodata/repomd.xml`,
    Buffer.from(
      `<?xml version="1.0"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo">\n<data type="primary">\n<checksum type="sha256">${sha256(bytes)}</checksum>\n<location href="repodata/primary.xml.gz"/>\n<size>${bytes.length}</size>\n</data>\n</repomd>\n`,
    ),
  );
}
