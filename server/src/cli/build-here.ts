// Builds an image for a command of the command line that needs one, with the engine at hand.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { thisMachine } from '../io/processes/machine';
import type { BuildDescription } from '../workflow/build-description';
import { explainFailure } from '../service/explain-failure';
import { runBuild } from '../workflow/build/run-build';
import { folderPath } from '../workflow/checked-arguments';
import type { ImageName } from '../workflow/checked-arguments';
import { troubleText } from '../workflow/outcome-text';
import type { Engine, Machine } from '../workflow/tool';
import { engines as allEngines } from '../workflow/tool-list';
import { english } from '../workflow/translate';
import { planBuild } from './build/build-image';
import { describeFile } from './described-file';
import type { Terminal } from './terminal';

export interface BuiltHere {
  readonly name: ImageName;
  readonly description: BuildDescription;
}

export interface HereOptions {
  /** Without it a name made from the folder's. */
  readonly tag?: ImageName;
  readonly machine?: Machine;
  /** In the order of preference. */
  readonly engines?: readonly Engine[];
  /** For the engine, as they are. */
  readonly moreArguments?: readonly string[];
  /** What the user calls the file, if not by its path. */
  readonly shown?: string;
}

/**
 * What the builder prints goes to standard error.
 * @param folder the build context
 * @param file the Dockerfile; without it that of the folder
 * @returns `problem`: without a full stop
 */
export async function buildHere(
  folder: string,
  file: string | undefined,
  terminal: Pick<Terminal, 'note'>,
  { tag, machine = thisMachine(), engines = allEngines, moreArguments = [], shown }: HereOptions = {},
): Promise<BuiltHere | { readonly problem: string }> {
  const context = folderPath(resolve(folder));
  if (context === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return { problem: `${folder} is not a folder` };
  const found =
    file ??
    ['Dockerfile', 'Containerfile'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) return { problem: `there is no Dockerfile in ${folder}. Name one with --file` };
  const described = describeFile(found);
  if ('problem' in described) return described;
  const saved = tag === undefined ? {} : { tag };
  const plan = await planBuild(
    { file: found, context, saved, moreArguments, engines },
    described.description,
    machine,
  );
  if ('problem' in plan) return plan;
  const { outcome } = await runBuild(plan, machine, {
    print: (text) => terminal.note(text),
    now: () => performance.now(),
    t: english,
  });
  if (outcome.kind !== 'done')
    return {
      problem: `${plan.engine.title} could not build ${shown ?? found}: ${troubleText(outcome, english)}`,
    };
  if (outcome.value.kind === 'stopped') {
    const { message } = explainFailure(outcome.value.failure, described.text);
    return { problem: `building ${shown ?? found} failed: ${message}` };
  }
  return { name: plan.choice.tag, description: described.description };
}
