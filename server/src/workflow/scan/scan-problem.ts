// Why a scan failed, in words for people: scanners say it in their own, each in another way.
import { troubleText } from '../outcome-text';
import type { Trouble } from '../run';
import type { Scanner } from '../tool';
import type { Translate } from '../translate';

export type ScanProblem = 'noDatabase' | 'noLogin' | 'noImage' | 'noNetwork';

/** The first that fits counts: a database that cannot be downloaded fails with the words of the network, too. */
const signs: readonly (readonly [ScanProblem, RegExp])[] = [
  [
    'noDatabase',
    /vulnerability (?:db|database)|\bdb error|database (?:does not exist|was built)|failed to (?:load|download|update|open)\b.{0,40}\b(?:db|database)\b/i,
  ],
  [
    'noLogin',
    /unauthorized|authentication required|access (?:is )?denied|requested access|insufficient_scope|\b40[13]\b|forbidden|log ?in |not entitled/i,
  ],
  [
    'noNetwork',
    /no such host|dial (?:tcp|udp)|i\/o timeout|connection (?:refused|reset|timed out)|network is unreachable|tls handshake|x509|context deadline exceeded|temporary failure in name resolution/i,
  ],
  [
    'noImage',
    /manifest.unknown|name.unknown|no such image|image not known|unable to find image|not found|does not exist|unable to parse registry reference/i,
  ],
];

/** @param said the line with which a scanner or an engine ended @returns undefined if it is something else */
export function scanProblem(said: string): ScanProblem | undefined {
  return signs.find(([, sign]) => sign.test(said))?.[0];
}

/** @returns the second half of a sentence that begins with the scanner: "Grype could not scan …: …" */
export function scanTroubleText(trouble: Trouble, { getDatabase }: Scanner, t: Translate): string {
  const problem = trouble.kind === 'failed' ? scanProblem(trouble.said) : undefined;
  const reason = troubleText(trouble, t);
  switch (problem) {
    case undefined:
      return reason;
    case 'noDatabase':
      return getDatabase === undefined
        ? t('it has no usable database of vulnerabilities ({0})', reason)
        : t('it has no usable database of vulnerabilities. Run "{0}" once ({1})', getDatabase, reason);
    case 'noLogin':
      return t('the registry wants a login, or has no image of this name ({0})', reason);
    case 'noImage':
      return t('there is no such image, neither on this machine nor in its registry ({0})', reason);
    case 'noNetwork':
      return t('the registry cannot be reached ({0})', reason);
  }
}
