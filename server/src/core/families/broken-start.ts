// What is said about a copied file that does not start, whatever is wrong with it.
import type { StartedFile } from '../analysis/runtime/started-files';
import type { Finding, Fix } from '../lint/finding';

/** @param why what is wrong with the file, as the first part of a sentence */
export function brokenStart(
  { command, word, copy, stage }: StartedFile,
  why: string,
  fix: Fix | undefined,
): Finding {
  const isStep = command.instruction.keyword === 'RUN';
  return {
    at: word.span,
    message: `${why}, so ${isStep ? 'this step fails' : 'the container does not start'}`,
    // Only a build with --target gets there.
    severity: stage.reachable ? undefined : 'warning',
    related: [{ at: copy.instruction.keywordSpan, message: 'The file comes from here' }],
    fix,
  };
}
