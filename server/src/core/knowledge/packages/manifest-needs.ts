// The files that a manifest needs, found in its text: files next to it that must be copied with it, or the sources, so
// that the installation cannot come before them. Sources: the manuals of the tools. A text that is not understood
// counts as needing the sources.
import { isRecord, readJsonObject } from '../../text/record';
import type { JsonObject } from '../../text/record';

/** Names of files next to the manifest; undefined if it needs more than these. */
type ManifestNeeds = readonly string[] | undefined;

/** @param name of the file, relative to the root of the copied files @param text its content */
export type NeedsReader = (name: string, text: string) => ManifestNeeds;

const nothing: ManifestNeeds = [];

/** npm, yarn, pnpm and bun. @param runsScripts false with `--ignore-scripts` */
export function nodeNeeds(runsScripts: boolean): NeedsReader {
  return (name, text) => {
    switch (name) {
      case 'package.json':
        return packageNeeds(text, runsScripts);
      case 'pnpm-workspace.yaml':
        return /^["']?(?:packages|patchedDependencies)\b/m.test(text) || localYaml.test(text)
          ? undefined
          : nothing;
      case '.npmrc':
        // Certificates are read relative to the working folder. Absolute paths need no file of the context.
        return /^[ \t]*(?:cafile|certfile|keyfile|[^#;\n]*:(?:certfile|keyfile)|pnpmfile|global-pnpmfile|patches-dir)[ \t]*=[ \t]*["']?[^\s"'/$~]/m.test(
          text,
        )
          ? undefined
          : nothing;
      case '.yarnrc':
        return /^[ \t]*"?(?:--)?(?:yarn-path|yarn-offline-mirror|cafile|cwd|modules-folder)"?\s/m.test(text)
          ? undefined
          : nothing;
      case '.yarnrc.yml':
        return /^[ \t]*(?:-[ \t]+)?["']?(?:yarnPath|path|plugins|httpsCaFilePath|httpsCertFilePath|httpsKeyFilePath)["']?\s*:/m.test(
          text,
        )
          ? undefined
          : nothing;
      default:
        return nothing;
    }
  };
}

const localProtocol =
  /^(?:(?:git\+)?file|link|portal|workspace|patch|exec):|^(?:\.{0,2}|~)\/|^[^:]*\.(?:tgz|tar|tar\.gz)$/;
const localYaml = /:\s*["']?(?:file|link|portal|workspace|patch):/;

/** Scripts of package.json that an installation runs: by npm, and by yarn, pnpm and bun. */
const installScripts = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'dependencies',
  'pnpm:devPreinstall',
];

/** Scripts that need no sources: Git hooks without a repository, and patches whose folder is found by its name. */
const harmless =
  /^(?:husky(?: install)?|npx(?: -y| --yes)? only-allow \w+|only-allow \w+|is-ci|patch-package|npx patch-package|echo [\w .!-]*|true|:|exit 0)?$/;

function packageNeeds(text: string, runsScripts: boolean): ManifestNeeds {
  const json = readJsonObject(text);
  if (!json) return undefined;
  const scripts = recordOf(json.scripts);
  const mayRead = (script: unknown): boolean =>
    typeof script !== 'string' || !script.split(/&&|\|\||;/).every((part) => harmless.test(part.trim()));
  if (runsScripts && installScripts.some((name) => name in scripts && mayRead(scripts[name])))
    return undefined;
  const isLocal = [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'peerDependencies',
    'resolutions',
    'overrides',
  ].some((name) => stringsIn(json[name]).some((version) => localProtocol.test(version)));
  const pnpm = recordOf(json.pnpm);
  const more = [json.workspaces, json.patchedDependencies, pnpm.patchedDependencies];
  const isLocalPnpm = stringsIn(pnpm.overrides).some((version) => localProtocol.test(version));
  return isLocal || isLocalPnpm || more.some((value) => stringsIn(value).length > 0) ? undefined : nothing;
}

/** Requirements and constraints of pip: other lists can be copied too, paths of packages cannot. */
export function pipNeeds(_name: string, text: string): ManifestNeeds {
  const files: string[] = [];
  for (const raw of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim();
    const [, list] = /^(?:-[rc]|--(?:requirement|constraint)(?=[\s=]))[\s=]*(\S.*)$/.exec(line) ?? [];
    if (list !== undefined) {
      if (/^https?:\/\//i.test(list)) continue;
      const file = list.replace(/^["']|["']$/g, '').replace(/^\.\//, '');
      if (!/^[\w.+-]+$/.test(file) || file === '..') return undefined;
      files.push(file);
    } else if (namesPath(line)) return undefined;
  }
  return files;
}

/** Whether a line of requirements names a local package or a local folder of packages. */
function namesPath(line: string): boolean {
  if (/\bfile:/i.test(line)) return true;
  const [, option, place = ''] =
    /^(-e|--editable|-f|--find-links|-i|--index-url|--extra-index-url)[\s=]*(.*)$/.exec(line) ?? [];
  if (option !== undefined) return !/^["']?(?:[a-z+]+:\/\/|\$\{)/i.test(place);
  if (line.startsWith('--')) return false;
  const requirement = line.replace(/;.*$|\s--?\w.*$/, '');
  if (/:\/\//.test(requirement)) return false;
  return (
    /[/\\]/.test(requirement) || /^\.|\.(?:whl|zip|tar\.\w+|tgz)(?:\[[^\]]*\])?$/i.test(requirement.trim())
  );
}

/** uv and Poetry. @param isDynamic whether metadata that the project computes itself matters */
export function pyprojectNeeds(isDynamic: boolean): NeedsReader {
  return (name, text) => {
    if (name !== 'pyproject.toml') return nothing;
    let section = '';
    for (const raw of text.split(/\r?\n/)) {
      const line = raw.replace(/^\s*#.*$|\s#.*$/, '').trim();
      section = /^\[+([^\]]+)\]/.exec(line)?.[1]?.trim() ?? section;
      if (/@\s*file:/.test(line)) return undefined;
      if (isDynamic && section === 'project' && /^dynamic\s*=/.test(line)) return undefined;
      if (/^tool\.uv\.workspace\b/.test(section)) return undefined;
      if (!/^tool\.(?:uv|poetry)\b/.test(section)) continue;
      if (/^(?:workspace|sources)\s*[.=]/.test(line) && section === 'tool.uv') return undefined;
      const isSource = /^tool\.uv\.sources|^tool\.poetry\..*dependencies/.test(section);
      if (isSource && /(?:^|[\s{,.])(?:path|workspace|file)\s*=/.test(line)) return undefined;
    }
    return nothing;
  };
}

/** A Gemfile is a program: it may need the files that it reads, and local gems. */
export function gemfileNeeds(name: string, text: string): ManifestNeeds {
  if (/\.lock$|^\./.test(name)) return nothing;
  const code = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*#.*$|\s#\s.*$/, ''))
    // The file with the Ruby version is copied if it exists.
    .map((line) => line.replace(/\bFile\.read\(["'](?:\.\/)?\.(?:ruby-version|tool-versions)["']\)/, ''))
    .join('\n');
  return /\bpath\b["']?\s*(?::|=>|["'(])|:path\b|^[ \t]*gemspec\b|\beval_gemfile\b|\brequire_relative\b|\bload\b|\b(?:File|Dir|IO|Pathname)\b|\b(?:instance_)?eval\b|__dir__|__FILE__|`|%x/m.test(
    code,
  )
    ? undefined
    : nothing;
}

/** Composer: local packages, and plugins that read more files. Its scripts run in the second step. */
export function composerNeeds(name: string, text: string): ManifestNeeds {
  if (name !== 'composer.json') return nothing;
  const json = readJsonObject(text);
  if (!json) return undefined;
  // A list, or a mapping with names.
  const repositories = Array.isArray(json.repositories)
    ? (json.repositories as readonly unknown[])
    : Object.values(recordOf(json.repositories));
  const isLocal = repositories.some((repository) => {
    const { type, url } = recordOf(repository);
    return (
      type === 'path' ||
      type === 'artifact' ||
      (typeof url === 'string' && /^(?:file:|\.{0,2}\/|[^:]*$)/.test(url) && !/^[\w.-]+\.\w+\//.test(url))
    );
  });
  const extra = recordOf(json.extra);
  const reads = ['patches', 'patches-file', 'merge-plugin'].some((key) => key in extra);
  return isLocal || reads || 'file-mapping' in recordOf(extra['drupal-scaffold']) ? undefined : nothing;
}

/** go.mod: a replacement can be a folder. */
export function goNeeds(name: string, text: string): ManifestNeeds {
  if (name !== 'go.mod') return nothing;
  const isLocal = text
    .split(/\r?\n/)
    .some((line) =>
      /=>\s*["`]?(?:\.{1,2}(?:["`\s]|$)|\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(line.replace(/\/\/.*$/, '')),
    );
  return isLocal ? undefined : nothing;
}

function recordOf(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

/** All strings in a value. */
function stringsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const open = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') found.push(one);
    else if (Array.isArray(one) || isRecord(one))
      for (const inner of Object.values<unknown>(one)) open.push(inner);
  }
  return found;
}
