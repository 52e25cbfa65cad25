import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { virtualEnvironments } from '../core/analysis/packages/virtual-environments';
import { startedCommands } from '../core/analysis/runtime/what-runs';
import { pythonInstallers } from '../core/knowledge/packages/language-tools';
import { interactive, isPython } from '../core/knowledge/programs/programs';
import type { Copy } from '../core/model/model';
import { once } from '../core/text/memo';
import { isBelow, resolvePath } from '../core/text/paths';

/**
 * pip and uv write the path of the environment into the first line of each program that they install. In an environment that
 * was copied to another folder, this line leads to a Python that is not there: "no such file or directory". Make the
 * environment where it will stand, or start the program by its module: `python -m uvicorn`.
 *
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie AS build
 * WORKDIR /build
 * RUN python -m venv venv
 * COPY requirements.txt ./
 * RUN venv/bin/pip install --no-cache-dir -r requirements.txt
 * FROM python:3.14-slim-trixie
 * COPY --from=build «/build/venv» /opt/venv
 * USER 10001
 * ENTRYPOINT ["/opt/venv/bin/uvicorn", "app.main:app"]
 * ```
 * > uvicorn looks for its Python in /build/venv, and this copy moves it to /opt/venv
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN uv sync --locked --no-dev --no-editable --no-cache
 * FROM python:3.14-slim-trixie
 * WORKDIR /app
 * COPY --from=build «/src/.venv» ./.venv
 * ENV VIRTUAL_ENV=/app/.venv
 * ENV PATH=$VIRTUAL_ENV/bin:$PATH
 * USER 10001
 * CMD ["gunicorn", "shop.wsgi"]
 * ```
 * > gunicorn looks for its Python in /src/.venv, and this copy moves it to /app/.venv
 * The same with the folder around it:
 * ```dockerfile bad
 * FROM python:3.14-slim-trixie AS build
 * WORKDIR /src
 * RUN virtualenv --python=python3 .venv
 * RUN .venv/bin/pip install --no-cache-dir gunicorn==23.0.0
 * FROM python:3.14-slim-trixie
 * COPY --from=build «/src» /app
 * USER 10001
 * CMD ["/app/.venv/bin/gunicorn", "shop.wsgi"]
 * ```
 * > gunicorn looks for its Python in /src/.venv, and this copy moves it to /app/.venv
 * The rule accepts an environment at its place, Python itself, and programs of another folder:
 * ```dockerfile good
 * FROM python:3.14-slim-trixie AS build
 * RUN python -m venv /opt/venv && python -m venv $OTHER && uv venv --relocatable /srv/env && uv pip list
 * RUN python --version && virtualenv /a /b && uv venv
 * WORKDIR /src
 * RUN uv venv --seed
 * FROM python:3.14-slim-trixie
 * COPY --from=build /opt/venv /opt/venv
 * COPY --from=build /src/.venv /app/.venv
 * COPY --from=build /srv/env /srv/moved
 * ENV PATH=/opt/venv/bin:$PATH
 * CMD ["gunicorn", "shop.wsgi"]
 * FROM python:3.14-slim-trixie
 * COPY --from=build /opt/venv /app/venv
 * CMD ["/app/venv/bin/python", "-m", "shop"]
 * FROM python:3.14-slim-trixie
 * COPY --from=build /opt/venv /app/venv
 * CMD ["/usr/bin/shop"]
 * FROM python:3.14-slim-trixie
 * COPY --from=build /opt/venv/lib /app/lib
 * COPY --from=build /opt/venv $TARGET
 * COPY requirements.txt /app/
 * ONBUILD COPY --from=build /opt/venv /app/venv
 * CMD ["/app/venv/bin/shop"]
 * ```
 * ```dockerfile good
 * FROM python:3.14-slim-trixie AS build
 * ENV UV_PROJECT_ENVIRONMENT=$SOMEWHERE
 * RUN uv sync --locked && sed -i '1s|^#!.*|#!/app/venv/bin/python|' /opt/venv/bin/*
 * RUN python -m venv /opt/venv
 * FROM python:3.14-slim-trixie
 * COPY --from=build /opt/venv /app/venv
 * CMD ["/app/venv/bin/gunicorn", "shop.wsgi"]
 * ```
 * It also accepts an environment that may be moved, and one to which a later step adds programs:
 * ```dockerfile good
 * FROM ghcr.io/astral-sh/uv:python3.14-trixie AS build
 * WORKDIR /build
 * RUN uv venv --relocatable && uv sync --frozen --no-editable --no-cache
 * FROM build AS others
 * ENV UV_VENV_RELOCATABLE=1
 * RUN uv venv /opt/others
 * FROM python:3.14-slim-trixie
 * COPY --from=build /build/.venv /app/.venv
 * COPY --from=others /opt/others /srv/others
 * ENV PATH=/app/.venv/bin:$PATH
 * USER 10001
 * CMD ["gunicorn", "shop.wsgi"]
 * ```
 * ```dockerfile good
 * FROM ghcr.io/astral-sh/uv:python3.14-trixie AS build
 * WORKDIR /build
 * COPY pyproject.toml uv.lock ./
 * RUN uv sync --frozen --no-install-project --no-cache
 * FROM ghcr.io/astral-sh/uv:python3.14-trixie
 * WORKDIR /app
 * COPY --from=build /build/.venv .venv
 * COPY . .
 * RUN uv pip install --no-cache-dir .
 * ENV PATH=/app/.venv/bin:$PATH
 * USER 10001
 * CMD ["shop"]
 * ```
 *
 * @skip onbuild the copy is then made in another build
 */
