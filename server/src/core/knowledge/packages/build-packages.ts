// Packages of distributions that only a build needs, not the finished program.

/**
 * Compilers and their input, and tools that fetch sources; also certificates and time zones, which are part of the
 * distroless images.
 */
const buildPackages =
  /^(?:build-(?:base|essential)|(?:gcc|g\+\+|clang|llvm|lld)(?:-[\w.-]+)?|binutils(?:-[\w.-]+)?|make|cmake|ninja(?:-build)?|meson|autoconf|automake|libtool|bison|flex|m4|pkg-?conf(?:ig)?|musl(?:-dev|-tools)?|libc6?-dev(?:-[\w-]+)?|libclang(?:-\d+)?-dev|linux-headers(?:-[\w.-]+)?|git|git-lfs|mercurial|subversion|openssh-client|curl|wget|unzip|xz-utils|upx(?:-ucl)?|protobuf-compiler|protoc|golang-goprotobuf-dev|ca-certificates|tzdata|apt-transport-https|gnupg2?)$/;

/**
 * Whether a package is clearly only for the build.
 * @param isStatic whether the program is statically linked: then headers are also only for the build
 */
export function isForBuild(name: string, isStatic: boolean): boolean {
  return buildPackages.test(name) || (isStatic && /-(?:dev|devel)$/.test(name));
}

const compilers =
  /^(?:build-(?:base|essential)|alpine-sdk|base-devel|(?:gcc|g\+\+|clang|gfortran)(?:-\d[\d.]*)?|gcc-(?:c\+\+|gfortran)|make|cmake|ninja(?:-build)?|meson|autoconf|automake|libtool|bison|cargo|rustc?|golang(?:-go|-\d[\d.]*)?|nasm|yasm|@?[Dd]evelopment[ -][Tt]ools|devel_basis)$/;
const headers = /-(?:dev|devel)$|^(?:kernel|linux)-headers/;
const headersOfTools =
  /^(?:(?:musl|libc6?|glibc|python[\d.]*|ruby[\d.]*|nodejs)-dev(?:el)?|linux-headers(?:-[\w.-]+)?|kernel-headers)$/;

/** Whether a package is a compiler or a tool that runs compilers. */
export function isCompiler(name: string): boolean {
  return compilers.test(name);
}

/** Whether a package holds what compilers read: headers, of a library or of the system. */
export function isHeader(name: string): boolean {
  return headers.test(name);
}

/** Whether these headers belong to a language or the system, so that no library goes with them. */
export function isHeaderOfTools(name: string): boolean {
  return headersOfTools.test(name);
}
