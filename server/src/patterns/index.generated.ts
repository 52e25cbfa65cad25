// Made by `npm run generate` from snippets/dockerfile.json.
import type { Pattern } from './pattern';

export const patterns: readonly Pattern[] = [
  {
    name: 'distroless-go',
    description: 'Go: two stages, static binary on distroless, cached modules and builds, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\nFROM golang:${3|1.27,1.26|} AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\\\n    go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod \\\\\n    --mount=type=cache,target=/root/.cache/go-build \\\\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/${1:app} ${2:./cmd/$1}\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/$1 /$1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/$1"]\n$0',
  },
  {
    name: 'distroless-go-cross',
    description: 'Go for several platforms: compiles on the machine that builds, without emulation',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\nFROM --platform=\\$BUILDPLATFORM golang:${3|1.27,1.26|} AS build\nARG TARGETOS TARGETARCH\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\\\n    go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod \\\\\n    --mount=type=cache,target=/root/.cache/go-build \\\\\n    CGO_ENABLED=0 GOOS=\\$TARGETOS GOARCH=\\$TARGETARCH \\\\\n    go build -trimpath -ldflags="-s -w" -o /out/${1:app} ${2:./cmd/$1}\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/$1 /$1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/$1"]\n$0',
  },
  {
    name: 'distroless-rust',
    description:
      'Rust: two stages, glibc binary on distroless cc, cached crates and compiled dependencies, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs a C library at least as new as its own.\nFROM rust:${2:1.99}-${3|slim-trixie,trixie|} AS build\nARG TARGETPLATFORM\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nCOPY src/ src/\n# Crates and compiled dependencies stay in the mounts from build to build; the binary has to leave in this step.\nRUN --mount=type=cache,target=/usr/local/cargo/registry \\\\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\\\n    --mount=type=cache,id=${1:app}-target-\\$TARGETPLATFORM,target=/src/target,sharing=locked \\\\\n    cargo build --locked --release && \\\\\n    mkdir -p /out && \\\\\n    cp target/release/$1 /out/\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/$1 /$1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/$1"]\n$0',
  },
  {
    name: 'scratch-rust',
    description: 'Rust: static musl binary on an empty image with CA certificates, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\n# On Alpine the compiler\'s own platform is musl: the binary is static, on every processor.\nFROM rust:${2:1.99}-alpine AS build\nARG TARGETPLATFORM\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nCOPY src/ src/\nRUN --mount=type=cache,target=/usr/local/cargo/registry \\\\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\\\n    --mount=type=cache,id=${1:app}-musl-\\$TARGETPLATFORM,target=/src/target,sharing=locked \\\\\n    cargo build --locked --release && \\\\\n    mkdir -p /out && \\\\\n    cp target/release/$1 /out/\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/$1 /$1\n# A number: an empty image has no list of users.\nUSER 65532:65532\nENTRYPOINT ["/$1"]\n$0',
  },
  {
    name: 'distroless-python',
    description: 'Python: two stages, packages from requirements.txt on distroless Python 3.13, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\n# distroless/python3-debian13 is Python 3.13 of Debian 13: compiled packages need the same here.\nFROM python:3.13-slim-trixie AS build\nCOPY ${2:requirements.txt} /tmp/\nRUN --mount=type=cache,target=/root/.cache/pip \\\\\n    pip install --target=/packages -r /tmp/$2\n\nFROM gcr.io/distroless/python3-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /packages /packages\nCOPY ${1:app}/ $1/\nENV PYTHONPATH=/packages\nENV PYTHONUNBUFFERED=1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/usr/bin/python3", "-m", "${3:$1}"]\n$0',
  },
  {
    name: 'python-uv',
    description: 'Python: two stages, packages by uv from uv.lock, slim base, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\nFROM python:${2:3.13}-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:${3:0.13} /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\\\n    uv sync --locked --no-dev --no-install-project\n\nFROM python:$2-slim-trixie\nRUN useradd --create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY ${4:src/$1}/ ${1:app}/\nENV PATH=/app/.venv/bin:\\$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "${5:$1}"]\n$0',
  },
  {
    name: 'distroless-node',
    description: 'Node.js: two stages, packages from package-lock.json, distroless Node.js, non-root',
    isFile: true,
    body: '# syntax=docker/dockerfile:1\n\nFROM node:${1|24,22|}-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\\\n    npm ci --omit=dev\n\nFROM gcr.io/distroless/nodejs$1-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app .\nCOPY ${2:src}/ $2/\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "${3:$2/index.js}"]\n$0',
  },
  {
    name: 'apt-install',
    description: 'apt-get: update, install and clean up in one layer',
    isFile: false,
    body: 'RUN apt-get update && \\\\\n    apt-get install -y --no-install-recommends \\\\\n        ${1:ca-certificates} && \\\\\n    rm -rf /var/lib/apt/lists/*',
  },
  {
    name: 'apt-cache-mount',
    description: 'apt-get: downloads and lists stay in cache mounts from build to build',
    isFile: false,
    body: 'RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\\\n    apt-get update && \\\\\n    apt-get install -y --no-install-recommends \\\\\n        ${1:ca-certificates}',
  },
  {
    name: 'apk-add',
    description: 'apk: install without leaving an index behind',
    isFile: false,
    body: 'RUN apk add --no-cache \\\\\n        ${1:ca-certificates}',
  },
  {
    name: 'user-debian',
    description: 'Creates a user on Debian or Ubuntu and runs as it',
    isFile: false,
    body: 'RUN useradd --create-home --uid ${2:10001} ${1:app}\nUSER $2',
  },
  {
    name: 'user-alpine',
    description: 'Creates a user on Alpine and runs as it',
    isFile: false,
    body: 'RUN adduser -D -u ${2:10001} ${1:app}\nUSER $2',
  },
  {
    name: 'secret-mount',
    description: 'A secret that one RUN can read and no layer keeps; build with --secret id=…,src=…',
    isFile: false,
    body: 'RUN --mount=type=secret,id=${1:token},required=true \\\\\n    ${2:TOKEN}="\\$(cat /run/secrets/$1)" ${3:./fetch.sh}',
  },
  {
    name: 'healthcheck-wget',
    description: 'Asks over HTTP whether the service answers, with the wget of Alpine and busybox',
    isFile: false,
    body: 'HEALTHCHECK --interval=${2:30s} --timeout=3s --start-period=${3:10s} \\\\\n    CMD ["wget", "-q", "-O", "/dev/null", "${1:http://127.0.0.1:8080/}"]',
  },
  {
    name: 'healthcheck-curl',
    description: 'Asks over HTTP whether the service answers, with curl, which has to be in the image',
    isFile: false,
    body: 'HEALTHCHECK --interval=${2:30s} --timeout=3s --start-period=${3:10s} \\\\\n    CMD ["curl", "-fsS", "-o", "/dev/null", "${1:http://127.0.0.1:8080/}"]',
  },
  {
    name: 'oci-labels',
    description: 'Labels that say where an image comes from',
    isFile: false,
    body: 'ARG VERSION\nARG REVISION\nLABEL org.opencontainers.image.title="${1:app}" \\\\\n      org.opencontainers.image.source="${2:https://example.com/app}" \\\\\n      org.opencontainers.image.version="\\$VERSION" \\\\\n      org.opencontainers.image.revision="\\$REVISION"',
  },
];
