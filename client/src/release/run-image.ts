// "Run Built Image…": a container with no more rights than it is given, in a terminal, or as a service of systemd.
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import {
  capabilityName,
  insidePath,
  portName,
  portPair,
  userName,
} from '../../../server/src/workflow/checked-arguments';
import type { PortPair, UserName } from '../../../server/src/workflow/checked-arguments';
import { quadlet, runArguments, serviceName } from '../../../server/src/workflow/release/run-image';
import type { ContainerOrder } from '../../../server/src/workflow/release/run-image';
import { stageChain } from '../../../server/src/workflow/scan/attribution';
import { engineNamed } from '../../../server/src/workflow/tool-list';
import { startInTerminal } from '../in-terminal';
import { requireTrust } from '../trust';

const { t } = vscode.l10n;

interface Answer {
  readonly ports: readonly PortPair[];
  readonly user: UserName | undefined;
  readonly hardened: boolean;
  readonly shell: boolean;
}

/** Asks how, and starts it or shows the file of its service. */
export async function runBuilt(built: BuiltImage, description: BuildDescription | null): Promise<void> {
  if (!requireTrust()) return;
  const engine = engineNamed(built.engine);
  if (!engine?.commands.start) {
    void vscode.window.showErrorMessage(
      t(
        '{0} starts no containers: build with podman or docker to run the image.',
        engine?.title ?? built.engine,
      ),
    );
    return;
  }
  let answer: Answer = {
    ports: description ? portsOf(description, built.target) : [],
    user: undefined,
    hardened: false,
    shell: false,
  };
  for (;;) {
    const row = await vscode.window.showQuickPick(rowsFor(answer), {
      title: t('Run {0}', built.tag),
      placeHolder: t('Press Enter to start it, or choose what to change'),
    });
    if (!row) return;
    if (row.act === 'start') return start(built, answer);
    if (row.act === 'service') return showService(built, answer);
    answer = await row.act(answer);
  }
}

interface Row extends vscode.QuickPickItem {
  readonly act: 'start' | 'service' | ((answer: Answer) => Promise<Answer>);
}

function rowsFor({ ports, user, hardened, shell }: Answer): readonly Row[] {
  const yes = (is: boolean): string => (is ? t('yes') : t('no'));
  return [
    { label: `$(play) ${t('Start')}`, act: 'start' },
    { label: t('Ports'), description: ports.join(', ') || t('none'), act: askForPorts },
    { label: t('User'), description: user ?? t('as the image says'), act: askForUser },
    {
      label: t('Read-only and without rights'),
      description: yes(hardened),
      detail: t('Nothing but /tmp can be written, no new privileges, no capabilities.'),
      act: (now) => Promise.resolve({ ...now, hardened: !now.hardened }),
    },
    {
      label: t('A shell instead'),
      description: yes(shell),
      act: (now) => Promise.resolve({ ...now, shell: !now.shell }),
    },
    { label: `$(file-code) ${t('Show it as a service of systemd (Quadlet)')}`, act: 'service' },
  ];
}

async function askForPorts(answer: Answer): Promise<Answer> {
  const text = await vscode.window.showInputBox({
    title: t('Ports that this machine alone reaches'),
    value: answer.ports.join(' '),
    prompt: t('Such as 8080, or 8080:80 for another port outside; with blanks between them.'),
    validateInput: (given) =>
      words(given).every((one) => portPair(one) !== undefined) ? undefined : t('Ports are 8080 or 8080:80.'),
  });
  if (text === undefined) return answer;
  return {
    ...answer,
    ports: words(text)
      .map(portPair)
      .filter((one) => one !== undefined),
  };
}

async function askForUser(answer: Answer): Promise<Answer> {
  const text = await vscode.window.showInputBox({
    title: t('Who runs it?'),
    value: answer.user ?? '',
    prompt: t('A name or a number such as 1000:1000; empty: as the image says.'),
    validateInput: (given) =>
      given === '' || userName(given) !== undefined
        ? undefined
        : t('A user is a name or a number such as 1000:1000.'),
  });
  return text === undefined ? answer : { ...answer, user: text === '' ? undefined : userName(text) };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function orderOf({ ports, user, hardened, shell }: Answer): Omit<ContainerOrder, 'image'> {
  return {
    ports,
    ...(user === undefined ? {} : { user }),
    readOnly: hardened,
    tmpfs: hardened ? [insidePath('/tmp')].filter((one) => one !== undefined) : [],
    noNewPrivileges: hardened,
    dropped: hardened ? [capabilityName('ALL')].filter((one) => one !== undefined) : [],
    shell,
    command: [],
  };
}

function start(built: BuiltImage, answer: Answer): Promise<void> {
  const shellArgs = runArguments({ ...orderOf(answer), image: built.id }, true);
  return startInTerminal({
    name: t('run {0}', built.tag),
    program: built.program,
    args: shellArgs,
    folder: built.context,
  });
}

async function showService(built: BuiltImage, answer: Answer): Promise<void> {
  const name = serviceName(built.tag);
  const content = quadlet({ ...orderOf(answer), image: built.tag }, name);
  const opened = await vscode.workspace.openTextDocument({ language: 'ini', content });
  await vscode.window.showTextDocument(opened);
  void vscode.window.showInformationMessage(
    t(
      'podman 4.4 or later starts it from ~/.config/containers/systemd/{0}.container: systemctl --user daemon-reload && systemctl --user start {0}',
      name,
    ),
  );
}

/** What the stages of the target expose. */
function portsOf(description: BuildDescription, target: string | undefined): PortPair[] {
  const values = stageChain(description, target).flatMap((at) => description.stages[at]?.exposes ?? []);
  return [...new Set(values)]
    .map(portName)
    .filter((port) => port !== undefined)
    .map((port) => portPair(port.replace(/\/.*/, '')))
    .filter((pair) => pair !== undefined);
}
