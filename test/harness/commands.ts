// Dockerfiles as tests of the shell layer see them: their model, and commands written down in one line.
import { buildModel } from '../../server/src/core/model/model';
import type { Model } from '../../server/src/core/model/model';
import type { Command } from '../../server/src/core/shell/types';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';
import { parseMarked } from './marked';

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

/**
 * The command of a marked Dockerfile that begins at its only mark.
 * @param marked `RUN cd /a && «make»`; a FROM is put in front where there is none
 */
export function markedCommand(marked: string): { readonly model: Model; readonly command: Command } {
  const { text, spans } = parseMarked(/^(?:FROM|#)/.test(marked) ? marked : `FROM debian:12\n${marked}`);
  const model = modelOf(text);
  const start = spans[0]?.start ?? -1;
  const command = model.commands.find(({ span }) => span.start === start);
  if (!command) throw new Error(`no command begins at the mark of ${marked}`);
  return { model, command };
}
