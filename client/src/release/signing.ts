// Sign, attest and verify what a registry holds, by its digest. Keys stay with cosign: a password is asked for and handed to it in
// its environment, and stands in no argument and no log.
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { filePath, imageReference, partsOf, plainText } from '../../../server/src/workflow/checked-arguments';
import type { FilePath, ImageReference } from '../../../server/src/workflow/checked-arguments';
import {
  findAsker,
  findSigner,
  imageByDigest,
  signerTroubleText,
} from '../../../server/src/workflow/release/find-signer';
import type { ReadySigner } from '../../../server/src/workflow/release/find-signer';
import { readSbom, sbomFormats } from '../../../server/src/workflow/release/sbom';
import type { SbomFormat } from '../../../server/src/workflow/release/sbom';
import type { SignMeans, VerifyMeans } from '../../../server/src/workflow/release/signing';
import type { Run, Runner } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { signers } from '../../../server/src/workflow/tool-list';
import { reporting, tellFailure } from '../reporting';
import { oneOf, tellMissing } from '../tell-missing';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { digestOf } from './outlet';

const { t } = vscode.l10n;

/** In bytes. */
const longestList = 200_000_000;

interface Ready {
  readonly machine: Machine;
  readonly signer: ReadySigner;
  readonly image: ImageReference;
}

export class SigningCommands {
  readonly #log: vscode.LogOutputChannel;
  /** What was named last, as a proposal. */
  #last = '';

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  async sign({ uri }: vscode.TextDocument): Promise<void> {
    const ready = await this.#ready(uri, t('Sign which image of a registry?'));
    const means = ready && (await askForMeans());
    const env = means && (await passwordFor(means));
    if (!ready || !means || !env) return;
    await this.#run(
      uri,
      ready,
      t('Signing {0}', ready.image),
      (order) => ready.signer.signer.commands.sign(ready.signer.found, { ...order, means }),
      env,
      (image) => t('Signed {0}.', image),
    );
  }

  async attest({ uri }: vscode.TextDocument): Promise<void> {
    const ready = await this.#ready(uri, t('Attach a list of contents to which image of a registry?'));
    const list = ready && (await askForList());
    const means = list && (await askForMeans());
    const env = means && (await passwordFor(means));
    if (!ready || !list || !means || !env) return;
    await this.#run(
      uri,
      ready,
      t('Attaching a list of contents to {0}', ready.image),
      (order) =>
        ready.signer.signer.commands.attest(ready.signer.found, {
          ...order,
          means,
          predicate: list.file,
          format: list.format,
        }),
      env,
      (image) => t('Attached the list to {0}.', image),
    );
  }

  async verify({ uri }: vscode.TextDocument): Promise<void> {
    const ready = await this.#ready(uri, t('Check the signature of which image of a registry?'));
    const means = ready && (await askForVerifyMeans());
    if (!ready || !means) return;
    await this.#run(
      uri,
      ready,
      t('Checking {0}', ready.image),
      (order) =>
        ready.signer.signer.commands.verify(ready.signer.found, { ...order, means, withoutLog: false }),
      {},
      (image) => t('{0} is signed as asked. Deploy this digest.', image),
    );
  }

  /** @returns undefined after telling what is missing, or if the user closed the question */
  async #ready(uri: vscode.Uri, title: string): Promise<Ready | undefined> {
    const machine = requireMachine();
    if (!machine) return undefined;
    const signer = await findSigner(toolPaths(uri), machine);
    if (!signer) {
      const missing = t('No tool that signs was found. Install {0}, or set its path.', oneOf(signers));
      void tellMissing(signers, missing, 'tools.paths');
      return undefined;
    }
    const named = await vscode.window.showInputBox({
      title,
      value: this.#last,
      prompt: t('With its registry and a tag or a digest. A tag is resolved to its digest first.'),
      validateInput: (text) =>
        referenceIn(text) ? undefined : t('This is not an image with a tag or a digest.'),
    });
    const image = named === undefined ? undefined : referenceIn(named);
    if (image === undefined) return undefined;
    this.#last = image;
    return { machine, signer, image };
  }

  async #run<T>(
    uri: vscode.Uri,
    { machine, signer, image }: Ready,
    title: string,
    commandFor: (order: { readonly image: ImageReference; readonly insecure: boolean }) => Run<T, unknown>,
    env: Readonly<Record<string, string>>,
    done: (image: ImageReference) => string,
  ): Promise<void> {
    const folder = dirname(uri.fsPath);
    const ended = await reporting(machine, this.#log).run(title, async (runner, signal) => {
      const asker = await findAsker(machine, {
        paths: toolPaths(uri),
        folder,
        insecure: false,
        digestOf,
        runner,
        signal,
      });
      const found = await imageByDigest(image, asker, t);
      if ('problem' in found) return { problem: found.problem };
      const outcome = await withEnvironment(runner, machine.runner, env).run(commandFor(found), {
        folder,
        signal,
      });
      return { outcome, image: found.image };
    });
    if ('problem' in ended) void tellFailure(this.#log, `${ended.problem}.`);
    else if (ended.outcome.kind === 'done') void vscode.window.showInformationMessage(done(ended.image));
    else if (ended.outcome.kind !== 'cancelled') {
      const why = signerTroubleText(ended.outcome, ended.image, signer, t);
      void tellFailure(this.#log, t('{0}: {1}', ended.image, why));
    }
  }
}

