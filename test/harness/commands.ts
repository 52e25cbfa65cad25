// Dockerfiles as tests of the shell layer see them: their model, and commands written down in one line.
import { buildModel } from '../../server/src/core/model/model';
import type { Model } from '../../server/src/core/model/model';
import type { Command } from '../../server/src/core/shell/types';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';

export function modelOf(text: string): Model {
  return buildModel(parse(text), new TextFile(text));
}

/** The first command of a program. @throws when there is none */
export function commandOf(model: Model, program: string): Command {
  const found = model.commands.find((command) => command.program === program);
  if (!found)
    throw new Error(`no ${program} among ${model.commands.map((command) => command.program).join(', ')}`);
  return found;
}

/** `sudo+env apt-get install «$X» (branch)`: wrappers, program (`?` when unknown), arguments, nesting. */
export function describeCommand({ wrappers, program, args, nesting }: Command): string {
  const words = args.map(({ value, text }) => value ?? `«${text}»`);
  return [
    ...(wrappers.length > 0 ? [wrappers.map((wrapper) => wrapper.program).join('+')] : []),
    program === '' ? '?' : program,
    ...words,
    ...(nesting.length > 0 ? [`(${nesting.join(' ')})`] : []),
  ].join(' ');
}
