// What is shown beside the pointer or the cursor.
import type { Hover, SignatureHelp } from 'vscode-languageserver/node';
import type { Signatures } from '../../core/ide/base-service';
import type { Hover as Found } from '../../core/ide/markup';
import { toMarkup } from './completion';
import { toRange } from './index';
import type { Page } from './page';

export function toHover({ span, text }: Found, { document, client }: Page): Hover {
  return { contents: toMarkup(text, client), range: toRange(document, span) };
}

export function toSignatureHelp({ signatures, active, parameter }: Signatures): SignatureHelp {
  return {
    signatures: signatures.map(({ label, documentation, parameters }) => ({
      label,
      ...(documentation !== undefined && { documentation }),
      parameters: parameters.map((one) => ({
        label: one.label,
        ...(one.documentation !== undefined && { documentation: one.documentation }),
      })),
    })),
    ...(active !== undefined && { activeSignature: active }),
    ...(parameter !== undefined && { activeParameter: parameter }),
  };
}
