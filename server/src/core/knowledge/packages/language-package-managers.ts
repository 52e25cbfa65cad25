// Package managers of programming languages. Sources: their manuals and command-line help.
import { manager } from './package-manager';
import type { PackageManager } from './package-manager';

const condaCommon = {
  family: 'conda',
  scope: 'language',
  verbs: {
    install: ['install', 'create', 'env create'],
    upgrade: ['update', 'upgrade', 'env update'],
    remove: ['remove', 'uninstall', 'env remove'],
    clean: ['clean'],
  },
  asks: ['install', 'upgrade', 'remove', 'clean'],
  yes: ['-y', '--yes'],
  yesVariables: ['CONDA_ALWAYS_YES', 'MAMBA_ALWAYS_YES'],
  silentVerbs: ['env create', 'env update', 'env remove'],
  valueOptions:
    '-n --name -c --channel -p --prefix -f --file --solver --override-channels-from --subdir --platform --revision'.split(
      ' ',
    ),
  caches: ['/opt/conda/pkgs'],
  pins: ['=', '==', '>=', '<=', '<', '>'],
} as const;

const pipOptions =
  '-r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links --trusted-host --proxy --timeout --retries --cert --client-cert --cache-dir --python --prefix --root --src --log --platform --python-version --implementation --abi --upgrade-strategy --progress-bar --no-binary --only-binary --root-user-action --config-settings -C --global-option --build-option --install-option --report --exists-action --use-feature --use-deprecated --keyring-provider --group -b --build -d --dest -w --wheel-dir'.split(
    ' ',
  );

