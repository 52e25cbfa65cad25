// git: what cannot be cloned, and why.
import { hostOf } from '../cause';
import type { Cause } from '../cause';

const address = /(?<url>(?:https?|git|ssh):\/\/[^\s'"]+|git@[\w.-]+:[^\s'"]+)/;

/** Up to the end of the folder that holds the code of others, most often as a submodule; undefined if there is none. */
function submodule(path: string): number | undefined {
  const found =
    /\/(?:(?:third_?party|3rd_?party|extern(?:als?)?|deps|submodules|vendor)\/[\w.+-]+|gtest|googletest|pybind11)(?=\/)/.exec(
      path,
    );
  return found ? found.index + found[0].length : undefined;
}

export const gitCauses: readonly Cause[] = [
  {
    id: 'git-protocol',
    signs: [
      /The unauthenticated git protocol on port 9418 is no longer supported/,
      /(?:unable to connect to|Unable to look up) (?<host>[\w.-]+)(?::| \(port 9418\))/,
      /fatal: unable to connect to (?<host>[\w.-]+):?$/,
    ],
    message: ({ host = 'github.com' }) =>
      `${host} does not answer the git:// protocol. Use https:// instead, also in the packages that ask for it (git config url.https://.insteadOf git://)`,
  },
  {
    id: 'git-login',
    signs: [
      /fatal: could not read (?:Username|Password) for '(?<url>[^']+)'/,
      /fatal: Authentication failed for '(?<url>[^']+)'/,
      /Permission denied \(publickey/,
      /Host key verification failed/,
      /remote: (?:Support for password authentication was removed|Invalid username or password|Repository not found|HTTP Basic: Access denied|Not Found)/,
      /ERROR: Repository not found/,
      /(?:fatal|remote): [Rr]epository '?(?<url>[^\s']+)'? not found/,
      /The requested URL returned error: 40[1-4]/,
      /fatal: '(?<url>[^']+)' does not appear to be a git repository/,
      /fatal: repository '(?<url>[^']+)' does not exist/,
      /ssh: Could not resolve hostname (?<host>[^:\s]+)/,
    ],
    more(facts, { printed }) {
      if (/requested URL returned/.test(facts.said ?? '') && !/git|fatal/.test(facts.said ?? ''))
        return undefined;
      const url =
        facts.url ??
        printed
          .map((line) => (/[Cc]lon|fatal|fetch|repository/.test(line) ? address.exec(line)?.[0] : undefined))
          .find(Boolean);
      const host = hostOf(url);
      return { ...facts, ...(url !== undefined && { url }), ...(host !== undefined && { host }) };
    },
    message: ({ url = 'The repository', said = '' }) =>
      /publickey|Host key/.test(said)
        ? 'git has no SSH key in the build, or does not know the server. Mount the agent with RUN --mount=type=ssh and add the server to known_hosts, or use https'
        : `git may not read ${url.replace(/^'|'$/g, '')}, or it no longer exists. Check the address; for a private one mount a token as a secret`,
  },
  {
    id: 'git-ref-missing',
    signs: [
      /fatal: Remote branch (?<version>\S+) not found in upstream/,
      /warning: Could not find remote branch (?<version>\S+) to clone/,
      /error: pathspec '(?<version>[^']+)' did not match any file/,
      /fatal: (?:couldn't|Couldn't) find remote ref (?<version>\S+)/,
      /fatal: reference is not a tree: (?<version>\S+)/,
      /fatal: ambiguous argument '(?<version>[^']+)'/,
      /fatal: unable to checkout submodule|fatal: remote error: upload-pack: not our ref (?<version>\S+)/,
      /Server does not allow request for unadvertised object (?<version>\S+)/,
      /Did not find branch or tag '(?<version>[^']+)'/,
      /fatal: Could not parse object '(?<version>[^']+)'/,
      /Revision (?<version>\S+) does not exist in the/,
      /You are not currently on a branch/,
    ],
    message: ({ version = 'that it asks for' }) =>
      `The repository has no branch, tag or commit ${version}. Its branch may be called main now, or the commit was removed`,
  },
  {
    id: 'git-submodules-missing',
    signs: [
      /Submodule '(?<path>[^']+)' is not up-to-date/,
      /(?<path>\S+) submodule(?: directory)? is missing/,
      /^ +(?<path>\/\S+)$/,
      /(?:run|try|forgot(?: to run)?|execute|with)[:\s'"`]{1,4}git submodule (?:update --init|init)/i,
    ],
    // CMake names the folder, or a file in it, on a line of its own between the words that tell of it.
    more(facts, { printed }) {
      if (facts.path === undefined || facts.said !== facts.path) return facts;
      const told = printed.filter((line) => line.trim() !== '').map((line) => line.trim());
      const at = told.lastIndexOf(facts.path);
      const isEmpty =
        told[at - 1] === 'The source directory' &&
        /^does not contain a CMakeLists\.txt/.test(told[at + 1] ?? '');
      const lacksFile = told[at - 1] === 'Cannot find source file:' && submodule(facts.path) !== undefined;
      if (isEmpty) return facts;
      return lacksFile ? { ...facts, path: facts.path.slice(0, submodule(facts.path)) } : undefined;
    },
    message: ({ path = 'A submodule' }) =>
      `${path} is empty, because git did not fetch the submodules of the repository. Clone with --recurse-submodules, or run git submodule update --init in the folder that is copied`,
  },
  {
    id: 'git-folder-missing',
    signs: [
      /fatal: [Nn]ot a git repository/,
      /fatal: your current branch|LookupError: setuptools-scm was unable to detect version/,
      /fatal: detected dubious ownership in repository at '(?<path>[^']+)'/,
      /fatal: unsafe repository \('(?<path>[^']+)'/,
      /fatal: No (?:names|tags) (?:found|can describe)/,
    ],
    message: ({ path }) =>
      path
        ? `git refuses ${path}, which belongs to another user. Add it as safe.directory, or copy it with the right owner`
        : 'There is no git repository in the image: the ignore file leaves .git out, or it was not copied. Pass what the step needs, such as the version, as a build argument',
  },
  {
    id: 'git-network',
    signs: [
      /fatal: unable to access '(?<url>[^']+)': (?<detail>.+)/,
      /error: RPC failed; (?<detail>.+)/,
      /fatal: (?:early EOF|the remote end hung up unexpectedly|index-pack failed|unable to look up (?<host>\S+))/,
      /fatal: unable to connect to/,
      /svn: E\d+: (?<detail>.+)|abort: error: (?:.+)/,
    ],
    more: ({ detail, ...facts }) => {
      const host = facts.host ?? hostOf(facts.url);
      return { ...facts, ...(detail !== undefined && { detail }), ...(host !== undefined && { host }) };
    },
    message: ({ host = 'the server', detail }) =>
      `git could not fetch from ${host}${detail ? ` (${detail})` : ''}. Check the network and the certificates, and run the build again`,
  },
  {
    id: 'git-failed',
    weak: true,
    signs: [/^fatal: (?<detail>.+)/, /fatal: destination path '(?<path>[^']+)' already exists/],
    more: (facts, { instruction = '' }) => (/\bgit\b/.test(instruction) ? facts : undefined),
    message: ({ detail = '' }) => `git stopped: ${detail}`,
  },
];
