// What signing, attaching and verifying share: the tool that signs, the image by its digest, and why it did not work.
import { partsOf } from '../checked-arguments';
import type { ImageReference } from '../checked-arguments';
import { findEngines, locateProgram } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import type { CancelSignal, Program, Runner, Trouble } from '../run';
import type { Machine, Signer } from '../tool';
import { chosen, engines, registryTools, signers } from '../tool-list';
import type { Translate } from '../translate';
import { isInsecure } from './compare-targets';
import type { Asker } from './compare-targets';
import { registryTroubleText } from './registry-problem';
import { resolveDigest, unresolvedText } from './resolve-digest';
import { signingTroubleText } from './signing';

export interface ReadySigner {
  readonly signer: Signer;
  readonly found: Program;
}

/** Undefined if no tool that signs is here. */
export async function findSigner(paths: ToolPaths, machine: Machine): Promise<ReadySigner | undefined> {
  for (const signer of signers) {
    const found = await locateProgram(signer, paths, machine);
    if (found) return { signer, found };
  }
  return undefined;
}

/** A sentence without a full stop. */
export function noSignerText(t: Translate): string {
  const [first] = signers;
  return t('no tool that signs is here. Install {0}: {1}', first?.title ?? '', first?.get ?? '');
}

/** The tool that asks registries best; undefined if none is here. */
export async function findRegistryTool(paths: ToolPaths, machine: Machine): Promise<Asker['registry']> {
  for (const tool of registryTools) {
    const found = await locateProgram(tool, paths, machine);
    if (found) return { tool, found };
  }
  return undefined;
}

export interface AskerOptions {
  readonly paths: ToolPaths;
  /** Where the programs start. */
  readonly folder: string;
  readonly insecure: boolean;
  readonly digestOf: Asker['digestOf'];
  readonly runner?: Runner;
  readonly signal?: CancelSignal;
}

/** Who can ask registries on this machine: a tool for them, else an engine that can. */
export async function findAsker(machine: Machine, { paths, ...options }: AskerOptions): Promise<Asker> {
  const registry = await findRegistryTool(paths, machine);
  const shared = { registry, runner: machine.runner, ...options };
  if (registry) return shared;
  const able = engines.filter(({ commands }) => commands.manifest);
  const [found] = await findEngines(able, paths, machine, options.folder);
  const [engine] = chosen(able, found?.id);
  return found && engine ? { ...shared, engine, found } : shared;
}

export type ByDigest =
  /** `asked`: the registry said which digest the tag stands for. */
  | { readonly image: ImageReference; readonly insecure: boolean; readonly asked: boolean }
  /** A sentence without a full stop. */
  | { readonly problem: string };

/** The image by its digest: a tag may stand for another one a moment later. */
export async function imageByDigest(image: ImageReference, asker: Asker, t: Translate): Promise<ByDigest> {
  const resolved = await resolveDigest(image, asker);
  if (resolved.kind === 'known') {
    const { image: known, asked } = resolved;
    return { image: known, insecure: isInsecure(known, asker), asked };
  }
  const program = asker.registry?.tool.id ?? asker.found?.id ?? '';
  return { problem: unresolvedText(image, resolved, program, t) };
}

/** @returns the second half of a sentence */
export function signerTroubleText(
  trouble: Trouble,
  image: ImageReference,
  { found }: ReadySigner,
  t: Translate,
): string {
  const { repository } = partsOf(image);
  return signingTroubleText(trouble, t) ?? registryTroubleText(trouble, found.id, repository, t);
}
