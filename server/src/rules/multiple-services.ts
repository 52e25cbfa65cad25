import { defineRule, finalInstruction } from '../core/lint/rule';
import type { Finding, Model, Stage } from '../core/lint/rule';

/**
 * A container lives as long as its first process, and its health, logs and limits are those of one program.
 * A second service in it is started by nobody again when it fails, and is stopped without notice.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends nginx «supervisor» && rm -rf /var/lib/apt/lists/*
 * CMD ["supervisord", "-n"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * CMD «service cron start» && server
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * CMD «worker» & server
 * ```
 * Which of them to take out is a matter of design, so there is no fix.
 *
 * One service is fine, whatever it is, and so is an init that only reaps processes:
 * ```dockerfile good
 * FROM debian:12
 * CMD ["/usr/sbin/sshd", "-D"]
 * FROM debian:12
 * ENTRYPOINT ["tini", "--"]
 * CMD service nginx start
 * FROM debian:12
 * CMD wait-for db && server
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'multiple-services',
  summary: 'More than one service runs in one container',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const stage = model.finalStage;
    if (!stage) return;
    // One finding says it: the first that is found.
    const finding = supervised(model, stage) ?? started(model, stage);
    if (finding) yield finding;
  },
});

const supervisors: ReadonlySet<string> = new Set(['supervisor', 'supervisord', 'runit', 'runsvdir', 'monit']);

function supervised(model: Model, stage: Stage): Finding | undefined {
  for (const { command, packages } of model.installs) {
    const owner = model.stageOf(command.instruction);
    const found = packages.find(({ value }) => supervisors.has(value?.replace(/[=~<>].*$/, '') ?? ''));
    if (found && owner && stage.chain.includes(owner)) {
      return { at: found.span, message: `${found.text} is there to run several services in one container` };
    }
  }
  for (const keyword of ['ENTRYPOINT', 'CMD']) {
    const instruction = finalInstruction(stage, keyword);
    const found =
      instruction && model.commandsOf(instruction).find(({ program }) => supervisors.has(program));
    if (found) return { at: found.span, message: `${found.program} runs several services in one container` };
  }
  return undefined;
}

/** `service x start && …`, or a program in the background beside another. */
function started(model: Model, stage: Stage): Finding | undefined {
  for (const keyword of ['ENTRYPOINT', 'CMD']) {
    const instruction = finalInstruction(stage, keyword);
    if (!instruction) continue;
    const commands = model.commandsOf(instruction).filter(({ nesting }) => nesting.length === 0);
    for (const command of commands) {
      const others = commands.length > 1 && commands.at(-1) !== command;
      const isInitScript = /^\/etc\/init\.d\//.test(command.name.value ?? '');
      const starts = command.args.some(({ value }) => value === 'start' || value === 'restart');
      if (
        others &&
        starts &&
        (command.program === 'service' || isInitScript || command.program === 'rc-service')
      ) {
        return {
          at: command.span,
          message: 'A service is started beside the program, and nobody looks after it',
        };
      }
      if (others && command.after === '&' && !/^(?:sleep|wait|trap|tail)$/.test(command.program)) {
        return {
          at: command.span,
          message: `${command.program || command.name.text} runs in the background, and nobody looks after it`,
        };
      }
    }
  }
  return undefined;
}
