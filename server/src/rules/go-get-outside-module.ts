import { defineRule, insertAfter, remove, replace } from '../core/lint/rule';
import type { Edit, Instruction, Model, Stage } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, isAtLeastVersion, versionOfTag } from '../core/analysis/images/base-version';
import { groupByRoot } from '../core/analysis/images/root-stage';
import { isSince } from '../core/knowledge/images/releases';
import { bringsSources } from '../core/knowledge/programs/build-steps';
import type { Command, ShellWord } from '../core/shell/types';
import { once } from '../core/text/memo';

/**
 * Since Go 1.18, `go get` only changes the `go.mod` of a project, and stops where there is none. `go install` with a version
 * installs a command.
 *
 * ```dockerfile bad uncovers="go-pin-versions stage-abi-mismatch"
 * FROM golang:1.22
 * COPY tools.txt /
 * RUN go «get» -u -v github.com/a/tool/cmd/x \
 *     # the second
 *     golang.org/x/tools/...
 * RUN GO111MODULE=on go get github.com/a/y@v1.2.0 && go get -t github.com/a/z@${VERSION}
 * FROM golang:alpine
 * COPY --from=0 /go/bin /go/bin
 * ```
 * > go get works only in a module since Go 1.18, so the build stops
 * ```dockerfile fixed
 * FROM golang:1.22
 * COPY tools.txt /
 * RUN go install -v github.com/a/tool/cmd/x@latest \
 *     # the second
 *     && go install golang.org/x/tools/...@latest
 * RUN GO111MODULE=on go install github.com/a/y@v1.2.0 && go install github.com/a/z@${VERSION}
 * FROM golang:alpine
 * COPY --from=0 /go/bin /go/bin
 * ```
 * Where the failure is ignored it is a hint. There is no fix for sources alone, or where the words are not certain:
 * ```dockerfile bad severity="hint" uncovers="go-pin-versions"
 * FROM golang
 * RUN go «get» github.com/a/b || true
 * ```
 * > go get works only in a module since Go 1.18, so the build stops
 * ```dockerfile fixed
 * FROM golang
 * RUN go install github.com/a/b@latest || true
 * ```
 * ```dockerfile bad
 * FROM golang:alpine
 * RUN go «get» github.com/a/b
 * WORKDIR /go/src/github.com/a/b
 * RUN make
 * ```
 * > go get works only in a module since Go 1.18, so the build stops
 * ```dockerfile bad
 * FROM golang:1
 * RUN go «get» -d github.com/a/b
 * FROM golang:bookworm
 * RUN go «get» github.com/a/b github.com/a/c || exit 1
 * COPY --from=0 /go /go1
 * FROM golang:1.20
 * RUN go «get» github.com/gorilla/mux
 * COPY --from=1 . .
 * RUN go build
 * ```
 * > go get works only in a module since Go 1.18, so the build stops
 * An older Go, a project, and sources from elsewhere work:
 * ```dockerfile good
 * FROM golang:1.17
 * RUN go get github.com/a/b
 * FROM golang:stretch
 * RUN go get github.com/a/b
 * FROM debian:12
 * RUN go get github.com/a/b
 * FROM golang:1.22 AS project
 * RUN go version && go get ./... && go mod init x && go get github.com/a/b
 * FROM project
 * RUN go get github.com/a/b
 * FROM golang:1.22
 * RUN git clone https://github.com/a/b && cd b && go get github.com/a/c
 * FROM golang:1.22
 * COPY . .
 * RUN go get github.com/a/b
 * FROM golang:1.22
 * RUN --mount=type=bind,target=. go get github.com/a/b
 * ```
 * ```dockerfile good
 * FROM golang:1.22
 * ENV GO111MODULE=off
 * RUN go get github.com/a/b
 * ```
 */
export default defineRule({
  id: 'go-get-outside-module',
  summary: 'go get runs where there is no module',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['go-module-missing'],
  mentions: ['go'],

  *check({ model }) {
    const outside = model.commandsNamed('go').flatMap((command) => {
      const get = readGet(command);
      return get && hasNewGo(model, command) && !mayHaveModule(model, command) ? [get] : [];
    });
    for (const gets of groupByRoot(model, outside)) {
      const edits = gets.map(installInstead);
      const stops = gets.some(({ command }) => stopsBuild(model, command.instruction, command));
      yield {
        at: gets[0].verb.span,
        message: 'go get works only in a module since Go 1.18, so the build stops',
        severity: stops ? 'error' : 'hint',
        ...(!usesSources(model) &&
          !buildsAfter(model, gets[0]) &&
          edits.every((some) => some !== undefined) && {
            fix: { title: 'Install with go install', edits: edits.flat() },
          }),
      };
    }
  },
});

