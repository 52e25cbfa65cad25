// Node.js: npm, yarn, pnpm, bower, and the Node that runs them.
import { hostOf, lastMatch, ownWords } from '../cause';
import type { Cause } from '../cause';

export const nodeCauses: readonly Cause[] = [
  {
    id: 'node-wrong-version',
    signs: [
      /The engine "node" is incompatible with this module\. Expected version "(?<needed>[^"]+)"\. Got "(?<present>[^"]+)"/,
      /error (?<package>\S+)@\S+: The engine "node" is incompatible/,
      /npm (?:ERR!|error) (?:notsup )?Unsupported engine for (?<package>\S+?)@\S+: wanted: \{"node":"(?<needed>[^"]+)"/,
      /(?:npm ERR! |npm error )?(?:notsup )?Not compatible with your version of node\/npm: (?<package>\S+)/,
      /(?:npm ERR! |npm error )?notsup Required: \{"node":"(?<needed>[^"]+)"/,
      /npm ERR! notsup .*Actual: +\{.*"node":"(?<present>[^"]+)"/,
      /ERROR: npm v(?<version>\S+) (?:is known not to run|does not support) (?:on )?Node\.js v(?<present>\d+(?:\.\d+)*)/,
      /npm does not support Node\.js v(?<present>\d+(?:\.\d+)*)/,
      /requires? (?:at least )?(?:a )?(?:minimum )?(?:Node(?:\.js)?|node)(?: version)?(?: of)?(?: either)? *[v"]?(?<needed>(?:>=|\^|~)? ?v?\d[\w.]*)/i,
      /Node\.js version v(?<present>\d\S*) detected/,
      /(?:Node|Node\.js) (?<needed>(?:>= ?)?v?\d[\d.]*) (?:or (?:higher|later|newer|above) )?is (?:required|needed)/i,
      /ERR_PNPM_UNSUPPORTED_ENGINE/,
      /SyntaxError: (?:Unexpected token|Unexpected strict mode|Use of (?:const|let)|Block-scoped declarations|missing \)|Invalid regular expression flags|Unexpected (?:identifier|reserved word|end of input))/,
      /TypeError: (?:Object\.(?:entries|values|fromEntries)|.*\.(?:padStart|flatMap|replaceAll|at)) is not a function/,
      /ERR_OSSL_EVP_UNSUPPORTED|error:0308010C:digital envelope routines/,
      /TypeError: cb\.apply is not a function|primordials is not defined/,
      /Cannot find module 'node:(?<package>[\w/]+)'|No such built-in module: node:(?<detail>[\w/]+)/,
      /ReferenceError: (?:globalThis|BigInt|TextDecoder|AbortController|fetch) is not defined/,
    ],
    more(facts, { printed }) {
      const said = facts.said ?? '';
      if (/SyntaxError|TypeError|ReferenceError/.test(said) && !/primordials|cb\.apply/.test(said))
        return lastMatch(printed, /node_modules|npm ERR!|at Module\._compile|\bmodule\.js:\d+/)
          ? facts
          : undefined;
      const there = lastMatch(printed, /\bnode (v\d+\.\d+\.\d+)$/)?.[1];
      return facts.present === undefined && there !== undefined ? { ...facts, present: there } : facts;
    },
    message({ package: name, needed, present, said = '' }) {
      if (/EVP_UNSUPPORTED|0308010C/.test(said))
        return 'This Node has an OpenSSL without the hash that an old bundler uses. Update the bundler, or take an image with Node 16 until then';
      if (/primordials|cb\.apply/.test(said))
        return 'An old package does not run on this new Node. Update it, or take an image with an older Node';
      if (/npm v|npm does not/.test(said))
        return `The newest npm does not run on Node ${present ?? 'of this image'}. Ask for an npm that does, or take an image with a newer Node`;
      return `${name ?? 'A package'} does not run on this Node${present ? ` (${present})` : ''}${needed ? `: it needs ${needed}` : ''}. Take an image with a Node that fits, or an older version of the package`;
    },
  },
  {
    id: 'npm-lock-out-of-date',
    signs: [
      /can only install packages when your package\.json and package-lock\.json .*are in sync/,
      /(?:npm ci|cipm) can only install packages (?:when|with an existing package-lock)/,
      /can only install with an existing package-lock\.json/,
      /Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`/,
      /ERR_PNPM_(?:OUTDATED_LOCKFILE|NO_LOCKFILE|LOCKFILE_\w+)/,
      /The lockfile would have been (?:modified|created) by this install/,
      /cipm can only install packages/,
      /lockfile had changes, but lockfile is frozen/,
    ],
    message: ({ said = '' }) =>
      /existing|NO_LOCKFILE|shrinkwrap\.json with/.test(said)
        ? 'There is no lock file in the image, and this install needs one. Copy package-lock.json (or its like) before it, and commit it'
        : 'The lock file does not fit package.json. Run the install where you develop, and commit the lock file',
  },
  {
    id: 'package-json-missing',
    signs: [
      /ENOENT: no such file or directory, open '(?<path>[^']*package(?:-lock)?\.json)'/,
      /(?:npm ERR!|npm error) (?:enoent )?ENOENT.*open '(?<path>[^']+package\.json)'/,
      /Couldn't find a package\.json file in "(?<path>[^"]+)"/,
      /ERR_PNPM_NO_(?:IMPORTER_MANIFEST_FOUND|PKG_MANIFEST).*in "?(?<path>[^"]+)/,
      /(?:npm ERR!|npm error) Missing script: "?(?<command>[^"]+)"?|npm ERR! missing script: (?<detail>\S+)/,
      /error Command "(?<command>[^"]+)" not found\./,
    ],
    message: ({ path, command, detail }) =>
      path
        ? `${path} is not in the image. Copy package.json before this step, and check WORKDIR`
        : `package.json has no script ${command ?? detail ?? ''}. Check its name, and that the file is the one you mean`,
  },
  {
    id: 'npm-package-missing',
    signs: [
      /npm (?:ERR!|error) (?:code )?(?:404 |E404).*?'?(?<package>@?[\w./-]+)@(?<version>[^\s']+)'? is not in/,
      /npm (?:ERR!|error) 404 +(?:Not Found.*?- |'?)(?<detail>[^\s']+)/,
      /npm (?:ERR!|error) (?:notarget )?No matching version found for (?<package>@?[^@\s]+)@(?<version>\S+?)\.?$/,
      /npm (?:ERR!|error) No compatible version found: (?<package>@?[^@\s]+)@(?<version>\S+)/,
      /npm (?:ERR!|error) version not found: (?<package>@?[^@\s]+)@(?<version>\S+)/,
      /Couldn't find any versions for "(?<package>[^"]+)" that matches "(?<version>[^"]+)"/,
      /An unexpected error occurred: "(?<url>https?:\/\/\S+): Not found/,
      /error Couldn't find package "(?<package>[^"]+)"/,
      /ERR_PNPM_(?:FETCH_404|NO_MATCHING_VERSION)/,
      /npm (?:ERR!|error) (?:No valid versions available for|Can't install github:\S+|404 '?(?:@?[\w./-]+)' is not in) ?(?<package>\S+)/,
    ],
    message: ({ package: name = 'a package', version }) =>
      `The registry has no ${name}${version ? ` ${version}` : ''}: the name or the version does not exist, has been removed, or needs a login`,
  },
  {
    id: 'npm-file-exists',
    signs: [
      /npm (?:ERR!|error) (?:code )?EEXIST/,
      /EEXIST: file already exists.*'(?<path>[^']+)'$/,
      /npm (?:ERR!|error) File exists: (?<path>\S+)/,
    ],
    more: (facts, { printed }) => {
      const path = facts.path ?? lastMatch(printed, /(?:File exists: |-> '|dest )(\/[^\s']+)/)?.[1];
      return { ...facts, ...(path !== undefined && { path }) };
    },
    message: ({ path = 'The program' }) =>
      `${path} is already in the image, and npm does not overwrite it. Leave this install out: node images bring npm and yarn along`,
  },
  {
    id: 'npm-peer-conflict',
    signs: [
      /(?:npm ERR!|npm error) (?:code )?ERESOLVE/,
      /npm ERR! peerinvalid|ERR_PNPM_PEER_DEP_ISSUES|unable to resolve dependency tree/,
      /ECONFLICT Unable to find suitable version for (?<package>\S+)/,
      /Unable to find a suitable version for (?<package>[^,]+), please choose one/,
      /error Found incompatible module/,
    ],
    message: () =>
      'No versions of the packages fit together. Choose versions whose peer dependencies agree, rather than forcing it with --legacy-peer-deps',
  },
  {
    id: 'npm-login',
    signs: [
      /npm (?:ERR!|error) (?:code )?E40[13]|npm (?:ERR!|error) 40[13] /,
      /error An unexpected error occurred: ".*(?:401|403)|Request failed \\?"40[13]/,
      /Unable to authenticate, (?:need|your authentication)/,
      /Failed to replace env in config: \$\{(?<argument>\w+)\}/,
    ],
    message: ({ argument }) =>
      argument
        ? `.npmrc wants the variable ${argument}, which the build does not have. Pass the token as a secret that RUN mounts`
        : 'The npm registry wants a login. Pass the token as a secret that RUN mounts, never as a build argument',
  },
  {
    id: 'npm-network',
    signs: [
      /npm (?:ERR!|error) (?:code |network |errno |syscall )*(?:ETIMEDOUT|ECONNRESET|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_SOCKET_TIMEOUT|EINTEGRITY|CERT_HAS_EXPIRED|SELF_SIGNED_CERT\w*|UNABLE_TO_\w+)/,
      /npm ERR! (?:shasum|sha512|Invalid response body)/,
      /(?:There appears to be trouble with your network connection|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?<host>\S+))/,
      /npm ERR! .*(?:socket hang up|network (?:timeout|request)|connect ETIMEDOUT|cb\(\) never called)/,
      /(?:certificate has expired|self signed certificate|unable to get local issuer certificate)/i,
      /ERR_PNPM_META_FETCH_FAIL|ESOCKETTIMEDOUT|request to (?<url>\S+) failed/,
      /503 Service (?:Temporarily )?Unavailable.*npm|npm ERR! 50\d/,
    ],
    more: (facts, { printed }) => {
      if (!lastMatch(printed, /npm|yarn|pnpm|node|bower/i)) return undefined;
      const host = facts.host ?? hostOf(facts.url);
      return { ...facts, ...(host !== undefined && { host }) };
    },
    message: ({ host = 'The registry', said = '' }) =>
      /CERT|certificate/i.test(said)
        ? `${host} has a certificate that this Node does not trust. Update the image, or install ca-certificates`
        : /cb\(\)/.test(said)
          ? 'npm broke off by itself. Run the build again; a newer npm may help'
          : `${host} did not answer as it should. Check the network, and run the build again`,
  },
  {
    id: 'npm-root-refused',
    signs: [
      /bower ESUDO|Cannot be run with sudo/,
      /npm (?:ERR!|error) (?:code )?EACCES|EACCES: permission denied, \w+ '(?<path>[^']+)'/,
      /Missing write access to (?<path>\S+)/,
    ],
    message: ({ path, said = '' }) =>
      /ESUDO|sudo/.test(said)
        ? 'bower refuses to run as root. Run it with --allow-root, or as another user'
        : `The user of this step may not write ${path ?? 'there'}. Change the owner of the folder before USER, or copy with --chown`,
  },
  {
    id: 'node-gyp-failed',
    weak: true,
    signs: [
      /gyp ERR! (?:build error|Node-gyp failed|configure error|stack Error: (?<detail>.*))/,
      /(?<![\w./@-])(?<package>@?[\w./-]+)@\S+ (?:install|postinstall|preinstall): `[^`]*(?:node-gyp|node-pre-gyp|prebuild)/,
    ],
    message: ({ package: name = 'A package' }) =>
      `${name} could not build its native part. It needs python3, make and a C++ compiler in the image, or a version that has a prebuilt file for this Node`,
  },
  {
    id: 'script-failed',
    weak: true,
    signs: [
      /npm (?:ERR!|error) (?<package>@?[\w./-]+)@\S+ (?<command>[\w:-]+): `/,
      /npm (?:ERR!|error) (?:code ELIFECYCLE|Failed at the (?<package>\S+?)@\S+ (?<command>\S+) script)/,
      /error Command failed with exit code \d+/,
      /npm error command failed|ELIFECYCLE/,
      /error An unexpected error occurred: "(?<detail>[^"]+)/,
      /Module not found: Error: Can't resolve '(?<package>[^']+)'/,
      /Cannot find module '(?<path>[^']+)'/,
      /error TS\d+: (?<detail>.*)/,
    ],
    more(facts, { printed }) {
      const detail = ownWords(printed.filter((line) => !/^npm |^error Command/.test(line))) ?? facts.detail;
      return { ...facts, ...(detail !== undefined && { detail }) };
    },
    message: ({ package: name, command, path, detail }) =>
      path
        ? `Node does not find the module ${path}. Install it before, or copy the file into the image`
        : `The script ${command ?? 'of package.json'}${name && command ? ` of ${name}` : ''} failed${detail ? `: ${detail}` : '. What it printed above says why'}`,
  },
  {
    id: 'node-wrong-version',
    weak: true,
    signs: [
      /npm ERR! node -?v? ?(?<present>v[0-7]\.[\d.]+)/,
      /npm ERR! not ok code 0/,
      /npm ERR! +\S*\/npm-debug\.log$/,
    ],
    more: (facts, { printed, instruction = '' }) =>
      /npm|node|bower|grunt|gulp/.test(instruction) && !lastMatch(printed, /npm ERR! Failed at the/)
        ? facts
        : undefined,
    message: ({ present }) =>
      `The npm of this old Node${present ? ` (${present})` : ''} could not install the packages: present ones no longer fit it. Take an image with a newer Node`,
  },
  {
    id: 'npm-failed',
    weak: true,
    signs: [
      /npm (?:ERR!|error) (?!A complete log|Linux|argv|node -?v|npm +-?v|cwd|path|code|errno|Please|with --force|not ok|Additional|There is|or install|<|\/|if you|typeerror)(?<detail>\S.+)/,
      /^error (?<detail>.+)/,
    ],
    more: (facts, { instruction = '' }) => (/npm|yarn|pnpm|bower|node/.test(instruction) ? facts : undefined),
    message: ({ detail = '' }) => `The install of Node packages stopped: ${detail}`,
  },
];
