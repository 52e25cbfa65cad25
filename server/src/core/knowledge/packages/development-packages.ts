// How package managers of languages install a project, and how they are told to leave out what only development needs.
// Sources: the managers' manuals.

export interface ProjectInstaller {
  readonly programs: readonly string[];
  /** Of the first word that is no option; '' also stands for none. */
  readonly verbs: readonly string[];
  /** Options that leave the packages for development out. */
  readonly omits: RegExp;
  /** Options that install them whatever else says. */
  readonly includes: RegExp;
  /** Variables that leave them out, with their values. */
  readonly variables: ReadonlyMap<string, RegExp>;
  /** The folder of the packages, in the folder of the project. */
  readonly folder: string;
}

const set = /^.+$/;
const nodeEnv = [['NODE_ENV', /^production$/]] as const;

export const projectInstallers: readonly ProjectInstaller[] = [
  {
    programs: ['npm'],
    verbs: ['ci', 'install', 'i', 'clean-install'],
    omits: /^(?:--omit=dev|dev|--production(?:=true)?|--only=prod(?:uction)?|--prod)$/,
    includes: /^(?:--include=dev|--production=false|--dev|--only=dev(?:elopment)?)$/,
    variables: new Map([...nodeEnv, ['NPM_CONFIG_PRODUCTION', /^true$/], ['NPM_CONFIG_OMIT', /^dev$/]]),
    folder: 'node_modules',
  },
  {
    programs: ['yarn', 'yarnpkg'],
    verbs: ['install', '', 'workspaces'],
    omits: /^--prod(?:uction)?(?:=true)?$/,
    includes: /^--production=false$/,
    variables: new Map(nodeEnv),
    folder: 'node_modules',
  },
  {
    programs: ['pnpm'],
    verbs: ['install', 'i'],
    omits: /^(?:--prod|--production|-P)$/,
    includes: /^(?:--prod=false|--production=false|--dev|-D)$/,
    variables: new Map(nodeEnv),
    folder: 'node_modules',
  },
  {
    programs: ['composer', 'composer.phar'],
    verbs: ['install', 'i'],
    omits: /^--no-dev$/,
    includes: /^--dev$/,
    variables: new Map([['COMPOSER_NO_DEV', /^1$/]]),
    folder: 'vendor',
  },
  {
    programs: ['poetry'],
    verbs: ['install', 'sync'],
    omits: /^--(?:only|without|no-dev|only-root)(?:=|$)/,
    includes: /^--with(?:=|$)/,
    variables: new Map([
      ['POETRY_WITHOUT', set],
      ['POETRY_ONLY', set],
    ]),
    folder: '.venv',
  },
];
