import { defineRule, remove } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import { finalInstruction } from '../core/analysis/runtime/what-runs';
import { entryPointOf } from '../core/knowledge/images/entry-points';
import { appRunners, isPython } from '../core/knowledge/programs/programs';
import type { JsonString } from '../core/syntax/nodes';
import { baseName } from '../core/text/paths';

/**
 * `CMD` is what the entry point gets as arguments. If it begins with the same interpreter again, the interpreter takes its
 * own name for the file to run, and the container does not start: "Unable to access jarfile java", "Cannot find module
 * '/app/node'".
 *
 * ```dockerfile bad
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * COPY app.jar /app.jar
 * CMD [«"java", "-jar"», "/app.jar"]
 * ```
 * > The entry point of the base image is already java -jar, so the container runs java -jar java
 * ```dockerfile fixed
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * COPY app.jar /app.jar
 * CMD ["/app.jar"]
 * ```
 * ```dockerfile bad
 * FROM gcr.io/distroless/nodejs24-debian13:nonroot
 * COPY index.js /index.js
 * CMD [«"node"», "/index.js"]
 * ```
 * > The entry point of the base image is already node, so the container runs node node
 * ```dockerfile fixed
 * FROM gcr.io/distroless/nodejs24-debian13:nonroot
 * COPY index.js /index.js
 * CMD ["/index.js"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * USER 10001
 * ENTRYPOINT ["python3"]
 * CMD [«"/usr/local/bin/python3"», "-m", "app"]
 * ```
 * > ENTRYPOINT is already python3, so the container runs python3 python3
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * USER 10001
 * ENTRYPOINT ["python3"]
 * CMD ["-m", "app"]
 * ```
 * The options of the entry point stay where `CMD` has others:
 * ```dockerfile bad
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * COPY app.jar /app.jar
 * CMD [«"java"», "-Xmx1g", "/app.jar"]
 * ```
 * > The entry point of the base image is already java -jar, so the container runs java -jar java
 * ```dockerfile fixed
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * COPY app.jar /app.jar
 * CMD ["-Xmx1g", "/app.jar"]
 * ```
 * Nothing is left to give, so you have to say what to run:
 * ```dockerfile bad
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * CMD [«"python3"»]
 * ```
 * > The entry point of the base image is already python3, so the container runs python3 python3
 * The rule accepts other words, entry points that execute their arguments, and bases whose entry point is not known:
 * ```dockerfile good
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * CMD ["/app.jar"]
 * ```
 * ```dockerfile good
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * ENTRYPOINT ["/entry"]
 * CMD ["java", "-jar", "/app.jar"]
 * ```
 * ```dockerfile good
 * FROM node:24
 * ENTRYPOINT ["docker-entrypoint.sh"]
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good
 * FROM debian:13-slim
 * ENTRYPOINT ["bash", "-c"]
 * CMD ["bash", "/start.sh"]
 * ```
 * ```dockerfile good
 * FROM node:24
 * ENTRYPOINT ["node", "start.js"]
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good
 * FROM node:24
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good
 * FROM node:24
 * ENTRYPOINT node
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good
 * FROM gcr.io/distroless/java21-debian13:nonroot
 * COPY app.jar /app.jar
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'cmd-repeats-entrypoint',
  summary: 'CMD begins with the interpreter that the entry point already is',
  category: 'runtime',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['cmd'],

  *check({ model }) {
    for (const stage of model.stages.slice(-most)) {
      const cmd = stage.instructions.filter(({ keyword }) => keyword === 'CMD').at(-1);
      const json = cmd?.json ?? [];
      const [first] = json;
      const entry = first && entryPoint(model, stage);
      if (!entry) continue;
      const [program = '', ...options] = entry.words;
      if (baseName(first.value) !== program && !(isPython(program) && isPython(baseName(first.value))))
        continue;
      // `java -jar` of the entry point stands there again.
      const rest = json.slice(1, 1 + options.length);
      const repeats = options.every((option, at) => rest[at]?.value === option);
      const last = repeats ? (rest.at(-1) ?? first) : first;
      yield {
        at: { start: first.span.start, end: last.span.end },
        message: `${entry.own ? 'ENTRYPOINT' : 'The entry point of the base image'} is already ${entry.words.join(' ')}, so the container runs ${entry.words.join(' ')} ${baseName(first.value)}`,
        fix: withoutFirst(json, json.indexOf(last) + 1),
      };
    }
  },
});

/** More stages than this are not looked at: each asks its parents. */
const most = 50;

interface EntryPoint {
  /** The program by its base name, and its options. */
  readonly words: readonly string[];
  /** Whether the file sets it. */
  readonly own: boolean;
}

/** An entry point that is an interpreter which still wants a file. */
function entryPoint(model: Model, stage: Stage): EntryPoint | undefined {
  const own = finalInstruction(stage, 'ENTRYPOINT');
  if (!own) {
    const words = entryPointOf(stage.base.name ?? '');
    return words && { words, own: false };
  }
  const words = own.json?.map(({ value }) => value) ?? [];
  const [program = '', ...options] = words;
  const name = baseName(program);
  const isInterpreter = appRunners.has(name) || isPython(name);
  return isInterpreter && options.every((one) => plain.test(one)) && model.commandsOf(own).length === 1
    ? { words: [name, ...options], own: true }
    : undefined;
}

/** Options behind which an interpreter still wants the name of a file. */
const plain = /^-(?:jar|[uBOX].*|D.+)$/;

function withoutFirst(json: readonly JsonString[], count: number): Fix | undefined {
  const [first, next] = [json[0], json[count]];
  return (
    first &&
    next && {
      title: 'Remove what the entry point already says',
      edits: [remove({ start: first.span.start, end: next.span.start })],
    }
  );
}
