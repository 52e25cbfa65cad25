// The formats by the names that --format takes.
import type { Format } from './format';
import { formatJson } from './json';
import { formatText } from './text';

export const formats = { text: formatText, json: formatJson } satisfies Readonly<Record<string, Format>>;
