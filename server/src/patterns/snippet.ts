// A pattern as editors insert it into a Dockerfile.
import type { Pattern } from './pattern';
import { toSnippet } from './template';

export interface PatternSnippet {
  /** What a person types: `distroless-go`. */
  readonly name: string;
  readonly description: string;
  /** Whether it is a whole file. */
  readonly isFile: boolean;
  /** In the grammar of snippets. */
  readonly body: string;
  /** When to take it, when not, what it costs: paragraphs of sentences with `code` in them. */
  readonly advice: readonly string[];
}

/** The patterns that are Dockerfiles or parts of one, in their order. */
export function snippetsOf(patterns: readonly Pattern[]): readonly PatternSnippet[] {
  return patterns.flatMap(({ id, title, summary, as, advice, parameters, files }) => {
    const [first] = files;
    if (as === 'files' || !first) return [];
    return {
      name: id,
      description: `${title}: ${summary}`,
      isFile: as === 'dockerfile',
      body: toSnippet(first.text, parameters, as === 'dockerfile'),
      advice: [advice.take, advice.not, advice.costs],
    };
  });
}
