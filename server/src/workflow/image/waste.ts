// Files that few images need, by kind: what a path says about its file.

export interface WasteKind {
  readonly id: string;
  readonly title: string;
  readonly paths: readonly RegExp[];
}

/** A path counts for the first kind that fits. */
export const wasteKinds: readonly WasteKind[] = [
  {
    id: 'package-lists',
    title: 'Package lists',
    paths: [
      /^var\/lib\/apt\/lists\//,
      /^var\/cache\/(?:dnf|yum|libdnf5|zypp)\//,
      /^(?:etc|var\/cache)\/apk\/.*APKINDEX/,
    ],
  },
  {
    id: 'caches',
    title: 'Caches of package managers',
    paths: [
      /^var\/cache\/(?:apt|apk|debconf|ldconfig)\//,
      /(?:^|\/)\.cache\/(?:pip|uv|pypoetry|yarn|go-build|node|composer|bazel|pnpm|deno)\//,
      /(?:^|\/)\.(?:npm\/_cacache|cargo\/(?:registry|git)|m2\/repository|gradle\/caches|composer\/cache|nuget\/packages|bundle\/cache)\//,
      /(?:^|\/)(?:go\/pkg\/mod|usr\/local\/cargo\/registry|gems\/[^/]+\/cache)\//,
    ],
  },
  { id: 'vcs', title: 'Version control folders', paths: [/(?:^|\/)\.(?:git|svn|hg|bzr)\//] },
  { id: 'source-maps', title: 'Source maps', paths: [/\.(?:js|mjs|cjs|css)\.map$/] },
  {
    id: 'tests',
    title: 'Tests of libraries',
    paths: [
      /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems)\/(?:.*\/)?(?:tests?|__tests__|spec)\//,
      /(?:^|\/)lib\/python[\d.]+\/(?:.*\/)?tests?\//,
    ],
  },
  {
    id: 'docs',
    title: 'Documentation and translations',
    paths: [
      /^usr\/(?:local\/)?share\/(?:doc|man|info|locale|i18n|gtk-doc|help|doc-base|lintian)\//,
      /^usr\/(?:local\/)?man\//,
    ],
  },
  {
    id: 'compilers',
    title: 'Compilers, headers and static libraries',
    paths: [
      /(?:^|\/)usr\/(?:local\/)?(?:include|lib\/gcc|libexec\/gcc|lib\/llvm[^/]*|lib\/rustlib)\//,
      /^usr\/local\/(?:go|rustup)\//,
      /(?:^|\/)bin\/(?:[a-z0-9_]+-linux-[a-z]+-)?(?:gcc|g\+\+|cc|c\+\+|cpp|clang|clang\+\+|ld|ld\.bfd|ld\.gold|as|make|cmake|ninja|rustc|cargo|gdb|lto-dump)(?:-[\d.]+)?$/,
      /\.(?:a|la|o)$/,
      /(?:^|\/)(?:jmods\/|lib\/src\.zip$)/,
    ],
  },
  { id: 'leftovers', title: 'Logs and temporary files', paths: [/^(?:var\/log|tmp|var\/tmp)\//] },
];

/** @param path of a file @returns undefined if nothing speaks against it */
export function wasteOf(path: string): WasteKind | undefined {
  return wasteKinds.find(({ paths }) => paths.some((one) => one.test(path)));
}
