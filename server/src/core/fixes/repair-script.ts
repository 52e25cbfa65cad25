// Steps behind the copy of a script that make it fit to start.
import { keywordLike } from '../analysis/text/keyword-case';
import type { StartedFile } from '../analysis/runtime/started-files';
import type { Fix } from '../lint/finding';
import type { Model } from '../model/model';
import { insertBehind } from './insert-lines';

/**
 * Inserts a RUN behind the copy of a script.
 * @param command of a shell, up to the path of the script
 * @returns undefined where no shell runs it, or another user than root
 */
export function runOnScript(
  model: Model,
  { copy, path, stage }: StartedFile,
  title: string,
  command: string,
): Fix | undefined {
  const { isRoot } = model.environmentAt(copy.instruction);
  if (stage.base.shell === 'none' || isRoot === false || !/^[\w./@+-]+$/.test(path)) return undefined;
  const edit = insertBehind(model, copy.instruction, [
    `${keywordLike(model.file, 'RUN')} ${command} ${path}`,
  ]);
  return edit && { title, edits: [edit] };
}
