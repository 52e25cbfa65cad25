// The lines that an ignore file of such a project usually has: what the rules about ignore files and about copies of the
// whole context write, and what they never copy by name. One table for all of them.
import type { Model } from '../../model/model';
import { once, onceInside } from '../../text/memo';
import { bindSources, contextCopies } from './context-sources';
import type { ContextFacts } from './context-sources';
import { isIgnored } from './context-paths';
import { ignoreFileOf } from './ignore-file';
import { unwantedEntries } from './unwanted-entries';

interface Usual {
  /** Of an entry at the root; folders end in a slash. */
  readonly entry: RegExp;
  /** The line; if missing, the entry itself. */
  readonly line?: string;
  /** Not if a command contains this. */
  readonly unless?: RegExp;
  /** Only if a command contains this: otherwise the image gets it from the context. */
  readonly onlyIf?: RegExp;
  /** Only in a project with a manifest: elsewhere the files may be what is served. */
  readonly inProject?: true;
  /** A small file that nobody minds in an image: not worth a finding of its own. */
  readonly isTrifle?: true;
}

const builds = /\b(?:build|compile|package|publish|install|bundle|tsc|webpack|vite|make)\b/;

const usual: readonly Usual[] = [
  {
    entry: /^(?:tests?|specs?|__tests__|e2e|cypress)\/$/i,
    unless: /test|spec|e2e|cypress|check/i,
    inProject: true,
  },
  { entry: /^(?:docs?|documentation)\/$/i, unless: /\bdocs?\b|sphinx|documentation/i, inProject: true },
  { entry: /\.py$|^(?:requirements.*\.txt|pyproject\.toml|setup\.cfg|Pipfile)$/, line: '**/__pycache__' },
  { entry: /\.py$|^(?:requirements.*\.txt|pyproject\.toml|setup\.cfg|Pipfile)$/, line: '**/*.pyc' },
  {
    entry:
      /^\.(?:pytest_cache|mypy_cache|ruff_cache|tox|nox|venv|coverage|nyc_output|cache|gradle|terraform)\/?$/,
  },
  { entry: /^(?:coverage|htmlcov)\/$/ },
  { entry: /^(?:dist|build|out|\.next|\.nuxt|\.output|\.svelte-kit)\/$/, onlyIf: builds, inProject: true },
  { entry: /\.(?:pem|key|p12|pfx|jks)$/ },
  { entry: /^id_(?:rsa|dsa|ecdsa|ed25519)$/ },
  { entry: /^\.(?:aws|ssh|kube|azure)\/$/ },
  { entry: /\.log$/, line: '*.log' },
  { entry: /^\.(?:github|vscode|idea|circleci|devcontainer)\/$/ },
  {
    entry: /^\.(?:gitignore|gitattributes|gitmodules|gitlab-ci\.ya?ml|travis\.yml|editorconfig|DS_Store)$/,
    isTrifle: true,
  },
  { entry: /^\.(?:dockerignore|containerignore|drydock\.ya?ml|hadolint\.ya?ml)$/, isTrifle: true },
  {
    entry: /^(?:Dockerfile|Containerfile)(?:\..*)?$|\.(?:dockerfile|containerfile|dockerignore)$/i,
    isTrifle: true,
  },
  { entry: /^(?:docker-)?compose[\w.-]*\.ya?ml$|^docker-bake[\w.-]*$/i, isTrifle: true },
];

const manifest =
  /^(?:package\.json|requirements.*\.txt|pyproject\.toml|setup\.py|Pipfile|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|composer\.json|mix\.exs|.*\.(?:\w+proj|sln))$/;

export interface UsualIgnore {
  readonly entry: string;
  readonly line: string;
  /** A small file that nobody minds in an image. */
  readonly isTrifle: boolean;
}

/**
 * Entries at the root of the context that an ignore file should hold, with their lines; not those that it holds already,
 * that a COPY or mount names, or that a command mentions.
 */
export function usualIgnores(model: Model, context: ContextFacts): readonly UsualIgnore[] {
  return usualIn(model)(context);
}

const usualIn = once((model: Model) => onceInside((context: ContextFacts) => findUsual(model, context)));

function findUsual(model: Model, context: ContextFacts): readonly UsualIgnore[] {
  const named = new Set(
    [
      ...contextCopies(model).flatMap(({ sources }) => sources.flatMap(({ path }) => path ?? [])),
      ...bindSources(model).map(({ path }) => path),
    ].map((path) => path.split('/')[0] ?? ''),
  );
  const commands = model.commands.map(({ program, args }) =>
    [program, ...args.map(({ text }) => text)].join(' '),
  );
  const says = (pattern: RegExp): boolean => commands.some((command) => pattern.test(command));
  const isProject = context.entries.some((entry) => manifest.test(entry));
  return context.entries.flatMap((entry) => {
    const name = entry.replace(/\/$/, '');
    const isDecided = isIgnored(context, name) || ignoreFileOf(context).allows(name);
    if (named.has(name) || isDecided || commands.some((command) => command.includes(name))) return [];
    return usual
      .filter(
        ({ entry: pattern, unless, onlyIf, inProject }) =>
          pattern.test(entry) &&
          !(unless && says(unless)) &&
          (!onlyIf || says(onlyIf)) &&
          (isProject || !inProject),
      )
      .map(({ line, isTrifle = false }) => ({ entry, line: line ?? name, isTrifle }));
  });
}

/** The lines to add to the ignore file, or to begin it with: what must not be copied first, then what is usual. */
export function ignoreLines(model: Model, context: ContextFacts): readonly string[] {
  const unwanted = unwantedEntries(model, context).map(({ line }) => line);
  const all = [...unwanted, ...usualIgnores(model, context).map(({ line }) => line)];
  // Also a line that is there: an exception behind it takes it back, and the last one decides.
  return [...new Set(all)];
}
