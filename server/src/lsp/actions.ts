// Code actions whose edit is made when they are chosen: what is remembered of them, and how the edit is made.
import { dirname, join } from 'node:path';
import type { CancellationToken, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../core/text/record';
import { findPins } from '../core/analysis/images/pins';
import { findVersionPlaces } from '../core/analysis/images/version-places';
import { diff } from '../core/text/diff';
import type { Span } from '../core/text/span';
import type { DigestAnswer, NoAnswer, VersionAnswer } from '../io/registry/access';
import { ignoreInConfiguration } from '../io/surroundings/ignore-in-configuration';
import type { ConfigurationChange } from '../io/surroundings/ignore-in-configuration';
import { readForChange } from '../io/files/read-text';
import type { Context } from './context';
import { toTextEdits, toWorkspaceEdit } from './convert';
import type { FileEdit } from './convert';
import { WorkspaceEdit } from './library';
import type { Analysis } from './session';

export type ActionData =
  /** Of a client that takes only commands. `version`: of the document the edit was made for. */
  | { readonly kind: 'edit'; readonly uri: string; readonly version: number; readonly edit: WorkspaceEdit }
  | { readonly kind: 'fixAll'; readonly uri: string }
  | { readonly kind: 'fixRule'; readonly uri: string; readonly rule: string }
  | {
      readonly kind: 'files';
      readonly uri: string;
      readonly rule: string;
      readonly at: Span;
      readonly title: string;
    }
  /** `at`: of the reference, as `findPins` gives it. */
  | { readonly kind: 'pin'; readonly uri: string; readonly at: Span }
  /** `at`: what the tag is written over, as `findVersionPlaces` gives it. */
  | { readonly kind: 'version'; readonly uri: string; readonly at: Span }
  | {
      readonly kind: 'ignoreInConfiguration';
      readonly uri: string;
      readonly rule: string;
      readonly at: Span;
    };

/** What a client sent back as `data`, if it is ours. */
export function readActionData(data: unknown): ActionData | undefined {
  if (!isRecord(data) || typeof data['uri'] !== 'string') return undefined;
  const { kind, uri, rule, at, title, version, edit } = data;
  const place =
    isRecord(at) && typeof at['start'] === 'number' && typeof at['end'] === 'number'
      ? { start: at['start'], end: at['end'] }
      : undefined;
  if (kind === 'edit' && typeof version === 'number' && WorkspaceEdit.is(edit))
    return { kind, uri, version, edit };
  if (kind === 'fixAll') return { kind, uri };
  if (kind === 'fixRule' && typeof rule === 'string') return { kind, uri, rule };
  if ((kind === 'pin' || kind === 'version') && place) return { kind, uri, at: place };
  if (kind === 'ignoreInConfiguration' && typeof rule === 'string' && place)
    return { kind, uri, rule, at: place };
  if (kind === 'files' && typeof rule === 'string' && typeof title === 'string' && place)
    return { kind, uri, rule, at: place, title };
  return undefined;
}

/**
 * The edit of a chosen action, made from the document as it is now.
 * @returns undefined when there is nothing to do (any more)
 * @throws UserError with a sentence for the user
 */
export async function makeEdit(
  context: Context,
  data: ActionData,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const analysis = await context.session.analysis(data.uri);
  if (!analysis) return undefined;
  switch (data.kind) {
    case 'edit':
      return data.version === analysis.version ? data.edit : undefined;
    case 'fixAll':
      return edited(context, analysis, context.session.fixAll(analysis, { safety: 'safe' }).text);
    case 'fixRule':
      return edited(
        context,
        analysis,
        context.session.fixAll(analysis, { safety: 'suggested', wanted: ({ rule }) => rule.id === data.rule })
          .text,
      );
    case 'pin':
      return pin(context, analysis, data.at, token);
    case 'version':
      return useVersion(context, analysis, data.at, token);
    case 'files':
      return changeFiles(context, analysis, data);
    case 'ignoreInConfiguration':
      return ignore(context, analysis, data);
  }
}

/** A sentence the user reads after an act of theirs failed. */
export class UserError extends Error {}

function edited(context: Context, { document }: Analysis, text: string): WorkspaceEdit | undefined {
  const edits = toTextEdits(document, diff(document.getText(), text));
  return edits.length > 0 ? toWorkspaceEdit(document, edits, [], context.client) : undefined;
}

async function pin(
  context: Context,
  analysis: Analysis,
  at: Span,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const wanted = findPins(analysis.result.model).pins.find((candidate) => isAt(candidate, at));
  if (!wanted) return undefined;
  const answer = await context.pinner.digest(wanted.reference, analysis.settings.registry, token);
  if (!hasAnswer(answer, context, analysis)) return undefined;
  const { end } = wanted.at;
  return written(context, analysis, { start: end, end }, `@${answer.digest}`);
}

async function useVersion(
  context: Context,
  analysis: Analysis,
  at: Span,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const wanted = findVersionPlaces(analysis.result.model).find((candidate) => isAt(candidate, at));
  if (!wanted) return undefined;
  const answer = await context.pinner.version(wanted.name, analysis.settings.registry, token);
  if (!hasAnswer(answer, context, analysis)) return undefined;
  return written(context, analysis, wanted.at, wanted.prefix + answer.tag);
}

function isAt(candidate: { readonly at: Span }, { start, end }: Span): boolean {
  return candidate.at.start === start && candidate.at.end === end;
}

/**
 * Tells the user what is to be told of an answer of a registry.
 * @returns whether there is something to write
 * @throws UserError when the answer is a failure, or of no use any more
 */
function hasAnswer<T extends DigestAnswer | VersionAnswer>(
  answer: T,
  context: Context,
  { document, version, text }: Analysis,
): answer is Exclude<T, NoAnswer> {
  if (answer.kind === 'cancelled') return false;
  if (answer.kind === 'failed') throw new UserError(answer.message);
  // The text may have changed while the registry was asked: then the place is no longer known.
  const now = context.document(document.uri);
  if (now !== document || now.version !== version || now.getText() !== text)
    throw new UserError('The file has changed meanwhile. Choose the action again.');
  if (answer.note !== undefined) context.calls.showWarning(`${answer.note}.`);
  return true;
}

function written(context: Context, { document }: Analysis, at: Span, text: string): WorkspaceEdit {
  return toWorkspaceEdit(document, toTextEdits(document, [{ ...at, text }]), [], context.client);
}

function changeFiles(
  context: Context,
  analysis: Analysis,
  data: Extract<ActionData, { kind: 'files' }>,
): WorkspaceEdit | undefined {
  const finding = analysis.result.findings.find(
    ({ rule, at }) => rule.id === data.rule && at.start === data.at.start && at.end === data.at.end,
  );
  const fix =
    finding && [finding.fix, ...finding.alternatives].find((offered) => offered?.title === data.title);
  const folder = analysis.surroundings.contextFolder;
  if (!fix || folder === undefined) return undefined;
  const files = (fix.files ?? []).map(({ path: name, text: after }) => {
    const path = join(folder, name);
    const read = readForChange(path);
    if ('problem' in read) throw new UserError(read.problem);
    return fileEdit({ path, before: read.text, after });
  });
  return toWorkspaceEdit(analysis.document, toTextEdits(analysis.document, fix.edits), files, context.client);
}

function ignore(
  context: Context,
  analysis: Analysis,
  data: Extract<ActionData, { kind: 'ignoreInConfiguration' }>,
): WorkspaceEdit | undefined {
  const path = context.session.pathOf(data.uri);
  const finding = analysis.result.findings.find(
    ({ rule, at }) => rule.id === data.rule && at.start === data.at.start,
  );
  if (path === undefined || !finding) return undefined;
  const folder = dirname(path);
  const hadolint = finding.alsoKnownAs.find((id) => id.startsWith('hadolint:'))?.slice('hadolint:'.length);
  const change = ignoreInConfiguration(folder, context.session.folderOf(path) ?? folder, data.rule, hadolint);
  if ('problem' in change) throw new UserError(change.problem);
  return toWorkspaceEdit(analysis.document, [], [fileEdit(change)], context.client);
}

/** The smallest edits that give another file the wanted text. */
function fileEdit({ path, before, after }: ConfigurationChange): FileEdit {
  const document = TextDocument.create(path, '', 0, before ?? '');
  const edits: TextEdit[] = toTextEdits(document, diff(before ?? '', after));
  return { path, before, edits };
}
