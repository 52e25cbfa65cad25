import { defineRule } from '../core/lint/rule';
import type { Instruction, Model, Stage } from '../core/lint/rule';
import type { Install } from '../core/model/installs';
import { once } from '../core/text/memo';
import { unpinned } from '../core/families/unpinned';
import { hasWord } from '../core/families/hadolint-commands';
import { withoutVersion, wordsAfter } from '../core/families/hadolint-packages';

/**
 * Without a version, each build fetches what the repository has on that day, so two builds of one file differ. `@latest`
 * says the same. Where go.mod is copied, it says which version is meant.
 *
 * ```dockerfile bad
 * FROM golang:1.23
 * RUN go install «golang.org/x/tools/cmd/goimports@latest» && go get -u «github.com/acme/tool»
 * RUN go run «example.com/gen» --out x.example.com/y
 * ```
 * > golang.org/x/tools/cmd/goimports at latest has no fixed version, so each build installs the newest one
 * > github.com/acme/tool has no version, so each build installs the newest one
 * > example.com/gen has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM golang:1.23 AS base
 * ARG VERSION
 * RUN go install golang.org/x/tools/cmd/goimports@v0.28.0 && go install ./... && go run main.go && go install cmd/vet
 * RUN go install example.com/tool@$VERSION && go install "$TOOL"
 * COPY . .
 * FROM base
 * RUN go install github.com/acme/tool
 * ```
 */
export default defineRule({
  id: 'go-pin-versions',
  summary: 'Go installs a program without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3062'],

  *check({ model }) {
    yield* unpinned(model, (use) => use.manager.name === 'go' && !hasModule(model, use), false);
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
    const inherited = stage.parent && first.get(stage.parent);
    const index = inherited ?? own;
    if (index !== undefined) first.set(stage, index);
  }
  return first;
});

function isInit(model: Model, instruction: Instruction): boolean {
  return (
    instruction.keyword === 'RUN' && /go\.mod|go mod|git clone/.test(model.document.slice(instruction.span))
  );
}
