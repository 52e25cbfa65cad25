// The options that say which tags an image gets, and the facts of the project that answer them.
import { join } from 'node:path';
import { readText } from '../../io/files/read-text';
import { repositoryName } from '../../workflow/checked-arguments';
import type { RepositoryName } from '../../workflow/checked-arguments';
import { gitState } from '../../workflow/release/git-state';
import { resolveTags } from '../../workflow/release/resolve-tags';
import type { ProjectFacts, TagWish } from '../../workflow/release/resolve-tags';
import type { PlannedTag } from '../../workflow/release/tags';
import { versionFiles } from '../../workflow/release/version-source';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Terminal } from '../terminal';

export const tagOptions = {
  version: {
    type: 'string',
    form: '--version VERSION',
    does: 'a full version such as 1.4.0',
  },
  from: {
    type: 'string',
    form: '--from git|FILE',
    does: 'take the version from a tag of the commit, or\nfrom a file such as package.json',
  },
  sha: { type: 'boolean', form: '--sha', does: 'the short id of the commit' },
  dirty: {
    type: 'boolean',
    form: '--dirty',
    does: 'mark the id of the commit (a3f9b2c-dirty) if\nfiles differ from it, instead of refusing it',
  },
  tag: {
    type: 'string',
    multiple: true,
    form: '--tag TAG',
    does: 'one more tag, such as latest or 1.4; repeat it\nfor each',
  },
  force: {
    type: 'boolean',
    form: '--force',
    does: 'overwrite versions and commits that stand for\nanother image',
  },
} as const;

/** What to do about a refusal. */
export const forceHint = 'choose another version, or overwrite what is there with --force';

interface GivenTags {
  readonly version: string | undefined;
  readonly from: string | undefined;
  readonly sha: boolean;
  readonly dirty: boolean;
  readonly tag: readonly string[];
}

export function wishOf({ version, from, sha, dirty, tag }: GivenTags): TagWish {
  return {
    ...(version === undefined ? {} : { version }),
    ...(from === undefined ? {} : { from }),
    commit: sha,
    markDirty: dirty,
    others: tag,
  };
}

/** @returns undefined after saying why there are none */
export async function askForTags(
  wish: TagWish,
  machine: Machine,
  folder: string,
  terminal: Terminal,
): Promise<readonly PlannedTag[] | undefined> {
  const facts = await projectFacts(wish, machine, folder);
  let answer = resolveTags(wish, facts, english);
  if (answer.kind === 'no' && answer.asks) {
    terminal.complain(answer.why);
    const version = await terminal.ask('Which version is this image, such as 1.4.0?');
    if (version === undefined || version === '') {
      terminal.complain('give the version with --version, or the commit alone with --sha');
      return undefined;
    }
    const { from: _, ...rest } = wish;
    // The question was about the version; whoever asked for nothing still gets the commit.
    answer = resolveTags(
      { ...rest, version, commit: rest.commit || facts.git?.kind === 'done' },
      facts,
      english,
    );
  }
  if (answer.kind === 'no') {
    terminal.complain(answer.why);
    return undefined;
  }
  for (const note of answer.notes) terminal.note(`${note}\n`);
  return answer.tags;
}

export async function projectFacts(
  { from }: Pick<TagWish, 'from'>,
  machine: Machine,
  folder: string,
): Promise<ProjectFacts> {
  const program = await machine.findProgram('git');
  const git =
    program === undefined ? undefined : await gitState({ id: 'git', program }, machine.runner, folder);
  const names = from === undefined || from === 'git' ? versionFiles : [...versionFiles, from];
  const files = Object.fromEntries(names.map((name) => [name, contentOf(folder, name)]));
  return { git, files };
}

/** In bytes. Files of this kind are smaller. */
const longestFile = 5_000_000;

function contentOf(folder: string, name: string): string | undefined {
  try {
    return readText(join(folder, name), longestFile);
  } catch {
    // It is not there, or not a file: then it says no version.
    return undefined;
  }
}

/** @returns undefined if a word is not the name of a repository */
export function readRepositories(
  words: readonly string[],
): readonly RepositoryName[] | { readonly wrong: string } {
  const wrong = words.find((word) => repositoryName(word) === undefined);
  if (wrong !== undefined)
    return { wrong: `${wrong} is not the name of a repository, such as registry.example.com/team/app` };
  return words.map(repositoryName).filter((one) => one !== undefined);
}
