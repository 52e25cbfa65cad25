// Docker Scout: `docker scout cves --format sarif`. Its facts are in the rules' properties; it tells nothing of
// layers.
import {
  ecosystem,
  list,
  object,
  parseReport,
  severity,
  text,
  unique,
  UnreadableReport,
} from '../scan/report';
import type { ScanResult, Vulnerability } from '../scan/report';

/** @throws UnreadableReport */
export function readScoutReport(report: string): ScanResult {
  const runs = parseReport(report)['runs'];
  if (!Array.isArray(runs)) throw new UnreadableReport('runs');
  const rules = runs
    .flatMap((run) => list(object(object(object(run)['tool'])['driver'])['rules']))
    .map(object);
  const vulnerabilities = rules.flatMap((rule): Vulnerability[] => {
    const properties = object(rule['properties']);
    const fixed = text(properties['fixed_version']);
    const packages = [...list(properties['purls']), properties['purl']].map(text).filter((one) => one !== '');
    return packages.map((url) => ({
      id: text(rule['id']),
      severity: severity(text(properties['cvssV3_severity'])),
      ...packageOf(url),
      ...(fixed === '' || fixed === 'not fixed' ? {} : { fixedIn: fixed }),
    }));
  });
  return { vulnerabilities: unique(vulnerabilities), layers: [] };
}

/** `pkg:deb/debian/openssl@3.0.11-1?os_name=debian` → openssl, 3.0.11-1, deb */
function packageOf(url: string): Pick<Vulnerability, 'name' | 'version' | 'ecosystem'> {
  const [path = '', ...version] = (url.replace(/^pkg:/, '').split(/[?#]/, 1)[0] ?? '').split(/@(?=[^/]*$)/);
  const [type = '', ...name] = path.split('/');
  const named = type === 'deb' || type === 'apk' || type === 'rpm' ? name.slice(-1) : name;
  return { name: decode(named.join('/')), version: decode(version.join('@')), ecosystem: ecosystem(type) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}
