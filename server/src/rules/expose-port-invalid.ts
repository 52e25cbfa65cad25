import { exposedWords, portProblem, variablePorts } from '../core/analysis/text/exposed-ports';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';

/**
 * A port is a number up to 65535, or a range of two. The builder stops at anything else.
 *
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «70000» «8080-8000» «http» «8000-90000/udp» «/tcp» «80:»
 * EXPOSE «1.2.3:80:80» «1:2:3:4» «80-90:8000-8020» «x:80»
 * ```
 * > Ports end at 65535, and 70000 is above, so the build stops here
 * > The range 8080-8000 runs backwards, so the build stops here
 * > http is not a port, so the build stops here
 * > Ports end at 65535, and 8000-90000 is above, so the build stops here
 * > EXPOSE needs the port of the container, so the build stops here
 * > EXPOSE needs the port of the container, so the build stops here
 * > 1.2.3 is not an IP address, so the build stops here
 * > 1:2 is not an IP address, so the build stops here
 * > The ranges 80-90 and 8000-8020 differ in length, so the build stops here
 * > x is not a port, so the build stops here
 * So does the default of an argument:
 * ```dockerfile bad
 * FROM nginx:1.27
 * ARG PORT=http LIST="80 443:x"
 * EXPOSE «$PORT» «${LIST}/udp»
 * ```
 * > $PORT is http here: http is not a port, so the build stops here
 * > ${LIST}/udp is 443:x/udp here: x is not a port, so the build stops here
 * Blanks stand between ports:
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «80,443» «8080;»
 * EXPOSE «["80", "443/tcp"]»
 * ```
 * > 80,443 is not a port, so the build stops here
 * > 8080; is not a port, so the build stops here
 * > EXPOSE takes ports with blanks between them, not an array, so the build stops here
 * ```dockerfile fixed
 * FROM nginx:1.27
 * EXPOSE 80 443 8080
 * EXPOSE 80 443/tcp
 * ```
 * ```dockerfile good
 * FROM nginx:1.27
 * EXPOSE 80 443/tcp 8000-8010/udp 0 65535 "81" $PORT 40000-$LAST
 * EXPOSE 80:80 127.0.0.1::80 [::1]:80-81:8080-8081 ::80 80-81:80
 * ```
 */
export default defineRule({
  id: 'expose-port-invalid',
  summary: 'EXPOSE names a port that does not exist',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3011',
    'trivy:DS-0008',
    'dockerfile-utils:INVALID_PORT',
    'semgrep:invalid-port',
    'kics:unix_ports_out_of_range',
  ],
  mentions: ['expose'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('EXPOSE')) {
      const array = arrayFinding(model, instruction);
      if (array) {
        yield array;
        continue;
      }
      for (const { at, text, ports } of exposedWords(instruction)) {
        const problem = portProblem(ports);
        if (problem === undefined) continue;
        const list = text.split(/[,;]+/).filter((one) => one !== '');
        const apart = list.every((one) => portProblem(one.split('/')[0] ?? '') === undefined);
        yield {
          at,
          message: `${problem}, so ${stopsHere(instruction)}`,
          ...(apart && {
            fix: { title: `Change ${text} to ${list.join(' ')}`, edits: [replace(at, list.join(' '))] },
          }),
        };
      }
      for (const { at, text, ports } of variablePorts(model, instruction)) {
        const problem = portProblem(ports);
        if (problem !== undefined)
          yield {
            at,
            message: `${model.document.slice(at)} is ${text} here: ${problem}, so ${stopsHere(instruction)}`,
            alsoKnownAs: [],
          };
      }
    }
  },

  *hadolint({ model: { file } }) {
    for (const { keyword, words } of file.instructions) {
      for (const { value, span } of keyword === 'EXPOSE' ? words : []) {
        if (!value.includes('$') && value.split(/[/-]/).some((port) => Number(port) > 65535))
          yield { at: span, message: `${value} is not a port` };
      }
    }
  },
});

/** `EXPOSE ["80", "443"]`: the builder takes the brackets for parts of the ports. */
function arrayFinding({ document }: Model, instruction: Instruction): Finding | undefined {
  const { argumentsSpan } = instruction;
  const text = document.slice(argumentsSpan);
  if (!/^\[\s*["'\d][\s\S]*\]$/.test(text)) return undefined;
  const ports = text.match(/[^\s"',[\]]+/g) ?? [];
  return {
    at: argumentsSpan,
    message: `EXPOSE takes ports with blanks between them, not an array, so ${stopsHere(instruction)}`,
    fix: { title: 'Write the ports without the array', edits: [replace(argumentsSpan, ports.join(' '))] },
  };
}
