// Signing what a registry holds, and checking signatures: always of a digest, because a tag may move between two looks.
import type { FilePath, ImageReference, PlainText } from '../checked-arguments';
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
  /** Those that fit, attached lists among them. */
  readonly signatures: number;
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
  return { value: { signatures: found.length } };
}

/**
 * `unsigned`: nothing is signed. `other`: it has a signature of another key or identity. `services`: the public services
 * that keyless signing and the log need cannot be reached.
 */
export type SigningProblem = 'unsigned' | 'other' | 'password' | 'noKey' | 'services' | 'noIdentity';

/** The first that fits counts: what does not match is told with the words for what is missing. */
const signs: readonly (readonly [SigningProblem, RegExp])[] = [
  ['other', /invalid signature|failed to verify|do not match threshold|none of the expected identities/i],
  ['unsigned', /no (?:matching )?(?:signatures|attestations)|none of the attestations matched/i],
  ['services', /\btuf\b|(?:rekor|fulcio|sigstore)\S*.{0,200}(?:no such host|dial|refused|timeout)/i],
  ['password', /decrypt|password/i],
  ['noKey', /(?:loading|reading|open) .*(?:key|\.pub)\b/i],
  ['noIdentity', /fulcio|oidc|id token|device flow|identity token/i],
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
      return t('it is not signed in this way ({0})', reason);
    case 'other':
      return t('its signature is of another key or identity ({0})', reason);
    case 'password':
      return t('the key does not open: set its password in the variable COSIGN_PASSWORD ({0})', reason);
    case 'noKey':
      return t('the key cannot be read ({0})', reason);
    case 'services':
      return t(
        'the public services of Sigstore cannot be reached: name your own with --signing-config, or check without the log with --no-log ({0})',
        reason,
      );
    case 'noIdentity':
      return t('no identity was proven: log in to the provider, or sign with a key ({0})', reason);
  }
}
