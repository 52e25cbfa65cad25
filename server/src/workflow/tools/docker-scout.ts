// Docker Scout: `docker scout cves --format sarif`. Its facts are in the rules' properties; it tells nothing of
// layers.
import { fileIn } from '../checked-arguments';
import type { FolderPath } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Run } from '../run';
import { finished, linkTo, severity } from '../scan/report';
import type { Draft, ScanReport } from '../scan/report';
import type { ReportForm } from '../scan/report-reader';
import { scanRun } from '../scan/scan-run';
import { defineTool, versionIn } from '../tool';
import type { ScanExtras, Subject } from '../tool';

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
  readsVex: true,
  commands: {
    scan: (found, subject, scratch, extras) => scanOf(found, sourceOf(subject), scratch, extras),
    // This scheme means the store of docker, then the registry.
    scanByName: (found, image, scratch, extras) => [scanOf(found, `image://${image}`, scratch, extras)],
  },
});

function sourceOf(subject: Subject): string {
  switch (subject.kind) {
    case 'docker':
      return `local://${subject.image}`;
    case 'archive':
      return `archive://${subject.file}`;
    case 'sbom':
      return `sbom://${subject.file}`;
  }
}

/** https://docs.docker.com/reference/cli/docker/scout/cves/ */
function scanOf(
  found: Program,
  source: string,
  scratch: FolderPath,
  { vex }: ScanExtras = {},
): Run<ScanReport, Printed> {
  // On the standard output the report is mixed with progress.
  const file = fileIn(scratch, 'report.sarif.json');
  const more = vex === undefined ? [] : [`--vex-location=${vex}`, '--only-vex-affected'];
  const args = ['scout', 'cves', '--format=sarif', `--output=${file}`, ...more, source];
  return { ...scanRun(found, args, scoutReport), answer: { file } };
}

export const scoutReport: ReportForm = {
  field: { name: 'runs', isList: true },
  list: ['runs', '*', 'tool', 'driver', 'rules'],
  entry: drafts,
  finish: (_, found) => ({ vulnerabilities: finished(found, []), layers: [] }),
};

function drafts(rule: Json, at: readonly number[]): Draft[] {
  const properties = object(rule['properties']);
  const fixed = text(properties['fixed_version']);
  const packages = [...list(properties['purls']), properties['purl']].map(text).filter((one) => one !== '');
  return packages.map((url) => ({
    id: text(rule['id']),
    severity: severity(text(properties['cvssV3_severity'])),
    ...packageOf(url),
    layerId: '',
    at,
    ...linkTo(text(rule['id']), text(rule['helpUri'])),
    ...(fixed === '' || fixed === 'not fixed' ? {} : { fixedIn: fixed }),
  }));
}

/** `pkg:deb/debian/openssl@3.0.11-1?os_name=debian` → openssl, 3.0.11-1, deb */
function packageOf(url: string): Pick<Draft, 'name' | 'version' | 'kind'> {
  const [path = '', ...version] = (url.replace(/^pkg:/, '').split(/[?#]/, 1)[0] ?? '').split(/@(?=[^/]*$)/);
  const [type = '', ...name] = path.split('/');
  const named = type === 'deb' || type === 'apk' || type === 'rpm' ? name.slice(-1) : name;
  return { name: decode(named.join('/')), version: decode(version.join('@')), kind: type };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}
