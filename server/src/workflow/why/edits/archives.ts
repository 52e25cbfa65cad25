// Edits for package lists that cannot be fetched or trusted.
import { isSince, releaseNamed } from '../../../core/knowledge/images/releases';
import { isInEpel } from '../../../core/knowledge/packages/epel-packages';
import { archiveStep, eolImage } from '../../../core/fixes/package-archive';
import { insertStep } from '../../../core/fixes/own-step';
import { movedArchive } from '../../../core/knowledge/packages/moved-archives';
import type { MovedArchive } from '../../../core/knowledge/packages/moved-archives';
import { addArguments, prependToCommand } from '../../../core/shell/edits';
import type { Install } from '../../../core/model/installs';
import type { ExplainedEdit } from '../explanation';
import { installBefore, releaseOf } from './distribution';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

/** Servers of Debian and Ubuntu themselves. */
const ownServers = /(?:^|\.)(?:debian\.(?:org|net)|ubuntu\.com|centos\.org)$|^cloudfront\.debian\.net$/;

/** Asks the archive of the release: the step, or an image whose lists name it. */
export function useArchive(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  if (facts.host !== undefined && !ownServers.test(facts.host)) return [];
  // A line of sources in the file decides, not the image: backports of another release.
  const word = facts.release?.toLowerCase().split(/[-/]/, 1)[0]?.replaceAll(' ', '');
  const row = movedArchive(releaseNamed(word ?? '')?.name) ?? movedArchive(releaseOf(failure)?.name);
  // The keys of another release stay unknown, wherever its lists are.
  const isUnsigned = failure.cause === 'archive-unsigned' && row?.keysExpired === false;
  if (isUnsigned && releaseOf({ ...failure, facts: {} })?.name !== row.release) return [];
  if (!row || mentionsArchive(model.file.text, row)) return [];
  const step = archiveStep(model, stage, instruction, row);
  const image = eolImage(stage.chain.at(-1), row);
  return [row.keysExpired ? image : step, row.keysExpired ? step : image].flatMap((fix) => fix ?? []);
}

/** Whether the file asks the archive already: then something else is wrong. */
function mentionsArchive(text: string, { kind }: MovedArchive): boolean {
  return { debian: 'archive.debian.org', ubuntu: 'old-releases.ubuntu.com', centos: 'vault.centos.org' }[kind]
    .split(' ')
    .some((host) => text.includes(host));
}

