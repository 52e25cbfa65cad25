// Which versions of Node.js, Ruby and Python the versions of their package managers need, and which Ruby and Python a
// distribution has. Sources: `engines` of npm, pnpm and the Angular CLI in their registry on 2026-11-28; required_ruby_version of bundler and
// rubygems-update in theirs; Requires-Python of pip and setuptools in theirs; the indexes of Debian and Ubuntu.

/** A version of npm or of another tool, and the versions of Node.js that can run it. */
export interface NodeNeed {
  readonly major: number;
  /** The lowest version of each line that can run it. */
  readonly lines: readonly (readonly number[])[];
  /** All versions from here on can, too. */
  readonly from: readonly number[];
}

/** A tool that does not start on an older Node.js. */
interface NodeTool {
  readonly name: string;
  readonly title: string;
  /** The programs that need it. */
  readonly programs: readonly string[];
  /** The newest first. */
  readonly needs: readonly NodeNeed[];
}

/** @param text `MAJOR:FROM,LINE,LINE`, one for each major version, the newest first */
function needs(text: string): readonly NodeNeed[] {
  return text.split(/\s+/).map((row) => {
    const [major = '', from = '', ...lines] = row.split(/[:,]/);
    return { major: Number(major), from: numbersOf(from), lines: lines.map(numbersOf) };
  });
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map(Number);
}

export const nodeTools: readonly NodeTool[] = [
  {
    name: 'npm',
    title: 'npm',
    programs: ['npm', 'npx'],
    needs: needs(
      '12:26,22.22.2,24.15 11:22.9,20.17 10:20.5,18.17 9:18,14.17,16.13 8:16,12.13,14.15 7:10 6:9.3,6.2,8',
    ),
  },
  {
    name: 'pnpm',
    title: 'pnpm',
    programs: ['pnpm', 'pnpx'],
    needs: needs('12:18 11:22.13 10:18.12 9:18.12 8:16.14 7:14.6 6:12.17 5:10.16 4:10.13'),
  },
  {
    name: '@angular/cli',
    title: 'Angular CLI',
    programs: ['ng'],
    needs: needs(
      `22:26,22.22.3,24.15 21:24,20.19,22.12 20:24,20.19,22.12 19:22,18.19.1,20.11.1 18:22,18.19.1,20.11.1 17:20.9,18.13
      16:18.10,16.14 15:18.10,14.20,16.13 14:16.10,14.15 13:16.10,12.20,14.15 12:14,12.14.1 11:10.13 10:10.13 9:10.13
      8:10.9`,
    ),
  },
];

/** The lines of Node.js that tags call by name. */
export const nodeLines: ReadonlyMap<string, number> = new Map(
  'argon boron carbon dubnium erbium fermium gallium hydrogen iron jod krypton'
    .split(' ')
    .map((name, at) => [name, 4 + 2 * at]),
);

/** The last versions of bundler and RubyGems for an old Ruby, by the Ruby that already takes newer ones. */
export const rubyNeeds: readonly {
  readonly below: readonly [number, number];
  readonly bundler: string;
  readonly rubygems: string;
}[] = [
  { below: [2, 3], bundler: '1.17.3', rubygems: '2.7.11' },
  { below: [2, 6], bundler: '2.3.27', rubygems: '3.3.27' },
  { below: [3, 0], bundler: '2.4.22', rubygems: '3.4.22' },
];

/**
 * The last versions of gems for an old Ruby: `NAME=BELOW:VERSION`, the oldest Ruby first. Sources: what gem itself says in build
 * logs of 2020, https://github.com/ffi/ffi/issues/700, https://github.com/jordansissel/fpm/issues/1708, and
 * https://github.com/urbanopt/urbanopt-cli/issues/19.
 */
const lastGems: ReadonlyMap<string, readonly (readonly [below: readonly number[], version: string])[]> =
  new Map(
    `ffi=2.0:1.10.0,2.3:1.12.2 rack=2.2:1.6.13,2.3:2.1.4 launchy=2.4:2.4.3 public_suffix=2.1:2.0.5,2.3:3.1.1`
      .split(' ')
      .map((row) => {
        const [name = '', pairs = ''] = row.split('=');
        const versions = pairs.split(',').map((pair) => {
          const [below = '', version = ''] = pair.split(':');
          return [numbersOf(below), version] as const;
        });
        return [name, versions];
      }),
  );

/** The last version of a gem that runs on an old Ruby; undefined if its newest does, or if that is not known. */
export function lastGemFor(name: string, [major = 0, minor = 0]: readonly number[]): string | undefined {
  const row = lastGems.get(name)?.find(([[a = 0, b = 0]]) => (major === a ? minor < b : major < a));
  return row?.[1];
}

/**
 * The patch versions of each line of Ruby that the official image has a tag for, also with `-slim`, and
 * from 2.2.4 on with `-alpine`. Source:
 * the history of library/ruby in docker-library/official-images, until November 2026.
 */
