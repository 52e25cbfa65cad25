// The JSON format: one array with the report on each file, written file by file.
import type { Format } from './format';
import { JsonArray } from './json-array';

export const formatJson: Format = () => {
  const files = new JsonArray();
  return {
    file: (report) => files.add(report),
    end: () => `${files.end()}\n`,
  };
};
