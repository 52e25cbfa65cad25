import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import type { Command } from '../core/shell/types';
import { once } from '../core/text/memo';
import { seenNamed } from '../core/families/hadolint-commands';

/**
 * Both programs download files. A stage that installs one of them only to use both carries a package that it does not need.
 *
 * One package more or less rarely matters, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends curl wget ca-certificates && rm -rf /var/lib/apt/lists/*
 * RUN curl -fsSLO https://example.com/a
 * RUN «wget» -q https://example.com/b
 * RUN wget -q https://example.com/c
 * ```
 * > curl and wget do the same, so one of them is a package too many
 * What the base image has costs nothing, and other stages have their own programs:
 * ```dockerfile good
 * FROM buildpack-deps:bookworm
 * RUN curl -fsSLO https://example.com/a && wget -q https://example.com/b
 * FROM alpine:3.20
 * RUN wget -q https://example.com/b
 * CMD ["curl", "https://example.com"]
 * ```
 * The profile `strict` reports them all the same:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM buildpack-deps:bookworm
 * RUN curl -fsSLO https://example.com/a && «wget» -q https://example.com/b
 * FROM acme/base:1
 * RUN sh -c 'curl -fsSLO https://example.com/a; «wget» -q https://example.com/b'
 * CMD ["curl", "https://example.com"]
 * ```
 * > curl and wget do the same, so one of them is a package too many
 */
export default defineRule({
  id: 'wget-and-curl',
  summary: 'A stage uses both wget and curl',
  category: 'package',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL4001',
    'trivy:DS-0014',
    'semgrep:use-either-wget-or-curl',
    'kics:run_using_wget_and_curl',
  ],
  mentions: ['curl', 'wget'],
  strictAddsHadolint: true,

  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const first = new Map<Stage | undefined, Command>();
    const told = new Map<Stage | undefined, Instruction>();
    for (const command of model.commandsNamed('curl', 'wget')) {
      const { instruction, program } = command;
      if (instruction.keyword !== 'RUN') continue;
      const stage = model.stageOf(instruction);
      const other = first.get(stage);
      if (!other) first.set(stage, command);
      const last = told.get(stage);
      if (!other || last === instruction || last !== undefined || other.program === program) continue;
      if (!stage || !installing(model).has(stage)) continue;
      told.set(stage, instruction);
      yield {
        at: command.name.span,
        message: tooMany,
        related: [{ at: other.name.span, message: `${other.program} is used here` }],
      };
    }
    if (profile === 'strict') yield* inAnyStage(model, told);
  },

  *hadolint({ model }) {
    const used = new Map<unknown, Set<string>>();
    const told = new Set<Instruction>();
    for (const { command, name } of seenNamed(model, 'curl', 'wget')) {
      const { instruction } = command;
      const place = instruction.onbuild ? 'trigger' : model.stageOf(instruction);
      const names = used.get(place) ?? new Set();
      used.set(place, names.add(name));
      if (names.size < 2 || told.has(instruction)) continue;
      told.add(instruction);
      yield {
        at: command.name.span,
        message: tooMany,
      };
    }
  },
});

const tooMany = 'curl and wget do the same, so one of them is a package too many';

/** The first step of a stage that uses the second of both, where nothing else is said. @param told by stage */
function* inAnyStage(model: Model, told: ReadonlyMap<Stage | undefined, Instruction>): Generator<Finding> {
  const used = new Map<Stage | undefined, string>();
  for (const { instruction, program, name } of model.commandsNamed('curl', 'wget')) {
    const stage = model.stageOf(instruction);
    if (instruction.keyword !== 'RUN' || told.has(stage)) continue;
    const first = used.get(stage) ?? program;
    if (first !== program && first !== '') yield { at: name.span, message: tooMany, severity: 'hint' };
    used.set(stage, first === program ? program : '');
  }
}

/** The stages that install curl or wget themselves. */
const installing = once((model: Model) => {
  const uses = model.installs.filter(({ packages }) =>
    packages.some(({ value }) => /^(?:curl|wget)(?:[=:]|$)/.test(value ?? '')),
  );
  return new Set(uses.flatMap(({ command }) => model.stageOf(command.instruction) ?? []));
});
