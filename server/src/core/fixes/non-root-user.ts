// The edit that lets an image run as somebody else than root.
import { keywordLike } from '../analysis/text/keyword-case';
import { createdGroups, createdUsers } from '../analysis/runtime/image-users';
import type { Model, Stage } from '../model/model';
import type { Edit } from '../text/edit';
import { insertBeforeStart } from './insert-lines';

/** A number that no distribution gives to anybody, for users the fix creates. */
const uid = 10001;

export interface NonRootUser {
  /** What USER is to say. */
  readonly user: string;
  /** Shell command that creates it first. */
  readonly create: string | undefined;
}

/**
 * The user an image can run as: one the file creates, the one its base has for the purpose, or a new one by
 * the tool the base is known to have; by number where there is no tool.
 * @returns undefined when the base is unknown, so that nothing can be said
 */
export function fittingUser(model: Model, stage: Stage): NonRootUser | undefined {
  const { base } = stage;
  const created = createdUsers(model, stage).at(-1);
  if (created) return { user: created.name, create: undefined };
  if (base.appUser !== undefined) return { user: base.appUser, create: undefined };
  // Where the file went over to root, back to whom the image is meant to run as.
  if (base.isRoot === false && base.user) return { user: base.user, create: undefined };
  if (base.distribution === 'distroless') return { user: 'nonroot', create: undefined };
  if (base.shell === 'none') return { user: '65532', create: undefined };
  // Both tools make a group of the user's name, and stop where there is one.
  const hasGroup = createdGroups(model, stage).has('app');
  const useradd = `useradd --create-home --uid ${uid}${hasGroup ? ' --gid app' : ''} app`;
  switch (base.distribution) {
    case 'alpine':
    case 'wolfi':
    case 'busybox':
      return {
        user: 'app',
        create: `adduser -D -u ${uid}${hasGroup ? ' -G app' : ''} app`,
      };
    case 'debian':
    case 'ubuntu':
    case 'suse':
    case 'arch':
      return { user: 'app', create: useradd };
    case 'fedora':
    case 'rhel':
      // The minimal variants come without shadow-utils.
      return base.packageManager === 'dnf' || base.packageManager === 'yum'
        ? { user: 'app', create: useradd }
        : { user: String(uid), create: undefined };
    case 'amazon':
    case 'azurelinux':
    case 'photon':
      return { user: String(uid), create: undefined };
    default:
      // Debian or Ubuntu, whichever.
      return base.packageManager === 'apt' ? { user: 'app', create: useradd } : undefined;
  }
}

/**
 * Inserts USER (and what creates the user) behind the last step that may need root and in front of what the
 * image starts; comment lines above that stay with it.
 */
export function insertUser(model: Model, stage: Stage, { user, create }: NonRootUser): Edit | undefined {
  const lines = [
    ...(create === undefined ? [] : [`${keywordLike(model.file, 'RUN')} ${create}`]),
    `${keywordLike(model.file, 'USER')} ${user}`,
  ];
  return insertBeforeStart(model, stage, lines);
}
