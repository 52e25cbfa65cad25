// The only file that uses `dockerfile-language-service`. We take its texts on keywords, keyword completions, signatures
// and formatter. Never its completion of whole documents (after `FROM name:` it asks Docker Hub on its own, even for
// images of other registries), nor `validate`, semantic tokens, rename and code actions: each is wrong or slow in known
// ways.
//
// Guards: we load it on first use, show it one instruction at most (except for the formatter, which is linear), catch
// every call, refuse texts above a size, never repeat a call that took too long for a text of that size, and keep each
// answer for its text.
import type { FormatterSettings, DockerfileLanguageService as Service } from 'dockerfile-language-service';
import type { CompletionItem, SignatureHelp, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  BaseService,
  FormatSettings,
  KeywordProposal,
  Signature,
  Signatures,
} from '../core/ide/base-service';
import type { Edit } from '../core/text/edit';
import { fromTextEdits, toRange } from './convert';

/** In milliseconds. A call that takes longer is not repeated for texts as long or longer. */
export const sizeBudget = 500;
/** The longest text the library is shown, in UTF-16 units. */
const largestDocument = 1_000_000;
const largestInstruction = 20_000;
/** Limits of the cache: answers, and characters of all their texts together. */
const keptAnswers = 64;
const keptText = 2_000_000;

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
  // In the bundle the library is a CommonJS file, so Node exports it as the default.
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
  constructor(now: () => number = () => performance.now(), budget = sizeBudget) {
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
      // The library throws in known cases (heredocs with comments, `\\` at the end of a line). Its answer only adds
      // to ours, so we go on without it.
      answer = undefined;
    }
    if (this.#now() - start > this.#budget) this.#tooSlow.set(kind, text.length);
    this.#answers.set(key, answer);
    this.#kept += key.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= keptAnswers && this.#kept <= keptText) break;
      this.#answers.delete(oldest);
      this.#kept -= oldest.length;
    }
    return answer;
  }
}

const guard = new Guard();

/** The library behind its guards. */
export const baseService: BaseService = {
  keywords: keywordProposals,
  documentation: documentationOf,
  signatures: signatureHelp,
  format: (text, settings) =>
    formattingEdits('format', text, settings, (service) => service.format(text, formatter(settings))),
  formatRange: (text, at, settings) => {
    const range = toRange(documentOf(text), at);
    return formattingEdits('formatRange', text, [range, settings], (service) =>
      service.formatRange(text, range, formatter(settings)),
    );
  },
  formatOnType: (text, offset, character, settings) => {
    const { start } = toRange(documentOf(text), { start: offset, end: offset });
    return formattingEdits('formatOnType', text, [start, character, settings], (service) =>
      service.formatOnType(text, start, character, formatter(settings)),
    );
  },
};

function formatter({
  tabSize,
  insertSpaces,
  ignoreMultilineInstructions,
}: FormatSettings): FormatterSettings {
  return {
    tabSize,
    insertSpaces,
    ...(ignoreMultilineInstructions !== undefined && { ignoreMultilineInstructions }),
  };
}

function documentOf(text: string): TextDocument {
  return TextDocument.create('', '', 0, text);
}

/**
 * The library's completions of instruction keywords.
 * @param onbuild those that may follow ONBUILD
 */
async function keywordProposals(onbuild: boolean): Promise<readonly KeywordProposal[]> {
  const service = await load();
  if (!service) return [];
  // A document of our own, in which only keywords can be completed: it has no tag, stage or file.
  const text = onbuild ? 'FROM scratch\nONBUILD ' : 'FROM scratch\n';
  const position = { line: 1, character: onbuild ? 8 : 0 };
  const items = guard.run('completion', text, '', largestInstruction, () =>
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
async function documentationOf(key: string): Promise<string | undefined> {
  const service = await load();
  if (!service) return undefined;
  const item = guard.run('resolve', key, '', largestInstruction, () =>
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

async function signatureHelp(text: string, offset: number): Promise<Signatures | undefined> {
  const service = await load();
  const { start } = toRange(documentOf(text), { start: offset, end: offset });
  const rest = `${start.line}:${start.character}`;
  const help = guard.run('signature', text, rest, largestInstruction, () =>
    service?.computeSignatureHelp(text, start),
  );
  if (!help || help.signatures.length === 0) return undefined;
  const { signatures, activeSignature, activeParameter } = help;
  return {
    signatures: signatures.map(plainSignature),
    active: activeSignature ?? undefined,
    parameter: activeParameter ?? undefined,
  };
}

function plainSignature({
  label,
  documentation,
  parameters = [],
}: SignatureHelp['signatures'][number]): Signature {
  const plain = (text: typeof documentation): string | undefined =>
    typeof text === 'object' ? text.value : text;
  return {
    label,
    documentation: plain(documentation),
    parameters: parameters.map((one) => ({
      label: typeof one.label === 'string' ? one.label : label.slice(...one.label),
      documentation: plain(one.documentation),
    })),
  };
}

/** @param rest what the answer depends on besides the text */
async function formattingEdits(
  kind: string,
  text: string,
  rest: unknown,
  call: (service: Service) => TextEdit[],
): Promise<readonly Edit[]> {
  const service = await load();
  const edits = guard.run(kind, text, JSON.stringify(rest), largestDocument, () => service && call(service));
  return edits ? fromTextEdits(documentOf(text), edits) : [];
}
