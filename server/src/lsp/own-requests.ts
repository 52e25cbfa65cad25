// Our own requests: how the parameters of each are read, and which handler answers it.
import type { Context } from './context';
import { ignoreOne, projectSections } from './handlers/configuration';
import { dietPlan, draftFiles, newestVersions, patternChoices } from './handlers/patterns';
import { readRebuildsParams, rebuilds, rebuildsOfLine } from './handlers/rebuilds';
import { buildDescription, digests, explainFailure, explainRule, fixAll } from './handlers/requests';
import type { Handlers } from './messages';
import { count, oneOf, shape, text, texts } from './shape';

const readDocument = shape({ textDocument: shape({ uri: text }) });

/** @param ready the context; throws before the server is initialized */
export function requestHandlers(ready: () => Context): Omit<Handlers, 'trustGranted' | 'coexistenceChanged'> {
  return {
    buildDescription: { read: readDocument, answer: (params) => buildDescription(ready(), params) },
    pinAll: { read: readDocument, answer: (params, token) => digests(ready(), 'pin', params, token) },
    updateDigests: {
      read: readDocument,
      answer: (params, token) => digests(ready(), 'update', params, token),
    },
    fixAll: {
      read: shape({ textDocument: shape({ uri: text }), safety: oneOf('safe', 'suggested') }),
      answer: (params) => fixAll(ready(), params),
    },
    rebuilds: { read: readRebuildsParams, answer: (params) => rebuilds(ready(), params) },
    rebuildsOfLine: {
      read: shape({ textDocument: shape({ uri: text }), line: count }),
      answer: (params) => rebuildsOfLine(ready(), params),
    },
    patternChoices: { read: shape({ folder: text }), answer: (params) => patternChoices(ready(), params) },
    draftFiles: {
      read: shape({ folder: text, pattern: text, values: texts }),
      answer: (params) => draftFiles(ready(), params),
    },
    dietPlan: {
      read: shape({ folder: text, values: texts }),
      answer: (params) => dietPlan(ready(), params),
    },
    newestVersions: {
      read: shape({ folder: text, pattern: text }),
      answer: (params, token) => newestVersions(ready(), params, token),
    },
    explainFailure: {
      read: shape({ textDocument: shape({ uri: text }), log: text }),
      answer: (params) => explainFailure(ready(), params),
    },
    projectSections: { read: readDocument, answer: (params) => projectSections(ready(), params) },
    ignoreVulnerability: {
      read: shape({
        textDocument: shape({ uri: text }),
        id: text,
        reason: text,
        until: text,
        package: text,
      }),
      answer: (params) => ignoreOne(ready(), params),
    },
    explainRule: { read: shape({ rule: text }), answer: explainRule },
  };
}
