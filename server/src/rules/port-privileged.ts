import { defineRule } from '../core/lint/rule';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';

/**
 * Ports below 1024 belong to root. Docker lets every user of a container open them, but Kubernetes and Podman do so only
 * where they are set up for it, and elsewhere the program stops at its start.
 *
 * ```dockerfile bad
 * FROM nginx:1.27 AS other
 * EXPOSE 80
 * FROM node:22 AS base
 * EXPOSE «80» «443/tcp» 8080
 * FROM base
 * USER node
 * EXPOSE «53/UDP» $PORT 70000
 * ```
 * > Port 80 belongs to root, so outside Docker another user may not open it
 * > Port 443 belongs to root, so outside Docker another user may not open it
 * > Port 53 belongs to root, so outside Docker another user may not open it
 * ```dockerfile good
 * FROM nginx:1.27
 * EXPOSE 80
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * EXPOSE «80-90»
 * USER 1000
 * ```
 * > Port 80 belongs to root, so outside Docker another user may not open it
 *
 * @skip onbuild the user of the later build is not known
 */
export default defineRule({
  id: 'port-privileged',
  summary: 'A user other than root listens on a port below 1024',
  category: 'runtime',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['expose'],

  *check({ model }) {
    const exposed = model.instructionsOf('EXPOSE');
    const stage = shippedStage(model);
    if (exposed.length === 0 || !stage || model.environmentAfter(stage).isRoot !== false) return;
    const chain = new Set(stage.chain);
    for (const instruction of exposed) {
      const owner = model.stageOf(instruction);
      if (!owner || !chain.has(owner) || instruction.onbuild) continue;
      for (const word of instruction.words) {
        const port = /^(\d+)(?:-\d+)?(?:\/|$)/.exec(model.expand(word, instruction) ?? '')?.[1];
        if (port === undefined || Number(port) === 0 || Number(port) >= 1024) continue;
        yield {
          at: word.span,
          message: `Port ${port} belongs to root, so outside Docker another user may not open it`,
        };
      }
    }
  },
});
