// Images that stand in for the public ones that snippets build on, since no test asks a public registry.
//
// What is real: the builder, its cache and secret mounts, its COPY, its users, the environment and the
// entrypoint of the resulting image, and a static program that says who it runs as.
// What stands in: compilers and package managers are scripts that insist on the options and files that the
// real ones need here, and that leave behind what the real ones leave at the same place. The distroless bases
// have the users of the real ones and no shell; their interpreters are scripts for a busybox at a path where
// nobody looks for a shell.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface StandIn {
  /** The public name. */
  readonly image: string;
  readonly dockerfile: string;
  /** Executable files of the build context, by path. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** A shell and its usual commands, as every builder image has. */
const tools = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "-p", "/root", "/tmp", "/usr/local/bin", "/usr/sbin", "/etc/ssl/certs"]
RUN ["/bin/busybox", "--install", "-s", "/bin"]
ENV PATH=/usr/local/bin:/usr/sbin:/bin
`;

/** The users of the distroless images, with their numbers. */
const distroless = `FROM scratch
COPY passwd group /etc/
USER 65532
WORKDIR /home/nonroot
`;

const passwd = `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
`;
const group = 'root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n';

const script = '#!/bin/sh\nset -eu\nfail() { echo "$0: $*" >&2; exit 1; }\n';

/** go build: -o makes its folder; modules have to be where `go mod download` put them, or a workspace is given. */
const go = `${script}
case "$1" in
  mod)
    [ "$2" = download ] || fail "go $*"
    [ -f go.mod ] || fail 'no go.mod'
    [ ! -e cmd ] || fail 'sources come before the modules'
    mkdir -p /go/pkg/mod && touch /go/pkg/mod/downloaded ;;
  vet | test)
    [ "$2" = ./... ] && [ -f /go/pkg/mod/downloaded ] || fail "go $*" ;;
  build)
    if [ "$2" = -C ]; then
      [ -f "$3/go.mod" ] || fail "no go.mod in $3"
      cd "$3" && mkdir -p /go/pkg/mod && touch /go/pkg/mod/downloaded
    fi
    [ "\${CGO_ENABLED-}" = 0 ] || [ "\${CGO_ENABLED-}" = 1 ] || fail 'nothing says whether the binary needs a C library'
    [ -f /go/pkg/mod/downloaded ] || fail 'the modules are gone'
    mkdir -p "$HOME/.cache/go-build" && touch "$HOME/.cache/go-build/compiled"
    while [ $# -gt 1 ]; do
      [ "$1" = -o ] && out=$2
      shift
    done
    [ -f "$1/main.go" ] || fail "no Go files in $1"
    [ -z "\${GOOS-}" ] || [ "$GOOS/$GOARCH" = linux/amd64 ] || [ "$GOOS/$GOARCH" = linux/arm64 ] || fail "$GOOS/$GOARCH"
    mkdir -p "$(dirname "$out")"
    cp /bin/busybox "$out" ;;
  *) fail "go $*" ;;
esac
`;

/** cargo build: the binary is release/NAME in the target folder; nothing else is made, and nothing beside the sources. */
const cargo = `${script}
case "$1 $2" in
  'install --locked') [ "$3 $5" = '--version cargo-chef' ] && exit 0 ;;
  'chef prepare') [ -f Cargo.toml ] && [ -f Cargo.lock ] && touch "$4" && exit 0 ;;
  'chef cook') [ -f "$6" ] && [ ! -e src ] && mkdir -p "$8" && exit 0 ;;
esac
[ "$1 $2 $3" = 'build --locked --release' ] || fail "cargo $*"
[ -f Cargo.toml ] && [ -f Cargo.lock ] || fail 'not a package with a lock file'
[ "$RUSTUP_TOOLCHAIN" = 1.98.0 ] || fail 'rustup would fetch a compiler'
package=.
while [ $# -gt 0 ]; do
  case "$1" in
    --package) package=$2 ;;
    --bin) bin=$2 ;;
    --target-dir) target=$2 ;;
  esac
  shift
