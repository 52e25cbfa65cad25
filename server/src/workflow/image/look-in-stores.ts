// Asks the engines of this machine whether they have an image.
import type { StoredImage } from '../build/stored-image';
import type { ImageName } from '../checked-arguments';
import { findEngines } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import type { CancelSignal, Outcome } from '../run';
import type { Engine, FoundTool, Machine } from '../tool';
import { engineNamed, engines } from '../tool-list';

export interface StoreSearch {
  readonly machine: Machine;
  readonly paths: ToolPaths;
  /** Absolute path of the folder in which the programs are asked. */
  readonly scratch: string;
  readonly signal?: CancelSignal | undefined;
}

/** The answer of one engine. */
export interface StoreAnswer {
  readonly engine: Engine;
  readonly program: FoundTool;
  readonly outcome: Outcome<StoredImage>;
}

/** Each engine that is installed, those that are ready first, asked when the next answer is wanted. */
export async function* lookInStores(name: ImageName, search: StoreSearch): AsyncGenerator<StoreAnswer> {
  const { machine, paths, scratch, signal } = search;
  for (const program of await findEngines(engines, paths, machine, scratch)) {
    const engine = engineNamed(program.id);
    if (!engine) continue;
    const outcome: Outcome<StoredImage> =
      program.trouble ??
      (await machine.runner.run(engine.commands.inspect(program, name), {
        folder: scratch,
        ...(signal ? { signal } : {}),
      }));
    yield { engine, program, outcome };
  }
}
