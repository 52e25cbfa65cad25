// "New from Pattern…": chooses a pattern, shows what would be written with the source of each value, and creates the files.
// Never overwrites one: where a file differs, the difference is shown.
import * as vscode from 'vscode';
import type {
  DraftedFile,
  DraftedFiles,
  DraftedValue,
  PatternChoice,
  PatternChoices,
} from '../../server/src/protocol/messages';
import { dockerfileLanguage } from '../../server/src/protocol/names';
import type { ServerSession } from './server-session';
import { requireTrust } from './trust';

const { t } = vscode.l10n;

/** What a person chooses from: every pattern, or the ways to build the project. */
export type PatternList = 'patterns' | 'builders';

/** @param given the URI of a folder or a file in it, as a menu or the light bulb says it; undefined from the palette */
export async function newFromPattern(
  session: ServerSession,
  proposals: Proposals,
  given: unknown,
  list: PatternList = 'patterns',
): Promise<void> {
  const folder = await folderFor(given);
  if (!folder) return;
  const choices = await session.patternChoices(folder);
  if (!choices) {
    void vscode.window.showInformationMessage(t('Open a folder on disk first.'));
    return;
  }
  for (const problem of choices.problems) void vscode.window.showWarningMessage(problem);
  const pattern = await choosePattern(choices, list);
  if (pattern) await fillIn({ session, proposals, folder, pattern });
}

