// Remembers the last successful build, for a scan.
import { folderPath, imageName, stageTarget } from '../checked-arguments';
import type { FolderPath, ImageName, StageTarget } from '../checked-arguments';
import { object, text } from '../foreign-json';

export interface BuiltImage {
  readonly tag: ImageName;
  readonly target?: StageTarget;
  readonly context: FolderPath;
  /** Id of the tool that built it. */
  readonly engine: string;
  readonly program: string;
}

/** Reads what this or an earlier version remembered of a build. */
export function readBuiltImage(raw: unknown): BuiltImage | undefined {
  const { tag, target, context, engine, program } = object(raw);
  const name = imageName(text(tag));
  const folder = folderPath(text(context));
  if (name === undefined || folder === undefined || text(engine) === '' || text(program) === '')
    return undefined;
  const stage = stageTarget(text(target));
  return {
    tag: name,
    context: folder,
    engine: text(engine),
    program: text(program),
    ...(stage === undefined ? {} : { target: stage }),
  };
}
