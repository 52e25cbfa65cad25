// Docker Scout: `docker scout cves --format sarif`. Its facts are in the rules' properties; it tells nothing of
// layers.
import { fileIn } from '../checked-arguments';
import type { FolderPath } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Reading, Run } from '../run';
import { ecosystem, linkTo, readReport, severity, unique } from '../scan/report';
import type { ScanReport, Vulnerability } from '../scan/report';
import { scanRun } from '../scan/scan-run';
import { defineTool, versionIn } from '../tool';

export const dockerScout = defineTool({
  id: 'docker-scout',
  title: 'Docker Scout',
  kind: 'scanner',
  rank: 3,
  get: 'https://docs.docker.com/scout/install/',
  programs: ['docker'],
  probe: {
    // A plugin: docker may be there without it.
    decides: true,
    ask: () => ({ version: ['scout', 'version'] }),
    read: ({ version }) =>
      version?.exit === 0 ? { version: versionIn(version.stdout), way: '' } : undefined,
  },
  can: { layers: () => false },
  commands: {
    scan: (found, subject, scratch) =>
      scanOf(
        found,
        subject.kind === 'docker' ? `local://${subject.image}` : `archive://${subject.file}`,
        scratch,
      ),
    // This scheme means the store of docker, then the registry.
    scanByName: (found, image, scratch) => [scanOf(found, `image://${image}`, scratch)],
  },
});

function scanOf(found: Program, source: string, scratch: FolderPath): Run<ScanReport, Printed> {
  // On the standard output the report is mixed with progress.
  const file = fileIn(scratch, 'report.sarif.json');
  const args = ['scout', 'cves', '--format=sarif', `--output=${file}`, source];
  return { ...scanRun(found, args, readScoutReport), answer: { file } };
}

export function readScoutReport(report: string): Reading<ScanReport> {
  return readReport(report, { name: 'runs', isList: true }, (root) => {
    const rules = list(root['runs']).flatMap((run) =>
      list(object(object(object(run)['tool'])['driver'])['rules']).map(object),
    );
    return { vulnerabilities: unique(rules.flatMap(vulnerabilities)), layers: [] };
  });
}

function vulnerabilities(rule: Json): Vulnerability[] {
  const properties = object(rule['properties']);
  const fixed = text(properties['fixed_version']);
  const packages = [...list(properties['purls']), properties['purl']].map(text).filter((one) => one !== '');
  return packages.map((url) => ({
    id: text(rule['id']),
    severity: severity(text(properties['cvssV3_severity'])),
    ...packageOf(url),
    ...linkTo(text(rule['id']), text(rule['helpUri'])),
    ...(fixed === '' || fixed === 'not fixed' ? {} : { fixedIn: fixed }),
  }));
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
