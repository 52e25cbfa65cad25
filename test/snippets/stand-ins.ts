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

/** pip install --target: one folder a package, and a cache below the home folder. */
const pip = `${script}
[ "$1" = install ] || fail "pip $*"
for word in "$@"; do
  case "$word" in --target=*) target=\${word#--target=} ;; esac
  last=$word
done
mkdir -p "$HOME/.cache/pip" "$target" && touch "$HOME/.cache/pip/wheel"
while read -r name; do mkdir -p "$target/$name" && touch "$target/$name/__init__.py"; done < "$last"
`;

/** uv sync: a virtual environment beside the project file, its python a link to the interpreter it found. */
const uv = `${script}
[ "$*" = 'sync --locked --no-dev --no-install-project' ] || fail "uv $*"
[ -f pyproject.toml ] && [ -f uv.lock ] || fail 'no project with a lock file'
[ "$UV_LINK_MODE" = copy ] || fail 'links into a cache that will be gone'
mkdir -p .venv/bin .venv/lib/python3.13/site-packages/flask "$HOME/.cache/uv" && touch "$HOME/.cache/uv/wheel"
touch .venv/lib/python3.13/site-packages/flask/__init__.py
ln -s /usr/local/bin/python3 .venv/bin/python
`;

const npm = `${script}
[ "$*" = 'ci --omit=dev' ] || fail "npm $*"
[ -f package.json ] && [ -f package-lock.json ] || fail 'no lock file'
[ ! -e src ] || fail 'sources come before the packages'
mkdir -p node_modules/express "$HOME/.npm" && touch node_modules/express/index.js "$HOME/.npm/tarball"
`;

const useradd = `${script}
[ "$1 $2" = '--create-home --uid' ] || fail "useradd $*"
echo "$4:x:$3:$3::/home/$4:/bin/sh" >> /etc/passwd && mkdir -p "/home/$4"
`;

/** An interpreter: the program it is given has to be there, and a package that was installed for it. */
function interpreter(busybox: string, check: string): string {
  return `#!${busybox} sh
fail() { echo "$*" >&2; exit 1; }
${check}
exec ${busybox} id
`;
}

const python = (busybox: string, packages: string): string =>
  interpreter(
    busybox,
    `[ "$1" = -m ] && [ -f "$2/__main__.py" ] || fail "no module $2 in $PWD"
[ -f "${packages}/flask/__init__.py" ] || fail 'No module named flask'`,
  );

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
  {
    image: 'docker.io/library/python:3.13-slim-trixie',
    dockerfile: `${tools}ENV HOME=/root\nCOPY pip python3 /usr/local/bin/\nCOPY useradd /usr/sbin/\n`,
    scripts: { pip, useradd, python3: python('/bin/busybox', '/app/.venv/lib/python3.13/site-packages') },
  },
  {
    image: 'docker.io/library/node:24-trixie-slim',
    dockerfile: `${tools}ENV HOME=/root\nCOPY npm /usr/local/bin/\n`,
    scripts: { npm },
  },
  {
    image: 'ghcr.io/astral-sh/uv:0.13',
    dockerfile: 'FROM scratch\nCOPY uv /uv\n',
    scripts: { uv },
  },
  { image: 'gcr.io/distroless/static-debian13:nonroot', dockerfile: distroless },
  { image: 'gcr.io/distroless/static-debian13:debug-nonroot', dockerfile: distroless },
  { image: 'gcr.io/distroless/base-debian13:nonroot', dockerfile: distroless },
  { image: 'gcr.io/distroless/cc-debian13:nonroot', dockerfile: distroless },
  {
    image: 'gcr.io/distroless/python3-debian13:nonroot',
    dockerfile: `${distroless}COPY busybox /hidden/busybox
COPY python3 /usr/bin/
ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/python3.13"]
`,
    scripts: { python3: python('/hidden/busybox', '$PYTHONPATH') },
  },
  {
    image: 'gcr.io/distroless/nodejs24-debian13:nonroot',
    dockerfile: `${distroless}COPY busybox /hidden/busybox
COPY node /nodejs/bin/
ENTRYPOINT ["/nodejs/bin/node"]
`,
    scripts: {
      node: interpreter(
        '/hidden/busybox',
        `[ -f "$1" ] || fail "Cannot find module $PWD/$1"
[ -f node_modules/express/index.js ] || fail 'Cannot find package express'`,
      ),
    },
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
