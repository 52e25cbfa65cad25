// Which yarn a stage runs: yarn 1 and the later ones have other options and keep their caches in other places.
import type { Model } from '../../model/model';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import type { ContextFacts } from '../context/context-sources';

/** `perhaps`: nothing hints at a later one than yarn 1. `unknown`: something does, but does not say which. */
type YarnVersion = 'classic' | 'perhaps' | 'modern' | 'unknown';

/** The yarn that the RUNs of a stage use. @param context undefined if it is not known */
export function yarnVersion(
  model: Model,
  context: ContextFacts | undefined,
  instruction: Instruction,
): YarnVersion {
  const named = namedByFile(model);
  if (named) return named;
  const lock = context?.textOf?.('yarn.lock');
  if (lock !== undefined) return /^__metadata:/m.test(lock) ? 'modern' : 'classic';
  if (context?.entries.includes('.yarnrc.yml')) return 'modern';
  const project = context?.textOf?.('package.json');
  const [, major] = /"packageManager"\s*:\s*"yarn@(\d+)/.exec(project ?? '') ?? [];
  if (major !== undefined) return major === '1' ? 'classic' : 'modern';
  const chain = new Set(model.stageOf(instruction)?.chain);
  const isManaged = model
    .commandsNamed('corepack')
    .some((command) => chain.has(model.stageOf(command.instruction) ?? chainless));
  if (isManaged) return 'unknown';
  return project === undefined ? 'perhaps' : 'classic';
}

const chainless = {} as never;

/** What options, a chosen version and copied files tell. */
const namedByFile = once((model: Model): 'classic' | 'modern' | undefined => {
  for (const copy of model.copies) {
    if (copy.sources.some(({ value }) => /(?:^|\/)\.yarn(?:rc\.yml|\/releases\b.*)?\/?$/.test(value)))
      return 'modern';
  }
  for (const command of model.commandsNamed('yarn', 'corepack', 'npm')) {
    const version = namedBy(command);
    if (version) return version;
  }
  return undefined;
});

function namedBy({ program, args }: Command): 'classic' | 'modern' | undefined {
  const words = args.map(({ value }) => value ?? '');
  if (program === 'yarn') {
    if (words.some((word) => /^--(?:immutable(?:-cache)?|inline-builds|mode=.*)$/.test(word)))
      return 'modern';
    if (/^(?:set|plugin|workspaces|dlx)$/.test(words[0] ?? '')) return 'modern';
    return words.some((word) => /^--(?:frozen-lockfile|pure-lockfile|cache-folder(?:=.*)?)$/.test(word)) ||
      words[0] === 'global'
      ? 'classic'
      : undefined;
  }
  if (words.some((word) => word.startsWith('@yarnpkg/cli-dist@'))) return 'modern';
  const given = words.find((word) => /^yarn@(?:[\d^~]|stable|berry|classic|latest)/.test(word));
  if (given === undefined) return undefined;
  return /^yarn@(?:[\^~]?1\b|classic)/.test(given) || (program === 'npm' && /latest/.test(given))
    ? 'classic'
    : 'modern';
}
