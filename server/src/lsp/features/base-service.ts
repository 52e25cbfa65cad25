// The only file that knows `dockerfile-language-service`. What we take from it: its texts on keywords, its
// keyword completions, its signatures and its formatter. Never its completion of whole documents (behind
// `FROM name:` it would ask Docker Hub by itself, also for images of other registries), nor `validate`,
// semantic tokens, rename and code actions, each of which is wrong or slow in known ways.
//
// Guards: it is loaded on first use; it sees no more than one instruction, except the formatter, which is
// linear; every call is caught; texts above a size are refused; a call that once took too long is not made
// again for texts of that size; and an answer is kept for the text it was given for.
import type { DockerfileLanguageService as Service } from 'dockerfile-language-service';
import type {
  CompletionItem,
  FormattingOptions,
  Position,
  Range,
  SignatureHelp,
  TextEdit,
} from 'vscode-languageserver';

export interface FormatterSettings extends FormattingOptions {
  /** Leaves the lines of continued instructions alone. */
  readonly ignoreMultilineInstructions?: boolean;
}

/** A call that takes longer than this, in milliseconds, is not made again for texts as long. */
export const BUDGET = 500;
/** The longest text the library is shown, in UTF-16 units. */
const LARGEST_DOCUMENT = 1_000_000;
const LARGEST_INSTRUCTION = 20_000;
/** Answers are kept until there are this many, or their texts are this long together. */
const KEPT_ANSWERS = 64;
const KEPT_TEXT = 2_000_000;

/** What we use of the library's exports. */
interface Library {
  readonly DockerfileLanguageServiceFactory: { createLanguageService(): Service };
}

let loading: Promise<Service | undefined> | undefined;

/** @returns undefined when the library cannot be loaded; it is not tried again */
function load(): Promise<Service | undefined> {
  loading ??= createService().catch(() => undefined);
  return loading;
}

async function createService(): Promise<Service> {
  const library: Library | { readonly default: Library } = await import('dockerfile-language-service');
  // Bundled, the library is a CommonJS file whose exports Node gives as the default only.
  const { DockerfileLanguageServiceFactory: factory } =
    'DockerfileLanguageServiceFactory' in library ? library : library.default;
  const service = factory.createLanguageService();
  service.setCapabilities({
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  });
  return service;
}

/** Keeps the last answers by key, and per kind of call the shortest text that took too long. */
export class Guard {
  readonly #answers = new Map<string, unknown>();
  readonly #tooSlow = new Map<string, number>();
  readonly #now: () => number;
  readonly #budget: number;
  #kept = 0;

  /** @param now clock in milliseconds @param budget what a call may take of it */
  constructor(now: () => number = () => performance.now(), budget = BUDGET) {
    this.#now = now;
    this.#budget = budget;
  }

