// Trivy: `trivy image --format json`, report schema version 2.
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Run } from '../run';
import { finished, layersOf, linkTo, severity } from '../scan/report';
import type { Draft, ScanReport } from '../scan/report';
import type { ReportForm } from '../scan/report-reader';
import { scanRun } from '../scan/scan-run';
import { sbomRun } from '../release/sbom';
import type { CatalogueSubject } from '../release/sbom';
import { askVersion, defineTool } from '../tool';
import type { ScanExtras } from '../tool';

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
  ignoreFile: { called: '.trivyignore', fits: /(?:^|[\\/])\.?trivyignore[^\\/]*$/i },
  readsVex: true,
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
    scan: (found, subject, _, extras) => {
      switch (subject.kind) {
        case 'docker':
          return scanOf(found, 'image', ['--image-src=docker', subject.image], extras);
        case 'archive':
          return scanOf(found, 'image', [`--input=${subject.file}`], extras);
        case 'sbom':
          return scanOf(found, 'sbom', [subject.file], extras);
      }
    },
    scanByName: (found, image, _, extras) => [
      scanOf(found, 'image', ['--image-src=docker,podman,remote', image], extras),
    ],
  },
});

function scanOf(
  found: Program,
  verb: 'image' | 'sbom',
  source: readonly string[],
  { ignoreFile, vex }: ScanExtras = {},
): Run<ScanReport, Printed> {
  const more = [
    ...(ignoreFile === undefined ? [] : [`--ignorefile=${ignoreFile}`]),
    ...(vex === undefined ? [] : [`--vex=${vex}`]),
  ];
  // An SBOM holds no secrets to look for, and its command knew no such option for long.
  const scanners = verb === 'image' ? ['--scanners=vuln'] : [];
  const args = [verb, '--format=json', '--no-progress', ...scanners, ...more, ...source];
  return scanRun(found, args, trivyReport);
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

/** https://trivy.dev/docs/latest/references/configuration/cli/trivy_image */
export const trivyReport: ReportForm = {
  field: { name: 'SchemaVersion', isList: false },
  list: ['Results', '*', 'Vulnerabilities'],
  entry: (found, at) => [draft(found, at)],
  finish: (root, drafts) => {
    const config = object(object(root['Metadata'])['ImageConfig']);
    const diffIds = list(object(config['rootfs'])['diff_ids']).map(text);
    const kinds = list(root['Results']).map((result) => text(object(result)['Type']));
    const vulnerabilities = finished(drafts, diffIds, ({ at: [result = -1] }) => kinds[result] ?? '');
    return { vulnerabilities, layers: layersOf(diffIds, config) };
  },
};

function draft(found: Json, at: readonly number[]): Draft {
  const id = text(found['VulnerabilityID']);
  const fixedIn = text(found['FixedVersion']);
  return {
    id,
    severity: severity(text(found['Severity'])),
    name: text(found['PkgName']),
    version: text(found['InstalledVersion']),
    layerId: text(object(found['Layer'])['DiffID']),
    at,
    ...linkTo(id, text(found['PrimaryURL'])),
    ...(fixedIn === '' ? {} : { fixedIn }),
  };
}
