// Trivy: `trivy image --format json`, report schema version 2.
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
import type { ScanResult, Vulnerability } from '../scan/report';

/** @throws UnreadableReport */
export function readTrivyReport(report: string): ScanResult {
  const root = parseReport(report);
  if (root['SchemaVersion'] === undefined) throw new UnreadableReport('SchemaVersion');
  const config = object(object(root['Metadata'])['ImageConfig']);
  const diffIds = list(object(config['rootfs'])['diff_ids']).map(text);
  const vulnerabilities = list(root['Results'])
    .map(object)
    .flatMap((result) =>
      list(result['Vulnerabilities'])
        .map(object)
        .map((found): Vulnerability => {
          const layer = diffIds.indexOf(text(object(found['Layer'])['DiffID']));
          const fixedIn = text(found['FixedVersion']);
          return {
            id: text(found['VulnerabilityID']),
            severity: severity(text(found['Severity'])),
            name: text(found['PkgName']),
            version: text(found['InstalledVersion']),
            ecosystem: ecosystem(text(result['Type'])),
            ...(fixedIn === '' ? {} : { fixedIn }),
            ...(layer < 0 ? {} : { layer }),
          };
        }),
    );
  return { vulnerabilities: unique(vulnerabilities), layers: layersOf(diffIds, config) };
}
