// Package managers of distributions. Sources: their manual pages, and their code where the pages say nothing.
import { manager } from './package-manager';
import type { PackageAction, PackageManager } from './package-manager';

const changesInstalled: readonly PackageAction[] = ['install', 'upgrade', 'release-upgrade'];
const changes: readonly PackageAction[] = [...changesInstalled, 'remove', 'build-dependencies'];

const aptOptions =
  '-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P --build-profiles'.split(
    ' ',
  );
const aptCommon = {
  family: 'apt',
  scope: 'system',
  asks: changes,
  asksAboutNamed: false,
  valueOptions: aptOptions,
  // A hook in the Debian and Ubuntu images already removes the downloads in /var/cache/apt.
  caches: ['/var/lib/apt/lists'],
  fillsCache: ['update'],
  cleanEmptiesCaches: false,
  cleanup: 'rm -rf /var/lib/apt/lists/*',
  trustsOldLists: true,
  pins: ['=', '/'],
  takesVersions: ['install'],
  packageFiles: ['.deb'],
} as const;

const rpmOptions =
  '-c --config -d --debuglevel -e --errorlevel --enablerepo --disablerepo --installroot --releasever --setopt -x --exclude --excludepkgs --repo --repoid --disableplugin --enableplugin --color --comment --advisory --advisories --cve --cves --bz --bzs -R --randomwait --rpmverbosity --downloaddir --destdir --repofrompath --forcearch --from-repo --use-host-config'.split(
    ' ',
  );
const rpmVerbs = {
  install: [
    'install',
    'localinstall',
    'groupinstall',
    'reinstall',
    'in',
    'localin',
    'rei',
    'group install',
    'groups install',
    'grp install',
    'module install',
    'swap',
  ],
  'build-dependencies': ['builddep', 'build-dep'],
  update: ['makecache', 'mc', 'check-update'],
  upgrade: [
    'upgrade',
    'update',
    'up',
    'upgrade-minimal',
    'update-minimal',
    'up-min',
    'localupdate',
    'groupupdate',
    'group upgrade',
    'group update',
    'offline-upgrade download',
  ],
  'release-upgrade': [
    'distro-sync',
    'dsync',
    'distribution-synchronization',
    'system-upgrade',
    'system-upgrade download',
  ],
  remove: ['remove', 'erase', 'rm', 'autoremove', 'groupremove', 'group remove'],
  clean: ['clean'],
  download: ['download'],
  choose: ['module enable', 'module reset', 'module disable', 'copr enable'],
} as const;
const rpmCommon = {
  family: 'rpm',
  scope: 'system',
  verbs: rpmVerbs,
  asks: [...changes, 'choose'],
  yes: ['-y', '--assumeyes'],
  valueOptions: rpmOptions,
  fillsNoCache: ['--installroot', '-C', '--cacheonly'],
  fillsCache: [...changesInstalled, 'build-dependencies', 'update'],
  cleanNeeds: ['all', 'metadata'],
  // A dash comes before the version, but also inside names, so nothing marks the end of the name.
  pins: ['=', '<', '>', '<=', '>='],
  pinsWithDash: true,
  takesVersions: ['install', 'in', 'module install'],
  packageFiles: ['.rpm'],
} as const;

