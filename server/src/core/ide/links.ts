// Links from image names to their pages in a registry, and from sources of COPY, ADD and bind mounts to files of the build
// context. Only for registries with known page addresses, and for files that are there.
import { lookUp } from '../analysis/context/context-paths';
import { namedPaths } from '../analysis/context/named-paths';
import type { NamedPath } from '../analysis/context/named-paths';
import type { ImageReference } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { Subject } from './subject';

export type Link = { readonly span: Span } & (
  { /** A URL. */ readonly target: string } | { /** An absolute path. */ readonly file: string }
);

export function linksIn(subject: Subject): readonly Link[] {
  return [...imagesIn(subject), ...filesIn(subject)];
}

function filesIn(subject: Subject): readonly Link[] {
  return namedPaths(subject.model).flatMap((named): Link[] => {
    const file = fileOf(subject, named);
    return file === undefined ? [] : [{ span: named.span, file }];
  });
}

/** The absolute path of a file that COPY, ADD or a bind mount names; undefined for folders and patterns, and if it is not there. */
export function fileOf({ context, contextFolder }: Subject, { path, value }: NamedPath): string | undefined {
  if (!context || contextFolder === undefined || /[*?[]/.test(value)) return undefined;
  return lookUp(context, path) === 'file' ? `${contextFolder}/${path}` : undefined;
}

function imagesIn({ model }: Subject): readonly Link[] {
  return model.images.flatMap(({ image }) => {
    const target = pageOf(image);
    return target === undefined ? [] : [{ span: image.name.span, target }];
  });
}

const segment = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;

/** The page of an image; undefined if the name contains a variable, or no page is known. */
function pageOf({ host, path, variable }: ImageReference): string | undefined {
  const parts = path.text.split('/');
  if (variable || !parts.every((part) => segment.test(part))) return undefined;
  const registry = host?.text.toLowerCase() ?? 'docker.io';
  const whole = parts.join('/');
  switch (registry) {
    case 'docker.io':
    case 'index.docker.io':
    case 'registry-1.docker.io':
      if (parts.length === 1) return `https://hub.docker.com/_/${whole}`;
      if (parts.length === 2 && parts[0] === 'library') return `https://hub.docker.com/_/${parts[1]}`;
      return parts.length === 2 ? `https://hub.docker.com/r/${whole}` : undefined;
    case 'ghcr.io':
    case 'gcr.io':
      return `https://${registry}/${whole}`;
    case 'quay.io':
      return parts.length === 2 ? `https://quay.io/repository/${whole}` : undefined;
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${whole}/about`;
    case 'public.ecr.aws':
      return parts.length >= 2 ? `https://gallery.ecr.aws/${whole}` : undefined;
    case 'cgr.dev':
      return parts[0] === 'chainguard' && parts.length === 2
        ? `https://images.chainguard.dev/directory/image/${parts[1]}/overview`
        : undefined;
    default:
      return undefined;
  }
}
