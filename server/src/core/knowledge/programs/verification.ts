// How programs are told to skip the check that a package or a server is what it claims to be: by a flag, a setting, a
// variable, or a line in a configuration file. Sources: the programs' manuals.

export interface Verification {
  /** What the program does then, as in "--allow-untrusted lets apk …". */
  readonly lets: string;
  readonly programs: readonly string[];
  readonly flags: readonly VerificationFlag[];
  /** The first words of a command that stores the setting: `npm config set strict-ssl false`. */
  readonly settings: RegExp | undefined;
  /** Values that switch the check off, by the name of the variable, and the programs that read it. */
  readonly variables: ReadonlyMap<string, { readonly off: RegExp; readonly reader: string }>;
  /** Text that a step writes to a configuration file. */
  readonly written: WrittenLine | undefined;
}

export interface WrittenLine {
  readonly text: RegExp;
  readonly reader: string;
}

export interface VerificationFlag {
  readonly name: string;
  /** Values that switch the check off. Undefined for a flag that does so by itself. */
  readonly off?: RegExp;
  /** What else the flag does, and the flag that does only that. */
  readonly instead?: string;
  /** The programs that read it so; all of the row if absent. */
  readonly only?: RegExp;
  /** The command of the program for which the flag does nothing. */
  readonly notFor?: string;
}

const no = /^(?:0|false|no|off|never)$/i;
const anything = /^[^]+$/;
const none: Verification['variables'] = new Map();

function flags(names: string): readonly VerificationFlag[] {
  return names.split(' ').map((name) => ({ name }));
}

const unsigned = 'install packages without a valid signature';
const pretender = 'trust any server, even one that poses as the right one';

export const apkSignatures: Verification = {
  lets: unsigned,
  programs: ['apk'],
  flags: [{ name: '--allow-untrusted', notFor: 'index' }],
  settings: undefined,
  variables: none,
  written: undefined,
};

