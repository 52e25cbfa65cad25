import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { finalInstruction } from '../core/analysis/runtime/what-runs';
import { inits, endsWithProgram } from '../core/knowledge/programs/programs';
import { onlyInShells } from '../core/knowledge/programs/shell-builtins';
import type { JsonString } from '../core/syntax/nodes';
import { once } from '../core/text/memo';
import { baseName } from '../core/text/paths';

/**
 * In exec form no shell splits a command line: the first string is the name of the program, blanks and all, and no
 * program has that name.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * CMD ["«npm start»"]
 * ```
 * > No program is called "npm start", so the container does not start
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["npm", "start"]
 * ```
 * The other strings stay as they are:
 * ```dockerfile bad uncovers="apt-no-install-recommends apt-install-without-update healthcheck-tool-missing"
 * FROM debian:12
 * RUN ["«apt-get install»", "-y", "curl"]
 * SHELL ["«/bin/bash -o pipefail»", "-c"]
 * HEALTHCHECK CMD ["«/bin/sh -c»", "test -f /ready"]
 * ENTRYPOINT ["tini", "--"]
 * CMD ["«java -jar»", "/srv/app.jar"]
 * ```
 * > No program is called "apt-get install", so the build stops here
 * > No program is called "/bin/bash -o pipefail", so nothing in shell form can run
 * > No program is called "/bin/sh -c", so the container never becomes healthy
 * > No program is called "java -jar", so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * RUN ["apt-get", "install", "-y", "curl"]
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * HEALTHCHECK CMD ["/bin/sh", "-c", "test -f /ready"]
 * ENTRYPOINT ["tini", "--"]
 * CMD ["java", "-jar", "/srv/app.jar"]
 * ```
 * A blank at an end counts too, and only the last `CMD` is used:
 * ```dockerfile bad uncovers="user-missing"
 * FROM node:22
 * CMD ["npm test"]
 * CMD ["«npm »", "start"]
 * ```
 * > No program is called "npm ", so the container does not start
 * ```dockerfile fixed
 * FROM node:22
 * CMD ["npm test"]
 * CMD ["npm", "start"]
 * ```
 * What needs a shell gets one:
 * ```dockerfile bad
 * FROM debian:12
 * CMD ["«cd /srv && exec ./server --port $PORT»"]
 * ```
 * > No program is called "cd /srv && exec ./server --port $PORT", so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["/bin/sh", "-c", "cd /srv && exec ./server --port $PORT"]
 * ```
 * ```dockerfile bad
 * FROM scratch
 * COPY server /
 * CMD ["«/server --port $PORT»"]
 * ```
 * > No program is called "/server --port $PORT", so the container does not start
 * There is no fix for several command lines, because it is unknown how they belong together:
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT ["«service rsyslog start»", "service dbus start", "bash"]
 * ```
 * > No program is called "service rsyslog start", so the container does not start
 * The rule accepts programs whose names may have blanks, and arguments:
 * ```dockerfile good
 * FROM debian:12
 * COPY ["my server", "/usr/local/bin/my server"]
 * RUN ["/opt/Some App/bin/setup"]
 * ENTRYPOINT ["my server"]
 * ```
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * CMD ["C:\\Program Files\\app\\app.exe"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ENTRYPOINT ["/bin/sh", "-c"]
 * CMD ["npm start"]
 * ```
 * ```dockerfile good
 * FROM example.com/starts-a-shell
 * CMD ["npm start"]
 * ```
 * ```dockerfile good
 * FROM node:22 AS build
 * CMD ["npm start"]
 * FROM scratch
 * COPY --from=build /srv /srv
 * ```
 * The profile `strict` also looks at what the image of another stage would start:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12 AS other
 * CMD ["«npm start»"]
 * FROM debian:12
 * COPY --from=other /a /a
 * CMD ["npm", "run", "server"]
 * ```
 * > No program is called "npm start", so the container does not start
 * ```dockerfile fixed
 * FROM debian:12 AS other
 * CMD ["npm", "start"]
 * FROM debian:12
 * COPY --from=other /a /a
 * CMD ["npm", "run", "server"]
 * ```
 * The entry point of an unknown image may be a shell, and the name of a program may hold blanks. The profile `strict` reports
 * both as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM registry.example.com/team/base:3
 * CMD ["«server start»"]
 * ```
 * > No program is called "server start", so the container does not start
 * ```dockerfile fixed
 * FROM registry.example.com/team/base:3
 * CMD ["server", "start"]
 * ```
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * CMD ["«/app/bin/server start»"]
 * ```
 * > No program is called "/app/bin/server start", so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["/app/bin/server", "start"]
 * ```
 * So does it with what another instruction replaces, and with what a script of the entry point gets:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ENTRYPOINT ["/docker-entrypoint.sh"]
 * CMD ["«server start»"]
 * FROM debian:12
 * CMD ["«npm start»"]
 * CMD ["npm", "run", "server"]
 * ```
 * > No program is called "server start", so the container does not start
 * > No program is called "npm start", and another CMD takes its place
 * ```dockerfile fixed
 * FROM debian:12
 * ENTRYPOINT ["/docker-entrypoint.sh"]
 * CMD ["server", "start"]
 * FROM debian:12
 * CMD ["npm", "start"]
 * CMD ["npm", "run", "server"]
 * ```
 * A trigger runs in another build:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * ONBUILD RUN ["«npm install»"]
 * ONBUILD ENTRYPOINT ["«npm start»"]
 * ONBUILD EXPOSE 80
 * ```
 * > No program is called "npm install", so builds on this image stop here
 * > No program is called "npm start", so containers of images on this one do not start
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD RUN ["npm", "install"]
 * ONBUILD ENTRYPOINT ["npm", "start"]
 * ONBUILD EXPOSE 80
 * ```
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * ONBUILD RUN ["«npm ci && npm test»"]
 * ```
 * > No program is called "npm ci && npm test", so builds on this image stop here
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD RUN ["/bin/sh", "-c", "npm ci && npm test"]
 * ```
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * ONBUILD CMD ["«npm start»"]
 * ```
 * > No program is called "npm start", so containers of images on this one do not start
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD CMD ["npm", "start"]
 * ```
 *
 * @skip onbuild the stages of a later build decide
 */
