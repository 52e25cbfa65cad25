import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import {
  contextCopies,
  isEverything,
  isNamedByIgnoreFile,
  visibleEntries,
} from '../core/analysis/context/context-sources';
import type { ContextCopy, ContextFacts } from '../core/analysis/context/context-sources';
import { quietForTests } from '../core/analysis/context/context-sources';
import { buildsScripts, compiles } from '../core/knowledge/programs/subcommands';
import { once } from '../core/text/memo';
import { isBelow } from '../core/text/paths';

/**
 * A build stage often gets the whole build context. If the next stage copies that folder, the sources, the tests and local
 * files such as `.env` go into the image by a detour. Copy what the build made.
 *
 * ```dockerfile bad
 * FROM golang:1.25 AS build
 * WORKDIR /src
 * COPY . .
 * RUN go build -o app .
 * FROM debian:12
 * COPY --from=build «/src» /srv
 * CMD ["/srv/app"]
 * ```
 * > /src of build holds the whole build context, so sources and local files go into the image too
 * A script language needs some of them, so that is a smaller matter:
 * ```dockerfile bad severity="info"
 * FROM node:22 AS build
 * WORKDIR /work/app
 * COPY . .
 * RUN npm ci && npm run build
 * FROM build
 * COPY . /second
 * COPY . /third
 * FROM node:22-slim
 * COPY --from=1 «/work» /work
 * CMD ["node", "/work/app/dist/main.js"]
 * ```
 * > /work of the build stage holds the whole build context, so sources and local files go into the image too
 * Where a script is its own source, the files of the project tell what else comes along:
 * ```dockerfile bad severity="info" files="requirements.txt main.py tests/"
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * COPY --from=build «/app» /app
 * ENTRYPOINT ["python", "/app/main.py"]
 * ```
 * > /app of build holds the whole build context, so tests/ goes into the image too
 * ```dockerfile good files="requirements.txt main.py"
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * COPY --from=build /app /app
 * ENTRYPOINT ["python", "/app/main.py"]
 * ```
 * The rule accepts what the build made, folders that a step cleans up, programs that are their sources, and an ignore file that
 * names what is wanted:
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * WORKDIR /src
 * COPY . .
 * RUN go build -o /out/app .
 * FROM golang:1.25 AS clean
 * WORKDIR /clean
 * COPY . .
 * RUN go build -o app . && find . -name '*.go' -delete && go clean
 * FROM python:3.13 AS scripts
 * COPY . /py
 * RUN pip install -r /py/requirements.txt
 * FROM debian:12 AS unused
 * COPY --from=build /src /src
 * FROM debian:12
 * COPY --from=build /out/app /src/static /srv/
 * COPY --from=python:3.13 /usr/local /usr/local
 * COPY --from=build /src/*.html /srv/
 * COPY --from=clean /clean /clean
 * COPY --from=scripts /py /py
 * COPY --from=scripts / /all
 * COPY . .
 * ```
 * ```dockerfile good files="main.go" ignore="*,!main.go"
 * FROM golang:1.25 AS build
 * COPY . /src
 * RUN cd /src && go build .
 * FROM debian:12
 * COPY --from=build /src /srv
 * ```
 * A program that is its sources needs them, so there the profile `strict` alone reports it, as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM python:3.13 AS deps
 * WORKDIR /app
 * COPY . .
 * RUN pip install -r requirements.txt
 * FROM python:3.13-slim
 * COPY --from=deps «/app/*» /app/
 * ```
 * > /app of deps holds the whole build context, so what lies beside the program goes into the image too
 *
 * @skip onbuild a trigger copies from stages of the later build
 */
export default defineRule({
  id: 'stage-copied-whole',
  summary: 'A folder with the whole build context is copied from a build stage',
  category: 'copy',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    if (facts.context && isNamedByIgnoreFile(facts.context)) return;
    for (const { sources, instruction, onbuild } of model.copies) {
      if (onbuild || !model.reachesImage(instruction)) continue;
      for (const source of sources) {
        // `/app/*` is all of it, too.
        const from = source.path?.replace(/\/\*$/, '');
        if (source.kind !== 'stage' || !from || /[*?[]/.test(from)) continue;
        const path = `/${from}`;
        const scopes = source.stage.chain.slice(0, deepest);
        const whole = scopes
          .flatMap((stage) => contextFolders(model).get(stage) ?? [])
          .find(({ folder }) => isBelow(folder, path));
        const kinds = whole ? scopes.map((stage) => buildKinds(model).get(stage)) : [];
        if (!whole || kinds.includes('cleans')) continue;
        const builds = kinds.some((kind) => kind !== undefined);
        const along = builds ? undefined : goesAlong(whole.copy, facts.context);
        // A program that is its sources needs them, and nothing is known of what lies beside them.
        const isMinor = !builds && along === undefined;
        if (isMinor && profile !== 'strict') continue;
        const what = along ?? (isMinor ? 'what lies beside the program goes' : 'sources and local files go');
        yield {
          at: source.span,
          message: `${path} of ${source.stage.name?.value ?? 'the build stage'} holds the whole build context, so ${what} into the image too`,
          severity: isMinor ? 'hint' : kinds.includes('compiles') ? undefined : 'info',
          quiet: quietForTests(facts),
        };
      }
    }
  },
});

/** What no program needs beside its sources, where the context is known: `tests/ goes`. */
function goesAlong(copy: ContextCopy, context: ContextFacts | undefined): string | undefined {
  const found = context && visibleEntries(copy, context).find((entry) => beside.test(entry));
  return found === undefined ? undefined : `${found} goes`;
}

const beside = /^(?:tests?|__tests__|specs?|docs?|examples?|\.github|\.vscode|\.idea)\/$/;

interface ContextFolder {
  readonly copy: ContextCopy;
  readonly folder: string;
}

/** Further up, nobody looks. */
const deepest = 20;

/** By stage, the folders that get the whole build context. */
const contextFolders = once((model: Model): ReadonlyMap<Stage, readonly ContextFolder[]> => {
  const found = new Map<Stage, ContextFolder[]>();
  for (const copy of contextCopies(model)) {
    const { stage, sources, destination } = copy;
    const { path } = destination;
    if (!stage || path === undefined || path === '/' || !sources.some(({ value }) => isEverything(value)))
      continue;
    const others = found.get(stage);
    if (others) others.push({ copy, folder: path });
    else found.set(stage, [{ copy, folder: path }]);
  }
  return found;
});

type BuildKind = 'compiles' | 'scripts' | 'cleans';

/** What a stage does with the sources, if it builds; `cleans` if it may remove them again. */
const buildKinds = once((model: Model): ReadonlyMap<Stage | undefined, BuildKind> => {
  const found = new Map<Stage | undefined, BuildKind>();
  for (const { program, args, instruction } of model.commands) {
    if (instruction.keyword !== 'RUN') continue;
    const stage = model.stageOf(instruction);
    const words = args.map(({ value }) => value ?? '');
    const kind = found.get(stage);
    if (program === 'rm' || program === 'find') found.set(stage, 'cleans');
    else if (kind === 'cleans') continue;
    else if (compiles(program, words)) found.set(stage, 'compiles');
    else if (buildsScripts(program, words) && kind === undefined) found.set(stage, 'scripts');
  }
  return found;
});
