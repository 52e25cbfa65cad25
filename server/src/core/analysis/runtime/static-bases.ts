// Programs that a stage without a C library copies from the stage that compiles them.
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { baseName, isBelow, resolvePath, withoutEndSlash } from '../../text/paths';
import { findOption } from '../../shell/options';
import { folderOf } from '../commands/folder';
import { finalInstruction } from './what-runs';

interface StaticCopy {
  /** The stage without a C library, which starts a program. */
  readonly stage: Stage;
  readonly copy: Copy;
  readonly source: Extract<CopySource, { kind: 'stage' }>;
}

/** The name of a base without a C library, for messages. */
export function staticBaseName({ base }: Stage): string {
  return base.name ?? 'scratch';
}

/** What stages without a C library copy from others. Not where they also copy the libraries. */
function staticCopies(model: Model): readonly StaticCopy[] {
  const found: StaticCopy[] = [];
  for (const stage of model.stages) {
    if (stage.base.libc !== 'none' || stage.base.distribution === 'windows' || stage.parent) continue;
    if (!finalInstruction(stage, 'ENTRYPOINT') && !finalInstruction(stage, 'CMD')) continue;
    const copies = stage.instructions.flatMap((one) => model.copyOf(one) ?? []);
    if (copies.some(bringsLibraries)) continue;
    for (const copy of copies) {
      for (const source of copy.sources) {
        if (source.kind === 'stage' && !copy.onbuild) found.push({ stage, copy, source });
      }
    }
  }
  return found;
}

/** `/lib64`, `/lib/ld-musl-x86_64.so.1`, a whole file system. */
function bringsLibraries({ sources }: Copy): boolean {
  return sources.some(
    ({ path, value, kind }) =>
      kind !== 'context' &&
      (path === '' ||
        path === undefined ||
        /(?:^|\/)(?:lib(?:64|32)?|rootfs|dist|target-root)(?:\/|$)|\.so\b|ld-/.test(value)),
  );
}

/** More builds and copies than this are not compared with each other. */
const mostBuilds = 50;
const mostCopies = 200;

export interface StaticBuild extends StaticCopy {
  readonly command: Command;
}

/**
 * The builds whose program a stage without a C library copies, each with the first such copy.
 * @param builds commands that make a program
 * @param outputsOf the folders or files in which a command leaves its programs
 */
export function* staticBuilds(
  model: Model,
  builds: readonly Command[],
  outputsOf: (command: Command) => readonly string[],
): Generator<StaticBuild> {
  if (builds.length === 0) return;
  const copies = staticCopies(model).slice(0, mostCopies);
  for (const command of builds.slice(0, mostBuilds)) {
    const stage = model.stageOf(command.instruction);
    if (!stage || copies.length === 0) continue;
    const outputs = outputsOf(command);
    const taken = copies.find(
      (copy) => copy.source.stage.chain.includes(stage) && isTaken(model, command, outputs, copy),
    );
    if (taken) yield { ...taken, command };
  }
}

/** Whether a COPY takes one of the outputs, or a file that a later command of the stage names in their place. */
function isTaken(
  model: Model,
  { instruction, span }: Command,
  outputs: readonly string[],
  { source: { path, glob } }: StaticCopy,
): boolean {
  if (path === undefined) return false;
  const from = withoutEndSlash(`/${path}`.replace(/[*?[].*$/, ''));
  if (outputs.some((output) => isBelow(output, from) || isBelow(from, output))) return true;
  const moved = movedNames(model).get(model.stageOf(instruction) ?? noStage);
  return !glob && (moved?.get(baseName(path)) ?? 0) > span.start;
}

const noStage = {} as never;

/** By stage, the names that cp, mv and install have among their words, each with the offset of the last such command. */
const movedNames = once((model: Model): ReadonlyMap<Stage, ReadonlyMap<string, number>> => {
  const byStage = new Map<Stage, Map<string, number>>();
  for (const { instruction, args, span } of model.commandsNamed('cp', 'mv', 'install')) {
    const stage = model.stageOf(instruction);
    if (!stage || instruction.keyword !== 'RUN') continue;
    const names = byStage.get(stage) ?? new Map<string, number>();
    byStage.set(stage, names);
    for (const { value, suffix } of args) names.set(baseName(value ?? suffix), span.start);
  }
  return byStage;
});

/** The file or folder in which `go build` and `go install` leave a program; none if that is not known. */
export function goOutputs(model: Model, command: Command): readonly string[] {
  const [verb] = command.args;
  const folder = folderOf(model, command);
  const output = findOption(command, '-o');
  if (output) {
    const path = output.value === undefined ? undefined : resolvePath(folder, output.value);
    return path === undefined ? [] : [path];
  }
  if (verb?.value !== 'install') return folder === undefined || folder === '/' ? [] : [folder];
  const { variables } = model.environmentAt(command.instruction);
  const bin = variables.get('GOBIN');
  const gopath = variables.get('GOPATH')?.value ?? '/go';
  return bin ? (bin.value === undefined ? [] : [bin.value]) : [`${gopath}/bin`];
}
