// A chosen action gets its edit: filled in for clients that resolve, applied for those that cannot. What has become of
// the text in between decides; what cannot be done is told in one sentence.
import type {
  CancellationToken,
  CodeAction,
  ExecuteCommandParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { fixByAsking } from '../../linter';
import type { Made, Need, World } from '../actions/action';
import { stale, unreadable } from '../actions/action';
import { actionKinds } from '../actions/index';
import { shape, text } from '../shape';
import type { Context } from '../context';
import { toEdit } from '../convert/change';
import type { Analysis } from '../session';

export async function resolveAction(
  context: Context,
  action: CodeAction,
  token: CancellationToken,
): Promise<CodeAction> {
  const edit = await editOf(context, action.data, token);
  return edit ? { ...action, edit } : action;
}

export async function applyAction(
  context: Context,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<null> {
  const edit = await editOf(context, params.arguments?.[0], token);
  // Not awaited: the client may be waiting for this very answer before it applies anything.
  if (edit)
    context.connection.workspace
      .applyEdit(edit)
      .catch((error: unknown) => context.calls.log(`The edit was not applied: ${String(error)}`));
  return null;
}

/** What every action carries; its kind reads the rest. */
const readOrigin = shape({ kind: text, uri: text });

/** @param data as the client sent it back */
async function editOf(
  context: Context,
  data: unknown,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const origin = readOrigin(data);
  const kind = origin && actionKinds.find(({ name }) => name === origin.kind);
  if (!kind || 'command' in kind) return refuse(context, unreadable);
  const analysis = await context.session.analysis(origin.uri);
  if (!analysis) return refuse(context, stale);
  const refused = kind.needs && refusalOf(kind.needs, context, analysis);
  if (refused !== undefined) return refuse(context, { refused });
  const made = await kind.make(data, analysis, worldOf(context, token));
  if (!made || 'refused' in made) return refuse(context, made);
  // While a registry was asked, the text may have changed: then the places are no longer known.
  if (!isCurrent(context, analysis)) return refuse(context, stale);
  for (const note of made.notes ?? []) context.calls.showWarning(`${note}.`);
  return toEdit(analysis.document, made, context.client);
}

function refuse(context: Context, made: Made): undefined {
  if (made && 'refused' in made) context.calls.showError(made.refused);
  return undefined;
}

/** Clients may begin at the same version again, or go back to one: the text counts as well. */
function isCurrent(context: Context, { document, version, text: before }: Analysis): boolean {
  const now = context.document(document.uri);
  return now === document && now.version === version && now.getText() === before;
}

/** Why a need is not met; undefined where it is. */
export function refusalOf(need: Need, context: Context, { settings }: Analysis): string | undefined {
  switch (need) {
    case 'registry':
      return context.answerer.refusal(settings.registry);
    case 'otherFiles':
      return context.client.createFiles ? undefined : 'This editor changes no other files for Drydock.';
    case 'clientCommands':
      return context.hasClientCommands ? undefined : 'This editor has no commands of Drydock.';
  }
}

/** @param token stops what is asked outside */
export function worldOf(context: Context, token: CancellationToken): World {
  const { session, answerer, calls } = context;
  return {
    fixAll: (analysis, options) => session.fixAll(analysis, options),
    pathOf: (uri) => session.pathOf(uri),
    folderOf: (path) => session.folderOf(path),
    async fixByAsking({ text: source, surroundings: { config, facts }, settings }, wanted) {
      const asked = await fixByAsking(source, config, facts, wanted, (question) =>
        answerer.answer(question, settings.registry, token),
      );
      for (const { ruleId, error } of asked.ruleFailures) calls.bug(`The rule ${ruleId}`, error);
      return asked;
    },
  };
}
