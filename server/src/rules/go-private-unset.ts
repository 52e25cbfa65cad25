import { mountTypeOf, mountValue, mountsOf } from '../core/analysis/text/mount-options';
import { defineRule } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';

/**
 * Go asks the public proxy and the public checksum database for every module. Of a private one they learn the name, and do
 * not have it: what `go.sum` lacks cannot be verified then, and the step stops. `GOPRIVATE` names the hosts that Go asks
 * directly.
 *
 * ```dockerfile bad
 * FROM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY go.mod go.sum ./
 * RUN --mount=type=ssh --mount=type=cache,target=/go/pkg/mod «go mod» download
 * ```
 * > Nothing sets GOPRIVATE, so go asks the public proxy for the private modules too
 * ```dockerfile bad
 * FROM golang:1.27-trixie AS build
 * RUN --mount=type=secret,id=netrc,target=/root/.netrc --mount=type=cache,target=/go/pkg/mod «go build» -trimpath -o /out/app .
 * ```
 * > Nothing sets GOPRIVATE, so go asks the public proxy for the private modules too
 * The rule accepts steps without credentials, and files that speak of a proxy or of copied modules:
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN --mount=type=secret,id=token,target=/run/secrets/token go mod download
 * RUN --mount=type=ssh git clone git@example.com:acme/app.git && go vet ./...
 * RUN --network=default go mod download
 * RUN go mod download
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * ENV GOPRIVATE=git.example.com
 * RUN --mount=type=ssh go mod download
 * ```
 * ```dockerfile good
 * FROM example.com/go-with-settings:1
 * RUN --mount=type=ssh go mod download
 * ```
 */
export default defineRule({
  id: 'go-private-unset',
  summary: 'Go asks the public proxy for private modules',
  category: 'security',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['go'],

  *check({ model }) {
    if (!/type=(?:ssh|secret)/.test(model.document.text) || answered.test(model.document.text)) return;
    for (const command of model.commandsNamed('go')) {
      const [verb] = command.args;
      if (!verb || !fetches.test(verb.value ?? '') || !hasCredentials(command.instruction)) continue;
      if (!isPlainGo(model, command.instruction)) continue;
      yield {
        at: { start: command.name.span.start, end: verb.span.end },
        message: 'Nothing sets GOPRIVATE, so go asks the public proxy for the private modules too',
      };
      return;
    }
  },
});

const fetches = /^(?:mod|build|install|get)$/;

/** Variables with which a file says whom Go asks, and a folder of modules that it does not fetch. */
const answered = /\bGO(?:PRIVATE|PROXY|NOSUMDB|NOSUMCHECK|NOPROXY|SUMDB)\b|-mod=vendor|\bvendor\b/;

/** Whether a step gets credentials that git uses: an agent, or a file with the name of the host. */
function hasCredentials(instruction: Instruction): boolean {
  return mountsOf(instruction).some((mount) => {
    const type = mountTypeOf(mount);
    return type === 'ssh' || (type === 'secret' && mountValue(mount, 'target')?.endsWith('/.netrc') === true);
  });
}

/** Whether the base sets none of the variables: the image of Go itself. */
function isPlainGo(model: Model, instruction: Instruction): boolean {
  return model.stageOf(instruction)?.base.name === 'golang';
}
