// The JSON format: one array with the report on each file, written file by file.
import { visibleJson } from '../visible';
import type { Format } from './format';

export const formatJson: Format = () => {
  let files = 0;
  return {
    file(report) {
      files += 1;
      const indented = JSON.stringify(report, undefined, 2).replaceAll('\n', '\n  ');
      return `${files === 1 ? '[' : ','}\n  ${visibleJson(indented)}`;
    },
    end: () => (files === 0 ? '[]\n' : '\n]\n'),
  };
};
