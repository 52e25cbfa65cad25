// Each way in which a cache mount keeps nothing: the wrong folder, an option, a command that empties it, apt's own hook.
import { mountOption, mountValue } from '../core/analysis/text/mount-options';
import { ownerOptions } from '../core/fixes/add-mounts';
import { isSetBefore, aptKeepsDownloads } from '../core/analysis/packages/written-settings';
import { deletes, deletionsOf } from '../core/analysis/layers/layer-contents';
import { cleansCache } from '../core/analysis/packages/caches-left';
import { packageCommandOf } from '../core/analysis/packages/package-commands';
import type { Keeper, MountedRun } from '../core/analysis/packages/mounted-caches';
import { avoidsRoot, overlaps, switchedOff } from '../core/analysis/packages/tool-caches';
import type { CacheMount } from '../core/analysis/packages/tool-caches';
import type { Finding, Fix, Model } from '../core/lint/rule';
import { prependToCommand } from '../core/shell/edits';
import { removeCommand, removeWords } from '../core/shell/removal';
import { fromHome, isBelow } from '../core/text/paths';

/** Folders that are of use to tools alone, so that no other file is meant. */
const cachePlace =
  /^(?:\/(?:root|home\/[^/]+)\/\.(?:cache|npm|yarn|m2|gradle|nuget|cargo|composer|bun|pip)(?:\/|$)|\/root\/go\/pkg(?:\/|$)|\/var\/(?:cache|lib\/apt)(?:\/|$)|\/go\/(?:pkg|cache)(?:\/|$)|\/usr\/local\/(?:cargo|share\/\.cache)(?:\/|$)|\/.+\/\.(?:npm|cache\/(?:pip|uv|yarn|go-build))$)/;

/** Mounts over folders that no command of the step uses. */
export function* wrongPlace(model: Model, { run, mounts, keepers, isKnown }: MountedRun): Generator<Finding> {
  if (!isKnown) return;
  const used = new Set(keepers.flatMap(({ folders }) => folders ?? []));
  // Where a user's home is not known, it is still not /root.
  const away = keepers.some(({ folders }) => !folders);
  if (keepers.some(({ folders, tool }) => !folders && !(tool && avoidsRoot(model, tool)))) return;
  const names = [...new Set(keepers.map(({ name }) => name))];
  for (const { flag, target } of mounts) {
    const at = mountOption(flag, 'target')?.valueSpan;
    if (!at || target === undefined) continue;
    // The builder takes the tilde for the name of a folder.
    const isTilde = flag.options.some(({ valueSpan, value }) => valueSpan === at && value?.startsWith('~/'));
    if (!isTilde && !cachePlace.test(target)) continue;
    if (away && !isTilde && !isBelow(target, '/root')) continue;
    if ([...used].some((folder) => overlaps(target, folder))) continue;
    const free = [...used].find((folder) =>
      mounts.every((one) => one.target === undefined || !overlaps(one.target, folder)),
    );
    const [only, ...others] = names;
    const owner = ownerOptions(model, run);
    yield {
      at,
      message: `${names.join(' and ')} keep${others.length > 0 ? '' : 's'} nothing in ${target}, so this mount caches nothing`,
      fix:
        !away && free !== undefined && others.length === 0 && owner !== undefined
          ? {
              title: `Mount ${free}`,
              edits: [
                {
                  ...at,
                  text: free + owner + (only?.startsWith('apt') && !isLocked(flag) ? ',sharing=locked' : ''),
                },
              ],
            }
          : undefined,
    };
  }
}

