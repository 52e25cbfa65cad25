// How tools find the other members of a project, and the settings at its root. Sources: the manuals of the tools.

export interface MemberList {
  /** The file at the root, and the name of the file of each member. */
  readonly manifest: string;
  /** Where it lists the members: the list is the first group. */
  readonly pattern: RegExp;
  /** A member in the list, with its quote: its folder, or a pattern of folders, is the second group. */
  readonly member: RegExp;
}

const quoted = /(["'])([^"']+)\1/g;
const cargo: MemberList = {
  manifest: 'Cargo.toml',
  pattern: /^\[workspace\][^[]*?^members\s*=\s*\[([^\]]*)\]/m,
  member: quoted,
};
const maven: MemberList = {
  manifest: 'pom.xml',
  pattern: /<modules>([\s\S]*?)<\/modules>/,
  member: /(<module>)\s*([^<\s]+)\s*<\/module>/g,
};

/** By the program that reads the list. */
export const memberLists: ReadonlyMap<string, MemberList> = new Map([
  ['cargo', cargo],
  ['mvn', maven],
  ['mvnw', maven],
  [
    'uv',
    {
      manifest: 'pyproject.toml',
      pattern: /^\[tool\.uv\.workspace\][^[]*?^members\s*=\s*\[([^\]]*)\]/m,
      member: quoted,
    },
  ],
  [
    'yarn',
    {
      manifest: 'package.json',
      pattern: /["']workspaces["']\s*:\s*(?:\{\s*["']packages["']\s*:\s*)?\[([^\]]*)\]/,
      member: quoted,
    },
  ],
]);

/**
 * Files at the root that a tool reads, in lower case, each with what it has to hold to change what the tool installs: a
 * NuGet.config without a feed of its own and a global.json that only names an SDK change nothing.
 */
export const rootSettings: ReadonlyMap<string, ReadonlyMap<string, RegExp>> = new Map([
  [
    'dotnet',
    new Map([
      ['directory.packages.props', /(?:)/],
      [
        'directory.build.props',
        /<(?:Import|LangVersion|ManagePackageVersionsCentrally|Restore\w*|TargetFrameworks?|\w+Version)\b/,
      ],
      ['nuget.config', /<add\s[^>]*\bvalue\s*=\s*["'](?!https:\/\/api\.nuget\.org\/)/i],
      ['global.json', /"msbuild-sdks"/],
    ]),
  ],
  ['cargo', new Map([['build.rs', /(?:)/]])],
]);
