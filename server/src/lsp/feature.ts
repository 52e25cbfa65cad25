// The type of a row in the feature table: everything about one editor feature. handlers/features.ts answers and
// announces the rows, and needs no change for a new one.
import type { ProtocolRequestType, ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRefusal } from '../core/ide/subject';
import type { Refusal, Subject } from '../core/ide/subject';
import type { Client } from './capabilities';
import type { Page } from './convert/page';
import type { ParameterName } from './shape';

/** The names of a feature in capabilities: `textDocument.hover` and `hoverProvider`. */
interface CapabilityKeys {
  readonly client: string | undefined;
  readonly server: string | undefined;
}

/** A request as the protocol library describes it: its name, its types and its capability keys. */
interface Request<P, R, O> {
  readonly type: ProtocolRequestType<P, R | null, unknown, void, O>;
  readonly capabilities: CapabilityKeys;
}

interface Row<P, R, A, F> {
  /** Other extensions may offer it too: it is on only if none of them is active, or if the user wants it. */
  readonly shared: boolean;
  /** It offers our patterns, which no other extension has: that part stays on beside others. */
  readonly hasPatterns?: true;
  /** Its server capability; `true` if left out. Undefined: another row announces it. */
  readonly options?: (client: Client) => object | true | undefined;
  /** It reads little of the file, so it also answers for large files. */
  readonly anySize?: true;
  /** The refusal for large files; without it, they get no answer. */
  readonly tooLarge?: string;
  /** The parameters that `ask` reads, besides the document. */
  readonly reads?: readonly ParameterName[];
  /** The question in spans and plain data. */
  readonly ask: (params: P, document: TextDocument) => A;
  /** Undefined: there is nothing to answer. */
  readonly run: (subject: Subject, asked: A) => F | Refusal | undefined | Promise<F | Refusal | undefined>;
  readonly tell: (found: F, page: Page) => R;
}

/** A row without its own types, so that all rows have one type. */
export interface Feature {
  readonly method: string;
  readonly type: Request<never, unknown, unknown>['type'];
  readonly capabilities: CapabilityKeys;
  readonly shared: boolean;
  readonly hasPatterns: boolean;
  readonly options: (client: Client) => object | true | undefined;
  readonly anySize: boolean;
  readonly tooLarge: string | undefined;
  /** All parameters that it needs. */
  readonly reads: readonly ParameterName[];
  /** @param params as the client sent them, with all that it needs @returns the answer in protocol types; undefined if there is none */
  readonly answer: (subject: Subject, params: unknown, page: Page) => Promise<unknown>;
}

export function feature<P, R, O, A, F>(request: Request<P, R, O>, row: Row<P, R, A, F>): Feature {
  const { type, capabilities } = request;
  const {
    shared,
    hasPatterns = false,
    options = () => true,
    anySize = false,
    tooLarge,
    reads = [],
    ask,
    run,
    tell,
  } = row;
  return {
    method: type.method,
    type: type as unknown as Feature['type'],
    capabilities,
    shared,
    hasPatterns,
    options,
    anySize,
    tooLarge,
    reads: ['textDocument', ...reads],
    answer: async (subject, params, page) => {
      const found = await run(subject, ask(params as P, page.document));
      return found === undefined || isRefusal(found) ? found : tell(found, page);
    },
  };
}

/** The server capabilities of the features. */
export function announce(features: readonly Feature[], client: Client): ServerCapabilities {
  const announced: Record<string, unknown> = {};
  for (const { capabilities, options } of features) {
    const said = options(client);
    if (capabilities.server !== undefined && said !== undefined) announced[capabilities.server] = said;
  }
  return announced;
}
