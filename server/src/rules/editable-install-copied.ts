import { defineRule } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { lostSources } from '../core/analysis/packages/editable-installs';
import type { LostSources } from '../core/analysis/packages/editable-installs';
import { addArguments } from '../core/shell/edits';
import { removeWords } from '../core/shell/removal';

/**
 * An editable installation leaves a link to the sources. If a later stage copies the environment alone, the link leads
 * nowhere, and the program cannot import its own package.
 *
 * ```dockerfile bad files="pyproject.toml uv.lock src/" texts="pyproject.toml: [build-system]"
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv «sync» --locked --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 * ```dockerfile fixed
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv sync --no-editable --locked --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13 AS build
 * WORKDIR /src
 * COPY . .
 * RUN python -m venv /opt/venv
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN pip install --no-cache-dir «-e» . && pip install --no-cache-dir «--editable=.»
 * FROM python:3.13-slim
 * COPY --from=build /opt/venv /opt/venv
 * CMD ["/opt/venv/bin/server"]
 * ```
 * > The environment links to /src, and the image that copies it has nothing there
 * ```dockerfile fixed
 * FROM python:3.13 AS build
 * WORKDIR /src
 * COPY . .
 * RUN python -m venv /opt/venv
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN pip install --no-cache-dir . && pip install --no-cache-dir --editable=.
 * FROM python:3.13-slim
 * COPY --from=build /opt/venv /opt/venv
 * CMD ["/opt/venv/bin/server"]
 * ```
 * Sources in a folder `src` are those of a package, as a rule:
 * ```dockerfile bad severity="warning"
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY pyproject.toml uv.lock ./
 * COPY src/ src/
 * RUN uv «sync» --locked --no-dev --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 * ```dockerfile fixed
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY pyproject.toml uv.lock ./
 * COPY src/ src/
 * RUN uv sync --no-editable --locked --no-dev --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * Poetry has no option for that. Copy the sources to the same place, or build a wheel and install it:
 * ```dockerfile bad severity="warning"
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN poetry «install»
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 * The rule accepts sources at the same place, a project that is not a package, and one that is not installed:
 * ```dockerfile good
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv sync --locked --no-editable && poetry install --no-root && pip install -e git+https://github.com/acme/tool@v1#egg=tool
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * FROM python:3.13 AS link
 * WORKDIR /app
 * RUN pip install -e . && poetry install && pip install -e $DIR
 * FROM python:3.13-slim
 * COPY --from=link /app/.venv /app/.venv
 * COPY src /app/src
 * ```
 * ```dockerfile good files="pyproject.toml" texts="pyproject.toml: package-mode = false"
 * FROM python:3.13 AS build
 * WORKDIR /app
 * RUN poetry install && uv sync --no-editable
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * ```
 * The environment may have any name. Where it is unknown whether the project is a package, the profile `strict` has a hint:
 * ```dockerfile bad
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN python -m venv /v && /v/bin/pip install «-e» .
 * FROM python:3.13-slim
 * COPY --from=build /v /v
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 * ```dockerfile fixed
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN python -m venv /v && /v/bin/pip install .
 * FROM python:3.13-slim
 * COPY --from=build /v /v
 * ```
 * ```dockerfile bad severity="hint"
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv «sync» --locked
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 * ```dockerfile fixed
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv sync --no-editable --locked
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * ```
 * Poetry installs the project with `--only`, too:
 * ```dockerfile bad severity="warning"
 * FROM python:3.13 AS build
 * WORKDIR /app
 * COPY . .
 * RUN poetry «install» --only main
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * ```
 * > The environment links to /app, and the image that copies it has nothing there
 *
 * @skip onbuild the copy is then made in another build
 */
export default defineRule({
  id: 'editable-install-copied',
  summary: 'A copied Python environment links to sources that are not there',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['pip', 'uv', 'poetry', 'pdm', 'pipenv', 'python'],

  *check({ model, facts: { context } }) {
    for (const lost of lostSources(model, context)) {
      yield {
        at: lost.word.span,
        message: `The environment links to ${lost.sources}, and the image that copies it has nothing there`,
        related: [{ at: lost.source.span, message: 'Copied without the sources' }],
        fix: installed(model, lost),
        ...(lost.isPackage === 'likely' && { severity: 'warning' }),
        ...(lost.isPackage === 'possible' && { severity: 'hint', quiet: true }),
      };
    }
  },
});

/** Installs the project itself in place of a link. */
function installed(model: Model, { command, word, use }: LostSources): Fix | undefined {
  if (word.value === 'sync') {
    const edit = addArguments(command, word, '--no-editable');
    return edit && { title: 'Add --no-editable', edits: [edit] };
  }
  if (!use || (word.value !== '-e' && word.value !== '--editable')) return undefined;
  const edits = removeWords(model, command, word);
  return edits && { title: `Remove ${word.value}`, edits };
}