/** Options that switch off the cache that is mounted. */
export function* uncached(model: Model, { mounts, keepers }: MountedRun): Generator<Finding> {
  for (const { command, folders, use, tool } of keepers) {
    const option = use?.given.find(({ name }) => use.manager.noCache.includes(name));
    const off = tool && switchedOff(model, tool);
    // Without a known home directory, the name of the folder tells whose it is.
    const mount = mounts.find(({ target }) =>
      folders
        ? folders.some((one) => target !== undefined && overlaps(target, one))
        : use?.manager.caches.some((one) => target?.endsWith(one.replace('~', '')) === true),
    );
    const at = mount && mountOption(mount.flag, 'target')?.valueSpan;
    if (!mount || !at) continue;
    if (off)
      yield {
        at: off.at ?? at,
        message: `${off.name} keeps ${command.program} from using the cache mount`,
        ...(off.at && { related: [{ at: mount.flag.span, message: 'This mount stays empty' }] }),
      };
    if (!option) continue;
    const edits = removeWords(model, command, option.word);
    yield {
      at: option.word.span,
      message: `${option.name} keeps ${command.program} from using the cache mount`,
      related: [{ at: mount.flag.span, message: 'This mount stays empty' }],
      fix: edits && { title: `Remove ${option.name}`, edits },
    };
  }
}

/** Commands that empty a mount. */
export function* emptied(model: Model, { run, mounts, keepers }: MountedRun): Generator<Finding> {
  const kept = mounts.filter(({ target }) =>
    keepers.some(({ folders }) => folders?.some((one) => target !== undefined && overlaps(target, one))),
  );
  if (kept.length === 0) return;
  for (const command of model.commandsOf(run)) {
    const use = packageCommandOf(model, command);
    const cleans =
      use &&
      cleansCache(use) &&
      // `clean all` names no package.
      use.packages.every(({ value }) => use.manager.cleanNeeds.includes(value ?? '')) &&
      keepers.find(({ name }) => name === use.manager.name);
    const mount = cleans
      ? kept.find(
          ({ target }) => target !== undefined && cleans.folders?.some((one) => overlaps(target, one)),
        )
      : kept.find(({ target }) =>
          deletionsOf(model, command).known.some(
            (one) => target !== undefined && deletes(one, fromHome(target)),
          ),
        );
    if (!mount) continue;
    const edits = removeCommand(model, command);
    yield {
      at: use ? use.verb.span : command.span,
      message: 'This empties the cache mount, so the next build finds nothing in it',
      related: [{ at: mount.flag.span, message: 'This mount' }],
      fix: edits && { title: 'Keep what is in the cache mount', edits },
    };
  }
}

/** The hook of Debian and Ubuntu images that deletes downloads. */
export function* deleted(model: Model, { run, mounts, keepers }: MountedRun): Generator<Finding> {
  const base = model.stageOf(run)?.base;
  if (base?.name === undefined || !/^(?:debian|ubuntu)$/.test(base.distribution ?? '')) return;
  const apt = keepers.find(({ use }) => use?.manager.family === 'apt');
  const mount = mounts.find(
    ({ target }) => target !== undefined && isBelow('/var/cache/apt', target) && target !== '/',
  );
  const at = mount && mountOption(mount.flag, 'target')?.valueSpan;
  if (!apt || !at || isSetBefore(model, aptKeepsDownloads, run)) return;
  yield {
    at,
    severity: 'info',
    message: 'The image deletes what apt downloads, so no package stays in this mount',
    fix: withoutHook(model, apt),
  };
}

function withoutHook(model: Model, { command }: Keeper): Fix | undefined {
  const edit = prependToCommand(model, command, 'rm -f /etc/apt/apt.conf.d/docker-clean');
  return edit && { title: 'Remove the hook docker-clean', edits: [edit] };
}

/** Mounts that apt locks. */
export function* unlocked({ mounts, keepers }: MountedRun): Generator<Finding> {
  if (!keepers.some(({ use }) => use?.manager.family === 'apt')) return;
  const places = mounts.flatMap(({ flag, target }) =>
    target !== undefined && !isLocked(flag) && /^\/var\/(?:cache|lib)\/apt(?:\/|$)/.test(target)
      ? (mountOption(flag, 'target')?.span ?? [])
      : [],
  );
  const [first] = places;
  if (!first) return;
  yield {
    at: first,
    severity: 'info',
    message: 'If two builds run at once, one cannot lock the files of apt in this mount and fails',
    fix: {
      title: 'Add sharing=locked',
      edits: places.map(({ end }) => ({ start: end, end, text: ',sharing=locked' })),
    },
  };
}

function isLocked(mount: CacheMount['flag']): boolean {
  return (mountValue(mount, 'sharing') ?? 'shared') !== 'shared';
}
