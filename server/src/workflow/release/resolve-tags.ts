// Turns a wish for tags into tags: the version from where the project says it, the commit from git. What is not certain is
// asked for, never guessed.
import { tagName } from '../checked-arguments';
import type { TagName } from '../checked-arguments';
import type { Outcome } from '../run';
import type { Translate } from '../translate';
import { commitTag, gitTroubleText } from './git-state';
import type { GitState } from './git-state';
import { kindOf, planTags, versionTag } from './tags';
import type { PlannedTag } from './tags';
import { projectVersion, versionFiles, versionInFile } from './version-source';

export interface TagWish {
  /** As the user wrote it. */
  readonly version?: string;
  /** `git`, or the name of a file: where the version stands. */
  readonly from?: string;
  /** Also the commit. */
  readonly commit: boolean;
  /** Mark the commit instead of refusing it if files differ from it. */
  readonly markDirty: boolean;
  /** Further tags, as the user wrote them. */
  readonly others: readonly string[];
}

export interface ProjectFacts {
  /** Undefined if git is not there. */
  readonly git: Outcome<GitState> | undefined;
  /** What the files of `versionFiles` hold, and the file that the wish names. */
  readonly files: Readonly<Partial<Record<string, string>>>;
}

export type TagAnswer =
  | { readonly kind: 'tags'; readonly tags: readonly PlannedTag[]; readonly notes: readonly string[] }
  /** `asks`: a version would answer it. */
  | { readonly kind: 'no'; readonly why: string; readonly asks: boolean };

/** Whether a wish names no tag at all: then the version and the commit are meant. */
export function isOpenWish({ version, from, commit, others }: TagWish): boolean {
  return version === undefined && from === undefined && !commit && others.length === 0;
}

export function resolveTags(wish: TagWish, facts: ProjectFacts, t: Translate): TagAnswer {
  const open = isOpenWish(wish);
  const notes: string[] = [];
  const wrong = wish.others.find((one) => tagName(one) === undefined);
  if (wrong !== undefined)
    return no(t('{0} cannot be a tag: letters, digits, dots, dashes and underscores can', wrong));
  let version: TagName | undefined;
  if (open || wish.version !== undefined || wish.from !== undefined) {
    const found = versionOf(wish, facts, t);
    if ('why' in found) return { kind: 'no', ...found };
    version = found.version;
    if (found.note !== undefined) notes.push(found.note);
  }
  let commit: TagName | undefined;
  if (wish.commit || (open && facts.git?.kind === 'done')) {
    const found = commitOf(wish, facts, t);
    if ('why' in found) return no(found.why);
    commit = found.tag;
    if (found.note !== undefined) notes.push(found.note);
  }
  const others = wish.others.map(tagName).filter((one) => one !== undefined);
  const planned = planTags({
    ...(version === undefined ? {} : { version }),
    ...(commit === undefined || kindOf(commit) === 'mutable' ? {} : { commit }),
    others: commit !== undefined && kindOf(commit) === 'mutable' ? [commit, ...others] : others,
  });
  if (planned === 'none') return no(t('no tag is given'));
  if (planned === 'latestAlone')
    return no(t('latest alone does not say later which image it was: add a version or the commit'));
  return { kind: 'tags', tags: planned, notes };
}

function no(why: string): TagAnswer {
  return { kind: 'no', why, asks: false };
}

type FoundVersion =
  { readonly version: TagName; readonly note?: string } | { readonly why: string; readonly asks: boolean };

function versionOf(
  { version: given, from }: TagWish,
  { git, files }: ProjectFacts,
  t: Translate,
): FoundVersion {
  if (given !== undefined) {
    const version = versionTag(given);
    return version === undefined
      ? { why: t('{0} is not a full version such as 1.4.0', given), asks: true }
      : { version };
  }
  if (from !== undefined && from !== 'git') {
    const text = files[from];
    if (text === undefined) return { why: t('{0} cannot be read', from), asks: false };
    const version = versionInFile(from.slice(from.lastIndexOf('/') + 1), text);
    return version === undefined
      ? { why: t('{0} names no full version such as 1.4.0', from), asks: true }
      : { version, note: t('version {0} from {1}', version, from) };
  }
  const state = git?.kind === 'done' ? git.value : undefined;
  if (from === 'git' && !state) return { why: noGit(git, t), asks: true };
  // Files that were changed after the tag make another image than the tag stands for.
  const tags = state && state.changed.length === 0 ? state.tags : [];
  const found = projectVersion(tags, from === 'git' ? {} : files);
  if (found.kind === 'known') {
    const { version, from: place } = found.source;
    return { version, note: t('version {0} from {1}', version, place) };
  }
  if (found.kind === 'differ') {
    const said = found.sources.map(({ version, from: place }) => `${version} (${place})`).join(', ');
    return { why: t('the project names several versions: {0}', said), asks: true };
  }
  if (state && state.tags.length > 0 && state.changed.length > 0)
    return { why: t('files differ from the commit that has the tag {0}', state.tags[0] ?? ''), asks: true };
  const where = from === 'git' ? t('a tag of this commit') : t('a git tag, {0}', versionFiles.join(', '));
  return { why: t('no version is known: neither {0} gives one', where), asks: true };
}

type FoundCommit = { readonly tag: TagName; readonly note?: string } | { readonly why: string };

function commitOf({ markDirty, commit: wanted }: TagWish, { git }: ProjectFacts, t: Translate): FoundCommit {
  if (git?.kind !== 'done') return { why: noGit(git, t) };
  const tag = commitTag(git.value);
  if (tag === undefined) return { why: t('git names no commit') };
  const { changed } = git.value;
  if (changed.length === 0) return { tag };
  const shown = changed.slice(0, 3).map((line) => line.slice(3));
  const more = changed.length > shown.length ? ', …' : '';
  const differ = t('files differ from commit {0} ({1})', tag, shown.join(', ') + more);
  if (!markDirty) {
    return {
      why: wanted
        ? t('{0}, so its id would name another image: commit them, or mark it with --dirty', differ)
        : t('{0}: commit them, mark it with --dirty, or give --version alone', differ),
    };
  }
  const marked = tagName(`${tag}-dirty`) ?? tag;
  return { tag: marked, note: differ };
}

function noGit(git: ProjectFacts['git'], t: Translate): string {
  if (git === undefined || git.kind === 'missing') return t('git is not installed, so no commit is known');
  return git.kind === 'done' ? '' : t('no commit is known: {0}', gitTroubleText(git, t));
}
