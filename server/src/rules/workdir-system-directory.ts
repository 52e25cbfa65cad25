import { defineRule } from '../core/lint/rule';
import { resolvePath } from '../core/text/paths';

/**
 * The system mounts its own file systems over these directories, so files there vanish when a container starts.
 *
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR «/proc/app»
 * WORKDIR «/dev»
 * ```
 * > /proc belongs to the system, so the container may not see files there
 * > /dev belongs to the system, so the container may not see files there
 * ```dockerfile good
 * FROM debian:12
 * WORKDIR /srv/dev
 * WORKDIR /development
 * ```
 * A relative path begins in the folder before:
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /
 * WORKDIR «dev/shm»
 * ```
 * > /dev belongs to the system, so the container may not see files there
 */
export default defineRule({
  id: 'workdir-system-directory',
  summary: 'WORKDIR is in a folder of the system',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0030'],
  mentions: ['workdir'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('WORKDIR')) {
      // The builder reads all that follows as one word.
      for (const word of instruction.words) {
        const { workdir } = model.environmentAt(instruction);
        const path = resolvePath(workdir, model.expand(word, instruction) ?? '') ?? '';
        const top = /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?=\/|$)/.exec(path)?.[0];
        if (top === undefined) continue;
        yield {
          at: word.span,
          message: `${top} belongs to the system, so the container may not see files there`,
        };
      }
    }
  },
});