  /**
   * @param kind names the call @param text what it reads @param rest what else its answer depends on
   * @returns undefined when the call threw or is not made any more for a text of this length
   */
  run<T>(kind: string, text: string, rest: string, limit: number, call: () => T): T | undefined {
    if (text.length > Math.min(limit, (this.#tooSlow.get(kind) ?? Infinity) - 1)) return undefined;
    const key = `${kind}\0${rest}\0${text}`;
    if (this.#answers.has(key)) {
      const answer = this.#answers.get(key) as T;
      this.#answers.delete(key);
      this.#answers.set(key, answer);
      return answer;
    }
    const start = this.#now();
    let answer: T | undefined;
    try {
      answer = call();
    } catch {
      // The library has known exceptions (heredocs with comments, `\\` at the end of a line). Its answer is
      // only ever an addition to ours, so that none is the right one here.
      answer = undefined;
    }
    if (this.#now() - start > this.#budget) this.#tooSlow.set(kind, text.length);
    this.#answers.set(key, answer);
    this.#kept += key.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= KEPT_ANSWERS && this.#kept <= KEPT_TEXT) break;
      this.#answers.delete(oldest);
      this.#kept -= oldest.length;
    }
    return answer;
  }
}

const guard = new Guard();

export interface KeywordProposal {
  readonly label: string;
  /** Snippet syntax. */
  readonly snippet: string;
  /** Key of its documentation for `documentationOf`. */
  readonly key: string;
}

/**
 * The library's completions of instruction keywords.
 * @param onbuild those that may follow ONBUILD
 */
export async function keywordProposals(onbuild: boolean): Promise<readonly KeywordProposal[]> {
  const service = await load();
  if (!service) return [];
  // A document of our own, where nothing but a keyword can be completed: no tag, no stage, no file is in it.
  const text = onbuild ? 'FROM scratch\nONBUILD ' : 'FROM scratch\n';
  const position = { line: 1, character: onbuild ? 8 : 0 };
  const items = guard.run('completion', text, '', LARGEST_INSTRUCTION, () =>
    service.computeCompletionItems(text, position),
  );
  if (!Array.isArray(items)) return [];
  return (items as CompletionItem[]).flatMap((item) => {
    const snippet = item.textEdit?.newText;
    return snippet === undefined ? [] : [{ label: item.label, snippet, key: String(item.data) }];
  });
}

/**
 * The library's text on an instruction, as Markdown.
 * @param key upper-cased keyword, or one of the library's keys such as `HEALTHCHECK_NONE`
 */
export async function documentationOf(key: string): Promise<string | undefined> {
  const service = await load();
  if (!service) return undefined;
  const item = guard.run('resolve', key, '', LARGEST_INSTRUCTION, () =>
    service.resolveCompletionItem({ label: key, data: key }),
  );
  const documentation = item?.documentation;
  const text = typeof documentation === 'string' ? documentation : documentation?.value;
  if (!text) return undefined;
  const anchor = key.replace(/_.*$/, '').toLowerCase();
  return text
    .replace(/([^\n])```(?=\n\n\[)/, '$1\n```') // ONBUILD: the fence ends on the line of the code
    .replace(
      /\]\(https:\/\/docs\.docker\.com\/engine\/reference\/builder\/[^)]*\)/,
      `](https://docs.docker.com/reference/dockerfile/#${anchor})`,
    )
    .trimEnd();
}

/**
 * @param text a single instruction, if need be with the escape directive above it
 * @returns undefined when there is none
 */
export async function signatureHelp(text: string, position: Position): Promise<SignatureHelp | undefined> {
  const service = await load();
  const help = guard.run(
    'signature',
    text,
    `${position.line}:${position.character}`,
    LARGEST_INSTRUCTION,
    () => service?.computeSignatureHelp(text, position),
  );
  return help && help.signatures.length > 0 ? help : undefined;
}

/** The library's edits for a whole document; none when it refuses. To be verified by the caller. */
export async function formattingEdits(
  text: string,
  settings: FormatterSettings,
): Promise<readonly TextEdit[]> {
  const service = await load();
  return (
    guard.run('format', text, JSON.stringify(settings), LARGEST_DOCUMENT, () =>
      service?.format(text, settings),
    ) ?? []
  );
}

/** The library's edits for some lines of a document. To be verified by the caller. */
export async function rangeFormattingEdits(
  text: string,
  range: Range,
  settings: FormatterSettings,
): Promise<readonly TextEdit[]> {
  const service = await load();
  const rest = JSON.stringify([range, settings]);
  return (
    guard.run('formatRange', text, rest, LARGEST_DOCUMENT, () =>
      service?.formatRange(text, range, settings),
    ) ?? []
  );
}

/** The library's edits after `\` or a backtick was typed. To be verified by the caller. */
export async function onTypeFormattingEdits(
  text: string,
  position: Position,
  character: string,
  settings: FormatterSettings,
): Promise<readonly TextEdit[]> {
  const service = await load();
  const rest = JSON.stringify([position, character, settings]);
  return (
    guard.run('formatOnType', text, rest, LARGEST_DOCUMENT, () =>
      service?.formatOnType(text, position, character, settings),
    ) ?? []
  );
}