const rubyPatches: ReadonlyMap<string, readonly [first: number, last: number]> = new Map(
  `2.2=0-10 2.3=0-8 2.4=0-10 2.5=0-9 2.6=0-10 2.7=0-8 3.0=0-7 3.1=0-7 3.2=0-11 3.3=0-12 3.4=1-10 4.0=0-6`
    .split(' ')
    .map((row) => {
      const [line = '', first = '', last = ''] = row.split(/[=-]/);
      return [line, [Number(first), Number(last)]];
    }),
);

/** Whether there is an image of a version of Ruby: `2.6.3`, or a line: `2.7`. */
export function hasRubyImage(version: string): boolean {
  const [major = '', minor = '', patch] = version.split('.');
  const range = rubyPatches.get(`${major}.${minor}`);
  if (!range || version === '2.5.2') return false;
  return patch === undefined || (Number(patch) >= range[0] && Number(patch) <= range[1]);
}

/** The Ruby that a release has as its package `ruby`. */
export const rubyOfRelease: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['wheezy', [1, 9]],
  ['jessie', [2, 1]],
  ['stretch', [2, 3]],
  ['buster', [2, 5]],
  ['bullseye', [2, 7]],
  ['trusty', [1, 9]],
  ['xenial', [2, 3]],
  ['bionic', [2, 5]],
  ['focal', [2, 7]],
]);

/** The Pythons that a release has as its packages `python` and `python3`. */
export const pythonsOfRelease: ReadonlyMap<string, { readonly two?: string; readonly three?: string }> =
  new Map([
    ['wheezy', { two: '2.7' }],
    ['jessie', { two: '2.7', three: '3.4' }],
    ['stretch', { two: '2.7', three: '3.5' }],
    ['buster', { two: '2.7', three: '3.7' }],
    ['precise', { two: '2.7' }],
    ['trusty', { two: '2.7', three: '3.4' }],
    ['xenial', { two: '2.7', three: '3.5' }],
    ['bionic', { two: '2.7', three: '3.6' }],
    ['focal', { three: '3.8' }],
    ['centos7', { two: '2.7', three: '3.6' }],
  ]);

/** Releases whose pip is older than 9: it takes the newest version of a package, whatever Python that needs. */
export const releasesWithOldPip: ReadonlySet<string> = new Set([
  'wheezy',
  'jessie',
  'precise',
  'trusty',
  'xenial',
  'centos7',
]);

/** The versions of pip and setuptools before those that need a newer Python, by the Python. */
export const pythonNeeds: ReadonlyMap<string, { readonly pip: string; readonly setuptools: string }> =
  new Map([
    ['2.7', { pip: 'pip<21', setuptools: 'setuptools<45' }],
    ['3.4', { pip: 'pip<19.2', setuptools: 'setuptools<44' }],
    ['3.5', { pip: 'pip<21', setuptools: 'setuptools<51' }],
  ]);

/**
 * Packages and names of Go's standard library, by the version that brought them. Source: the files of `api` in Go's own
 * repository. A method stands with its type.
 */
const goNames: ReadonlyMap<string, string> = new Map(
  `1.4=atomic.Value
  1.7=context,net/http/httptrace,x509.SystemCertPool
  1.8=sort.Slice,sort.SliceStable,http.ErrServerClosed,http.Pusher,url.PathEscape,os.Executable,plugin,tls.X25519,
sql.TxOptions,sql.NamedArg
  1.9=math/bits,sync.Map,json.Valid,sql.Conn,TypeName.IsAlias
  1.10=strings.Builder
  1.11=http.SameSite,os.UserCacheDir
  1.12=strings.ReplaceAll,bytes.ReplaceAll,os.UserHomeDir,debug.BuildInfo,debug.ReadBuildInfo,tls.VersionTLS13,
Value.MapRange
  1.13=crypto/ed25519,errors.Is,errors.As,errors.Unwrap,http.NewRequestWithContext,http.SameSiteNoneMode,os.UserConfigDir
  1.14=hash/maphash
  1.16=embed,io/fs,os.ReadFile,os.WriteFile,os.ReadDir,os.MkdirTemp,os.CreateTemp,os.DirEntry,io.ReadAll,io.Discard,
io.NopCloser,signal.NotifyContext,net.ErrClosed
  1.18=net/netip,any,strings.Cut,bytes.Cut,strings.Clone
  1.19=atomic.Int32,atomic.Int64,atomic.Uint64,atomic.Bool,atomic.Pointer,fmt.Appendf,url.JoinPath
  1.20=crypto/ecdh,errors.Join,context.WithCancelCause
  1.21=slices,maps,log/slog,cmp,context.WithoutCancel,context.WithTimeoutCause,sync.OnceFunc,sync.OnceValue
  1.22=math/rand/v2 1.23=iter,unique 1.24=weak`
    .replaceAll(',\n', ',')
    .split(/\s+/)
    .flatMap((row) => {
      const [version = '', names = ''] = row.split('=');
      return names.split(',').map((name) => [name, version] as const);
    }),
);

/** The Go that first had a package or a name of the standard library; undefined for others. */
export function goWith(name: string | undefined): string | undefined {
  return goNames.get(name ?? '');
}
