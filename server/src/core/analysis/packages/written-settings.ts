// Finds out from where on a stage has a setting of a package manager that a file holds: the stage writes that file
// itself, or copies one whose text is not known here.
import { readers, textWriters } from '../../knowledge/programs/build-steps';
import type { Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

export interface WrittenSetting {
  /** Paths of the files that hold it. */
  readonly files: RegExp;
  /** Folders that hold such files. */
  readonly folders: RegExp;
  /** Text that makes the setting. */
  readonly sets: RegExp;
  /** What stands in a text that names such a file or makes the setting. */
  readonly hint: RegExp;
  /** Whether a RUN makes the setting only if its text does so, whatever files it changes. */
  readonly byTextAlone?: boolean;
  /** Whether a command makes the setting itself. */
  readonly by?: (command: Command) => boolean;
}

/** pip keeps no cache. https://pip.pypa.io/en/stable/topics/configuration/ */
export const pipKeepsNothing: WrittenSetting = {
  files: /(?:^|\/)pip\.(?:conf|ini)$/,
  folders: /\/\.?pip$/,
  sets: /no[-_]cache[-_]dir["']?[ \t]*(?:=[ \t]*)?["']?(?:1|true|yes|on)\b/i,
  hint: /pip\.(?:conf|ini)|no[-_]cache[-_]dir/i,
  by: ({ program, args }) => {
    const words = args.flatMap(({ value }) => (value?.startsWith('-') ? [] : [value ?? '']));
    return (
      /^(?:pip[\d.]*|python[\d.]*)$/.test(program) &&
      words.some(
        (word, at) =>
          word === 'config' &&
          words[at + 1] === 'set' &&
          /\.no-cache-dir$/.test(words[at + 2] ?? '') &&
          /^(?:1|true|yes|on)$/i.test(words[at + 3] ?? ''),
      )
    );
  },
};

/** apt installs no recommended packages. apt.conf(5) */
export const aptRecommendsNothing: WrittenSetting = {
  files: /^\/etc\/apt\/apt\.conf(?:\.d\/|$)/,
  folders: /^\/etc\/apt(?:\/apt\.conf\.d)?$/,
  sets: /Install-Recommends[ \t]*(?:=[ \t]*)?[\\"']*(?:false|0|no|off)\b/i,
  hint: /apt\.conf|Install-Recommends/i,
};

/** apt keeps what it downloads: the hook of the Debian and Ubuntu images that deletes it is gone, or apt.conf(5) says so. */
export const aptKeepsDownloads: WrittenSetting = {
  files: /^\/etc\/apt\/apt\.conf\.d\/docker-clean$/,
  folders: /^$/,
  sets: /Keep-Downloaded-Packages[ \t]*(?:=[ \t]*)?[\\"']*(?:true|1|yes|on)\b/i,
  hint: /docker-clean|Keep-Downloaded-Packages/i,
  by: ({ program, args }) => program === 'rm' && args.some(({ suffix }) => suffix.endsWith('/docker-clean')),
};

/** apt takes its packages from an archive of one day. */
export const aptSourcesOfOneDay: WrittenSetting = {
  files: /^\/etc\/apt\/sources\.list(?:\.d\/|$)/,
  folders: /^\/etc\/apt(?:\/sources\.list\.d)?$/,
  sets: /\bsnapshot(?:-cloudflare)?\.(?:debian|ubuntu)\./,
  hint: /snapshot/,
  byTextAlone: true,
};

const known = new WeakMap<WrittenSetting, (model: Model) => ReadonlyMap<Stage | undefined, number>>();

/** Whether a command or a step before it in the stage or its parents makes the setting, or may make it. */
export function isSetBefore(model: Model, setting: WrittenSetting, instruction: Instruction): boolean {
  let first = known.get(setting);
  if (!first) known.set(setting, (first = once((one) => firstIn(one, setting))));
  const found = first(model);
  if (found.size === 0) return false;
  const stage = model.stageOf(instruction);
  return (stage ? stage.chain : [undefined]).some((one) => (found.get(one) ?? Infinity) <= instruction.index);
}

/** By stage, the index of the first instruction that makes the setting. */
function firstIn(model: Model, setting: WrittenSetting): ReadonlyMap<Stage | undefined, number> {
  const first = new Map<Stage | undefined, number>();
  for (const instruction of model.instructionsOf('RUN', 'COPY', 'ADD')) {
    const stage = model.stageOf(instruction);
    if (first.has(stage)) continue;
    const sets =
      instruction.keyword === 'RUN'
        ? setting.hint.test(model.document.slice(instruction.span)) && isMade(model, setting, instruction)
        : isCopied(model, setting, instruction);
    if (sets) first.set(stage, instruction.index);
  }
  return first;
}

function isCopied(model: Model, { files, folders, sets }: WrittenSetting, instruction: Instruction): boolean {
  const copy = model.copyOf(instruction);
  if (!copy) return false;
  const { path = '' } = copy.destination;
  return copy.sources.some((source) => {
    const isFile = files.test(source.target ?? path);
    if (source.kind === 'heredoc') return isFile && sets.test(model.document.slice(source.heredoc.body));
    // The file is not known here, so it may make the setting.
    return isFile || folders.test(path);
  });
}

function isMade(
  model: Model,
  { files, sets, by, byTextAlone = false }: WrittenSetting,
  instruction: Instruction,
): boolean {
  const setsIt = sets.test(model.document.slice(instruction.span));
  if (byTextAlone) return setsIt;
  return model.commandsOf(instruction).some((command) => {
    const { program, args, redirects } = command;
    if (by?.(command)) return true;
    if (textWriters.has(program) && program !== 'sed')
      return setsIt && (redirects.length > 0 || program === 'tee' || command.pipeline !== undefined);
    if (readers.has(program)) return false;
    return (
      args.some(({ value }) => files.test(value ?? '')) ||
      redirects.some(({ target }) => files.test(target?.value ?? ''))
    );
  });
}
