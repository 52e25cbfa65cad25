import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { deletes, deletionsOf, mountedAway } from '../core/analysis/layers/layer-contents';
import { packageCommandOf, sudoLike } from '../core/analysis/packages/package-commands';
import { aptKeepsDownloads, isSetBefore } from '../core/analysis/packages/written-settings';
import { addSyntaxLine } from '../core/fixes/syntax-line';
import type { PackageCommand } from '../core/model/installs';
import { prependToCommand } from '../core/shell/edits';
import { removeCommand } from '../core/shell/removal';
import { isBelow } from '../core/text/paths';

/**
 * With `packageCache: mount`, apt keeps its lists and packages in cache mounts: they stay out of the image, and the next
 * build does not download them again. The hook docker-clean of Debian and Ubuntu images would empty the cache, so it has
 * to go.
 *
 * ```dockerfile bad options="packageCache: mount"
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN apt-get update && apt-get «install» -y --no-install-recommends \
 *         # for the health check
 *         curl \
 *     && rm -rf /var/lib/apt/lists/*
 * ```
 * > apt-get downloads these packages again in each build that repeats this step
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean \
 *     && apt-get update && apt-get install -y --no-install-recommends \
 *         # for the health check
 *         curl
 * ```
 * A file that sets this up for all steps keeps it:
 * ```dockerfile bad options="packageCache: mount"
 * FROM debian:12
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get «install» -y --no-install-recommends jq
 * ```
 * > apt-get downloads these packages again in each build that repeats this step
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends jq
 * ```
 * There is no fix where the removal of the lists is not a step of its own:
 * ```dockerfile bad options="packageCache: mount"
 * FROM debian:12
 * RUN apt-get update && apt-get «install» -y curl && rm -rf /var/lib/apt/lists/* || exit 1
 * RUN false || apt-get «install» -y jq
 * ```
 * > apt-get downloads these packages again in each build that repeats this step
 * ```dockerfile good options="packageCache: mount"
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
 *     apt-get update && apt-get install -y git
 * FROM alpine:3.22
 * RUN apk add curl
 * ```
 * Without that setting, the rule is silent:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * ```
 *
 * @skip backtick the added syntax line stands above the other directive
 */
export default defineRule({
  id: 'apt-cache-mount',
  summary: 'apt downloads packages without a cache mount',
  category: 'package',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['apt', 'aptitude'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, options: { packageCache } }) {
    if (packageCache !== 'mount') return;
    const seen = new Set<Instruction>();
    for (const use of model.installs) {
      const { instruction, program } = use.command;
      if (use.manager.family !== 'apt' || instruction.keyword !== 'RUN' || seen.has(instruction)) continue;
      seen.add(instruction);
      const missing = folders.filter((folder) => !isMounted(instruction, folder));
      if (missing.length === 0) continue;
      yield {
        at: use.verb.span,
        message: `${program} downloads these packages again in each build that repeats this step`,
        fix: withMounts(model, use, missing),
      };
    }
  },
});

/** Where apt has its packages, and where its lists. */
const folders = ['/var/cache/apt', '/var/lib/apt'];

function isMounted(run: Instruction, folder: string): boolean {
  const needed = folder === '/var/lib/apt' ? '/var/lib/apt/lists' : folder;
  return mountedAway(run).some((target) => isBelow(needed, target));
}

function withMounts(model: Model, { command }: PackageCommand, missing: readonly string[]): Fix | undefined {
  const { instruction } = command;
  const commands = model.commandsOf(instruction);
  const edits: Edit[] = [...addSyntaxLine(model)];
  for (const one of commands) {
    const cleans = packageCommandOf(model, one)?.action === 'clean';
    const empties = deletionsOf(model, one).known.some((known) => deletes(known, '/var/lib/apt/lists'));
    if (!cleans && !empties) continue;
    const removal = removeCommand(model, one);
    if (!removal) return undefined;
    edits.push(...removal);
  }
  const flags = missing.map((target) => `--mount=type=cache,target=${target},sharing=locked `).join('');
  const at = instruction.keywordSpan.end + 1;
  edits.push({ start: at, end: at, text: flags });
  const first = commands
    .map((one) => packageCommandOf(model, one))
    .find((one) => one?.manager.family === 'apt');
  if (first && !isSetBefore(model, aptKeepsDownloads, instruction)) {
    const unhook = prependToCommand(
      model,
      first.command,
      `${sudoLike(first)}rm -f /etc/apt/apt.conf.d/docker-clean`,
    );
    if (!unhook) return undefined;
    edits.push(unhook);
  }
  return {
    title: 'Use cache mounts for apt',
    edits: edits.sort((a, b) => a.start - b.start || a.end - b.end),
  };
}
