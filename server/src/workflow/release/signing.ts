// Signing what a registry holds, and checking signatures: always of a digest, because a tag may move between two looks.
import type { FilePath, ImageReference, PlainText } from '../checked-arguments';
import { object, text } from '../foreign-json';
import { troubleText } from '../outcome-text';
import { answerWithNotes } from '../readers';
import type { Printed, Program, Reading, Run, Trouble } from '../run';
import type { Translate } from '../translate';
import type { SbomFormat } from './sbom';

/** A key in a file, or an identity that a provider vouches for. */
export type SignMeans = { readonly kind: 'key'; readonly file: FilePath } | { readonly kind: 'keyless' };

interface OnImage {
  /** With its digest. */
  readonly image: ImageReference;
  readonly insecure: boolean;
}

export interface SignOrder extends OnImage {
  readonly means: SignMeans;
  /** Which services take part, such as a log of one's own; without it the public ones. */
  readonly configuration?: FilePath;
}

export interface AttestOrder extends SignOrder {
  readonly predicate: FilePath;
  readonly format: SbomFormat;
}

export type VerifyMeans =
  | { readonly kind: 'key'; readonly file: FilePath }
  | { readonly kind: 'identity'; readonly identity: PlainText; readonly issuer: PlainText };

export interface VerifyOrder extends OnImage {
  readonly means: VerifyMeans;
  /** Also a signature that no public log knows. */
  readonly withoutLog: boolean;
  /** Look for a signed list of contents instead of the signature of the image. */
  readonly attestation?: SbomFormat;
}

export interface Verified {
  readonly signatures: number;
  /** Digests that they are for. */
  readonly digests: readonly string[];
}

/** Signing may open a browser and wait for a person. */
export function signRun(
  { id, program }: Program,
  args: readonly string[],
): Omit<Run<never>, 'reader' | 'answer'> & { readonly answer: 'output' } {
  return {
    tool: { id, program },
    args,
    env: {},
    answer: 'output',
    limit: { ms: 600_000, characters: 10_000_000 },
  };
}

export function verifyRun({ id, program }: Program, args: readonly string[]): Run<Verified, Printed> {
  return {
    tool: { id, program },
    args,
    env: {},
    answer: 'output',
    limit: { ms: 120_000, characters: 50_000_000 },
    reader: () =>
      answerWithNotes(({ exit, stdout }) =>
        exit === 0 ? readVerified(stdout) : { unreadable: `exit status ${exit ?? 'unknown'}` },
      ),
  };
}

/** A list of payloads, or for attestations one payload a line. */
function readVerified(answer: string): Reading<Verified> {
  let found: readonly unknown[];
  try {
    const lines = answer.split('\n').filter((line) => line.trim() !== '');
    found = lines.flatMap((line): readonly unknown[] => {
      const value: unknown = JSON.parse(line);
      return Array.isArray(value) ? value : [value];
    });
  } catch {
    return { unreadable: 'it is not JSON' };
  }
  if (found.length === 0) return { unreadable: 'it names no signature' };
  const digests = found.map((one) => {
    const critical = object(object(one)['critical']);
    return text(object(critical['image'])['docker-manifest-digest']);
  });
  return { value: { signatures: found.length, digests: [...new Set(digests.filter((one) => one !== ''))] } };
}

/** `unsigned`: it has no signature. `other`: it has one of another key or identity. */
export type SigningProblem = 'unsigned' | 'other' | 'password' | 'noKey' | 'noLog' | 'noIdentity';

const signs: readonly (readonly [SigningProblem, RegExp])[] = [
  [
    'unsigned',
    /no (?:matching )?signatures found|no signatures associated|no matching attestations|no attestations/i,
  ],
  [
    'other',
    /no matching signatures|invalid signature|failed to verify|none of the expected identities|signature verification/i,
  ],
  ['password', /decrypt|password|encrypted/i],
  ['noLog', /rekor|transparency log|tlog|log entry|signing config|timestamp/i],
  ['noIdentity', /fulcio|oidc|id token|device flow|identity token/i],
  ['noKey', /no such file|(?:loading|reading|open) .*(?:key|\.pub)/i],
];

export function signingProblem(said: string): SigningProblem | undefined {
  return signs.find(([, sign]) => sign.test(said))?.[0];
}

/** @returns the second half of a sentence; undefined if it is nothing that signing alone knows */
export function signingTroubleText(trouble: Trouble, t: Translate): string | undefined {
  const reason = troubleText(trouble, t);
  switch (trouble.kind === 'failed' ? signingProblem(trouble.said) : undefined) {
    case undefined:
      return undefined;
    case 'unsigned':
      return t('it has no signature that fits ({0})', reason);
    case 'other':
      return t('its signature is of another key or identity ({0})', reason);
    case 'password':
      return t('the key does not open: set its password in the variable COSIGN_PASSWORD ({0})', reason);
    case 'noKey':
      return t('the key cannot be read ({0})', reason);
    case 'noLog':
      return t('the public log of signatures did not take part ({0})', reason);
    case 'noIdentity':
      return t('no identity was proven: log in to the provider, or sign with a key ({0})', reason);
  }
}
