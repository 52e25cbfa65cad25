// The formats by the names that --format takes.
import { formatAgent } from './agent';
import { formatCheckstyle } from './checkstyle';
import { formatCodeClimate, formatGitlab } from './code-quality';
import type { Format } from './format';
import { formatGithub } from './github';
import { formatJson } from './json';
import { formatJunit } from './junit';
import { formatSarif } from './sarif';
import { formatText } from './text';

export const formats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  gitlab: formatGitlab,
  junit: formatJunit,
  checkstyle: formatCheckstyle,
  codeclimate: formatCodeClimate,
  agent: formatAgent,
} satisfies Readonly<Record<string, Format>>;
