// What a copied path was made for, and what the image that gets it has.
import { folderOf } from '../core/analysis/commands/folder';
import { optionValue } from '../core/analysis/commands/options';
import { virtualEnvironments } from '../core/analysis/packages/virtual-environments';
import { startedCommands } from '../core/analysis/runtime/what-runs';
import { projectInstalls } from '../core/analysis/packages/project-installs';
import { isBuiltAt, linkedPrograms } from '../core/analysis/images/built-programs';
import type { BuiltProgram } from '../core/analysis/images/built-programs';
import { glibcOf } from '../core/knowledge/images/c-library';
import { isPython } from '../core/knowledge/programs/programs';
import { findOption } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import type { Finding } from '../core/lint/finding';
import type { Model, Stage } from '../core/model/model';
import { once } from '../core/text/memo';
import { isBelow, resolvePath } from '../core/text/paths';

type Mismatch = Pick<Finding, 'message' | 'severity'>;

/** A program that was linked against a C library which the image does not have, or only in an older version. */
export function libraryMismatch(model: Model, from: Stage, path: string, to: Stage): Mismatch | undefined {
  const { libc } = to.base;
  if (libc === undefined || path === '/') return undefined;
  const built = linkedPrograms(model, from).find((one) => isBuiltAt(one, path));
  if (!built) return undefined;
  const image = referenceOf(model, to) ?? '';
  const { program } = built.command;
  const own = from.base.libc;
  if (built.language === 'nix') return storeMismatch(model, to, image);
  if (built.language === 'native' && own === libc) return zlibMismatch(model, from, to);
  if (own !== libc) {
    if (bringsOtherLibrary(model, to) || carriesOnly(to) || gathersLibraries(model, from)) return undefined;
    const has = libc === 'none' ? 'has no C library' : `has ${libc}`;
    const known = unless[built.language];
    return known !== undefined
      ? {
          message: `${program} links this program against ${own ?? ''} ${known}, but ${image} ${has}`,
          severity: 'info',
        }
      : {
          message: `${program} links this program against ${own ?? ''}, but ${image} ${has}, so it does not start`,
        };
  }
  const newer = glibcOf(referenceOf(model, from) ?? '');
  const older = glibcOf(image);
  if (!newer || !older || (built.language !== 'rust' && built.language !== 'c')) return undefined;
  if (!breaks(older.version, newer.version, built.language)) return undefined;
  return {
    message: `${program} links this program against the glibc of ${newer.release}, which is newer than that of ${older.release}, so it may not start`,
  };
}

/** Whether a stage collects the libraries of its programs, to be copied with them. */
function gathersLibraries(model: Model, { chain }: Stage): boolean {
  return chain.some(({ span }) => /\bldd\b/.test(model.document.slice(span)));
}

/** Whether nothing runs in a stage: it holds files that other stages take. */
function carriesOnly({ base, reachable, reachesImage }: Stage): boolean {
  return base.distribution === 'scratch' && reachable && !reachesImage;
}

/**
 * Versions of glibc with symbols that almost every program gets: 2.34 has a new start routine, 2.38 other functions that
 * read numbers, which C programs use, and 2.39 a way to start processes that Rust's library links where it is there.
 */
function breaks(older: number, newer: number, language: 'rust' | 'c'): boolean {
  const crosses = (version: number): boolean => older < version && newer >= version;
  return crosses(34) || crosses(language === 'c' ? 38 : 39);
}

/** What decides whether a program is linked at all, where the Dockerfile alone does not tell. */
const unless: Readonly<Partial<Record<BuiltProgram['language'], string>>> = {
  go: 'as soon as it uses net or cgo',
  cmake: 'unless CMakeLists.txt asks for a static one',
  native: 'unless its settings ask for a static one',
};

/** A program of Nix in an image without the store. */
function storeMismatch(model: Model, to: Stage, image: string): Mismatch | undefined {
  const text = to.chain.map(({ span }) => model.document.slice(span)).join('\n');
  if (/\/nix\b|closure|store/.test(text)) return undefined;
  return {
    message: `A program of Nix needs its loader and its libraries in /nix/store, which ${image} does not have`,
    severity: 'info',
  };
}

