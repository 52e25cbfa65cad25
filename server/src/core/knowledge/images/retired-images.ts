// Images that their publisher lists no more, beside the official ones of Docker.

/**
 * Distroless: Debian 13 alone gets updates; on Debian 12 the small ones had them until September 2026. Source: README.md and
 * SUPPORT_POLICY.md of GoogleContainerTools/distroless, August 2026.
 */
const distroless = /^gcr\.io\/distroless\/(([a-z][a-z0-9-]*?)-debian(\d+))$/;
/** Those that have the same name on Debian 13. */
const onDebian13: ReadonlySet<string> = new Set(
  'static base base-nossl cc python3 java-base java17 java21 java25 nodejs22 nodejs24 nodejs26'.split(' '),
);

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

/**
 * Images of other publishers that get no more updates, by name and tag. Sources: the publishers' announcements and pages of
 * support, up to August 2026. An empty tag stands for none.
 */
const retiredByPublisher: readonly { readonly name: RegExp; readonly tag?: RegExp; readonly why: string }[] =
  [
    { name: /^mcr\.microsoft\.com\/dotnet\/core\//, why: '.NET Core ended with 3.1 in December 2022' },
    {
      name: /^mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?(?:sdk|aspnet|runtime|runtime-deps|monitor)$/,
      tag: /^[2-7]\.\d/,
      why: 'Microsoft has ended the support of this version of .NET',
    },
    {
      name: /^mcr\.microsoft\.com\/windows(?:\/\w+)?$/,
      tag: /^(?:1709|1803|1903|1909|2004|20H2)\b/i,
      why: 'Microsoft has ended the support of this version of Windows',
    },
    {
      name: /^circleci\/(?:android|buildpack-deps|clojure|elixir|golang|jruby|mariadb|mongo|mysql|node|openjdk|php|postgres|python|redis|ruby|rust)$/,
      why: 'CircleCI publishes cimg/ images in its place since 2021',
    },
    {
      name: /^opensuse\/(?:leap|archive)$/,
      tag: /^(?:42\.\d|15\.[0-6])\b/,
      why: 'this openSUSE Leap has ended',
    },
    {
      name: /^(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/(?:ubi7|rhel[67])\b/,
      why: 'Red Hat ended its maintenance in June 2024',
    },
    { name: /^quay\.io\/centos\/centos$/, tag: /^stream8\b/, why: 'CentOS Stream 8 ended in May 2024' },
    { name: /^centos\/[\w-]+-centos7$/, why: 'CentOS 7 ended in June 2024' },
    { name: /^adoptopenjdk(?:\/|$)/, why: 'eclipse-temurin has taken its place' },
    { name: /^(?:nodesource\/node|mhart\/alpine-node)$/, why: 'its publisher points to the image node' },
    { name: /^scientificlinux\/sl$/, why: 'Scientific Linux has ended' },
    {
      name: /^gcr\.io\/kaniko-project\/(?:executor|warmer)$/,
      why: 'its repository was archived in June 2025',
    },
    {
      name: /^gcr\.io\/distroless\/(?:java|nodejs|dotnet|python2\.7)$/,
      why: 'its publisher builds images with the version in their names',
    },
    { name: /^docker\/compose$/, why: 'it is version 1 of Compose, which has ended' },
  ];

/** Why an image of another publisher gets no more updates; undefined if that is not known. @param tag empty for none */
export function retiredElsewhere(name: string, tag: string): string | undefined {
  return retiredByPublisher.find((one) => one.name.test(name) && (one.tag?.test(tag) ?? true))?.why;
}
