import { defineRule, listOf, replace, text } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import type { ImageUse } from '../core/model/model';

/**
 * An image from a registry that nobody has vetted can hold anything. Name the registries that you trust, and every other one
 * stops the check.
 *
 * ```dockerfile bad options="trustedRegistries: [registry.example.com]"
 * FROM «ubuntu:24.04»
 * COPY --from=«ghcr.io/astral-sh/uv:0.9» /uv /bin/
 * RUN --mount=type=bind,from=«docker.io/acme/tool»,target=/t true
 * FROM registry.example.com/base:1
 * ```
 * > docker.io is not one of the registries that the configuration trusts
 * > ghcr.io is not one of the registries that the configuration trusts
 * > docker.io is not one of the registries that the configuration trusts
 * ```dockerfile fixed
 * FROM registry.example.com/ubuntu:24.04
 * COPY --from=registry.example.com/astral-sh/uv:0.9 /uv /bin/
 * RUN --mount=type=bind,from=registry.example.com/acme/tool,target=/t true
 * FROM registry.example.com/base:1
 * ```
 * An entry can begin or end with `*`, and can name a part of a registry. `docker.io` stands for images without a registry:
 * ```dockerfile bad options="trustedRegistries: [docker.io, '*.example.com', 'quay.*', ghcr.io/acme]"
 * ARG NAME
 * FROM ubuntu:24.04 AS build
 * FROM docker.io/library/ubuntu:24.04
 * FROM eu.example.com/base:1
 * FROM quay.io/acme/base:1
 * FROM ghcr.io/acme/base:1
 * FROM «ghcr.io/other/base:1»
 * FROM «gcr.io/distroless/${NAME}»
 * FROM ${NAME}
 * FROM scratch
 * FROM build
 * ```
 * > ghcr.io is not one of the registries that the configuration trusts
 * > gcr.io is not one of the registries that the configuration trusts
 * ```dockerfile fixed alternative="Take the image from docker.io"
 * ARG NAME
 * FROM ubuntu:24.04 AS build
 * FROM docker.io/library/ubuntu:24.04
 * FROM eu.example.com/base:1
 * FROM quay.io/acme/base:1
 * FROM ghcr.io/acme/base:1
 * FROM docker.io/other/base:1
 * FROM gcr.io/distroless/${NAME}
 * FROM ${NAME}
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
    const trusted = options.trustedRegistries;
    if (trusted.length === 0) return;
    const hosts = trusted.filter((entry) => !/[*/]/.test(entry));
    for (const use of model.images) {
      const registry = use.via === 'syntax' ? undefined : registryOf(use);
      if (registry === undefined || trusted.some((entry) => isTrusted(registry, entry))) continue;
      const swaps = use.image.variable ? [] : hosts.map((host) => swap(use, host));
      yield {
        at: use.image.span,
        message: `${registry.host} is not one of the registries that the configuration trusts`,
        ...(swaps.length === 1 && trusted.length === 1 ? { fix: swaps[0] } : { alternatives: swaps }),
      };
    }
  },
});

interface Registry {
  readonly host: string;
  /** With the host. */
  readonly name: string;
}

/** @returns undefined if a variable decides */
function registryOf({ image, resolved }: ImageUse): Registry | undefined {
  const host = image.host?.text ?? (resolved === undefined ? undefined : hostIn(resolved));
  if (host === undefined || host.includes('$')) return undefined;
  return { host, name: image.host ? image.name.text : `${host}/${image.name.text}` };
}

/** The part before the first slash if it looks like a host, by the rule of distribution/reference. */
function hostIn(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

function isTrusted({ host, name }: Registry, entry: string): boolean {
  const hub = entry === 'hub.docker.com' || entry === 'index.docker.io' ? 'docker.io' : entry;
  if (hub.startsWith('*')) return host.endsWith(hub.slice(1));
  if (hub.endsWith('*')) return host.startsWith(hub.slice(0, -1));
  return hub.includes('/') ? `${name}/`.startsWith(hub.replace(/\/?$/, '/')) : host === hub;
}

function swap({ image }: ImageUse, host: string): Fix {
  const { span } = image.host ?? image;
  return {
    title: `Take the image from ${host}`,
    edits: [image.host ? replace(span, host) : { start: span.start, end: span.start, text: `${host}/` }],
  };
}
