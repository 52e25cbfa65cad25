import { defineRule } from '../core/lint/rule';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { insertBeforeStart } from '../core/fixes/insert-lines';
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
 * FROM httpd:2.4
 * «EXPOSE» 80
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
 * A program that an earlier stage starts is that stage's business:
 * ```dockerfile good
 * FROM python:3.13 AS base
 * EXPOSE 8000
 * CMD ["python", "-m", "app"]
 * FROM base
 * COPY app /app
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
  alsoKnownAs: ['hadolint:DL3057', 'trivy:DS-0026', 'checkov:CKV_DOCKER_2'],

  *check({ model }) {
    const stage = model.finalStage;
    if (!stage || finalInstruction(stage, 'HEALTHCHECK')) return;
    const runs = whatRuns(model, stage);
    const exposed = stage.chain
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword }) => keyword === 'EXPOSE');
    if (runs.kind !== 'program') return;
    if (exposed.length === 0 && !startedCommands(model, stage).some(startsServer)) return;
    // If the base image starts the service, the port is all that the file says about it.
    const at = runs.at ?? exposed.at(-1);
    if (!at || !stage.instructions.includes(at)) return;
    const port = portOf(model, exposed);
    const check = port === undefined ? undefined : probe(model, stage, port);
    const none = insertion(model, stage, 'NONE', 'Add HEALTHCHECK NONE');
    yield {
      at: at.keywordSpan,
      message: 'No HEALTHCHECK is set, so the engine cannot tell whether the service answers',
      ...(check && {
        fix: insertion(
          model,
          stage,
          `CMD ${JSON.stringify(check).replaceAll('","', '", "')}`,
          `Add a HEALTHCHECK with ${check[0] ?? ''}`,
        ),
      }),
      alternatives: none ? [none] : [],
    };
  },
});

function insertion(model: Model, stage: Stage, text: string, title: string): Fix | undefined {
  const line = `${keywordLike(model.file, 'HEALTHCHECK')} ${text}`;
  const edit = insertBeforeStart(model, stage, [line]);
  return edit && { title, edits: [edit] };
}

/** The first port that may speak HTTP. Undefined if there is none, or if its number is unknown. */
function portOf(model: Model, exposed: readonly Instruction[]): string | undefined {
  const ports = exposed.flatMap((instruction) =>
    instruction.words.map((word) => /^(\d+)(?:\/tcp)?$/i.exec(model.expand(word, instruction) ?? '')?.[1]),
  );
  return ports.find((port) => port !== undefined && !otherProtocols.has(Number(port)));
}

/** Ports known for something other than unencrypted HTTP. */
const otherProtocols: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 53, 69, 110, 111, 123, 135, 137, 138, 139, 143, 161, 179, 389, 443, 445, 465, 500, 514,
  554, 587, 631, 636, 853, 873, 990, 993, 995, 1080, 1194, 1433, 1521, 1701, 1723, 1812, 1883, 1935, 2003,
  2049, 2181, 2222, 2379, 2380, 3128, 3306, 3389, 3478, 4222, 4500, 5060, 5222, 5269, 5353, 5432, 5671, 5672,
  5900, 6379, 6432, 6667, 6697, 7687, 8388, 8443, 8883, 9000, 9001, 9042, 9050, 9092, 9418, 9443, 11211,
  25565, 27015, 27017, 50051,
]);

/** A command that fails if the service does not answer, with a program that the image is known to contain. */
function probe(model: Model, { base, chain }: Stage, port: string): readonly string[] | undefined {
  const address = `http://localhost:${port}/`;
  if (
    model.installs.some(
      ({ command, packages }) =>
        chain.some((stage) => stage === model.stageOf(command.instruction)) &&
        packages.some(({ value }) => value === 'curl'),
    )
  ) {
    return ['curl', '-fsS', '-o', '/dev/null', address];
  }
  // Python 2 does not have this module.
  if (base.env.has('PYTHON_VERSION') && !/^2/.test(chain.at(-1)?.image?.tag?.text ?? ''))
    return ['python', '-c', `import urllib.request; urllib.request.urlopen('${address}')`];
  if (base.env.has('NODE_VERSION'))
    return [
      'node',
      '-e',
      `require('http').get('${address}', (r) => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))`,
    ];
  if (base.distribution === 'alpine' || base.distribution === 'busybox')
    return ['wget', '-q', '--spider', address];
  return undefined;
}
