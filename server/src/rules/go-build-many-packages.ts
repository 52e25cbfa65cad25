import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { findOption } from '../core/shell/options';
import { isBelow } from '../core/text/paths';
import type { Command } from '../core/shell/types';
import { folderOf } from '../core/analysis/commands/folder';

/**
 * `go build -o FILE ./...` writes one program to one file. As soon as the module has a second package, a library too, it stops:
 * "cannot write multiple packages to non-directory". Name the package of the program, or a folder with a slash at its end.
 *
 * ```dockerfile bad
 * FROM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -trimpath -o /out/app «./...»
 * ```
 * > With -o and a file, go build stops as soon as ./... is more than one package
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN mkdir -p /made /src/bin
 * RUN go build -trimpath -o /out/ ./... && go build -trimpath -o /made ./... && go build -trimpath -o /out/app ./cmd/app
 * RUN go build -trimpath -o bin ./... && go build -trimpath ./... && go vet -o /x ./... && go build -o $OUT ./...
 * RUN go build -trimpath -o /src ./... && go build -trimpath -o /dev/null ./...
 * COPY tools /tools
 * RUN go build -trimpath -o /tools ./...
 * ```
 */
export default defineRule({
  id: 'go-build-many-packages',
  summary: 'go build writes all packages of a module to one file',
  category: 'build',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['go'],

  *check({ model }) {
    for (const command of model.commandsNamed('go').slice(0, most)) {
      const [verb] = command.args;
      const all = command.args.find(({ value }) => value?.endsWith('/...') === true);
      if (verb?.value !== 'build' || !all || !writesFile(model, command)) continue;
      yield {
        at: all.span,
        message: `With -o and a file, go build stops as soon as ${all.text} is more than one package`,
      };
    }
  },
});

/** More commands than this are not looked at. */
const most = 50;

/** Whether `-o` names a place that nothing has made a folder. */
function writesFile(model: Model, command: Command): boolean {
  const output = findOption(command, '-o')?.value;
  // What is relative may be a folder of the sources.
  if (output === undefined || !output.startsWith('/') || /\/$|^\/dev\//.test(output)) return false;
  const isFolder = (path: string | undefined): boolean => path === undefined || isBelow(path, output);
  return (
    !isFolder(folderOf(model, command)) &&
    !model.commandsNamed('mkdir').some(({ args }) => args.some(({ value }) => isFolder(value))) &&
    !model.copies.some(({ destination }) => isFolder(destination.path))
  );
}
