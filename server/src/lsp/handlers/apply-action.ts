// A chosen action gets its edit: filled in for clients that resolve, applied for those that cannot.
import type { CancellationToken, CodeAction, ExecuteCommandParams } from 'vscode-languageserver/node';
import { UserError, makeEdit, readActionData } from '../actions';
import type { ActionData } from '../actions';
import type { Context } from '../context';

export async function resolveAction(
  context: Context,
  action: CodeAction,
  token: CancellationToken,
): Promise<CodeAction> {
  const data = readActionData(action.data);
  const edit = data && (await editOrMessage(context, data, token));
  return edit ? { ...action, edit } : action;
}

export async function applyAction(
  context: Context,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<null> {
  const data = readActionData(params.arguments?.[0]);
  const edit = data && (await editOrMessage(context, data, token));
  // Not awaited: the client may be waiting for this very answer before it applies anything.
  if (edit)
    context.connection.workspace
      .applyEdit(edit)
      .catch((error: unknown) => context.calls.log(`The edit was not applied: ${String(error)}`));
  return null;
}

async function editOrMessage(
  context: Context,
  data: ActionData,
  token: CancellationToken,
): ReturnType<typeof makeEdit> {
  try {
    return await makeEdit(context, data, token);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.calls.showError(error.message);
    return undefined;
  }
}