done
[ -f "$package/src/main.rs" ] || fail "no program in $package"
[ -d "$target" ] || fail 'the target folder is not mounted'
mkdir -p "$target/release" /usr/local/cargo/registry/index /usr/local/cargo/git/db/repository
cp /bin/busybox "$target/release/$bin"
`;

/** What pip, Poetry and uv have in common: a folder for a package, a program for a server, a virtual environment. */
const installPackage = `install_package() {
  mkdir -p "$2/$1" && touch "$2/$1/__init__.py"
  [ -n "\${3-}" ] || return 0
  case "$1" in uvicorn | gunicorn)
    printf '#!%s/bin/python\\nfrom %s import main\\n' "$3" "$1" > "$3/bin/$1" && chmod 755 "$3/bin/$1" ;;
  esac
}
version() { /usr/local/bin/python3 --version | sed 's/^Python \\([0-9]*\\.[0-9]*\\).*/\\1/'; }
make_environment() {
  mkdir -p "$1/bin" "$1/lib/python$(version)/site-packages" && ln -sf /usr/local/bin/python3 "$1/bin/python"
}
# The folder of a package with a build system, as uv_build and setuptools expect it.
sources() {
  grep -q '^\\[build-system\\]' "$1/pyproject.toml" || fail "$1 is not a package"
  name=$(sed -n 's/^name = "\\(.*\\)"/\\1/p' "$1/pyproject.toml")
  [ -f "$1/src/$name/__init__.py" ] || fail "no module $name"
  # Build systems put their work beside the sources.
  mkdir -p "$1/build" && touch "$1/build/$name"
}
# Only packages of an index: a lock file names the project and the members of a workspace as well.
locked() { sed 's/"//g' "$1" | awk '/^name = /{ name = $3 } /^source = [{] registry/{ print name }'; }
`;

/** pip: one folder a package, below --target or in the environment that it stands in or is told, and a cache below the home folder. */
const pip = `${script}${installPackage}
environment= target= required=
here=$(cd "$(dirname "$0")/.." && pwd)
case "$1" in --python=*) here=$(cd "\${1#--python=}" && pwd) && shift ;; esac
[ "$1" = install ] || fail "pip $*"
shift
[ ! -d "$here/lib/python$(version)/site-packages" ] || environment=$here
[ -z "$environment" ] || target=$here/lib/python$(version)/site-packages
names=
while [ $# -gt 0 ]; do
  case "$1" in
    --target=*) target=\${1#--target=} environment= ;;
    -r) [ -f "$2" ] || fail "Could not open requirements file $2"; names=$(cat "$2") && shift ;;
    poetry==[0-9]*.[0-9]*.[0-9]*) names=poetry ;;
    /*)
      sources "$1" && cp -r "$1/src/$name" "$target/"
      names=$(sed -n 's/^dependencies = \\[\\(.*\\)\\]/\\1/p' "$1/pyproject.toml" | tr -d '",') ;;
    *) fail "pip $1" ;;
  esac
  shift
done
[ -n "$target" ] && [ -n "$names" ] || fail 'nothing to install, or nowhere to'
mkdir -p "$HOME/.cache/pip" && touch "$HOME/.cache/pip/wheel"
for name in $names; do
  install_package "$name" "$target" "$environment"
  [ "$name" != poetry ] || cp /usr/local/lib/poetry "$environment/bin/poetry"
done
`;

/** poetry install: without a virtual environment in the project it goes below the home folder. */
const poetry = `${script}${installPackage}
[ "$*" = 'install --only=main --no-root --compile' ] || fail "poetry $*"
[ -f pyproject.toml ] && grep -q '^lock-version' poetry.lock || fail 'no project with a lock file'
environment=$HOME/.cache/pypoetry/virtualenvs/app
[ "\${POETRY_VIRTUALENVS_IN_PROJECT-}" != 1 ] || environment=$PWD/.venv
mkdir -p "$HOME/.cache/pypoetry" && touch "$HOME/.cache/pypoetry/wheel"
make_environment "$environment"
for name in $(sed -n 's/^name = "\\(.*\\)"/\\1/p' poetry.lock); do
  install_package "$name" "$environment/lib/python$(version)/site-packages" "$environment"
done
`;

/**
 * uv: a virtual environment, its python a link to the interpreter it found. It takes nothing from a project but the
 * packages of the lock file, and builds wheels of projects that have a build system.
 */
