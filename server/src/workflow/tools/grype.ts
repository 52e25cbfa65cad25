// Grype: `grype -o json`.
import { fromBase64 } from '../base64';
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Printed, Program, Run } from '../run';
import { finished, layersOf, linkTo, severity } from '../scan/report';
import type { Draft, ScanReport } from '../scan/report';
import type { ReportForm } from '../scan/report-reader';
import { scanRun } from '../scan/scan-run';
import { askVersion, defineTool } from '../tool';
import type { ScanExtras, Subject } from '../tool';

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
  ignoreFile: { called: '.grype.yaml', fits: /grype[^\\/]*\.ya?ml$/i },
  readsVex: true,
  commands: {
    scan: (found, subject, _, extras) => scanOf(found, sourceOf(subject), extras),
    scanByName: (found, image, _, extras) =>
      ['docker', 'podman', 'registry'].map((scheme) => scanOf(found, `${scheme}:${image}`, extras)),
  },
});

function sourceOf(subject: Subject): string {
  switch (subject.kind) {
    case 'docker':
      return `docker:${subject.image}`;
    case 'archive':
      return `${subject.layout === 'oci' ? 'oci-archive' : 'docker-archive'}:${subject.file}`;
    case 'sbom':
      return `sbom:${subject.file}`;
  }
}

/** @param source begins with a scheme: without one grype looks for a folder of that name, too */
function scanOf(
  found: Program,
  source: string,
  { ignoreFile, vex }: ScanExtras = {},
): Run<ScanReport, Printed> {
  const env = { GRYPE_CHECK_FOR_APP_UPDATE: 'false' };
  const more = [
    ...(ignoreFile === undefined ? [] : [`--config=${ignoreFile}`]),
    ...(vex === undefined ? [] : [`--vex=${vex}`]),
  ];
  return scanRun(found, ['--output=json', ...more, source], grypeReport, env);
}

/** https://oss.anchore.com/docs/reference/grype/json/ */
export const grypeReport: ReportForm = {
  field: { name: 'matches', isList: true },
  list: ['matches'],
  entry: (match, at) => [draft(match, at)],
  finish: (root, drafts) => {
    const target = object(object(root['source'])['target']);
    const diffIds = list(target['layers']).map((layer) => text(object(layer)['digest']));
    return { vulnerabilities: finished(drafts, diffIds), layers: layersOf(diffIds, imageConfig(target)) };
  },
};

function draft(match: Json, at: readonly number[]): Draft {
  const found = object(match['vulnerability']);
  const fix = object(found['fix']);
  const artifact = object(match['artifact']);
  const fixedIn = text(fix['state']) === 'fixed' ? list(fix['versions']).map(text).join(', ') : '';
  const id = text(found['id']);
  return {
    id,
    severity: severity(text(found['severity'])),
    name: text(artifact['name']),
    version: text(artifact['version']),
    kind: text(artifact['type']),
    layerId: primaryLayer(artifact),
    at,
    ...linkTo(id, text(found['dataSource'])),
    ...(fixedIn === '' ? {} : { fixedIn }),
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
