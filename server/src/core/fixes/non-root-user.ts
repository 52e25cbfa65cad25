// The edit that makes an image run as a user other than root.
import { keywordLike } from '../analysis/text/keyword-case';
import { createdGroups, createdUsers } from '../analysis/runtime/image-users';
import { rootNeedOf } from '../analysis/runtime/start-scripts';
import type { RootNeed } from '../analysis/runtime/start-scripts';
import type { AsksContext } from '../analysis/runtime/started-files';
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import type { Edit } from '../text/edit';
import { insertBeforeStart } from './insert-lines';

/** A user id that no distribution assigns, for users that the fix creates. */
const uid = 10001;

export interface NonRootUser {
  /** The argument of USER. */
  readonly user: string;
  /** Shell command that creates the user first. */
  readonly create: string | undefined;
}

/**
 * The user an image can run as: one that the file creates, one that the base image has for this, or a new one,
 * created with a tool that the base image is known to have. Without such a tool, a number.
 * @returns undefined if the base image is unknown
 */
export function fittingUser(model: Model, stage: Stage): NonRootUser | undefined {
  const { base } = stage;
  const created = createdUsers(model, stage).at(-1);
  if (created) return { user: created.name, create: undefined };
  if (base.appUser !== undefined) return { user: base.appUser, create: undefined };
  // If the file switched to root, go back to the user the image is meant to run as.
  if (base.isRoot === false && base.user) return { user: base.user, create: undefined };
  if (base.distribution === 'distroless') return { user: 'nonroot', create: undefined };
  if (base.shell === 'none') return { user: '65532', create: undefined };
  // Both tools create a group with the user's name, and fail if it exists.
  const hasGroup = createdGroups(model, stage).some(({ name }) => name === 'app');
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
      // The minimal variants lack shadow-utils.
      return base.packageManager === 'dnf' || base.packageManager === 'yum'
        ? { user: 'app', create: useradd }
        : { user: String(uid), create: undefined };
    case 'amazon':
    case 'azurelinux':
    case 'photon':
      return { user: String(uid), create: undefined };
    default:
      // Either Debian or Ubuntu.
      return base.packageManager === 'apt' ? { user: 'app', create: useradd } : undefined;
  }
}

/**
 * Inserts USER, and the RUN that creates the user, after the last step that may need root and before what the image
 * starts. Comment lines above that stay with it.
 */
export function insertUser(model: Model, stage: Stage, { user, create }: NonRootUser): Edit | undefined {
  const lines = [
    ...(create === undefined ? [] : [`${keywordLike(model.file, 'RUN')} ${create}`]),
    `${keywordLike(model.file, 'USER')} ${user}`,
  ];
  return insertBeforeStart(model, stage, lines);
}

/**
 * What may need root beside the program: what the start does, a stage that builds on this one.
 * @returns undefined if nothing is known to
 */
export function needBeside(model: Model, stage: Stage, facts: AsksContext): RootNeed | undefined {
  const heir = stage.usedBy.find(({ via }) => via === 'from')?.stage;
  const need = rootNeedOf(model, stage, facts);
  if (need || !heir) return need;
  return { kind: 'possible', by: heir.name ? `stage ${heir.name.value}` : 'the stage below' };
}

/** A fix that adds USER, as far as it may be trusted beside what the start needs root for. */
export function besideRootNeed(fix: Fix | undefined, need: RootNeed | undefined): Fix | undefined {
  if (!fix || !need) return fix;
  const condition =
    need.kind === 'certain' ? `once ${need.by} is not needed` : `if ${need.by} works without root`;
  return { ...fix, title: `${fix.title}, ${condition}`, safety: 'manual' };
}
