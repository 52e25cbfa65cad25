// What a push or a naming did, line by line, for people.
import { partsOf } from '../checked-arguments';
import type { ImageName } from '../checked-arguments';
import { troubleText } from '../outcome-text';
import type { Translate } from '../translate';
import type { There } from './compare-targets';
import type { PushReport, PushState } from './push-image';
import { registryTroubleText } from './registry-problem';
import type { StoreImage } from './store-image';
import type { TagReport } from './tag-image';
import type { TagKind } from './tags';

export interface PushWords {
  /** The engine, as it is called in a terminal. */
  readonly program: string;
  /** The tool that asked the registry. */
  readonly asker: string;
}

/** One line for each name, and what has to be said of the image itself. */
export function pushLines({ image, targets }: PushReport, words: PushWords, t: Translate): string[] {
  const lines = targets.map(({ name, kind, state }) => stateText(name, kind, state, words, t));
  const failed = targets.some(({ state }) => state.kind === 'failed');
  const left = targets.filter(({ state }) => state.kind === 'left').length;
  return [
    ...lines,
    ...healthcheckLines(image, t),
    ...(failed && left > 0
      ? [t('Run the same command again to go on: what has arrived is not sent twice')]
      : []),
  ];
}

function healthcheckLines(image: StoreImage | undefined, t: Translate): string[] {
  return image?.healthcheck === 'lost'
    ? [
        t(
          'Warning: the image lost the HEALTHCHECK of its file, because its format, OCI, has no place for it. Build it with --format docker',
        ),
      ]
    : [];
}

function stateText(name: ImageName, kind: TagKind, state: PushState, words: PushWords, t: Translate): string {
  switch (state.kind) {
    case 'pushed': {
      const digest = state.digest ?? t('digest unknown');
      const unread = state.readBack ? '' : ` ${t('(not read back from the registry)')}`;
      const moved = state.replaced === undefined ? '' : `, ${t('in place of {0}', state.replaced)}`;
      return `${name}: ${t('pushed')} ${digest}${unread}${moved}${movable(kind, t)}`;
    }
    case 'present':
      return `${name}: ${t('is there already with the same content')} ${state.digest}`;
    case 'refused':
      return `${name}: ${thereText(name, state.there, words, t)}`;
    case 'failed': {
      const { repository } = partsOf(name);
      const why = registryTroubleText(state.trouble, words.program, repository, t);
      return `${name}: ${t('not pushed: {0}', why)}`;
    }
    case 'left':
      return state.replaces === undefined
        ? `${name}: ${t('not pushed yet')}${movable(kind, t)}`
        : `${name}: ${t('not pushed yet; it would take the place of {0}', state.replaces)}${movable(kind, t)}`;
  }
}

/** A tag that the next push may move is for people, not for deployments. */
function movable(kind: TagKind, t: Translate): string {
  return kind === 'mutable' ? ` ${t('(a tag that may move)')}` : '';
}

/** Why a name that should always mean one image is left as it is. */
export function thereText(
  name: ImageName,
  there: Exclude<There, { readonly kind: 'nothing' } | { readonly kind: 'same' }>,
  { asker }: PushWords,
  t: Translate,
): string {
  switch (there.kind) {
    case 'other':
      return t('refused: the registry has another image under it ({0})', there.digest);
    case 'unknown':
      return t(
        'refused: the registry has it already ({0}), and whether it is the same image cannot be told',
        there.digest,
      );
    case 'noTool':
      return t(
        'refused: nothing here can ask the registry whether it is taken. Install skopeo or crane to find out',
      );
    case 'trouble': {
      const why = registryTroubleText(there.trouble, asker, partsOf(name).repository, t);
      return t('refused: the registry did not say whether it is taken: {0}', why);
    }
  }
}

/** One line for each name that an image got or did not get, and what has to be said of the image itself. */
export function tagLines({ image, targets }: TagReport, words: PushWords, t: Translate): string[] {
  const lines = targets.map(({ name, kind, state }) => {
    if (state.kind === 'failed') return `${name}: ${t('not tagged: {0}', troubleText(state.trouble, t))}`;
    if (state.kind === 'refused') return `${name}: ${thereText(name, state.there, words, t)}`;
    const done = `${name}: ${t('tagged')}${movable(kind, t)}`;
    const { there } = state;
    switch (there.kind) {
      case 'nothing':
        return done;
      case 'same':
        return `${done}; ${t('the registry has the same image')}`;
      case 'other':
      case 'unknown':
        return `${done}; ${t('a push takes the place of {0}', there.digest)}`;
      case 'noTool':
        return `${done}; ${t('not compared with the registry, because neither skopeo nor crane is here')}`;
      case 'trouble':
        return `${done}; ${t('not compared with the registry: {0}', troubleText(there.trouble, t))}`;
    }
  });
  return [...lines, ...healthcheckLines(image, t)];
}
