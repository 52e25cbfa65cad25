// The JSON format: one array with the report on each file, written file by file. That of a shard stands in an object that says
// which one it is, for `drydock merge`: an empty array could not say it.
import type { Format } from './format';
import { JsonArray } from './json-array';

export const formatJson: Format = ({ shard }) => {
  const files = new JsonArray(shard ? '  ' : '');
  let head = shard
    ? `{\n  "version": 1,\n  "shard": { "part": ${shard.part}, "of": ${shard.of} },\n  "reports": `
    : '';
  const opened = (text: string): string => {
    const all = head + text;
    head = '';
    return all;
  };
  return {
    file: (report) => opened(files.add(report)),
    end: () => opened(`${files.end()}\n${shard ? '}\n' : ''}`),
  };
};
