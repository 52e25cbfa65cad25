import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Model, Stage } from '../core/lint/rule';
import { startedCommands } from '../core/analysis/runtime/what-runs';
import type { Command } from '../core/shell/types';
import { packageName } from '../core/knowledge/packages/package-managers';
import { endingWords, leavesForeground } from '../core/knowledge/programs/daemons';
import { idle, interactive, servicesBeside, supervisors } from '../core/knowledge/programs/programs';

/**
 * A container lives as long as its first process, and its health, logs and limits belong to one program. Nothing
 * restarts a second service when it fails, and it stops without notice.
 *
 * A supervisor such as supervisord is a decision, not a slip, so the recommended profile leaves it out.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends nginx «supervisor» && rm -rf /var/lib/apt/lists/*
 * COPY run.sh /
 * CMD ["/run.sh"]
 * ```
 * > supervisor is made to run several services in one container
 * ```dockerfile bad
 * FROM debian:12
 * CMD ["«supervisord", "-n»"]
 * ```
 * > supervisord is made to run several services in one container
 * ```dockerfile bad
 * FROM debian:12
 * CMD «service cron start» && server
 * ```
 * > A second service starts here, and nothing supervises it
 * ```dockerfile bad
 * FROM debian:12
 * CMD «worker» & server
 * ```
 * > worker runs in the background, and nothing supervises it
 * ```dockerfile bad
 * FROM debian:12
 * CMD «/usr/sbin/sshd» && exec node server.js
 * ```
 * > sshd runs in the background, and nothing supervises it
 * Some servers leave the foreground only if an option says so:
 * ```dockerfile bad
 * FROM debian:12
 * CMD «redis-server --daemonize yes»; exec node server.js
 * ```
 * > redis-server runs in the background, and nothing supervises it
 * ```dockerfile bad
 * FROM php:8.4-fpm
 * CMD «php-fpm -D» && nginx -g 'daemon off;'
 * ```
 * > php-fpm runs in the background, and nothing supervises it
 * ```dockerfile bad
 * FROM debian:12
 * CMD «python3 worker.py» & python3 server.py
 * ```
 * > python3 runs in the background, and nothing supervises it
 * Which service to move out is a design decision, so there is no fix.
 *
 * One service is fine, and so is an init that only reaps processes:
 * ```dockerfile good
 * FROM debian:12
 * CMD ["/usr/sbin/sshd", "-D"]
 * FROM debian:12
 * ENTRYPOINT ["tini", "--"]
 * CMD service nginx start
 * FROM debian:12
 * CMD wait-for db && server
 * FROM debian:12
 * CMD nginx -t && nginx -g "daemon off;"
 * FROM node:22
 * CMD ["supervisor", "server.js"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD service nginx start && tail -f /var/log/nginx/access.log
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends supervisor && rm -rf /var/lib/apt/lists/*
 * CMD ["python3", "app.py"]
 * ```
 * A server that runs only while the start command prepares something is not a second one:
 * ```dockerfile good
 * FROM debian:12
 * CMD redis-server --daemonize yes && redis-cli set ready 1 && redis-server
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD pg_ctl start && createdb app && pg_ctl stop && exec postgres
 * ```
 * PHP's own image keeps its server in the foreground:
 * ```dockerfile good
 * FROM php:8.4-fpm
 * CMD php-fpm && nginx
 * ```
 * Nothing supervises a background process either:
 * ```dockerfile bad
 * FROM debian:12
 * CMD «/srv/worker» & /srv/server
 * ```
 * > worker runs in the background, and nothing supervises it
 * ```dockerfile good
 * FROM debian:12
 * CMD sleep 5 && /srv/server
 * ```
 * A script that nothing supervises is one program, whatever else is installed:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * CMD ["/start.sh"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * CMD «$WORKER» & /srv/server
 * ```
 * > $WORKER runs in the background, and nothing supervises it
 * The profile `strict` reports as a hint what usually runs beside another program:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y nginx «openssh-server»
 * ```
 * > openssh-server usually runs beside another program, and a container is made for one
 * So does a service that the container starts beside a program which only waits:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * CMD «service nginx start» && tail -f /var/log/nginx/access.log
 * ```
 * > nginx runs in the background, and nothing restarts it: let the container run it in the foreground
 * Other stages may have what they need:
 * ```dockerfile good options="profile: strict"
 * FROM debian:12 AS build
 * RUN apt-get install -y supervisor
 * FROM debian:12
 * COPY --from=build /srv /srv
 * CMD ["/srv/app"]
 * ```
 * The first process of a machine starts services, and sshd is there to get into a container:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * CMD ["«/lib/systemd/systemd»"]
 * ```
 * > systemd runs services beside each other, and a container is made for one
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'multiple-services',
  summary: 'The container runs more than one service',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const stage = model.finalStage;
    // One finding is enough: the first.
    const finding = stage && (supervised(model, stage) ?? started(model, stage));
    if (finding) yield finding;
    else if (stage && profile === 'strict') {
      yield* installed(model, stage);
      const commands = startedCommands(model, stage);
      const first = commands.length > 1 ? commands.find(startsService) : undefined;
      const { value = 'It' } = first?.args[0] ?? {};
      const message = `${value} runs in the background, and nothing restarts it: let the container run it in the foreground`;
      if (first) yield { at: first.span, message, severity: 'hint' };
      const manager = commands.find(({ name }) => serviceManager.test(name.value ?? ''));
      if (manager)
        yield {
          at: manager.span,
          message: `${manager.program} runs services beside each other, and a container is made for one`,
          severity: 'hint',
        };
    }
  },
});

/** The first process of a machine, and servers that people start to get into a container. */
const serviceManager =
  /^(?:\/(?:usr\/)?(?:s?bin\/init|lib\/systemd\/systemd)|(?:\/(?:usr\/)?s?bin\/)?(?:sshd|s6-svscan))$/;