const uv = `${script}${installPackage}
[ "$UV_LINK_MODE" = copy ] || fail 'links into a cache that will be gone'
[ "$UV_PYTHON_DOWNLOADS" = never ] || fail 'fetches a Python of its own'
mkdir -p "$HOME/.cache/uv" && touch "$HOME/.cache/uv/wheel"
environment=$PWD/.venv
[ -z "\${UV_PROJECT_ENVIRONMENT-}" ] || environment=$UV_PROJECT_ENVIRONMENT
site=$environment/lib/python$(version)/site-packages
project() {
  grep -q '^\\[project\\]' pyproject.toml || fail 'no project'
  grep -q '^version = ' uv.lock || fail 'no lock file'
}
member() {
  sources "packages/$1" && cp -r "packages/$1/src/$1" "$site/"
  for other in $(sed -n 's/^dependencies = \\[\\(.*\\)\\]/\\1/p' "packages/$1/pyproject.toml" | tr -d '",'); do
    (member "$other")
  done
}
case "$*" in
  'sync --locked --no-dev --no-install-project')
    project
    make_environment "$environment"
    for name in $(locked uv.lock); do install_package "$name" "$site" "$environment"; done ;;
  'sync --locked --no-dev --no-editable --package='*)
    project
    for folder in $(sed -n 's/^members = \\["\\(.*\\)"\\]/\\1/p' pyproject.toml); do
      [ -f "$folder/pyproject.toml" ] || fail "Workspace member $folder is missing a pyproject.toml"
    done
    make_environment "$environment"
    member "\${5#--package=}" ;;
  'export --locked --no-dev --no-emit-project --output-file='*)
    project
    for name in $(locked uv.lock); do echo "$name==1 --hash=sha256:0"; done > "\${5#--output-file=}" ;;
  'pip install --target='*' --require-hashes --requirement='*)
    while read -r requirement hash; do
      [ "$hash" != "\${hash#--hash=}" ] || fail 'a requirement has no hash'
      install_package "\${requirement%%=*}" "\${3#--target=}"
    done < "\${5#--requirement=}" ;;
  'build --wheel --out-dir='*)
    sources . && mkdir -p "\${3#--out-dir=}"
    tar -cf "\${3#--out-dir=}/$name-1.0.0-py3-none-any.whl" -C src "$name" ;;
  'pip install --no-deps --python='*' '*.whl)
    [ $# = 5 ] && [ -d "$site" ] && [ "\${4#--python=}" = "$environment" ] || fail 'no environment'
    tar -xf "$5" -C "$site" ;;
  *) fail "uv $*" ;;
esac
`;

/** What npm, pnpm and Yarn find in package.json, as far as it stands on one line. */
const packageJson = `names() {
  sed -n "s/.*\\"$1\\": *{\\([^}]*\\)}.*/\\1/p" package.json | grep -o '"[^"]*" *:' | tr -d '": ' || true
}
add() {
  for name in $(names "$1"); do
    mkdir -p "node_modules/$name" && touch "node_modules/$name/index.js"
    [ "$name" != typescript ] || { mkdir -p node_modules/.bin && cp /usr/local/lib/tsc node_modules/.bin/tsc; }
  done
}
remove() {
  for name in $(names devDependencies); do
    rm -rf "node_modules/$name"
    [ "$name" != typescript ] || rm node_modules/.bin/tsc
  done
}
run() {
  script=$(sed -n "s/.*\\"$1\\": *\\"\\([^\\"]*\\)\\".*/\\1/p" package.json)
  [ -n "$script" ] || fail "Missing script: $1"
  PATH=$PWD/node_modules/.bin:$PATH sh -euc "$script"
}
no_sources() { [ ! -e src ] && [ ! -e packages ] || fail 'sources come before the packages'; }
`;

const tsc = `${script}
[ -f tsconfig.json ] || fail 'no tsconfig.json'
setting() { sed -n "s/.*\\"$1\\": *\\"\\([^\\"]*\\)\\".*/\\1/p" tsconfig.json; }
mkdir -p "$(setting outDir)"
for file in "$(setting rootDir)"/*.ts; do
  [ -f "$file" ] || fail 'No inputs were found'
  name=$(basename "$file" .ts) && cp "$file" "$(setting outDir)/$name.js"
done
`;

