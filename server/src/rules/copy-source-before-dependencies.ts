import { contextCopies, defineRule, isEverything, removeCommand } from '../core/lint/rule';
import type {
  Command,
  ContextCopy,
  ContextFacts,
  Edit,
  Fix,
  Instruction,
  Model,
  Stage,
} from '../core/lint/rule';
import { manifestsOf } from '../core/knowledge/manifests';

/**
 * A step runs again when anything it copies has changed, and so do all below it. With the sources copied
 * first, every change of a line installs all dependencies anew; with the manifests copied first, only a change
 * of those does.
 *
 * ```dockerfile bad files="package-lock.json package.json server.js"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * # exactly what the lock file says
 * RUN npm ci
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN npm ci
 * COPY . .
 * # exactly what the lock file says
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» /app
 * RUN pip install -r requirements.txt && python -m compileall .
 * ```
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt /app/
 * RUN pip install -r requirements.txt
 * COPY . /app
 * RUN python -m compileall .
 * ```
 * A compiler fetches modules as it goes; they can be fetched before:
 * ```dockerfile bad
 * FROM golang:1.23
 * WORKDIR /src
 * COPY «.» .
 * RUN go build -o /app ./cmd/app
 * ```
 * ```dockerfile fixed
 * FROM golang:1.23
 * WORKDIR /src
 * COPY go.mod go.sum* ./
 * RUN go mod download
 * COPY . .
 * RUN go build -o /app ./cmd/app
 * ```
 * Manifests that come first, by `COPY` or by a mount, are how it should be:
 * ```dockerfile good
 * FROM node:22
 * WORKDIR /app
 * COPY package*.json ./
 * RUN npm ci
 * COPY . .
 * RUN npm run build && npm install --omit=dev
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/go/pkg/mod go build -o /app ./cmd/app
 * FROM python:3.13-slim
 * COPY . .
 * RUN pip install .
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-source-before-dependencies',
  summary: 'Sources are copied before dependencies are installed',
  category: 'copy',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    const reported = new Set<Instruction>();
    const copies = copiesByStage(model);
    const firstBroad = broadByStage(model, copies);
    for (const command of model.commands) {
      const { instruction } = command;
      const needs =
        instruction.keyword === 'RUN' && !instruction.onbuild
          ? manifestsOf(
              command.program,
              command.args.map(({ value }) => value),
            )
          : undefined;
      const stage = needs && model.stageOf(instruction);
      if (!needs || !stage || isMounted(instruction, needs.cache)) continue;
      const broad = firstBroad.get(stage);
      if (!broad || broad.instruction.index >= instruction.index || reported.has(broad.instruction)) continue;
      const source = broad.sources.find(({ value }) => isEverything(value));
      if (!source || model.stageOf(broad.instruction) !== stage) continue;
      // Copied by name before: then an installation stands in front of the sources already, or could.
      const before = stage.chain
        .flatMap((one) => copies.get(one) ?? [])
        .filter((copy) => copy.instruction.index < broad.instruction.index);
      if (before.some((copy) => copy.sources.some(({ value }) => needs.known.test(value)))) continue;
      reported.add(broad.instruction);
      yield {
        at: source.span,
        message: `Every change of a source file runs ${needs.title} in line ${model.document.lineAt(command.span.start) + 1} again`,
        related: [{ at: command.span, message: 'Installs the dependencies' }],
        fix: splitFix(model, broad, command, needs, facts.context),
      };
    }
  },
});

function copiesByStage(model: Model): ReadonlyMap<Stage, readonly ContextCopy[]> {
  const copies = new Map<Stage, ContextCopy[]>();
  for (const copy of contextCopies(model)) {
    const stage = model.stageOf(copy.instruction);
    const known = stage && copies.get(stage);
    if (known) known.push(copy);
    else if (stage) copies.set(stage, [copy]);
  }
  return copies;
}

/** The first copy of everything that a stage makes or inherits. */
function broadByStage(
  { stages }: Model,
  copies: ReadonlyMap<Stage, readonly ContextCopy[]>,
): ReadonlyMap<Stage, ContextCopy> {
  const broad = new Map<Stage, ContextCopy>();
  for (const stage of stages) {
    const inherited = stage.parent && broad.get(stage.parent);
    const own = copies.get(stage)?.find(({ sources }) => sources.some(({ value }) => isEverything(value)));
    const first = inherited ?? own;
    if (first) broad.set(stage, first);
  }
  return broad;
}

