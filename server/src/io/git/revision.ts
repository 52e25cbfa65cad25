// The files of a repository as they were at a revision: read from git's store, so that neither the files on disk nor the
// index matter, and nothing changes.
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { gitObjectId, revisionName } from '../../workflow/checked-arguments';
import type { GitObjectId, RevisionName } from '../../workflow/checked-arguments';
import { runGit } from '../processes/run-git';

/** A file at the revision. Plain data, so that threads get it too. */
export interface OldFile {
  /** Absolute folder of its repository, which is a submodule or the main one. */
  readonly repository: string;
  readonly object: GitObjectId;
  /** Absolute path that it had. */
  readonly path: string;
}

export class Revision {
  /** The commit. */
  readonly commit: GitObjectId;
  /** Absolute, without links. */
  readonly root: string;
  readonly #tree: Tree;
  readonly #submodules = new Map<string, Tree | undefined>();

  constructor(commit: GitObjectId, root: string, tree: Tree) {
    this.commit = commit;
    this.root = root;
    this.#tree = tree;
  }

  /** @param path absolute and without links. @returns undefined if it was not there; `outside`: of the repository */
  find(path: string): OldFile | 'outside' | 'unknown' | undefined {
    const relative = inside(this.root, path);
    if (relative === undefined) return 'outside';
    const object = this.#tree.files.get(relative);
    if (object) return { repository: this.root, object, path };
    const module = [...this.#tree.submodules].find(([folder]) => relative.startsWith(`${folder}/`));
    if (!module) return undefined;
    const [folder, commit] = module;
    const place = join(this.root, folder);
    if (!this.#submodules.has(folder)) {
      const read = readTree(place, commit);
      this.#submodules.set(folder, 'problem' in read ? undefined : read);
    }
    const tree = this.#submodules.get(folder);
    if (!tree) return 'unknown';
    const inner = tree.files.get(relative.slice(folder.length + 1));
    return inner && { repository: place, object: inner, path };
  }

  /** Every file of the main repository. */
  *files(): Generator<OldFile, undefined> {
    for (const [path, object] of this.#tree.files)
      yield { repository: this.root, object, path: join(this.root, path) };
  }
}

interface Tree {
  /** By path from the root, with slashes. */
  readonly files: ReadonlyMap<string, GitObjectId>;
  readonly submodules: ReadonlyMap<string, GitObjectId>;
}

/**
 * Finds a revision in the repository around a folder.
 * @param name as the user gave it: `main`, or `main...` for where the branch of now left main
 * @returns `problem`: why it cannot be compared with, and what to do, without a full stop
 */
export function findRevision(name: string, folder: string): Revision | { readonly problem: string } {
  const top = runGit(folder, ['rev-parse', '--show-toplevel', '--is-shallow-repository']);
  if (top.kind === 'missing')
    return {
      problem:
        '--since needs git, which is not installed or not on the PATH. Install git, or check without --since',
    };
  if (top.kind === 'failed') return { problem: noRepository(top.said, folder) };
  const [root = '', shallow] = top.output.toString('utf8').trimEnd().split('\n');
  const isShallow = shallow === 'true';
  const meeting = name.endsWith('...');
  const commit = commitOf(meeting ? name.slice(0, -3) : name, folder, isShallow);
  if (typeof commit === 'object') return commit;
  const base = meeting ? mergeBase(commit, name, folder, isShallow) : commit;
  if (typeof base === 'object') return base;
  const tree = readTree(folder, base, realpathSync(root));
  return 'problem' in tree ? tree : new Revision(base, realpathSync(root), tree);
}

function noRepository(said: string, folder: string): string {
  if (said.includes('not a git repository'))
    return `--since compares with a revision of git, and ${folder} is not in a git repository. Check without --since`;
  if (said.includes('dubious ownership'))
    return `git refuses to read ${folder}, as another user owns it. Run git config --global --add safe.directory ${folder}`;
  return `git cannot read the repository: ${said}`;
}

function commitOf(
  name: string,
  folder: string,
  isShallow: boolean,
): GitObjectId | { readonly problem: string } {
  const revision = revisionName(name);
  const commit = revision && resolveCommit(revision, folder);
  if (commit) return commit;
  const remote = revisionName(`origin/${name}`);
  const hint =
    revision && remote && resolveCommit(remote, folder)
      ? `. Did you mean origin/${name}?`
      : isShallow
        ? '. This clone is shallow: fetch more of it first, with git fetch --unshallow, or fetch-depth: 0 of actions/checkout'
        : '. git branch --all lists the branches, and git log the commits';
  return { problem: `git knows no revision ${name} here${hint}` };
}

function resolveCommit(name: RevisionName, folder: string): GitObjectId | undefined {
  const answer = runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return answer.kind === 'done' ? gitObjectId(answer.output.toString('utf8').trim()) : undefined;
}

function mergeBase(
  commit: GitObjectId,
  name: string,
  folder: string,
  isShallow: boolean,
): GitObjectId | { readonly problem: string } {
  const answer = runGit(folder, ['merge-base', commit, 'HEAD']);
  const base = answer.kind === 'done' ? gitObjectId(answer.output.toString('utf8').trim()) : undefined;
  if (base) return base;
  const hint = isShallow
    ? '. This clone is shallow: fetch more of it first, with git fetch --unshallow, or fetch-depth: 0 of actions/checkout'
    : `. Compare with ${name.slice(0, -3)} itself, without the dots`;
  return { problem: `git finds no commit that HEAD and ${name.slice(0, -3)} share${hint}` };
}

/** @param root absolute folder of the repository */
function readTree(folder: string, commit: GitObjectId, root = folder): Tree | { readonly problem: string } {
  if (!existsSync(root)) return { problem: `${root} is not there` };
  const answer = runGit(folder, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (answer.kind !== 'done')
    return {
      problem: `git cannot list the files of ${commit}: ${answer.kind === 'failed' ? answer.said : 'it is not installed'}`,
    };
  const [files, submodules] = [new Map<string, GitObjectId>(), new Map<string, GitObjectId>()];
  for (const line of answer.output.toString('utf8').split('\0')) {
    const [, mode, id = '', path = ''] = /^(\d+) \w+ (\w+)\t([^]*)$/.exec(line) ?? [];
    const object = gitObjectId(id);
    // Links lead elsewhere, and a search for Dockerfiles skips them.
    if (object && mode?.startsWith('100')) files.set(path, object);
    else if (object && mode === '160000') submodules.set(path, object);
  }
  return { files, submodules };
}

/** @returns the path from the root, with slashes; undefined if it leads out of it */
function inside(root: string, path: string): string | undefined {
  const start = root.endsWith(sep) ? root : root + sep;
  return path.startsWith(start) ? path.slice(start.length).replaceAll(sep, '/') : undefined;
}

/** The path of a file whose folder may lie behind links. */
export function realPath(path: string, known: Map<string, string>): string {
  const absolute = resolve(path);
  const at = absolute.lastIndexOf(sep);
  const folder = absolute.slice(0, at) || sep;
  let real = known.get(folder);
  if (real === undefined) {
    real = existsSync(folder) ? realpathSync(folder) : folder;
    known.set(folder, real);
  }
  return join(real, absolute.slice(at + 1));
}

/** The name that git has for a content. @param like a name in the same repository */
export function objectOf(bytes: Buffer, like: GitObjectId): GitObjectId | undefined {
  const hash = createHash(like.length === 40 ? 'sha1' : 'sha256');
  return gitObjectId(hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex'));
}

export type OldContents = ReadonlyMap<string, Buffer | undefined>;

/**
 * The contents of files, from one run of git for each repository.
 * @param largest in bytes
 * @returns by object, undefined for a larger file; `problem` without a full stop
 */
export function readOldFiles(
  files: readonly OldFile[],
  largest: number,
): { readonly contents: OldContents } | { readonly problem: string } {
  const contents = new Map<string, Buffer | undefined>();
  for (const repository of new Set(files.map((file) => file.repository))) {
    const objects = [
      ...new Set(files.filter((file) => file.repository === repository).map(({ object }) => object)),
    ];
    const answer = runGit(
      repository,
      ['cat-file', '--batch'],
      objects.map((object) => `${object}\n`).join(''),
    );
    if (answer.kind !== 'done')
      return {
        problem: `git cannot read files of the revision: ${answer.kind === 'failed' ? answer.said : 'it is not installed'}`,
      };
    let at = 0;
    for (const object of objects) {
      const end = answer.output.indexOf(0x0a, at);
      const [, size] = /^\w+ blob (\d+)$/.exec(answer.output.toString('latin1', at, Math.max(at, end))) ?? [];
      if (size === undefined) return { problem: `git has lost the file ${object}. Run git fsck` };
      const content = answer.output.subarray(end + 1, end + 1 + Number(size));
      contents.set(object, content.length <= largest ? content : undefined);
      at = end + 1 + Number(size) + 1;
    }
  }
  return { contents };
}