/** npm: without packages there is no folder node_modules. */
const npm = `${script}${packageJson}
case "$1" in ci | install) mkdir -p "$HOME/.npm/_cacache" && touch "$HOME/.npm/_cacache/tarball" ;; esac
case "$*" in
  ci | 'ci --omit=dev')
    [ -f package.json ] && [ -f package-lock.json ] || fail 'no lock file'
    no_sources
    add dependencies
    [ $# = 2 ] || add devDependencies
    [ ! -d node_modules ] || touch node_modules/.package-lock.json ;;
  'run build') run build ;;
  'prune --omit=dev') remove ;;
  'install --global pnpm@'[0-9]*.[0-9]*.[0-9]*) cp /usr/local/lib/pnpm /usr/local/bin/pnpm ;;
  'install --prefix=/opt/yarn @yarnpkg/cli-dist@'[0-9]*.[0-9]*.[0-9]*)
    mkdir -p /opt/yarn/node_modules/.bin && cp /usr/local/lib/yarn /opt/yarn/node_modules/.bin/yarn ;;
  *) fail "npm $*" ;;
esac
`;

/** pnpm: notes of its own beside the packages, even if there are none; a member that is deployed is a copy. */
const pnpm = `${script}${packageJson}
store=$PNPM_HOME/store/v11
folder=
case "$1" in
  --filter=./*...) fail 'dots after a folder without braces' ;;
  --filter={./*}...) folder=\${1#--filter={./} && folder=\${folder%\\}...}... && shift ;;
  --filter=./*) folder=\${1#--filter=./} && shift ;;
esac
grep -q '^lockfileVersion:' pnpm-lock.yaml && [ -f package.json ] || fail 'no lock file'
offline() { [ -f "$store/index.db" ] || fail 'offline, and the store is empty'; }
notes() { mkdir -p "$1/node_modules" && touch "$1/node_modules/.modules.yaml" "$1/node_modules/.pnpm-workspace-state-v1.json"; }
links() { sed -n 's/.* version: link:\\(.*\\)/\\1/p' pnpm-lock.yaml; }
name_of() { sed -n 's/.*"name": *"\\([^"]*\\)".*/\\1/p' "$1/package.json"; }
case "$*" in
  fetch)
    no_sources
    mkdir -p "$store" && touch "$store/index.db" ;;
  'install --frozen-lockfile' | 'install --frozen-lockfile --prod')
    [ -z "$folder" ] || fail 'a member without the store'
    no_sources
    mkdir -p "$store" && touch "$store/index.db"
    notes . && add dependencies
    [ $# = 3 ] || add devDependencies ;;
  'install --frozen-lockfile --offline')
    offline
    notes .
    folder=\${folder%...}
    for link in $(links); do
      [ -f "$folder/$link/package.json" ] || fail "$link is not there"
      name=$(name_of "$folder/$link")
      mkdir -p "$folder/node_modules/$(dirname "$name")" && ln -s "$PWD/$folder/$link" "$folder/node_modules/$name"
    done ;;
  'run build' | 'run --if-present build')
    [ -f node_modules/.modules.yaml ] || fail 'the packages are not installed'
    [ -z "$folder" ] || cd "\${folder%...}"
    run build ;;
  'deploy --prod --offline --config.inject-workspace-packages=true '/*)
    offline
    [ -d "$folder" ] && [ ! -e "$5" ] || fail "deploys $folder to $5"
    mkdir "$5" && cp -r "$folder"/* "$5" && rm -rf "$5/node_modules" && notes "$5"
    cp pnpm-lock.yaml pnpm-workspace.yaml "$5"
    for link in $(links); do
      name=$(name_of "$folder/$link") path=$(cd "$folder/$link" && pwd)
      real=.pnpm/$(echo "$name@file://$path" | tr /: ++)/node_modules/$name
      mkdir -p "$5/node_modules/$(dirname "$name")" "$5/node_modules/$(dirname "$real")"
      cp -r "$path" "$5/node_modules/$real" && ln -s "../$real" "$5/node_modules/$name"
    done ;;
  *) fail "pnpm $*" ;;
esac
`;