type Needs = NonNullable<ReturnType<typeof manifestsOf>>;

/** The manifests, or what is downloaded, are in a mount. */
function isMounted({ flags }: Instruction, cache: RegExp | undefined): boolean {
  return flags.some(({ name, options }) => {
    if (name !== 'mount') return false;
    const type = options.find(({ key }) => key === 'type')?.value ?? 'bind';
    const target =
      options.find(({ key }) => key === 'target' || key === 'dst' || key === 'destination')?.value ?? '';
    return type === 'bind' || (type === 'cache' && cache !== undefined && cache.test(target));
  });
}

function splitFix(
  model: Model,
  copy: ContextCopy,
  command: Command,
  needs: Needs,
  context: ContextFacts | undefined,
): Fix | undefined {
  const { document } = model;
  const { instruction: run, script } = command;
  const { instruction, destination } = copy;
  const files = presentFiles(needs, context);
  if (
    !files ||
    instruction.json ||
    !script?.valid ||
    script.heredoc ||
    command.nesting.length > 0 ||
    command.wrappers.length > 0
  )
    return undefined;
  // The step has to work in the folder that the manifests are copied to.
  const target = destination.value.replace(/\/?$/, '/');
  const { workdir } = model.environmentAt(run);
  const isHere =
    target === './'
      ? model.environmentAt(instruction).workdir === workdir
      : workdir !== undefined && target === workdir.replace(/\/?$/, '/');
  const between = model.instructions.some(
    ({ index, keyword }) =>
      index > instruction.index &&
      index < run.index &&
      /^(?:WORKDIR|ENV|ARG|USER|SHELL|RUN|FROM)$/.test(keyword),
  );
  if (
    !isHere ||
    between ||
    script.commands.slice(0, command.index).length > 0 ||
    command.after === '|' ||
    command.after === '||'
  )
    return undefined;
  const text = document.slice(command.fullSpan);
  if (/\n/.test(text)) return undefined;
  const lower = document.slice(instruction.keywordSpan) === instruction.keyword.toLowerCase();
  const keyword = (word: string): string => (lower ? word.toLowerCase() : word);
  const chown = instruction.flags
    .filter(({ name }) => name === 'chown')
    .map(({ span }) => `${document.slice(span)} `)
    .join('');
  const flags = run.flags.map(({ span }) => `${document.slice(span)} `).join('');
  const install = needs.download ?? text;
  const lines = [
    `${keyword('COPY')} ${chown}${files.join(' ')} ${document.slice(destination.span).replace(/\/?$/, '/')}`,
    `${keyword('RUN')} ${flags}${install}`,
  ];
  const removal = needs.download === undefined ? removalOf(model, command) : [];
  if (!removal) return undefined;
  return {
    title: `Copy ${files.join(', ')} and run ${needs.title} first`,
    edits: [document.insertLinesBefore(instruction.span.start, ...lines), ...removal],
  };
}

/** The whole RUN when the installation is all it does, else the command in its chain. */
function removalOf(model: Model, command: Command): readonly Edit[] | undefined {
  const { instruction, script } = command;
  if ((script?.commands.length ?? 0) > 1) return removeCommand(model, command);
  return instruction.comments.length > 0 ? undefined : [model.document.removeLines(instruction.span)];
}

/** Names to copy: those that exist where that is known; else those the command cannot do without, and globs for the rest. */
function presentFiles(
  { required, optional }: Needs,
  context: ContextFacts | undefined,
): readonly string[] | undefined {
  if (!context) return [...required, ...optional.map((name) => `${name}*`)];
  if (!required.every((name) => context.entries.includes(name))) return undefined;
  return [...required, ...optional.filter((name) => context.entries.includes(name))];
}