/** A `go get` of packages from elsewhere. */
interface Get {
  readonly instruction: Instruction;
  readonly command: Command;
  readonly verb: ShellWord;
  readonly options: readonly ShellWord[];
  readonly packages: readonly ShellWord[];
}

const remotePackage = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i;

function readGet(command: Command): Get | undefined {
  const [verb, ...words] = command.args;
  if (verb?.value !== 'get') return undefined;
  const options = words.filter(({ prefix }) => prefix.startsWith('-'));
  const packages = words.filter(({ prefix }) => !prefix.startsWith('-'));
  const isRemote = packages.length > 0 && packages.every(({ prefix }) => remotePackage.test(prefix));
  return isRemote ? { instruction: command.instruction, command, verb, options, packages } : undefined;
}

function hasNewGo(model: Model, { instruction }: Command): boolean {
  // With modules off, it works as it always did.
  if (/GO111MODULE["']?[\s=]+["']?(?:off|auto)/.test(model.file.text)) return false;
  const stage = model.stageOf(instruction);
  const tag = baseTag(model, stage, 'golang');
  if (tag === undefined) return false;
  const version = versionOfTag(tag);
  if (version) return isAtLeastVersion(version, [1, 18]);
  // Other tags move, unless nobody has built them since: `golang:stretch`.
  return isSince(stage?.base.release, { debian: '12', alpine: '3.18' });
}

/** Whether a step before it may have brought a go.mod. */
function mayHaveModule(model: Model, { instruction, span }: Command): boolean {
  const first = firstSources(model);
  return (model.stageOf(instruction)?.chain ?? []).some(
    (stage) => (first.get(stage) ?? Infinity) < span.start,
  );
}

/** Where a stage may get the sources of a project for the first time. */
const firstSources = once((model: Model): ReadonlyMap<Stage | undefined, number> => {
  const first = new Map<Stage | undefined, number>();
  const note = (stage: Stage | undefined, at: number): void => {
    first.set(stage, Math.min(at, first.get(stage) ?? Infinity));
  };
  for (const { instruction, stage, sources } of model.copies)
    if (!sources.every(({ path, glob }) => path !== undefined && !glob && isOtherFile(path)))
      note(stage, instruction.span.start);
  for (const run of model.instructionsOf('RUN'))
    if (run.flags.some(({ name }) => name === 'mount')) note(model.stageOf(run), run.span.start);
  for (const { program, args, instruction, span } of model.commands)
    if (bringsSources.has(program) || (program === 'go' && /^(?:mod|work)$/.test(args[0]?.value ?? '')))
      note(model.stageOf(instruction), span.start);
  return first;
});

/** Whether the file goes to the sources that `go get` brought once, and `go install` does not. */
const usesSources = once(({ file }: Model): boolean => /\bgo\/src\/\w|GOPATH\}?\/src\/\w/.test(file.text));

/** Whether the stage builds a project of its own afterwards, which needs the packages as sources. */
function buildsAfter(model: Model, { instruction, command }: Get): boolean {
  const stage = model.stageOf(instruction);
  return model
    .commandsNamed('go')
    .some(
      (other) =>
        other.span.start > command.span.start &&
        model.stageOf(other.instruction) === stage &&
        /^(?:build|run|test|vet|generate)$/.test(other.args[0]?.value ?? ''),
    );
}

/** A file with an ending, that is not go.mod. */
function isOtherFile(path: string): boolean {
  return /\.\w+$/.test(path) && !/(?:^|\/)go\.(?:mod|work)$/.test(path);
}

/** Options that only `go get` has. */
const ofGet = /^--?(?:u|t|f|fix|m|insecure)(?:=|$)/;

/** @returns undefined if only the sources are wanted, or if the command cannot become several */
function installInstead({ command, verb, options, packages }: Get): readonly Edit[] | undefined {
  const { chain, editable, pipeline } = command;
  const isAlone = packages.length === 1;
  if (!editable || options.some(({ text }) => /^--?d(?:=|$)/.test(text))) return undefined;
  if (!isAlone && (pipeline || chain?.joints.includes('||'))) return undefined;
  return [
    replace(verb.span, 'install'),
    ...options.flatMap(({ text, span }) =>
      ofGet.test(text) ? [remove({ start: span.start - 1, end: span.end })] : [],
    ),
    ...packages.flatMap(({ span, text }, at): Edit[] => [
      ...(at > 0 ? [{ start: span.start, end: span.start, text: '&& go install ' }] : []),
      ...(text.includes('@') ? [] : [insertAfter(span, '@latest')]),
    ]),
  ].sort((a, b) => a.start - b.start);
}
