// From a tag to the digest that may be written into a file. HEAD tells the digest and costs nothing; it cannot be
// verified, so the manifest is fetched by that digest and its exact bytes are hashed before anyone sees the result.
import type { Answer, Call } from '../http/call';
import type { RegistryClient, Question } from './client';
import { matches, parseDigest, sha256 } from './digest';
import type { Digest } from './digest';
import { RegistryError } from '../errors';
import {
  formatPlatform,
  manifestTypes,
  parseJson,
  parseManifest,
  readPlatform,
  samePlatform,
} from './manifest';
import type { Descriptor, Manifest, Platform } from './manifest';
import type { Limits } from '../settings';

/** A manifest whose bytes were hashed. */
export interface Verified {
  readonly digest: Digest;
  readonly manifest: Manifest;
  readonly bytes: number;
}

export interface ResolveContext {
  readonly client: RegistryClient;
  readonly limits: Limits;
  readonly log: (line: string) => void;
  /** Manifests by digest: they never change, so each is fetched once. */
  readonly known: (digest: Digest) => Verified | undefined;
  readonly learn: (verified: Verified) => void;
  /** Told when a stored login was refused on the way. */
  readonly loginRefused: () => void;
}

const accept = manifestTypes.join(', ');

/**
 * What the registry says a tag is: unverified, for the next step only.
 * @returns undefined when it does not say, or says something that is not a digest
 */
export async function headTag(call: Call, tag: string, context: ResolveContext): Promise<Digest | undefined> {
  let answer: Answer;
  try {
    answer = await ask(call, manifestQuestion('HEAD', tag, context), context);
  } catch (error) {
    // Some registries and proxies refuse HEAD alone; the GET that follows says whether the tag is there.
    if (error instanceof RegistryError && refusesRequest(error)) return undefined;
    throw error;
  }
  if (answer.status === 404) throw notFound(call, 'tag', tag);
  return answer.status === 200 ? digestHeader(answer) : undefined;
}

/** Not a pause that the registry asks for, and not a failure on the way: a GET would only meet the same. */
function refusesRequest({ fault }: RegistryError): boolean {
  switch (fault.code) {
    case 'Denied':
    case 'Unauthorized':
    case 'ServerError':
      return true;
    case 'Protocol':
      return fault.what !== 'token';
    case 'NotFound':
      return fault.what === 'repositoryOrPrivate';
    default:
      return false;
  }
}

/** Whether a digest is there; costs a HEAD. */
export async function isThere(call: Call, digest: Digest, context: ResolveContext): Promise<boolean> {
  return (await ask(call, manifestQuestion('HEAD', digest, context), context)).status === 200;
}

/**
 * A manifest by its digest, its bytes hashed.
 * @throws RegistryError DigestMismatch for other bytes, NotFound (digest)
 */
export async function manifestByDigest(
  call: Call,
  digest: Digest,
  context: ResolveContext,
): Promise<Verified> {
  const known = context.known(digest);
  if (known) return known;
  const answer = await ask(call, manifestQuestion('GET', digest, context), context);
  if (answer.status === 404) throw notFound(call, 'digest', digest);
  requireOk(call, answer, 'manifest');
  if (!matches(digest, answer.body)) throw mismatch(call);
  return learn(call, digest, answer, context);
}

/**
 * The verified manifest of a tag.
 * @param announced what `headTag` gave
 */
export async function manifestOfTag(
  call: Call,
  tag: string,
  announced: Digest | undefined,
  context: ResolveContext,
): Promise<Verified> {
  if (announced !== undefined) {
    try {
      return await manifestByDigest(call, announced, context);
    } catch (error) {
      if (!(error instanceof RegistryError && error.fault.code === 'NotFound')) throw error;
      context.log(`${call.registry.domain}: the announced digest is not there; reading the tag instead`);
    }
  }
  const answer = await ask(call, manifestQuestion('GET', tag, context), context);
  if (answer.status === 404) throw notFound(call, 'tag', tag);
  requireOk(call, answer, 'manifest');
  const said = digestHeader(answer);
  const computed = said !== undefined && matches(said, answer.body) ? said : sha256(answer.body);
  const verified = learn(call, computed, answer, context, false);
  if (said !== undefined && said !== computed) {
    // Many registries announce a wrong digest; what counts is whether the right one leads to the same bytes.
    context.log(`${call.registry.domain}: the announced digest is not that of the manifest`);
    try {
      return await manifestByDigest(call, computed, context);
    } catch (error) {
      if (error instanceof RegistryError && error.fault.code === 'NotFound') throw mismatch(call);
      throw error;
    }
  }
  context.learn(verified);
  return verified;
}

/**
 * What the registry says a tag is, by HEAD, or by GET where that names no digest.
 * @returns undefined when there is no such tag
 */
export async function digestOfTag(
  call: Call,
  tag: string,
  context: ResolveContext,
): Promise<Digest | undefined> {
  try {
    return (await headTag(call, tag, context)) ?? (await manifestOfTag(call, tag, undefined, context)).digest;
  } catch (error) {
    if (error instanceof RegistryError && error.fault.code === 'NotFound') return undefined;
    throw error;
  }
}

