// Comments that were meant to hide findings and hide none, because the tool that they are for does not read them: one
// word switches the whole comment off, or it stands where it covers nothing.
import type { Finding } from '../lint/rule';
import { findSuppressions, looseHadolint, looseOurs, looseTally, ownerOf } from '../lint/suppressions/index';
import { withoutComment, withoutLine } from '../fixes/ignore-comments';
import type { Model } from '../model/model';
import type { Comment, Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/** What the tools read: the list that each accepts, what may stand behind it, and what begins a remark there, with its name. */
const tools = [
  {
    name: 'hadolint',
    form: looseHadolint,
    id: /^(?:DL|SC)\d+$/,
    rest: /^[ \t]*(?:#|$)/,
    words: ' # ',
    sign: 'a #',
  },
  {
    name: 'Drydock',
    form: looseOurs,
    id: /^[a-z0-9-]+$/,
    rest: /^(?:$|[ \t;])/,
    words: ' ',
    sign: 'a blank',
  },
  {
    name: 'tally',
    form: looseTally,
    id: /^[\w/*-]+$/,
    rest: /^[ \t]*(?:;|$)/,
    words: ';reason=',
    sign: 'a ;reason=',
  },
];

type Tool = (typeof tools)[number];

/** The comments of a file that no tool reads, each with an edit that makes it work or takes it away. */
export function* ignoredComments(model: Model): Generator<Finding> {
  const { comments } = model.file;
  const meant = comments.flatMap((comment) => {
    const tool = tools.find(({ form }) => form.test(comment.text));
    return tool ? [{ comment, tool }] : [];
  });
  if (meant.length === 0) return;
  const read = new Set(findSuppressions(model.file, model.document).map(({ span }) => span.start));
  const byLine = new Map(meant.map(({ comment }) => [model.document.lineAt(comment.span.start), comment]));
  for (const { comment, tool } of meant) {
    if (read.has(comment.span.start)) continue;
    yield switchedOff(comment, tool) ?? misplaced(model, comment, tool, byLine);
  }
}

/** The comments for hadolint that hide findings of the instruction below them. */
export function commentsOfLines(model: Model): readonly Span[] {
  if (!model.file.comments.some(({ text }) => ofLine.test(text))) return [];
  return findSuppressions(model.file, model.document).flatMap(({ form, span }) =>
    form === 'hadolint' && ofLine.test(model.document.slice(span).slice(1)) ? [span] : [],
  );
}

const ofLine = /^[ \t]*hadolint[ \t]+ignore\b/;

/** A comment that one word makes prose of. */
function switchedOff({ span, text }: Comment, tool: Tool): Finding | undefined {
  const [, head = '', list = '', rest = ''] = tool.form.exec(text) ?? [];
  const ids = list.split(',').map((id) => id.trim());
  const bad = ids.find((id) => !tool.id.test(id));
  if (bad === undefined && tool.rest.test(rest)) return undefined;
  const start = span.start + 1 + head.length;
  const end = start + list.length;
  if (bad === undefined) {
    const words = /^[ \t:;,-]*/.exec(rest)?.[0].length ?? 0;
    return {
      at: span,
      message: `${tool.name} takes this comment for prose and hides nothing, because words follow without ${tool.sign} in front`,
      fix: {
        title: `Put ${tool.sign} in front of the words`,
        edits: [{ start: end, end: end + words, text: tool.words }],
      },
    };
  }
  const kept = ids.flatMap(
    (id) => [id, id.toUpperCase(), id.toLowerCase()].find((one) => tool.id.test(one)) ?? [],
  );
  return {
    at: span,
    message: `${tool.name} has no rule ${bad}, and takes the whole comment for prose that hides nothing`,
    fix:
      kept.length > 0 && tool.rest.test(rest)
        ? { title: `Leave only names that ${tool.name} knows`, edits: [{ start, end, text: kept.join(',') }] }
        : undefined,
  };
}

/** A comment in a place where its tool does not read it. */
function misplaced(
  model: Model,
  comment: Comment,
  tool: Tool,
  byLine: ReadonlyMap<number, Comment>,
): Finding {
  const target = ownerOf(model.file, comment.span);
  const { document } = model;
  const isAbove =
    target !== undefined &&
    !comment.inside &&
    document.lineAt(comment.span.start) + 1 === document.lineAt(target.span.start);
  // A stage comment is in its place there, but covers what stands below FROM.
  if (!target || (isAbove && isOfStage(comment) && target.keyword === 'FROM')) {
    const edit = withoutComment(model, comment.span);
    const below = target ? 'below the FROM of a stage comment' : 'below a comment';
    return {
      at: comment.span,
      message: `${tool.name} hides findings ${below}, and nothing follows this one`,
      fix: edit && { title: 'Remove what hides nothing', edits: [edit] },
    };
  }
  if (isOfStage(comment) && target.keyword !== 'FROM')
    return {
      at: comment.span,
      message: `${tool.name} reads a stage comment only directly above FROM, so here it hides nothing`,
    };
  const edits = brought(model, comment, target, tool, byLine);
  return {
    at: comment.span,
    message: comment.inside
      ? `${tool.name} skips comments inside an instruction, so this one hides nothing`
      : `${tool.name} reads this comment only directly above an instruction, so here it hides nothing`,
    fix: edits && { title: 'Move the comment to the instruction', edits },
  };
}

const isOfStage = ({ text }: Comment): boolean => /^[ \t]*hadolint[ \t]+stage\b/.test(text);

/** Moves a comment to the line above its instruction, or its names into the comment that is there. */
function brought(
  model: Model,
  comment: Comment,
  target: Instruction,
  tool: Tool,
  byLine: ReadonlyMap<number, Comment>,
): readonly Edit[] | undefined {
  const { document } = model;
  const there = byLine.get(document.lineAt(target.span.start) - 1);
  if (there && tool.form.test(there.text)) {
    const [, head = '', list = ''] = tool.form.exec(there.text) ?? [];
    const removal = withoutComment(model, comment.span);
    if (!removal || isOfStage(there) !== isOfStage(comment) || !isAccepted(there, tool)) return undefined;
    const end = there.span.start + 1 + head.length + list.length;
    return inOrder([removal, { start: end, end, text: `,${tool.form.exec(comment.text)?.[2] ?? ''}` }]);
  }
  const removal = withoutLine(model, comment.span);
  const line = `${document.indentAt(target.span.start)}${document.slice(comment.span).trimEnd()}`;
  return removal && inOrder([removal, document.insertLinesBefore(target.span.start, line)]);
}

function isAccepted({ text }: Comment, tool: Tool): boolean {
  const [, , list = '', rest = ''] = tool.form.exec(text) ?? [];
  return tool.rest.test(rest) && list.split(',').every((id) => tool.id.test(id.trim()));
}

const inOrder = (edits: readonly Edit[]): readonly Edit[] => [...edits].sort((a, b) => a.start - b.start);
