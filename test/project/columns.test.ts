// A column of a table that nobody reads is dead weight: every property that a table of ours declares is read somewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';

/** The folder whose interfaces describe rows of tables. */
const tables = /^server\/src\/core\/knowledge\//;

/** Columns without a reader in the product, and why they stay. One that gets a reader leaves this list. */
const waiting: Readonly<Record<string, string>> = {
  'images/base-image.ts nonRootTag': 'measured: which tag of the image does not run as root',
  'network/gone.ts evidence': 'where a limit of NodeSource was seen, for whoever renews the table',
  'packages/left-packages.ts evidence': 'where the names were seen to fail, for whoever renews the table',
  'packages/moved-archives.ts source': 'where the state was seen, for whoever renews the table',
  'syntax/instructions.ts keyword': 'names the row where the table is compared with the builder',
};

function program(): ts.Program {
  const options: ts.CompilerOptions = { noEmit: true, skipLibCheck: true };
  const roots = ['server', 'client'].flatMap((folder) => {
    const path = `${folder}/tsconfig.json`;
    const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: object };
    return ts.parseJsonConfigFileContent(config, ts.sys, folder).fileNames;
  });
  const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const base = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.').options;
  const { composite: _, rootDir: __, outDir: ___, ...rest } = base;
  const pure = ts.sys.readDirectory('server/src', ['.ts']);
  return ts.createProgram([...new Set([...roots, ...pure])], {
    ...rest,
    ...options,
    types: ['node', 'vscode'],
  });
}

test('every column of a table has a reader', () => {
  const compiled = program();
  const checker = compiled.getTypeChecker();
  const declared: ts.PropertySignature[] = [];
  const read = new Set<ts.Node>();
  const note = (symbol: ts.Symbol | undefined): void => {
    for (const declaration of symbol?.declarations ?? []) read.add(declaration);
  };
  for (const file of compiled.getSourceFiles()) {
    const path = file.fileName.replaceAll('\\', '/').replace(/^.*?(?=(?:server|client)\/src\/)/, '');
    if (!/^(?:server|client)\/src\//.test(path)) continue;
    const visit = (node: ts.Node): void => {
      if (tables.test(path) && ts.isPropertySignature(node)) declared.push(node);
      if (ts.isPropertyAccessExpression(node)) note(checker.getSymbolAtLocation(node.name));
      else if (ts.isObjectBindingPattern(node)) {
        const type = checker.getTypeAtLocation(node);
        for (const { propertyName, name } of node.elements) {
          const key = propertyName ?? name;
          if (ts.isIdentifier(key) || ts.isStringLiteral(key)) note(type.getProperty(key.text));
        }
      } else if (ts.isElementAccessExpression(node)) {
        const key = checker.getTypeAtLocation(node.argumentExpression);
        const type = checker.getTypeAtLocation(node.expression);
        for (const one of key.isUnion() ? key.types : [key])
          if (one.isStringLiteral()) note(type.getProperty(one.value));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  assert.ok(declared.length > 100, 'the tables were found');
  const unread = declared
    .filter((node) => !read.has(node))
    .map((node) => {
      const file = node.getSourceFile();
      return `${file.fileName.replace(/^.*\/knowledge\//, '')} ${node.name.getText(file)}`;
    });
  assert.deepEqual(unread.sort(), Object.keys(waiting).sort());
});
