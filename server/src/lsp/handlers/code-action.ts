// The light bulb: what the kinds of actions offer at a place, in the form the client takes. Nothing here asks a registry
// or a disk; what an action changes is made when it is chosen.
import { pathToFileURL } from 'node:url';
import type { CancellationToken, CodeAction, CodeActionParams, Command } from 'vscode-languageserver/node';
import { findOffers } from '../../linter';
import type { Reported } from '../../core/lint/run';
import { touches } from '../../core/text/span';
import type { Span } from '../../core/text/span';
import { clientCommand, serverCommand, sourceName } from '../../protocol/names';
import type { ActionKind, CommandKind, Need, Offered, Place } from '../actions/action';
import { actionKinds } from '../actions/index';
import type { Context } from '../context';
import { toDiagnostic, toSpan } from '../convert';
import { toEdit } from '../convert/change';
import type { Analysis } from '../session';
import { refusalOf, worldOf } from './choose-action';

export async function codeActions(
  context: Context,
  { textDocument, range, context: { only } }: CodeActionParams,
  token: CancellationToken,
  kinds = actionKinds,
): Promise<(CodeAction | Command)[]> {
  const analysis = await context.session.analysis(textDocument.uri);
  if (!analysis) return [];
  const place = placeOf(context, analysis, toSpan(analysis.document, range));
  const actions: (CodeAction | Command)[] = [];
  for (const kind of kinds) {
    if (!isWanted(kind, only) || (kind.needs && !place.can(kind.needs))) continue;
    try {
      actions.push(...(await offered(context, place, kind, token)));
    } catch (error) {
      // One kind that fails costs only its own actions.
      context.calls.bug(`The action ${kind.name}`, error);
    }
  }
  return actions;
}

/** As the protocol says: a kind includes all kinds below it. Without `only`, all kinds but those that need asking. */
function isWanted(kind: ActionKind | CommandKind, only: readonly string[] | undefined): boolean {
  if (!only) return !('onlyWhenAsked' in kind && kind.onlyWhenAsked);
  return only.some((prefix) => kind.lsp === prefix || kind.lsp.startsWith(`${prefix}.`));
}

function placeOf(context: Context, analysis: Analysis, range: Span): Place {
  const here = analysis.result.findings.filter(({ at }) => touches(at, range));
  return {
    analysis,
    range,
    here,
    ofEachRule: here.filter(
      (finding, index) => here.findIndex(({ rule }) => rule === finding.rule) === index,
    ),
    path: context.session.pathOf(analysis.document.uri),
    imageDetails: context.answerer.imageDetails,
    can: (need: Need) => refusalOf(need, context, analysis) === undefined,
    offers: () => {
      const offers = findOffers(analysis.result, analysis.surroundings.facts);
      for (const { ruleId, error } of offers.failures) context.calls.bug(`The rule ${ruleId}`, error);
      return offers;
    },
  };
}

async function offered(
  context: Context,
  place: Place,
  kind: ActionKind | CommandKind,
  token: CancellationToken,
): Promise<(CodeAction | Command)[]> {
  const { analysis } = place;
  const actions: (CodeAction | Command)[] = [];
  if ('command' in kind) {
    for (const { title, findings, arguments: given } of kind.offer(place)) {
      const command = { title, command: kind.command, arguments: [...given] };
      if (context.client.actionLiterals)
        actions.push({ ...literal(context, analysis, kind, { title, findings }), command });
      else if (context.client.applyEdit) actions.push(command);
    }
    return actions;
  }
  for (const one of kind.offer(place)) {
    const action = await inForm(context, analysis, kind, one, token);
    if (action) actions.push(action);
  }
  return actions;
}

/** An action whose change is made later, by resolve or by a command of the server, or else at once. */
async function inForm(
  context: Context,
  analysis: Analysis,
  kind: ActionKind,
  one: Offered<object>,
  token: CancellationToken,
): Promise<CodeAction | Command | undefined> {
  const { client } = context;
  if (one.disabled !== undefined) {
    const disabled = { reason: one.disabled };
    return client.disabledActions ? { ...literal(context, analysis, kind, one), disabled } : undefined;
  }
  const data = { ...one.data, kind: kind.name, uri: analysis.document.uri };
  const action = literal(context, analysis, kind, one);
  if (client.resolveEdits)
    return { ...action, data, ...(one.shows !== undefined && showing(context, one.shows)) };
  if (client.applyEdit) {
    const command = { command: serverCommand.applyAction, arguments: [data] };
    if (!client.actionLiterals) return { ...command, title: one.title };
    return { ...action, command: { ...command, title: `${sourceName}: ${one.title}` } };
  }
  // This client takes edits only here, so offer only what is cheap to make.
  if (!client.actionLiterals || kind.needs) return undefined;
  const made = await kind.make(one.data, analysis, worldOf(context, token));
  const edit = made && 'edits' in made ? toEdit(analysis.document, made, client) : undefined;
  return edit && { ...action, edit };
}

/** After the edit, the client opens the other file, which nobody would see else. */
function showing({ hasClientCommands }: Context, path: string): Pick<CodeAction, 'command'> {
  if (!hasClientCommands) return {};
  const uri = pathToFileURL(path).href;
  return { command: { title: 'Show file', command: clientCommand.showFile, arguments: [uri] } };
}

function literal(
  context: Context,
  { document }: Analysis,
  { lsp }: ActionKind | CommandKind,
  { title, findings, preferred }: Pick<Offered<object>, 'title' | 'findings' | 'preferred'>,
): CodeAction {
  const diagnostic = (finding: Reported): NonNullable<CodeAction['diagnostics']>[number] =>
    toDiagnostic(document, finding, context.client, context.rulePage);
  return {
    title,
    kind: lsp,
    ...(findings && { diagnostics: findings.map(diagnostic) }),
    ...(preferred && { isPreferred: true }),
  };
}
