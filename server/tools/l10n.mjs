// Collects the texts for translators, every `t('…')` in the client and in workflow/, in client/l10n/bundle.l10n.json.
// To add a language, add bundle.l10n.<language>.json beside it and package.nls.<language>.json. `--check` only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { globFiles } from './files.mjs';

const bundle = 'client/l10n/bundle.l10n.json';

/** @returns {string[]} texts in the client's sources, sorted, each once */
export function clientTexts() {
  const texts = new Set();
  const isSource = (name) => name.endsWith('.ts');
  for (const path of ['client/src', 'server/src/workflow'].flatMap((folder) => globFiles(folder, isSource))) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isCallExpression(node) && isTranslate(node.expression)) {
        const [text] = node.arguments;
        if (!text || !ts.isStringLiteralLike(text)) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          throw new Error(`${path}:${line + 1}: t() needs a plain string, so that it can be translated`);
        }
        texts.add(text.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...texts].sort();
}

function isTranslate(callee) {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    callee.expression.getText().endsWith('l10n')
  );
}

/** @returns {string} the whole text of the bundle */
export function bundleText() {
  return `${JSON.stringify(Object.fromEntries(clientTexts().map((text) => [text, text])), null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = bundleText();
  const read = () => {
    try {
      return readFileSync(bundle, 'utf8');
    } catch {
      // Not written yet.
      return '';
    }
  };
  if (read() !== text) {
    if (process.argv.includes('--check')) {
      console.error(`${bundle} is out of date. Run node server/tools/l10n.mjs`);
      process.exit(1);
    }
    mkdirSync('client/l10n', { recursive: true });
    writeFileSync(bundle, text);
  }
}