export default defineRule({
  id: 'virtualenv-moved',
  summary: 'A Python environment is copied to another folder, where its programs do not start',
  category: 'copy',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['venv', 'virtualenv', 'uv'],

  *check({ model }) {
    const made = virtualEnvironments(model).slice(0, most);
    // A step may write the first lines anew, or leave something at the old place.
    if (made.length === 0 || /#!|\bln\b/.test(model.document.text)) return;
    for (const copy of model.copies) {
      const { stage, onbuild } = copy;
      if (!stage || onbuild) continue;
      for (const source of copy.sources) {
        if (source.kind !== 'stage' || source.path === undefined) continue;
        const environment = made.find(
          ({ stage: maker, path }) => source.stage.chain.includes(maker) && isBelow(path, `/${source.path}`),
        );
        if (!environment) continue;
        const to = placeOf(copy, `/${source.path}`, environment.path);
        const program = to === undefined ? undefined : startedFrom(model, stage, to);
        if (to === undefined || to === environment.path || program === undefined) continue;
        if (installsLater(model, copy)) continue;
        yield {
          at: source.span,
          message: `${program} looks for its Python in ${environment.path}, and this copy moves it to ${to}`,
          related: [{ at: environment.command.span, message: 'The environment is made here' }],
        };
      }
    }
  },
});

/** Whether a step behind the copy installs packages of Python: it writes the programs of those anew. */
function installsLater(model: Model, { instruction, stage }: Copy): boolean {
  return stage !== undefined && (lastInstalls(model).get(stage) ?? -1) > instruction.index;
}

/** By stage, its last step that installs packages of Python. */
const lastInstalls = once((model: Model): ReadonlyMap<Stage, number> => {
  const last = new Map<Stage, number>();
  for (const { instruction, args } of model.commandsNamed(...pythonInstallers)) {
    const stage = model.stageOf(instruction);
    const installs = args.some(({ value }) => value === 'install' || value === 'sync');
    if (stage && instruction.keyword === 'RUN' && installs) last.set(stage, instruction.index);
  }
  return last;
});

/** More environments than this are not compared with the copies. */
const most = 20;

/** Where a copy puts a folder that lies in its source. */
function placeOf({ destination, sources }: Copy, source: string, folder: string): string | undefined {
  const { path } = destination;
  if (path === undefined || sources.length !== 1) return undefined;
  return resolvePath(path, folder.slice(source.length).replace(/^\//, ''));
}

/** A program of an environment that the image starts, if it is no Python. */
function startedFrom(model: Model, stage: Stage, folder: string): string | undefined {
  const isFirst = firstOnPath(model, stage) === `${folder}/bin`;
  const found = startedCommands(model, stage).find(({ name, program }) => {
    const path = name.value ?? '';
    const isThere = path.includes('/') ? path === `${folder}/bin/${program}` : isFirst;
    return isThere && !isPython(program) && !interactive.has(program);
  });
  return found?.program;
}

/** The folder in which a shell looks for programs before all others, if the file sets one. */
function firstOnPath(model: Model, stage: Stage): string | undefined {
  const { env } = model.environmentAfter(stage);
  const path = stage.chain
    .flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'ENV'))
    .flatMap(({ pairs }) => pairs)
    .find(({ key }) => key.value === 'PATH');
  const [first] = (path?.value?.value ?? '').split(':');
  return first?.replace(/\$\{?(\w+)\}?/g, (_, name: string) => env.get(name) ?? '');
}
