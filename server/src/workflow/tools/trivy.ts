// Trivy: `trivy image --format json`, report schema version 2.
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Reading, Run } from '../run';
import { ecosystem, layersOf, linkTo, readReport, severity, unique } from '../scan/report';
import type { ScanReport, Vulnerability } from '../scan/report';
import { scanRun } from '../scan/scan-run';
import { sbomRun } from '../release/sbom';
import type { CatalogueSubject } from '../release/sbom';
import { askVersion, defineTool } from '../tool';

export const trivy = defineTool({
  id: 'trivy',
  title: 'Trivy',
  kind: 'scanner',
  rank: 1,
  get: 'https://trivy.dev/docs/latest/getting-started/installation/',
  programs: ['trivy'],
  probe: { decides: false, ...askVersion('') },
  can: { layers: () => true },
  getDatabase: 'trivy image --download-db-only',
  catalogue: {
    list: (tool, { subject, format }) => {
      const source = sourceOf(subject);
      if (source === undefined) return undefined;
      const [verb = '', ...rest] = source;
      const document = format === 'spdx' ? 'spdx-json' : 'cyclonedx';
      return sbomRun(tool, [verb, `--format=${document}`, '--no-progress', ...rest], format);
    },
  },
  commands: {
    scan: (found, subject) =>
      scanOf(
        found,
        subject.kind === 'docker' ? ['--image-src=docker', subject.image] : [`--input=${subject.file}`],
      ),
    scanByName: (found, image) => [scanOf(found, ['--image-src=docker,podman,remote', image])],
  },
});

function scanOf(found: Program, source: readonly string[]): Run<ScanReport, Printed> {
  const args = ['image', '--format=json', '--no-progress', '--scanners=vuln', ...source];
  return scanRun(found, args, readTrivyReport);
}

/** @returns undefined for a single file, which trivy does not list */
function sourceOf(subject: CatalogueSubject): readonly string[] | undefined {
  switch (subject.kind) {
    case 'docker':
      return ['image', '--image-src=docker', subject.image];
    case 'archive':
      return ['image', `--input=${subject.file}`];
    case 'registry':
      return ['image', '--image-src=remote', ...(subject.insecure ? ['--insecure'] : []), subject.image];
    case 'folder':
      return ['filesystem', subject.folder];
    case 'file':
      return undefined;
  }
}

export function readTrivyReport(report: string): Reading<ScanReport> {
  return readReport(report, { name: 'SchemaVersion', isList: false }, (root) => {
    const config = object(object(root['Metadata'])['ImageConfig']);
    const diffIds = list(object(config['rootfs'])['diff_ids']).map(text);
    const vulnerabilities = list(root['Results'])
      .map(object)
      .flatMap((result) =>
        list(result['Vulnerabilities']).map((found) => vulnerability(object(found), result, diffIds)),
      );
    return { vulnerabilities: unique(vulnerabilities), layers: layersOf(diffIds, config) };
  });
}

function vulnerability(found: Json, result: Json, diffIds: readonly string[]): Vulnerability {
  const layer = diffIds.indexOf(text(object(found['Layer'])['DiffID']));
  const fixedIn = text(found['FixedVersion']);
  return {
    id: text(found['VulnerabilityID']),
    severity: severity(text(found['Severity'])),
    name: text(found['PkgName']),
    version: text(found['InstalledVersion']),
    ecosystem: ecosystem(text(result['Type'])),
    ...linkTo(text(found['VulnerabilityID']), text(found['PrimaryURL'])),
    ...(fixedIn === '' ? {} : { fixedIn }),
    ...(layer < 0 ? {} : { layer }),
  };
}
