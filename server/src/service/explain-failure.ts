// Why a build failed, for the text of a Dockerfile: the place, the cause, and the edits that answer it.
import { buildModel } from '../core/model/model';
import type { Model } from '../core/model/model';
import { parse } from '../core/syntax/parse';
import { TextFile } from '../core/text/document';
import type { BuildFailure } from '../workflow/build/output-parser';
import { editsFor } from '../workflow/why/edits';
import { explain } from '../workflow/why/explain';
import type { Explanation } from '../workflow/why/explanation';
import { describeBuild } from './build-description';
import { toRange } from './report';

/** @param text of the Dockerfile that was built */
export function explainFailure(failure: BuildFailure, text: string): Explanation {
  const document = new TextFile(text);
  return explainFor(failure, buildModel(parse(text), document));
}

/** The same for a model that is there already. */
export function explainFor(failure: BuildFailure, model: Model): Explanation {
  const range = (span: Parameters<typeof toRange>[1]): ReturnType<typeof toRange> =>
    toRange(model.document, span);
  const description = describeBuild({ model, version: 0, builds: [], toRange: range });
  const explained = explain(failure, description);
  const { cause, facts, instruction } = explained;
  const failed = instruction === undefined ? undefined : model.file.instructions[instruction];
  return { ...explained, edits: editsFor(cause, facts, failed, model) };
}
