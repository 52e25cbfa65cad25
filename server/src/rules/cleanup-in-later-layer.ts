import { appendToScript, defineRule, deletedPaths, empties, isBelow, mountedAway } from '../core/lint/rule';
import type { Command, Fix, Instruction, Model, Stage } from '../core/lint/rule';

/**
 * Each instruction adds a layer on top of the last. What a later `RUN` deletes is hidden, but its bytes are
 * pulled all the same. It has to go in the step that brought it.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN «rm -rf /var/lib/apt/lists/*»
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * COPY dist.tar.gz /tmp/
 * RUN tar -xzf /tmp/dist.tar.gz -C / && «rm /tmp/dist.tar.gz»
 * ```
 * There the file can be brought in by `RUN --mount=type=bind`, or unpacked by `ADD`, without ever being in a layer.
 *
 * In a stage that is only copied from, nobody pulls the layers; and a step may clean up behind itself:
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN rm -rf /var/lib/apt/lists/*
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN curl -o /tmp/x https://example.com/x && rm /tmp/x
 * RUN rm -rf /usr/share/doc
 * COPY --from=build /bin/true /bin/true
 * ```
 *
 * @skip onbuild the layers are those of the later build
 */
export default defineRule({
  id: 'cleanup-in-later-layer',
  summary: 'Something is deleted in a later layer than it was written in',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const stage of model.stages) {
      if (!stage.reachesImage) continue;
      for (const run of stage.instructions) {
        if (run.keyword !== 'RUN') continue;
        for (const command of model.commandsOf(run)) {
          const source = sourceOf(model, stage, command);
          if (!source) continue;
          yield {
            at: command.span,
            message: `The bytes are in the layer of the ${source.instruction.keyword} in line ${model.document.lineAt(source.instruction.span.start) + 1} and stay there`,
            related: [{ at: source.instruction.keywordSpan, message: 'What is deleted comes from here' }],
            fix: source.movable ? moveFix(model, run, command, source.instruction) : undefined,
          };
        }
      }
    }
  },
});

interface Source {
  readonly instruction: Instruction;
  /** It is a RUN, so that the removal can go into it. */
  readonly movable: boolean;
}

/** The earlier step that wrote what a command deletes. */
function sourceOf(model: Model, stage: Stage, command: Command): Source | undefined {
  if (command.nesting.length > 0 || command.before === '||') return undefined;
  const before = [...stage.chain]
    .reverse()
    .flatMap(({ instructions }) => instructions)
    .filter(({ index }) => index < command.instruction.index);
  for (const path of deletedPaths(command)) {
    if (isBelow(path, mountedAway(command.instruction)) || !path.startsWith('/')) continue;
    const lists = path === '/var/lib/apt/lists' || path === '/var/lib/apt';
    const writer = [...before]
      .reverse()
      .find((instruction) => (lists ? fetchesLists(model, instruction) : writes(model, instruction, path)));
    if (!writer) continue;
    // The same step may have written it anew, and then deletes its own.
    const own = model.commandsOf(command.instruction);
    if (
      lists
        ? fetchesLists(model, command.instruction)
        : own.some((other) => other !== command && writesFile(other, path))
    )
      continue;
    return { instruction: writer, movable: writer.keyword === 'RUN' };
  }
  return undefined;
}

const aptLists = '/var/lib/apt/lists';

function fetchesLists(model: Model, instruction: Instruction): boolean {
  if (instruction.keyword !== 'RUN' || isBelow(aptLists, mountedAway(instruction))) return false;
  const commands = model.commandsOf(instruction);
  const update = model.packageCommands.find(
    ({ command, manager, action }) =>
      command.instruction === instruction && manager.family === 'apt' && action === 'update',
  );
  return update !== undefined && !empties(commands.slice(commands.indexOf(update.command) + 1), aptLists);
}

/** Whether an instruction leaves exactly this file or folder in its layer. */
function writes(model: Model, instruction: Instruction, path: string): boolean {
  if (instruction.keyword === 'COPY' || (instruction.keyword === 'ADD' && !/\.(?:tar|t[gbx]z)/.test(path))) {
    const values = instruction.json?.map(({ value }) => value) ?? instruction.words.map(({ value }) => value);
    const destination = values.at(-1) ?? '';
    if (destination.replace(/\/+$/, '') === path) return true;
    return (
      destination.endsWith('/') &&
      values
        .slice(0, -1)
        .some(
          (source) =>
            !source.includes('*') &&
            destination +
              source.slice(source.replace(/\/+$/, '').lastIndexOf('/') + 1).replace(/\/+$/, '') ===
              path,
        )
    );
  }
  if (instruction.keyword !== 'RUN') return false;
  const commands = model.commandsOf(instruction);
  const writer = commands.findIndex((command) => writesFile(command, path));
  return (
    writer >= 0 && !empties(commands.slice(writer + 1), path) && !isBelow(path, mountedAway(instruction))
  );
}

/** Downloads to this very path. */
function writesFile({ program, args, redirects }: Command, path: string): boolean {
  if (redirects.some(({ operator, target }) => /^1?>>?$/.test(operator) && target?.value === path))
    return true;
  if (program !== 'curl' && program !== 'wget') return false;
  return args.some(
    ({ value }, at) =>
      (value === path && /^(?:-\w*[oO]|--output|--output-document)$/.test(args[at - 1]?.value ?? '')) ||
      value === `--output=${path}` ||
      value === `--output-document=${path}`,
  );
}

/** Only where the later RUN does nothing else, and nothing between needs what is deleted. */
function moveFix(model: Model, run: Instruction, command: Command, source: Instruction): Fix | undefined {
  const [script, ...more] = model.scriptsOf(source);
  const between = model.instructions.some(
    ({ index, keyword }) =>
      index > source.index && index < run.index && /^(?:RUN|COPY|ADD|FROM)$/.test(keyword),
  );
  if (
    model.commandsOf(run).length > 1 ||
    run.comments.length > 0 ||
    run.heredocs.length > 0 ||
    run.flags.length > 0 ||
    between
  )
    return undefined;
  if (!script?.valid || more.length > 0 || command.redirects.length > 0 || command.wrappers.length > 0)
    return undefined;
  const text = model.document.slice(command.span);
  const edit = /\n/.test(text) ? undefined : appendToScript(model, script, text);
  return (
    edit && {
      title: 'Delete it in the step that writes it',
      edits: [edit, model.document.removeLines(run.span)],
    }
  );
}