/** Yarn 4: an empty lock file is one that has to be changed; notes of its own beside the packages. */
const yarn = `${script}${packageJson}
[ "$YARN_NODE_LINKER" = node-modules ] || fail "Plug'n'Play"
[ "$YARN_ENABLE_GLOBAL_CACHE" = false ] || fail 'the cache is below the home folder'
# The folders of a workspace, by the lock file, and what one of them needs of the others.
members() { sed -n 's/^  resolution: .*@workspace:\\([^."]*\\)"/\\1/p' yarn.lock; }
name_of() { sed -n 's/.*"name": *"\\([^"]*\\)".*/\\1/p' "$1/package.json"; }
needed() {
  for member in $(members); do ! grep -q "\\"$(name_of "$member")\\": *\\"workspace:" "$1/package.json" || echo "$member"; done
}
link() {
  for member in "$@"; do
    name=$(name_of "$member") && mkdir -p "node_modules/$(dirname "$name")"
    up=.. && [ "$name" = "\${name#*/}" ] || up=../..
    ln -sfn "$up/$member" "node_modules/$name"
  done
}
notes() { mkdir -p node_modules .yarn && touch node_modules/.yarn-state.yml node_modules/.package-map.json .yarn/install-state.gz; }
case "$*" in
  'install --immutable')
    [ -f package.json ] && grep -q '^__metadata:' yarn.lock || fail 'The lockfile would have been modified'
    mkdir -p "$YARN_CACHE_FOLDER" && touch "$YARN_CACHE_FOLDER/package.zip"
    if [ -n "$(members)" ]; then
      for member in $(members); do [ -f "$member/package.json" ] || fail 'The lockfile would have been modified'; done
      link $(members)
    else
      no_sources
      add dependencies && add devDependencies
    fi
    notes ;;
  'workspaces foreach --recursive --topological-dev --from ./'*' run build')
    [ -f .yarn/install-state.gz ] || fail 'the packages are not installed'
    app=\${6#./}
    for member in $(needed "$app") "$app"; do
      (cd "$member" && { ! grep -q '"build"' package.json || run build; })
    done ;;
  'workspaces focus --production') notes && remove ;;
  '--cwd ./'*' workspaces focus --production')
    app=\${2#./}
    rm -r node_modules && link "$app" $(needed "$app") && notes ;;
  'run build')
    [ -f .yarn/install-state.gz ] || fail 'the packages are not installed'
    run build ;;
  *) fail "yarn $*" ;;
esac
`;

/** As the real one, it takes no number twice and makes a group of the same name. */
const useradd = `${script}
[ "$1 $2" = '--create-home --uid' ] || fail "useradd $*"
touch /etc/passwd && ! grep -q "^[^:]*:x:$3:" /etc/passwd || fail "UID $3 is not unique"
echo "$4:x:$3:$3::/home/$4:/bin/sh" >> /etc/passwd && echo "$4:x:$3:" >> /etc/group && mkdir -p "/home/$4"
`;

/** apt-get: lists have to be fetched, and the archives stay unless the base's setting takes them away. */
const aptGet = `${script}
lists=/var/lib/apt/lists archives=/var/cache/apt/archives
case "$*" in
  update) mkdir -p $lists && touch $lists/packages ;;
  'install -y --no-install-recommends '*)
    [ -f $lists/packages ] || fail 'Unable to locate package'
    shift 3
    mkdir -p $archives
    for name in "$@"; do
      mkdir -p "/usr/share/doc/$name" && touch "$archives/$name.deb" "/usr/share/doc/$name/copyright"
      [ "$name" != build-essential ] || touch /usr/bin/gcc
      [ "$name" != unzip ] || touch /usr/bin/unzip
    done
    [ ! -f /etc/apt/apt.conf.d/docker-clean ] || rm $archives/*.deb ;;
  *) fail "apt-get $*" ;;
esac
`;

