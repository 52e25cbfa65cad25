// Whether a word that names a package of a language also fixes its version. Sources: PEP 440 and 508, the manuals of
// pip, npm, RubyGems and Go.

/** By family of the package manager. `text`: a word without expansions. */
export const takesAnyVersion: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['pip', anyRequirement],
  ['uv', anyRequirement],
  ['npm', anyNodePackage],
  ['yarn', anyNodePackage],
  ['pnpm', anyNodePackage],
  ['bun', anyNodePackage],
  ['gem', (text: string) => !/[:/]|\.gem$/.test(text)],
  ['go', anyGoPackage],
]);

/** Families whose packages are named with a comparison, as in `NAME>=1.2`, which a shell reads only within quotes. */
export const comparesVersions: ReadonlySet<string> = new Set(
  'apk bun composer conda npm pacman pip pnpm uv yarn zypper'.split(' '),
);

/** Tags and branches that move. */
const moving = /@(?:latest|next|none|upgrade|patch|master|main|HEAD)$/;

function anyRequirement(text: string): boolean {
  if (repositoryUrl.test(text)) return !/:\/\/[^/]*\/.*@[^/@]+$/.test(text.replace(/#.*$/s, ''));
  if (/[/\\]|:\/\/|^\.|\.(?:whl|zip|tar\.gz|tgz)(?:\[[^\]]*\])?$/.test(text)) return false;
  // A marker of PEP 508 says when, not which.
  return !/[=<>~!@]/.test(text.replace(/;.*$/s, ''));
}

function anyNodePackage(text: string): boolean {
  if (
    /^(?:\.{1,2}(?:\/|$)|~?\/|file:|link:|workspace:|https?:(?!\S*\.git(?:#|$)))|\.(?:tgz|tar|tar\.gz)$/.test(
      text,
    )
  )
    return false;
  // A repository: its branch moves unless a commit or tag is named.
  if (/^git[+:]|^(?:github|gitlab|bitbucket):|\.git$|^[\w-]+\/[\w.-]+$/.test(text.replace(/#.*$/s, '')))
    return !text.includes('#');
  return !text.includes('@', 1) || moving.test(text);
}

function anyGoPackage(text: string): boolean {
  if (/^[./]|\.go$/.test(text)) return false;
  // The packages of the standard library have no dot in their first part.
  if (!/^[^/]+\.[^/]+\//.test(text)) return false;
  return !text.includes('@') || moving.test(text);
}

/** The moving tag that a word names, with its `@`; undefined if it names none. */
export function movingTag(text: string): string | undefined {
  return moving.exec(text)?.[0];
}

/** How pip marks the address of a repository. */
export const repositoryUrl = /^(?:git|hg|svn|bzr)\+/;
