// Answers and announces the rows of the feature table. Turns rows that other extensions may offer on and off with the
// setting.
import { BulkRegistration, ErrorCodes, LSPErrorCodes, ResponseError } from '../library';
import type { BulkUnregistration, Connection, ServerCapabilities } from 'vscode-languageserver/node';
import type { ContextFacts } from '../../core/analysis/context/context-sources';
import type { ShownFinding, Subject } from '../../core/ide/subject';
import { isRefusal } from '../../core/ide/subject';
import type { TagLists } from '../../core/knowledge/images/registry-facts';
import { rules } from '../../linter';
import type { PatternSnippet } from '../../patterns/snippet';
import { languageFeaturesOn } from '../../protocol/coexistence';
import { dockerfileLanguage } from '../../protocol/names';
import { baseService } from '../base-service';
import type { Client } from '../capabilities';
import type { Context } from '../context';
import { announce } from '../feature';
import type { Feature } from '../feature';
import { features } from '../features';
import type { RuleReasons } from '../rule-reasons';
import type { Analysis } from '../session';
import { hasParameters } from '../shape';

/** Above these sizes only rows for any size answer, because the others read the whole file. */
const largestText = 2_000_000;
const mostLines = 30_000;

/** In milliseconds. Slower answers are logged. */
const slow = 500;

/**
 * Answers every feature's request; registration decides which of them a client sends.
 * @param onlyPatterns whether another extension completes everything else
 */
export function answerFeatures(
  connection: Connection,
  context: () => Context,
  onlyPatterns: () => boolean,
): void {
  for (const feature of features)
    connection.onRequest(feature.method, (params: unknown) =>
      answerFeature(feature, params, { ...context(), onlyPatterns: onlyPatterns() }),
    );
}

/** What an answer needs to know. */
export interface AnswerContext {
  readonly client: Client;
  readonly session: Pick<Context['session'], 'analysis'>;
  readonly calls: Pick<Context['calls'], 'log' | 'logOnce'>;
  readonly reasons: Pick<RuleReasons, 'of'>;
  readonly answerer?: Pick<Context['answerer'], 'tagLists'>;
  readonly onlyPatterns?: boolean;
  readonly hasClientCommands?: boolean;
}

/** Never throws. @returns null if the file is not open or there is no answer */
export async function answerFeature(
  feature: Feature,
  params: unknown,
  context: AnswerContext,
): Promise<unknown> {
  const {
    client,
    session,
    calls,
    reasons,
    answerer,
    onlyPatterns = false,
    hasClientCommands = false,
  } = context;
  if (!hasParameters(params, feature.reads)) return invalid(feature.method);
  const analysis = await session.analysis((params as { textDocument: { uri: string } }).textDocument.uri);
  if (!analysis) return null;
  const { document, text } = analysis;
  if (!feature.anySize && (text.length > largestText || document.lineCount > mostLines))
    return feature.tooLarge === undefined ? null : refuse(feature.tooLarge);
  const start = performance.now();
  let answer: unknown;
  try {
    const patterns = feature.hasPatterns ? await knownSnippets(answerer?.tagLists ?? noLists) : [];
    const subject = subjectOf(analysis, reasons, patterns, onlyPatterns);
    answer = await feature.answer(subject, params, { document, client, hasClientCommands });
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    calls.logOnce(`${feature.method} failed, which is a bug in Drydock: ${cause}`);
    return null;
  }
  const taken = performance.now() - start;
  if (taken > slow) calls.log(`${feature.method} took ${Math.round(taken)} ms for ${text.length} characters`);
  return isRefusal(answer) ? refuse(answer.refused) : (answer ?? null);
}

/** The client shows the sentence where the user asked. */
function refuse(sentence: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}

/** What a client hears that sends wrong parameters. */
export function invalid(method: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, `The parameters of ${method} are not valid.`);
}

const noLists: TagLists = new Map();

let snippets: { readonly lists: TagLists; readonly all: readonly PatternSnippet[] } | undefined;

/**
 * Read when the first completion asks: their texts are longer than all else that a start needs.
 * @param lists the tags that registries are known to have; typing asks nobody
 */
