// What the client and the server say to each other beyond the Language Server Protocol: messages as typed names. It depends
// on no library, so that other editors' plugins can use it as documentation.
import type { MissingVariant } from '../patterns/diet';
import type { BuildDescription, Range } from '../workflow/build-description';

// ── Names of messages ──────────────────────────────────────────────────────────────────────────────────

/** A message that wants an answer: its name, with the types of what is sent and answered. */
export interface Request<P, R> {
  readonly kind: 'request';
  readonly method: string;
  /** Never there: it carries the types. */
  readonly types?: (params: P) => R;
}

/** A message without an answer. */
export interface Notification<P> {
  readonly kind: 'notification';
  readonly method: string;
  /** Never there: it carries the type. */
  readonly types?: (params: P) => void;
}

/** Parameters of a message that needs none. */
export type NoParams = Readonly<Record<string, never>>;

function request<P, R>(method: string): Request<P, R> {
  return { kind: 'request', method };
}

function notification<P>(method: string): Notification<P> {
  return { kind: 'notification', method };
}

// ── Start ──────────────────────────────────────────────────────────────────────────────────────────────

/** `initializationOptions`. Every field is optional. */
export interface InitializationOptions {
  /**
   * Whether the user trusts the workspace. False: no network, no process, no file read beyond the documents and
   * the configuration that belongs to them. Absent means trusted, because some editors know no trust.
   */
  readonly workspaceTrusted?: boolean;
  /**
   * Ids of the active extensions that give Dockerfiles basic language features (completion, hover, …), sorted.
   * Read through `languageFeaturesOn`. Absent means none.
   */
  readonly coexistence?: readonly string[];
  /**
   * Where a diagnostic's code leads (`codeDescription.href`): a URI with `{rule}` for the rule's id.
   * Absent: the server links to its own page on disk.
   */
  readonly ruleLink?: string;
}

/** The user now trusts the workspace. Trust is never taken back. */
const trustGranted = notification<NoParams>('drydock/trustGranted');

/** Extensions were installed, removed, enabled or disabled. */
const coexistenceChanged = notification<CoexistenceParams>('drydock/coexistenceChanged');

export interface CoexistenceParams {
  /** As in `InitializationOptions.coexistence`. */
  readonly coexistence: readonly string[];
}

// ── Requests of the client ─────────────────────────────────────────────────────────────────────────────

export interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/**
 * What Build and Scan need to know of a file; null when the document is not open. Computed from the text alone, also
 * for a file with mistakes.
 */
const buildDescription = request<DocumentParams, BuildDescription | null>('drydock/buildDescription');

/**
 * Asks the registries for the digest of every image in the file that can be pinned and has none. Cancellable. The client
 * applies the edit; the server changes nothing. Null when the document is not open.
 */
const pinAll = request<DocumentParams, DigestsResult | null>('drydock/pinAll');

/** The same for the digests that the file has: each is replaced if the contents behind its tag have changed. */
const updateDigests = request<DocumentParams, DigestsResult | null>('drydock/updateDigests');

export interface DigestsResult {
  /** Version of the document the edits are for; a client whose document has moved on discards them. */
  readonly version: number;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  /** What was done, of how many: "Pinned 2 of 3 images"; a sentence without full stop. */
  readonly summary: string;
  /** What the registries say about digests that the file had, in file order. */
  readonly news: readonly LineMessage[];
  /** One sentence each that says what happened and what to do, in file order. */
  readonly failures: readonly LineMessage[];
  /** Why no registry was asked (untrusted workspace, registry access off); one sentence. */
  readonly refused?: string;
}

export interface LineMessage {
  /** Zero-based. */
  readonly line: number;
  /** One sentence without full stop. */
  readonly message: string;
}

/**
 * Every fix of a file that may be applied in bulk. The client applies the edits; the server changes nothing. Null when
 * the document is not open.
 */
const fixAll = request<FixAllParams, FixAllResult | null>('drydock/fixAll');

export interface FixAllParams extends DocumentParams {
  /** `suggested` takes the safe fixes as well. */
  readonly safety: 'safe' | 'suggested';
}

export interface FixAllResult {
  /** Version of the document the edits are for; a client whose document has moved on discards them. */
  readonly version: number;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  /** Number of fixes in the edits. */
  readonly fixed: number;
  /** Number of errors, warnings and infos that remain. */
  readonly left: number;
}

/**
 * Why a build of the document failed, from what the builder printed. Changes nothing, starts nothing, asks no registry.
 * Null when the document is not open, and when the log holds nothing but blanks.
 */
const explainFailure = request<ExplainFailureParams, ExplainedFailure | null>('drydock/explainFailure');

