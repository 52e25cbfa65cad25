import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import type { Install } from '../core/model/installs';
import { unpinned } from '../core/families/unpinned';
import { ownTools } from '../core/knowledge/packages/own-tools';

/**
 * Without a version, each build installs what PyPI has on that day, so two builds of one file differ, and a new release
 * can break them. The index keeps old versions, so a build with a version goes on to work.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir --upgrade pip && pip install --no-cache-dir «flask» 'gunicorn[gevent]==23.0.0' requests
 * RUN python3 -m pip install --no-cache-dir 'django==5.1' «'uvicorn[standard]; python_version > "3.8"'»
 * RUN pip install --no-cache-dir «git+https://github.com/acme/tool.git» && pipx install «poetry»
 * RUN uv pip install --system --no-cache «ruff»
 * ```
 * > flask and 1 more have no version, so each build installs the newest ones
 * > uvicorn has no version, so each build installs the newest one
 * > git+https://github.com/acme/tool.git has no version, so each build installs the newest one
 * > poetry has no version, so each build installs the newest one
 * > ruff has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM python:3.13-slim
 * ARG VERSION
 * RUN pip install --no-cache-dir flask==3.1.0 "requests>=2.32,<3" ruff~=0.8 tool@https://example.com/tool.zip
 * RUN pip install --no-cache-dir -r requirements.txt . ./lib[all] dist/app.whl https://example.com/app.tar.gz
 * RUN pip install --no-cache-dir -c constraints.txt flask && pip install --no-cache-dir "flask==$VERSION" $PACKAGES
 * RUN pip install --no-cache-dir git+https://git@github.com/acme/tool.git@v1.2#egg=tool && pip download flask
 * RUN pip install --no-cache-dir pipenv virtualenv
 * ENV PIP_CONSTRAINT=/constraints.txt
 * RUN pip install --no-cache-dir flask
 * ```
 * hadolint also asks for a version of what it cannot read, and of pip itself:
 * ```dockerfile bad options="profile: hadolint"
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir «$PACKAGES» && pip install --no-cache-dir --upgrade «pip» && pip install -r x.txt flask
 * RUN uv pip install --system --no-cache ruff
 * ```
 * > $PACKAGES has no version, so each build installs the newest one
 * > pip has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'pip-pin-versions',
  summary: 'pip installs a package without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const isHadolint = profile === 'hadolint';
    yield* unpinned(
      model,
      (use) => isMeant(model, use, isHadolint),
      isHadolint,
      profile === 'recommended' ? ownTools.get('pip') : undefined,
    );
  },
});

function isMeant(model: Model, use: Install, isHadolint: boolean): boolean {
  const { manager, command } = use;
  if (manager.family !== 'pip' && (manager.family !== 'uv' || isHadolint)) return false;
  if (isHadolint) return !givesOption(use, '-c', '--constraint', '-r', '--requirement');
  return (
    !givesOption(use, '-c', '--constraint', '--require-hashes') &&
    !model.environmentAt(command.instruction).variables.has('PIP_CONSTRAINT')
  );
}
