import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { addsOnlySmallTools } from '../core/analysis/runtime/lacking-programs';
import { lacksZonesOnAlpine } from '../core/knowledge/images/plain-images';
import { addArguments } from '../core/shell/edits';

/**
 * `TZ` only names a time zone; its rules are in the package tzdata. Alpine, Wolfi, `scratch` and the image of Ubuntu come
 * without it, and there programs silently use UTC.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * ENV «TZ=Europe/Berlin»
 * ```
 * > The image has no rules for Europe/Berlin, so programs use UTC
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl tzdata
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile bad
 * FROM scratch
 * ENV «TZ=Europe/Berlin»
 * COPY app /app
 * ```
 * > The image has no rules for Europe/Berlin, so programs use UTC
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ENV «TZ=Europe/Berlin»
 * ```
 * > The image has no rules for Europe/Berlin, so programs use UTC
 * On Ubuntu, many packages bring it along, so the rule is quiet where others than small tools are installed:
 * ```dockerfile good
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
 * ENV TZ=Europe/Berlin
 * FROM ubuntu:24.04
 * RUN ./install.sh
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM eclipse-temurin:21-jre-noble
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * ENV LANG=C
 * ```
 * ```dockerfile good
 * FROM alpine:3.20 AS build
 * ENV TZ=Europe/Berlin
 * FROM node:22-alpine
 * ENV TZ=Europe/Berlin
 * FROM debian:12
 * ENV TZ=Europe/Berlin
 * FROM alpine:3.20
 * ENV TZ=UTC LANG=C
 * ```
 * ```dockerfile good
 * FROM node:22-alpine
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM golang:1.25-alpine
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM nginx:1.29-alpine
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * ENV TZ=Europe/Berlin
 * RUN apk add --no-cache tzdata
 * ```
 * What another stage installs counts only where it comes along, or where a program has the rules in itself:
 * ```dockerfile bad
 * FROM golang:1.25-alpine AS build
 * RUN apk add --no-cache tzdata
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * ENV «TZ=Europe/Berlin»
 * ```
 * > The image has no rules for Europe/Berlin, so programs use UTC
 * ```dockerfile good
 * FROM golang:1.25-alpine AS build
 * RUN apk add --no-cache tzdata
 * FROM alpine:3.20
 * COPY --from=build /usr/share /usr/share
 * ENV TZ=Europe/Berlin
 * ```
 * ```dockerfile good
 * FROM golang:1.25-alpine AS build
 * RUN go build -tags timetzdata -o /app .
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * ENV TZ=Europe/Berlin
 * ```
 *
 * @skip onbuild what a later build installs is not known
 */
export default defineRule({
  id: 'timezone-data-missing',
  summary: 'TZ names a time zone that the image does not know',
  category: 'image',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['env'],

  *check({ model }) {
    const { document, finalStage } = model;
    if (!finalStage || !/\btz\b/i.test(document.text)) return;
    const { base, chain } = finalStage;
    if (mayHaveZones(model, finalStage)) return;
    const lacks =
      base.name === 'ubuntu'
        ? addsOnlySmallTools(model, finalStage) && !finalStage.instructions.some(({ trigger }) => trigger)
        : base.distribution === 'alpine'
          ? lacksZonesOnAlpine(base.name)
          : lacksZones.has(base.distribution ?? '');
    if (!lacks) return;
    for (const instruction of model.instructionsOf('ENV')) {
      const stage = model.stageOf(instruction);
      if (!stage || !chain.includes(stage)) continue;
      for (const pair of instruction.pairs) {
        const value =
          pair.key.value === 'TZ' && pair.value ? model.expand(pair.value, instruction) : undefined;
        if (value === undefined || !/^[A-Z]\w+\/\w/.test(value) || value.startsWith('Etc/')) continue;
        const use = model.installs.find(
          ({ command, manager }) => manager.name === 'apk' && model.stageOf(command.instruction) === stage,
        );
        const last = use?.packages.at(-1);
        const edit = use && last ? addArguments(use.command, last, 'tzdata') : undefined;
        yield {
          at: pair.span,
          message: `The image has no rules for ${value}, so programs use UTC`,
          ...(edit && { fix: { title: 'Install tzdata', edits: [edit] } }),
        };
      }
    }
  },
});

/** Whether the image may have the rules all the same: a step names them, or a program has its own. */
function mayHaveZones(model: Model, { chain }: Stage): boolean {
  const { document } = model;
  const named = /tzdata|zoneinfo/;
  if (!named.test(document.text)) return false;
  if (/time\/?tzdata/.test(document.text)) return true;
  return chain.some(
    ({ span, instructions }) =>
      named.test(document.slice(span)) ||
      instructions.some((one) =>
        model
          .copyOf(one)
          ?.sources.some(
            ({ kind, path }) =>
              kind === 'stage' && (path === undefined || 'usr/share/zoneinfo'.startsWith(path)),
          ),
      ),
  );
}

const lacksZones: ReadonlySet<string> = new Set(['wolfi', 'scratch', 'chainguard-static']);
