// What a cycle is to do: the words of the command line, then the section `cycle` of the configuration, then what the
// Dockerfile and its folder say.
import { basename, dirname, resolve } from 'node:path';
import { findSection } from '../../io/surroundings/command-section';
import { completeChoice, readSavedChoice } from '../../workflow/build/choices';
import { filePath, repositoryName } from '../../workflow/checked-arguments';
import type { FolderPath } from '../../workflow/checked-arguments';
import { bytesOf, cycleSection } from '../../workflow/cycle/cycle-section';
import { findEngines } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import type { Outlet } from '../../workflow/release/compare-targets';
import { readSection } from '../../workflow/section';
import { chosen, engineNamed, engines } from '../../workflow/tool-list';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import { contextOf } from '../build/build-image';
import { describeFile } from '../described-file';
import { listed } from '../help-text';
import { digestOf, findRegistryTool } from '../release/find-outlet';
import { checkedFile, policyFor } from '../scan/policy-words';
import type { CyclePlan } from './steps';

export interface CycleWords {
  readonly config: string | undefined;
  readonly version: string | undefined;
  readonly repository: readonly string[];
  readonly engine: string | undefined;
  readonly scanner: string | undefined;
  readonly insecure: boolean;
  readonly today: string;
}

type Problem = { readonly problem: string };

export async function planCycle(
  word: string | undefined,
  words: CycleWords,
  machine: Machine,
  signal: AbortSignal,
): Promise<{ readonly plan: CyclePlan; readonly outlet: Outlet } | Problem> {
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
  const repositories = readRepositories(
    words.repository.length > 0 ? words.repository : (values.repositories ?? []),
  );
  if ('problem' in repositories) return repositories;
  const maximumSize = values.maximumSize === undefined ? undefined : bytesOf(values.maximumSize);
  if (values.maximumSize !== undefined && maximumSize === undefined)
    return { problem: `cycle.maximumSize must be a size such as 120 MB, not ${values.maximumSize}` };
  const gate = gateFor(words.config, dirname(dockerfile));
  if ('problem' in gate) return gate;
  const key = values.signKey === undefined ? undefined : checkedFile(resolve(home, values.signKey));
  if (typeof key === 'object') return key;
  const outlet = await outletFor(words, context, machine, signal);
  if ('problem' in outlet) return outlet;
  const saved = readSavedChoice({ target: values.target, buildArgs: values.buildArgs });
  if (
    values.target !== undefined &&
    !description.stages.some(({ target }) => target.toLowerCase() === values.target?.toLowerCase())
  )
    return { problem: `cycle.target: ${fileName} has no stage ${values.target}` };
  const names = { fileName: basename(dockerfile), projectName: basename(context) };
  return {
    outlet,
    plan: {
      fileName,
      description,
      source,
      choice: completeChoice({ dockerfile, context, ...names }, saved, description),
      repositories: repositories.repositories,
      version: words.version ?? values.version,
      tags: values.tags ?? [],
      maximumSize,
      policy: gate.policy,
      scanner: words.scanner,
      sign: key === undefined ? (values.keyless === true ? 'keyless' : undefined) : { key },
      today: words.today,
    },
  };
}

/** A cycle has a gate also where the project says nothing of it: high. */
function gateFor(config: string | undefined, folder: string): ReturnType<typeof policyFor> {
  const none = { 'fail-on': undefined, 'ignore-unfixed': false, 'ignore-file': undefined, config };
  const found = policyFor(none, undefined, folder);
  if ('problem' in found || found.hasGate) return found;
  return { ...found, policy: { ...found.policy, failOn: 'high' } };
}

function readRepositories(names: readonly string[]): Pick<CyclePlan, 'repositories'> | Problem {
  const wrong = names.find((name) => repositoryName(name) === undefined);
  if (wrong !== undefined)
    return { problem: `${wrong} is not the name of a repository, such as registry.example.com/team/app` };
  return { repositories: names.map(repositoryName).filter((one) => one !== undefined) };
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
  const registry = await findRegistryTool(machine);
  return { engine, store, found, registry, runner: machine.runner, folder, insecure, digestOf, signal };
}
