// Edits for images of another processor.
import { officialNames } from '../../../core/knowledge/images/official-images';
import { replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Organizations on Docker Hub that hold the official images of one processor each. */
const oneProcessor =
  /^(?:docker\.io\/)?(?:amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/([a-z0-9-]+)$/;

/** Takes the official image, which has every processor under one name, so that the builder finds its own. */
export function everyPlatform({ stage }: Failure): readonly ExplainedEdit[] {
  const image = stage.chain.at(-1)?.image;
  if (!image || image.digest) return [];
  const name = oneProcessor.exec(image.name.text)?.[1];
  if (name === undefined || !officialNames.has(name)) return [];
  return offer(`Use ${name}, which has an image for each processor`, replace(image.name.span, name));
}
