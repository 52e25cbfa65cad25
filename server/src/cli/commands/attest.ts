// `drydock attest`: attaches a signed list of contents (SBOM) to what a registry holds.
import { readText } from '../../io/files/read-text';
import { thisMachine } from '../../io/processes/machine';
import { readSbom, sbomFormats } from '../../workflow/release/sbom';
import type { SbomFormat } from '../../workflow/release/sbom';
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

const options = {
  sbom: {
    type: 'string',
    form: '--sbom FILE',
    does: 'the list of contents, as drydock sbom writes it',
  },
  ...meansOptions,
} as const;

const usage = `Usage: drydock attest IMAGE --sbom FILE (--key FILE | --keyless) [options]

Attaches a signed list of what an image holds to it in its registry, with cosign. A tag is first
resolved to the digest that it stands for.

Options
${describeOptions(options)}
Exit status: 0 attached; 2 not attached.
`;

/** In bytes. */
const longest = 200_000_000;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { sbom, key, keyless, insecure, 'signing-config': config } = given.values;
  const named = readReference(given.words, 'attest');
  if ('wrong' in named) return named;
  if (sbom === undefined) return { wrong: 'attest needs --sbom FILE; drydock sbom writes one' };
  const predicate = readFilePath(sbom, 'the list');
  if (typeof predicate === 'object') return predicate;
  const chosen = readMeans(key, keyless);
  if ('wrong' in chosen) return chosen;
  const configuration = config === undefined ? undefined : readFilePath(config, 'the signing config');
  if (typeof configuration === 'object') return configuration;
  const format = formatOf(predicate);
  if (format === undefined) {
    terminal.complain(`${sbom} is neither an SPDX nor a CycloneDX document in JSON`);
    return 'unreadable';
  }
  const ready = await signerOn(machine, terminal);
  const found = ready && (await digestOnRegistry(named.image, insecure, machine, terminal));
  if (!ready || !found) return 'undone';
  const means = { means: chosen.means, ...(configuration === undefined ? {} : { configuration }) };
  const order = { ...found, ...means, predicate, format };
  const outcome = await runSigning(ready.signer.commands.attest(ready.found, order), machine, terminal);
  if (outcome.kind !== 'done') {
    terminal.complain(
      `nothing is attached to ${found.image}: ${signerTroubleText(outcome, found.image, ready, english)}`,
    );
    return 'undone';
  }
  terminal.print(`attached ${sbom} to ${found.image}\n`);
  return 'clean';
}

function formatOf(path: string): SbomFormat | undefined {
  try {
    const text = readText(path, longest);
    return text === undefined ? undefined : sbomFormats.find((format) => 'value' in readSbom(text, format));
  } catch {
    // A folder, or a file that this user may not read: it is not a document either way.
    return undefined;
  }
}

export const attest = {
  usage,
  options,
  run,
};
