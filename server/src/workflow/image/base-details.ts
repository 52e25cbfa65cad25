// What a registry says of a base, on one line.
import type { ImageDetails } from '../../core/knowledge/images/registry-facts';
import { sizeText } from '../build/stored-image';

/** `29 MB compressed for amd64, 28 MB for arm64 · built on 2026-05-02`; empty where nothing is known. */
export function baseDetails({ sizes, builtAt }: ImageDetails): string {
  const said = sizes.map(({ platform, bytes }, index) => {
    const compressed = index === 0 ? ' compressed' : '';
    return `${sizeText(bytes)}${compressed} for ${platform.replace(/^linux\//, '')}`;
  });
  const day = builtAt === undefined ? [] : [`built on ${new Date(builtAt).toISOString().slice(0, 10)}`];
  return [...(said.length > 0 ? [said.join(', ')] : []), ...day].join(' · ');
}
