// What git says of the project: the commit, its tags, and whether files differ from it.
import type { Answer } from '../readers';
import { wholeAnswer } from '../readers';
import { troubleText } from '../outcome-text';
import type { Outcome, Program, Run, Runner } from '../run';
import { tagName } from '../checked-arguments';
import type { TagName } from '../checked-arguments';
import type { Translate } from '../translate';

export interface GitState {
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Of this commit. */
  readonly tags: readonly string[];
  /** Some of the files that differ from the commit, as git prints them; empty if none does. */
  readonly changed: readonly string[];
  /** Of the commit, in seconds since 1970. */
  readonly time: number;
}

const limit = { ms: 30_000, characters: 5_000_000 };

/** A file that differs is enough to know; a list of thousands is for nobody. */
const shownChanges = 20;

function ask(tool: Program, args: readonly string[]): Run<string> {
  // Without optional locks a question does not disturb another git; the monitor of files is a program of the project.
  const env = { GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  const read = ({ exit, stdout }: Answer): { value: string } | { unreadable: string } =>
    exit === 0 ? { value: stdout } : { unreadable: `exit status ${exit ?? 'unknown'}` };
  return {
    tool,
    args: ['-c', 'core.fsmonitor=false', ...args],
    env,
    answer: 'output',
    limit,
    reader: () => wholeAnswer(read),
  };
}

/**
 * @param git the program
 * @param folder of the project
 */
export async function gitState(git: Program, runner: Runner, folder: string): Promise<Outcome<GitState>> {
  const head = await runner.run(ask(git, ['log', '-1', '--no-show-signature', '--format=%H %ct']), {
    folder,
  });
  if (head.kind !== 'done') return head;
  const [commit = '', time = ''] = head.value.trim().split(' ');
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return { kind: 'unreadable', why: 'git names no commit' };
  const tags = await runner.run(ask(git, ['tag', '--points-at', 'HEAD']), { folder });
  if (tags.kind !== 'done') return tags;
  const status = await runner.run(ask(git, ['status', '--porcelain', '--', '.']), { folder });
  if (status.kind !== 'done') return status;
  const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
  return {
    kind: 'done',
    value: {
      commit,
      time: Number(time),
      tags: lines(tags.value),
      changed: lines(status.value).slice(0, shownChanges),
    },
  };
}

/** The tag of a commit: seven digits, as git shows it. */
export function commitTag({ commit }: GitState): TagName | undefined {
  return tagName(commit.slice(0, 7));
}

/** Why no commit is known, as the second half of a sentence. */
export function gitTroubleText(outcome: Exclude<Outcome<never>, { kind: 'done' }>, t: Translate): string {
  if (outcome.kind === 'failed' && /not a git repository/i.test(outcome.said))
    return t('this folder is not in a git repository');
  if (
    outcome.kind === 'failed' &&
    /does not have any commits|bad default revision|unknown revision/i.test(outcome.said)
  )
    return t('the git repository has no commit yet');
  return troubleText(outcome, t);
}