/** bundle: gems in one folder, each with its archive beside, and a cache of archives below the home folder if told so. */
const bundle = `${script}
[ -f Gemfile ] && grep -q '^DEPENDENCIES' Gemfile.lock || fail 'no lock file'
[ "$BUNDLE_DEPLOYMENT" = 1 ] || fail 'the lock file may change'
gems=$BUNDLE_PATH/ruby/3.4.0
locked() { sed -n 's/^    \\([a-z][^ ]*\\) (\\(.*\\))$/\\1-\\2/p' Gemfile.lock; }
case "$1" in
  install)
    [ $# = 1 ] && [ -f /usr/bin/gcc ] || fail 'no compiler'
    [ ! -e lib ] && [ ! -e config ] || fail 'sources come before the gems'
    archives=$gems/cache
    mkdir -p "$gems/gems" "$archives" "$gems/bin"
    for gem in $(locked); do
      mkdir -p "$gems/gems/$gem/lib" && touch "$gems/gems/$gem/lib/\${gem%-*}.rb" "$archives/$gem.gem"
      [ "\${gem%-*}" != rails ] || cp /usr/local/lib/rails "$gems/bin/rails"
    done
    [ "\${BUNDLE_GLOBAL_GEM_CACHE-}" != true ] || { mkdir -p "$HOME/.bundle/cache" && touch "$HOME/.bundle/cache/gem"; } ;;
  exec)
    for gem in $(locked); do [ -d "$gems/gems/$gem" ] || fail "Could not find $gem"; done
    shift
    PATH=$gems/bin:$PATH exec "$@" ;;
  *) fail "bundle $*" ;;
esac
`;

const rails = `${script}
[ "$RAILS_ENV" = production ] && [ -f config/application.rb ] || fail 'not an application for production'
case "$*" in
  assets:precompile)
    [ "\${SECRET_KEY_BASE_DUMMY-}" = 1 ] || fail 'Missing secret_key_base'
    mkdir -p public/assets && touch public/assets/.manifest.json ;;
  'server --binding=0.0.0.0 --port='[0-9]*)
    for folder in db log storage tmp; do [ -w $folder ] || fail "cannot write to $folder"; done
    [ ! -w config ] || fail 'can change its own program'
    exec id ;;
  *) fail "rails $*" ;;
esac
`;

/** ruby: what the program requires has to be there. */
const ruby = `${script}
[ -f "$1" ] || fail "No such file $1"
for name in $(sed -n "s/^require_relative '\\(.*\\)'/\\1/p" "$1"); do
  [ -f "$(dirname "$1")/$name.rb" ] || fail "cannot load $name"
done
exec id
`;

/** composer: notes about the packages first, the list of classes when the sources are there. */
const composer = `${script}
[ "$COMPOSER_ALLOW_SUPERUSER" = 1 ] || fail 'plugins are off for root'
[ -f composer.json ] && [ -f composer.lock ] || fail 'no lock file'
case "$*" in
  'install --no-dev --no-interaction --no-scripts --no-autoloader')
    [ -f /usr/bin/unzip ] || fail 'unzip is missing'
    [ ! -e src ] && [ ! -e artisan ] || fail 'sources come before the packages'
    mkdir -p vendor/composer "$COMPOSER_CACHE_DIR/files" && touch vendor/composer/installed.json "$COMPOSER_CACHE_DIR/files/archive" ;;
  'dump-autoload --no-dev --classmap-authoritative' | 'dump-autoload --no-dev --optimize')
    [ -f vendor/composer/installed.json ] || fail 'the packages are not installed'
    for folder in $(sed -n 's/.*"psr-4": *{[^:]*: *"\\([^"]*\\)".*/\\1/p' composer.json); do
      [ -d "$folder" ] || fail "no folder $folder"
    done
    touch vendor/autoload.php vendor/composer/autoload_classmap.php ;;
  *) fail "composer $*" ;;
esac
`;

const phpExtension = `${script}
for name in "$@"; do
  mkdir -p /usr/local/lib/php/extensions && touch "/usr/local/lib/php/extensions/$name.so"
  mkdir -p "$PHP_INI_DIR/conf.d" && touch "$PHP_INI_DIR/conf.d/docker-php-ext-$name.ini"
done
`;

/** FPM: starts no page, so that the test looks for the files it would need. */
const phpFpm = `${script}
[ $# = 0 ] && [ -f "$PHP_INI_DIR/php.ini" ] || fail 'the settings are those for development'
[ -f vendor/autoload.php ] && [ -f public/index.php ] || fail 'no page'
[ ! -w public ] || fail 'can change its own program'
[ ! -f artisan ] || { [ -w storage/framework/views ] && [ -w bootstrap/cache ]; } || fail 'cannot write'
exec id
`;

