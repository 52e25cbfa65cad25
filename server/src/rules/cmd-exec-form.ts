import { defineRule, finalInstruction, replace, simpleArguments } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';

/**
 * In shell form a shell starts the program and stays in between: `docker stop` reaches the shell, which passes
 * nothing on, and ten seconds later everything is killed. In exec form the program is started by itself.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * «CMD» node server.js --name 'my app'
 * ```
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["node", "server.js", "--name", "my app"]
 * ```
 * An `ENTRYPOINT` in shell form ignores `CMD` as well:
 * ```dockerfile bad
 * FROM debian:12
 * «ENTRYPOINT» /usr/bin/server
 * CMD ["--verbose"]
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * ENTRYPOINT ["/usr/bin/server"]
 * CMD ["--verbose"]
 * ```
 * Where something has to be expanded the shell stays, but can hand itself over; this is only a hint:
 * ```dockerfile bad
 * FROM node:22
 * «CMD» node server.js --port $PORT
 * ```
 * ```dockerfile fixed
 * FROM node:22
 * CMD exec node server.js --port $PORT
 * ```
 * A shell that was chosen by `SHELL`, or that hands itself over, is meant to be there:
 * ```dockerfile good
 * FROM debian:12
 * CMD exec server --port $PORT
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * CMD server --port 80
 * FROM debian:12
 * CMD [ "server", \
 *   "--port" ]
 * ```
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
    for (const stage of model.stages) {
      // What a stage that is only copied from would start is never started.
      if (!stage.reachesImage || stage.base.shell === 'none' || stage.base.distribution === 'windows')
        continue;
      for (const keyword of ['ENTRYPOINT', 'CMD']) {
        const instruction = stage.instructions.filter((one) => one.keyword === keyword).at(-1);
        if (!instruction || instruction.json || instruction.words.length === 0) continue;
        if (model.finalStage && finalInstruction(model.finalStage, keyword) !== instruction) continue;
        if (model.environmentAt(instruction).shellInstruction) continue;
        const finding = judge(model, stage, instruction);
        if (finding) yield finding;
      }
    }
  },
});

function judge(model: Model, stage: Stage, instruction: Instruction): Finding | undefined {
  const [script, ...more] = model.scriptsOf(instruction);
  if (!script || more.length > 0 || /^(?:cmd|powershell|other)$/.test(script.dialect)) return undefined;
  const at = instruction.keywordSpan;
  const { keyword, comments, argumentsSpan } = instruction;
  const looksLikeJson = /^\s*\[/.test(instruction.line.text.slice(instruction.argumentsLogical.start));
  if (looksLikeJson) return undefined;
  const words = simpleArguments(script);
  if (words) {
    const appends =
      keyword === 'ENTRYPOINT' && finalInstruction(stage, 'CMD') ? ' (CMD is handed to it from then on)' : '';
    const text = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
    return {
      at,
      message: `A shell starts ${words[0] ?? 'the program'} and keeps signals such as that of docker stop from it`,
      ...(comments.length === 0 && {
        fix: { title: `Write ${keyword} in exec form${appends}`, edits: [replace(argumentsSpan, text)] },
      }),
    };
  }
  const [command, ...others] = script.commands;
  // More than one command needs the shell; so does what the shell itself carries out.
  if (!command || others.length > 0 || !script.valid || command.nesting.length > 0) return undefined;
  if (
    command.wrappers.some(({ program }) => program === 'exec') ||
    command.program === '' ||
    builtIn.has(command.program)
  )
    return undefined;
  if (command.assignments.length > 0 || command.negated) return undefined;
  return {
    at,
    message: `The shell that puts in the values stays between the engine and ${command.program}`,
    severity: 'hint',
    ...(command.editable && {
      fix: {
        title: 'Let the shell hand over with exec',
        edits: [{ start: argumentsSpan.start, end: argumentsSpan.start, text: 'exec ' }],
      },
    }),
  };
}

const builtIn: ReadonlySet<string> = new Set([
  '.',
  ':',
  'cd',
  'echo',
  'eval',
  'exit',
  'export',
  'printf',
  'read',
  'set',
  'source',
  'test',
  'trap',
  'ulimit',
  'umask',
  'wait',
  '[',
]);