export const systemPackageManagers: readonly PackageManager[] = [
  manager({
    ...aptCommon,
    name: 'apt-get',
    verbs: {
      install: ['install', 'reinstall', 'satisfy'],
      'build-dependencies': ['build-dep'],
      update: ['update'],
      upgrade: ['upgrade'],
      'release-upgrade': ['dist-upgrade', 'full-upgrade'],
      remove: ['remove', 'purge', 'autoremove', 'auto-remove', 'autopurge'],
      clean: ['clean', 'autoclean', 'auto-clean', 'distclean', 'dist-clean'],
      download: ['download', 'source'],
    },
    yes: ['-y', '--yes', '--assume-yes', '--force-yes'],
  }),
  manager({
    name: 'apk',
    family: 'apk',
    scope: 'system',
    programs: ['apk', 'apk.static'],
    verbs: {
      install: ['add'],
      update: ['update'],
      upgrade: ['upgrade'],
      remove: ['del'],
      clean: ['cache clean', 'cache purge'],
      download: ['fetch', 'cache download'],
    },
    valueOptions:
      '-t --virtual -p --root -X --repository --repositories-file --keys-dir --cache-dir --arch --wait --cache-max-age --timeout --progress-fd'.split(
        ' ',
      ),
    noCache: ['--no-cache'],
    fillsNoCache: ['--no-network', '--cache-dir', '--root', '-p', '--simulate', '-s'],
    // The second one is used as soon as it exists.
    caches: ['/var/cache/apk', '/etc/apk/cache'],
    fillsCache: ['install', 'upgrade', 'update'],
    // `clean` keeps the index.
    cleanEmptiesCaches: false,
    cleanup: 'rm -rf /var/cache/apk/*',
    pins: ['=', '~=', '~', '<', '>', '<=', '>='],
    takesVersions: ['add'],
    packageFiles: ['.apk'],
  }),
  manager({
    ...aptCommon,
    name: 'apt',
    verbs: {
      install: ['install', 'reinstall', 'satisfy'],
      'build-dependencies': ['build-dep'],
      update: ['update'],
      upgrade: ['upgrade'],
      'release-upgrade': ['full-upgrade', 'dist-upgrade'],
      remove: ['remove', 'purge', 'autoremove', 'auto-remove', 'autopurge'],
      clean: ['clean', 'autoclean', 'auto-clean', 'distclean', 'dist-clean'],
      download: ['download', 'source'],
    },
    yes: ['-y', '--yes', '--assume-yes', '--force-yes'],
  }),
  manager({
    ...aptCommon,
    name: 'aptitude',
    verbs: {
      install: ['install', 'reinstall'],
      'build-dependencies': ['build-dep', 'build-depends'],
      update: ['update'],
      upgrade: ['safe-upgrade', 'upgrade'],
      'release-upgrade': ['full-upgrade', 'dist-upgrade'],
      remove: ['remove', 'purge'],
      clean: ['clean', 'autoclean'],
      download: ['download'],
    },
    yes: ['-y', '--assume-yes'],
    valueOptions:
      '-o -t --target-release --default-release -w --width -F --display-format -O --sort --add-user-tag --remove-user-tag'.split(
        ' ',
      ),
  }),
  manager({
    ...rpmCommon,
    name: 'yum',
    cleanup: 'yum clean all',
    caches: ['/var/cache/yum', '/var/cache/dnf'],
  }),
  manager({
    ...rpmCommon,
    name: 'dnf',
    programs: ['dnf', 'dnf-3', 'dnf4'],
    cleanup: 'dnf clean all',
    caches: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum'],
  }),
  manager({
    ...rpmCommon,
    name: 'dnf5',
    cleanup: 'dnf5 clean all',
    caches: ['/var/cache/libdnf5', '/var/cache/dnf'],
  }),
  // Asks only since 3.7, so the image decides (BaseImage.microdnfAsks).
  manager({
    ...rpmCommon,
    name: 'microdnf',
    // It goes on reading at the end of its input.
    withoutAnswer: 'hangs',
    cleanup: 'microdnf clean all',
    caches: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum'],
  }),
  manager({ ...rpmCommon, name: 'tdnf', cleanup: 'tdnf clean all', caches: ['/var/cache/tdnf'] }),
  manager({
    name: 'zypper',
    family: 'zypper',
    scope: 'system',
    verbs: {
      install: ['install', 'in', 'source-install', 'si', 'verify', 've', 'install-new-recommends', 'inr'],
      update: ['refresh', 'ref', 'refresh-services', 'refs'],
      upgrade: ['update', 'up', 'patch'],
      'release-upgrade': ['dist-upgrade', 'dup'],
      remove: ['remove', 'rm'],
      clean: ['clean', 'cc'],
      download: ['download'],
    },
    asks: changes,
    // -n comes before the verb, -y after it, where a fix inserts it.
    yes: ['-y', '--no-confirm', '-n', '--non-interactive', '--non-interactive-include-reboot-patches'],
    valueOptions:
      '-c --config -D --reposd-dir -C --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir -R --root --installroot --releasever -p --plus-repo --plus-content -r --repo --from -t --type -b --bugzilla --cve -g --category --userdata --xmlout-file'.split(
        ' ',
      ),
    caches: ['/var/cache/zypp'],
    fillsCache: [...changesInstalled, 'build-dependencies', 'update', 'download'],
    // Without one of them it only removes downloads, which zypper does not keep.
    cleanNeeds: ['--all', '-a', '--metadata', '-m'],
    cleanup: 'zypper clean --all',
    pins: ['=', '<', '>', '<=', '>='],
    takesVersions: ['install', 'in'],
    packageFiles: ['.rpm'],
  }),
  // Its verbs are options; see `pacmanVerb` in model/installs.ts.
  manager({
    name: 'pacman',
    family: 'pacman',
    scope: 'system',
    verbs: {},
    asks: changes,
    yes: ['--noconfirm'],
    valueOptions:
      '-b --dbpath -r --root --cachedir --config --gpgdir --hookdir --logfile --overwrite --ignore --ignoregroup --arch --color --sysroot --assume-installed'.split(
        ' ',
      ),
    caches: ['/var/cache/pacman/pkg', '/var/lib/pacman/sync'],
    cleanup: 'rm -rf /var/cache/pacman/pkg/*',
    trustsOldLists: true,
    pins: ['=', '<', '>', '<=', '>='],
  }),
];
