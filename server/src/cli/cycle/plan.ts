// What a cycle is to do: the words of the command line, then the section `cycle` of the configuration, then what the
// Dockerfile and its folder say.
import { basename, dirname, resolve } from 'node:path';
import { baselineAt } from '../../io/images/size-baseline';
import { findSection } from '../../io/surroundings/command-section';
import { filePath } from '../../workflow/checked-arguments';
import type { FolderPath } from '../../workflow/checked-arguments';
import { cycleSection } from '../../workflow/cycle/cycle-section';
import { findEngines } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import type { Outlet } from '../../workflow/release/compare-targets';
import { readSection } from '../../workflow/section';
import { chosen, engineNamed, engines } from '../../workflow/tool-list';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import { contextOf } from '../build/build-image';
import { describeFile } from '../described-file';
import { listed } from '../../core/text/listed';
import { digestOf } from '../release/find-outlet';
import { checkedFile, policyFor } from '../scan/policy-words';
import { completePlan, cycleGate } from '../../workflow/cycle/cycle-plan';
import { findRegistryTool } from '../../workflow/release/find-signer';
import type { CyclePlan } from '../../workflow/cycle/steps';

export interface CycleWords {
  readonly config: string | undefined;
  readonly version: string | undefined;
  readonly repository: readonly string[];
  readonly engine: string | undefined;
  readonly scanner: string | undefined;
  readonly insecure: boolean;
  readonly today: string;
}

export interface PlannedCycle {
  readonly plan: CyclePlan;
  readonly outlet: Outlet;
  /** The text of the Dockerfile. */
  readonly source: string;
}

type Problem = { readonly problem: string };

export async function planCycle(
  word: string | undefined,
  words: CycleWords,
  machine: Machine,
  signal: AbortSignal,
): Promise<PlannedCycle | Problem> {
  const start = word === undefined ? process.cwd() : dirname(resolve(word));
  const section = findSection('cycle', start, words.config);
  if (section && 'problem' in section) return { problem: `${section.path}: ${section.problem}` };
  const { values, problems } = readSection('cycle', section?.value, cycleSection);
  if (section && problems.length > 0) return { problem: `${section.path}: ${problems.join(' ')}` };
  const home = section === undefined ? process.cwd() : dirname(resolve(section.path));
  const fileName = word ?? (values.file === undefined ? 'Dockerfile' : resolve(home, values.file));
  const dockerfile = filePath(resolve(fileName));
  const described = describeFile(fileName);
  if ('problem' in described) return described;
  const { description, text: source } = described;
  const named = values.context === undefined ? undefined : resolve(home, values.context);
  const context = await contextOf({ file: fileName, context: named }, description);
  if (dockerfile === undefined || context === undefined)
    return { problem: `${fileName} has no folder to build in` };
  const gate = gateFor(words.config, dirname(dockerfile));
  if ('problem' in gate) return gate;
  const key = values.signKey === undefined ? undefined : checkedFile(resolve(home, values.signKey));
  if (typeof key === 'object') return key;
  const signingConfig =
    values.signingConfig === undefined ? undefined : checkedFile(resolve(home, values.signingConfig));
  if (typeof signingConfig === 'object') return signingConfig;
  const sbom = values.sbom === undefined ? undefined : filePath(resolve(home, values.sbom));
  if (values.sbom !== undefined && sbom === undefined)
    return { problem: `cycle.sbom cannot be ${values.sbom}` };
  const baseline =
    values.sizeBaseline === undefined ? undefined : baselineAt(resolve(home, values.sizeBaseline));
  const outlet = await outletFor(words, context, machine, signal);
  if ('problem' in outlet) return outlet;
  const names = { fileName: basename(dockerfile), projectName: basename(context) };
  const plan = completePlan(
    values,
    { fileName, dockerfile, context, names, description },
    {
      version: words.version,
      repositories: words.repository,
      scanner: words.scanner,
      today: words.today,
      policy: gate.policy,
      key,
      signingConfig,
      baseline,
      sbom,
    },
  );
  return 'problem' in plan ? plan : { outlet, plan, source };
}

function gateFor(config: string | undefined, folder: string): ReturnType<typeof policyFor> {
  const none = { 'fail-on': undefined, 'ignore-unfixed': false, 'ignore-file': undefined, config };
  const found = policyFor(none, undefined, folder);
  return 'problem' in found ? found : { ...found, policy: cycleGate(found.policy, found.hasGate) };
}

async function outletFor(
  { engine: wish, insecure }: CycleWords,
  folder: FolderPath,
  machine: Machine,
  signal: AbortSignal,
): Promise<Outlet | Problem> {
  const wanted = chosen(
    engines.filter(({ commands }) => commands.store),
    wish,
  );
  const [found] = await findEngines(wanted, {}, machine, folder);
  const engine = found && engineNamed(found.id);
  const store = engine?.commands.store;
  if (!found || !engine || !store)
    return {
      problem: `no engine is here: install ${listed(wanted.map(({ title }) => title))}, or see drydock doctor`,
    };
  if (found.trouble)
    return { problem: `${engine.title} cannot build now: ${troubleText(found.trouble, english)}` };
  const registry = await findRegistryTool({}, machine);
  return { engine, store, found, registry, runner: machine.runner, folder, insecure, digestOf, signal };
}
