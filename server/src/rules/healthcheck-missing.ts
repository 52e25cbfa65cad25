import { defineRule } from '../core/lint/rule';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { stagesWithout } from '../core/families/hadolint-stages';
import { insertBeforeStart } from '../core/fixes/insert-lines';
import { otherProtocols } from '../core/knowledge/images/ports';
import { execForm, probeOf } from '../core/analysis/runtime/health-probe';
import {
  finalInstruction,
  startedCommands,
  startsServer,
  whatRuns,
} from '../core/analysis/runtime/what-runs';
import { keywordLike } from '../core/analysis/text/keyword-case';

/**
 * Without `HEALTHCHECK`, the engine only knows whether the process exists, not whether it answers. Kubernetes has its
 * own probes and ignores the instruction, so the rule is off by default.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * EXPOSE 8000
 * USER nobody
 * «CMD» ["python", "-m", "app"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * EXPOSE 8000
 * USER nobody
 * HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/')"]
 * CMD ["python", "-m", "app"]
 * ```
 * ```dockerfile fixed alternative="Add HEALTHCHECK NONE"
 * FROM python:3.13-slim
 * EXPOSE 8000
 * USER nobody
 * HEALTHCHECK NONE
 * CMD ["python", "-m", "app"]
 * ```
 * The fix uses a client that the image contains. Check that the address is right. There is no check in the fix if the
 * image has no known client, or if the port is not known for HTTP:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * EXPOSE 8080
 * «ENTRYPOINT» ["/app"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile bad
 * FROM alpine:3.20
 * EXPOSE 53/tcp 53/udp
 * «CMD» ["dnsmasq", "-k"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * A server of the base image counts too, and so does a program that is clearly a server:
 * ```dockerfile bad
 * FROM «httpd:2.4»
 * EXPOSE 80
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed alternative="Add HEALTHCHECK NONE"
 * FROM httpd:2.4
 * HEALTHCHECK NONE
 * EXPOSE 80
 * ```
 * ```dockerfile bad
 * FROM ruby:3.3
 * USER nobody
 * «CMD» ["bundle", "exec", "puma"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile good
 * FROM python:3.13
 * USER nobody
 * CMD ["celery", "worker"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * EXPOSE 80
 * HEALTHCHECK NONE
 * CMD ["httpd", "-f"]
 * FROM alpine:3.20
 * CMD ["rsync", "--help"]
 * ```
 * The check depends on the client in the image:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * EXPOSE 8080
 * «CMD» ["/srv/server"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * EXPOSE 8080
 * HEALTHCHECK CMD ["curl", "-fsS", "-o", "/dev/null", "http://localhost:8080/"]
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * EXPOSE 3000
 * «CMD» ["node", "server.js"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed
 * FROM node:22
 * EXPOSE 3000
 * HEALTHCHECK CMD ["node", "-e", "require('http').get('http://localhost:3000/', (r) => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))"]
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * EXPOSE 8080
 * «CMD» ["/srv/server"]
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed
 * FROM alpine:3.20
 * EXPOSE 8080
 * HEALTHCHECK CMD ["wget", "-q", "--spider", "http://localhost:8080/"]
 * CMD ["/srv/server"]
 * ```
 * The port may come from the base image, and the program from an earlier stage:
 * ```dockerfile bad
 * FROM «nginx:1.29-alpine»
 * COPY site /usr/share/nginx/html
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed
 * FROM nginx:1.29-alpine
 * COPY site /usr/share/nginx/html
 * HEALTHCHECK CMD ["wget", "-q", "--spider", "http://localhost:80/"]
 * ```
 * ```dockerfile bad
 * FROM php:8.4-fpm-alpine AS base
 * COPY src /var/www/html
 * FROM «base»
 * USER www-data
 * ```
 * > No HEALTHCHECK is set, so the engine cannot tell whether the service answers
 * ```dockerfile fixed alternative="Add HEALTHCHECK NONE"
 * FROM php:8.4-fpm-alpine AS base
 * COPY src /var/www/html
 * FROM base
 * HEALTHCHECK NONE
 * USER www-data
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'healthcheck-missing',
  summary: 'No HEALTHCHECK is set for the service',
  category: 'runtime',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'manual',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3057',
    'trivy:DS-0026',
    'checkov:CKV_DOCKER_2',
    'kics:healthcheck_instruction_missing',
  ],

  *check({ model }) {
    const stage = model.finalStage;
    if (!stage?.from || finalInstruction(stage, 'HEALTHCHECK')) return;
    const runs = whatRuns(model, stage);
    const exposed = stage.chain
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword }) => keyword === 'EXPOSE');
    if (runs.kind !== 'program') return;
    const serves = stage.base.runsService === true || startedCommands(model, stage).some(startsServer);
    // An earlier stage or the base image may start the service: FROM says which.
    const own = runs.at && stage.instructions.includes(runs.at) ? runs.at.keywordSpan : undefined;
    const at = own ?? stage.from.words[0]?.span;
    if (!at || (exposed.length === 0 && !serves)) return;
    const port = portOf(exposed.length > 0 ? portsIn(model, exposed) : stage.base.exposes);
    const check = port === undefined ? undefined : probe(model, stage, port);
    const none = insertion(model, stage, 'NONE', 'Add HEALTHCHECK NONE');
    yield {
      at,
      message: unchecked,
      ...(check && {
        fix: insertion(model, stage, `CMD ${execForm(check)}`, `Add a HEALTHCHECK with ${check[0] ?? ''}`),
      }),
      alternatives: [none ?? []].flat(),
    };
  },

  *hadolint({ model }) {
    for (const { from } of stagesWithout(model, 'HEALTHCHECK'))
      if (from) yield { at: from.keywordSpan, message: unchecked };
  },
});

function insertion(model: Model, stage: Stage, text: string, title: string): Fix | undefined {
  const line = `${keywordLike(model.file, 'HEALTHCHECK')} ${text}`;
  const edit = insertBeforeStart(model, stage, [line]);
  return edit && { title, edits: [edit] };
}

const unchecked = 'No HEALTHCHECK is set, so the engine cannot tell whether the service answers';

/** The TCP ports that the file exposes; undefined for one whose number is unknown. */
function portsIn(model: Model, exposed: readonly Instruction[]): readonly (number | undefined)[] {
  return exposed.flatMap((instruction) =>
    instruction.words.map((word) => {
      const port = /^(\d+)(?:\/tcp)?$/i.exec(model.expand(word, instruction) ?? '')?.[1];
      return port === undefined ? undefined : Number(port);
    }),
  );
}

/** The first port that may speak HTTP. Undefined if there is none, or if its number is unknown. */
function portOf(ports: readonly (number | undefined)[]): number | undefined {
  return ports.find((port) => port !== undefined && !otherProtocols.has(port));
}

/** A command that fails if the service does not answer, with a program that the image is known to contain. */
function probe(model: Model, stage: Stage, port: number): readonly string[] | undefined {
  const address = `http://localhost:${port}/`;
  if (
    model.installs.some(
      ({ command, packages }) =>
        stage.chain.some((one) => one === model.stageOf(command.instruction)) &&
        packages.some(({ value }) => value === 'curl'),
    )
  ) {
    return ['curl', '-fsS', '-o', '/dev/null', address];
  }
  return probeOf(model, stage, address);
}