async function knownSnippets(lists: TagLists): Promise<readonly PatternSnippet[]> {
  if (snippets?.lists !== lists) {
    const { patterns, snippetsOf, withCurrentVersions } = await import('../../patterns/library');
    snippets = { lists, all: snippetsOf(patterns.map((one) => withCurrentVersions(one, lists))) };
  }
  return snippets.all;
}

const ruleInfos = rules.map(({ id, summary, alsoKnownAs }) => ({ id, summary, alsoKnownAs }));

function subjectOf(
  { result: { model, findings }, surroundings, settings }: Analysis,
  reasons: Pick<RuleReasons, 'of'>,
  patterns: readonly PatternSnippet[],
  onlyPatterns: boolean,
): Subject {
  return {
    model,
    rules: ruleInfos,
    patterns,
    onlyPatterns,
    service: baseService,
    packages: surroundings.facts.packages,
    showsRebuilds: settings.rebuildLens,
    reasonOf: (ruleId) => reasons.of(ruleId),
    get findings(): readonly ShownFinding[] {
      return findings.map(({ rule, at, fix }) => ({ ruleId: rule.id, at, fix: fix?.title }));
    },
    // Looked up on the disk by the few features that ask.
    get context(): ContextFacts | undefined {
      return surroundings.facts.context;
    },
    renameOutside: (renamed) => surroundings.renameOutside(renamed),
    get contextFolder(): string | undefined {
      return surroundings.contextFolder;
    },
  };
}

const sharedFeatures = features.filter(({ shared }) => shared);

/** Shared features that the client knows. Others must not be registered. */
function knownTo({ registers }: Client): readonly Feature[] {
  return sharedFeatures.filter(({ capabilities: { client = '' } }) => registers.has(client));
}

/** Whether shared features can come and go while the server runs. Other clients learn of them once, at the start. */
export function isDynamic(client: Client): boolean {
  const known = knownTo(client);
  return (
    known.length > 0 && known.every((one) => client.registers.get(one.capabilities.client ?? '') === true)
  );
}

/** The capabilities at the start. @param coexistence ids of active extensions that offer the shared features */
export function announcedFeatures(client: Client, coexistence: readonly string[]): ServerCapabilities {
  const withShared = !isDynamic(client) && languageFeaturesOn('auto', coexistence);
  return announce(withShared ? features : features.filter(({ shared }) => !shared), client);
}

/** What is registered of the shared features. */
type Offered = 'all' | 'patterns' | 'none';

/** Registers and unregisters shared features, depending on the setting and on other extensions. */
export class LanguageFeatures {
  readonly #context: Context;
  #registered: Promise<BulkUnregistration> | undefined;
  #offered: Offered | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  get on(): boolean {
    return this.#offered === 'all';
  }

  /** Another extension offers the shared features, but none has our patterns. */
  get onlyPatterns(): boolean {
    return this.#offered === 'patterns';
  }

  /** @param coexistence ids of active extensions that offer the same */
  async update(coexistence: readonly string[]): Promise<void> {
    const { client, calls, connection, session } = this.#context;
    if (!isDynamic(client)) {
      // Announced at the start, by what was known then.
      this.#offered = languageFeaturesOn('auto', coexistence) ? 'all' : 'none';
      return;
    }
    const setting = (await session.globalSettings()).languageFeatures;
    const rest = setting === 'auto' ? 'patterns' : 'none';
    const wanted = languageFeaturesOn(setting, coexistence) ? 'all' : rest;
    if (wanted === this.#offered) return;
    this.#offered = wanted;
    const before = this.#registered;
    this.#registered = undefined;
    if (before) (await before).dispose();
    if (wanted === 'none') return;
    this.#registered = connection.client.register(registrations(client, wanted));
    this.#registered.catch((error: unknown) =>
      calls.log(`Language features could not be registered: ${String(error)}`),
    );
  }
}

function registrations(client: Client, offered: Exclude<Offered, 'none'>): BulkRegistration {
  const documentSelector = [{ language: dockerfileLanguage }];
  const bulk = BulkRegistration.create();
  for (const { type, options, hasPatterns } of knownTo(client)) {
    if (offered === 'patterns' && !hasPatterns) continue;
    // What is typed in an instruction completes no pattern.
    const said = offered === 'patterns' ? true : options(client);
    if (said !== undefined) bulk.add(type, { documentSelector, ...(said === true ? {} : said) });
  }
  return bulk;
}
