// Makes the edit of a chosen action: returns it to clients that resolve actions, applies it for the others. Uses the text
// as it is now, and says why if it cannot.
import type {
  CancellationToken,
  CodeAction,
  ExecuteCommandParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { sparingly } from '../../core/lint/questions';
import type { Answer } from '../../core/lint/questions';
import { fixByAsking } from '../../linter';
import type { Made, Need, World } from '../actions/action';
import { stale, unreadable } from '../actions/action';
import { actionKinds } from '../actions/index';
import { pinImages, updateDigests } from '../actions/digests';
import { sourceFixSuggested } from '../actions/source-fix-suggested';
import { serverCommand } from '../../protocol/names';
import { shape, text } from '../shape';
import type { Context } from '../context';
import { toEdit } from '../convert/change';
import type { Analysis } from '../session';

export async function resolveAction(
  context: Context,
  action: CodeAction,
  token: CancellationToken,
): Promise<CodeAction> {
  // VS Code also asks for the edit of an action that only runs a command.
  if (action.command && action.data === undefined) return action;
  const edit = await editOf(context, action.data, token);
  return edit ? { ...action, edit } : action;
}

/** Which kind of action each command runs. */
const kindOfCommand: Readonly<Record<string, string>> = {
  [serverCommand.pinImages]: pinImages.name,
  [serverCommand.updateDigests]: updateDigests.name,
  [serverCommand.fixSuggested]: sourceFixSuggested.name,
};

/** Runs a command of the server. */
export async function executeCommand(
  context: Context,
  { command, arguments: given }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<null> {
  const kind = Object.hasOwn(kindOfCommand, command) ? kindOfCommand[command] : undefined;
  if (kind === undefined && command !== serverCommand.applyAction) return null;
  // Nobody has checked what a client sends.
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  const edit = await editOf(context, kind === undefined ? first : { kind, uri: first }, token, true);
  // Not awaited: the client may wait for this answer before it applies the edit.
  if (edit)
    context.connection.workspace
      .applyEdit(edit)
      .catch((error: unknown) => context.calls.log(`The edit was not applied: ${String(error)}`));
  return null;
}

/** What every action carries. Its kind reads the rest. */
const readOrigin = shape({ kind: text, uri: text });

/** @param data as the client sent it back @param asked the user wants to hear that there was nothing to do */
async function editOf(
  context: Context,
  data: unknown,
  token: CancellationToken,
  asked = false,
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
  // The text may have changed while a registry was asked; then the offsets no longer fit.
  if (!isCurrent(context, analysis)) return refuse(context, stale);
  for (const note of made.notes ?? []) context.calls.showWarning(`${note}.`);
  for (const news of made.news ?? []) context.calls.showInformation(`${news}.`);
  if (asked && made.nothing !== undefined) context.calls.showInformation(`${made.nothing}.`);
  // Clients with our commands open the file; the others may not even list it among the changed ones.
  if (!context.hasClientCommands)
    for (const { path, before } of made.files ?? [])
      context.calls.showInformation(`${before === undefined ? 'Created' : 'Changed'} ${path}.`);
  return toEdit(analysis.document, made, context.client);
}

function refuse(context: Context, made: Made): undefined {
  if (made && 'refused' in made) context.calls.showError(made.refused);
  return undefined;
}

/** Compares the text too, because clients may reuse or lower version numbers. */
function isCurrent(context: Context, { document, version, text: before }: Analysis): boolean {
  const now = context.document(document.uri);
  return now === document && now.version === version && now.getText() === before;
}

/** Why a need is not met, for the user; undefined if it is met. */
export function refusalOf(need: Need, context: Context, { settings }: Analysis): string | undefined {
  switch (need) {
    case 'registry':
      return context.answerer.refusal(settings.registry);
    case 'packages':
      return context.packages.refusal(settings);
    case 'otherFiles':
      return context.client.createFiles ? undefined : 'This editor does not let Drydock change other files.';
    case 'clientCommands':
    case 'choices':
      return context.hasClientCommands && (need === 'clientCommands' || context.client.resolveEdits)
        ? undefined
        : 'This editor does not know the commands of Drydock.';
  }
}

/** @param token cancels questions to the outside */
export function worldOf(context: Context, token: CancellationToken): World {
  const { session, answerer, calls, packages } = context;
  return {
    fixAll: (analysis, options) => session.fixAll(analysis, options),
    pathOf: (uri) => session.pathOf(uri),
    folderOf: (path) => session.folderOf(path),
    lookUpImages: ({ settings }, images) => answerer.lookUpImages(images, settings.registry, token),
    async readPackages({ settings, surroundings }, archive) {
      const read = await packages.read(archive, settings, surroundings.facts.path, token);
      return read.kind === 'read' ? { ...read, names: read.index.size } : read;
    },
    async fixByAsking({ text: source, surroundings: { config, facts }, settings }, wanted, bulk = false) {
      const answer: Answer = (question) =>
        question.kind === 'package'
          ? packages.answer(question, settings, facts.path, token)
          : answerer.answer(question, settings.registry, token);
      const asked = await fixByAsking(source, config, facts, wanted, bulk ? sparingly(answer) : answer);
      for (const { ruleId, error } of asked.ruleFailures) calls.bug(`The rule ${ruleId}`, error);
      return asked;
    },
  };
}
