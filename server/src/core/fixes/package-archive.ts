// The step that sends a package manager to the archive of its release, and where to put it.
import type { MovedArchive } from '../knowledge/packages/moved-archives';
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import { replace } from '../text/edit';
import type { Edit } from '../text/edit';
import { insertStep } from './own-step';

/** The host that has the packages of a release now. */
export function archiveHost({ kind }: MovedArchive): string {
  return { debian: 'archive.debian.org', ubuntu: 'old-releases.ubuntu.com', centos: 'vault.centos.org' }[
    kind
  ];
}

/** The commands of the step, one line of a `RUN` each. Sources: debian/eol's own lists; Ubuntu's and CentOS's pages. */
function commandsFor({ kind, release, hasUpdates, keysExpired }: MovedArchive): readonly string[] {
  if (kind === 'centos')
    return [
      "sed -i -e 's/^mirrorlist=/#mirrorlist=/'",
      "    -e 's|^#baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/*.repo",
    ];
  if (kind === 'ubuntu')
    return [
      "find /etc/apt '(' -name '*.list' -o -name '*.sources' ')' -exec sed -i -E",
      "    -e 's#//([a-z]{2}\\.)?(archive|security)\\.ubuntu\\.com/ubuntu#//old-releases.ubuntu.com/ubuntu#'",
      "    -e 's#//ports\\.ubuntu\\.com/ubuntu-ports#//old-releases.ubuntu.com/ubuntu#' {} +",
    ];
  return [
    "find /etc/apt -name '*.list' -exec sed -i -E",
    "    -e 's#//(deb|http|httpredir)\\.debian\\.(org|net)/debian #//archive.debian.org/debian #'",
    "    -e 's#//(deb|security)\\.debian\\.org(/debian-security)?/? #//archive.debian.org/debian-security #'",
    ...(hasUpdates ? [] : [`    -e '/${release}-updates/d'`]),
    ...(keysExpired ? ["    -e 's#^deb ([^[]+//archive\\.)#deb [trusted=yes] \\1#'"] : []),
    '    {} +',
    '&& echo \'Acquire::Check-Valid-Until "false";\' > /etc/apt/apt.conf.d/10no-check-valid-until',
  ];
}

/**
 * The fix that inserts the step above an instruction that calls the package manager.
 * @returns undefined where the step cannot run: in a shell of Windows, without root
 */
export function archiveStep(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  row: MovedArchive,
): Fix | undefined {
  const expired = row.keysExpired ? ', and its keys have expired' : '';
  const step = insertStep(model, stage, instruction, commandsFor(row), [
    `${row.release} moved to ${archiveHost(row)}${expired}`,
  ]);
  return step && { title: archiveTitle(row), edits: [step] };
}

/** What a fix is called that makes apt or yum ask the archive. */
export function archiveTitle(row: MovedArchive): string {
  return `Use ${archiveHost(row)}${row.keysExpired ? ', without checking signatures' : ''}`;
}

/** The fix that takes the image with the same release from debian/eol, whose lists point to the archive. */
export function eolImage(stage: Stage | undefined, { release }: MovedArchive): Fix | undefined {
  const image = stage?.image;
  if (stage?.base.name !== 'debian' || !image || image.variable || image.digest) return undefined;
  const slim = image.tag?.text.toLowerCase().endsWith('-slim') === true ? '-slim' : '';
  const name = `debian/eol:${release}${slim}`;
  return { title: `Use ${name}`, edits: [replace(image.span, name)] };
}

/** A line of sources in a file or a command: `deb [OPTIONS] URL SUITE`. */
const sourceLine =
  /(?<![\w-])deb(?:-src)? +(\[[^\]\n]*\] +)?(https?:\/\/([\w.-]+)(?:\/[\w./-]*)?) +([a-z][a-z-]*)(?:\/updates)?(?=[ \\"'/])/g;

export interface SourceLine {
  readonly suite: string;
  readonly start: number;
  readonly end: number;
  /** Edits for the archive; none where that has no such suite. */
  edits(row: MovedArchive): readonly Edit[];
}

/** The lines of Debian's and Ubuntu's own servers in an instruction. */
export function sourceLines({ document }: Model, instruction: Instruction): readonly SourceLine[] {
  const { start } = instruction.span;
  const text = document.slice(instruction.span);
  const found: SourceLine[] = [];
  if (!text.includes('deb ') && !text.includes('deb-src ')) return found;
  for (const match of text.matchAll(sourceLine)) {
    const [whole, options, url = '', host = '', suite = ''] = match;
    if (
      !/^(?:deb|http|httpredir|security|ftp(?:\.[a-z]{2})?|cdn-fastly\.deb)\.debian\.(?:org|net)$|^(?:[a-z]{2}\.)?(?:archive|security)\.ubuntu\.com$/.test(
        host,
      )
    )
      continue;
    const line = document.slice({
      start: document.lineStart(document.lineAt(start + match.index)),
      end: start + match.index,
    });
    // A comment, and a pattern to look for.
    if (/^\s*#|\bsed\b/.test(line)) continue;
    const urlAt = start + match.index + whole.indexOf(url);
    const suiteAt = start + match.index + whole.lastIndexOf(suite);
    found.push({
      suite,
      start: suiteAt,
      end: suiteAt + suite.length,
      edits: (row) => {
        if (!row.hasUpdates && suite.endsWith('-updates')) return [];
        const path = row.kind === 'ubuntu' ? 'ubuntu' : /security/.test(url) ? 'debian-security' : 'debian';
        const given = options?.trim().slice(1, -1) ?? '';
        const all = [given, row.keysExpired && !given.includes('trusted') ? 'trusted=yes' : '']
          .filter((one) => one !== '')
          .join(' ');
        const at = { start: urlAt - (options?.length ?? 0), end: urlAt + url.length };
        return [replace(at, `${all === '' ? '' : `[${all}] `}http://${archiveHost(row)}/${path}`)];
      },
    });
  }
  return found;
}
