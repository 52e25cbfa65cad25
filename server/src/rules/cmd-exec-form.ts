import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { finalInstruction, isForPeople } from '../core/analysis/runtime/what-runs';
import { isList } from '../core/families/hadolint-commands';
import { builtIntoShells } from '../core/knowledge/programs/shell-builtins';
import { execFormWords } from '../core/shell/exec-form-words';
import type { Command, ShellScript } from '../core/shell/types';

/**
 * In shell form, a shell starts the program. On Debian and Ubuntu the shell stays in front of it: `docker stop`
 * signals the shell, which does not pass the signal on, and ten seconds later the engine kills everything. In exec
 * form the engine starts the program directly.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * «CMD» node server.js --name 'my app'
 * ```
 * > A shell starts node and stays in front, so docker stop does not reach it
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["node", "server.js", "--name", "my app"]
 * ```
 * Lines and the comments between them stay where they are:
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» java \
 *     # more than the default
 *     -Xmx2g \
 *     -jar /app.jar
 * ```
 * > A shell starts java and stays in front, so docker stop does not reach it
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["java", \
 *     # more than the default
 *     "-Xmx2g", \
 *     "-jar", "/app.jar"]
 * ```
 * An `ENTRYPOINT` in shell form gets neither `CMD` nor the arguments of `docker run`:
 * ```dockerfile bad
 * FROM alpine:3.20
 * «ENTRYPOINT» /usr/bin/server
 * CMD ["--verbose"]
 * ```
 * > A shell starts /usr/bin/server, so CMD and the arguments of docker run do not reach it
 * ```dockerfile fixed
 * FROM alpine:3.20
 * ENTRYPOINT ["/usr/bin/server"]
 * CMD ["--verbose"]
 * ```
 * A shell that has something to expand stays, but `exec` replaces it with the program. This is only a hint:
 * ```dockerfile bad severity="hint"
 * FROM node:22
 * «CMD» node server.js --port $PORT
 * ```
 * > A shell starts node and stays in front, so docker stop does not reach it
 * ```dockerfile fixed
 * FROM node:22
 * CMD exec node server.js --port $PORT
 * ```
 * The same goes for the last of several commands:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * «CMD» cd /srv && MODE=$(cat mode) migrate && PORT=80 /srv/server --name "$(hostname)" > /var/log/x
 * ```
 * > A shell starts server and stays in front, so docker stop does not reach it
 * ```dockerfile fixed
 * FROM debian:12
 * CMD cd /srv && MODE=$(cat mode) migrate && PORT=80 exec /srv/server --name "$(hostname)" > /var/log/x
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD server --port 80 || fallback
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD trap cleanup EXIT; server --port 80
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD server --port 80 | tee /log
 * ```
 * busybox and bash replace themselves if there is nothing else to do, so this is also only a hint:
 * ```dockerfile bad severity="hint"
 * FROM node:22-alpine
 * «CMD» node server.js
 * ```
 * > A shell starts node, which does not need one
 * ```dockerfile fixed
 * FROM node:22-alpine
 * CMD ["node", "server.js"]
 * ```
 * A shell whose last command is in the background has nothing left to do. Without `&`, the program stays:
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» /srv/app --listen 80 &
 * ```
 * > The shell starts app in the background and ends, and so does the container
 * ```dockerfile bad
 * FROM alpine:3.20
 * «ENTRYPOINT» /srv/worker & nohup "$SERVER" --port 80 > /var/log/app.log &
 * ```
 * > The shell starts "$SERVER" in the background and ends, and so does the container
 * ```dockerfile bad
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * «CMD» (cd /srv; /srv/app) &
 * ```
 * > The shell starts app in the background and ends, and so does the container
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» ["sh", "-c", "/srv/app --listen $PORT &"]
 * ```
 * > The shell starts app in the background and ends, and so does the container
 * ```dockerfile good
 * FROM debian:12
 * CMD /srv/app --listen 80 & wait
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD /srv/worker & exec /srv/app
 * ```
 * The rule accepts a shell that `SHELL` chooses, or that replaces itself with `exec`:
 * ```dockerfile good
 * FROM debian:12
 * CMD exec server --port 80
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * CMD server --port 80
 * FROM debian:12
 * CMD [ "server", \
 *   "--port" ]
 * FROM alpine:3.20
 * CMD server --port $PORT
 * FROM debian:12
 * CMD bash
 * ```
 * ```dockerfile good
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * CMD server --port 80
 * ```
 * The fix writes quotes and backslashes in words as JSON wants them:
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» server --greeting 'say "hi"' --path 'C:\temp'
 * ```
 * > A shell starts server and stays in front, so docker stop does not reach it
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["server", "--greeting", "say \"hi\"", "--path", "C:\\temp"]
 * ```
 * The rule ignores commands after `exec`, commands that need the shell, and images without a shell:
 * ```dockerfile good
 * FROM debian:12
 * CMD exec server --port 8080
 * ```
 * ```dockerfile good
 * FROM scratch
 * CMD server --port 8080
 * ```
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * CMD C:\server.exe --port 8080
 * ```
 * If `CMD` is also in shell form, there is no fix: its words would not be the arguments of the program:
 * ```dockerfile bad
 * FROM debian:12
 * «ENTRYPOINT» server
 * CMD --port 8080
 * ```
 * > A shell starts server, so CMD and the arguments of docker run do not reach it
 * The profile `strict` reports every other shell form as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * «CMD» exec /srv/server --port $PORT
 * ```
 * > A shell starts the program
 * A built-in command is the shell itself, and a variable may name one:
 * ```dockerfile good
 * FROM debian:12
 * CMD . /etc/profile && eval "$START"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD $START --port 80
 * ```
 * The profile `strict` has a hint for what the images on this one start:
 * ```dockerfile bad severity="hint"
 * FROM debian:12 AS other
 * ONBUILD CMD server --port 80
 * FROM debian:12
 * ONBUILD CMD ["server"]
 * ONBUILD «ENTRYPOINT» server --port 80
 * CMD ["server"]
 * ```
 * > In images on this one, a shell starts the program and can keep signals from it
 *
 * @skip onbuild an instruction of the later build may replace it
 */
