// The stages that hadolint takes for part of the image, for its verdicts. Source: what hadolint 2.15.1 answers.
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import { imageOfWord } from '../syntax/image-reference';

/** The stages with the FROM of the last, and those that any FROM names; also no stage at all. */
export function stagesInImage({ stages, finalStage }: Model): ReadonlySet<Stage | undefined> {
  const bases = new Set(
    stages.map(({ from }) => from?.words[0] && imageOfWord(from.words[0], from.line).path.text),
  );
  const origin = ({ from, name }: Stage): string =>
    [...(from?.flags ?? []).map(({ value }) => value?.raw), from?.words[0]?.raw, name?.raw].join(' ');
  const last = finalStage && origin(finalStage);
  return new Set([
    undefined,
    ...stages.filter((stage) => origin(stage) === last || (stage.name && bases.has(stage.name.raw))),
  ]);
}
