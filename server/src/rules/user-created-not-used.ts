import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { isDevcontainer } from '../core/analysis/context/context-sources';
import { createdUsers, stepsDown } from '../core/analysis/runtime/image-users';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import { besideRootNeed, insertUser, needBeside } from '../core/fixes/non-root-user';
import { groupCreators, renamers, userCreators, userTellers } from '../core/knowledge/programs/user-programs';
import type { Span } from '../core/text/span';

/**
 * A file creates a user for its program, and then nothing names that user, so the program runs as root or as the user of
 * the base image. Where root is certain, `user-missing` and `user-root` say so instead.
 *
 * ```dockerfile bad
 * FROM registry.example.com/team/base:3
 * RUN groupadd app && «useradd -g app app»
 * COPY . /app
 * CMD ["/app/server"]
 * ```
 * > Nothing runs as app, so creating the user changes nothing
 * ```dockerfile fixed
 * FROM registry.example.com/team/base:3
 * RUN groupadd app && useradd -g app app
 * COPY . /app
 * USER app
 * CMD ["/app/server"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd app
 * USER app
 * CMD ["/app/server"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd web
 * COPY --chown=web:web . /srv
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd app
 * CMD ["gosu", "app", "/srv/server"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN useradd app
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd app
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * RUN useradd app
 * ONBUILD COPY . /srv
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN useradd app
 * FROM registry.example.com/team/base:3
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM registry.example.com/team/base:3
 * ```
 * The profile `strict` reports it as a hint where the container certainly runs as root, which other rules say:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN «useradd --system app»
 * CMD ["/srv/server"]
 * ```
 * > Nothing runs as app, so creating the user changes nothing
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN id app || «useradd --system app»
 * USER root
 * CMD ["/srv/server"]
 * ```
 * > Nothing runs as app, so creating the user changes nothing
 * To look a user up is no use of it:
 * ```dockerfile bad
 * FROM registry.example.com/team/base:3
 * RUN getent passwd app || «useradd app»
 * CMD ["/app/server"]
 * ```
 * > Nothing runs as app, so creating the user changes nothing
 * ```dockerfile fixed
 * FROM registry.example.com/team/base:3
 * RUN getent passwd app || useradd app
 * USER app
 * CMD ["/app/server"]
 * ```
 * A word in a comment creates nobody:
 * ```dockerfile good
 * FROM debian:12
 * # No useradd here.
 * RUN make
 * ```
 * Nor is it to lock the password:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN «useradd app» && passwd -l app
 * CMD ["/srv/server"]
 * ```
 * > Nothing runs as app, so creating the user changes nothing
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN useradd app && echo secret | passwd --stdin app
 * CMD ["/srv/server"]
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'user-created-not-used',
  summary: 'A user is created, and nothing runs as it',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['useradd', 'adduser'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    if (model.commandsNamed(...userCreators).length === 0) return;
    const stage = shippedStage(model);
    const created = stage && createdUsers(model, stage).at(-1);
    if (!created || isDevcontainer(facts.context, facts.path)) return;
    const { user, isRoot } = model.environmentAfter(stage);
    // Certain root has rules of its own.
    if (user && (isRoot !== true || profile !== 'strict')) return;
    const isMinor =
      isRoot === true ||
      stage.instructions.some(({ trigger }) => trigger) ||
      stepsDown(model, stage, facts) ||
      whatRuns(model, stage).kind !== 'program';
    if (isMinor && profile !== 'strict') return;
    if (isMentioned(model, created.name)) return;
    // There another rule has the fix.
    const edit = isMinor ? undefined : insertUser(model, stage, { user: created.name, create: undefined });
    yield {
      at: created.command.span,
      message: `Nothing runs as ${created.name}, so creating the user changes nothing`,
      severity: isMinor ? 'hint' : undefined,
      fix:
        edit &&
        besideRootNeed({ title: `Add USER ${created.name}`, edits: [edit] }, needBeside(model, stage, facts)),
    };
  },
});

/** With these, passwd lets nobody log in with a password. */
const locks: ReadonlySet<string> = new Set(['-l', '--lock', '-d', '--delete']);

/** Whether the file names a user outside the commands that create, change and look up users and groups. */
function isMentioned(model: Model, name: string): boolean {
  const { text } = model.file;
  const creating: readonly Span[] = model
    .commandsNamed(...userCreators, ...groupCreators, ...renamers.keys(), ...userTellers, 'passwd')
    .filter(({ program, args }) => program !== 'passwd' || args.some(({ value }) => locks.has(value ?? '')))
    .map(({ span }) => span);
  let next = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    while ((creating[next]?.end ?? Infinity) <= at) next += 1;
    const inside = (creating[next]?.start ?? Infinity) <= at;
    if (!inside && isWord(text, at, name.length)) return true;
  }
  return false;
}

/** Whether a word stands alone: not as a part of a path or of a longer name. */
function isWord(text: string, at: number, length: number): boolean {
  return !/[\w/.-]/.test(text.charAt(at - 1)) && !/[\w/.-]/.test(text.charAt(at + length));
}
