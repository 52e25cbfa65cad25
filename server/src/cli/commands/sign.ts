// `drydock sign`: signs what a registry holds, by its digest.
import { thisMachine } from '../../io/processes/machine';
import { signerTroubleText } from '../../workflow/release/find-signer';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions } from '../options';
import {
  digestOnRegistry,
  meansOptions,
  readFilePath,
  readMeans,
  readReference,
  runSigning,
  signerOn,
} from '../release/sign-options';
import type { Terminal } from '../terminal';

const options = meansOptions;

const usage = `Usage: drydock sign IMAGE (--key FILE | --keyless) [options]

Signs an image in its registry with cosign. A tag is first resolved to the digest that it stands
for, and that is what is signed: the digest of an image in the store of an engine is another one.
The password of a key comes from the variable COSIGN_PASSWORD, or cosign asks for it.

Options
${describeOptions(options)}
Exit status: 0 signed; 2 not signed.
`;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { key, keyless, insecure, 'signing-config': config } = given.values;
  const named = readReference(given.words, 'sign');
  if ('wrong' in named) return named;
  const chosen = readMeans(key, keyless);
  if ('wrong' in chosen) return chosen;
  const configuration = config === undefined ? undefined : readFilePath(config, 'the signing config');
  if (typeof configuration === 'object') return configuration;
  const ready = await signerOn(machine, terminal);
  const found = ready && (await digestOnRegistry(named.image, insecure, machine, terminal));
  if (!ready || !found) return 'undone';
  const order = {
    ...found,
    means: chosen.means,
    ...(configuration === undefined ? {} : { configuration }),
  };
  const outcome = await runSigning(ready.signer.commands.sign(ready.found, order), machine, terminal);
  if (outcome.kind !== 'done') {
    terminal.complain(
      `${found.image} is not signed: ${signerTroubleText(outcome, found.image, ready, english)}`,
    );
    return 'undone';
  }
  terminal.print(`signed ${found.image}\n`);
  return 'clean';
}

export const sign = {
  usage,
  options,
  run,
};