/** GraalVM links against libz too, unless an option says otherwise, and the small images of distroless lack it. */
function zlibMismatch(model: Model, { chain }: Stage, to: Stage): Mismatch | undefined {
  const name = /^gcr\.io\/distroless\/(?:base|cc)-/.exec(to.base.name ?? '');
  if (!name || chain.some(({ span }) => model.document.slice(span).includes('static'))) return undefined;
  return {
    message: `A native image of GraalVM needs libz unless its settings say --static-nolibc, and ${referenceOf(model, to) ?? ''} lacks it`,
    severity: 'info',
  };
}

/** Packages of Alpine that run programs which are linked against glibc. */
const compatible = /^(?:gcompat|libc6-compat|glibc(?:-bin)?|musl)$/;

function bringsOtherLibrary(model: Model, { chain }: Stage): boolean {
  return chain.some((stage) => withOtherLibrary(model).has(stage) || withFileSystem(model).has(stage));
}

/** The stages that get the libraries of another one, or its whole file system: `COPY --from=slices /rootfs /`. */
const withFileSystem = once(
  (model: Model): ReadonlySet<Stage | undefined> =>
    new Set(
      model.copies
        .filter(
          ({ destination: { path = '' }, sources }) =>
            sources.some(({ kind }) => kind === 'stage' || kind === 'image') &&
            (/^\/(?:usr\/)?lib(?:\d+)?(?:\/|$)/.test(path) ||
              (path === '/' && sources.some(({ value }) => /^\/$|root|fs\/?$/i.test(value)))),
        )
        .map(({ stage }) => stage),
    ),
);

const withOtherLibrary = once(
  (model: Model): ReadonlySet<Stage | undefined> =>
    new Set(
      model.installs
        .filter(({ packages }) =>
          packages.some(({ prefix }) => compatible.test(prefix.replace(/[=~<>].*$/, ''))),
        )
        .map(({ command }) => model.stageOf(command.instruction)),
    ),
);

/** The image at the bottom of a stage. */
function referenceOf(model: Model, { chain }: Stage): string | undefined {
  const from = chain.at(-1)?.from;
  const [image] = from?.words ?? [];
  return from && image && model.expand(image, from);
}

/**
 * An environment whose Python is a link to a place where the image has none: the image `python` has its own below
 * /usr/local, distributions and distroless below /usr. None where the image starts no program of the environment.
 */
export function interpreterMismatch(
  model: Model,
  from: Stage,
  path: string,
  to: Stage,
): Mismatch | undefined {
  if (from.base.name !== 'python' || !hasOtherPython(to)) return undefined;
  const isThere = virtualEnvironments(model)
    .slice(0, most)
    .some((one) => from.chain.includes(one.stage) && isBelow(one.path, path));
  const starts = startedCommands(model, to).find(({ name }) =>
    /\/\.?v?env\/bin\/[\w.-]+$/.test(name.value ?? ''),
  );
  if (!isThere || !starts || bringsPython(model, to)) return undefined;
  return {
    message: `${starts.name.value ?? ''} leads to the Python in /usr/local/bin, which ${referenceOf(model, to) ?? ''} does not have`,
  };
}

/** Images without a Python below /usr/local. */
function hasOtherPython({ base: { name = '' } }: Stage): boolean {
  return name.startsWith('gcr.io/distroless/') || /^(?:debian|ubuntu|alpine)$/.test(name);
}

/** Whether a copy may bring one. */
function bringsPython(model: Model, { chain }: Stage): boolean {
  return model.copies.some(
    ({ stage, sources }) =>
      stage !== undefined &&
      chain.includes(stage) &&
      sources.some(
        ({ path }) => path === undefined || path === '' || path === 'usr' || path.startsWith('usr/local'),
      ),
  );
}

