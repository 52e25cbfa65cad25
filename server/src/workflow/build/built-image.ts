// Remembers the last successful build, for a scan.
import { folderPath, imageId, imageName, stageTarget } from '../checked-arguments';
import type { FolderPath, ImageId, ImageName, StageTarget } from '../checked-arguments';
import { object, text } from '../foreign-json';

export interface BuiltImage {
  /** Another build may take its name away; then this is still the image of the file. */
  readonly id: ImageId;
  readonly tag: ImageName;
  readonly target?: StageTarget;
  readonly context: FolderPath;
  /** Id of the tool that built it. */
  readonly engine: string;
  readonly program: string;
}

/** Reads what this or an earlier version remembered of a build. */
export function readBuiltImage(raw: unknown): BuiltImage | undefined {
  const { id, tag, target, context, engine, program } = object(raw);
  const image = imageId(text(id));
  const name = imageName(text(tag));
  const folder = folderPath(text(context));
  if (
    image === undefined ||
    name === undefined ||
    folder === undefined ||
    text(engine) === '' ||
    text(program) === ''
  )
    return undefined;
  const stage = stageTarget(text(target));
  return {
    id: image,
    tag: name,
    context: folder,
    engine: text(engine),
    program: text(program),
    ...(stage === undefined ? {} : { target: stage }),
  };
}
