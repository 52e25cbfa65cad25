// What `sign`, `attest` and `verify` share: the image by its digest, the key or the identity, and the signer.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cwd } from 'node:process';
import { runInTerminal } from '../../io/processes/in-terminal';
import { filePath, imageReference, partsOf } from '../../workflow/checked-arguments';
import type { FilePath, ImageReference } from '../../workflow/checked-arguments';
import { findEngines, locateProgram } from '../../workflow/find-tools';
import { isInsecure } from '../../workflow/release/compare-targets';
import type { Asker } from '../../workflow/release/compare-targets';
import { registryTroubleText } from '../../workflow/release/registry-problem';
import { resolveDigest, unresolvedText } from '../../workflow/release/resolve-digest';
import { signingTroubleText } from '../../workflow/release/signing';
import type { SignMeans } from '../../workflow/release/signing';
import type { Outcome, Printed, Program, Run, Trouble } from '../../workflow/run';
import type { Machine, Signer } from '../../workflow/tool';
import { chosen, engines, signers } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import type { Terminal } from '../terminal';
import { digestOf, findRegistryTool, outletOptions } from './find-outlet';

export const imageOptions = { insecure: outletOptions.insecure } as const;

export const meansOptions = {
  key: { type: 'string', form: '--key FILE', does: 'sign with this private key' },
  keyless: {
    type: 'boolean',
    form: '--keyless',
    does: 'sign with an identity that a provider proves, in a\nbrowser or by a token of the CI system; the public\nlog shows it for ever',
  },
  'signing-config': {
    type: 'string',
    form: '--signing-config FILE',
    does: 'which services take part, as cosign\nsigning-config create writes it (default: the public\nones)',
  },
  ...imageOptions,
} as const;

export interface ReadySigner {
  readonly signer: Signer;
  readonly found: Program;
}

/** @returns undefined after saying what is missing */
export async function findSigner(machine: Machine, terminal: Terminal): Promise<ReadySigner | undefined> {
  for (const signer of signers) {
    const found = await locateProgram(signer, {}, machine);
    if (found) return { signer, found };
  }
  const [first] = signers;
  terminal.complain(`no tool that signs is here. Install ${first?.title ?? ''}: ${first?.get ?? ''}`);
  return undefined;
}

/** @returns the image by its digest; undefined after saying why there is none */
export async function imageByDigest(
  image: ImageReference,
  insecure: boolean,
  machine: Machine,
  terminal: Terminal,
): Promise<{ readonly image: ImageReference; readonly insecure: boolean } | undefined> {
  const asker = await askerOn(machine, insecure);
  const resolved = await resolveDigest(image, asker);
  if (resolved.kind !== 'known') {
    const program = asker.registry?.tool.id ?? asker.found?.id ?? '';
    terminal.complain(unresolvedText(image, resolved, program, english));
    return undefined;
  }
  if (resolved.asked) terminal.note(`${image} is ${resolved.image}\n`);
  return { image: resolved.image, insecure: isInsecure(resolved.image, asker) };
}

async function askerOn(machine: Machine, insecure: boolean): Promise<Asker> {
  const registry = await findRegistryTool(machine);
  const shared = { registry, runner: machine.runner, folder: cwd(), insecure, digestOf };
  if (registry) return shared;
  const able = engines.filter(({ commands }) => commands.manifest);
  const [found] = await findEngines(able, {}, machine, cwd());
  const [engine] = chosen(able, found?.id);
  return found && engine ? { ...shared, engine, found } : shared;
}

/** @returns `wrong`: why the words name no image in a registry */
export function readReference(
  words: readonly string[],
  command: string,
): { readonly image: ImageReference } | { readonly wrong: string } {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) return { wrong: `${command} takes one image of a registry` };
  const image = imageReference(word);
  if (image === undefined) return { wrong: `${word} is not the name of an image` };
  const { tag, digest } = partsOf(image);
  return tag === undefined && digest === undefined
    ? { wrong: `${word} has neither a tag nor a digest, so it may mean any image` }
    : { image };
}

/** @param given path from the user @param called what it is */
export function readFilePath(given: string, called: string): FilePath | { readonly wrong: string } {
  const path = filePath(resolve(given));
  if (path === undefined || !existsSync(path)) return { wrong: `${called} ${given} is not there` };
  return path;
}

export function readMeans(
  key: string | undefined,
  keyless: boolean,
): { readonly means: SignMeans } | { readonly wrong: string } {
  if ((key === undefined) === !keyless) return { wrong: 'give either --key FILE or --keyless' };
  if (key === undefined) return { means: { kind: 'keyless' } };
  const file = readFilePath(key, 'the key');
  return typeof file === 'string' ? { means: { kind: 'key', file } } : file;
}

/** In the terminal if a person is there, who may be asked for a password. */
export async function runSigning(
  run: Run<undefined, Printed>,
  machine: Machine,
  terminal: Terminal,
): Promise<Outcome<undefined>> {
  if (process.stdin.isTTY && process.stderr.isTTY) return runInTerminal(run, cwd());
  return machine.runner.run(run, { folder: cwd(), onEvent: ({ text }) => terminal.note(text) });
}

export function signerTroubleText(trouble: Trouble, image: ImageReference, { found }: ReadySigner): string {
  const { repository } = partsOf(image);
  return signingTroubleText(trouble, english) ?? registryTroubleText(trouble, found.id, repository, english);
}
