// Archives of images as engines write them, made from lists of files.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Headers } from 'tar-stream';

export interface TarPart extends Headers {
  readonly content?: string | Buffer;
  readonly pax?: Readonly<Record<string, string>>;
}

export async function tarOf(parts: readonly TarPart[]): Promise<Buffer> {
  const stream = pack();
  for (const { content = '', ...header } of parts) stream.entry(header, content);
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file with content, from its path. */
export function file(
  name: string,
  content: string | Buffer | number = 'x',
  more: Partial<TarPart> = {},
): TarPart {
  return {
    name,
    content: typeof content === 'number' ? Buffer.alloc(content) : content,
    mode: 0o644,
    ...more,
  };
}

export interface ImageText {
  readonly layers: readonly (readonly TarPart[])[];
  /** What made each layer. */
  readonly steps?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly platform?: string;
}

export const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function configOf(
  { steps, config = {}, platform = 'linux/amd64' }: ImageText,
  layers: readonly Buffer[],
): Buffer {
  const [os, architecture, variant] = platform.split('/');
  return Buffer.from(
    JSON.stringify({
      os,
      architecture,
      variant,
      config,
      rootfs: { diff_ids: layers.map(digestOf) },
      history: (steps ?? []).map((created_by) =>
        created_by.startsWith('ENV') ? { created_by, empty_layer: true } : { created_by },
      ),
    }),
  );
}

/** As `docker save` wrote it before its version 25. */
export async function dockerArchive(
  image: ImageText,
  names: readonly string[] = ['team/app:1'],
): Promise<Buffer> {
  const layers = await Promise.all(image.layers.map(tarOf));
  const config = configOf(image, layers);
  const manifest = [
    { Config: 'config.json', RepoTags: names, Layers: layers.map((_, at) => `${at}/layer.tar`) },
  ];
  return tarOf([
    ...layers.map((layer, at) => file(`${at}/layer.tar`, layer)),
    file('config.json', config),
    file('manifest.json', JSON.stringify(manifest)),
  ]);
}

/** The parts of an OCI layout by path, for a folder or an archive; the index lists what it is given first. */
export async function ociLayout(
  images: readonly ImageText[],
  others: readonly object[] = [],
): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>([['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]]);
  const add = (bytes: Buffer): string => {
    const digest = digestOf(bytes);
    parts.set(`blobs/${digest.replace(':', '/')}`, bytes);
    return digest;
  };
  const manifests: object[] = [];
  for (const image of images) {
    const layers = await Promise.all(image.layers.map(tarOf));
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        config: { digest: add(configOf(image, layers)) },
        layers: layers.map((layer) => ({ digest: add(gzipSync(layer)) })),
      }),
    );
    const [os, architecture] = (image.platform ?? 'linux/amd64').split('/');
    manifests.push({ digest: add(manifest), platform: { os, architecture } });
  }
  parts.set(
    'index.json',
    Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [...manifests, ...others] })),
  );
  return parts;
}

export function archiveOf(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  return tarOf([...parts].map(([name, bytes]) => file(name, bytes)));
}
