// Secrets and keys that a file mounts: rows of the build menu, and the questions before a build.
import * as vscode from 'vscode';
import type { BuildDescription, DescribedSecret } from '../../../server/src/workflow/build-description';
import type { BuildChoice } from '../../../server/src/workflow/build/build-run';
import { secretId, secretSource, sshSource } from '../../../server/src/workflow/checked-arguments';
import type { SecretSource, SshSource } from '../../../server/src/workflow/checked-arguments';

const { t } = vscode.l10n;

export function mountRows(
  { secrets }: BuildDescription,
  choice: BuildChoice,
): (vscode.QuickPickItem & { pick(now: BuildChoice): Promise<BuildChoice | undefined> })[] {
  return secrets.map((secret) => ({
    label: nameOf(secret),
    description: givenFor(secret, choice) ?? t('not given'),
    pick: (now) => pickSource(secret, now),
  }));
}

/**
 * Asks for each secret and key about which nothing was said yet.
 * @param moreArguments from the settings, which may give them, too
 * @returns undefined if the user closed a question
 */
export async function askForMounts(
  { secrets }: BuildDescription,
  choice: BuildChoice,
  moreArguments: readonly string[],
): Promise<BuildChoice | undefined> {
  let answered = choice;
  for (const secret of secrets) {
    if (givenFor(secret, answered) !== undefined || isGivenBy(moreArguments, secret)) continue;
    const next = await pickSource(secret, answered);
    if (!next) return undefined;
    answered = next;
  }
  return answered;
}

function isGivenBy(moreArguments: readonly string[], { kind, id }: DescribedSecret): boolean {
  return moreArguments.some((argument) =>
    kind === 'ssh' ? argument.startsWith('--ssh') : argument.split(/[=,]/).includes(id),
  );
}

function nameOf({ kind, id }: DescribedSecret): string {
  return kind === 'secret' ? t('Secret {0}', id) : t('SSH key {0}', id);
}

/** What was chosen, for people; undefined if nothing was. */
function givenFor({ kind, id }: DescribedSecret, { secrets, ssh }: BuildChoice): string | undefined {
  const name = secretId(id);
  const source = name && (kind === 'secret' ? secrets?.[name] : ssh?.[name]);
  return source === null ? t('without') : source;
}

type SourceRow = vscode.QuickPickItem & { readonly source: () => Promise<string | null | undefined> };

async function pickSource(secret: DescribedSecret, choice: BuildChoice): Promise<BuildChoice | undefined> {
  const { kind, id, required } = secret;
  const name = secretId(id);
  if (name === undefined) return choice;
  const rows: SourceRow[] =
    kind === 'secret'
      ? [
          { label: t('A file…'), source: () => pickFile(nameOf(secret), 'src=') },
          { label: t('An environment variable…'), source: () => pickVariable(secret) },
        ]
      : [
          { label: t('The SSH agent'), source: () => Promise.resolve('agent') },
          { label: t('A key file…'), source: () => pickFile(nameOf(secret), '') },
        ];
  const none: SourceRow = { label: t('Build without it'), source: () => Promise.resolve(null) };
  const title = t('{0}: where does it come from?', nameOf(secret));
  const row = await vscode.window.showQuickPick(required ? rows : [...rows, none], { title });
  const source = await row?.source();
  if (source === undefined) return undefined;
  if (kind === 'secret') {
    const given: SecretSource | null | undefined = source === null ? null : secretSource(source);
    return given === undefined ? tellUnfit() : { ...choice, secrets: { ...choice.secrets, [name]: given } };
  }
  const given: SshSource | null | undefined = source === null ? null : sshSource(source);
  return given === undefined ? tellUnfit() : { ...choice, ssh: { ...choice.ssh, [name]: given } };
}

function tellUnfit(): undefined {
  void vscode.window.showErrorMessage(t('Engines cannot take a path with a comma or a quote in it.'));
}

async function pickFile(title: string, front: string): Promise<string | undefined> {
  const options = { canSelectFiles: true, canSelectFolders: false, canSelectMany: false, title };
  const opened = await vscode.window.showOpenDialog(options);
  return opened?.[0] && front + opened[0].fsPath;
}

async function pickVariable(secret: DescribedSecret): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: nameOf(secret),
    prompt: t('Name of an environment variable. Drydock remembers the name, not the value.'),
    value: secret.id.toUpperCase().replace(/\W/g, '_'),
    validateInput: (text) =>
      secretSource(`env=${text}`) ? undefined : t('Not the name of an environment variable.'),
  });
  return name === undefined ? undefined : `env=${name}`;
}
