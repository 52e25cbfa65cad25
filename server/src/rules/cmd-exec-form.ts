import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { finalInstruction, isForPeople } from '../core/analysis/runtime/what-runs';
import { builtIntoShells } from '../core/knowledge/programs/shell-builtins';
import { execFormWords } from '../core/shell/exec-form-words';
import type { Command } from '../core/shell/types';

/**
 * In shell form a shell starts the program. That of Debian and Ubuntu stays in between: `docker stop` reaches the
 * shell, which passes nothing on, and ten seconds later everything is killed. In exec form the program is started
 * by itself.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * «CMD» node server.js --name 'my app'
 * ```
 * > The shell that starts node stays in front, so docker stop does not reach the program
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["node", "server.js", "--name", "my app"]
 * ```
 * Lines, and comments between them, stay where they are:
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» java \
 *     # more than the default
 *     -Xmx2g \
 *     -jar /app.jar
 * ```
 * > The shell that starts java stays in front, so docker stop does not reach the program
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["java", \
 *     # more than the default
 *     "-Xmx2g", \
 *     "-jar", "/app.jar"]
 * ```
 * An `ENTRYPOINT` in shell form gets neither `CMD` nor what stands behind the image in `docker run`:
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
 * Where something has to be expanded the shell stays, but can hand itself over; this is only a hint:
 * ```dockerfile bad severity="hint"
 * FROM node:22
 * «CMD» node server.js --port $PORT
 * ```
 * > The shell that starts node stays in front, so docker stop does not reach the program
 * ```dockerfile fixed
 * FROM node:22
 * CMD exec node server.js --port $PORT
 * ```
 * busybox and bash hand over by themselves when there is nothing else to do: there, too, it is only a hint.
 * ```dockerfile bad severity="hint"
 * FROM node:22-alpine
 * «CMD» node server.js
 * ```
 * > node is started through a shell that nothing needs
 * ```dockerfile fixed
 * FROM node:22-alpine
 * CMD ["node", "server.js"]
 * ```
 * A shell that was chosen by `SHELL`, or that hands itself over, is meant to be there:
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
 * Quotes and backslashes inside of words are written as JSON wants them:
 * ```dockerfile bad
 * FROM debian:12
 * «CMD» server --greeting 'say "hi"' --path 'C:\temp'
 * ```
 * > The shell that starts server stays in front, so docker stop does not reach the program
 * ```dockerfile fixed
 * FROM debian:12
 * CMD ["server", "--greeting", "say \"hi\"", "--path", "C:\\temp"]
 * ```
 * What `exec` hands over to, what needs the shell, and what has none to start it, is another matter:
 * ```dockerfile good
 * FROM debian:12
 * CMD exec server --port 8080
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD migrate && server --port 8080
 * ```
 * ```dockerfile good
 * FROM scratch
 * CMD server --port 8080
 * ```
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * CMD C:\server.exe --port 8080
 * ```
 * Where `CMD` is in shell form as well, its words are not what the program should get:
 * ```dockerfile bad
 * FROM debian:12
 * «ENTRYPOINT» server
 * CMD --port 8080
 * ```
 * > A shell starts server, so CMD and the arguments of docker run do not reach it
 *
 * @skip onbuild an instruction of the later build may replace it
 */
export default defineRule({
  id: 'cmd-exec-form',
  summary: 'A shell stands between the engine and the program',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3025', 'buildkit:JSONArgsRecommended'],

  *check({ model }) {
    const stage = model.finalStage;
    if (!stage || stage.base.shell === 'none' || stage.base.distribution === 'windows') return;
    for (const keyword of ['ENTRYPOINT', 'CMD']) {
      const instruction = finalInstruction(stage, keyword);
      if (!instruction || instruction.json || instruction.words.length === 0) continue;
      if (!model.environmentAt(instruction).shellInstruction) {
        const finding = judge(model, stage, instruction);
        if (finding) yield finding;
      }
      // What stands in CMD is not used from here on.
      if (keyword === 'ENTRYPOINT') return;
    }
  },
});

function judge(model: Model, stage: Stage, instruction: Instruction): Finding | undefined {
  const [script, ...more] = model.scriptsOf(instruction);
  if (!script || more.length > 0 || /^(?:cmd|powershell|other)$/.test(script.dialect)) return undefined;
  const looksLikeJson = /^\s*\[/.test(instruction.line.text.slice(instruction.argumentsLogical.start));
  const [command, ...others] = script.commands;
  if (looksLikeJson || !command || isForPeople(command)) return undefined;
  const at = instruction.keywordSpan;
  const execs = command.wrappers.some(({ program }) => program === 'exec');
  const words = execFormWords(script);
  const program = words?.[0] ?? command.program;
  if (words && instruction.keyword === 'ENTRYPOINT') {
    const message = `A shell starts ${program}, so CMD and the arguments of docker run do not reach it`;
    return { at, message, fix: execForm(stage, instruction, command) };
  }
  // Measured: bash and busybox replace themselves by the last command of -c, dash 0.5.12 does not.
  const handsOver = stage.base.shell === 'ash' || stage.base.shell === 'bash';
  const [stays, not] = stage.base.shell === 'dash' ? ['stays', 'does not'] : ['may stay', 'may not'];
  const message = `The shell that starts ${program} ${stays} in front, so docker stop ${not} reach the program`;
  if (words) {
    if (execs) return undefined;
    return {
      at,
      message: handsOver ? `${program} is started through a shell that nothing needs` : message,
      severity: handsOver ? 'hint' : undefined,
      fix: execForm(stage, instruction, command),
    };
  }
  // More than one command needs the shell; so does what the shell itself carries out.
  if (others.length > 0 || !script.valid || command.nesting.length > 0 || command.negated) return undefined;
  if (handsOver || execs || command.assignments.length > 0) return undefined;
  if (command.program === '' || builtIntoShells.has(command.program)) return undefined;
  const { start } = instruction.argumentsSpan;
  const title = 'Let the shell hand over with exec';
  const fix = command.editable ? { title, edits: [{ start, end: start, text: 'exec ' }] } : undefined;
  return { at, message, severity: 'hint', fix };
}

/** Word by word, so that lines and the comments between them stay as they are. */
function execForm(stage: Stage, instruction: Instruction, command: Command): Fix | undefined {
  const { keyword } = instruction;
  const cmd = keyword === 'ENTRYPOINT' ? finalInstruction(stage, 'CMD') : undefined;
  const { words } = command;
  // The words of a CMD in shell form would be those of its shell.
  if (!command.editable || words[0]?.value === 'exec' || (cmd && !cmd.json)) return undefined;
  return {
    title: `Write ${keyword} in exec form${cmd ? ' (CMD is handed to it from then on)' : ''}`,
    edits: words.map(({ span, value }, index) => {
      const end = index === words.length - 1 ? ']' : ',';
      return replace(span, (index === 0 ? '[' : '') + JSON.stringify(value) + end);
    }),
  };
}