export interface ExplainFailureParams extends DocumentParams {
  /** The output of any builder, also as a CI system shows it. Its end is what counts. */
  readonly log: string;
}

export interface ExplainedFailure {
  /** Of the document; the edits are for it. */
  readonly version: number;
  /** Zero-based line of the instruction, or of the command in it that failed; absent if none is known. */
  readonly line?: number;
  /** Index into the instructions of `BuildDescription`; absent if none is known. */
  readonly instruction?: number;
  /** Names the cause, as in `drydock why --format json`; `unknown` if the log does not say. */
  readonly cause: string;
  /** The cause and what helps, without the last full stop. */
  readonly message: string;
  /** Best first; empty if no edit of the file helps, or none is certain enough. */
  readonly edits: readonly ExplainedEdit[];
}

export interface ExplainedEdit {
  /** Imperative. */
  readonly title: string;
  /** Apply all together. */
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/**
 * The sections of the project's configuration file that commands read for themselves, as they stand there. Null when the
 * document is not on a disk of the server.
 */
const projectSections = request<DocumentParams, ProjectSections | null>('drydock/projectSections');

export interface ProjectSections {
  /** Absolute path of the file; absent if there is none. */
  readonly path?: string;
  /** Why it cannot be read, without a full stop. */
  readonly problem?: string;
  readonly scan?: unknown;
  readonly cycle?: unknown;
}

/** The change that makes the project ignore a vulnerability. Nothing is written; null when the document is not open. */
const ignoreVulnerability = request<IgnoreVulnerabilityParams, IgnoreChange | null>(
  'drydock/ignoreVulnerability',
);

export interface IgnoreVulnerabilityParams extends DocumentParams {
  readonly id: string;
  /** Why it does no harm. */
  readonly reason: string;
  /** The last day on which that holds: `2027-01-31`. Empty: for good. */
  readonly until: string;
  /** Only in this package. Empty: in every one. */
  readonly package: string;
}

export interface IgnoreChange {
  /** Absolute path of the configuration file. */
  readonly path: string;
  /** The text that the file must have for the change to fit; absent for a new file. */
  readonly before?: string;
  readonly after: string;
  /** Why there is no change; a sentence. */
  readonly problem?: string;
}

/** The page of a rule; null if there is no such rule. */
const explainRule = request<RuleParams, RulePage | null>('drydock/explainRule');

export interface RuleParams {
  readonly rule: string;
}

export interface RulePage {
  /** `file:` URI of the rule's Markdown page. */
  readonly uri: string;
}

/**
 * What the builds of Dockerfiles run again if a file changes. Only Dockerfiles whose build context holds the file. Null when
 * the file is not on a disk of the server.
 */
const rebuilds = request<RebuildsParams, readonly Rebuilds[] | null>('drydock/rebuilds');

export interface RebuildsParams {
  /** URI of a file or a folder; it need not exist. */
  readonly file: string;
  /** URIs of the Dockerfiles to look at. Without this those beside the file and in the folders above it, up to the workspace's. */
  readonly dockerfiles?: readonly string[];
}

export interface Rebuilds {
  /** URI. */
  readonly dockerfile: string;
  /** How many steps the build has: RUN, COPY, ADD and WORKDIR. */
  readonly total: number;
  /** Those that run again or may, in file order. */
  readonly steps: readonly RebuiltStep[];
  /** What else is worth knowing; sentences without full stop. */
  readonly notes: readonly string[];
}

export interface RebuiltStep {
  /** Zero-based. */
  readonly line: number;
  /** The instruction on one line, cut where it is long. */
  readonly instruction: string;
  /** The name of its stage, or its number. */
  readonly stage: string;
  /** `maybe`: that depends on what an earlier step gives, or on a value that only the build knows. */
  readonly runs: 'yes' | 'maybe';
  /** A clause: `follows line 4`. */
  readonly why: string;
}

/**
 * The same for what the instruction on a line of an open Dockerfile takes from the build context. Null when the document is
 * not open or the instruction takes nothing.
 */
const rebuildsOfLine = request<LineParams, Rebuilds | null>('drydock/rebuildsOfLine');

export interface LineParams extends DocumentParams {
  /** Zero-based. */
  readonly line: number;
}

/** The patterns, with those that suit the project of a folder. Null when the folder is not on a disk of the server. */
const patternChoices = request<FolderParams, PatternChoices | null>('drydock/patternChoices');

export interface FolderParams {
  /** URI of a folder. */
  readonly folder: string;
}

export interface PatternChoices {
  readonly patterns: readonly PatternChoice[];
  /** Ids of those that suit, best first. */
  readonly suited: readonly string[];
  /** Ids of the ways to build the project, the most fitting first. */
  readonly builders: readonly string[];
  /** What is wrong with patterns of the user's own, and what the project lacks for any; sentences without full stop. */
  readonly problems: readonly string[];
}

export interface PatternChoice {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly as: 'dockerfile' | 'part' | 'files';
  /** The heading that it stands under. */
  readonly group: string;
  /** When to take it, when not, what it costs. */
  readonly advice: readonly string[];
}

/** What a pattern would write into a folder. Changes nothing. Null as for `patternChoices`, and for an unknown pattern. */
const draftFiles = request<DraftParams, DraftedFiles | null>('drydock/draftFiles');

export interface DraftParams extends FolderParams {
  readonly pattern: string;
  /** Answers of the user, by the name of the parameter. */
  readonly values: Readonly<Record<string, string>>;
}

export interface DraftedFiles {
  readonly values: readonly DraftedValue[];
  /** Questions that only a person can answer. */
  readonly open: readonly DraftQuestion[];
  /** Empty while a question is open. */
  readonly files: readonly DraftedFile[];
  /** What a person has to do before the first build. Whole sentences. */
  readonly first: readonly string[];
  /** Registries that could list newer versions and were not asked yet; empty where nothing could come of it. */
  readonly registries: readonly string[];
}

/**
 * Asks registries for the newest versions that a pattern could use; later drafts and completions have them. Null as for
 * `draftFiles`, and when the user cancelled it.
 */
const newestVersions = request<NewestVersionsParams, NewestVersions | null>('drydock/newestVersions');

export interface NewestVersionsParams extends FolderParams {
  readonly pattern: string;
}

export interface NewestVersions {
  /** Why something could not be looked up; sentences without a full stop. */
  readonly problems: readonly string[];
}

export interface DraftedValue {
  readonly name: string;
  /** A noun for people: `Go version`. */
  readonly ask: string;
  readonly value: string;
  /** Where it comes from, in words: `from go.mod`. */
  readonly source: string;
  readonly proposals: readonly string[];
}

export interface DraftQuestion {
  readonly name: string;
  readonly ask: string;
  /** One or more sentences without the last full stop. */
  readonly reason: string;
  readonly candidates: readonly string[];
}

export interface DraftedFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  /** `fill`: the file is there and blank. */
  readonly state: 'create' | 'fill' | 'same' | 'differs';
}