export default defineRule({
  id: 'cmd-exec-form',
  summary: 'A shell starts the program and can keep signals from it',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3025',
    'buildkit:JSONArgsRecommended',
    'kics:not_using_json_in_cmd_and_entrypoint_arguments',
    'semgrep:prefer-json-notation',
  ],
  strictAddsHadolint: true,

  *check({ model }) {
    const stage = model.finalStage;
    if (!stage || stage.base.shell === 'none' || stage.base.distribution === 'windows') return;
    yield* inTriggers(model, stage);
    for (const keyword of ['ENTRYPOINT', 'CMD']) {
      const instruction = finalInstruction(stage, keyword);
      if (!instruction || instruction.words.length === 0) continue;
      const finding =
        endsAtOnce(model, instruction) ?? (instruction.json ? undefined : judge(model, stage, instruction));
      if (finding) yield finding;
      if (instruction.json) continue;
      // CMD is not used from here on.
      if (keyword === 'ENTRYPOINT') return;
    }
  },

  *hadolint({ model }) {
    for (const one of model.instructionsOf('CMD', 'ENTRYPOINT'))
      if (!one.onbuild && !isList(one, one.argumentsLogical.start))
        yield { at: one.keywordSpan, message: 'A shell starts the program' };
  },

  *buildkit({ model }) {
    for (const instruction of model.instructionsOf('CMD', 'ENTRYPOINT')) {
      const { json, onbuild, keywordSpan } = instruction;
      if (json || onbuild || model.environmentAt(instruction).shellInstruction) continue;
      yield { at: keywordSpan, message: 'A shell starts the program' };
    }
  },
});

/** What containers of the images on this one start. */
function* inTriggers(model: Model, { chain }: Stage): Generator<Finding> {
  for (const one of model.instructionsOf('CMD', 'ENTRYPOINT')) {
    const stage = model.stageOf(one);
    if (!one.onbuild || one.json || one.words.length === 0 || !stage || !chain.includes(stage)) continue;
    yield {
      at: one.keywordSpan,
      message: 'In images on this one, a shell starts the program and can keep signals from it',
      severity: 'hint',
      quiet: true,
    };
  }
}

