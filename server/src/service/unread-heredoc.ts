// A builder that knows no here-documents takes their first line for an instruction, and says no more than that it is none.
import type { Instruction } from '../core/syntax/nodes';
import type { Explanation } from '../workflow/why/explanation';

/** @returns the explanation, which names the here-document where its text was taken for instructions */
export function explainUnreadHeredoc(explained: Explanation, { heredocs }: Instruction): Explanation {
  const { cause, facts } = explained;
  if (cause !== 'dockerfile-refused' || heredocs.length === 0) return explained;
  if (!/unknown instruction/i.test(facts.detail ?? '')) return explained;
  return {
    ...explained,
    cause: 'needs-buildkit',
    message:
      'This builder does not know here-documents. Build with docker buildx; an older BuildKit learns them from a first line # syntax=docker/dockerfile:1',
  };
}
