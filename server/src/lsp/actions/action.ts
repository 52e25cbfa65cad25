// The type of a kind of code action: what it offers at a place, and the change it makes when chosen. A kind works on
// spans and texts; the handlers care for positions, the forms of an action and messages to the user.
import type { CodeActionKind } from 'vscode-languageserver/node';
import type { FixAllOptions } from '../../core/lint/fix';
import type { Fixed } from '../../service/lint-file';
import type { FixedByAsking } from '../../core/lint/fix-by-asking';
import type { OfferedFix, Offers } from '../../core/lint/offers';
import type { Reported } from '../../core/lint/run';
import type { Archive } from '../../core/package-index/archive';
import type { DetailsByImage } from '../../core/knowledge/images/registry-facts';
import type { Edit } from '../../core/text/edit';
import type { Span } from '../../core/text/span';
import type { Analysis } from '../session';
import type { Shape } from '../shape';

/** What an editor, folder or workspace may lack. */
export type Need =
  /** Registries may be asked. */
  | 'registry'
  /** Mirrors may be asked for package indexes. */
  | 'packages'
  /** The client creates and changes other files. */
  | 'otherFiles'
  /** The client has our own commands. */
  | 'clientCommands'
  /** The client lets the user choose among changes, with our command, and asks for the edit afterwards. */
  | 'choices';

/** Where the user opens the light bulb. */
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
  /** Every fix that the file offers. */
  readonly offers: () => Offers;
  /** What registries were asked about images. */
  readonly imageDetails: DetailsByImage;
}

export interface Offered<D> {
  readonly title: string;
  readonly data: D;
  /** The findings that it fixes or hides. */
  readonly findings?: readonly Reported[];
  /** Editors may apply it without showing a list. */
  readonly preferred?: boolean;
  /** Why it cannot be chosen, for editors that show such actions. */
  readonly disabled?: string;
  /** Absolute path of another file that it creates or changes, which the user should see afterwards. */
  readonly shows?: string | undefined;
}

/** What a chosen action may use of the session and the outside; registries only if they may be asked. */
export interface World {
  fixAll(analysis: Analysis, options: FixAllOptions): Fixed;
  /** See `fixByAsking` of the façade. @param bulk keeps digests whose contents did not change */
  fixByAsking(
    analysis: Analysis,
    wanted: (offered: OfferedFix) => boolean,
    bulk?: boolean,
  ): Promise<FixedByAsking>;
  /** Reads the index of an archive that the file installs from; mirrors are asked only if they may be. */
  readPackages(analysis: Analysis, archive: Archive): Promise<PackageReading>;
  /**
   * Asks registries about images; `Place` has the answers from then on.
   * @returns why something is missing, sentences without a full stop; undefined if the user cancelled it
   */
  lookUpImages(analysis: Analysis, images: readonly string[]): Promise<readonly string[] | undefined>;
  pathOf(uri: string): string | undefined;
  /** The innermost workspace folder a path lies in. */
  folderOf(path: string): string | undefined;
}

/** `message`: one sentence without a full stop. */
export type PackageReading =
  | { readonly kind: 'read'; readonly names: number; readonly note?: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface ChangedFile {
  readonly path: string;
  /** Text on disk; undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What a chosen action does; no edits if nothing is left to do. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly files?: readonly ChangedFile[];
  /** Warnings for the user, although the action succeeded. */
  readonly notes?: readonly string[];
  /** Sentences for the user without full stop: what came out. */
  readonly news?: readonly string[];
  /** The same where nothing was left to do: only for a user who asked for just this. */
  readonly nothing?: string;
}

/** One sentence for the user: why there is no change, and what to do. */
export interface Refusal {
  readonly refused: string;
}

/** Undefined: the user cancelled it, so there is nothing to say. */
export type Made = Change | Refusal | undefined;

export const stale: Refusal = { refused: 'The file changed in the meantime. Choose the action again.' };

interface Definition<D> {
  /** Tells its data apart from the data of other kinds. */
  readonly name: string;
  readonly lsp: CodeActionKind;
  /** If this is missing, the kind offers nothing and makes nothing. */
  readonly needs: Need | undefined;
  /** Offered only if the client asks for this kind by name. */
  readonly onlyWhenAsked?: boolean;
  readonly data: Shape<D>;
  offer(place: Place): Iterable<Offered<D>>;
  /** Made from the text as it is when the action is chosen. */
  make(data: D, analysis: Analysis, world: World): Made | Promise<Made>;
}

/** A kind as the handlers see it: `make` checks the data that comes back. */
export interface ActionKind extends Omit<Definition<object>, 'data' | 'make'> {
  /** @param data as the client sent it */
  make(data: unknown, analysis: Analysis, world: World): Made | Promise<Made>;
}

/** For data of another version of Drydock, or made-up data. */
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

/** A kind that runs a command of the client and changes nothing. */
export interface CommandKind {
  readonly name: string;
  readonly lsp: CodeActionKind;
  readonly needs: Need | undefined;
  readonly command: string;
  offer(place: Place): Iterable<{
    readonly title: string;
    readonly arguments: readonly unknown[];
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
