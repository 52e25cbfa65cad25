import { mountTypeOf, mountValue, mountsOf } from '../core/analysis/text/mount-options';
import { userOf } from '../core/analysis/commands/user';
import { defineRule, insertAfter } from '../core/lint/rule';

/**
 * The file of a secret and the socket of SSH belong to root, and nobody else may open them. A step that runs as another
 * user stops with "permission denied".
 *
 * ```dockerfile bad
 * FROM debian:13-slim
 * USER 10001
 * RUN «--mount=type=secret,id=token» TOKEN="$(cat /run/secrets/token)" ./fetch.sh
 * ```
 * > 10001 runs this step and may not read the secret, because it belongs to root
 * ```dockerfile fixed
 * FROM debian:13-slim
 * USER 10001
 * RUN --mount=type=secret,id=token,uid=10001 TOKEN="$(cat /run/secrets/token)" ./fetch.sh
 * ```
 * Of a user with a name, only the image knows the number:
 * ```dockerfile bad
 * FROM node:24-trixie-slim
 * USER node
 * RUN «--mount=type=ssh» git clone git@git.example.com:shop.git
 * ```
 * > node runs this step and may not read the socket, because it belongs to root
 * ```dockerfile fixed
 * FROM node:24-trixie-slim
 * USER node
 * RUN --mount=type=ssh,mode=0666 git clone git@git.example.com:shop.git
 * ```
 * ```dockerfile bad
 * FROM node:24-trixie-slim
 * USER node
 * RUN «--mount=type=secret,id=npmrc,target=/home/node/.npmrc» npm ci
 * ```
 * > node runs this step and may not read the secret, because it belongs to root
 * ```dockerfile fixed
 * FROM node:24-trixie-slim
 * USER node
 * RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,mode=0444 npm ci
 * ```
 * An owner, a mode or a variable instead of a file is fine, and so is a step of root:
 * ```dockerfile good
 * FROM debian:13-slim
 * RUN --mount=type=secret,id=token ./fetch.sh
 * USER 10001
 * RUN make
 * RUN --network=none make
 * RUN --mount=type=secret,id=token,uid=10001 ./fetch.sh
 * RUN --mount=type=secret,id=token,mode=0444 ./fetch.sh
 * RUN --mount=type=secret,id=token,env=TOKEN ./fetch.sh
 * RUN --mount=type=secret,id=token sudo ./fetch.sh
 * RUN --mount=type=cache,target=/cache ./fetch.sh
 * ARG RUNNER=app
 * USER $RUNNER
 * RUN --mount=type=secret,id=token ./fetch.sh
 * ```
 *
 * @skip onbuild the image that the trigger runs in may have another user
 */
export default defineRule({
  id: 'secret-mount-unreadable',
  summary: 'The user of the step may not read the secret',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['mount'],

  *check({ model }) {
    for (const run of model.instructionsOf('RUN')) {
      if (run.onbuild || run.flags.length === 0) continue;
      for (const flag of mountsOf(run)) {
        const type = mountTypeOf(flag);
        if (type !== 'secret' && type !== 'ssh') continue;
        const isOpen = (['uid', 'gid', 'mode'] as const).some((name) => mountValue(flag, name) !== undefined);
        // With `env` alone there is no file.
        const isFile = mountValue(flag, 'env') === undefined || mountValue(flag, 'target') !== undefined;
        if (isOpen || !isFile) continue;
        const commands = model.commandsOf(run);
        const users = commands.map((command) => userOf(model, command));
        const [user] = users;
        if (
          user?.name === undefined ||
          users.some(({ isRoot, overridable }) => isRoot !== false || overridable)
        )
          continue;
        const what = type === 'secret' ? 'secret' : 'socket';
        const own = /^\d+$/.test(user.name) ? `uid=${user.name}` : undefined;
        const grant = own ?? (type === 'secret' ? 'mode=0444' : 'mode=0666');
        yield {
          at: flag.span,
          message: `${user.name} runs this step and may not read the ${what}, because it belongs to root`,
          fix: { title: `Mount it with ${grant}`, edits: [insertAfter(flag.span, `,${grant}`)] },
        };
      }
    }
  },
});
