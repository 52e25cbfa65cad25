// `# hadolint shell=/bin/bash`: which shell the base image runs, where no SHELL of the file says so. hadolint reads it
// above an instruction, and above the first FROM for every stage.
import { firstNotBefore } from '../text/search';
import type { Dockerfile } from '../syntax/nodes';

const form = /^[ \t]*hadolint[ \t]+shell[ \t]*=[ \t]*([^\s#]+)[ \t]*(?:#.*)?$/;

export interface ShellComments {
  /** The shell that holds from the start of every stage; undefined if no comment says one. */
  readonly everywhere: string | undefined;
  /** Programs by the index of the instruction that they hold from, to the end of its stage. */
  readonly from: ReadonlyMap<number, string>;
}

const none: ShellComments = { everywhere: undefined, from: new Map() };

/** Finds these comments. The last of several above one instruction counts. */
export function readShellComments({ comments, instructions }: Dockerfile): ShellComments {
  const from = new Map<number, string>();
  const first = instructions.find(({ keyword }) => keyword === 'FROM');
  let everywhere: string | undefined;
  for (const { text, span, inside } of comments) {
    if (inside || !text.includes('shell')) continue;
    const shell = form.exec(text)?.[1];
    if (shell === undefined) continue;
    const owner = instructions[firstNotBefore(instructions, (one) => one.span.end < span.start)];
    if (first && span.start < first.span.start) everywhere = shell;
    else if (owner && owner.keyword !== 'FROM') from.set(owner.index, shell);
  }
  return everywhere === undefined && from.size === 0 ? none : { everywhere, from };
}