/** A shell that waits for nothing, whichever shell it is. */
function endsAtOnce(model: Model, instruction: Instruction): Finding | undefined {
  const script = model.scriptsOf(instruction)[0];
  if (script?.lists.at(-1)?.end !== '&') return undefined;
  const started =
    script.commands.filter(({ nesting }) => nesting.length === 0).at(-1) ?? script.commands.at(-1);
  return (
    started && {
      at: instruction.keywordSpan,
      // Other tools only look at the form.
      alsoKnownAs: instruction.json ? [] : undefined,
      message: `The shell starts ${started.program || started.name.text} in the background and ends, and so does the container`,
    }
  );
}

function judge(model: Model, stage: Stage, instruction: Instruction): Finding | undefined {
  if (model.environmentAt(instruction).shellInstruction) return undefined;
  const [script] = model.scriptsOf(instruction);
  const looksLikeJson = /^\s*\[/.test(instruction.line.text.slice(instruction.argumentsLogical.start));
  // A shell of Windows has none.
  const command = script?.commands.filter(({ nesting }) => nesting.length === 0).at(-1);
  if (looksLikeJson || !script || !command || isForPeople(command)) return undefined;
  const at = instruction.keywordSpan;
  const execs = command.wrappers.some(({ program }) => program === 'exec');
  const words = execFormWords(script);
  const program = words?.[0] ?? command.program;
  if (words && instruction.keyword === 'ENTRYPOINT') {
    const message = `A shell starts ${program}, so CMD and the arguments of docker run do not reach it`;
    return { at, message, fix: execForm(stage, instruction, command) };
  }
  // Measured: bash and busybox replace themselves with the last command of -c, dash 0.5.12 does not.
  const handsOver = stage.base.shell === 'ash' || stage.base.shell === 'bash';
  const [stays, not] = stage.base.shell === 'dash' ? ['stays', 'does not'] : ['may stay', 'may not'];
  const message = `A shell starts ${program} and ${stays} in front, so docker stop ${not} reach it`;
  if (words) {
    if (execs) return undefined;
    return {
      at,
      message: handsOver ? `A shell starts ${program}, which does not need one` : message,
      severity: handsOver ? 'hint' : undefined,
      quiet: handsOver,
      fix: execForm(stage, instruction, command),
    };
  }
  if (handsOver || execs || !endsScript(script, command)) return undefined;
  if (command.program === '' || builtIntoShells.has(command.program)) return undefined;
  const start = Math.min(...command.words.map(({ span }) => span.start));
  const title = `Add exec to replace the shell with ${program}`;
  return { at, message, severity: 'hint', fix: { title, edits: [{ start, end: start, text: 'exec ' }] } };
}

/** Whether nothing comes after a command, nothing runs beside it, and no trap waits for its end. */
function endsScript({ valid, lists, commands }: ShellScript, command: Command): boolean {
  const { chain, position, pipeline, negated } = command;
  if (!valid || !chain || pipeline || negated || chain !== lists.at(-1)) return false;
  if (position < chain.pipelines.length - 1 || chain.joints.includes('||')) return false;
  return lists.every(({ end }) => end !== '&') && commands.every(({ program }) => program !== 'trap');
}

/** Word by word, so that lines and the comments between them stay as they are. */
function execForm(stage: Stage, instruction: Instruction, command: Command): Fix | undefined {
  const { keyword } = instruction;
  const cmd = keyword === 'ENTRYPOINT' ? finalInstruction(stage, 'CMD') : undefined;
  const { words } = command;
  // The words of a CMD in shell form would belong to its shell.
  if (words[0]?.value === 'exec' || (cmd && !cmd.json)) return undefined;
  return {
    title: `Change ${keyword} to exec form${cmd ? ', which then gets CMD as arguments' : ''}`,
    edits: words.map(({ span, value }, index) => {
      const end = index === words.length - 1 ? ']' : ',';
      return replace(span, (index === 0 ? '[' : '') + JSON.stringify(value) + end);
    }),
  };
}