/** Lets apt take lists whose date has run out, as those of an archive have. */
export function acceptOldLists({ model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  if (model.file.text.includes('Check-Valid-Until')) return [];
  const step = insertStep(model, stage, instruction, [
    'echo \'Acquire::Check-Valid-Until "false";\' > /etc/apt/apt.conf.d/10no-check-valid-until',
  ]);
  return offer('Let apt accept package lists that are out of date', step);
}

/** Fetches the lists in the step that installs. @returns nothing if it does so already */
export function updateLists(failure: Failure): readonly ExplainedEdit[] {
  const { model } = failure;
  const [first] = installsHere(failure, 'apt');
  if (!first || !first.command.script || hasUpdate(failure, first)) return [];
  const sudo = first.command.wrappers.some(({ program }) => program === 'sudo') ? 'sudo ' : '';
  const edit = prependToCommand(model, first.command, `${sudo}apt-get update`);
  // The next thing that stops it would be the question of apt.
  const answer = first.assumesYes ? [] : [addArguments(first.command, first.verb, '-y')];
  return offer('Fetch the package lists in the same step', edit, ...answer);
}

/** Whether the failing step fetches the lists before an installation. */
export function hasUpdate({ model, instruction }: Failure, { command }: Install): boolean {
  return model.packageCommands.some(
    (use) =>
      use.manager.family === 'apt' &&
      use.action === 'update' &&
      use.command.instruction === instruction &&
      use.command.span.start < command.span.start,
  );
}

/** Whether the lists are there: a step of the stage has fetched them and left them. */
export function hasLists(failure: Failure): boolean {
  const { model, stage, instruction } = failure;
  const steps = model.packageCommands
    .filter(({ manager, action }) => manager.family === 'apt' && action === 'update')
    .filter(({ command }) => command.instruction.index <= instruction.index)
    .filter(({ command }) => stage.chain.some((one) => one === model.stageOf(command.instruction)))
    .map(({ command }) => model.document.slice(command.instruction.span));
  return steps.some((text) => !text.includes('/var/lib/apt/lists'));
}

/** Installs the program that reads keys. */
export function installGnupg(failure: Failure): readonly ExplainedEdit[] {
  const { facts, instruction } = failure;
  if (!facts.said?.includes('gnupg')) return [];
  return offer(
    'Install gnupg, which apt-key needs',
    installBefore(failure, ['gnupg'], instruction.span.start),
  );
}

/** Installs what lets old releases read package lists over https. */
export function installHttps(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  if (!facts.path?.includes('https')) return [];
  // Once the list names https, apt can do nothing any more: the step goes above the one that writes it.
  const writes = stage.instructions
    .map((one) => one.trigger ?? one)
    .find((one) => /sources\.list|add-apt-repository/.test(model.document.slice(one.span)));
  const above = writes && writes.index < instruction.index ? writes : instruction;
  return offer(
    'Install apt-transport-https first',
    insertStep(model, stage, above, [
      'apt-get update',
      '&& apt-get install -y --no-install-recommends apt-transport-https ca-certificates',
      '&& rm -rf /var/lib/apt/lists/*',
    ]),
  );
}

/**
 * Fetches the keys that the log names by their ids. Nothing where the file brings a key already: then the publisher has
 * another one now, and a person has to look.
 */
export function fetchKeys(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const keys = several(facts.key);
  const release = releaseOf(failure);
  // Later images have no gnupg, which apt-key needs.
  const isOld =
    (release?.family === 'debian' || release?.family === 'ubuntu') &&
    !isSince(release, { debian: '9', ubuntu: '18.04' });
  if (!isOld || keys.length === 0 || facts.host === undefined || ownServers.test(facts.host)) return [];
  if (/apt-key|signed-by|\.gpg|\.asc/.test(model.file.text)) return [];
  const step = insertStep(model, stage, instruction, [
    `apt-key adv --keyserver hkp://keyserver.ubuntu.com:80 --recv-keys ${keys.join(' ')}`,
  ]);
  return offer(`Trust the key ${keys.join(', ')}, with which ${facts.host} signs`, step);
}

/** Adds EPEL, which has the packages that CentOS itself lacks. */
export function addEpel(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage } = failure;
  const names = several(facts.package);
  const isCentos = /^(?:centos|rockylinux|almalinux|oraclelinux)$/.test(stage.base.name ?? '');
  if (!isCentos || names.length === 0 || !names.every(isInEpel) || model.file.text.includes('epel'))
    return [];
  const [first] = installsHere(failure, 'rpm');
  const step =
    first && prependToCommand(model, first.command, `${first.manager.name} install -y epel-release`);
  return offer('Add EPEL, which has the package', step);
}

/** Brings the database of rpm into the layer before yum changes it, which an old yum needs on layered file systems. */
export function touchDatabase(failure: Failure): readonly ExplainedEdit[] {
  const [first] = failure.model.packageCommands.filter(
    ({ command, manager }) => command.instruction === failure.instruction && manager.name === 'yum',
  );
  const step = first && prependToCommand(failure.model, first.command, 'touch /var/lib/rpm/*');
  return offer('Touch the database of rpm first', step);
}

/** Asks for the lists of sources, which the images of Ubuntu leave out, and from which `build-dep` reads. */
export function addSources({ facts, model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const release = stage.base.release;
  if (!facts.detail?.includes("'source' URIs") || release?.family !== 'ubuntu') return [];
  const command = isSince(release, { ubuntu: '24.04' })
    ? "sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/ubuntu.sources"
    : "sed -i 's/^# *deb-src /deb-src /' /etc/apt/sources.list";
  return offer(
    'Add the lists of sources, from which build-dep reads',
    insertStep(model, stage, instruction, [command]),
  );
}

/** Lets dpkg keep a configuration file that was changed, instead of asking. */
export function keepConfiguration({ facts, model, instruction }: Failure): readonly ExplainedEdit[] {
  if (facts.detail !== 'conffile prompt') return [];
  const uses = model.packageCommands.filter(
    ({ command, manager, action }) =>
      command.instruction === instruction && manager.family === 'apt' && /^(?:install|upgrade)$/.test(action),
  );
  return offer(
    'Keep the configuration files that were changed',
    ...uses.map(({ command, verb }) => addArguments(command, verb, '-o', 'Dpkg::Options::=--force-confold')),
  );
}
