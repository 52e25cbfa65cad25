// `drydock clean`: removes the images that a build left under a name, and the cache of the builder. Shows both first.
import { existsSync } from 'node:fs';
import { cwd } from 'node:process';
import { thisMachine } from '../../io/processes/machine';
import { sizeText } from '../../workflow/build/stored-image';
import { durationText, imageName } from '../../workflow/checked-arguments';
import type { DurationText, ImageName } from '../../workflow/checked-arguments';
import { findEngines } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import { cacheUseRun, findImages, pruneCacheRun, removeRun } from '../../workflow/release/clean-up';
import type { CacheUse, Doomed } from '../../workflow/release/clean-up';
import type { FoundTool, Machine } from '../../workflow/tool';
import { chosen, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { suggestedName } from '../build/build-image';
import type { Ending } from '../command';
import { describeFile } from '../described-file';
import { table } from '../help-text';
import { describeOptions, readOptions } from '../options';
import { outletOptions } from '../release/find-outlet';
import type { Terminal } from '../terminal';

const options = {
  'builder-cache': {
    type: 'boolean',
    form: '--builder-cache',
    does: 'also what the builder of buildx keeps to be faster',
  },
  until: {
    type: 'string',
    form: '--until TIME',
    does: 'of the cache only what nobody needed for so long\n(default: 48h)',
    default: '48h',
  },
  engine: { ...outletOptions.engine, does: 'the engine to clean (default: every one)' },
  yes: { type: 'boolean', form: '--yes', does: 'do not ask' },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'remove nothing; show what would go' },
} as const;

const usage = `Usage: drydock clean [IMAGE...] [options]

Removes images by their names: by default the one that drydock build makes of the Dockerfile in this
folder. Shows first what goes, and asks. An image that a container uses stays; one that has another
name as well loses only this one.

Options
${describeOptions(options)}
Exit status: 0 it is gone, or was not there; 2 something could not be removed, or nobody agreed.
`;

interface Cache {
  readonly found: FoundTool;
  readonly use: CacheUse;
  readonly until: DurationText;
}

export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const until = durationText(values.until);
  if (until === undefined) return { wrong: '--until needs a time such as 48h or 90m' };
  const wrong = given.words.find((word) => imageName(word) === undefined);
  if (wrong !== undefined) return { wrong: `${wrong} is not the name of an image` };
  const named = given.words.map(imageName).filter((one) => one !== undefined);
  const names = named.length > 0 ? named : await namesHere(values['builder-cache'], terminal);
  if (!names) return 'nothing';

  const found = await findEngines(chosen(engines, values.engine), {}, machine, cwd());
  const images = await imagesNamed(names, found, machine, terminal);
  const cache = values['builder-cache'] ? await findCache(found, until, machine, terminal) : undefined;
  if (!images || cache === 'undone') return 'undone';
  if (images.length === 0 && !cache) {
    terminal.print(`Nothing to remove: no engine has ${names.join(', ')}\n`);
    return 'clean';
  }
  terminal.print(describe(images, cache));
  if (values['dry-run']) return 'clean';
  if (!values.yes && !(await agreed(terminal))) return 'open';
  return remove(images, cache, machine, terminal);
}

/** @returns undefined after saying that there is none */
async function namesHere(mayBeNone: boolean, terminal: Terminal): Promise<ImageName[] | undefined> {
  const file = ['Dockerfile', 'Containerfile'].find((name) => existsSync(name));
  if (file === undefined) {
    if (mayBeNone) return [];
    terminal.complain('there is no Dockerfile here. Name an image: drydock clean NAME:TAG');
    return undefined;
  }
  const described = describeFile(file);
  if ('problem' in described) {
    terminal.complain(described.problem);
    return undefined;
  }
  const name = await suggestedName(file, described.description);
  return name === undefined ? [] : [name];
}

/** @returns undefined after saying why an engine cannot be asked */
async function imagesNamed(
  names: readonly ImageName[],
  found: readonly FoundTool[],
  { runner }: Machine,
  terminal: Terminal,
): Promise<readonly Doomed[] | undefined> {
  for (const { id, trouble } of found)
    if (trouble) terminal.note(`${id} is left out: ${troubleText(trouble, english)}\n`);
  if (found.every(({ trouble }) => trouble)) {
    terminal.complain('no engine is here that works now: see drydock doctor');
    return undefined;
  }
  const looked = await findImages(names, found, runner, cwd());
  if (!('trouble' in looked)) return looked.images;
  const { engine, name, trouble } = looked;
  terminal.complain(`${engine.title} does not say whether it has ${name}: ${troubleText(trouble, english)}`);
  return undefined;
}

/** @returns `undone` after saying why the cache cannot be asked */
async function findCache(
  found: readonly FoundTool[],
  until: DurationText,
  { runner }: Machine,
  terminal: Terminal,
): Promise<Cache | 'undone'> {
  const buildx = found.find(({ way, trouble }) => way === 'buildx' && !trouble);
  if (!buildx) {
    terminal.complain('--builder-cache needs docker with buildx: other builders keep their cache as images');
    return 'undone';
  }
  const looked = await runner.run(cacheUseRun(buildx), { folder: cwd() });
  if (looked.kind === 'done') return { found: buildx, use: looked.value, until };
  terminal.complain(`the cache of the builder cannot be read: ${troubleText(looked, english)}`);
  return 'undone';
}

function describe(images: readonly Doomed[], cache: Cache | undefined): string {
  const rows = images.map(({ found, name, image }): [string, string] => [
    name,
    `${image.id.slice(0, 12)}  ${image.bytes === undefined ? '' : `${sizeText(image.bytes)} `}in ${found.id}`,
  ]);
  const lines = cache
    ? `  of the builder's cache (${cache.use.total}, ${cache.use.reclaimable} of it not in use) what nobody needed for ${cache.until}\n`
    : '';
  return `This goes:\n${rows.length > 0 ? table(rows) : ''}${lines}`;
}

async function agreed(terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask('Remove this? [y/N]');
  if (answer === undefined) terminal.complain('nobody is here to agree. Nothing was removed: give --yes');
  else if (/^y(?:es)?$/i.test(answer)) return true;
  else terminal.note('Nothing was removed\n');
  return false;
}

async function remove(
  images: readonly Doomed[],
  cache: Cache | undefined,
  { runner }: Machine,
  terminal: Terminal,
): Promise<Ending> {
  let ending: Ending = 'clean';
  for (const { found, name } of images) {
    const outcome = await runner.run(removeRun(found, name), { folder: cwd() });
    if (outcome.kind === 'done') terminal.print(`${name} is gone from ${found.id}\n`);
    else {
      terminal.complain(`${name} stays in ${found.id}: ${troubleText(outcome, english)}`);
      ending = 'undone';
    }
  }
  if (!cache) return ending;
  const outcome = await runner.run(pruneCacheRun(cache.found, cache.until), { folder: cwd() });
  const after = await runner.run(cacheUseRun(cache.found), { folder: cwd() });
  if (outcome.kind === 'done') {
    const now = after.kind === 'done' ? `: ${after.value.total} now, ${cache.use.total} before` : '';
    terminal.print(`The builder's cache is cleaned${now}\n`);
    return ending;
  }
  terminal.complain(`the builder's cache could not be cleaned: ${troubleText(outcome, english)}`);
  return 'undone';
}

export const clean = {
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal) => run(words, terminal),
};
