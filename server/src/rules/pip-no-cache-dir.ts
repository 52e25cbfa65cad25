import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Instruction } from '../core/lint/rule';
import { relatedTo } from '../core/analysis/layers/vain-deletions';
import { cachesLeft, laterRemoval, vainDeletionAfter } from '../core/analysis/packages/caches-left';
import { andDrop } from '../core/fixes/drop-run';
import { addArguments } from '../core/shell/edits';
import { hasWord, mountsOver, seenIn, verbOf } from '../core/families/hadolint-commands';
import { afterPipOfPython } from '../core/families/hadolint-packages';
import { withInherited } from '../core/families/hadolint-stages';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';

/**
 * pip caches its downloads and builds below `~/.cache/pip`. Nobody uses that cache in an image, and it can be as
 * large as the packages themselves.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip «install» -r requirements.txt && \
 *     # the server
 *     python3 -m pip «install» gunicorn
 * ```
 * > pip leaves its cache in the layer
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir -r requirements.txt && \
 *     # the server
 *     python3 -m pip install --no-cache-dir gunicorn
 * ```
 * Wheels and downloads go through the same cache:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip «wheel» -r requirements.txt -w /wheels && python3 -m pip «download» -d /packages flask
 * ```
 * > pip leaves its cache in the layer
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN pip wheel --no-cache-dir -r requirements.txt -w /wheels && python3 -m pip download --no-cache-dir -d /packages flask
 * ```
 * The variable does the same, and so do a cache mount and a removal in the same `RUN`. A builder stage does not reach
 * the image:
 * ```dockerfile good
 * FROM python:3.13 AS build
 * RUN pip install --target=/out flask
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir flask
 * RUN --mount=type=cache,target=/root/.cache/pip pip install flask
 * RUN pip install flask && rm -rf /root/.cache
 * RUN pip install flask && cd ~ && rm -rf .cache
 * RUN pip install flask && rm -rf "$HOME"/.cache/*
 * RUN pip install --no-cache flask
 * RUN PIP_NO_CACHE_DIR=1 pip install flask
 * RUN pip install --no-index --find-links=/wheels flask
 * ENV PIP_NO_CACHE_DIR=on
 * RUN pip install gunicorn
 * COPY --from=build /out /out
 * ```
 * A later `RUN` that removes the cache saves nothing, and has nothing to remove then:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip «install» flask
 *
 * # tidy up
 * RUN rm -rf /root/.cache/pip
 *
 * CMD ["flask", "run"]
 * ```
 * > pip leaves its cache in the layer
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir flask
 *
 * CMD ["flask", "run"]
 * ```
 * A cache that an option moves stays as well, and so does that of `uv pip`:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip «install» --cache-dir=/var/tmp/pip flask && pip «install» --cache-dir ~/pip gunicorn
 * RUN cd /srv && pip «install» --cache-dir cache flask
 * RUN uv pip «install» --system flask
 * RUN uv pip «install» --system --cache-dir /var/tmp/uv flask
 * ```
 * > pip leaves its cache in the layer
 * > pip leaves its cache in the layer
 * > pip leaves its cache in the layer
 * > uv leaves its cache in the layer
 * > uv leaves its cache in the layer
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * RUN pip install --cache-dir=/var/tmp/pip flask && pip install --cache-dir ~/pip gunicorn
 * RUN cd /srv && pip install --cache-dir cache flask
 * RUN uv pip install --no-cache --system flask
 * RUN uv pip install --system --cache-dir /var/tmp/uv flask
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim
 * RUN pip install --cache-dir=/tmp/pip flask && rm -rf /tmp/pip
 * RUN pip install --cache-dir="$CACHE" flask && cd $FOLDER && pip install --cache-dir cache flask
 * RUN --mount=type=cache,target=/pip pip install --cache-dir=/pip flask
 * RUN uv pip install --system --no-cache flask && UV_NO_CACHE=1 uv pip install --system flask
 * RUN export UV_NO_CACHE=1 && uv pip install --system flask
 * RUN uv sync --locked
 * ENV UV_CACHE_DIR=/tmp/uv
 * RUN uv pip install --system flask && rm -rf /tmp/uv
 * ```
 * A `pip.conf` may say it for all:
 * ```dockerfile good
 * FROM python:3.13-slim
 * COPY <<EOF /etc/pip.conf
 * [global]
 * no-cache-dir = true
 * EOF
 * RUN pip install flask
 * ```
 * As root, pip keeps no cache below a home directory that belongs to another user:
 * ```dockerfile good
 * FROM python:3.13-slim
 * ENV HOME=/home/app
 * RUN useradd --create-home app && chown -R app $HOME && pip install flask
 * ```
 * Other package managers have their own rules. With `packageCache: mount` the rule stays silent:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add curl
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM python:3.13
 * RUN pip install flask
 * ```
 * Other managers have rules of their own:
 * ```dockerfile good
 * FROM node:22
 * # There is no pip.
 * RUN npm ci
 * ```
 * A variable that stands for a file holds no option:
 * ```dockerfile bad
 * FROM python:3.13
 * RUN for set in base dev; do pip «install» -r $set.txt; done
 * ```
 * > pip leaves its cache in the layer
 * ```dockerfile fixed
 * FROM python:3.13
 * RUN for set in base dev; do pip install --no-cache-dir -r $set.txt; done
 * ```
 */