export default defineRule({
  id: 'exec-form-sentence',
  summary: 'The first string of an exec form is a whole command line',
  category: 'runtime',
  severity: 'error',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const stage of model.stages) {
      if (stage.base.distribution === 'windows') continue;
      for (const instruction of stage.instructions) {
        yield* inTrigger(stage, instruction);
        const program = programOf(model, stage, instruction, profile === 'strict');
        if (!program || copiedNames(model).has(baseName(program.value))) continue;
        const isSure = isSentence(program.value);
        if (!isSure && !(profile === 'strict' && mayBeSentence(program.value))) continue;
        // The entry point of an unknown image may be a shell.
        const { keyword } = instruction;
        const replaced = isReplaced(stage, instruction);
        const isCertain = isSure && !replaced && (keyword !== 'CMD' || startsCommand(stage));
        const { start, end } = program.span;
        yield {
          at: { start: start + 1, end: end - 1 },
          message: `No program is called ${JSON.stringify(program.value)}, ${replaced ? `and another ${keyword} takes its place` : `so ${effects[keyword] ?? ''}`}`,
          severity: isCertain ? undefined : 'hint',
          fix: splitWords(instruction, program) ?? withShell(stage, instruction, program),
        };
      }
    }
  },
});

/** What a later build runs, or what its image starts. */
function* inTrigger(stage: Stage, { trigger }: Instruction): Generator<Finding> {
  const [program] = trigger?.json ?? [];
  const effect = trigger && inHeirs[trigger.keyword];
  if (!trigger || !program || effect === undefined || !isSentence(program.value)) return;
  const { start, end } = program.span;
  yield {
    at: { start: start + 1, end: end - 1 },
    message: `No program is called ${JSON.stringify(program.value)}, so ${effect}`,
    // The strings of a CMD may be meant for another ENTRYPOINT.
    severity: trigger.keyword === 'CMD' ? 'hint' : 'warning',
    quiet: trigger.keyword === 'CMD',
    fix: splitWords(trigger, program) ?? withShell(stage, trigger, program),
  };
}

const inHeirs: Readonly<Record<string, string>> = {
  RUN: 'builds on this image stop here',
  CMD: 'containers of images on this one do not start',
  ENTRYPOINT: 'containers of images on this one do not start',
  HEALTHCHECK: 'containers of images on this one never become healthy',
};

