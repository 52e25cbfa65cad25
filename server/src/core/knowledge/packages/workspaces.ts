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

/** Files at the root that change what a tool installs, in lower case. */
export const rootSettings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['dotnet', new Set(['directory.packages.props', 'directory.build.props', 'nuget.config', 'global.json'])],
  ['cargo', new Set(['build.rs'])],
]);
