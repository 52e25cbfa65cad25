// `drydock pin`: writes digests behind image names, renews them, or checks that they are there and current.
import { findDockerfiles, isDockerfileName, isImageYamlName } from '../../io/files/find-dockerfiles';
import type { Command, Ending } from '../command';
import { describeOptions, readOptions } from '../options';
import { describeStatuses } from '../outcome';
import type { Outcome } from '../outcome';
import { PinFiles } from '../pin-files';
import type { Pinned, PinMode } from '../pin-files';
import type { Terminal } from '../terminal';

const options = {
  update: {
    type: 'boolean',
    form: '--update',
    does: 'also renew digests whose tag has other contents now',
  },
  check: {
    type: 'boolean',
    form: '--check',
    does: 'change nothing; exit with 1 if an image has no digest or an outdated one',
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'change nothing; print what would change' },
} as const;

const usage = `Usage: drydock pin [paths...] [options]

Asks the registries for the digests of images and writes them behind the tags: in Dockerfiles, for
"image:" in Compose files, and in workflows for "container:", "services:" and "uses: docker://…".
Searches folders for these files. Without a path, searches the current folder.

Options
${describeOptions(options)}
${describeStatuses()}`;

export const pin: Command = {
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const { update, check, 'dry-run': dryRun } = given.values;
    if (check && (update || dryRun)) return { wrong: 'give --check alone: it changes nothing' };
    const mode: PinMode = check ? 'check' : update ? 'update' : 'pin';
    return pinAll(given.words, mode, check || dryRun, terminal);
  },
};

async function pinAll(
  paths: readonly string[],
  mode: PinMode,
  keep: boolean,
  terminal: Terminal,
): Promise<Outcome> {
  const wanted = (path: string): boolean => isDockerfileName(path) || isImageYamlName(path);
  const files = findDockerfiles(paths.length > 0 ? paths : ['.'], wanted);
  if (files.length === 0) {
    terminal.complain('no Dockerfile, Compose file or workflow found');
    return 'unreadable';
  }
  const pinner = new PinFiles(mode, keep);
  const all: Pinned[] = [];
  let unreadable = false;
  for (const { path, error } of files) {
    const done = error === undefined ? await pinner.pinFile(path) : { error };
    if ('error' in done) {
      terminal.complain(`${path}: ${done.error}`);
      unreadable = true;
      continue;
    }
    for (const one of done.images) {
      const line = `${path}:${one.line}:${one.column}: ${one.message}`;
      if (one.result === 'failed') terminal.complain(line);
      else if (one.result !== 'current') terminal.print(`${line}\n`);
    }
    all.push(...done.images);
  }
  await pinner.dispose();
  terminal.print(`${summaryOf(all)}\n`);
  if (unreadable) return 'unreadable';
  if (all.some(({ result }) => result === 'failed')) return 'unanswered';
  return mode === 'check' && all.some(isBad) ? 'findings' : 'clean';
}

function isBad({ result }: Pinned): boolean {
  return result === 'unpinned' || result === 'outdated';
}

/** In this order, and only those that there are. */
const counted = {
  pinned: 'pinned',
  updated: 'updated',
  unpinned: 'without a digest',
  outdated: 'outdated',
  current: 'unchanged',
  skipped: 'skipped',
  failed: 'failed',
} as const;

function summaryOf(all: readonly Pinned[]): string {
  const counts = Object.entries(counted).flatMap(([result, words]) => {
    const count = all.filter((one) => one.result === result).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const images = `${all.length} ${all.length === 1 ? 'image' : 'images'}`;
  return counts.length === 0 ? images : `${images}: ${counts.join(', ')}`;
}
