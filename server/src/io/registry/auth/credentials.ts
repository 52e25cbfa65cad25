// Finds the user's own login for a registry, as docker and podman would. Keys match exactly, never by a part:
// a login stored for ghcr.io must not answer for evil-ghcr.io, nor the other way round.
import type { HelperAnswer } from './credential-helper';
import {
  credentialFiles,
  fromUserAndSecret,
  parseCredentialFile,
  readCredentialFile,
} from './credential-file';
import type { Credential, CredentialFile } from './credential-file';
import type { RegistryHost } from '../images/policy';
import type { Environment, Limits } from '../settings';

/** What was found. */
export interface Found {
  readonly credential: Credential | undefined;
  readonly failedHelper: FailedHelper | undefined;
}

/** A helper that should have answered and did not. */
export interface FailedHelper {
  readonly name: string;
  readonly timedOut: boolean;
}

/** Asks one helper for one server. */
export type AskHelper = (name: string, server: string) => Promise<HelperAnswer>;

export interface CredentialContext {
  readonly environment: Environment;
  readonly limits: Limits;
  readonly log: (line: string) => void;
  readonly ask: AskHelper;
}

const nothing: Found = { credential: undefined, failedHelper: undefined };

/**
 * Looks through DOCKER_AUTH_CONFIG, docker's file and podman's files; the first that has a login for the registry
 * wins, the longest key within it.
 */
export async function findCredential(
  registry: RegistryHost,
  path: string,
  context: CredentialContext,
): Promise<Found> {
  let failedHelper: FailedHelper | undefined;
  const fromVariable = context.environment.variables['DOCKER_AUTH_CONFIG'];
  if (fromVariable) {
    const file = parseCredentialFile(fromVariable);
    if (file === undefined) context.log('DOCKER_AUTH_CONFIG is not used: it is not a JSON object');
    const credential = file && longestKey(file, registry, path);
    if (credential) return { credential, failedHelper: undefined };
  }
  for (const name of credentialFiles(context.environment)) {
    const file = await readCredentialFile(name, context.limits, context.log);
    if (file === undefined) continue;
    const found = await lookInFile(file, registry, path, context);
    if (found.credential) return found;
    failedHelper ??= found.failedHelper;
  }
  return { credential: undefined, failedHelper };
}

/** Order within a file: the helper for this host (an empty name means "use the file"), the store, the file. */
async function lookInFile(
  file: CredentialFile,
  registry: RegistryHost,
  path: string,
  context: CredentialContext,
): Promise<Found> {
  const helper = file.helpers.get(registry.domain) ?? file.store;
  if (!helper) return { ...nothing, credential: longestKey(file, registry, path) };
  const found = await fromHelper(helper, registry, file.keys.get(registry.domain) ?? [], context);
  return found.credential ? found : { ...found, credential: longestKey(file, registry, path) };
}

/** @param keys as the file has them: helpers find a login only under the very name it was stored under */
async function fromHelper(
  name: string,
  registry: RegistryHost,
  keys: readonly string[],
  context: CredentialContext,
): Promise<Found> {
  // docker stores Docker Hub's login under the address its first registry had.
  const server = registry.domain === 'docker.io' ? 'https://index.docker.io/v1/' : registry.domain;
  for (const one of new Set([server, ...keys])) {
    const answer = await context.ask(name, one);
    if (answer.kind === 'login')
      return { ...nothing, credential: fromUserAndSecret(answer.username, answer.secret) };
    if (answer.kind === 'notFound') continue;
    const printable = /^[\w.-]{1,64}$/.test(name) ? name : '(unprintable)';
    context.log(`credential helper ${printable}: ${answer.why}`);
    return { ...nothing, failedHelper: { name: printable, timedOut: answer.timedOut } };
  }
  return nothing;
}

/** `host/a/b`, then `host/a`, then `host`. */
function longestKey(file: CredentialFile, registry: RegistryHost, path: string): Credential | undefined {
  let key = `${registry.domain}/${path}`;
  for (;;) {
    const credential = file.logins.get(key);
    if (credential) return credential;
    const slash = key.lastIndexOf('/');
    if (slash < 0) return undefined;
    key = key.slice(0, slash);
  }
}
