// `drydock verify`: checks the signature of what a registry holds.
import { cwd } from 'node:process';
import { thisMachine } from '../../io/processes/machine';
import { plainText } from '../../workflow/checked-arguments';
import { sbomFormats } from '../../workflow/release/sbom';
import { signingProblem } from '../../workflow/release/signing';
import type { VerifyMeans } from '../../workflow/release/signing';
import { signerTroubleText } from '../../workflow/release/find-signer';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions } from '../options';
import {
  digestOnRegistry,
  imageOptions,
  readFilePath,
  readReference,
  signerOn,
} from '../release/sign-options';
import type { Terminal } from '../terminal';

const options = {
  key: { type: 'string', form: '--key FILE', does: 'the public key that signed it' },
  identity: {
    type: 'string',
    form: '--identity NAME',
    does: 'who signed it without a key: an address, or the URL\nof a workflow',
  },
  issuer: {
    type: 'string',
    form: '--issuer URL',
    does: 'who proved that identity, such as\nhttps://token.actions.githubusercontent.com',
  },
  sbom: {
    type: 'string',
    form: '--sbom spdx|cyclonedx',
    does: 'check the attached list of contents instead',
    values: sbomFormats,
  },
  'no-log': {
    type: 'boolean',
    form: '--no-log',
    does: 'also a signature that no public log knows',
  },
  ...imageOptions,
} as const;

const usage = `Usage: drydock verify IMAGE (--key FILE | --identity NAME --issuer URL) [options]

Checks with cosign who signed an image in its registry. A tag is first resolved to the digest that
it stands for, and that is what is checked: deploy this digest.

Options
${describeOptions(options)}
Exit status: 0 signed as asked;
             1 not signed, or by somebody else;
             2 it could not be checked.
`;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const named = readReference(given.words, 'verify');
  if ('wrong' in named) return named;
  const means = readVerifyMeans(values);
  if ('wrong' in means) return means;
  const ready = await signerOn(machine, terminal);
  const found = ready && (await digestOnRegistry(named.image, values.insecure, machine, terminal));
  if (!ready || !found) return 'undone';
  const order = {
    ...found,
    means,
    withoutLog: values['no-log'],
    ...(values.sbom === undefined ? {} : { attestation: values.sbom }),
  };
  const outcome = await machine.runner.run(ready.signer.commands.verify(ready.found, order), {
    folder: cwd(),
  });
  if (outcome.kind !== 'done') {
    terminal.complain(`${found.image}: ${signerTroubleText(outcome, found.image, ready, english)}`);
    const problem = outcome.kind === 'failed' ? signingProblem(outcome.said) : undefined;
    return problem === 'unsigned' || problem === 'other' ? 'refused' : 'undone';
  }
  const what = values.sbom === undefined ? 'signed as asked' : 'has a signed list of its contents';
  terminal.print(`${found.image}: ${what} (${outcome.value.signatures} found)\n`);
  return 'clean';
}

function readVerifyMeans(given: {
  readonly key: string | undefined;
  readonly identity: string | undefined;
  readonly issuer: string | undefined;
}): VerifyMeans | { readonly wrong: string } {
  const { key, identity, issuer } = given;
  if (key !== undefined && identity === undefined && issuer === undefined) {
    const file = readFilePath(key, 'the key');
    return typeof file === 'string' ? { kind: 'key', file } : file;
  }
  const who = identity === undefined ? undefined : plainText(identity);
  const where = issuer === undefined ? undefined : plainText(issuer);
  return key === undefined && who !== undefined && where !== undefined
    ? { kind: 'identity', identity: who, issuer: where }
    : { wrong: 'give either --key FILE, or --identity NAME and --issuer URL' };
}

export const verify = {
  usage,
  options,
  run,
};
