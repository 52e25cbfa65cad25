import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { isAlternative, isConditional } from '../core/analysis/commands/guard';
import { execForm, probeOf } from '../core/analysis/runtime/health-probe';
import { lackOf, lacksProgram, nameOfBase, probablyLacks } from '../core/analysis/runtime/lacking-programs';
import { finalInstruction, startedCommands } from '../core/analysis/runtime/what-runs';
import { builtIntoShells } from '../core/knowledge/programs/shell-builtins';
import type { Command } from '../core/shell/types';
import { once, onceInside } from '../core/text/memo';

/**
 * A small image does not have the program that a health check or the start asks for: the container never becomes
 * healthy, or does not start.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && pip install flask && mkdir /srv/a
 * HEALTHCHECK --interval=30s CMD «curl» -fsS http://localhost:8000/health || exit 1
 * ```
 * > python:3.13-slim-bookworm has no curl, so the container never becomes healthy
 * ```dockerfile fixed
 * FROM python:3.13-slim-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && pip install flask && mkdir /srv/a
 * HEALTHCHECK --interval=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/health')"]
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * COPY app /srv/app
 * HEALTHCHECK CMD ["«curl»", "-f", "localhost:8080"]
 * ENTRYPOINT ["«/bin/bash»", "/srv/app"]
 * ```
 * > alpine:3.20 has no curl, so the container never becomes healthy
 * > alpine:3.20 has no bash, so the container does not start
 * ```dockerfile fixed
 * FROM alpine:3.20
 * COPY app /srv/app
 * HEALTHCHECK CMD ["wget", "-q", "--spider", "http://localhost:8080"]
 * ENTRYPOINT ["/bin/bash", "/srv/app"]
 * ```
 * So does the shell of a start, and a client of a database:
 * ```dockerfile bad
 * FROM eclipse-temurin:21-jre-alpine
 * HEALTHCHECK CMD «pg_isready» -h db && «curl» -f http://localhost/
 * ```
 * > eclipse-temurin:21-jre-alpine has no pg_isready, so the container never becomes healthy
 * > eclipse-temurin:21-jre-alpine has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM alpine:3.20
 * CMD ["«bash»", "-c", "sleep 1; /srv/app"]
 * ```
 * > alpine:3.20 has no bash, so the container does not start
 * There is no fix where the image has no client, or where the check does more than ask:
 * ```dockerfile bad
 * FROM debian:12 AS base
 * FROM base
 * HEALTHCHECK CMD «curl» -f http://localhost/
 * ```
 * > debian:12 has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
 * HEALTHCHECK CMD «curl» -f https://localhost/
 * ```
 * > alpine has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM node:22-bookworm-slim
 * HEALTHCHECK CMD «curl» -f $URL
 * ```
 * > node:22-bookworm-slim has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM node:22-bookworm-slim
 * HEALTHCHECK CMD «curl» -f -X POST http://localhost:3000/ | grep ok
 * ```
 * > node:22-bookworm-slim has no curl, so the container never becomes healthy
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * HEALTHCHECK CMD curl -f http://localhost:8080/
 * FROM debian:12
 * COPY --from=0 / /
 * HEALTHCHECK CMD curl -f http://localhost:8080/
 * FROM debian:12
 * COPY --from=0 / /opt/
 * HEALTHCHECK CMD curl -f http://localhost:8080/
 * FROM debian:12
 * ARG TOOLS
 * COPY --from=0 $TOOLS /opt/
 * HEALTHCHECK CMD curl -f http://localhost:8080/
 * ```
 * ```dockerfile good
 * FROM ghcr.io/acme/app:1
 * HEALTHCHECK CMD curl -f http://localhost:8080/
 * ```
 * Packages may bring programs of other names:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends netcat-openbsd
 * HEALTHCHECK CMD nc -z localhost 80
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache py3-pip
 * CMD ["python3", "/srv/app.py"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN ./install.sh
 * CMD ["python3", "/srv/app.py"]
 * ```
 * ```dockerfile good
 * FROM debian:12
 * COPY jq /usr/local/bin/
 * CMD ["jq", "--help"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * HEALTHCHECK CMD if command -v curl; then curl -f http://localhost; fi
 * FROM alpine:3.20
 * HEALTHCHECK CMD timeout 3 wget -q -O /dev/null http://localhost/
 * CMD curl -f http://localhost || wget http://localhost
 * ```
 * Images of services bring few clients, and Debian's own image no `ps`:
 * ```dockerfile bad
 * FROM httpd:2.4-bookworm
 * HEALTHCHECK CMD «curl» -f http://localhost
 * ```
 * > httpd:2.4-bookworm has no curl, so the container never becomes healthy
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK CMD «pgrep» app
 * CMD ["/srv/app"]
 * ```
 * > debian:12 has no pgrep, so the container never becomes healthy
 * ```dockerfile bad
 * FROM nginx:1.29-alpine
 * CMD ["«bash»", "/start.sh"]
 * ```
 * > nginx:1.29-alpine has no bash, so the container does not start
 * ```dockerfile bad
 * FROM python:3.13-slim
 * HEALTHCHECK CMD «pgrep» gunicorn
 * ```
 * > python:3.13-slim has no pgrep, so the container never becomes healthy
 * ```dockerfile bad
 * FROM node:22-alpine
 * HEALTHCHECK CMD «python3» /check.py
 * ```
 * > node:22-alpine has no python3, so the container never becomes healthy
 * What a step removes again is not there, and a test runs its program each time:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && apt-get purge -y curl
 * HEALTHCHECK CMD if ! «curl» -fs http://localhost/; then exit 1; fi
 * CMD ["app"]
 * ```
 * > debian:12 has no curl, so the container never becomes healthy
 *
 * @skip onbuild what a later build starts is not known
 * Where other packages or a script may have brought the program, the profile `strict` says it as a hint:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y nginx && ./set-up
 * HEALTHCHECK CMD «curl» -f http://localhost/
 * ```
 * > debian:12 has no curl, and nothing here installs it by name
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && xargs apt-get install -y < packages.txt
 * HEALTHCHECK CMD curl -f http://localhost/
 * FROM debian:12
 * RUN apt-get update && apt-get install -y nmap
 * HEALTHCHECK CMD nc -z localhost 80
 * ```
 */
