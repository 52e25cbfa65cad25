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
  ['disown', { code: 3044, lackedBy: both }],
  ['builtin', { code: 3044, lackedBy: both }],
]);

/** Options of commands that each shell has; `first`: it only counts as the first argument. `pipefail`: dash has it from Debian 14 and Ubuntu 26.04 on. */
export const bashOptions: ReadonlyMap<
  string,
  readonly (Lack & { readonly word: RegExp; readonly called: string; readonly first?: true })[]
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
  [
    'echo',
    [{ code: 3036, lackedBy: ['dash'] as const, word: /^-[nE]*e[neE]*$/, called: 'echo -e', first: true }],
  ],
  [
    'type',
    [
      {
        code: 3045,
        lackedBy: ['dash'] as const,
        word: /^-[ptaf]+$/,
        called: 'this option of type',
        first: true,
      },
    ],
  ],
  ['export', [{ code: 3045, lackedBy: both, word: /^-f$/, called: 'export -f' }]],
  ['wait', [{ code: 3045, lackedBy: ['dash'] as const, word: /^-n$/, called: 'wait -n' }]],
  ['trap', [{ code: 3047, lackedBy: ['dash'] as const, word: /^ERR$/, called: 'trap … ERR' }]],
]);

/** What stands in the place of a command, by how it begins. `holdsNone`: it has no commands inside. */
export const bashConstructs: readonly (Lack & {
  readonly opens: RegExp;
  readonly called: string;
  readonly holdsNone?: true;
})[] = [
  { code: 3010, lackedBy: ['dash'], opens: /^\[\[/, called: '[[ ]]', holdsNone: true },
  { code: 3006, lackedBy: both, opens: /^\(\(/, called: '(( ))', holdsNone: true },
  { code: 3005, lackedBy: both, opens: /^for\s*\(\(/, called: 'for (( ))' },
  {
    code: 3009,
    lackedBy: both,
    opens: /^for\s+\w+\s+in\s[^;\n'"]*?\{[\w.-]*(?:,|\.\.)[\w,.-]*\}/,
    called: 'braces that stand for several words',
  },
  { code: 3008, lackedBy: both, opens: /^select(?=\s)/, called: 'select' },
  { code: 2112, lackedBy: ['dash'], opens: /^function(?=\s+[\w-]+\s*\()/, called: 'function' },
  { code: 2113, lackedBy: ['dash'], opens: /^function(?=\s+[\w-]+\s*\{)/, called: 'function' },
];

/** What a script has in it that a construct or an assignment of the tables may be. */
export const mayHaveBashTree = /\[\[|\(\(|\b(?:select|function|for)\s|=\(|\+=|=["']?\$[{']|\|&/;

/** How the text of an assignment goes on behind the name. */
export const bashAssignments: readonly (Lack & { readonly form: RegExp; readonly called: string })[] = [
  { code: 3030, lackedBy: both, form: /^\w+\+?=\(/, called: 'arrays' },
  { code: 3024, lackedBy: both, form: /^\w+\+=/, called: '+=' },
];

/** Variables that bash sets. */
export const bashVariables: ReadonlyMap<string, Lack> = new Map([
  ['RANDOM', { code: 3028, lackedBy: ['dash'] as const }],
  ['SECONDS', { code: 3028, lackedBy: both }],
  ['EUID', { code: 3028, lackedBy: both }],
  ['OSTYPE', { code: 3028, lackedBy: both }],
  ['PIPESTATUS', { code: 3028, lackedBy: both }],
  ['BASH_SOURCE', { code: 3028, lackedBy: both }],
  ['FUNCNAME', { code: 3028, lackedBy: both }],
]);

/** What a script has in it that uses one of them. */
export const mayHaveBashVariables = new RegExp([...bashVariables.keys()].join('|'));

/** Redirections. */
export const bashOperators: ReadonlyMap<string, Lack> = new Map([
  ['&>', { code: 3020, lackedBy: ['dash'] as const }],
  ['&>>', { code: 3020, lackedBy: both }],
  ['<<<', { code: 3011, lackedBy: both }],
]);

/** Programs that take their arguments as they are. Others read braces themselves: `curl https://example.com/{a,b}`. */
const takesNames: ReadonlySet<string> = new Set(
  'rm rmdir mkdir cp mv ln install touch chown chgrp chmod ls cat tar zip du stat echo printf test [ cd tee truncate apt-get apt apk yum dnf microdnf pip pip3 wget rsync scp'.split(
    ' ',
  ),
);

/**
 * Parts of words, as the shell reads them: `called` for people. None of these may stand in single quotes. `programs`: it
 * counts in the arguments of these alone.
 */
export const bashWords: readonly (Lack & {
  readonly form: RegExp;
  readonly called: string;
  readonly programs?: ReadonlySet<string>;
})[] = [
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
  { code: 3001, lackedBy: ['dash'], form: /^[<>]\(/, called: '<(…)' },
  { code: 3004, lackedBy: both, form: /^\$"/, called: '$"…"' },
  {
    code: 3018,
    lackedBy: ['dash'],
    form: /^(?:[^'$\\]|\\.|\$(?!\(\())*\$\(\((?:[^()`]*\w(?:\+\+|--)|(?:\+\+|--)[A-Za-z_]\w*)\s*\)\)/,
    called: '++ and --',
  },
  {
    code: 3009,
    lackedBy: both,
    form: /^(?:[^'"$\\{]|\\.|"[^"]*"|'[^']*'|\$\{[^}]*\}|\$|\{\})*\{(?!\d*,\d*\})(?:[^{}\s\\:]*,[^{}\s\\:]*|\w+\.\.\w+)\}/,
    called: 'braces that stand for several words',
    programs: takesNames,
  },
];

/** What a script or a word has in it that is one of `bashWords`. */
export const mayHaveBashWords = /\{|\$["']|[<>]\(|\$\(\(/;
