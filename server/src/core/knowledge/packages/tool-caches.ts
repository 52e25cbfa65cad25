// Where the tools of languages keep what they download, and which variables move that. One table for the rules about
// caches that stay in a layer and for those about cache mounts. Sources: the manuals of the tools.

export interface ToolFolder {
  /** `~` is the home directory of the user that runs the tool. */
  readonly path: string;
  /** Variables that move it, the strongest first, with what follows their value. */
  readonly moved: Readonly<Record<string, string>>;
  /** The arguments with which the tool itself empties it. */
  readonly emptied?: RegExp;
}

export interface ToolCache {
  /** The name of the package manager, or of the build tool. */
  readonly name: string;
  /** The folder of the downloads first. */
  readonly folders: readonly ToolFolder[];
  /** Arguments of a build tool that make it use its caches; package managers have verbs in their own table. */
  readonly verbs?: RegExp;
  /** Arguments that fetch what the project needs, and build nothing. */
  readonly fetches?: RegExp;
  /** Options with which it uses another folder, or none. */
  readonly elsewhere: readonly string[];
  /** Those of them that name the folder. */
  readonly folderOptions?: readonly string[];
  /** Variables that switch the cache off. */
  readonly offVariables?: readonly string[];
  /** Whether images for it set one of the variables, so that an unknown image tells nothing. */
  readonly isMovedByImages?: boolean;
}

const maven: Omit<ToolCache, 'name'> = {
  folders: [{ path: '~/.m2', moved: {} }],
  verbs: /^(?:compile|test|package|verify|install|deploy|dependency:\S+|clean)$/,
  fetches: /\bdependency:(?:go-offline|resolve)/,
  elsewhere: ['-Dmaven.repo.local', '-s', '--settings', '-gs', '--global-settings'],
  folderOptions: ['-Dmaven.repo.local'],
  isMovedByImages: true,
};

const gradle: Omit<ToolCache, 'name'> = {
  folders: [{ path: '~/.gradle/caches', moved: { GRADLE_USER_HOME: '/caches' } }],
  verbs:
    /(?:^|:)(?:build|assemble\w*|jar|test|check|boot[JW]ar|war|shadowJar|installDist|dist(?:Tar|Zip)|dependencies|compile\w+|classes|publish\w*)$/,
  fetches: /^dependencies\b/,
  elsewhere: ['-g', '--gradle-user-home', '--offline'],
  isMovedByImages: true,
};

