// What bash has and smaller shells lack. Source: runs of dash 0.5.12 and of the ash of BusyBox 1.35; the numbers are those
// that ShellCheck 0.9 gives the same.

type Shell = 'dash' | 'busybox';

interface Lack {
  readonly code: number;
  readonly lackedBy: readonly Shell[];
}

const both: readonly Shell[] = ['dash', 'busybox'];

/** Programs and reserved words. `instead`: the word that does the same in every shell. */
export const bashPrograms: ReadonlyMap<string, Lack & { readonly instead?: string }> = new Map([
  ['source', { code: 3046, lackedBy: ['dash'] as const, instead: '.' }],
  ['let', { code: 3039, lackedBy: ['dash'] as const }],
  ['declare', { code: 3044, lackedBy: both }],
  ['typeset', { code: 3044, lackedBy: both }],
  ['shopt', { code: 3044, lackedBy: both }],
  ['pushd', { code: 3044, lackedBy: both }],
  ['popd', { code: 3044, lackedBy: both }],
  ['mapfile', { code: 3044, lackedBy: both }],
  ['readarray', { code: 3044, lackedBy: both }],
]);

/** Options of commands that each shell has. `pipefail`: dash has it from Debian 14 and Ubuntu 26.04 on. */
export const bashOptions: ReadonlyMap<
  string,
  readonly (Lack & { readonly word: RegExp; readonly called: string })[]
> = new Map([
  ['set', [{ code: 3040, lackedBy: ['dash'] as const, word: /^pipefail$/, called: 'set -o pipefail' }]],
  [
    'read',
    [
      { code: 3045, lackedBy: both, word: /^-[rs]*a$/, called: 'read -a' },
      { code: 3045, lackedBy: ['dash'] as const, word: /^-r*[nstd]\d*$/, called: 'this option of read' },
    ],
  ],
  ['printf', [{ code: 3045, lackedBy: ['dash'] as const, word: /^-v$/, called: 'printf -v' }]],
  ['export', [{ code: 3045, lackedBy: both, word: /^-f$/, called: 'export -f' }]],
  ['wait', [{ code: 3045, lackedBy: ['dash'] as const, word: /^-n$/, called: 'wait -n' }]],
  ['trap', [{ code: 3047, lackedBy: ['dash'] as const, word: /^ERR$/, called: 'trap … ERR' }]],
]);

/** What stands in the place of a command, by how it begins. */
export const bashConstructs: readonly (Lack & { readonly opens: string; readonly called: string })[] = [
  { code: 3010, lackedBy: ['dash'], opens: '[[', called: '[[ ]]' },
  { code: 3006, lackedBy: both, opens: '((', called: '(( ))' },
];

/** Redirections. */
export const bashOperators: ReadonlyMap<string, Lack> = new Map([
  ['&>', { code: 3020, lackedBy: ['dash'] as const }],
  ['<<<', { code: 3011, lackedBy: both }],
]);

/** Parts of words, as the shell reads them: `called` for people. None of these may stand in single quotes. */
export const bashWords: readonly (Lack & { readonly form: RegExp; readonly called: string })[] = [
  {
    code: 3060,
    lackedBy: ['dash'],
    form: /^(?:[^'$\\]|\\.|\$(?!\{))*\$\{\w+\/\/?[^}]*\}/,
    called: '${name/old/new}',
  },
  {
    code: 3057,
    lackedBy: ['dash'],
    form: /^(?:[^'$\\]|\\.|\$(?!\{))*\$\{\w+:\d[^}]*\}/,
    called: '${name:start:length}',
  },
  {
    code: 3059,
    lackedBy: both,
    form: /^(?:[^'$\\]|\\.|\$(?!\{))*\$\{\w+(?:\^\^?|,,?)\}/,
    called: '${name^^}',
  },
  { code: 3053, lackedBy: both, form: /^(?:[^'$\\]|\\.|\$(?!\{))*\$\{!\w+\}/, called: '${!name}' },
  { code: 3054, lackedBy: both, form: /^(?:[^'$\\]|\\.|\$(?!\{))*\$\{\w+\[[^\]]*\]\}/, called: 'an array' },
  { code: 3003, lackedBy: ['dash'], form: /^\$'/, called: "$'…'" },
  { code: 3001, lackedBy: both, form: /^<\(/, called: '<(…)' },
];
