// What the compiler and Prettier do not see: promises nobody waits for, cases nobody handles, types nobody
// checked. No rule about looks.
import tseslint from 'typescript-eslint';

/** Everything strict TypeScript can tell of a promise, an `any` or a union. */
const typed = {
  files: ['**/*.ts'],
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: {
    parserOptions: {
      project: [
        'server/tsconfig.pure.json',
        'server/tsconfig.json',
        'client/tsconfig.json',
        'test/tsconfig.json',
      ],
      tsconfigRootDir: import.meta.dirname,
    },
  },
  rules: {
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Types name functions as methods here, and are taken apart freely; classes keep their state in #fields,
    // which a method without its object cannot reach unnoticed.
    '@typescript-eslint/unbound-method': 'off',
    // A method may have to be async, or a generator, because its interface says so.
    '@typescript-eslint/require-await': 'off',
    'require-yield': 'off',
    // The compiler reports them already.
    '@typescript-eslint/no-unused-vars': 'off',
    'no-empty': ['error', { allowEmptyCatch: false }],
    eqeqeq: 'error',
    // One dialect: constants in camelCase, types in PascalCase, state in #fields, types imported on lines of their own.
    // State that lives on is a class; everything else is functions.
    '@typescript-eslint/naming-convention': [
      'error',
      {
        selector: 'variable',
        format: ['camelCase'],
        leadingUnderscore: 'allow',
        filter: { regex: '^_+$', match: false },
      },
      { selector: 'variable', modifiers: ['destructured'], format: null },
      { selector: 'function', format: ['camelCase'] },
      { selector: 'typeLike', format: ['PascalCase'] },
    ],
    '@typescript-eslint/parameter-properties': 'error',
    '@typescript-eslint/no-import-type-side-effects': 'error',
    'no-restricted-syntax': [
      'error',
      { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
      { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module.' },
      { selector: 'ImportSpecifier[importKind="type"]', message: 'Import types on a line of their own.' },
      {
        selector:
          'PropertyDefinition[accessibility="private"], MethodDefinition[accessibility="private"][kind!="constructor"]',
        message: 'Keep state in #fields and steps in #methods.',
      },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'server/src/rules/index.generated.ts'] },
  typed,
  {
    // node:test waits for its tests itself.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach'],
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    rules: {
      camelcase: ['error', { properties: 'never' }],
      'no-undef-init': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: 'error',
      'no-empty': 'error',
      'no-unused-vars': 'error',
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
);