export const aptSignatures: Verification = {
  lets: unsigned,
  programs: ['apt-get', 'apt', 'aptitude'],
  flags: [
    { name: '--allow-untrusted', only: /^aptitude$/ },
    ...flags('--allow-insecure-repositories --allow-weak-repositories'),
    { name: '--allow-unauthenticated', notFor: 'update' },
    { name: '--force-yes', instead: '-y', notFor: 'update' },
    {
      name: '-o',
      off: /^(?:APT::Get::AllowUnauthenticated|Acquire::Allow(?:Weak|Insecure)Repositories)=(?:1|true|yes|on)$|^Acquire::https::(?:[\w.-]+::)?Verify-(?:Peer|Host)=(?:0|false|no|off)$/i,
    },
  ],
  settings: undefined,
  variables: none,
  written: {
    text: /(?<![\w.-])trusted=(?:yes|true|1)\b|(?=trusted:)(?:(?<=^[ \t]*)|(?<=\\n|["']))trusted:[ \t]*(?:yes|true)\b|\b(?:AllowUnauthenticated|AllowInsecureRepositories)["']?[ \t]+\\?["']?(?:true|yes|1)\b|\bVerify-Peer["']?[ \t]+\\?["']?(?:false|no|0)\b/gim,
    reader: 'apt',
  },
};

export const rpmSignatures: Verification = {
  lets: unsigned,
  programs: ['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'rpm', 'zypper', 'yum-config-manager'],
  flags: [
    { name: '--nogpgcheck', only: /^(?:yum|dnf5?|microdnf|tdnf)$/ },
    { name: '--no-gpgchecks', only: /^dnf5?$/ },
    { name: '--no-gpg-checks', only: /^zypper$/ },
    { name: '--no-gpgcheck', only: /^zypper$/ },
    { name: '-G', only: /^zypper$/ },
    { name: '--allow-unsigned-rpm', only: /^zypper$/ },
    ...flags('--nosignature --nodigest --noverify --nofiledigest').map((flag) => ({
      ...flag,
      only: /^rpm$/,
    })),
    {
      name: '--setopt',
      off: /^(?:[^=]*\.)?(?:gpgcheck|sslverify)=(?:0|false|no|off)$/i,
      only: /^(?:yum|dnf5?|microdnf|tdnf|yum-config-manager)$/,
    },
  ],
  settings: undefined,
  variables: none,
  written: {
    text: /(?:(?<![\w.-])|(?<=\\n))(?:gpgcheck|sslverify)[ \t]*=[ \t]*(?:0|false|no)\b|\/\^?(?:gpgcheck|sslverify)[^/\n]{0,9}\/s\/1\/0\//gi,
    reader: 'dnf',
  },
};

export const pipHosts: Verification = {
  lets: 'take packages from this host without a certificate',
  programs: ['pip', 'pip3', 'pip2', 'python', 'python3', 'uv', 'pipenv', 'pdm'],
  flags: [
    { name: '--trusted-host', off: anything, only: /^(?:pip|python)/ },
    { name: '--allow-insecure-host', off: anything, only: /^uv$/ },
  ],
  settings: /^config (?:-\S+ )*set (?:global|install|user|site)\.trusted-host /,
  variables: new Map([
    ['PIP_TRUSTED_HOST', { off: anything, reader: 'pip' }],
    ['UV_INSECURE_HOST', { off: anything, reader: 'uv' }],
  ]),
  written: { text: /(?:(?<![\w.-])|(?<=\\n))trusted-host[ \t]*=[ \t]*(?=[\w"'$])/gi, reader: 'pip' },
};

export const npmTls: Verification = {
  lets: pretender,
  programs: ['npm', 'yarn', 'pnpm', 'bun', 'npx'],
  flags: [{ name: '--strict-ssl', off: no }, { name: '--no-strict-ssl' }],
  settings:
    /^(?:-\S+ )*(?:c(?:onfig)? )?(?:-\S+ )*set (?:-\S+ )*["']?(?:strict-ssl|enableStrictSsl)["']?[ =]["']?(?:false|0)\b/,
  variables: new Map([
    ['NPM_CONFIG_STRICT_SSL', { off: no, reader: 'npm' }],
    ['npm_config_strict_ssl', { off: no, reader: 'npm' }],
    ['YARN_STRICT_SSL', { off: no, reader: 'Yarn' }],
    ['YARN_ENABLE_STRICT_SSL', { off: no, reader: 'Yarn' }],
  ]),
  written: {
    text: /(?:(?<![\w.-])|(?<=\\n))strict-ssl[ \t]*=[ \t]*(?:false|0)\b|\benableStrictSsl:[ \t]*false\b/gi,
    reader: 'npm',
  },
};

export const downloadTls: Verification = {
  lets: pretender,
  programs:
    'curl wget wget2 git aria2c conda mamba svn hg helm kubectl skopeo podman buildah composer apk aws http https cpanm poetry bundle bundler'.split(
      ' ',
    ),
  flags: [
    ...flags('-k --insecure --proxy-insecure --doh-insecure').map((flag) => ({ ...flag, only: /^curl$/ })),
    { name: '--no-check-certificate', only: /^(?:wget2?|apk|cpanm)$/ },
    { name: '--no-verify-ssl', only: /^aws$/ },
    { name: '--verify', off: no, only: /^https?$/ },
    { name: '--insecure', only: /^hg$/ },
    { name: '--trust-server-cert', only: /^svn$/ },
    { name: '--insecure-skip-tls-verify', only: /^(?:helm|kubectl)$/ },
    ...['--tls-verify', '--src-tls-verify', '--dest-tls-verify'].map((name) => ({
      name,
      off: no,
      only: /^(?:skopeo|podman|buildah)$/,
    })),
    { name: '--check-certificate', off: no, only: /^(?:wget|aria2c)$/ },
    { name: '-c', off: /^http(?:\.[^=]*)?\.sslverify=(?:0|false|no|off)$/i, only: /^git$/ },
    { name: '--config', off: /^http\.sslverify=(?:0|false|no|off)$/i, only: /^git$/ },
  ],
  settings:
    /^config (?:-\S+ )*(?:http(?:\.\S*)?\.sslverify (?:0|false|no|off)|--set ssl_verify (?:0|false|no|off)|(?:-- )?(?:disable-tls (?:true|1)|secure-http (?:false|0))|(?:set )?(?:--\w+ )?ssl_verify_mode:? 0|certificates\.\S+\.cert false)\b/i,
  variables: none,
  written: {
    text: /\bcheck_certificate[ \t]*=[ \t]*(?:off|0|no)\b|(?<![\w.-])sslVerify[ \t]*=[ \t]*(?:false|0|no)\b|(?<![\w.-])insecure(?=["']?[ \t]*>>?[ \t]*\S*\.curlrc\b)/gi,
    reader: 'git, curl or wget',
  },
};

export const environmentTls: Verification = {
  lets: pretender,
  programs: [],
  flags: [],
  settings: undefined,
  variables: new Map([
    ['PYTHONHTTPSVERIFY', { off: /^0$/, reader: 'Python' }],
    ['NODE_TLS_REJECT_UNAUTHORIZED', { off: /^0$/, reader: 'Node.js' }],
    // git only looks whether the variable is there.
    ['GIT_SSL_NO_VERIFY', { off: /^/, reader: 'git' }],
    ['CONDA_SSL_VERIFY', { off: no, reader: 'conda' }],
    ['BUNDLE_SSL_VERIFY_MODE', { off: /^0$/, reader: 'Bundler' }],
    ['GOINSECURE', { off: anything, reader: 'Go' }],
    ['GOFLAGS', { off: /(?:^|[ "'])-insecure\b/, reader: 'Go' }],
  ]),
  written: undefined,
};
