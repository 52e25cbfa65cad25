// What features take from a general service for Dockerfiles: texts on keywords, signatures, and an indenter that
// is not to be trusted. It is handed in, may be slow to load, and is therefore asked only when its answer counts.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

export interface KeywordProposal {
  readonly label: string;
  /** Snippet syntax. */
  readonly snippet: string;
  /** Key of its documentation for `documentation`. */
  readonly key: string;
}

export interface Signatures {
  readonly signatures: readonly Signature[];
  /** Index of the signature that fits best. */
  readonly active: number | undefined;
  /** Index of the parameter under the cursor. */
  readonly parameter: number | undefined;
}

export interface Signature {
  readonly label: string;
  /** Plain text, as below. */
  readonly documentation: string | undefined;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  /** Part of the signature's label. */
  readonly label: string;
  readonly documentation: string | undefined;
}

export interface FormatSettings {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  /** Leaves the lines of continued instructions alone. */
  readonly ignoreMultilineInstructions?: boolean;
}

export interface BaseService {
  /** Instruction keywords with their arguments. @param onbuild those that may follow ONBUILD */
  keywords(onbuild: boolean): Promise<readonly KeywordProposal[]>;
  /** Markdown on an instruction. @param key upper-cased keyword, or the key of a proposal */
  documentation(key: string): Promise<string | undefined>;
  /** @param text a single instruction, if need be with the escape directive above it */
  signatures(text: string, offset: number): Promise<Signatures | undefined>;
  /** Edits for a whole text; none when it refuses. To be verified by the caller, as are the next two. */
  format(text: string, settings: FormatSettings): Promise<readonly Edit[]>;
  /** Edits for the lines of a span. */
  formatRange(text: string, at: Span, settings: FormatSettings): Promise<readonly Edit[]>;
  /** Edits after the character in front of the offset was typed. */
  formatOnType(
    text: string,
    offset: number,
    character: string,
    settings: FormatSettings,
  ): Promise<readonly Edit[]>;
}