/** An interpreter: the program it is given has to be there, and every package that it names. */
function interpreter(busybox: string, check: string): string {
  return `#!${busybox} sh
fail() { echo "$*" >&2; exit 1; }
${check}
exec ${busybox} id
`;
}

/** Python: in a virtual environment, whose python is a link to this file, the packages beside it count. */
const python = (busybox: string, version: string): string =>
  interpreter(
    busybox,
    `packages=\${PYTHONPATH-}
[ ! -d "\${0%/*}/../lib/python${version}/site-packages" ] || packages=\${0%/*}/../lib/python${version}/site-packages
module() {
  for file in "$1.py" "$1/__init__.py" "$packages/$1/__init__.py"; do [ ! -f "$file" ] || return 0; done
  fail "No module named $1 in $PWD or $packages"
}
load() {
  [ -f "$1" ] || fail "$1 is not in $PWD"
  while read -r word name rest; do
    case "$word" in from | import) module "\${name%%.*}" ;; esac
  done < "$1"
}
case "$1 \${2-}" in
  '--version ') echo 'Python ${version}.0' && exit ;;
  '-m venv')
    pip=/usr/local/bin/pip && shift 2
    [ "$1" != --without-pip ] || { pip= && shift; }
    mkdir -p "$1/bin" "$1/lib/python${version}/site-packages" && ln -s /usr/local/bin/python3 "$1/bin/python"
    [ -z "$pip" ] || cp "$pip" "$1/bin/pip"
    exit ;;
  -m\\ *)
    program=$2/__main__.py
    [ -f "$program" ] || program=$packages/$program ;;
  *) program=$1 ;;
esac
load "$program"
case "\${program##*/}" in
  uvicorn | gunicorn)
    application=\${2%:*}
    load "\${application//.//}.py" ;;
  manage.py)
    [ "$2 $3" = 'collectstatic --no-input' ] && [ -n "\${SECRET_KEY-}" ] || fail 'no key'
    root=$(sed -n "s/^STATIC_ROOT = '\\(.*\\)'/\\1/p" */settings.py)
    [ -n "$root" ] || fail 'no STATIC_ROOT'
    mkdir -p "$root/admin" && touch "$root/admin/base.css"
    exit ;;
esac`,
  );

const node = (busybox: string): string =>
  interpreter(
    busybox,
    `[ -f "$1" ] || fail "Cannot find module $PWD/$1"
while read -r line; do
  case "$line" in
    *"require('"*) name=\${line#*require(\\'} ;;
    *" from '"*) name=\${line#* from \\'} ;;
    *) continue ;;
  esac
  name=\${name%%\\'*}
  folder=$PWD
  until [ -f "$folder/node_modules/$name/index.js" ]; do
    [ -n "$folder" ] || fail "Cannot find package $name"
    folder=\${folder%/*}
  done
done < "$1"`,
  );

/** Debian's tools to install with. No file passwd, so that a new user shows in what an image adds. */
const debian = `${tools}ENV HOME=/root
RUN mkdir -p /usr/bin /usr/lib /etc/apt/apt.conf.d && touch /etc/apt/apt.conf.d/docker-clean && echo root:x:0: > /etc/group
ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin
COPY useradd apt-get /usr/sbin/
`;
const debianScripts = { useradd, 'apt-get': aptGet };

