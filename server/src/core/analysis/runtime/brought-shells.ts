// The steps that may bring a shell to an image without one.
import type { Copy, Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { baseName } from '../../text/paths';
import { finalInstruction } from './what-runs';

/** Sources and destination of a COPY or ADD, none for other instructions. */
export function wordsOfCopy(model: Model, instruction: Instruction): readonly { readonly value: string }[] {
  const copy = instruction.trigger ? undefined : model.copyOf(instruction);
  return copy ? [...copy.sources, copy.destination] : [];
}

/** Whether an exec form starts the usual shell by its name: `["/bin/sh", "-c", …]`. */
export function startsShell({ json }: Instruction): boolean {
  return /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(json?.[0]?.value ?? '');
}

/** Steps that may bring a shell: whole file systems, programs of that name, folders of programs. */
export function mayBringShell(model: Model, instruction: Instruction): boolean {
  if (instruction.keyword === 'RUN' && instruction.json) return !startsShell(instruction);
  const copy = instruction.trigger ? undefined : model.copyOf(instruction);
  if (!copy || bringsOnlyScripts(copy)) return false;
  const { path } = copy.destination;
  if (bringsStarted(model, copy)) return false;
  const values = wordsOfCopy(model, instruction).map(({ value }) => value);
  return (
    path === undefined ||
    /^\/(?:(?:usr\/)?s?bin|usr|busybox)?$/.test(path) ||
    values.some((value) => /(?:^|\/)(?:ba|da|a|z)?sh$|busybox|rootfs|\/bin\/?$/.test(value)) ||
    (copy.keyword === 'ADD' && values.some((value) => /\.(?:tar|t[gbx]z|gz|xz|bz2)/.test(value)))
  );
}

/** Endings of scripts, of programs that another one runs, and of files that are not programs. */
const standsForItself =
  /[^/]\.(?:sh|bash|py|m?js|jar|war|dll|pyz|conf|cfg|ini|properties|xml|ya?ml|json|toml|txt|crt|pem)$/;

/** Whether a copy certainly brings scripts and settings alone, by their names. */
export function bringsOnlyScripts({ sources }: Copy): boolean {
  return sources.every(({ kind, value }) => /^(?:context|stage)$/.test(kind) && standsForItself.test(value));
}

/** Whether a copy to `/` brings programs alone that the stage starts by their names: `COPY app /` and `ENTRYPOINT ["/app"]`. */
export function bringsStarted(model: Model, { instruction, sources, destination }: Copy): boolean {
  if (destination.path !== '/') return false;
  const stage = model.stageOf(instruction);
  const started = new Set(
    ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
      const start = stage && finalInstruction(stage, keyword);
      return start ? model.commandsOf(start).map(({ program }) => program) : [];
    }),
  );
  return sources.every(
    ({ kind, glob, value }) => /^(?:context|stage)$/.test(kind) && !glob && started.has(baseName(value)),
  );
}
