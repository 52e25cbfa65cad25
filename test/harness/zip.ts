// Reads the files out of a ZIP archive in memory: as much of the format as packages of extensions use.
import { inflateRawSync } from 'node:zlib';

const endRecord = 0x06054b50;
const entry = 0x02014b50;

/** @returns the bytes of each file by its path, in the order of the archive @throws when it is no such archive */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(
    Buffer.from([endRecord & 255, (endRecord >> 8) & 255, (endRecord >> 16) & 255, endRecord >> 24]),
  );
  if (end < 0) throw new Error('no ZIP archive');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== entry) throw new Error('the directory of the archive is broken');
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const [name, extra, comment] = [
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ];
    const local = archive.readUInt32LE(at + 42);
    const path = archive.toString('utf8', at + 46, at + 46 + name);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(start, start + size);
    if (method !== 0 && method !== 8) throw new Error(`${path} is packed in a way nobody here can read`);
    if (!path.endsWith('/')) files.set(path, method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + name + extra + comment;
  }
  return files;
}