export const standIns: readonly StandIn[] = [
  {
    image: 'docker.io/library/golang:1.27-trixie',
    dockerfile: `${tools}ENV GOPATH=/go HOME=/root\nCOPY ca-certificates.crt /etc/ssl/certs/\nCOPY go /usr/local/bin/\n`,
    scripts: { go, 'ca-certificates.crt': 'certificates\n' },
  },
  ...['docker.io/library/rust:1.98-slim-trixie', 'docker.io/library/rust:1.98-alpine3.24'].map((image) => ({
    image,
    dockerfile: `${tools}ENV RUST_VERSION=1.98.0\nCOPY ca-certificates.crt /etc/ssl/certs/\nCOPY cargo /usr/local/bin/\n`,
    scripts: { cargo, 'ca-certificates.crt': 'certificates\n' },
  })),
  ...['3.13', '3.14'].map((version) => ({
    image: `docker.io/library/python:${version}-slim-trixie`,
    dockerfile: `${debian}COPY poetry /usr/local/lib/\nCOPY pip python3 /usr/local/bin/\nRUN ln -s python3 /usr/local/bin/python\n`,
    scripts: { ...debianScripts, pip, poetry, python3: python('/bin/busybox', version) },
  })),
  {
    image: 'docker.io/library/node:24-trixie-slim',
    dockerfile: `${debian}COPY pnpm yarn tsc /usr/local/lib/\nCOPY npm node /usr/local/bin/\nRUN useradd --create-home --uid 1000 node\n`,
    scripts: { ...debianScripts, npm, pnpm, yarn, tsc, node: node('/bin/busybox') },
  },
  {
    image: 'docker.io/library/ruby:3.4-slim-trixie',
    dockerfile: `${debian}RUN mkdir /usr/local/bundle\nCOPY rails /usr/local/lib/\nCOPY bundle ruby /usr/local/bin/\n`,
    scripts: { ...debianScripts, bundle, rails, ruby },
  },
  {
    image: 'docker.io/library/php:8.5-fpm-trixie',
    dockerfile: `${debian}ENV PHP_INI_DIR=/usr/local/etc/php
RUN useradd --create-home --uid 33 www-data && mkdir -p $PHP_INI_DIR && touch $PHP_INI_DIR/php.ini-production
COPY docker-php-ext-install php-fpm /usr/local/bin/
COPY --chmod=755 start /usr/local/bin/docker-php-entrypoint
ENTRYPOINT ["docker-php-entrypoint"]
CMD ["php-fpm"]
`,
    scripts: {
      ...debianScripts,
      'docker-php-ext-install': phpExtension,
      'php-fpm': phpFpm,
      start: '#!/bin/sh\nexec "$@"\n',
    },
  },
  {
    image: 'docker.io/library/composer:2',
    dockerfile: 'FROM scratch\nCOPY composer /usr/bin/composer\n',
    scripts: { composer },
  },
  {
    // Without the page of the real one, so that the page of the site shows in what an image adds.
    image: 'docker.io/nginxinc/nginx-unprivileged:1.30',
    dockerfile: `${debian}RUN useradd --create-home --uid 101 nginx
COPY start /docker-entrypoint.sh
COPY nginx /usr/sbin/
USER 101
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["nginx", "-g", "daemon off;"]
`,
    scripts: {
      ...debianScripts,
      start: '#!/bin/sh\nexec "$@"\n',
      nginx: `${script}[ -r /usr/share/nginx/html/index.html ] || fail 'no page'\nexec id\n`,
    },
  },
  {
    image: 'ghcr.io/astral-sh/uv:0.13',
    dockerfile: 'FROM scratch\nCOPY uv /uv\n',
    scripts: { uv },
  },
  ...[
    'gcr.io/distroless/static-debian13:nonroot',
    'gcr.io/distroless/static-debian13:debug-nonroot',
    'gcr.io/distroless/base-debian13:nonroot',
    'gcr.io/distroless/cc-debian13:nonroot',
    // For a static binary these are the same: a user, certificates, nothing to start.
    'cgr.dev/chainguard/static:latest',
    'dhi.io/static:20260909-alpine3.24',
    'registry.example.com/acme/base:1.0',
  ].map((image) => ({ image, dockerfile: distroless })),
  {
    image: 'gcr.io/distroless/python3-debian13:nonroot',
    dockerfile: `${distroless}COPY busybox /hidden/busybox
COPY python3 /usr/bin/
ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/python3.13"]
`,
    scripts: { python3: python('/hidden/busybox', '3.13') },
  },
  {
    image: 'gcr.io/distroless/nodejs24-debian13:nonroot',
    dockerfile: `${distroless}COPY busybox /hidden/busybox
COPY node /nodejs/bin/
ENTRYPOINT ["/nodejs/bin/node"]
`,
    scripts: { node: node('/hidden/busybox') },
  },
];

/** Writes the build context of a stand-in into a folder. */
export function writeStandIn(folder: string, busybox: string, { dockerfile, scripts = {} }: StandIn): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(busybox, join(folder, 'busybox'));
  const files = { passwd, group, ...scripts };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: path in scripts ? 0o755 : 0o644 });
  }
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
}