const effects: Readonly<Record<string, string>> = {
  RUN: 'the build stops here',
  CMD: 'the container does not start',
  ENTRYPOINT: 'the container does not start',
  HEALTHCHECK: 'the container never becomes healthy',
  SHELL: 'nothing in shell form can run',
};

/** The string that names the program, also behind an init or `env`; undefined if nothing certainly starts it. */
function programOf(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  isStrict: boolean,
): JsonString | undefined {
  const { keyword, json } = instruction;
  if (!json || effects[keyword] === undefined) return undefined;
  if (keyword === 'SHELL') return json[0];
  if (keyword !== 'RUN' && !starts(model, stage, instruction, isStrict)) return undefined;
  const name = model.commandsOf(instruction)[0]?.name;
  return json.find(({ span }) => span.start + 1 === name?.span.start);
}

/** Whether a container or its health check starts the first string of the instruction. */
function starts(model: Model, stage: Stage, instruction: Instruction, anyStage: boolean): boolean {
  const { keyword } = instruction;
  // A stage that others only copy from starts nothing; one that no other needs may be a target.
  if (!anyStage && stage.reachable && !stage.reachesImage) return false;
  if (!anyStage && isReplaced(stage, instruction)) return false;
  if (keyword !== 'CMD') return true;
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  if (!entrypoint) return anyStage || startsCommand(stage);
  return (
    entrypoint.json !== undefined &&
    model
      .commandsOf(entrypoint)
      .every(({ program }) => inits.has(program) || (anyStage && /entry-?point|\.sh$/.test(program)))
  );
}

/** Whether another instruction of the stage takes the place of one that starts something. */
function isReplaced(stage: Stage, instruction: Instruction): boolean {
  const { keyword } = instruction;
  return /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword) && finalInstruction(stage, keyword) !== instruction;
}

/** Whether a string of CMD is certainly what a container starts. */
function startsCommand(stage: Stage): boolean {
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  // A script usually runs what it gets.
  if (entrypoint) return !/entry-?point|\.sh$/.test(entrypoint.json?.[0]?.value ?? '');
  return stage.base.name !== undefined;
}

/** Whether the last name in a path holds blanks: few programs have such a name. */
function mayBeSentence(text: string): boolean {
  return /^\.?\/[^ \t]+[ \t]+[^ \t/][^/]*$/.test(text);
}

/** Whether a text with blanks is a command line, and not the path of a program with blanks in its name. */
function isSentence(text: string): boolean {
  if (!/[ \t]/.test(text) || text.includes('\\')) return false;
  const [first = '', second = ''] = text.trim().split(/[ \t]+/);
  if (!text.includes('/') || !first.includes('/')) return true;
  return endsWithProgram(first) || second.startsWith('-');
}

/** The base names of everything that the file copies, and of where it goes. */
const copiedNames = once(
  (model: Model): ReadonlySet<string> =>
    new Set(
      model.copies.flatMap(({ sources, destination }) =>
        [...sources, destination].map(({ value }) => baseName(value)),
      ),
    ),
);

/** One string a word, if no shell is needed to read them. */
function splitWords({ json }: Instruction, program: JsonString): Fix | undefined {
  const words = program.value.trim().split(/[ \t]+/);
  if (!words.every((word) => /^[\w@%+=:,./-]+$/.test(word)) || onlyInShells.has(words[0] ?? ''))
    return undefined;
  const others = (json ?? []).filter(({ span }) => span.start > program.span.start);
  // What follows may be command lines of its own, except behind `sh -c`.
  if (words.at(-1) !== '-c' && others.some(({ value }) => /[ \t]/.test(value))) return undefined;
  return {
    title: words.length > 1 ? `Write ${words.length} strings` : 'Remove the blanks',
    edits: [replace(program.span, words.map((word) => JSON.stringify(word)).join(', '))],
  };
}

/** A shell that reads the command line, if it is the only string. */
function withShell(stage: Stage, { json, keyword }: Instruction, program: JsonString): Fix | undefined {
  if (json?.length !== 1 || keyword === 'SHELL' || stage.base.shell === 'none') return undefined;
  const { start } = program.span;
  return {
    title: 'Let /bin/sh read the command line',
    safety: 'suggested',
    edits: [{ start, end: start, text: '"/bin/sh", "-c", ' }],
  };
}