export default defineRule({
  id: 'pip-no-cache-dir',
  summary: 'pip leaves its cache in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  once: 'in each step',
  alsoKnownAs: [
    'hadolint:DL3042',
    'kics:pip_install_keeping_cached_packages',
    'semgrep:missing-pip-no-cache-dir',
  ],
  mentions: ['pip'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, facts, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    for (const left of cachesLeft(model)) {
      const { command, manager, verb, phrase, given } = left.use;
      const isUv = manager.name === 'uv' && phrase.startsWith('pip ');
      if (manager.name !== 'pip' && !isUv) continue;
      const option = isUv ? '--no-cache' : '--no-cache-dir';
      // The two options contradict each other.
      const moves = given.some(({ name }) => name === '--cache-dir');
      const edit = moves ? undefined : addArguments(command, verb, option);
      yield {
        at: verb.span,
        message: `${manager.name} leaves its cache in the layer`,
        // The files that uv installs are links to those in its cache, and a folder is named to be used.
        quiet: isUv || moves || quietInDevcontainer(facts),
        related: relatedTo(vainDeletionAfter(model, left)),
        fix: edit && andDrop(model, { title: `Add ${option}`, edits: [edit] }, laterRemoval(model, left)),
      };
    }
  },

  *hadolint({ model }) {
    for (const [run, hasVariable] of withInherited(model, ['ENV', 'RUN'], setsVariable)) {
      if (run.keyword !== 'RUN' || hasVariable || mountsOver(run, '.cache/pip')) continue;
      if (switchedOn.test(model.document.slice(run.span))) continue;
      for (const seen of seenIn(model, run)) {
        const runsPip = /^pip(?!x|env)/.test(seen.name)
          ? hasWord(seen, 'install')
          : afterPipOfPython(seen) > 0;
        if (runsPip && !hasWord(seen, '--no-cache-dir'))
          yield { at: verbOf(seen), message: 'pip leaves its cache in the layer' };
      }
    }
  },
});

/** The values that hadolint takes for true, anywhere in a RUN. */
const on = '(?:1|true|True|TRUE|on|On|ON|yes|Yes|YES)';
const switchedOn = new RegExp(`PIP_NO_CACHE_DIR=${on}`);
const isOn = new RegExp(`^${on}$`);

function setsVariable({ pairs }: Instruction): boolean {
  return pairs.some(
    ({ key, value, legacy }) =>
      key.value === 'PIP_NO_CACHE_DIR' && isOn.test((legacy ? value?.raw : value?.value) ?? ''),
  );
}
