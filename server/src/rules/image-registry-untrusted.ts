import { defineRule, listOf, replace, text } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import { imagesNamed } from '../core/families/hadolint-images';
import type { ImageUse } from '../core/model/model';

/**
 * An image from a registry that nobody has vetted can hold anything. Name the registries that you trust, and every other one
 * stops the check.
 *
 * ```dockerfile bad options="trustedRegistries: [registry.example.com]"
 * FROM «ubuntu:24.04»
 * COPY --from=«ghcr.io/astral-sh/uv:0.9» /uv /bin/
 * RUN --mount=type=bind,from=«docker.io/acme/tool»,target=/t true
 * FROM «localhost/tool:1»
 * FROM registry.example.com/base:1
 * ```
 * > docker.io is not one of the registries that the configuration trusts
 * > ghcr.io is not one of the registries that the configuration trusts
 * > docker.io is not one of the registries that the configuration trusts
 * > localhost is not one of the registries that the configuration trusts
 * ```dockerfile fixed
 * FROM registry.example.com/ubuntu:24.04
 * COPY --from=registry.example.com/astral-sh/uv:0.9 /uv /bin/
 * RUN --mount=type=bind,from=registry.example.com/acme/tool,target=/t true
 * FROM registry.example.com/tool:1
 * FROM registry.example.com/base:1
 * ```
 * An entry can begin or end with `*`, and can name a part of a registry. `docker.io` and `hub.docker.com` stand for images without a
 * registry:
 * ```dockerfile bad options="trustedRegistries: [hub.docker.com, '*.example.com', 'quay.*', ghcr.io/acme]"
 * # syntax=ghcr.io/other/dockerfile:1
 * ARG NAME
 * ARG BASE=ghcr.io/acme/tool:2
 * FROM ubuntu:24.04 AS build
 * FROM docker.io/library/ubuntu:24.04
 * FROM eu.example.com/base:1
 * FROM quay.io/acme/base:1
 * FROM ghcr.io/acme/base:1
 * FROM «ghcr.io/other/base:1»
 * FROM «gcr.io/distroless/${NAME}»
 * FROM ${NAME}
 * FROM $BASE
 * FROM $HOST:5000/app
 * FROM scratch
 * FROM build
 * ```
 * > ghcr.io is not one of the registries that the configuration trusts
 * > gcr.io is not one of the registries that the configuration trusts
 * ```dockerfile fixed alternative="Take the image from docker.io"
 * # syntax=ghcr.io/other/dockerfile:1
 * ARG NAME
 * ARG BASE=ghcr.io/acme/tool:2
 * FROM ubuntu:24.04 AS build
 * FROM docker.io/library/ubuntu:24.04
 * FROM eu.example.com/base:1
 * FROM quay.io/acme/base:1
 * FROM ghcr.io/acme/base:1
 * FROM docker.io/other/base:1
 * FROM gcr.io/distroless/${NAME}
 * FROM ${NAME}
 * FROM $BASE
 * FROM $HOST:5000/app
 * FROM scratch
 * FROM build
 * ```
 * ```dockerfile good options="trustedRegistries: ['*']"
 * FROM ghcr.io/acme/base:1
 * ```
 * Without a list, every registry is fine:
 * ```dockerfile good
 * FROM ghcr.io/acme/base:1
 * ```
 */
export default defineRule({
  id: 'image-registry-untrusted',
  summary: 'An image comes from a registry that is not trusted',
  category: 'security',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3026'],
  options: {
    trustedRegistries: listOf(
      'The registries that images may come from. An entry can begin or end with `*`. Without entries, all are trusted.',
      'a list of registries',
      text(),
      { hadolint: 'trustedRegistries' },
    ),
  },

  *check({ model, options }) {
    const trusted = options.trustedRegistries.map((entry) => (hubNames.has(entry) ? 'docker.io' : entry));
    if (trusted.length === 0) return;
    const hosts = trusted.filter((entry) => !/[*/]/.test(entry));
    for (const use of model.images) {
      const registry = use.via === 'syntax' ? undefined : registryOf(use);
      if (registry === undefined || trusted.some((entry) => isTrusted(registry, entry))) continue;
      const swaps = use.image.variable ? [] : hosts.map((host) => swap(use, host));
      yield {
        at: use.image.span,
        message: untrusted(registry.host),
        ...(swaps.length === 1 && trusted.length === 1 ? { fix: swaps[0] } : { alternatives: swaps }),
      };
    }
  },

  *hadolint({ model, options: { trustedRegistries: trusted } }) {
    if (trusted.length === 0) return;
    for (const { host, name, at } of imagesNamed(model)) {
      if (host === undefined && name === 'scratch') continue;
      const hosts = host === undefined ? ['docker.io', 'hub.docker.com'] : [host];
      if (!hosts.some((one) => trusted.some((entry) => fits(one, entry))))
        yield { at, message: untrusted(host ?? 'docker.io') };
    }
  },
});

function untrusted(host: string): string {
  return `${host} is not one of the registries that the configuration trusts`;
}

/** Other names of docker.io. */
const hubNames: ReadonlySet<string> = new Set(['hub.docker.com', 'index.docker.io']);

interface Registry {
  readonly host: string;
  /** With the host. */
  readonly name: string;
}

/** @returns undefined if a variable decides */
function registryOf({ image, resolved }: ImageUse): Registry | undefined {
  const written = resolved ?? (image.host ? image.name.text : undefined);
  if (written === undefined) return undefined;
  const host = hostIn(written);
  if (host.includes('$')) return undefined;
  const name = written.replace(/[:@][^/]*$/, '');
  return { host, name: name.startsWith(`${host}/`) ? name : `${host}/${name}` };
}

/** The part before the first slash if it looks like a host, by the rule of distribution/reference. */
function hostIn(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

function isTrusted({ host, name }: Registry, entry: string): boolean {
  return entry.includes('/') && !entry.includes('*')
    ? `${name}/`.startsWith(entry.replace(/\/?$/, '/'))
    : fits(host, entry);
}

function fits(host: string, entry: string): boolean {
  if (entry.startsWith('*')) return host.endsWith(entry.slice(1));
  return entry.endsWith('*') ? host.startsWith(entry.slice(0, -1)) : host === entry;
}

function swap({ image }: ImageUse, host: string): Fix {
  const { span } = image.host ?? image;
  return {
    title: `Take the image from ${host}`,
    edits: [image.host ? replace(span, host) : { start: span.start, end: span.start, text: `${host}/` }],
  };
}