/** What to write for an image whose file may already hold a digest. */
export interface Target {
  readonly digest: Digest;
  readonly kind: 'index' | 'image' | 'child';
  /** Of a child: the platform it is for. */
  readonly platform: Platform | undefined;
}

/**
 * Chooses between an index and a platform's child. The index is right on every platform, so it is what a new pin
 * gets; a file that pins a child keeps a child of the same platform.
 * @param pinned the digest in the file
 * @throws RegistryError NoSuchPlatform when the tag has no image for that platform any more
 */
export async function chooseTarget(
  call: Call,
  tag: Verified,
  pinned: Digest | undefined,
  context: ResolveContext,
): Promise<Target> {
  const whole: Target = { digest: tag.digest, kind: tag.manifest.kind, platform: undefined };
  if (pinned === undefined || pinned === tag.digest || tag.manifest.kind !== 'index') return whole;
  const { entries } = tag.manifest;
  const same = entries.find((entry) => entry.digest === pinned);
  if (same) return { digest: same.digest, kind: 'child', platform: same.platform };
  const old = await pinnedManifest(call, pinned, context);
  if (old?.manifest.kind !== 'image') return whole;
  const wanted = await platformOf(call, old.manifest.config, context);
  if (wanted === undefined) return whole;
  const child = entries.find((entry) => entry.platform !== undefined && samePlatform(entry.platform, wanted));
  if (child) return { digest: child.digest, kind: 'child', platform: child.platform };
  throw new RegistryError({
    code: 'NoSuchPlatform',
    name: call.path,
    wanted: formatPlatform(wanted),
    available: platformsOf(tag.manifest).map(formatPlatform),
  });
}

/** The different platforms of an index, in its order; an image's are not known without its config. */
export function platformsOf(manifest: Manifest): Platform[] {
  if (manifest.kind !== 'index') return [];
  const seen = new Map<string, Platform>();
  for (const { platform } of manifest.entries) {
    if (platform && !seen.has(formatPlatform(platform))) seen.set(formatPlatform(platform), platform);
  }
  return [...seen.values()];
}

/** @returns undefined when it is gone: then nothing says what it was */
export async function pinnedManifest(
  call: Call,
  pinned: Digest,
  context: ResolveContext,
): Promise<Verified | undefined> {
  try {
    return await manifestByDigest(call, pinned, context);
  } catch (error) {
    if (error instanceof RegistryError && error.fault.code === 'NotFound') return undefined;
    throw error;
  }
}

/** The platform in an image's config. */
async function platformOf(
  call: Call,
  config: Descriptor,
  context: ResolveContext,
): Promise<Platform | undefined> {
  return readPlatform(await readConfig(call, config, context));
}

/** An image's config as JSON, which must be exactly the blob the manifest names. */
export async function readConfig(call: Call, config: Descriptor, context: ResolveContext): Promise<unknown> {
  const cap = context.limits.bodyBytes.config;
  if (config.size > cap)
    throw new RegistryError({ code: 'TooLarge', host: call.registry.domain, what: 'config' });
  const answer = await ask(
    call,
    {
      method: 'GET',
      resource: `blobs/${config.digest}`,
      accept: '*/*',
      purpose: 'config',
      maxBytes: config.size,
    },
    context,
  );
  if (answer.status === 404) throw notFound(call, 'digest', config.digest);
  requireOk(call, answer, 'config');
  if (answer.body.length !== config.size || !matches(config.digest, answer.body)) throw mismatch(call);
  return parseJson(answer.body);
}

async function ask(call: Call, question: Question, context: ResolveContext): Promise<Answer> {
  const answer = await context.client.ask(call, question);
  if (answer.storedLoginRefused) context.loginRefused();
  return answer;
}

function manifestQuestion(method: 'HEAD' | 'GET', reference: string, { limits }: ResolveContext): Question {
  return {
    method,
    resource: `manifests/${reference}`,
    accept,
    purpose: 'manifest',
    maxBytes: limits.bodyBytes.manifest,
  };
}

function digestHeader(answer: Answer): Digest | undefined {
  const values = answer.headers.get('docker-content-digest') ?? [];
  return values.length === 1 ? parseDigest(values[0]) : undefined;
}

function learn(call: Call, digest: Digest, answer: Answer, context: ResolveContext, keep = true): Verified {
  const source = { host: call.registry.domain, name: call.path };
  const manifest = parseManifest(answer.body, answer.headers.get('content-type')?.[0], source);
  const verified = { digest, manifest, bytes: answer.body.length };
  if (keep) context.learn(verified);
  return verified;
}

function requireOk(call: Call, answer: Answer, what: 'manifest' | 'config'): void {
  if (answer.status !== 200) throw new RegistryError({ code: 'Protocol', host: call.registry.domain, what });
}

function mismatch(call: Call): RegistryError {
  return new RegistryError({ code: 'DigestMismatch', host: call.registry.domain, name: call.path });
}

function notFound(call: Call, what: 'tag' | 'digest', reference: string): RegistryError {
  const name = `${call.path}${what === 'tag' ? ':' : '@'}${reference}`;
  return new RegistryError({ code: 'NotFound', what, host: call.registry.domain, name });
}
