// Finds placeholders of template languages (Jinja, ERB, Go, Mustache, autoconf, sed). A real Dockerfile may also hold
// `{{` in the arguments of a command or in a heredoc, so content alone counts only where the builder or a shell could not
// read it. In a file with the name of a template, any placeholder counts.
import { isKeyword } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Span } from '../../text/span';
import { isBrokenContinuation } from './broken-continuation';

const ofName =
  /\.(?:j2|jinja2?|erb|ejs|tmpl|gotmpl|tpl|template|in|m4|mustache|hbs|handlebars|liquid|twig|njk|mako|tt2?)(?:\.[^./]+)?$/i;

/** Whether a path is one of templates: by its ending, a folder named by a placeholder, or a folder of templates. */
function isTemplateName(path: string): boolean {
  return ofName.test(path) || path.includes('{{') || /\/templates\/[^/]+$/.test(path);
}

/** A placeholder in any text of a file that has the name of a template. */
const anywhere =
  /\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|<%[^%\n]*%>|@@?[A-Z]\w*@@?|%%[A-Z]\w*%%|__[A-Z]\w*__|^[ \t]*#[ \t]*(?:include|ifdef|endif)\b[^\n]*/m;

/** What begins a line that only a template has. */
const lineStart =
  /^(?:\{\{|\{%|\{#|<%|<\?php|\$\{\{|@@?[A-Z]\w*@|%%[A-Z]|__[A-Z]\w*__|%[ \t]*(?:if|for|end|endif|endfor|else|elif)\b|(?:m4_)?(?:include|define|ifdef|ifelse|undivert|changequote)\()/;

/** What a text has that any of the others fits. */
const signs =
  /\{\{|\{%|\{#|<%|<\?php|@[A-Z]|%[A-Z]|__[A-Z]|#[A-Z]|(?<!\$)\{[A-Za-z_]|^[ \t]*(?:%[ \t]*\w|(?:m4_)?(?:include|define|ifdef|ifelse|undivert|changequote)\()/m;

/** In the image of FROM, where braces, percent signs and the like have no other meaning. */
const inImage =
  /\{\{|\{%|<%|\$\{\{|@@?[A-Z]\w*@|%%?[A-Z]\w*%|__[A-Z]\w*__|#[A-Z]\w*#|(?<!\$)\{[A-Za-z_][\w.]*\}/;

/** In words that the builder reads and that name paths, users and ports. */
const inNames = /\{\{-?[ \t]*[\w.$]|\{%|<%|\$\{\{|(?<!\w)__[A-Z][A-Z\d_]*__/;

/** In what a shell reads, or in pairs: nothing else has blanks behind such braces outside quotes. */
const unquoted = /\{\{-?[ \t]+[\w.$]|\{%-?[ \t]|<%|\$\{\{|(?<![^\s=/:])%%[A-Z][A-Z0-9_]*%%/;

const named = new Set(['ADD', 'COPY', 'EXPOSE', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** The first placeholder that makes the file a template; undefined in a Dockerfile. @param path as of `fileKind` */
export function findPlaceholder(model: Model, path: string | undefined): Span | undefined {
  const { file } = model;
  if (path !== undefined && isTemplateName(path)) {
    const found = anywhere.exec(file.text);
    if (found) return trimmed(file.text, found.index, found.index + found[0].length);
  }
  // Most files hold none of the signs: one look is enough.
  if (!signs.test(file.text)) return undefined;
  for (const instruction of file.instructions) {
    const at = ofInstruction(model, instruction);
    if (at) return at;
  }
  return undefined;
}

function ofInstruction(model: Model, instruction: Instruction): Span | undefined {
  const { keyword, line, keywordSpan } = instruction;
  if (!isKeyword(keyword)) {
    if (!lineStart.test(line.text)) return undefined;
    const above = model.file.instructions[instruction.index - 1];
    // The rest of a command that was cut off: `--format {{.Name}}`.
    return above && isBrokenContinuation(model, above) ? undefined : placeholderAt(model, keywordSpan.start);
  }
  const { keyword: inner, argumentsLogical, json } = instruction.trigger ?? instruction;
  // No program has such a name. Behind one, braces may be its own.
  const [program] = json ?? [];
  if (program && /^(?:\{\{|\{%|<%)/.test(program.value)) return placeholderAt(model, program.span.start + 1);
  const { start, end } = argumentsLogical;
  const text = line.text.slice(start, end);
  const found =
    inner === 'FROM'
      ? inImage.exec(text)
      : named.has(inner)
        ? inNames.exec(text)
        : (/^(?:\{\{|\{%|<%)/.exec(text) ?? unquoted.exec(withoutQuoted(text)));
  if (!found) return undefined;
  const at = start + found.index;
  return placeholderAt(model, toDocumentSpan(line, { start: at, end: at + 1 }).start);
}

/** The text with blanks in place of what stands in quotes, so that offsets stay. */
function withoutQuoted(text: string): string {
  return text.replace(/\\.|'[^']*'?|"(?:[^"\\]|\\.)*"?/gs, (quoted) => ' '.repeat(quoted.length));
}

/** A placeholder at the start of a text. */
const whole =
  /^(?:\$?\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|@@?\w+@@?|%%?\w+%%?|__[A-Z]\w*?__|#\w+#|\{[\w.]+\}|[^\s(]+)/;

/** From the start of a placeholder to its end on the same line. */
function placeholderAt({ file: { text }, document }: Model, start: number): Span {
  const { end } = document.line(document.lineAt(start));
  const [found = ''] = whole.exec(text.slice(start, end)) ?? [];
  return { start, end: start + found.length };
}

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  const before = piece.length - piece.trimStart().length;
  return { start: start + before, end: start + piece.trimEnd().length };
}
