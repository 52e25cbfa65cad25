import {
  architectureOfAddress,
  differ,
  platformText,
  readPlatform,
  runsToo,
} from '../core/knowledge/images/platforms';
import type { Platform } from '../core/knowledge/images/platforms';
import { defineRule } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import type { Span } from '../core/text/span';
import { rootsOf } from '../core/analysis/images/root-stage';

/**
 * A build is for one platform. The builder accepts an image or a program for another one, and then the programs fail with
 * "exec format error", or run slowly in an emulator.
 *
 * The names of some images say which platform they are for:
 *
 * ```dockerfile bad
 * FROM --platform=linux/amd64 «arm64v8/alpine:3.20»
 * FROM --platform=x86_64 «mcr.microsoft.com/dotnet/runtime:8.0-jammy-arm64v8»
 * FROM --platform=linux «mcr.microsoft.com/windows/nanoserver:ltsc2022»
 * ```
 * > arm64v8/alpine is for linux/arm64, and --platform asks for linux/amd64
 * > mcr.microsoft.com/dotnet/runtime is for linux/arm64, and --platform asks for amd64
 * > mcr.microsoft.com/windows/nanoserver is for windows, and --platform asks for linux
 * Of an argument, the default counts, as a hint:
 *
 * ```dockerfile bad severity="hint"
 * ARG BASE=arm64v8/alpine:3.20
 * FROM --platform=linux/amd64 «${BASE}»
 * ```
 * > ${BASE} is for linux/arm64, and --platform asks for linux/amd64
 *
 * A stage that asks which platform the build is for expects more than one:
 * ```dockerfile bad
 * FROM --platform=$TARGETPLATFORM «arm32v7/alpine:3.20» AS tools
 * FROM «amd64/debian:12»
 * ARG TARGETARCH
 * COPY --from=tools /bin/app-$TARGETARCH /bin/
 * ```
 * > arm32v7/alpine is for linux/arm alone, but the stage expects other platforms too: --platform names TARGETPLATFORM
 * > amd64/debian is for linux/amd64 alone, but the stage expects other platforms too: it declares TARGETARCH
 * Of two stages that need each other, no build has both platforms. A stage that works for the builder alone says
 * `--platform=$BUILDPLATFORM`:
 * ```dockerfile bad
 * FROM «amd64/node:22» AS base
 * FROM base AS build
 * RUN npm run build
 * FROM arm32v7/nginx:1.27
 * COPY --from=build /app/dist /usr/share/nginx/html
 * COPY --from=build /app/LICENSE /
 * ```
 * > amd64/node is for linux/amd64, and the stage that copies from it is for linux/arm
 * So do the addresses of programs:
 * ```dockerfile bad
 * FROM alpine:3.20 AS fetch
 * ARG TARGETARCH
 * ADD «https://example.com/a/tool-linux-amd64.tar.gz» /tmp/
 * RUN wget -O /usr/bin/b «https://example.com/b-x86_64-unknown-linux-musl» https://example.com/b-x86_64-unknown-linux-musl.sha256
 * FROM --platform=linux/arm64 debian:12
 * RUN curl -fsSLO «"https://example.com/tool_1.0_amd64.deb"»
 * ```
 * > This program is for amd64 alone, but the stage expects other platforms too: it declares TARGETARCH
 * > This program is for amd64 alone, but the stage expects other platforms too: it declares TARGETARCH
 * > This program is for amd64, and the stage is for linux/arm64
 * A file that asks for no platform may be meant for one:
 * ```dockerfile good
 * ADD https://example.com/tool-linux-amd64 /usr/bin/tool
 * FROM alpine:3.20
 * RUN wget https://example.com/tool-linux-amd64
 * ```
 * What chooses by the platform is right, and so is a stage for each. The platform of other images is not known:
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM amd64/golang:1.23 AS cross
 * ARG TARGETARCH
 * RUN wget https://example.com/tool-linux-amd64
 * FROM amd64/alpine:3.20 AS base-amd64
 * FROM arm64v8/alpine:3.20 AS base-arm64
 * ARG TARGETARCH
 * FROM base-$TARGETARCH AS tools
 * ARG TARGETARCH
 * RUN if [ "$TARGETARCH" = amd64 ]; then wget https://example.com/tool-linux-amd64; fi
 * RUN wget https://example.com/tool-linux-$TARGETARCH https://example.com/source.tar.gz
 * RUN wget https://example.com/qemu-linux-aarch64 https://example.com/linux-arm64/for-linux-amd64
 * FROM --platform=linux/amd64 debian:12 AS unused
 * RUN wget https://example.com/tool-linux-arm64
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS windows
 * ARG TARGETARCH
 * FROM golang:1.23 AS either
 * COPY --from=windows /a /b
 * FROM --platform=plan9 amd64/debian:12
 * FROM --platform=$P amd64/debian:12
 * ADD https://example.com/tool-linux-arm64 /bin/
 * FROM --platform=linux/arm64/v8 arm64v8/debian:12
 * COPY --from=tools /bin/tool /bin/
 * ADD https://example.com/tool-linux-armv7 https://example.com/tool-linux-arm64 /bin/
 * RUN apt-get install -y curl
 * ONBUILD ADD https://example.com/tool-linux-amd64 /bin/
 * ```
 *
 * @skip onbuild the platform of the later build decides
 */
export default defineRule({
  id: 'image-platform-mismatch',
  summary: 'An image or a program is for another platform',
  category: 'image',
  severity: 'warning',
  enabled: false,
  profiles: ['strict'],
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['buildkit:InvalidBaseImagePlatform'],

  *check({ model }) {
    yield* imagesOfOthers(model, true);
    yield* programsOfOthers(model);
  },

  *buildkit({ model }) {
    // The builder knows the arguments, and looks at the image that they name.
    yield* imagesOfOthers(model, false);
  },
});

