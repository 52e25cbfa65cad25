// Grype: `grype -o json`.
import {
  ecosystem,
  layersOf,
  list,
  object,
  parseReport,
  severity,
  text,
  unique,
  UnreadableReport,
} from '../scan/report';
import type { Json, ScanResult, Vulnerability } from '../scan/report';

/** @throws UnreadableReport */
export function readGrypeReport(report: string): ScanResult {
  const root = parseReport(report);
  if (!Array.isArray(root['matches'])) throw new UnreadableReport('matches');
  const target = object(object(root['source'])['target']);
  const diffIds = list(target['layers']).map((layer) => text(object(layer)['digest']));
  const vulnerabilities = list(root['matches'])
    .map(object)
    .map((match): Vulnerability => {
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
        ...(fixedIn === '' ? {} : { fixedIn }),
        ...(layer < 0 ? {} : { layer }),
      };
    });
  return { vulnerabilities: unique(vulnerabilities), layers: layersOf(diffIds, imageConfig(target)) };
}

/** The place that proves the package, not one that only supports it. */
function primaryLayer(artifact: Json): string {
  const locations = list(artifact['locations']).map(object);
  const primary = locations.find((one) => object(one['annotations'])['evidence'] === 'primary');
  return text((primary ?? locations[0])?.['layerID']);
}

/** The image's configuration is in the report as Base64 of JSON. */
function imageConfig(target: Json): Json {
  try {
    return object(JSON.parse(Buffer.from(text(target['config']), 'base64').toString('utf8')));
  } catch {
    // Only the attribution to steps depends on it.
    return {};
  }
}