export async function folderFor(given: unknown): Promise<vscode.Uri | undefined> {
  const uri = typeof given === 'string' ? vscode.Uri.parse(given) : given;
  const active = vscode.window.activeTextEditor?.document.uri;
  for (const one of [uri, active])
    if (one instanceof vscode.Uri && one.scheme === 'file') return folderOf(one);
  const [first, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (!first) {
    void vscode.window.showInformationMessage(t('Open a folder on disk first.'));
    return undefined;
  }
  return more.length === 0 ? first.uri : (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function folderOf(uri: vscode.Uri): Promise<vscode.Uri> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return type & vscode.FileType.Directory ? uri : vscode.Uri.joinPath(uri, '..');
}

interface PatternItem extends vscode.QuickPickItem {
  readonly pattern?: PatternChoice;
}

async function choosePattern(choices: PatternChoices, list: PatternList): Promise<PatternChoice | undefined> {
  const isBuilder = list === 'builders';
  const items = isBuilder ? named(choices.builders, choices).map(itemOf) : grouped(choices);
  const chosen = await vscode.window.showQuickPick<PatternItem>(items, {
    title: isBuilder ? t('Which builder?') : t('New from pattern'),
    placeHolder: isBuilder ? t('Best match first') : t('Which pattern?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.pattern;
}

function named(ids: readonly string[], { patterns }: PatternChoices): readonly PatternChoice[] {
  return ids.flatMap((id) => patterns.find((one) => one.id === id) ?? []);
}

function itemOf(pattern: PatternChoice): PatternItem {
  return { label: pattern.title, description: pattern.summary, detail: pattern.advice.join(' '), pattern };
}

/** All that are files, those that suit the project first. */
function grouped(choices: PatternChoices): readonly PatternItem[] {
  const suiting = named(choices.suited, choices);
  const groups = new Map<string, PatternChoice[]>();
  if (suiting.length > 0) groups.set(t('For this project'), [...suiting]);
  for (const pattern of choices.patterns) {
    const { as, group } = pattern;
    if (as !== 'part' && !suiting.includes(pattern))
      groups.set(group, [...(groups.get(group) ?? []), pattern]);
  }
  return [...groups].flatMap(([label, members]) => [
    { label, kind: vscode.QuickPickItemKind.Separator },
    ...members.map(itemOf),
  ]);
}

interface Wish {
  readonly session: ServerSession;
  readonly proposals: Proposals;
  readonly folder: vscode.Uri;
  readonly pattern: PatternChoice;
}

async function fillIn(wish: Wish): Promise<void> {
  const { session, folder, pattern } = wish;
  const values: Record<string, string> = {};
  for (;;) {
    const draft = await session.draftFiles(folder, pattern.id, values);
    if (!draft) return;
    const [question] = draft.open;
    const changed = question
      ? { name: question.name, value: await askFor(question.ask, question.candidates, `${question.reason}.`) }
      : await review(draft, wish);
    if (changed === 'looked up') continue;
    if (changed?.value === undefined) return;
    values[changed.name] = changed.value;
  }
}

/** @returns undefined if the user gave up */
export async function askFor(
  ask: string,
  proposals: readonly string[],
  reason?: string,
): Promise<string | undefined> {
  const other = t('Another…');
  if (proposals.length > 0) {
    const chosen = await vscode.window.showQuickPick([...proposals, other], {
      title: ask,
      placeHolder: reason ?? ask,
    });
    if (chosen !== other) return chosen;
  }
  return vscode.window.showInputBox({ title: ask, prompt: reason ?? ask });
}

/** Asks the registries of a pattern's images which versions there are now. */
async function lookUp({ session, folder, pattern }: Wish): Promise<'looked up'> {
  if (!requireTrust()) return 'looked up';
  const newest = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: t('Asking registries for versions'),
    },
    (_, token) => session.newestVersions(folder, pattern.id, token),
  );
  for (const problem of newest?.problems ?? []) void vscode.window.showWarningMessage(`${problem}.`);
  return 'looked up';
}

interface ReviewItem extends vscode.QuickPickItem {
  readonly run?: () => Promise<unknown>;
  readonly value?: DraftedValue;
}

/**
 * Shows what would be written.
 * @returns a value that the user changed; undefined once the files are written, or if the user gave up
 */
async function review(
  { values, files, registries, first }: DraftedFiles,
  wish: Wish,
): Promise<'looked up' | { readonly name: string; readonly value: string | undefined } | undefined> {
  const { proposals, folder, pattern } = wish;
  const created = files.filter(({ state }) => state === 'create' || state === 'fill');
  const differing = files.filter(({ state }) => state === 'differs');
  const names = (some: readonly DraftedFile[]): string => some.map(({ path }) => path).join(', ');
  const items: ReviewItem[] = [
    ...(created.length > 0
      ? [
          {
            label: `$(new-file) ${t('Create {0}', names(created))}`,
            run: () => create(created, folder, first),
          },
        ]
      : []),
    ...differing.map((file) => ({
      label: `$(diff) ${t('Compare {0}', file.path)}`,
      description: t('It is there with another text, and stays as it is.'),
      run: () => proposals.compare(file),
    })),
    ...(registries.length > 0
      ? [
          {
            label: `$(cloud-download) ${t('Look up the newest versions')}`,
            description: t('Asks {0}', registries.join(', ')),
            run: () => lookUp(wish),
          },
        ]
      : []),
    ...first.map((what) => ({ label: `$(info) ${t('Before you build')}`, detail: what })),
    ...values.map((value) => ({
      label: `$(edit) ${value.ask}: ${value.value}`,
      description: value.source,
      value,
    })),
  ];
  const placeHolder =
    created.length + differing.length === 0
      ? t('All files are there already, with the same text.')
      : t('Create the files, or change a value first.');
  const chosen = await vscode.window.showQuickPick(items, { title: pattern.title, placeHolder });
  if ((await chosen?.run?.()) === 'looked up') return 'looked up';
  const { value } = chosen ?? {};
  return value && { name: value.name, value: await askFor(value.ask, value.proposals) };
}

async function create(
  files: readonly DraftedFile[],
  folder: vscode.Uri,
  before: readonly string[],
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { path, text, state } of files) {
    const uri = vscode.Uri.joinPath(folder, path);
    if (state === 'fill') {
      const document = await vscode.workspace.openTextDocument(uri);
      if (document.getText().trim() !== '') {
        // Typed and not saved yet, so the server does not know it.
        void vscode.window.showWarningMessage(t('{0} has text that is not saved, and stays as it is.', path));
        return;
      }
      edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    } else edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(
      t('The files could not be created. One of them may be there by now.'),
    );
    return;
  }
  const [first] = files;
  if (!first) return;
  const uri = vscode.Uri.joinPath(folder, first.path);
  const { languageId } = await vscode.window.showTextDocument(uri).then(({ document }) => document);
  if (before.length > 0) void vscode.window.showWarningMessage(t('Before you build: {0}', before.join(' ')));
  // The tags of a pattern move: pinning is the next thing to do. Not awaited, as nobody has to answer.
  if (languageId === dockerfileLanguage && vscode.workspace.isTrusted) void offerPins(uri, files);
}

async function offerPins(uri: vscode.Uri, files: readonly DraftedFile[]): Promise<void> {
  const pin = t('Pin Images');
  const message = t('Created {0}.', files.map(({ path }) => path).join(', '));
  if ((await vscode.window.showInformationMessage(message, pin)) === pin)
    await vscode.commands.executeCommand('drydock.pinAll', uri);
}

const proposalScheme = 'drydock-pattern';

/** Texts that a pattern would write, to compare with. They are read-only, so closing them asks nothing. */
export class Proposals implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();

  static register(): { readonly proposals: Proposals; readonly registration: vscode.Disposable } {
    const proposals = new Proposals();
    return {
      proposals,
      registration: vscode.workspace.registerTextDocumentContentProvider(proposalScheme, proposals),
    };
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Shows a file as it is beside what the pattern would write. */
  async compare({ uri, text, path }: DraftedFile): Promise<void> {
    const present = vscode.Uri.parse(uri);
    // A text of its own for each comparison: an editor keeps what it was given first.
    const proposed = present.with({ scheme: proposalScheme, query: String(this.#texts.size) });
    this.#texts.set(proposed.toString(), text);
    await vscode.commands.executeCommand('vscode.diff', present, proposed, t('{0} and the pattern', path));
  }
}
