// What the tools that list and sign are asked when they are recorded. The tests play the same on the recordings.
import {
  byDigest,
  filePath,
  folderPath,
  plainText,
  repositoryName,
} from '../../server/src/workflow/checked-arguments';
import type { ImageReference } from '../../server/src/workflow/checked-arguments';
import { digestName } from '../../server/src/workflow/checked-arguments';
import { listContents } from '../../server/src/workflow/release/list-contents';
import type { Sbom, SbomFormat } from '../../server/src/workflow/release/sbom';
import type { SignOrder, Verified } from '../../server/src/workflow/release/signing';
import type { Outcome } from '../../server/src/workflow/run';
import type { Cataloguer, FoundTool, Signer } from '../../server/src/workflow/tool';
import { checked } from '../harness/build-order';
import { image } from '../harness/registry';
import type { Stage } from './scenarios';

/** A project with one package, in the folder of the stage. */
export const lockFile = `{
  "name": "app",
  "version": "1.4.0",
  "lockfileVersion": 3,
  "packages": { "node_modules/left-pad": { "version": "1.1.0" } }
}
`;

export function list(
  tool: Cataloguer,
  found: FoundTool,
  format: SbomFormat,
  { machine, folder, scratch }: Stage,
): Promise<Outcome<Sbom> | undefined> {
  const place = checked(folderPath, `${folder}/app`);
  const name = checked(plainText, 'app');
  const ready = { tool, commands: tool.commands, found };
  const contents = { kind: 'folder', folder: place } as const;
  return listContents(contents, { format, name }, ready, checked(folderPath, scratch), machine.runner, {
    folder: scratch,
  });
}

export const signedImage = image('linux/amd64', 'signed');

/** @param host of the registry that holds the image */
export function signedReference(host: string): ImageReference {
  const digest = checked(digestName, signedImage.manifest.digest);
  return byDigest(checked(repositoryName, `${host}/team/app`), digest);
}

interface Signing extends Stage {
  readonly host: string;
}

function orderIn({ folder, host }: Signing, key: string): SignOrder {
  return {
    image: signedReference(host),
    insecure: true,
    means: { kind: 'key', file: checked(filePath, `${folder}/${key}.key`) },
    configuration: checked(filePath, `${folder}/services.json`),
  };
}

export function sign(
  { commands }: Signer,
  found: FoundTool,
  key: string,
  stage: Signing,
): Promise<Outcome<undefined>> {
  return stage.machine.runner.run(commands.sign(found, orderIn(stage, key)), stage);
}

export function attest({ commands }: Signer, found: FoundTool, stage: Signing): Promise<Outcome<undefined>> {
  const predicate = checked(filePath, `${stage.folder}/list.json`);
  const run = commands.attest(found, { ...orderIn(stage, 'cosign'), predicate, format: 'spdx' });
  return stage.machine.runner.run(run, stage);
}

export function verify(
  { commands }: Signer,
  found: FoundTool,
  key: string,
  stage: Signing,
  attestation?: SbomFormat,
): Promise<Outcome<Verified>> {
  const { image: reference, insecure } = orderIn(stage, key);
  const run = commands.verify(found, {
    image: reference,
    insecure,
    means: { kind: 'key', file: checked(filePath, `${stage.folder}/${key}.pub`) },
    withoutLog: true,
    ...(attestation === undefined ? {} : { attestation }),
  });
  return stage.machine.runner.run(run, stage);
}