/** Packages for one version of Python in an image with another one. */
export function pythonMismatch(model: Model, from: Stage, path: string, to: Stage): Mismatch | undefined {
  const has = pythonOf(referenceOf(model, to) ?? '');
  const made = pythonOf(referenceOf(model, from) ?? '');
  if (has === undefined || made === undefined || has === made) return undefined;
  const folders = treesByStage(model).get(from);
  if (path.includes(`/python${made}`) || folders?.trees.has(path))
    return {
      message: `Python ${made} installed this, but the image has Python ${has}, which does not look there`,
    };
  return folders?.flat.has(path)
    ? {
        message: `Python ${made} installed this, but the image has Python ${has}: packages with compiled parts do not load`,
        severity: 'info',
      }
    : undefined;
}

/** More installations than this are not compared with each copy. */
const most = 50;

/** Packages that were installed for one C library in an image with another: some of them are compiled. */
export function nativeMismatch(model: Model, from: Stage, path: string, to: Stage): Mismatch | undefined {
  const made = from.base.libc;
  const has = to.base.libc;
  if (made === undefined || has === undefined || made === has || has === 'none') return undefined;
  const isTree =
    /\/(?:node_modules|site-packages)(?:\/|$)|^\/usr\/local\/bundle(?:\/|$)/.test(path) ||
    treesByStage(model).get(from)?.trees.has(path) ||
    projectInstalls(model)
      .slice(0, most)
      .some(
        ({ stage, installer, packages = '' }) =>
          installer.folder === 'node_modules' && from.chain.includes(stage) && isBelow(packages, path),
      );
  return isTree
    ? {
        message: `Compiled parts of these packages need ${made}, but ${referenceOf(model, to) ?? ''} has ${has}`,
        severity: 'hint',
      }
    : undefined;
}

interface PackageFolders {
  /** With packages in a folder for the version: virtual environments and prefixes. */
  readonly trees: Set<string>;
  /** With packages side by side, as --target makes them. */
  readonly flat: Set<string>;
}

const treesByStage = once((model: Model): ReadonlyMap<Stage | undefined, PackageFolders> => {
  const found = new Map<Stage | undefined, PackageFolders>();
  for (const command of model.commandsNamed('python', 'python3', 'virtualenv', 'uv', 'pip', 'pip3')) {
    const stage = model.stageOf(command.instruction);
    const folders = found.get(stage) ?? { trees: new Set(), flat: new Set() };
    for (const tree of treesOf(model, command)) folders.trees.add(withoutSlash(tree));
    const flat = optionValue(command.args, '--target', '-t')?.text;
    if (!isPython(command.program) && flat?.startsWith('/')) folders.flat.add(withoutSlash(flat));
    found.set(stage, folders);
  }
  return found;
});

function treesOf(model: Model, command: Command): readonly string[] {
  const words = command.args.map(({ value }) => value ?? '');
  const makesEnvironment = command.program === 'virtualenv' || words.includes('venv');
  if (makesEnvironment) return words.filter((word) => word.startsWith('/'));
  if (isPython(command.program)) return [];
  if (command.program === 'uv' && words[0] === 'sync') return [environmentOfUv(model, command)].flat();
  return [
    findOption(command, '--prefix')?.value ?? [],
    words.includes('--user') ? '/root/.local' : [],
  ].flat();
}

/** Where `uv sync` makes the environment of the project. */
function environmentOfUv(model: Model, command: Command): string | readonly string[] {
  if (model.environmentAt(command.instruction).variables.has('UV_PROJECT_ENVIRONMENT')) return [];
  const folder = folderOf(model, command);
  return resolvePath(folder, '.venv') ?? [];
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

const distroless: ReadonlyMap<string, string> = new Map([
  ['debian11', '3.9'],
  ['debian12', '3.11'],
  ['debian13', '3.13'],
]);

/** The version of Python in an image that names it: `3.13`. */
function pythonOf(reference: string): string | undefined {
  const official = /^(?:docker\.io\/)?(?:library\/)?python:(\d\.\d+)/.exec(reference)?.[1];
  return official ?? distroless.get(/^gcr\.io\/distroless\/python3-(debian\d+)/.exec(reference)?.[1] ?? '');
}
