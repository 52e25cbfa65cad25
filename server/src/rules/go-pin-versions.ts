import { defineRule } from '../core/lint/rule';
import type { Instruction, Model, Stage } from '../core/lint/rule';
import type { Install } from '../core/model/installs';
import { baseTag, isAtLeastVersion, versionOfTag } from '../core/analysis/images/base-version';
import { once } from '../core/text/memo';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';
import { unpinned } from '../core/families/unpinned';
import { hasWord } from '../core/families/hadolint-commands';
import { withoutVersion, wordsAfter } from '../core/families/hadolint-packages';

/**
 * Without a version, each build fetches what the repository has on that day, so two builds of one file differ. `@latest`
 * says the same. Where go.mod is copied, it says which version is meant.
 *
 * ```dockerfile bad
 * FROM golang:1.23
 * RUN go install «golang.org/x/tools/cmd/goimports@latest»
 * RUN go run «example.com/gen» --out x.example.com/y
 * ```
 * > golang.org/x/tools/cmd/goimports at latest has no fixed version, so each build installs the newest one
 * > example.com/gen has no version, so each build installs the newest one
 * ```dockerfile bad
 * FROM golang:1.17
 * RUN go get -u «github.com/acme/tool»
 * ```
 * > github.com/acme/tool has no version, so each build installs the newest one
 * ```dockerfile bad
 * FROM acme/go
 * RUN GO111MODULE=on go get «github.com/acme/tool»
 * ENV GO111MODULE=on
 * RUN go get «github.com/acme/other»
 * ```
 * > github.com/acme/tool has no version, so each build installs the newest one
 * > github.com/acme/other has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM golang:1.23 AS base
 * ARG VERSION
 * RUN go install golang.org/x/tools/cmd/goimports@v0.28.0 && go install ./... && go run main.go && go install cmd/vet
 * RUN go install example.com/tool@$VERSION && go install "$TOOL"
 * COPY . .
 * FROM base
 * RUN go install github.com/acme/tool
 * FROM golang:1.23 AS base
 * RUN go mod init x
 * FROM base
 * RUN go get github.com/acme/tool
 * ```
 * Without modules Go takes no version, and `go install tool` takes those of go.mod:
 * ```dockerfile good
 * FROM golang:1.10
 * RUN go get github.com/golang/dep/cmd/dep && go install github.com/acme/app
 * FROM acme/go
 * RUN go get github.com/acme/tool && GO111MODULE=off go get github.com/acme/other && go install github.com/acme/app
 * FROM golang:alpine AS build
 * RUN go get github.com/acme/tool
 * COPY . .
 * FROM build
 * RUN go install github.com/acme/tool
 * FROM golang:1.24
 * RUN --mount=target=. go install tool example.com/gen
 * ```
 * The profile `strict` also reports as a hint what a `go.mod` may pin:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM golang:1.20
 * COPY . .
 * RUN go install «golang.org/x/tools/cmd/stringer» && go run main.go && go install cmd/vet
 * ```
 * > golang.org/x/tools/cmd/stringer has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'go-pin-versions',
  summary: 'Go installs a program without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3062'],
  mentions: ['go'],
  // Neither a file nor a package of Go itself has a version.
  strictAddsHadolint: /^["']?[\w-]+\.[\w.-]*\//,

  *check({ model, facts }) {
    yield* unpinned(
      model,
      (use) => use.manager.name === 'go' && takesVersion(model, use) && !hasModule(model, use),
      undefined,
      quietInDevcontainer(facts),
    );
  },

  *hadolint({ model }) {
    const verbs = ['install', 'get', 'run'];
    yield* withoutVersion(model, {
      program: 'go',
      verbs,
      // What follows a program to run are arguments of it.
      wordsOf: (seen) =>
        hasWord(seen, 'run') ? wordsAfter(seen, verbs).slice(0, 1) : wordsAfter(seen, verbs),
      isPinned: (text) => /^[./]/.test(text) || (text.includes('@') && !/@(?:latest|none)$/.test(text)),
    });
  },
});

/**
 * Whether the command takes versions. Both verbs do so only with modules, which are the rule since 1.16. Since 1.18
 * `go get` needs a project, whose go.mod holds the version.
 */
function takesVersion(model: Model, { command, phrase, packages }: Install): boolean {
  if (packages.some(({ text }) => text.includes('@'))) return true;
  const { instruction, assignments } = command;
  const tag = baseTag(model, model.stageOf(instruction), 'golang');
  // A tag without a version has the newest one.
  const version = tag === undefined ? undefined : (versionOfTag(tag) ?? [Infinity]);
  const isModern = version !== undefined && isAtLeastVersion(version, [1, 16]);
  if (phrase !== 'get') return isModern && packages[0]?.value !== 'tool';
  const own = assignments.find(({ name }) => name === 'GO111MODULE')?.value;
  const modules = own ? own.value : model.environmentAt(instruction).variables.get('GO111MODULE')?.value;
  if (version && isAtLeastVersion(version, [1, 18])) return false;
  return modules === 'on' || (isModern && modules === undefined);
}

/** Whether a go.mod may have been copied that tells the version of a package without one. */
function hasModule(model: Model, { command: { instruction }, packages }: Install): boolean {
  if (packages.some(({ text }) => text.includes('@'))) return false;
  const stage = model.stageOf(instruction);
  return stage !== undefined && (firstModules(model).get(stage) ?? Infinity) < instruction.index;
}

/** By stage, the first instruction that copies a go.mod, or may do so. */
const firstModules = once((model: Model): ReadonlyMap<Stage, number> => {
  const first = new Map<Stage, number>();
  for (const stage of model.stages) {
    const own = stage.instructions.find(
      (one) => model.copyOf(one) !== undefined || isInit(model, one),
    )?.index;
    const index = (stage.parent && first.get(stage.parent)) ?? own;
    if (index !== undefined) first.set(stage, index);
  }
  return first;
});

function isInit(model: Model, instruction: Instruction): boolean {
  const { keyword } = instruction.trigger ?? instruction;
  return keyword === 'RUN' && /go\.mod|go mod|git clone/.test(model.document.slice(instruction.span));
}
