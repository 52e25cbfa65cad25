// "Choose another base image…" on FROM: the bases for what the stage runs, each with what it is and lacks.
import { baseAt, basesFor } from '../../core/ide/base-choices';
import type { BaseProposal } from '../../core/knowledge/images/base-proposals';
import type { Span } from '../../core/text/span';
import { clientCommand } from '../../protocol';
import type { ActionChoice } from '../../protocol';
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

function offeredAt({ analysis, range }: Place): readonly (BaseProposal & { readonly at: Span })[] {
  const { model } = analysis.result;
  const place = baseAt(model, range);
  return place ? basesFor(model, place.stage).map((one) => ({ ...one, at: place.image })) : [];
}
