// The layers point one way, and what touches the world stays at the edges. The compiler projects keep Node.js
// and the DOM out of the core; this keeps the rest in its place.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { packageManagers } from '../../server/src/core/knowledge/packages/package-managers';
import * as buildSteps from '../../server/src/core/knowledge/programs/build-steps';
import { optionSyntax } from '../../server/src/core/knowledge/programs/command-options';
import * as programs from '../../server/src/core/knowledge/programs/programs';
import { wrappers } from '../../server/src/core/knowledge/programs/wrappers';

interface Import {
  /** Path of the importing file. */
  readonly file: string;
  /** A path of ours without extension, or the name of a package. */
  readonly target: string;
  /** The compiler drops it: nothing is loaded. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

interface Source {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly tree: ts.SourceFile;
}

function read(path: string): Source {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { text } = specifier;
    const target = text.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), text)) : text;
    imports.push({ file: path, target, typeOnly, dynamic });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, imports, tree };
}

const sources = ['server/src', 'client/src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(`${folder}/${path.replaceAll('\\', '/')}`)),
);
const imports = sources.flatMap((source) => source.imports);
const isOurs = (target: string): boolean => /^(server|client)\//.test(target);

/** Breaches as text, one a line, so that a failure shows all of them. */
function show(breaches: readonly Import[]): string[] {
  return breaches.map(({ file, target }) => `${file} imports ${target}`);
}

const room = (name: string): string => `server/src/core/${name}/`;
const [text, knowledge, packageIndex, syntax, shell, model, analysis, lint, fixes, families] = [
  room('text'),
  room('knowledge'),
  room('package-index'),
  room('syntax'),
  room('shell'),
  room('model'),
  room('analysis'),
  room('lint'),
  room('fixes'),
  room('families'),
] as const;
const core = [text, knowledge, packageIndex, syntax, shell, model, analysis, lint, fixes, families];
/** Editor features; only servers for editors, other programs and agents ask for them, so that no rule may. */
const ide = room('ide');
const service = 'server/src/service/';
const workflow = 'server/src/workflow/';
const [files, surroundings] = ['server/src/io/files/', 'server/src/io/surroundings/'];
const facade = ['server/src/linter', 'server/src/protocol/', 'server/src/settings', 'server/src/version'];
/** What rules may call besides questions, knowledge and what they share. */
const helpers = [
  ...['edits', 'exec-form-words', 'options', 'removal'].map((name) => shell + name),
  `${packageIndex}archive`,
  ...['groups', 'memo', 'nearest', 'paths', 'persistent-map'].map((name) => text + name),
];

/** What the files of a folder may import beside each other; the first entry that fits a file counts. */
const layers: readonly (readonly [files: string, allowed: readonly string[]])[] = [
  [text, []],
  [knowledge, [text]],
  [packageIndex, [text]],
  [syntax, [text, knowledge]],
  [shell, [text, knowledge, syntax]],
  [model, [text, knowledge, syntax, shell]],
  [analysis, [text, knowledge, packageIndex, syntax, shell, model]],
  [lint, [text, knowledge, packageIndex, syntax, shell, model, analysis]],
  [fixes, [text, knowledge, packageIndex, syntax, shell, model, analysis, lint]],
  [families, [text, knowledge, packageIndex, syntax, shell, model, analysis, lint, fixes]],
  ['server/src/rules/', [`${lint}rule`, analysis, fixes, families, knowledge, ...helpers]],
  ['server/src/patterns/', [text, `${knowledge}images/`]],
  // Completion knows the shape of a pattern; the server hands the patterns in.
  [ide, [text, knowledge, packageIndex, syntax, shell, model, analysis, 'server/src/patterns/snippet']],
  ['server/src/linter.ts', [lint, 'server/src/rules/index.generated']],
  // What a changed file does to a build is a question about the model alone.
  [
    'server/src/service/rebuilds.ts',
    [text, `${syntax}parse`, `${model}model`, `${analysis}context/`, `${analysis}rebuild/`],
  ],
  // What an ignore file should hold is asked of the model of the new Dockerfile.
  // Build, scan and the rest are told of a file in the words of the protocol.
  [
    service,
    [
      lint,
      text,
      knowledge,
      syntax,
      model,
      packageIndex,
      analysis,
      workflow,
      'server/src/linter',
      'server/src/version',
    ],
  ],
  // A mistyped path gets a guess, as a mistyped rule does.
  [files, [`${workflow}checked-arguments`, `${text}nearest`, 'server/src/io/processes/endings']],
  [
    surroundings,
    [
      text,
      syntax,
      `${model}copies`,
      `${analysis}context/`,
      lint,
      files,
      'server/src/patterns/',
      `${service}surroundings`,
      `${service}new-ignore-file`,
      'server/src/linter',
      'server/src/protocol/names',
    ],
  ],
  ['server/src/settings.ts', [lint, `${workflow}settings`]],
  [
    'server/src/io/registry/',
    [
      text,
      syntax,
      `${knowledge}images/registry-facts`,
      `${lint}option`,
      `${lint}questions`,
      'server/src/settings',
    ],
  ],
  // A mirror is asked as a registry is: with the same limits, proxies and authorities.
  [
    'server/src/io/packages/',
    [
      packageIndex,
      `${text}record`,
      'server/src/io/registry/http/',
      ...['errors', 'settings', 'read-settings', 'images/address'].map(
        (name) => `server/src/io/registry/${name}`,
      ),
    ],
  ],
  // What uses the network, loaded when it is first used.
  ['server/src/io/network.ts', ['server/src/io/registry/access', 'server/src/io/packages/package-access']],
  ['server/src/io/processes/', [workflow]],
  [
    'server/src/io/shellcheck/',
    [`${analysis}shellcheck/`, workflow, `${files}on-disk`, 'server/src/io/processes/'],
  ],
  ['server/src/io/git/', [`${workflow}checked-arguments`, 'server/src/io/processes/run-git']],
  [
    'server/src/io/images/',
    [workflow, ...['file-errors', 'on-disk', 'read-text', 'rewrite'].map((name) => files + name)],
  ],
  ['server/src/cli.ts', ['server/src/cli/', 'server/src/io/processes/threads']],
  [
    'server/src/cli/',
    [
      ...['nearest', 'diff', 'groups', 'document', 'listed', 'record'].map((name) => text + name),
      `${knowledge}images/base-proposals`,
      `${knowledge}images/registry-facts`,
      packageIndex,
      'server/src/settings',
      lint,
      'server/src/io/',
      'server/src/patterns/',
      workflow,
      service,
      'server/src/linter',
      'server/src/protocol/names',
      'server/src/version',
    ],
  ],
  [
    'server/src/lsp/',
    [
      ...core,
      ide,
      'server/src/io/',
      service,
      'server/src/patterns/',
      `${workflow}settings`,
      `${workflow}why/`,
      `${workflow}image/base-details`,
      `${workflow}build-description`,
      ...facade,
    ],
  ],
  ['server/src/main.ts', ['server/src/lsp/']],
  // Types alone.
  [
    'server/src/protocol/',
    ['server/src/settings', 'server/src/patterns/diet', `${workflow}build-description`],
  ],
  ['server/src/version.ts', []],
  // Reads the file as well as the log, so it runs in the server alone.
  [`${workflow}why/`, [...core, workflow]],
  // A linter of scripts answers in the words of the core.
  [
    'server/src/workflow/',
    [
      ...[`${text}listed`, `${text}nearest`, `${text}record`, `${lint}option`, `${analysis}shellcheck/`],
      // What the others find out, which it only prints.
      ...[`${knowledge}images/registry-facts`, 'server/src/patterns/diet'],
    ],
  ],
  // Whoever holds a machine may start programs: in the client trust alone hands one out.
  [
    'client/src/trust.ts',
    ['server/src/workflow/tool', 'server/src/io/processes/machine', 'server/src/io/processes/endings'],
  ],
  // Settings are read in one way on both sides.
  ['client/src/tool-settings.ts', ['server/src/protocol/', workflow, `${lint}option`]],
  // Reading an image starts nothing and asks no one.
  [
    'client/src/image/',
    ['server/src/protocol/', workflow, `${files}on-disk`, 'server/src/io/images/', 'client/src/'],
  ],
  // A cycle reads the image that it built, and the baseline of its size.
  [
    'client/src/release/cycle-runner.ts',
    ['server/src/protocol/', workflow, `${files}on-disk`, 'server/src/io/images/', 'client/src/'],
  ],
  ['client/src/', ['server/src/protocol/', 'server/src/workflow/', `${files}on-disk`]],
];

test('each folder imports only from folders below it', () => {
  const breaches: Import[] = [];
  for (const one of imports.filter(({ target }) => isOurs(target))) {
    const layer = layers.find(([files]) => one.file.startsWith(files));
    assert.ok(layer, `${one.file} lies in no layer`);
    const [files, allowed] = layer;
    const inside = files.endsWith('/') && one.target.startsWith(files);
    // A type describes what a function is given or returns: rules name those of the core below them.
    const isType =
      one.typeOnly && files === 'server/src/rules/' && core.some((room) => one.target.startsWith(room));
    if (
      !inside &&
      !isType &&
      !allowed.some((start) => (start.endsWith('/') ? one.target.startsWith(start) : one.target === start))
    )
      breaches.push(one);
  }
  assert.deepEqual(show(breaches), []);
});

test('the service alone lints and fixes: the server and the command line ask it', () => {
  const breaches = sources
    .filter(({ path }) => /^server\/src\/(lsp|cli|io)\b/.test(path))
    .flatMap(({ path, tree }) =>
      tree.statements
        .filter(ts.isImportDeclaration)
        .filter(({ moduleSpecifier }) => /\/(linter|lint\/(run|fix))'$/.test(moduleSpecifier.getText(tree)))
        .flatMap(
          ({ importClause }) => importClause?.namedBindings?.getText(tree).match(/\b(lint|fixAll)\b/g) ?? [],
        )
        .map((name) => `${path} imports ${name}`),
    );
  assert.deepEqual(breaches, []);
});

test('what every rule needs is at most fifteen names', () => {
  const names = sources
    .find(({ path }) => path === `${lint}rule.ts`)
    ?.tree.statements.flatMap((statement) => {
      if (
        ts.isExportDeclaration(statement) &&
        statement.exportClause &&
        ts.isNamedExports(statement.exportClause)
      )
        return statement.exportClause.elements.map(({ name }) => name.text);
      const exported =
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      return exported ? [statement.getText().slice(0, 40)] : [];
    });
  assert.ok(names && names.length > 5 && names.length <= 15, names?.join(', '));
});

test('no rule imports another rule, only its own second page', () => {
  const rules = 'server/src/rules/';
  assert.deepEqual(
    show(
      imports.filter(
        ({ file, target }) =>
          file.startsWith(rules) &&
          !file.endsWith('.generated.ts') &&
          target.startsWith(rules) &&
          target !== file.replace(/\.ts$/, '.parts'),
      ),
    ),
    [],
  );
});

test('a second page of a rule stands beside its rule', () => {
  const paths = new Set(sources.map(({ path }) => path));
  const alone = [...paths].filter(
    (path) => path.endsWith('.parts.ts') && !paths.has(path.replace('.parts.ts', '.ts')),
  );
  assert.deepEqual(alone, []);
});

test('what rules share serves more than one: what one alone needs is its second page', () => {
  const shared = sources
    .map(({ path }) => path)
    .filter((path) => [fixes, families].some((one) => path.startsWith(one)));
  const alone = shared.filter((path) => {
    const users = imports
      .filter(({ target }) => target === path.replace(/\.ts$/, ''))
      .map(({ file }) => file);
    return new Set(users.map((user) => user.replace('.parts.ts', '.ts'))).size < 2;
  });
  assert.deepEqual(alone, []);
});

test('no modules need each other, not even for types', () => {
  const graph = new Map(
    sources.map(({ path, imports: own }) => [
      path.replace(/\.ts$/, ''),
      own.filter(({ target, dynamic }) => isOurs(target) && !dynamic).map(({ target }) => target),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    else if (!done.has(path)) {
      for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of graph.keys()) walk(path, []);
  assert.deepEqual(cycles, []);
});

/** Where each package may be imported from; anything else is not ours to import. */
const packages: readonly (readonly [name: RegExp, files: RegExp])[] = [
  [/^unbash$/, /^server\/src\/core\/shell\/unbash-adapter\.ts$/],
  [/^dockerfile-language-service$/, /^server\/src\/lsp\/base-service\.ts$/],
  [/^(undici|lru-cache|p-limit)$/, /^server\/src\/io\/registry\//],
  [/^tar-stream$/, /^server\/src\/io\/(images|packages)\//],
  [/^yaml$/, /^server\/src\/io\//],
  [/^smol-toml$/, /^server\/src\/patterns\/project\/toml\.ts$/],
  [/^vscode-languageserver(\/node|-textdocument|-types)?$/, /^server\/src\/(main\.ts|lsp\/)/],
  [/^(vscode|vscode-languageclient\/node)$/, /^client\/src\//],
  // Processes and the network have one place; the client has no other way to a process than the one of `io`.
  [/^node:(cluster|dgram|dns|http|http2|https|net|tls|worker_threads)$/, /^server\/src\/io\//],
  [/^node:child_process$/, /^server\/src\/io\/(processes|registry)\//],
  // Handlers and language features translate; files are read for them.
  [/^node:fs(\/promises)?$/, /^server\/src\/(io\/|cli|lsp\/[^/]+$)/],
  [/^node:v8$/, /^server\/src\/io\/processes\/v8-flags\.ts$/],
  [/^node:/, /^(server\/src\/(io\/|cli|lsp\/)|client\/src\/)/],
];

test('packages are imported where they have their place', () => {
  const foreign = imports.filter(({ target }) => !isOurs(target));
  const breaches = foreign.filter(({ file, target }) => {
    if (isBuiltin(target) && !target.startsWith('node:') && target !== 'vscode') return true;
    return !packages.find(([name]) => name.test(target))?.[1].test(file);
  });
  assert.deepEqual(show(breaches), []);
});

test('offsets become positions in one folder', () => {
  const breaches = sources
    .filter(({ path }) => path.startsWith('server/src/') && !path.startsWith('server/src/lsp/convert/'))
    .filter(({ tree }) => /\b(?:positionAt|offsetAt)\b/.test(tree.text))
    .map(({ path }) => path);
  assert.deepEqual(breaches, []);
});

test('libraries that are loaded on first use are imported on first use', () => {
  const lazy = ['dockerfile-language-service', 'server/src/io/network'];
  const eager = imports.filter(
    ({ file, target, typeOnly, dynamic }) =>
      lazy.includes(target) && !typeOnly && !dynamic && !file.startsWith('server/src/io/'),
  );
  assert.deepEqual(show(eager), []);
});

/** The compiler projects of the core know no Node.js and no DOM; this is what is left of the world in them. */
const worldly = new Set([
  'Date',
  'Intl',
  'console',
  'eval',
  'globalThis',
  'localeCompare',
  'toLocaleLowerCase',
  'toLocaleString',
  'toLocaleUpperCase',
]);

const pure =
  /^server\/src\/(core\/|patterns\/|rules\/|service\/|workflow\/|(linter|protocol|settings|version)\.ts$)/;

/** `new Date(seconds)` reads no clock. */
function isGivenTime({ parent }: ts.Identifier): boolean {
  return ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) > 0;
}

test('the core, the rules, the service and the workflow know no clock, no chance, no console and no locale', () => {
  const breaches: string[] = [];
  for (const { path, tree } of sources) {
    if (!pure.test(path)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && worldly.has(node.text) && !isGivenTime(node))
        breaches.push(`${path}: ${node.text}`);
      if (ts.isPropertyAccessExpression(node) && node.getText(tree) === 'Math.random')
        breaches.push(`${path}: Math.random`);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  assert.deepEqual(breaches, []);
});

const knownPrograms: ReadonlySet<string> = new Set([
  ...packageManagers.flatMap(({ programs: names }) => names),
  ...wrappers.keys(),
  ...optionSyntax.keys(),
  ...[...Object.values(buildSteps), ...Object.values(programs)].flatMap((table) =>
    table instanceof Set ? [...(table as ReadonlySet<string>)] : [],
  ),
]);

/** Words of which three and at least half are names of programs: a list, or a pattern that is one. */
function isListOfPrograms(words: readonly string[]): boolean {
  const found = new Set(words.filter((word) => /\w/.test(word) && knownPrograms.has(word)));
  return found.size >= 3 && found.size * 2 >= words.length;
}

test('lists of programs stand in the tables of knowledge alone', () => {
  const breaches: string[] = [];
  for (const { path, tree } of sources) {
    if (!/^server\/src\/(core|rules)\//.test(path) || path.startsWith(knowledge)) continue;
    const wordsOf = (node: ts.Node): readonly string[] => {
      if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node))
        return node.text.split(/[^\w.+-]+/).filter((word) => word !== '');
      if (ts.isArrayLiteralExpression(node))
        return node.elements.filter(ts.isStringLiteralLike).map((element) => element.text);
      if (!ts.isCaseBlock(node)) return [];
      return node.clauses.flatMap((clause) =>
        ts.isCaseClause(clause) && ts.isStringLiteralLike(clause.expression) ? [clause.expression.text] : [],
      );
    };
    const visit = (node: ts.Node): void => {
      // The words a rule is about are its own.
      if (ts.isPropertyAssignment(node) && node.name.getText(tree) === 'mentions') return;
      const words = wordsOf(node);
      if (isListOfPrograms(words)) breaches.push(`${path}: ${words.join(' ')}`);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  assert.deepEqual(breaches, []);
});

test('only rules have a default export', () => {
  const breaches = sources
    .filter(({ path }) => !path.startsWith('server/src/rules/'))
    .filter(({ tree }) => tree.statements.some((statement) => ts.isExportAssignment(statement)))
    .map(({ path }) => path);
  assert.deepEqual(breaches, []);
});

test('no rule is named outside the rules: what one is for, it says of itself', () => {
  const ids = new Set(
    sources
      .filter(({ path }) => /^server\/src\/rules\/[a-z0-9-]+\.ts$/.test(path))
      .map(({ path }) => posix.basename(path, '.ts')),
  );
  assert.ok(ids.size > 30);
  // The name of a shell option, too.
  ids.delete('pipefail');
  const breaches: string[] = [];
  for (const { path, tree } of sources) {
    // A pattern may have the name of what it is about.
    if (/^server\/src\/(?:rules|patterns)\//.test(path)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) && ids.has(node.text)) breaches.push(`${path}: ${node.text}`);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  assert.deepEqual(breaches, []);
});

test('the messages between client and server need nothing when they run', () => {
  const loaded = imports.filter(({ file, typeOnly }) => file.startsWith('server/src/protocol/') && !typeOnly);
  assert.deepEqual(show(loaded), []);
});
