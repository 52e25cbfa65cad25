// Turns a single stage into two: the build as it is, and a distroless stage after it that gets the program. The fix
// rewrites no line of the file: it inserts lines, and moves what describes the program below them.
import { finalInstruction } from '../core/analysis/runtime/what-runs';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { Model, Stage } from '../core/model/model';
import { isForBuild } from '../core/knowledge/packages/build-packages';
import { packageName } from '../core/knowledge/packages/package-managers';
import { findOption } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import type { Edit } from '../core/text/edit';
import { resolvePath } from '../core/text/paths';
import type { Fix } from '../core/lint/finding';

/** Debian release of the distroless images: the newest, so that programs linked against an older C library run. */
const debian = 'debian13';

/** Instructions that say how the program runs, not how it is built. */
const runtime = new Set(['ENTRYPOINT', 'CMD', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'HEALTHCHECK', 'VOLUME']);

/** Variables of build tools. Every other variable may be for the program. */
const buildVariables = /^(?:GO|CGO_|CARGO|RUST|PATH$|CC$|CXX$|CFLAGS|LDFLAGS)/;

/**
 * The fix for the recognized patterns: one Go or Rust stage with one program, started by name.
 * @returns undefined for everything else
 */
export function runtimeStage(model: Model, stage: Stage): Fix | undefined {
  if (model.stages.length !== 1 || !stage.image || stage.name || stage.from?.words.length !== 1)
    return undefined;
  const start = finalInstruction(stage, 'ENTRYPOINT') ?? finalInstruction(stage, 'CMD');
  if (
    !start?.json ||
    stage.instructions.some(
      (one) => one.keyword === 'USER' || one.keyword === 'SHELL' || one.trigger || !movable(one),
    )
  )
    return undefined;
  const { workdir } = model.environmentAt(start);
  const program = absolute(start.json[0]?.value, workdir);
  const made = program === undefined ? undefined : builtProgram(model, stage, program);
  if (!program || !made) return undefined;
  const base = baseFor(model, stage, made);
  if (!base) return undefined;
  // Everything that describes the program has to come after the build, or moves there.
  const lastStep = stage.instructions
    .filter(({ keyword }) => /^(?:RUN|COPY|ADD|WORKDIR|ARG)$/.test(keyword))
    .at(-1);
  if (!lastStep || lastStep.index > start.index) return undefined;
  const early = stage.instructions.filter((one) => one.index < lastStep.index && belongsToProgram(one));
  if (early.some(({ keyword }) => keyword === 'HEALTHCHECK' || keyword === 'ENV')) return undefined;
  if (installsForRuntime(model, base) || asksWithOther(stage, start)) return undefined;
  return {
    title: `Add a final stage on distroless/${base}`,
    edits: edits(model, stage, { lastStep, early, base, program, workdir }),
    // Other rules' fixes after the image name would belong to another stage then.
    reach: { start: stage.image.span.start, end: model.document.text.length },
  };
}

/** Packages the program may need at run time: all that are not clearly for the build. The new stage would lack them. */
function installsForRuntime(model: Model, base: string): boolean {
  return model.installs.some(({ manager, packages }) => {
    // `go install` and `cargo install` fetch what goes into the program, or build tools.
    if (manager.scope === 'language') return manager.name !== 'go' && manager.name !== 'cargo';
    return packages.some(
      ({ value }) => value === undefined || !isForBuild(packageName(manager, value), base === 'static'),
    );
  });
}

/** A health check by another program than the image's own finds nothing to run in the new stage. */
function asksWithOther(stage: Stage, start: Instruction): boolean {
  const check = finalInstruction(stage, 'HEALTHCHECK');
  return (
    check !== undefined &&
    check.words[0]?.value.toUpperCase() !== 'NONE' &&
    check.json?.[0]?.value !== start.json?.[0]?.value
  );
}

interface Plan {
  readonly lastStep: Instruction;
  readonly early: readonly Instruction[];
  readonly base: string;
  readonly program: string;
  readonly workdir: string | undefined;
}

