import type { ShellWord } from '../core/shell/types';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import type { Install } from '../core/model/installs';
import { unpinned } from '../core/families/unpinned';
import { ownTools } from '../core/knowledge/packages/own-tools';
import { repositoryUrl } from '../core/knowledge/packages/version-marks';
import { hasFlag, hasWord, operandsOf, textOf, seenIn } from '../core/families/hadolint-commands';
import { afterPipOfPython } from '../core/families/hadolint-packages';
import type { SeenCommand } from '../core/families/hadolint-commands';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';

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
 * RUN for name in numpy scipy; do pip install --no-cache-dir «$name»; done
 * ```
 * > flask and 1 more have no version, so each build installs the newest ones
 * > uvicorn has no version, so each build installs the newest one
 * > git+https://github.com/acme/tool.git has no version, so each build installs the newest one
 * > poetry has no version, so each build installs the newest one
 * > ruff has no version, so each build installs the newest one
 * > $name has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM python:3.13-slim
 * ARG VERSION
 * RUN pip install --no-cache-dir flask==3.1.0 "requests>=2.32,<3" ruff~=0.8 tool@https://example.com/tool.zip
 * RUN pip install --no-cache-dir -r requirements.txt . ./lib[all] dist/app.whl https://example.com/app.tar.gz
 * RUN pip install --no-cache-dir -c constraints.txt flask && pip install --no-cache-dir "flask==$VERSION" $PACKAGES
 * RUN pip install --no-cache-dir git+https://git@github.com/acme/tool.git@v1.2#egg=tool && pip download flask
 * RUN pip install --no-cache-dir pipenv virtualenv
 * RUN apt-get install -y gcc
 * ENV PIP_CONSTRAINT=/constraints.txt
 * RUN pip install --no-cache-dir flask
 * ```
 * The profile `strict` also asks for a version of pip itself:
 * ```dockerfile bad options="profile: strict"
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir --upgrade «pip»
 * ```
 * > pip has no version, so each build installs the newest one
 * So does a repository that is installed from its sources:
 * ```dockerfile bad
 * FROM python:3.13
 * RUN pip install --no-cache-dir -e «git+https://github.com/acme/tool.git#egg=tool» «--editable=git+https://github.com/acme/other»
 * RUN pip install --no-cache-dir -e . -e git+https://github.com/acme/tool@v1.2#egg=tool
 * ```
 * > git+https://github.com/acme/tool.git#egg=tool has no version, so each build installs the newest one
 * > git+https://github.com/acme/other has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'pip-pin-versions',
  summary: 'pip installs a package without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'],
  mentions: ['pip', 'uv', 'pipx'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const quiet = quietInDevcontainer(facts);
    const own = profile === 'recommended' ? ownTools.get('pip') : undefined;
    yield* unpinned(model, (use) => isMeant(model, use), own, quiet);
    for (const use of model.installs) {
      if (!isMeant(model, use)) continue;
      for (const word of editablesOf(use.command.args)) {
        const message = `${/[a-z]+\+.*/.exec(word.text)?.[0] ?? ''} has no version, so each build installs the newest one`;
        if (newestOfRepository.test(word.suffix)) yield { at: word.span, message, quiet };
      }
    }
  },

  *hadolint({ model }) {
    for (const seen of model.instructionsOf('RUN').flatMap((run) => seenIn(model, run))) {
      const from = installsFrom(seen);
      if (from < 0 || hasWord(seen, '-r', '--requirement', '.') || hasFlag(seen, '-c', '--c', '--constraint'))
        continue;
      const word = operandsOf({ ...seen, args: seen.args.slice(from) }, withValue).find(
        (one) => textOf(one) !== 'install' && !hasVersion(textOf(one)),
      );
      if (word) yield { at: word.span, message: `${textOf(word)} has no version` };
    }
  },
});

/** The words that name a project to be installed from its sources: `-e PLACE`, `--editable=PLACE`. */
function editablesOf(args: readonly ShellWord[]): readonly ShellWord[] {
  return args.filter(
    ({ text }, at) => /^(?:-e|--editable)$/.test(args[at - 1]?.text ?? '') || text.startsWith('--editable='),
  );
}

/** A repository without a commit, tag or branch. */
const newestOfRepository = /^(?:--editable=)?(?:git|hg|svn|bzr)\+[a-z+]+:\/\/(?:[^@/]*@)?[^@#]*(?:#|$)/;

/** The options whose value hadolint knows to be no package. */
const withValue =
  /^(?:-[betfi]|--(?:abi|build|editable|extra-index-url|find-links|implementation|index-url|no-binary|only-binary|platform|prefix|progress-bar|proxy|python|python-version|root|root-user-action|src|target|trusted-host|upgrade-strategy))$/;

/** Where the words after `pip install` start for hadolint; -1 in another command. */
function installsFrom(seen: SeenCommand): number {
  if (!/^pip(?!env)/.test(seen.name)) return afterPipOfPython(seen);
  return seen.args.map(textOf).indexOf('install') + 1 || -1;
}

/** Whether hadolint asks no version of a package of pip. */
function hasVersion(name: string): boolean {
  if (repositoryUrl.test(name)) return name.includes('@');
  return /[<>]|[=!~]=|\/|\.whl$|\.tar\.gz$/.test(name);
}

function isMeant(model: Model, use: Install): boolean {
  const { manager, command } = use;
  if (manager.family !== 'pip' && manager.family !== 'uv') return false;
  return (
    !givesOption(use, '-c', '--constraint', '--require-hashes') &&
    !model.environmentAt(command.instruction).variables.has('PIP_CONSTRAINT')
  );
}