function supervised(model: Model, stage: Stage): Finding | undefined {
  const commands = startedCommands(model, stage);
  // There is another supervisor, for Node.js, that restarts a single program.
  const starter = commands.find(({ program }) => supervisors.has(program) && program !== 'supervisor');
  if (starter)
    return {
      at: starter.span,
      message: `${starter.program} is made to run several services in one container`,
      quiet: true,
    };
  // A script may start it. Any other program runs without it.
  if (!commands.some(({ program }) => mayBeScript.test(program))) return undefined;
  for (const { command, manager, packages } of model.installs) {
    const owner = model.stageOf(command.instruction);
    const found = packages.find(({ value }) => supervisors.has(packageName(manager, value ?? '')));
    if (found && owner && stage.chain.includes(owner))
      return {
        at: found.span,
        message: `${found.text} is made to run several services in one container`,
        quiet: true,
      };
  }
  return undefined;
}

/** What is made to run beside another program. */
function* installed(model: Model, { chain }: Stage): Generator<Finding> {
  for (const { command, manager, packages } of model.installs) {
    const owner = model.stageOf(command.instruction);
    if (!owner || !chain.includes(owner)) continue;
    const found = packages.find(({ value }) => {
      const name = packageName(manager, value ?? '');
      return supervisors.has(name) || servicesBeside.has(name);
    });
    if (found)
      yield {
        at: found.span,
        message: `${found.text} usually runs beside another program, and a container is made for one`,
        severity: 'hint',
      };
  }
}

const mayBeScript = /\.sh$|entry-?point|start|run|init|boot/i;

/** `service x start && …`, or a program in the background, next to another one. */
function started(model: Model, stage: Stage): Finding | undefined {
  const commands = startedCommands(model, stage).filter(({ nesting }) => nesting.length === 0);
  const staying = commands.filter(
    (command) =>
      startsService(command) ||
      detaches(command, stage) ||
      command.after === '&' ||
      command === commands.at(-1),
  );
  const services = staying.filter(
    ({ program, args }) => !idle.has(program) && !(interactive.has(program) && args.length === 0),
  );
  const main = services.at(-1);
  const lastEnd = commands.filter(endsServer).at(-1)?.index ?? -1;
  // A server that only runs for a while, to prepare something, is not a second one.
  const first = services.find(
    (command) =>
      command !== main &&
      command.index >= lastEnd &&
      !(command.program === main?.program && detaches(command, stage)),
  );
  if (!first) return undefined;
  const message = startsService(first)
    ? 'A second service starts here, and nothing supervises it'
    : `${first.program || first.name.text} runs in the background, and nothing supervises it`;
  return { at: first.span, message };
}

/** `redis-cli shutdown`, `pg_ctl stop` */
function endsServer({ args }: Command): boolean {
  return args.some(({ value }) => value !== undefined && endingWords.test(value));
}

/** A daemon that leaves the foreground, so that the next command runs next to it. */
function detaches({ program, args, after }: Command, { base }: Stage): boolean {
  if (after !== '&&' && after !== ';') return false;
  // The configuration of PHP's own image keeps php-fpm in the foreground.
  const configured = base.name === 'php' && program === 'php-fpm';
  return leavesForeground(
    program,
    args.map(({ value }) => value),
    configured,
  );
}

function startsService({ program, name, args }: Command): boolean {
  const isStarter =
    program === 'service' || program === 'rc-service' || /^\/etc\/init\.d\//.test(name.value ?? '');
  return isStarter && args.some(({ value }) => value === 'start' || value === 'restart');
}
