// What a kind of code action is: what it offers at a place, and the change it makes when it is chosen. A kind knows
// spans and texts; positions, the forms of an action and messages to the user are the handlers' business.
import type { CodeActionKind } from 'vscode-languageserver/node';
import type { FixAllOptions } from '../../core/lint/fix';
import type { Fixed } from '../../service/lint-file';
import type { FixedByAsking } from '../../core/lint/fix-by-asking';
import type { OfferedFix, Offers } from '../../core/lint/offers';
import type { Reported } from '../../core/lint/run';
import type { Edit } from '../../core/text/edit';
import type { Span } from '../../core/text/span';
import type { Analysis } from '../session';
import type { Shape } from '../shape';

/** What not every editor, folder or workspace has. */
export type Need =
  /** Registries may be asked. */
  | 'registry'
  /** The client creates and changes other files. */
  | 'otherFiles'
  /** The client has our own commands. */
  | 'clientCommands';

/** Where the light bulb is opened. */
export interface Place {
  readonly analysis: Analysis;
  readonly range: Span;
  /** Findings that the range touches. */
  readonly here: readonly Reported[];
  /** The first of each rule among them. */
  readonly ofEachRule: readonly Reported[];
  /** The document's path on disk, if it has one. */
  readonly path: string | undefined;
  readonly can: (need: Need) => boolean;
  /** Everything there is to choose in the file. */
  readonly offers: () => Offers;
}

export interface Offered<D> {
  readonly title: string;
  readonly data: D;
  /** What it takes care of. */
  readonly findings?: readonly Reported[];
  /** Editors may take it without showing a list. */
  readonly preferred?: boolean;
}

/** The file system and the session, as far as a chosen action needs them; registries only where they may be asked. */
export interface World {
  fixAll(analysis: Analysis, options: FixAllOptions): Fixed;
  /** See `fixByAsking` of the façade. */
  fixByAsking(analysis: Analysis, wanted: (offered: OfferedFix) => boolean): Promise<FixedByAsking>;
  pathOf(uri: string): string | undefined;
  /** The innermost workspace folder a path lies in. */
  folderOf(path: string): string | undefined;
}

export interface ChangedFile {
  readonly path: string;
  /** Text on disk; undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What a chosen action does; nothing at all when all is done already. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly files?: readonly ChangedFile[];
  /** Sentences the user should hear although all went well. */
  readonly notes?: readonly string[];
}

/** One sentence for the user: why there is no change, and what to do. */
export interface Refusal {
  readonly refused: string;
}

/** Undefined: the user stopped it and needs no word. */
export type Made = Change | Refusal | undefined;

export const stale: Refusal = { refused: 'The file has changed meanwhile. Choose the action again.' };

interface Definition<D> {
  /** Tells its data from that of other kinds. */
  readonly name: string;
  readonly lsp: CodeActionKind;
  /** Without it, the kind offers nothing and makes nothing. */
  readonly needs: Need | undefined;
  /** Offered only to a client that asks for this kind of action by name. */
  readonly onlyWhenAsked?: boolean;
  readonly data: Shape<D>;
  offer(place: Place): Iterable<Offered<D>>;
  /** Made from the text as it is when the action is chosen. */
  make(data: D, analysis: Analysis, world: World): Made | Promise<Made>;
}

/** A kind as the handlers see it: its data is checked where it comes back. */
export interface ActionKind extends Omit<Definition<object>, 'data' | 'make'> {
  /** @param data as the client sent it */
  make(data: unknown, analysis: Analysis, world: World): Made | Promise<Made>;
}

/** Not this kind's data: of another version of Drydock, or made up. */
export const unreadable: Refusal = {
  refused: 'Drydock does not know this action. Open the list of actions again.',
};

export function actionKind<D extends object>(definition: Definition<D>): ActionKind {
  return {
    ...definition,
    make(raw, analysis, world) {
      const data = definition.data(raw);
      return data ? definition.make(data, analysis, world) : unreadable;
    },
  };
}

/** A kind that runs a command of the client's and changes nothing. */
export interface CommandKind {
  readonly name: string;
  readonly lsp: CodeActionKind;
  readonly needs: Need | undefined;
  readonly command: string;
  offer(place: Place): Iterable<{
    readonly title: string;
    readonly arguments: readonly string[];
    readonly findings: readonly Reported[];
  }>;
}

/** The finding an action was offered for, if it is still there. */
export function findingAt(
  { result }: Analysis,
  { rule, at }: { readonly rule: string; readonly at: Span },
): Reported | undefined {
  return result.findings.find(
    (finding) => finding.rule.id === rule && finding.at.start === at.start && finding.at.end === at.end,
  );
}
