import { defineRule } from '../core/lint/rule';
import { argumentsOf } from '../core/shell/options';
import { addArguments } from '../core/shell/edits';
import type { Command } from '../core/shell/types';

/**
 * Go writes the folders of the sources into the program, so the same sources in another folder give another program.
 * With `-trimpath` they do not matter.
 *
 * ```dockerfile bad
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go «build» \
 *     # the server
 *     -o /out/server ./cmd/server && go «install» ./...
 * RUN ["go", "«build»", "."]
 * ```
 * > The program holds the folders it was built in, so another folder gives another program
 * ```dockerfile fixed
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -trimpath \
 *     # the server
 *     -o /out/server ./cmd/server && go install -trimpath ./...
 * RUN ["go", "build", "-trimpath", "."]
 * ```
 * The option may stand in `GOFLAGS`, and a variable may hold it. A build for tests ships nothing:
 * ```dockerfile good
 * FROM golang:1.23
 * RUN go build -trimpath -o /app . && go build $FLAGS . && go test ./... && go vet ./...
 * RUN GOFLAGS=-trimpath go build .
 * RUN export GOFLAGS="-mod=vendor -trimpath"; go build .
 * RUN go install example.com/tool@v1.2.3
 * ENV GOFLAGS=-trimpath
 * RUN go install .
 * ```
 */
export default defineRule({
  id: 'go-build-reproducible',
  summary: 'A Go program holds the folders it was built in',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['go'],

  *check({ model }) {
    for (const command of model.commandsNamed('go')) {
      const { instruction, script, args } = command;
      if (instruction.keyword !== 'RUN' || args.some(isOption)) continue;
      const [verb, ...packages] = argumentsOf(command).operands;
      if (!verb || (verb.value !== 'build' && verb.value !== 'install')) continue;
      // Somebody else's tool.
      if (packages.some(({ text }) => text.includes('@'))) continue;
      const flags = model.environmentAt(instruction).variables.get('GOFLAGS');
      if (flags && flags.value?.includes('-trimpath') !== false) continue;
      if (script && /GOFLAGS[^\n]*-trimpath/.test(script.text)) continue;
      const edit = addArguments(command, verb, '-trimpath');
      yield {
        at: verb.span,
        message: 'The program holds the folders it was built in, so another folder gives another program',
        fix: edit && { title: 'Add -trimpath', edits: [edit] },
      };
    }
  },
});

/** The option, or an unquoted variable that may hold it. */
function isOption({ value, prefix, splits }: Command['args'][number]): boolean {
  return /^--?trimpath/.test(value ?? '') || (splits && prefix === '');
}
