// Remembers builds in this workspace, by file.
import type * as vscode from 'vscode';
import type { BuildChoice } from '../../../server/src/workflow/build/build-run';
import { mergeTimes, readTimes } from '../../../server/src/workflow/build/build-progress';
import type { StepTime } from '../../../server/src/workflow/build/build-progress';
import { readBuiltImage } from '../../../server/src/workflow/build/built-image';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { readSavedChoice } from '../../../server/src/workflow/build/choices';
import type { SavedChoice } from '../../../server/src/workflow/build/choices';
import { nextCosts, readCosts } from '../../../server/src/workflow/image/step-costs';
import type { BuildCosts, KnownCosts } from '../../../server/src/workflow/image/step-costs';

export class BuildMemory {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  hasChoice(uri: vscode.Uri): boolean {
    return this.#memory.get(choiceKey(uri)) !== undefined;
  }

  /** What was chosen last for the file; empty when nothing was. */
  choice(uri: vscode.Uri): SavedChoice {
    return readSavedChoice(this.#memory.get(choiceKey(uri)));
  }

  async rememberChoice(uri: vscode.Uri, { dockerfile: _, ...choice }: BuildChoice): Promise<void> {
    await this.#memory.update(choiceKey(uri), choice);
  }

  image(uri: vscode.Uri): BuiltImage | undefined {
    return readBuiltImage(this.#memory.get(imageKey(uri)));
  }

  /** @param image undefined: the last build left none */
  async rememberImage(uri: vscode.Uri, image: BuiltImage | undefined): Promise<void> {
    await this.#memory.update(imageKey(uri), image);
  }

  /** How long the instructions took in the last build that ran any. */
  times(uri: vscode.Uri): readonly StepTime[] {
    return readTimes(this.#memory.get(timesKey(uri)));
  }

  async rememberTimes(uri: vscode.Uri, times: readonly StepTime[]): Promise<void> {
    if (times.length === 0) return;
    await this.#memory.update(timesKey(uri), mergeTimes(this.times(uri), times));
  }

  /** What the instructions cost in the last two builds that left different images. */
  costs(uri: vscode.Uri): KnownCosts | undefined {
    return readCosts(this.#memory.get(costsKey(uri)));
  }

  async rememberCosts(uri: vscode.Uri, costs: BuildCosts): Promise<void> {
    await this.#memory.update(costsKey(uri), nextCosts(this.costs(uri), costs));
  }
}

function choiceKey(uri: vscode.Uri): string {
  return `build:${uri.toString()}`;
}

function imageKey(uri: vscode.Uri): string {
  return `image:${uri.toString()}`;
}

function costsKey(uri: vscode.Uri): string {
  return `costs:${uri.toString()}`;
}

function timesKey(uri: vscode.Uri): string {
  return `times:${uri.toString()}`;
}