export default defineRule({
  id: 'healthcheck-tool-missing',
  summary: 'The image does not have the program that it starts',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const stage = model.finalStage;
    const image = stage && nameOfBase(model, stage);
    if (!stage || image === undefined) return;
    const check = finalInstruction(stage, 'HEALTHCHECK');
    const reported = new Set<number>();
    for (const command of [...(check ? model.commandsOf(check) : []), ...startedCommands(model, stage)]) {
      if (isConditional(outsideTests(command)) || mayBeReplaced(model)(command.instruction)) continue;
      const sure = lackOf(model, stage, command, lacksProgram);
      const found = sure ?? lackOf(model, stage, command, probablyLacks);
      if (!found || reported.has(found.at.start)) continue;
      const { at, program } = found;
      reported.add(at.start);
      yield {
        at,
        message: sure
          ? `${image} has no ${program}, so the container ${command.instruction === check ? 'never becomes healthy' : 'does not start'}`
          : `${image} has no ${program}, and nothing here installs it by name`,
        ...(!sure && { severity: 'hint', quiet: true }),
        fix: command.instruction === check ? otherClient(model, stage, check) : undefined,
      };
    }
  },
});

/** A command without the tests around it: what `if` and `while` ask runs each time. */
function outsideTests(command: Command): Command {
  return { ...command, nesting: command.nesting.filter((kind) => kind !== 'condition') };
}

/** Whether another program may take the place of one that is not there: it stands behind `||`. */
const mayBeReplaced = once((model: Model) =>
  onceInside((instruction: Instruction): boolean =>
    model.commandsOf(instruction).some((one) => isAlternative(one) && !builtIntoShells.has(one.program)),
  ),
);

/** The same check with another client, if it only asks whether an address answers. */
function otherClient(model: Model, stage: Stage, check: Instruction): Fix | undefined {
  const [first, ...others] = model.commandsOf(check);
  const [verb] = check.words;
  if (
    !first ||
    !webClients.has(first.program) ||
    !verb ||
    check.comments.length > 0 ||
    others.some(({ program }) => !builtIntoShells.has(program))
  )
    return undefined;
  const words = first.args.map(({ value }) => value ?? '$');
  const [address, ...more] = words.filter((word) => !plainOption.test(word));
  if (
    address === undefined ||
    more.length > 0 ||
    !/^(?:http:\/\/)?[\w.-]+(?::\d+)?(?:\/[\w./?=&-]*)?$/.test(address)
  )
    return undefined;
  const probe = probeOf(model, stage, address.startsWith('http://') ? address : `http://${address}`);
  return (
    probe && {
      title: `Check with ${String(probe[0])}`,
      edits: [replace({ start: verb.span.end, end: check.argumentsSpan.end }, ` ${execForm(probe)}`)],
    }
  );
}

/** Clients whose only operand is an address. */
const webClients: ReadonlySet<string> = new Set(['curl', 'wget', 'http']);

/** Options of a client that do not change what it asks. */
const plainOption = /^(?:-[fsSLqIkv]+|--fail|--silent|--show-error|--location|--spider|--quiet|--head)$/;
