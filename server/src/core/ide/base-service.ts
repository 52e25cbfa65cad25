// The parts of a general Dockerfile language service that features use: texts about keywords, signatures, and a
// formatter whose edits must be verified. It is passed in and may be slow to load, so it is called only when needed.
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
  /** Plain text. */
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
  /** Blanks at the end of lines go unless this is false. */
  readonly trimTrailingWhitespace?: boolean;
  readonly insertFinalNewline?: boolean;
  readonly trimFinalNewlines?: boolean;
  /** Whether to leave the lines of continued instructions unchanged. */
  readonly ignoreMultilineInstructions?: boolean;
}

export interface BaseService {
  /** Instruction keywords with their arguments. @param onbuild whether to give those that can follow ONBUILD */
  keywords(onbuild: boolean): Promise<readonly KeywordProposal[]>;
  /** Markdown about an instruction. @param key upper-cased keyword, or the key of a proposal */
  documentation(key: string): Promise<string | undefined>;
  /** @param text a single instruction, if necessary with an escape directive above it */
  signatures(text: string, offset: number): Promise<Signatures | undefined>;
  /** Edits for a whole text; none if it refuses. The caller must verify the edits of this and the next two methods. */
  format(text: string, settings: FormatSettings): Promise<readonly Edit[]>;
  /** Edits for the lines of a span. */
  formatRange(text: string, at: Span, settings: FormatSettings): Promise<readonly Edit[]>;
  /** Edits after typing the character before the offset. */
  formatOnType(
    text: string,
    offset: number,
    character: string,
    settings: FormatSettings,
  ): Promise<readonly Edit[]>;
}