function* imagesOfOthers(model: Model, defaults: boolean): Generator<Finding> {
  const roots = rootsOf(model);
  const reported = new Set<Stage>();
  for (const stage of model.stages) {
    const { platform } = stage.base;
    const root = roots.get(stage);
    if (!platform || !root?.image || reported.has(root) || (root.image.variable && !defaults)) continue;
    const why = (root === stage && ownReason(model, root, platform)) || neighboursReason(stage, roots);
    if (!why) continue;
    reported.add(root);
    const { span, name, variable } = root.image;
    yield {
      at: span,
      message: `${name.text} is for ${platformText(platform)}${why}`,
      // The command line may name another image.
      severity: variable ? 'hint' : undefined,
    };
  }
}

const expectsMore = 'but the stage expects other platforms too:';

/** Why the stage itself does not fit its image. */
function ownReason(model: Model, stage: Stage, platform: Platform): string | undefined {
  const asked = askedFor(stage);
  if (asked === 'unknown') return undefined;
  if (asked !== 'target' && asked !== undefined)
    return differ(asked, platform) ? `, and --platform asks for ${platformText(asked)}` : undefined;
  if (platform.architecture === undefined) return undefined;
  if (asked === 'target') return ` alone, ${expectsMore} --platform names TARGETPLATFORM`;
  const declared = targetNamed(model.environmentAfter(stage).args);
  if (declared === undefined || isForOne(stage, platform.architecture)) return undefined;
  return ` alone, ${expectsMore} it declares ${declared}`;
}

/** Why a stage does not fit those that copy from it: both are built for the platform of the build. */
function neighboursReason(stage: Stage, roots: ReadonlyMap<Stage, Stage>): string | undefined {
  const { platform } = stage.base;
  if (!platform || roots.get(stage)?.platform) return undefined;
  const other = stage.usedBy.find(
    ({ stage: user, via, certain }) =>
      via !== 'from' &&
      certain &&
      !roots.get(user)?.platform &&
      user.base.platform !== undefined &&
      differ(user.base.platform, platform),
  )?.stage.base.platform;
  return other && `, and the stage that copies from it is for ${platformText(other)}`;
}

/** The platform in a FROM: a fixed one, that of the build, one that is not known, or none. */
function askedFor({ platform }: Stage): Platform | 'target' | 'unknown' | undefined {
  if (!platform) return undefined;
  const { value } = platform;
  if (value?.variables.length === 0) return readPlatform(value.value) ?? 'unknown';
  return value && /TARGET(?:PLATFORM|ARCH)/.test(value.value) ? 'target' : 'unknown';
}

/** The variable that says which platform the build is for, if the stage declares one. */
function targetNamed(args: ReadonlyMap<string, unknown>): string | undefined {
  return ['TARGETARCH', 'TARGETPLATFORM'].find((name) => args.has(name));
}

/** Whether a stage is one of several that the platform of the build chooses from. */
function isForOne({ name, usedBy }: Stage, architecture: string): boolean {
  return name?.value.includes(architecture) === true || usedBy.some(({ certain }) => !certain);
}

/** One finding for each instruction: beside a program its checksum is downloaded too. */
function* programsOfOthers(model: Model): Generator<Finding> {
  const reported = new Set<Instruction>();
  for (const { instruction, at } of addressesIn(model)) {
    if (instruction.onbuild || reported.has(instruction)) continue;
    const architecture = architectureOfAddress(model.document.slice(at));
    if (architecture === undefined) continue;
    const why = programReason(model, instruction, rootsOf(model), architecture);
    if (why === undefined) continue;
    reported.add(instruction);
    yield { at, message: `This program is for ${architecture}${why}`, alsoKnownAs: [] };
  }
}

function* addressesIn(model: Model): Generator<{ instruction: Instruction; at: Span }> {
  for (const { instruction, sources } of model.copies)
    for (const { kind, span } of sources) if (kind === 'url') yield { instruction, at: span };
  for (const { instruction, args } of model.commandsNamed('curl', 'wget', 'aria2c'))
    for (const { span, prefix } of args) if (/^https?:/.test(prefix)) yield { instruction, at: span };
}

/** What looks at the processor, in a script or in a file name. */
const chooses = /TARGET(?:ARCH|PLATFORM|VARIANT)|uname|print-arch|\barch\b/i;

/** Why a program does not fit the stage that downloads it. */
function programReason(
  model: Model,
  instruction: Instruction,
  roots: ReadonlyMap<Stage, Stage>,
  architecture: string,
): string | undefined {
  const stage = model.stageOf(instruction);
  const root = stage && roots.get(stage);
  const asked = root && askedFor(root);
  if (!root || asked === 'unknown') return undefined;
  const fixed = asked === undefined || asked === 'target' ? root.base.platform : asked;
  if (fixed?.architecture !== undefined) {
    // Another stage may copy it to where it runs.
    if (!model.reachesImage(instruction)) return undefined;
    const runs = fixed.architecture === architecture || runsToo(fixed.architecture, architecture);
    return runs ? undefined : `, and the stage is for ${platformText(fixed)}`;
  }
  const declared = targetNamed(model.environmentAt(instruction).args);
  if (declared === undefined || isForOne(stage, architecture)) return undefined;
  if (chooses.test(model.document.slice(instruction.span))) return undefined;
  return ` alone, ${expectsMore} it declares ${declared}`;
}
