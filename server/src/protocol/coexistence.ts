// Which other extensions offer the same, and what is offered beside them.
import type { LanguageFeatures } from '../settings';

/**
 * Extensions with basic language features for Dockerfiles. The first two use the same service as ours, so with both
 * active everything would appear twice.
 */
export const languageFeatureExtensions: readonly string[] = [
  'ms-azuretools.vscode-containers',
  'ms-azuretools.vscode-docker',
  'docker.docker',
];

/**
 * Whether the server offers completion, hover, signature help, folding, symbols and on-type formatting.
 * @param setting `drydock.languageFeatures`
 * @param coexistence ids of the active extensions that offer them too
 */
export function languageFeaturesOn(setting: LanguageFeatures, coexistence: readonly string[]): boolean {
  return setting === 'on' || (setting === 'auto' && coexistence.length === 0);
}
