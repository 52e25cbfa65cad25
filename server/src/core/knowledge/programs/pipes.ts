// What programs do at either end of a pipe. Sources: the programs' manuals.
import { printers } from './build-steps';
import type { Command } from '../../shell/types';

/** Programs that only fail if they read a file that is missing. */
const filters: ReadonlySet<string> = new Set(
  'sort uniq tr cut head tail sed awk wc rev tac tee column fold nl paste xargs'.split(' '),
);

/** Programs that tell something about the machine. */
const tellers: ReadonlySet<string> = new Set(
  'date uname id whoami pwd hostname nproc arch getconf env printenv set true : lsb_release umask mktemp seq'.split(
    ' ',
  ),
);

/** Programs whose output comes over the network. */
export const fetchers: ReadonlySet<string> = new Set(
  `curl wget fetch aria2c lynx http git svn hg ssh scp rsync aws gsutil gcloud az docker skopeo crane helm kubectl npm
  composer pip pip3 gem`.split(/\s+/),
);

/** Whether a command on the left of a pipe has nothing to report. */
export function neverFails({ program, args, pipeline, wrappers, redirects }: Command): boolean {
  if (wrappers.length > 0) return false;
  if (printers.has(program) || tellers.has(program)) return true;
  if (program === 'dpkg') return args.some(({ value }) => value === '--print-architecture');
  if (program === 'cat')
    return args.length === 0 && redirects.some(({ operator }) => operator.startsWith('<<'));
  return filters.has(program) && program !== 'xargs' && (pipeline?.index ?? 0) > 0;
}

/** Whether a command at the end fails if its input is cut off or empty. */
export function checksInput({ program, args }: Command): boolean {
  if (/^(?:sha\d+|b2|md5)sum$|^shasum$/.test(program))
    return args.some(({ value }) => /^-\w*c\w*$|^--check$/.test(value ?? ''));
  return (
    checkers.has(program) ||
    (program === 'gpg' && args.some(({ value }) => value === '--dearmor' || value === '--import'))
  );
}

const checkers: ReadonlySet<string> = new Set(
  'tar bsdtar gunzip gzip zcat bunzip2 bzip2 unxz xz unzstd zstd unzip cpio apt-key funzip'.split(' '),
);

/** Whether a command may stop to read before its input ends, so that the left side dies. */
export function stopsReading({ program, args }: Command): boolean {
  if (program === 'grep')
    return args.some(({ value }) => /^-\w*[qm]|^--(?:quiet|max-count)/.test(value ?? ''));
  return program === 'head' || program === 'sed' || program === 'awk';
}
