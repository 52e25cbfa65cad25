// Lists and signatures as the real tools make them, read by the product's own commands and readers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signingProblem, signingTroubleText } from '../../../server/src/workflow/release/signing';
import type { Outcome } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { cataloguers, signers } from '../../../server/src/workflow/tool-list';
import { english } from '../../../server/src/workflow/translate';
import { readRecording, replaying } from '../../recordings/recording';
import { attest, list, sign, verify } from '../../recordings/release-scenarios';
import type { Stage } from '../../recordings/scenarios';

const places = { folder: '/p', scratch: '/scratch', registry: '127.0.0.1:5000' };

function stageOf(tool: string, scenario: string): Stage & { readonly host: string } {
  const machine: Machine = {
    runner: replaying(readRecording(tool, scenario), places),
    surroundings: { env: {}, platform: 'linux' },
    findProgram: () => Promise.resolve(undefined),
    isProgram: () => Promise.resolve(false),
    lockBuild: () => ({ release: () => undefined }),
  };
  return { machine, folder: '/p', scratch: '/scratch', host: places.registry, moreArguments: [] };
}

const found = (id: string): { id: string; program: string; version: string; way: string } => ({
  id,
  program: `/bin/${id}`,
  version: '',
  way: '',
});

test('syft lists a folder in both formats, under the name that it was given', async () => {
  const [syft] = cataloguers;
  assert.ok(syft);
  for (const format of ['spdx', 'cyclonedx'] as const) {
    const outcome = await list(syft, found('syft'), format, stageOf('syft', `list-${format}`));
    assert.ok(outcome?.kind === 'done', JSON.stringify(outcome));
    assert.equal(outcome.value.packages, 1, format);
    assert.match(outcome.value.text, /left-pad/);
    assert.doesNotMatch(outcome.value.text, /\/scratch/);
  }
});

const [cosign] = signers;
const signer = found('cosign');

function said(outcome: Outcome<unknown>): string {
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  return outcome.said;
}

test('cosign signs by the digest, and tells what is not signed from what somebody else signed', async () => {
  assert.ok(cosign);
  const unsigned = await verify(cosign, signer, 'cosign', stageOf('cosign', 'verify-unsigned'));
  assert.equal(signingProblem(said(unsigned)), 'unsigned');
  const signed = await sign(cosign, signer, 'cosign', stageOf('cosign', 'sign'));
  assert.deepEqual(signed, { kind: 'done', value: undefined });
  const verified = await verify(cosign, signer, 'cosign', stageOf('cosign', 'verify'));
  assert.deepEqual(verified, { kind: 'done', value: { signatures: 1 } });
  const other = await verify(cosign, signer, 'other', stageOf('cosign', 'verify-other'));
  assert.equal(signingProblem(said(other)), 'other');
  const noKey = await sign(cosign, signer, 'missing', stageOf('cosign', 'sign-no-key'));
  assert.equal(signingProblem(said(noKey)), 'noKey');
  assert.ok(noKey.kind === 'failed');
  assert.match(signingTroubleText(noKey, english) ?? '', /^the key cannot be read \(/);
});

test('cosign attaches a list, and one of another format is not there', async () => {
  assert.ok(cosign);
  const attached = await attest(cosign, signer, stageOf('cosign', 'attest'));
  assert.deepEqual(attached, { kind: 'done', value: undefined });
  const there = await verify(cosign, signer, 'cosign', stageOf('cosign', 'verify-list'), 'spdx');
  assert.deepEqual(there, { kind: 'done', value: { signatures: 1 } });
  const absent = await verify(cosign, signer, 'cosign', stageOf('cosign', 'verify-no-list'), 'cyclonedx');
  assert.equal(signingProblem(said(absent)), 'unsigned');
});
