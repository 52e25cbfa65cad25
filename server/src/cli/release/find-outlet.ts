// Finds the engine that has an image, and the tool that can ask registries, on this machine.
import { createHash } from 'node:crypto';
import { findEngines } from '../../workflow/find-tools';
import { imageName } from '../../workflow/checked-arguments';
import type { ImageId, ImageName } from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import { findStored } from '../../workflow/release/compare-targets';
import type { Outlet } from '../../workflow/release/compare-targets';
import { findRegistryTool } from '../../workflow/release/find-signer';
import { chosen, engineNamed, engines } from '../../workflow/tool-list';
import type { FoundTool, Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Terminal } from '../terminal';

export interface OutletWish {
  /** Id of an engine; undefined: the first that has the image. */
  readonly engine: string | undefined;
  readonly insecure: boolean;
}

/** The options that every command about a stored image has. */
export const outletOptions = {
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine whose store has the image\n(default: the first that has it)',
    values: engines.filter(({ commands }) => commands.store).map(({ id }) => id),
  },
  insecure: {
    type: 'boolean',
    form: '--insecure',
    does: 'also talk to a registry without a certificate that\nthis machine trusts; one on this machine needs none',
  },
} as const;

/** The image that stands first among the words of a command, and what stands behind it. */
export function readImage(
  [word, ...others]: readonly string[],
  command: string,
): { readonly image: ImageName; readonly others: readonly string[] } | { readonly wrong: string } {
  if (word === undefined) return { wrong: `${command} needs an image` };
  const image = imageName(word);
  return image === undefined ? { wrong: `${word} is not the name of an image` } : { image, others };
}

/** @returns undefined after saying what is missing */
export async function findOutlet(
  image: ImageName | ImageId,
  wish: OutletWish,
  machine: Machine,
  folder: string,
  terminal: Terminal,
): Promise<Outlet | undefined> {
  const wanted = chosen(engines, wish.engine);
  const found = await findEngines(wanted, {}, machine, folder);
  const registry = await findRegistryTool({}, machine);
  const said: string[] = [];
  for (const one of found) {
    const outlet = outletOf(one, wish, machine, folder, registry);
    if (!outlet) continue;
    if (one.trouble) {
      said.push(`${one.id}: ${troubleText(one.trouble, english)}`);
      continue;
    }
    const looked = await findStored(image, outlet);
    if (looked.kind === 'done') return outlet;
    said.push(`${one.id}: ${troubleText(looked, english)}`);
  }
  const names = wanted.map(({ title }) => title).join(', ');
  if (found.length === 0)
    terminal.complain(
      `no engine is here that could have ${image}: install one of ${names}, or see drydock doctor`,
    );
  else
    terminal.complain(
      `no engine has an image ${image}. Build it first, or check the name\n${said.join('\n')}`,
    );
  return undefined;
}

function outletOf(
  found: FoundTool,
  { insecure }: OutletWish,
  { runner }: Machine,
  folder: string,
  registry: Outlet['registry'],
): Outlet | undefined {
  const engine = engineNamed(found.id);
  const store = engine?.commands.store;
  if (!engine || !store) return undefined;
  return { engine, store, found, registry, runner, folder, insecure, digestOf };
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
