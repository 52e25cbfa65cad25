// Health checks with a client that the base image certainly has.
import type { Model, Stage } from '../../model/model';
import { baseTag } from '../images/base-version';

/** The words of a command that fails if nothing answers at an address; undefined if the base has no known client. */
export function probeOf(model: Model, stage: Stage, address: string): readonly string[] | undefined {
  const { base } = stage;
  // Python 2 does not have this module.
  if (base.env.has('PYTHON_VERSION') && !/^2/.test(baseTag(model, stage, 'python') ?? ''))
    return ['python', '-c', `import urllib.request; urllib.request.urlopen('${address}')`];
  if (base.env.has('NODE_VERSION'))
    return [
      'node',
      '-e',
      `require('http').get('${address}', (r) => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))`,
    ];
  if (base.distribution === 'alpine' || base.distribution === 'busybox')
    return ['wget', '-q', '--spider', address];
  return undefined;
}

/** Words as an array of JSON, as instructions write it. */
export function execForm(words: readonly string[]): string {
  return JSON.stringify(words).replaceAll('","', '", "');
}
