// Users that packages create when they are installed. Every package may create users of its own, except those listed;
// but no package of a distribution has users with the names that people give to their own programs.

/** Tools, libraries and compilers whose packages create neither users nor groups, on all distributions. */
const withoutUsers =
  /^(?:apt-(?:transport-https|utils)|autoconf|automake|bash|bc|bison|build-(?:base|essential)|bzip2|ca-certificates|clang|cmake|coreutils|curl|diffutils|dos2unix|dumb-init|ffmpeg|file|findutils|flex|g\+\+|gawk|gcc|gettext(?:-base)?|git|git-lfs|gnupg2?|gosu|gpg|grep|gzip|htop|imagemagick|iproute2|iputils(?:-ping)?|jq|less|libc6-dev|libc6-compat|linux-headers|locales|lsb-release|lsof|m4|make|musl-dev|nano|net-tools|netcat(?:-openbsd|-traditional)?|ninja-build|nodejs|npm|openssl|patch|perl|pkg-?conf(?:ig)?|procps|py3-pip|python3?|python3-(?:dev|pip|setuptools|venv|wheel)|rsync|sed|shadow|su-exec|sudo|tar|tini|tree|tzdata|unzip|vim|wget|which|xz|xz-utils|yarn|zip|zlib1g(?:-dev)?|(?:lib[\w.+-]+|[\w.+-]+)-dev(?:el)?)$/;

/** `app`, `appuser`, `my-app`, `nonroot`, `developer` … */
const invented =
  /^(?:(?:my|our|the)[-_]?)?(?:application|apps?|web-?app|non-?root(?:-?user)?|no-?root|users?|dev|developers?|deploy(?:er)?|runner|runtime|worker|service|svc|server|backend|frontend|api|api-?server|container|docker-?user|builder|build-?user|test-?user|tester|node|python|django|flask|fastapi|spring|springboot|rails|express|nest(?:js)?|next(?:js)?|golang|rust|dotnet|java|foo|bar|baz|example|demo|me|somebody|noone|nosuch|missing|alice|bob|jane|john|project|main|owner|limited|unprivileged|restricted|web|unknown|ghost|some|random|other|new|custom|normal|regular|does-?not-?exist)(?:[-_]?(?:user|usr|runner|group|grp|svc|account|acct|owner|admin|\d))?$/i;

/** Whether a package creates no users. @param name without version */
export function bringsNoUsers(name: string): boolean {
  return withoutUsers.test(name);
}

/** Whether a user or group of this name cannot come from a package of a distribution. */
export function isInvented(name: string): boolean {
  return invented.test(name);
}
