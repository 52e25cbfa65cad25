import { defineRule, finalInstruction, keywordLike, whatRuns } from '../core/lint/rule';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';

/**
 * Without `HEALTHCHECK` the engine knows only whether the process is there, not whether it answers. Kubernetes
 * has probes of its own and ignores the instruction, so the rule is off until it is asked for.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * EXPOSE 8000
 * USER nobody
 * «CMD» ["python", "-m", "app"]
 * ```
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
 * The check asks with what the image has: look whether the address is right. Where nothing is known to be
 * there to ask with, none is made up:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:nonroot
 * EXPOSE 8080
 * «ENTRYPOINT» ["/app"]
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * EXPOSE 80
 * HEALTHCHECK NONE
 * CMD ["httpd", "-f"]
 * FROM alpine:3.20
 * CMD ["rsync", "--help"]
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'healthcheck-missing',
  summary: 'Nothing tells whether the service answers',
  category: 'runtime',
  severity: 'info',
  enabled: false,
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
    if (runs.kind !== 'program' || !runs.at || !stage.instructions.includes(runs.at) || exposed.length === 0)
      return;
    const check = probe(model, stage, portOf(exposed));
    const none = insertion(model, runs.at, 'NONE', 'Add HEALTHCHECK NONE');
    yield {
      at: runs.at.keywordSpan,
      message: 'The engine cannot tell whether the service answers',
      ...(check && {
        fix: insertion(
          model,
          runs.at,
          `CMD ${JSON.stringify(check).replaceAll('","', '", "')}`,
          `Add a HEALTHCHECK that asks with ${check[0] ?? ''}`,
        ),
      }),
      alternatives: [none],
    };
  },
});

function insertion(model: Model, before: Instruction, text: string, title: string): Fix {
  const line = `${keywordLike(model.file, 'HEALTHCHECK')} ${text}`;
  return { title, edits: [model.document.insertLinesBefore(before.span.start, line)] };
}

function portOf(exposed: readonly Instruction[]): string {
  const ports = exposed.flatMap(({ words }) =>
    words.map(({ value }) => /^(\d+)(?:\/tcp)?$/i.exec(value)?.[1]),
  );
  return ports.find((port) => port !== undefined) ?? '8080';
}

/** A command that fails when the service does not answer, with a program that is known to be there. */
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
  if (base.env.has('PYTHON_VERSION'))
    return ['python', '-c', `import urllib.request; urllib.request.urlopen('${address}')`];
  if (base.env.has('NODE_VERSION'))
    return [
      'node',
      '-e',
      `fetch('${address}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
    ];
  if (base.distribution === 'alpine' || base.distribution === 'busybox')
    return ['wget', '-q', '--spider', address];
  return undefined;
}