export const toolCaches: readonly ToolCache[] = [
  {
    name: 'pip',
    folders: [{ path: '~/.cache/pip', moved: { PIP_CACHE_DIR: '', XDG_CACHE_HOME: '/pip' } }],
    elsewhere: ['--cache-dir', '--no-index'],
    folderOptions: ['--cache-dir'],
    offVariables: ['PIP_NO_CACHE_DIR'],
  },
  {
    name: 'uv',
    folders: [{ path: '~/.cache/uv', moved: { UV_CACHE_DIR: '', XDG_CACHE_HOME: '/uv' } }],
    elsewhere: ['--cache-dir'],
    folderOptions: ['--cache-dir'],
    offVariables: ['UV_NO_CACHE'],
  },
  {
    name: 'poetry',
    folders: [
      {
        path: '~/.cache/pypoetry',
        moved: { POETRY_CACHE_DIR: '', XDG_CACHE_HOME: '/pypoetry' },
        emptied: /^cache clear (?:.* )?--all\b/,
      },
    ],
    verbs: /^(?:install|add|sync)$/,
    elsewhere: [],
  },
  {
    name: 'npm',
    folders: [{ path: '~/.npm', moved: { npm_config_cache: '', NPM_CONFIG_CACHE: '' } }],
    elsewhere: ['--cache'],
    folderOptions: ['--cache'],
  },
  {
    name: 'yarn',
    // The second one belongs to root, by yarn 1.
    folders: [
      { path: '~/.cache/yarn', moved: { YARN_CACHE_FOLDER: '', XDG_CACHE_HOME: '/yarn' } },
      { path: '/usr/local/share/.cache/yarn', moved: { YARN_CACHE_FOLDER: '', XDG_CACHE_HOME: '/yarn' } },
    ],
    elsewhere: ['--cache-folder', '--global-folder'],
    folderOptions: ['--cache-folder'],
  },
  {
    name: 'pnpm',
    folders: [
      {
        path: '~/.local/share/pnpm/store',
        moved: {
          npm_config_store_dir: '',
          PNPM_HOME: '/store',
          XDG_DATA_HOME: '/pnpm/store',
        },
      },
    ],
    elsewhere: ['--store-dir'],
    folderOptions: ['--store-dir'],
  },
  {
    name: 'bun',
    folders: [
      {
        path: '~/.bun/install/cache',
        moved: {
          BUN_INSTALL_CACHE_DIR: '',
          BUN_INSTALL: '/install/cache',
          XDG_CACHE_HOME: '/.bun/install/cache',
        },
      },
    ],
    elsewhere: ['--cache-dir'],
  },
  {
    name: 'composer',
    folders: [
      {
        path: '~/.cache/composer',
        moved: { COMPOSER_CACHE_DIR: '', COMPOSER_HOME: '/cache', XDG_CACHE_HOME: '/composer' },
      },
      { path: '~/.composer/cache', moved: { COMPOSER_CACHE_DIR: '', COMPOSER_HOME: '/cache' } },
    ],
    elsewhere: [],
    isMovedByImages: true,
  },
  {
    name: 'go',
    folders: [
      {
        path: '~/go/pkg/mod',
        moved: { GOMODCACHE: '', GOPATH: '/pkg/mod' },
        emptied: /^clean (?:.* )?--?modcache\b/,
      },
      {
        path: '~/.cache/go-build',
        moved: { GOCACHE: '', XDG_CACHE_HOME: '/go-build' },
        emptied: /^clean (?:.* )?--?cache\b/,
      },
    ],
    verbs: /^(?:build|install|test|run|get|vet|generate|mod)$/,
    fetches: /^mod download\b/,
    elsewhere: ['-mod'],
    isMovedByImages: true,
  },
  {
    name: 'cargo',
    folders: [
      { path: '~/.cargo/registry', moved: { CARGO_HOME: '/registry' } },
      { path: '~/.cargo/git', moved: { CARGO_HOME: '/git' } },
    ],
    verbs: /^(?:build|b|install|test|t|fetch|check|run|rustc|chef|bench|clippy|zigbuild)$/,
    fetches: /^fetch\b/,
    elsewhere: ['--offline'],
    isMovedByImages: true,
  },
  { ...maven, name: 'mvn' },
  { ...maven, name: 'mvnw' },
  { ...gradle, name: 'gradle' },
  { ...gradle, name: 'gradlew' },
  {
    name: 'dotnet',
    folders: [
      {
        path: '~/.nuget/packages',
        moved: { NUGET_PACKAGES: '' },
        emptied: /^nuget locals (?:.* )?(?:all|global-packages)\b/,
      },
    ],
    verbs: /^(?:restore|build|publish|test|pack)$/,
    fetches: /^restore\b/,
    elsewhere: ['--packages'],
    folderOptions: ['--packages'],
  },
  {
    name: 'bundle',
    folders: [{ path: '~/.bundle/cache', moved: { BUNDLE_USER_CACHE: '', BUNDLE_USER_HOME: '/cache' } }],
    verbs: /^(?:install|update)$/,
    elsewhere: ['--local'],
  },
  {
    name: 'pipenv',
    folders: [
      { path: '~/.cache/pipenv', moved: { PIPENV_CACHE_DIR: '', XDG_CACHE_HOME: '/pipenv' } },
      { path: '~/.cache/pip', moved: { PIP_CACHE_DIR: '', XDG_CACHE_HOME: '/pip' } },
    ],
    verbs: /^(?:install|sync|update)$/,
    elsewhere: [],
  },
  {
    name: 'pdm',
    folders: [{ path: '~/.cache/pdm', moved: { PDM_CACHE_DIR: '', XDG_CACHE_HOME: '/pdm' } }],
    verbs: /^(?:install|sync|add|update)$/,
    elsewhere: [],
  },
  {
    name: 'sbt',
    folders: [
      { path: '~/.cache/coursier', moved: { COURSIER_CACHE: '', XDG_CACHE_HOME: '/coursier' } },
      { path: '~/.sbt', moved: {} },
      { path: '~/.ivy2', moved: {} },
    ],
    verbs:
      /(?:^|[\s/:])(?:compile|assembly|package\w*|stage|test|update|dist|publish\w*|nativeImage|f(?:ull|ast)(?:OptJS|LinkJS))$/,
    fetches: /^update\b/,
    elsewhere: ['-Dsbt.ivy.home', '-Dsbt.global.base', '-Dsbt.boot.directory'],
    isMovedByImages: true,
  },
  {
    name: 'mix',
    folders: [{ path: '~/.hex', moved: { HEX_HOME: '' } }],
    verbs: /^deps\.(?:get|update)$/,
    fetches: /^deps\.get\b/,
    elsewhere: [],
  },
  {
    name: 'stack',
    folders: [{ path: '~/.stack', moved: { STACK_ROOT: '' } }],
    verbs: /^(?:build|install|test|setup)$/,
    elsewhere: ['--stack-root'],
    folderOptions: ['--stack-root'],
    isMovedByImages: true,
  },
  {
    name: 'cabal',
    folders: [{ path: '~/.cabal/packages', moved: { CABAL_DIR: '/packages' } }],
    verbs: /^(?:(?:v2-|new-)?(?:build|install|test)|update)$/,
    elsewhere: ['--store-dir'],
    isMovedByImages: true,
  },
];

/** The caches of a package manager or build tool. @param name as in the tables: `npm`, `cargo` */
export function toolCacheNamed(name: string): ToolCache | undefined {
  return byName.get(name);
}

const byName: ReadonlyMap<string, ToolCache> = new Map(toolCaches.map((one) => [one.name, one]));

/** Tools whose downloads are usually removed in the step that makes them, where the image would keep them. */
export const toolsToCleanUp: ReadonlySet<string> = new Set(['pip', 'yarn', 'npm']);
