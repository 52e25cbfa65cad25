// Which paths that a file names do not exist in the build context, and what each probably meant. A checkout lacks much
// that a build has: what is generated, secret, or made by a script. Of such paths nothing is said.
import type { Model } from '../../model/model';
import { once } from '../../text/memo';
import { bracesIn } from '../../shell/spelling';
import { baseName, normalizePath } from '../../text/paths';
import { isIgnored, lookUp, namesIn } from './context-paths';
import type { ContextFacts } from './context-sources';
import { isGitIgnored } from './git-files';
import { namedPaths, pathsOfVariables } from './named-paths';
import type { NamedPath } from './named-paths';
import { isTypingError, nearPath } from './near-path';

export interface MissingPath extends NamedPath {
  /** The path that it probably means; undefined if nothing is near. */
  readonly meant: string | undefined;
  /** The paths that a shell would make of its braces, if all of them are there. */
  readonly spread: readonly string[] | undefined;
}

export function missingPaths(model: Model, context: ContextFacts): readonly MissingPath[] {
  return namedPaths(model).flatMap((named): readonly MissingPath[] => {
    const { path } = named;
    if (lookUp(context, path) !== 'missing' || isMadeElsewhere(path, context)) return [];
    if (context.liesElsewhere?.(path) === true) return [];
    const spread = spreadOf(named, context);
    if (spread) return [{ ...named, meant: undefined, spread }];
    const meant = meantBy(named, context);
    if (meant === undefined && (context.isCertain !== true || mayBeBuilt(named, context))) return [];
    return [{ ...named, meant, spread: undefined }];
  });
}

/** Other paths that are not there now: something may make them before the build. @param told those that certainly stop it */
export function absentPaths(
  model: Model,
  context: ContextFacts,
  told: readonly MissingPath[],
): readonly NamedPath[] {
  const places = new Set(told.map(({ span }) => span.start));
  return [...namedPaths(model), ...pathsOfVariables(model)].filter(
    ({ path, span }) =>
      !places.has(span.start) &&
      lookUp(context, path) === 'missing' &&
      context.liesElsewhere?.(path) !== true &&
      !isGitIgnored(context, path),
  );
}

/** `COPY {a,b} /x/`: the builder does not expand braces. */
function spreadOf({ value }: NamedPath, context: ContextFacts): readonly string[] | undefined {
  const words = value.includes('{') ? bracesIn(value, true) : undefined;
  if (!words || words.length < 2) return undefined;
  const isThere = (word: string): boolean => {
    const path = normalizePath(`/${word}`).slice(1);
    return lookUp(context, path) !== 'missing' && !isIgnored(context, path);
  };
  return words.every(isThere) ? words : undefined;
}

/** A near name in the folder, or the only file of that name in a folder at the root. */
function meantBy({ path, value }: NamedPath, context: ContextFacts): string | undefined {
  const parts = path.split('/');
  const at = parts.findIndex(
    (_, index) => lookUp(context, parts.slice(0, index + 1).join('/')) === 'missing',
  );
  const folder = parts.slice(0, at).join('/');
  const name = parts[at] ?? '';
  const visible = (namesIn(context, folder) ?? []).filter(
    (one) =>
      !isIgnored(context, folder === '' ? one.replace(/\/$/, '') : `${folder}/${one.replace(/\/$/, '')}`),
  );
  const isFolder = at < parts.length - 1 || value.endsWith('/');
  const near = nearPath(name, isFolder ? visible.filter((one) => one.endsWith('/')) : visible);
  // Programs have short names without an ending: there only a slip of the fingers is near.
  const isSure = near !== undefined && (isFolder || name.includes('.') || isTypingError(name, near));
  if (isSure) {
    const meant = [...parts.slice(0, at), near, ...parts.slice(at + 1)].join('/');
    if (lookUp(context, meant) !== 'missing') return meant;
  }
  // Elsewhere only if this is the context: else the other folder may be.
  return context.isCertain === true && path.includes('.') ? onlyOneNamed(baseName(path), context) : undefined;
}

/** How many folders are searched for a file of the same name. */
const mostFolders = 50;

function onlyOneNamed(name: string, context: ContextFacts): string | undefined {
  const folders = context.entries.filter(
    (entry) => entry.endsWith('/') && !generated.test(entry.slice(0, -1)),
  );
  const found = ['', ...folders.slice(0, mostFolders).map((entry) => entry.slice(0, -1))]
    .map((folder) => (folder === '' ? name : `${folder}/${name}`))
    .filter((path) => lookUp(context, path) === 'file' && !isIgnored(context, path));
  return found.length === 1 ? found[0] : undefined;
}

/** Folders that tools fill. */
const generated =
  /^(?:_?build|dist|out|output|target|bin|obj|publish|release|releases|artifacts?|node_modules|vendor|third_party|coverage|wheels?|wheelhouse|gen|generated|te?mp|cache|\.cache|\.venv|venv|\.next|\.nuxt|\.output|\.svelte-kit|\.git|\.m2|\.gradle|certs?|keys?|secrets?|ssl|data|models?|assets|static|public|downloads?|binaries|packages|deps|debs|rpms)$/i;

/** Whether a file certainly comes from elsewhere: a tool, a script, a submodule, or what git does not keep. */
export function isMadeElsewhere(path: string, context: ContextFacts): boolean {
  const parts = path.split('/');
  const folder = parts.slice(0, -1).join('/');
  return (
    parts.some((part) => generated.test(part)) ||
    // An empty folder is filled by somebody.
    (lookUp(context, folder) === 'folder' && namesIn(context, folder)?.length === 0) ||
    isGitIgnored(context, path) ||
    context.mentions?.(baseName(path)) === true ||
    submodules(context).some((one) => path === one || path.startsWith(`${one}/`))
  );
}

const submodules = once((context: ContextFacts): readonly string[] =>
  [...(context.textOf?.('.gitmodules') ?? '').matchAll(/^\s*path\s*=\s*(\S+)/gm)].map(
    ([, path = '']) => path,
  ),
);

/** Files without an ending that people write. */
const written =
  /^(?:Gemfile|Makefile|Pipfile|Procfile|Rakefile|Guardfile|Brewfile|Justfile|LICENSE|README|gradlew|mvnw|artisan)$/;

/** Endings of files that are built, downloaded, or kept out of the repository. */
const built =
  /\.(?:a|apk|bin|bundle|bz2|cer|ckpt|crt|csr|db|deb|dll|dump|ear|egg|env|exe|gpg|gz|h5|img|iso|jar|jks|key|lic|license|log|map|min\.\w+|o|onnx|p12|parquet|pb|pem|pfx|pgp|pid|pt|pth|pub|pyc|pyd|rpm|safetensors|so|sqlite3?|tar|tgz|war|wasm|whl|xz|zip|zst)$|^\.(?!dockerignore$|gitignore$|eslintrc|prettierrc|babelrc|npmignore$)|secret|credential|password|token|private|(?:^|[._-])local\b|^version\b/i;

/** Whether a file is of a kind that is often built or put there before the image is. */
function mayBeBuilt({ path, value }: NamedPath, context: ContextFacts): boolean {
  const name = baseName(path);
  if (context.entries.some((entry) => /^\.goreleaser\.ya?ml$/.test(entry))) return true;
  if (written.test(name)) return false;
  if (built.test(name) || (!name.includes('.') && !value.endsWith('/'))) return true;
  // `main.js` is made of `main.ts`.
  const stem = name.replace(/\.\w+$/, '.');
  return namesIn(context, path.slice(0, -name.length - 1))?.some((one) => one.startsWith(stem)) === true;
}