function edits(
  model: Model,
  stage: Stage,
  { lastStep, early, base, program, workdir }: Plan,
): readonly Edit[] {
  const { document, file } = model;
  const from = stage.image?.span.end ?? 0;
  const lines = [
    '',
    `${keywordLike(file, 'FROM')} gcr.io/distroless/${base}-${debian}:nonroot`,
    // Relative paths and files that the program opens are looked up here.
    ...(workdir !== undefined && workdir !== '/' && needsWorkdir(stage)
      ? [`${keywordLike(file, 'WORKDIR')} ${workdir}`]
      : []),
    `${keywordLike(file, 'COPY')} --from=build ${program} ${program}`,
    ...early.map(({ span }) => document.slice(span)),
  ];
  return [
    { start: from, end: from, text: ` ${keywordLike(file, 'AS')} build` },
    ...early.map(({ span }) => document.removeLines(span)),
    // The instruction that starts the program follows, so the step is complete.
    document.insertLinesAfter(lastStep.span.end - 1, ...lines),
  ].sort((a, b) => a.start - b.start);
}

function needsWorkdir(stage: Stage): boolean {
  return ['ENTRYPOINT', 'CMD'].some((keyword) =>
    finalInstruction(stage, keyword)?.json?.some(
      ({ value }) => !value.startsWith('/') && !value.startsWith('-') && /[./]/.test(value),
    ),
  );
}

function movable({ keyword, words }: Instruction): boolean {
  return keyword !== 'ONBUILD' && keyword !== 'MAINTAINER' && (keyword !== 'ENV' || words.length > 0);
}

function belongsToProgram({ keyword, pairs }: Instruction): boolean {
  return (
    runtime.has(keyword) || (keyword === 'ENV' && pairs.some(({ key }) => !buildVariables.test(key.value)))
  );
}

function absolute(path: string | undefined, workdir: string | undefined): string | undefined {
  if (path === undefined || !/^[\w./+-]+$/.test(path) || !path.includes('/')) return undefined;
  return path.startsWith('/') ? path : resolvePath(workdir, path);
}

/** The command that builds exactly the program that starts. */
function builtProgram(model: Model, stage: Stage, program: string): Command | undefined {
  const candidates = model.commands.filter(
    ({ instruction, nesting }) =>
      stage.instructions.includes(instruction) && instruction.keyword === 'RUN' && nesting.length === 0,
  );
  return candidates.find((command) => {
    const { workdir } = model.environmentAt(command.instruction);
    // A cd before it would change what relative paths mean.
    if (candidates.some((other) => other.program === 'cd' && other.instruction === command.instruction))
      return false;
    if (command.program === 'go' && command.args[0]?.value === 'build') {
      const output = findOption(command, '-o')?.value;
      if (output === undefined) return false;
      const path = output.startsWith('/') ? output : absolute(`./${output}`, workdir);
      return (
        path === program ||
        (output.endsWith('/') && path !== undefined && program.startsWith(path.replace(/\/?$/, '/')))
      );
    }
    if (
      command.program === 'cargo' &&
      command.args.some(({ value }) => value === 'build') &&
      command.args.some(({ value }) => value === '--release' || value === '-r')
    ) {
      const target = findOption(command, '--target')?.value;
      const folder = resolvePath(workdir, target ? `target/${target}/release/` : 'target/release/');
      return (
        folder !== undefined &&
        program.startsWith(folder.replace(/\/?$/, '/')) &&
        !command.instruction.flags.some(
          ({ name, options }) =>
            name === 'mount' && options.some(({ value }) => value !== undefined && program.startsWith(value)),
        )
      );
    }
    return false;
  });
}

/** The smallest distroless image that has the libraries the program is linked against. */
function baseFor(model: Model, stage: Stage, made: Command): string | undefined {
  const { env } = model.environmentAt(made.instruction);
  if (stage.base.sdk === 'go') {
    const cgo =
      made.assignments.find(({ name }) => name === 'CGO_ENABLED')?.value?.value ?? env.get('CGO_ENABLED');
    const exported = model
      .commandsOf(made.instruction)
      .some(
        ({ program, args }) => program === 'export' && args.some(({ value }) => value === 'CGO_ENABLED=0'),
      );
    if (cgo === '0' || exported) return 'static';
    // A program linked against musl would not start on Debian.
    return stage.base.libc === 'glibc' ? 'base' : undefined;
  }
  const isRust = stage.base.sdk === 'rust';
  if (isRust && made.args.some(({ value }) => value?.includes('-musl'))) return 'static';
  return isRust && stage.base.libc === 'glibc' ? 'cc' : undefined;
}
