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
