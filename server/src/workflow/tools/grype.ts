// Grype: `grype -o json`.
import { fromBase64 } from '../base64';
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Reading, Run } from '../run';
import { ecosystem, layersOf, linkTo, readReport, severity, unique } from '../scan/report';
import type { ScanReport, Vulnerability } from '../scan/report';
import { scanRun } from '../scan/scan-run';

import { askVersion, defineTool } from '../tool';
export const grype = defineTool({
  id: 'grype',
  title: 'Grype',
  kind: 'scanner',
  rank: 2,
  get: 'https://oss.anchore.com/docs/installation/grype/',
  programs: ['grype'],
  probe: { decides: false, ...askVersion('') },
  can: { layers: () => true },
  getDatabase: 'grype db update',
  commands: {
    scan: (found, subject) =>
      scanOf(found, subject.kind === 'docker' ? `docker:${subject.image}` : `docker-archive:${subject.file}`),
    scanByName: (found, image) =>
      ['docker', 'podman', 'registry'].map((scheme) => scanOf(found, `${scheme}:${image}`)),
  },
});

/** @param source begins with a scheme: without one grype looks for a folder of that name, too */
function scanOf(found: Program, source: string): Run<ScanReport, Printed> {
  const env = { GRYPE_CHECK_FOR_APP_UPDATE: 'false' };
  return scanRun(found, ['--output=json', source], readGrypeReport, env);
}

export function readGrypeReport(report: string): Reading<ScanReport> {
  return readReport(report, { name: 'matches', isList: true }, (root) => {
    const target = object(object(root['source'])['target']);
    const diffIds = list(target['layers']).map((layer) => text(object(layer)['digest']));
    const vulnerabilities = list(root['matches']).map((match) => vulnerability(object(match), diffIds));
    return { vulnerabilities: unique(vulnerabilities), layers: layersOf(diffIds, imageConfig(target)) };
  });
}

function vulnerability(match: Json, diffIds: readonly string[]): Vulnerability {
  const found = object(match['vulnerability']);
  const fix = object(found['fix']);
  const artifact = object(match['artifact']);
  const layer = diffIds.indexOf(primaryLayer(artifact));
  const fixedIn = text(fix['state']) === 'fixed' ? list(fix['versions']).map(text).join(', ') : '';
  return {
    id: text(found['id']),
    severity: severity(text(found['severity'])),
    name: text(artifact['name']),
    version: text(artifact['version']),
    ecosystem: ecosystem(text(artifact['type'])),
    ...linkTo(text(found['id']), text(found['dataSource'])),
    ...(fixedIn === '' ? {} : { fixedIn }),
    ...(layer < 0 ? {} : { layer }),
  };
}

/** The place that proves the package, not one that only supports it. */
function primaryLayer(artifact: Json): string {
  const locations = list(artifact['locations']).map(object);
  const primary = locations.find((one) => object(one['annotations'])['evidence'] === 'primary');
  return text((primary ?? locations[0])?.['layerID']);
}

/** The image's configuration is in the report as Base64 of JSON. Only the attribution to steps depends on it. */
function imageConfig(target: Json): Json {
  try {
    return object(JSON.parse(fromBase64(text(target['config'])) ?? ''));
  } catch {
    // Not there, or not JSON.
    return {};
  }
}
