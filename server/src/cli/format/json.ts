// The JSON format: one array with the report on each file.
import type { FileReport } from '../../service/report';
import type { Format } from './format';

export const formatJson: Format = (reports: readonly FileReport[]) =>
  `${JSON.stringify(reports, undefined, 2)}\n`;
