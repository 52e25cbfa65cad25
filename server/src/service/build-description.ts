// Describes a file for the build and scan commands, as plain data for the client and for what explains a failed build.
import { mountOption, mountTypeOf, mountValue, mountsOf } from '../core/analysis/text/mount-options';
import { describeCommands, describeStep, needsBuildKit } from './build-steps';
import type { ToRange } from './build-steps';
import { predefinedVariables } from '../core/knowledge/syntax/predefined-variables';
import type { Instruction } from '../core/syntax/nodes';
import { parse } from '../core/syntax/parse';
import { buildModel } from '../core/model/model';
import type { Model, Stage } from '../core/model/model';
import { TextFile } from '../core/text/document';
import type { Span } from '../core/text/span';
import { toRange } from './report';
import type {
  BuildDescription,
  DescribedArg,
  DescribedInstruction,
  DescribedSecret,
  DescribedStage,
} from '../workflow/build-description';

export interface Described {
  readonly model: Model;
  /** Of the document that was read. */
  readonly version: number;
  /** What files around it say about its build, the nearest first. */
  readonly builds: readonly BuildAround[];
  /** As those who read the description count lines and characters. */
  readonly toRange: ToRange;
}

/** A build that a Compose file, a Bake file or a workflow asks for. */
export interface BuildAround {
  readonly name: string;
  readonly source: string;
  readonly context?: string | undefined;
  readonly target?: string | undefined;
  readonly args: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
}

/** The same for a text alone, without what lies around it. */
export function describeText(text: string): BuildDescription {
  const model = buildModel(parse(text), new TextFile(text));
  return describeBuild({ model, version: 0, builds: [], toRange: (span) => toRange(model.document, span) });
}

export function describeBuild({ model, version, builds, toRange }: Described): BuildDescription {
  const stages = model.stages.filter(({ from }) => from !== undefined);
  return {
    version,
    stages: stages.map((stage) => describeStage(model, stage)),
    args: describeArgs(model),
    platforms: unique(
      stages.flatMap(({ platform }) =>
        platform?.value && platform.value.variables.length === 0 ? [platform.value.value] : [],
      ),
    ),
    contextSources: model.copies.flatMap(({ sources }) =>
      sources.flatMap(({ kind, variable, value }) => (kind === 'context' && !variable ? [value] : [])),
    ),
    instructions: model.file.instructions.map((instruction): DescribedInstruction => {
      const stage = model.stageOf(instruction);
      const installs = installsOf(model, instruction);
      const step = describeStep(model, instruction);
      const commands = describeCommands(model, instruction, toRange);
      const lines = model.document;
      const lineEnd = lines.lineStart(lines.lineAt(instruction.span.start) + 1);
      const firstLine = { start: instruction.span.start, end: Math.min(instruction.span.end, lineEnd) };
      return {
        keyword: instruction.keyword,
        text: oneLine(instruction),
        mark: toRange(trimEnd(lines, firstLine)),
        endLine: toRange(instruction.span).end.line,
        ...(stage?.from && { stage: stage.index }),
        ...(step && { step }),
        ...(commands.length > 0 && { commands }),
        ...(installs.length > 0 && { installs }),
      };
    }),
    builds: builds.map(({ name, source, context, target, args, tags }) => ({
      name,
      source,
      ...(context !== undefined && { context }),
      ...(target !== undefined && { target }),
      args: Object.fromEntries(args),
      tags,
    })),
    secrets: describeSecrets(model),
    needsBuildKit: unique(model.instructions.flatMap(needsBuildKit)),
    mountsContext: model.instructions.some(mountsContext),
  };
}

function describeStage(model: Model, stage: Stage): DescribedStage {
  const use = model.images.find(({ instruction, via }) => via === 'from' && instruction === stage.from);
  return {
    index: stage.index,
    ...(stage.name && { name: stage.name.value }),
    target: stage.name?.value ?? String(stage.index),
    isFinal: stage.isFinal,
    ...(use?.resolved !== undefined && { baseImage: use.resolved }),
    ...(stage.parent && { parent: stage.parent.index }),
    from: stage.from?.index ?? 0,
    exposes: stage.instructions
      .filter(({ keyword }) => keyword === 'EXPOSE')
      .flatMap(({ words }) => words.map(({ value }) => value)),
  };
}

function describeArgs(model: Model): DescribedArg[] {
  const args = new Map<string, DescribedArg>();
  for (const instruction of model.file.instructions) {
    if (instruction.keyword !== 'ARG') continue;
    const stage = model.stageOf(instruction);
    for (const { key, value } of instruction.pairs) {
      const name = key.value;
      if (!/^[A-Za-z_]\w*$/.test(name) || predefinedVariables.has(name)) continue;
      const scope = stage?.from ? stage.index : undefined;
      args.set(`${scope ?? 'global'} ${name}`, {
        name,
        ...(value && { default: value.value }),
        ...(scope !== undefined && { stage: scope }),
      });
    }
  }
  return [...args.values()];
}

/** Ids that hold a variable are left out: what they are called is known in the build alone. */
function describeSecrets(model: Model): DescribedSecret[] {
  const secrets = new Map<string, DescribedSecret>();
  for (const instruction of model.instructions) {
    if (instruction.keyword !== 'RUN') continue;
    for (const mount of mountsOf(instruction)) {
      const kind = mountTypeOf(mount);
      if (kind !== 'secret' && kind !== 'ssh') continue;
      const target = mountValue(mount, 'target')?.split('/').at(-1);
      const id = mountValue(mount, 'id') ?? (kind === 'ssh' ? 'default' : target);
      if (id === undefined || id === '' || id.includes('$')) continue;
      const wanted = mountOption(mount, 'required');
      const isRequired = wanted !== undefined && !/^(?:false|0|f)$/i.test(wanted.value ?? '');
      const required = isRequired || (secrets.get(`${kind} ${id}`)?.required ?? false);
      secrets.set(`${kind} ${id}`, { kind, id, required });
    }
  }
  return [...secrets.values()];
}

function mountsContext(instruction: Instruction): boolean {
  if (instruction.keyword !== 'RUN') return false;
  return mountsOf(instruction).some(
    (mount) => mountTypeOf(mount) === 'bind' && mountValue(mount, 'from') === undefined,
  );
}

function installsOf(model: Model, instruction: Instruction): string[] {
  return unique(
    model.installs
      .filter(({ command }) => command.instruction === instruction)
      .map(({ manager }) => manager.name),
  );
}

/** As builders print an instruction: the keyword in capitals, the rest as joined. */
function oneLine({ keyword, keywordSpan, line, span }: Instruction): string {
  const length = keywordSpan.end - keywordSpan.start;
  const start = Math.max(
    0,
    (line.segments[0]?.document ?? span.start) === span.start
      ? 0
      : line.text.length - line.text.trimStart().length,
  );
  return keyword + line.text.slice(start + length).trimEnd();
}

function trimEnd({ text }: TextFile, { start, end }: Span): Span {
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return { start, end };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
