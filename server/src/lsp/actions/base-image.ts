// "Choose another base image…" on FROM: the bases for what the stage runs, each with what it is and lacks.
import { baseAt, basesFor } from '../../core/ide/base-choices';
import type { BaseProposal } from '../../core/knowledge/images/base-proposals';
import type { Span } from '../../core/text/span';
import { baseDetails } from '../../workflow/image/base-details';
import { clientCommand } from '../../protocol/names';
import type { ActionChoice } from '../../protocol/names';
import { CodeActionKind } from '../library';
import { shape, span, text } from '../shape';
import { actionKind, stale } from './action';
import type { CommandKind, Place } from './action';

export const baseImage = actionKind({
  name: 'baseImage',
  lsp: CodeActionKind.RefactorRewrite,
  needs: undefined,
  data: shape({ at: span, image: text }),

  *offer(place) {
    if (place.can('choices')) return;
    for (const { at, image, facts } of offeredAt(place))
      yield { title: `Use the base ${image} (${facts})`, data: { at, image } };
  },

  make({ at, image }, { result: { model } }) {
    const place = baseAt(model, at);
    const known = place && basesFor(model, place.stage).some((one) => one.image === image);
    return known ? { edits: [{ ...place.image, text: image }] } : stale;
  },
});

/** The same as one entry that lets the user choose. */
export const chooseBase: CommandKind = {
  name: 'chooseBase',
  lsp: CodeActionKind.RefactorRewrite,
  needs: 'choices',
  command: clientCommand.chooseAction,

  *offer(place) {
    const { uri } = place.analysis.document;
    const choices = offeredAt(place).map(({ at, image, facts, note }): ActionChoice => ({
      label: image,
      description: facts,
      detail: note,
      question: 'Which base image?',
      data: { kind: baseImage.name, uri, at, image },
    }));
    if (choices.length > 0) yield { title: 'Choose another base image…', arguments: choices, findings: [] };
  },
};

/** "Look up size and age of other base images": from then on, the choice has them. Changes no text. */
export const lookUpBases = actionKind({
  name: 'lookUpBases',
  lsp: CodeActionKind.RefactorRewrite,
  needs: 'registry',
  data: shape({ at: span }),

  *offer(place) {
    const first = offeredAt(place).find(({ image }) => isAsked(place, image));
    if (first) yield { title: 'Look up size and age of other base images', data: { at: first.at } };
  },

  async make({ at }, analysis, world) {
    const { model } = analysis.result;
    const place = baseAt(model, at);
    if (!place) return stale;
    const images = basesFor(model, place.stage).map(({ image }) => image);
    const problems = await world.lookUpImages(
      analysis,
      images.filter((image) => image !== 'scratch'),
    );
    if (!problems) return undefined;
    const news =
      problems.length < images.length ? ['"Choose another base image" shows size and age now'] : [];
    return { edits: [], notes: problems, news };
  },
});

/** Whether a registry has more to say of an image. */
function isAsked({ imageDetails }: Place, image: string): boolean {
  return image !== 'scratch' && !imageDetails.has(image);
}

function offeredAt(place: Place): readonly (BaseProposal & { readonly at: Span })[] {
  const { analysis, range, imageDetails } = place;
  const { model } = analysis.result;
  const found = baseAt(model, range);
  const bases = found ? basesFor(model, found.stage) : [];
  return bases.map((one) => {
    const details = imageDetails.get(one.image);
    const facts = [details ? baseDetails(details) : '', one.facts].filter((text) => text !== '').join(' · ');
    return { ...one, facts, at: found?.image ?? range };
  });
}
