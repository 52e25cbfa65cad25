// What `sign`, `attest` and `verify` share: the image by its digest, the key or the identity, and the signer.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cwd } from 'node:process';
import { runInTerminal } from '../../io/processes/in-terminal';
import { filePath, imageReference, partsOf } from '../../workflow/checked-arguments';
import type { FilePath, ImageReference } from '../../workflow/checked-arguments';
import { findAsker, findSigner, imageByDigest, noSignerText } from '../../workflow/release/find-signer';
import type { ReadySigner } from '../../workflow/release/find-signer';
import type { SignMeans } from '../../workflow/release/signing';
import type { Outcome, Printed, Run } from '../../workflow/run';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Terminal } from '../terminal';
import { digestOf, outletOptions } from './find-outlet';

export const imageOptions = { insecure: outletOptions.insecure } as const;

export const meansOptions = {
  key: { type: 'string', form: '--key FILE', does: 'sign with this private key' },
  keyless: {
    type: 'boolean',
    form: '--keyless',
    does: 'sign with an identity that a provider proves, in a\nbrowser or by a token of the CI system; the public\nlog shows it forever',
  },
  'signing-config': {
    type: 'string',
    form: '--signing-config FILE',
    does: 'which services take part, as cosign\nsigning-config create writes it (default: the public\nones)',
  },
  ...imageOptions,
} as const;

/** @returns undefined after saying what is missing */
export async function signerOn(machine: Machine, terminal: Terminal): Promise<ReadySigner | undefined> {
  const ready = await findSigner({}, machine);
  if (!ready) terminal.complain(noSignerText(english));
  return ready;
}

/** @returns the image by its digest; undefined after saying why there is none */
export async function digestOnRegistry(
  image: ImageReference,
  insecure: boolean,
  machine: Machine,
  terminal: Terminal,
): Promise<{ readonly image: ImageReference; readonly insecure: boolean } | undefined> {
  const asker = await findAsker(machine, { paths: {}, folder: cwd(), insecure, digestOf });
  const found = await imageByDigest(image, asker, english);
  if ('problem' in found) {
    terminal.complain(found.problem);
    return undefined;
  }
  if (found.asked) terminal.note(`${image} is ${found.image}\n`);
  return { image: found.image, insecure: found.insecure };
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