/**
 * The images that the three-image diet of a folder's project compares, and the Dockerfiles to build them of. Changes nothing.
 * Null as for `patternChoices`.
 */
const dietPlan = request<DietParams, DietPlan | null>('drydock/dietPlan');

export interface DietParams extends FolderParams {
  /** Answers of the user, by the name of the parameter. */
  readonly values: Readonly<Record<string, string>>;
}

export interface DietPlan {
  /** From fat to lean; empty while a question is open, and where nothing says what the project is. */
  readonly variants: readonly DietImage[];
  /** The usual ones that such a project has not, as in the table of `drydock diet`. */
  readonly missing: readonly MissingVariant[];
  /** What the project is written in: `Node.js`; absent if nothing says so. */
  readonly language?: string;
  /** Questions that only a person can answer. */
  readonly open: readonly DraftQuestion[];
}

export interface DietImage {
  /** `naive`, `slim`, `distroless`, `scratch`, or the ending of a file of the project. */
  readonly name: string;
  /** Absolute path of the project's own Dockerfile for it; absent if a pattern makes it. */
  readonly path?: string;
  /** The Dockerfile. */
  readonly text: string;
  readonly description: BuildDescription;
}

// ── Messages of the server ─────────────────────────────────────────────────────────────────────────────

/** Sent whenever something in it changes; drives the language status item. */
const status = notification<StatusParams>('drydock/status');

export interface StatusParams {
  /** Whether completion, hover and the like are offered (see `languageFeaturesOn`). */
  readonly languageFeatures: boolean;
  readonly ruleCount: number;
  /** Sentences about what went wrong inside the server or in a configuration file; empty when all is well. */
  readonly problems: readonly string[];
}

// ── Who answers what ───────────────────────────────────────────────────────────────────────────────────

/** Our messages that a server must answer. */
export const toServer = {
  trustGranted,
  coexistenceChanged,
  buildDescription,
  pinAll,
  updateDigests,
  fixAll,
  rebuilds,
  rebuildsOfLine,
  explainFailure,
  projectSections,
  ignoreVulnerability,
  explainRule,
  patternChoices,
  draftFiles,
  dietPlan,
  newestVersions,
} as const;

/** Our messages that a client may take. */
export const toClient = { status } as const;