export const languagePackageManagers: readonly PackageManager[] = [
  manager({
    name: 'pip',
    family: 'pip',
    scope: 'language',
    versioned: true,
    modules: ['pip'],
    verbs: {
      install: ['install'],
      remove: ['uninstall'],
      clean: ['cache purge'],
      download: ['download', 'wheel'],
    },
    asks: ['remove'],
    yes: ['-y', '--yes'],
    valueOptions: pipOptions,
    noCache: ['--no-cache-dir'],
    fillsNoCache: ['--no-index', '--dry-run'],
    caches: ['~/.cache/pip'],
    fillsCache: ['install', 'download'],
    cleanup: 'pip cache purge',
    pins: ['==', '===', '>=', '<=', '~=', '!=', '<', '>'],
    takesVersions: ['install'],
    installsApart: true,
  }),
  manager({
    name: 'npm',
    family: 'npm',
    scope: 'language',
    verbs: {
      install: [
        'install',
        'i',
        'ci',
        'add',
        'in',
        'ins',
        'inst',
        'insta',
        'instal',
        'isnt',
        'isnta',
        'isntal',
        'isntall',
        'clean-install',
        'ic',
        'install-clean',
        'isntall-clean',
        'install-test',
        'it',
        'install-ci-test',
        'cit',
        'clean-install-test',
        'sit',
      ],
      upgrade: ['update', 'up', 'upgrade', 'udpate'],
      remove: ['uninstall', 'un', 'remove', 'rm', 'r', 'unlink'],
      clean: ['cache clean', 'cache clear', 'cache rm'],
    },
    valueOptions:
      '--loglevel --registry --prefix -C --cache --userconfig --globalconfig -w --workspace --omit --include --before --tag --location --otp --install-strategy --fetch-retries --fetch-timeout --maxsockets --script-shell --depth --only --cpu --os --libc'.split(
        ' ',
      ),
    fillsNoCache: ['--cache', '--offline', '--dry-run'],
    fillsCache: ['install', 'upgrade'],
    cleanup: 'npm cache clean --force',
    caches: ['~/.npm/_cacache'],
    pins: ['@'],
    takesVersions: ['install', 'i', 'add', 'in', 'ins', 'inst', 'insta', 'instal'],
    dependencies: 'node_modules',
  }),
  manager({
    name: 'uv',
    family: 'uv',
    scope: 'language',
    modules: ['uv'],
    verbs: {
      install: ['pip install', 'pip sync', 'sync', 'add', 'tool install'],
      remove: ['pip uninstall', 'remove', 'tool uninstall'],
      clean: ['cache clean', 'cache prune', 'clean'],
    },
    valueOptions: [
      ...pipOptions.filter((option) => option !== '--python-version'),
      ...'-p --python-version --extra --only-group --no-group --package --project --directory --index --default-index --config-file --link-mode --resolution --prerelease --exclude-newer --no-install-package --overrides --override --with'.split(
        ' ',
      ),
    ],
    noCache: ['--no-cache', '-n', '--no-cache-dir'],
    fillsNoCache: ['--offline', '--dry-run'],
    fillsCache: ['install'],
    cleanup: 'uv cache clean',
    caches: ['~/.cache/uv'],
    pins: ['==', '===', '>=', '<=', '~=', '!=', '<', '>'],
    takesVersions: ['pip install', 'tool install'],
    installsApart: true,
  }),
  manager({
    name: 'pipx',
    family: 'pip',
    scope: 'language',
    modules: ['pipx'],
    verbs: { install: ['install', 'inject'], upgrade: ['upgrade', 'upgrade-all'], remove: ['uninstall'] },
    valueOptions: '--python --index-url -i --pip-args --suffix --preinstall --spec'.split(' '),
    caches: ['~/.cache/pip'],
    pins: ['==', '===', '>=', '<=', '~=', '!=', '<', '>'],
    takesVersions: ['install'],
    installsApart: true,
  }),
  manager({
    name: 'yarn',
    family: 'yarn',
    scope: 'language',
    programs: ['yarn', 'yarnpkg'],
    verbs: {
      install: ['install', 'add', 'global add', 'workspaces focus'],
      upgrade: ['upgrade', 'up', 'global upgrade'],
      remove: ['remove', 'global remove'],
      clean: ['cache clean'],
    },
    bare: 'install',
    valueOptions:
      '--cwd --modules-folder --cache-folder --registry --network-timeout --network-concurrency --mutex --preferred-cache-folder --use-yarnrc --prefix --global-folder --link-folder'.split(
        ' ',
      ),
    fillsNoCache: ['--cache-folder', '--offline', '--global-folder'],
    fillsCache: ['install', 'upgrade'],
    cleanup: 'yarn cache clean',
    // The second one belongs to root.
    caches: ['~/.cache/yarn', '/usr/local/share/.cache/yarn'],
    pins: ['@'],
    takesVersions: ['add', 'global add'],
    dependencies: 'node_modules',
  }),
  manager({
    name: 'pnpm',
    family: 'pnpm',
    scope: 'language',
    verbs: {
      install: ['install', 'i', 'add', 'ci'],
      upgrade: ['update', 'up'],
      remove: ['remove', 'rm', 'uninstall', 'un'],
      clean: ['store prune'],
      download: ['fetch'],
    },
    valueOptions:
      '--filter -F --dir -C --store-dir --reporter --loglevel --registry --virtual-store-dir --network-concurrency --child-concurrency'.split(
        ' ',
      ),
    cleanup: 'pnpm store prune',
    caches: ['~/.local/share/pnpm/store'],
    pins: ['@'],
    takesVersions: ['add', 'install', 'i'],
    dependencies: 'node_modules',
  }),
  manager({
    name: 'bun',
    family: 'bun',
    scope: 'language',
    verbs: {
      install: ['install', 'i', 'add', 'a', 'ci'],
      upgrade: ['update'],
      remove: ['remove', 'rm'],
      clean: ['pm cache rm'],
    },
    valueOptions:
      '--cwd -c --config --registry --cache-dir --backend --omit --filter --cafile --linker'.split(' '),
    noCache: ['--no-cache'],
    caches: ['~/.bun/install/cache'],
    pins: ['@'],
    takesVersions: ['add', 'a', 'install', 'i'],
    dependencies: 'node_modules',
  }),
  manager({
    name: 'gem',
    family: 'gem',
    scope: 'language',
    versioned: true,
    verbs: { install: ['install', 'i'], upgrade: ['update'], remove: ['uninstall'], clean: ['cleanup'] },
    valueOptions:
      '-v --version -i --install-dir -n --bindir --platform -s --source -p --http-proxy -P --trust-policy -g --file --build-root --without --bulk-threshold --config-file'.split(
        ' ',
      ),
    pins: [':'],
    takesVersions: ['install', 'i'],
    installsApart: true,
  }),
  manager({
    name: 'bundle',
    family: 'gem',
    scope: 'language',
    programs: ['bundle', 'bundler'],
    verbs: { install: ['install', 'i'], upgrade: ['update'] },
    bare: 'install',
    valueOptions:
      '--gemfile --jobs -j --path --retry --without --with --binstubs --trust-policy --target-rbconfig --shebang'.split(
        ' ',
      ),
    caches: ['~/.bundle/cache'],
  }),
  manager({
    name: 'composer',
    family: 'composer',
    scope: 'language',
    programs: ['composer', 'composer.phar'],
    verbs: {
      install: ['install', 'i', 'require', 'req', 'r', 'create-project', 'global require', 'global install'],
      upgrade: ['update', 'u', 'upgrade', 'global update'],
      remove: ['remove', 'global remove'],
      clean: ['clear-cache', 'clearcache', 'cc'],
    },
    valueOptions:
      '-d --working-dir --prefer-install --apcu-autoloader-prefix --ignore-platform-req --repository --repository-url -s --stability'.split(
        ' ',
      ),
    noCache: ['--no-cache'],
    cleanup: 'composer clear-cache',
    caches: ['~/.composer/cache', '~/.cache/composer'],
    pins: [':', '='],
  }),
  manager({
    name: 'go',
    family: 'go',
    scope: 'language',
    singleDash: true,
    verbs: { install: ['install', 'get', 'run'], clean: ['clean'], download: ['mod download'] },
    valueOptions:
      '-o -ldflags -tags -gcflags -asmflags -gccgoflags -mod -modfile -p -C -toolexec -exec -overlay -pkgdir -installsuffix -buildmode -compiler'.split(
        ' ',
      ),
    fillsCache: ['install', 'download'],
    cleanNeeds: ['-modcache'],
    cleanup: 'go clean -modcache',
    caches: ['/go/pkg/mod', '~/.cache/go-build'],
    pins: ['@'],
    takesVersions: ['install', 'get', 'run'],
  }),
  manager({
    name: 'cargo',
    family: 'cargo',
    scope: 'language',
    verbs: { install: ['install', 'add', 'binstall'], remove: ['uninstall', 'remove'], download: ['fetch'] },
    valueOptions:
      '--version --vers --git --branch --tag --rev --path --root --index --registry -F --features -j --jobs --profile --target --target-dir --config -Z --color --bin --example -C --manifest-path'.split(
        ' ',
      ),
    caches: ['/usr/local/cargo/registry', '~/.cargo/registry'],
    pins: ['@'],
  }),
  manager({ ...condaCommon, name: 'conda', cleanup: 'conda clean -afy' }),
  manager({ ...condaCommon, name: 'mamba', cleanup: 'mamba clean -afy' }),
  manager({ ...condaCommon, name: 'micromamba', cleanup: 'micromamba clean -afy' }),
];
