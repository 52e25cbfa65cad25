// Packages of distributions that a build needs and a finished program does not.

/**
 * Compilers and what feeds them, tools that fetch sources; certificates and time zones, which are part of the
 * distroless images.
 */
const buildPackages =
  /^(?:build-(?:base|essential)|(?:gcc|g\+\+|clang|llvm|lld)(?:-[\w.-]+)?|binutils(?:-[\w.-]+)?|make|cmake|ninja(?:-build)?|meson|autoconf|automake|libtool|bison|flex|m4|pkg-?conf(?:ig)?|musl(?:-dev|-tools)?|libc6?-dev(?:-[\w-]+)?|libclang(?:-\d+)?-dev|linux-headers(?:-[\w.-]+)?|git|git-lfs|mercurial|subversion|openssh-client|curl|wget|unzip|xz-utils|upx(?:-ucl)?|protobuf-compiler|protoc|golang-goprotobuf-dev|ca-certificates|tzdata|apt-transport-https|gnupg2?)$/;

/**
 * Whether a package is plainly for the build alone.
 * @param isStatic whether the program is linked to no library: then headers are for the build alone too
 */
export function isForBuild(name: string, isStatic: boolean): boolean {
  return buildPackages.test(name) || (isStatic && /-(?:dev|devel)$/.test(name));
}
