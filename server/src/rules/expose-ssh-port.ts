import { startedCommands } from '../core/analysis/runtime/what-runs';
import { servesGit, wholeSystems } from '../core/knowledge/programs/programs';
import { defineRule } from '../core/lint/rule';

/**
 * Port 22 means that people log in to the container by SSH. `docker exec` and `kubectl exec` do that without a server, keys
 * and another process in the image.
 *
 * ```dockerfile bad
 * FROM debian:12
 * EXPOSE 80 «22» «20-30/tcp»
 * EXPOSE «22/TCP» «"22"»
 * ```
 * > Port 22 offers a login by SSH, which docker exec does without a server
 * The recommended profile is silent where the container starts the SSH server itself, or a whole system: logging in is its
 * task then.
 * ```dockerfile bad
 * FROM debian:12
 * EXPOSE «22»
 * CMD ["/usr/sbin/sshd", "-D"]
 * ```
 * > Port 22 offers a login by SSH, which docker exec does without a server
 * So it is where people fetch and push repositories or files over SSH:
 * ```dockerfile bad
 * FROM debian:12
 * COPY gitea /usr/local/bin/
 * EXPOSE 3000 «22»
 * CMD ["gitea", "web"]
 * ```
 * > Port 22 offers a login by SSH, which docker exec does without a server
 * ```dockerfile good
 * FROM debian:12
 * EXPOSE 2222 222 8022 22000-22010 $SSH_PORT
 * ```
 * A variable may hold it:
 * ```dockerfile bad
 * FROM debian:12
 * ARG SSH_PORT=22
 * EXPOSE «$SSH_PORT» $OTHER
 * ```
 * > Port 22 offers a login by SSH, which docker exec does without a server
 */
export default defineRule({
  id: 'expose-ssh-port',
  summary: 'The SSH port is exposed',
  category: 'security',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0004', 'checkov:CKV_DOCKER_1', 'kics:exposing_port_22'],
  mentions: ['expose'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('EXPOSE')) {
      const stage = model.stageOf(instruction);
      const isTask = stage && startedCommands(model, stage).some(({ program }) => wholeSystems.has(program));
      for (const word of instruction.words) {
        const ports = model.expand(word, instruction) ?? '';
        const [, from, to = from] = /^(\d+)(?:-(\d+))?(?:\/tcp)?$/i.exec(ports) ?? [];
        if (from === undefined || Number(from) > 22 || Number(to) < 22) continue;
        yield {
          at: word.span,
          message: 'Port 22 offers a login by SSH, which docker exec does without a server',
          // Logging in is the task of a container that starts the server itself, or a whole system.
          quiet: isTask === true || servesGit.test(model.document.text),
        };
      }
    }
  },
});