/** The log shows the command of a run with its variables, so one with a password goes past it. */
export function withEnvironment(
  watched: Runner,
  plain: Runner,
  env: Readonly<Record<string, string>>,
): Runner {
  if (Object.keys(env).length === 0) return watched;
  return { run: (run, options) => plain.run({ ...run, env: { ...run.env, ...env } }, options) };
}

function referenceIn(text: string): ImageReference | undefined {
  const image = imageReference(text.trim());
  if (image === undefined) return undefined;
  const { tag, digest } = partsOf(image);
  return tag === undefined && digest === undefined ? undefined : image;
}

async function askForMeans(): Promise<SignMeans | undefined> {
  const key = { label: t('With a private key in a file…') };
  const keyless = {
    label: t('Without a key'),
    detail: t('An identity that a provider proves, in a browser. The public log shows it forever.'),
  };
  const picked = await vscode.window.showQuickPick([key, keyless], { title: t('Sign how?') });
  if (picked === keyless) return { kind: 'keyless' };
  const file = picked && (await askForFile(t('Private key')));
  return file === undefined ? undefined : { kind: 'key', file };
}

/** @returns undefined if the user closed the question */
export async function passwordFor(means: SignMeans): Promise<Readonly<Record<string, string>> | undefined> {
  if (means.kind === 'keyless') return {};
  const password = await vscode.window.showInputBox({
    title: t('Password of the key'),
    password: true,
    prompt: t('Leave it empty for a key without one. Drydock does not store it.'),
  });
  return password === undefined ? undefined : { COSIGN_PASSWORD: password };
}

async function askForVerifyMeans(): Promise<VerifyMeans | undefined> {
  const key = { label: t('With a public key in a file…') };
  const identity = { label: t('By the identity that signed it…') };
  const picked = await vscode.window.showQuickPick([key, identity], { title: t('Check how?') });
  if (picked === key) {
    const file = await askForFile(t('Public key'));
    return file === undefined ? undefined : { kind: 'key', file };
  }
  if (!picked) return undefined;
  const who = await vscode.window.showInputBox({
    title: t('Who signed it?'),
    prompt: t('An address, or the URL of a workflow.'),
  });
  const where =
    who === undefined
      ? undefined
      : await vscode.window.showInputBox({
          title: t('Which provider proved that identity?'),
          value: 'https://token.actions.githubusercontent.com',
        });
  const [name, issuer] = [plainText(who ?? ''), plainText(where ?? '')];
  return name === undefined || issuer === undefined
    ? undefined
    : { kind: 'identity', identity: name, issuer };
}

/** @returns undefined if the user chose none, or after telling that it is not a list */
async function askForList(): Promise<{ readonly file: FilePath; readonly format: SbomFormat } | undefined> {
  const file = await askForFile(t('List of contents (SBOM)'));
  if (file === undefined) return undefined;
  const uri = vscode.Uri.file(file);
  const { size } = await vscode.workspace.fs.stat(uri);
  const text = size > longestList ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const format = sbomFormats.find((one) => 'value' in readSbom(text, one));
  if (format !== undefined) return { file, format };
  void vscode.window.showErrorMessage(
    t(
      '{0} is neither an SPDX nor a CycloneDX document in JSON. List What the Built Image Holds writes one.',
      file,
    ),
  );
  return undefined;
}

async function askForFile(title: string): Promise<FilePath | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  return file && filePath(file.fsPath);
}
