// Images that their publisher lists no more, beside the official ones of Docker.

/**
 * Distroless: Debian 13 alone gets updates; on Debian 12 the small ones had them until September 2026. Source: README.md and
 * SUPPORT_POLICY.md of GoogleContainerTools/distroless, August 2026.
 */
const distroless = /^gcr\.io\/distroless\/(([a-z][a-z0-9-]*?)-debian(\d+))$/;
/** Those that have the same name on Debian 13. */
const onDebian13: ReadonlySet<string> = new Set(['static', 'base', 'base-nossl', 'cc', 'python3']);

export interface RetiredImage {
  /** The last part of the name to use instead; undefined if there is no image like it. */
  readonly successor: string | undefined;
}

/** What takes the place of a distroless image that is listed no more; undefined for others. */
export function retiredDistroless(name: string | undefined): RetiredImage | undefined {
  const [, , kind = '', debian = ''] = distroless.exec(name ?? '') ?? [];
  if (kind === '' || Number(debian) > 12) return undefined;
  return { successor: onDebian13.has(kind) ? `${kind}-debian13` : undefined };
}
