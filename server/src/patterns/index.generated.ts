// Made by `npm run generate` from the files in snippets/patterns.
import type { Pattern } from './pattern';

export const patterns: readonly Pattern[] = [
  {
    id: 'distroless-go',
    title: 'Go on distroless',
    summary: 'static binary, cached modules and builds, no shell, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo', '!go.workspace', '!go.private'],
    rank: 10,
    advice: {
      take: 'Take it for a service or tool in Go that needs no C library: certificates, time zones and a user without rights are in the base.',
      not: 'Not where the program uses cgo (go-cgo), where it needs private modules (go-private) or modules from folders beside it (go-workspace).',
      costs:
        'It costs the shell: look into a running container with an ephemeral container that has one. A health check has to be a mode of the program itself.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'go-cgo',
    title: 'Go with cgo on distroless',
    summary: 'a program that needs the C library, on distroless base of the same Debian release, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', 'go.cgo', '!go.workspace'],
    rank: 10,
    advice: {
      take: 'Take it where a package needs cgo, such as the SQLite driver that compiles SQLite itself: the base has the C library and OpenSSL.',
      not: 'Not where cgo only slipped in: with `CGO_ENABLED=0` most programs build, and distroless-go is smaller. Not for C++, which needs distroless cc.',
      costs:
        'It costs the C library: both stages have to stay on one Debian release, and each platform needs its own machine or emulation. Any other shared library has to be linked statically or copied with all it needs.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the program needs a C library at least as new as its own.\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=1 go build -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/base-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM golang:«go»\nWORKDIR /app\nCOPY . .\nRUN go build -o /usr/local/bin/«app» «package»\nCMD ["«app»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'go-workspace',
    title: 'Go with several modules',
    summary: 'one program of a go.work, or of a module with replace ../, with the repository as context',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', 'go.workspace', '!go.cgo', '!go.private'],
    rank: 10,
    advice: {
      take: 'Take it for a program whose module needs others of the same repository, by `go.work` or by `replace ../`. The context of the build is the top of the repository.',
      not: 'Not for a module that stands alone: distroless-go needs no second folder.',
      costs:
        'It costs a compile step whenever any file of the repository changes, which the caches keep short. Where no cache mount survives, as on a hosted CI runner, that step downloads the modules again.',
    },
    parameters: [
      {
        name: 'module',
        ask: 'folder of the module',
        is: 'path',
        default: 'app',
        proposals: [],
        from: 'go.folder',
        required: true,
      },
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function within the module',
        is: 'path',
        default: '.',
        proposals: [],
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\n# One step: in a workspace, go mod download would ask the proxy for the modules of this repository.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -C «module» -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-go-cross',
    title: 'Go for several platforms',
    summary:
      'compiles for every platform on the machine that builds, without emulation; distroless, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo', '!go.workspace', '!go.private'],
    rank: 20,
    advice: {
      take: 'Take it when one build makes images for several platforms, as with `--platform linux/amd64,linux/arm64`: the compiler runs on the platform of the builder, without emulation.',
      not: 'Not with cgo, which needs a C compiler for each target: build on a machine of each platform instead. For `linux/arm/v6`, `GOARM=6` has to be added.',
      costs:
        'It costs nothing at run time; a build for one platform is as fast as without. The runtime stage must stay free of RUN, or that step is emulated again.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM --platform=$BUILDPLATFORM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n# Below the download, which is the same for every platform.\nARG TARGETOS TARGETARCH\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \\\n    go build -trimpath -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'scratch-go',
    title: 'Go on an empty image',
    summary: 'static binary on an empty image with CA certificates and time zones, numeric user',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo', '!go.workspace', '!go.private'],
    rank: 30,
    advice: {
      take: 'Take it where nothing but the program may be in the image: no base that scanners report on, and none to update.',
      not: 'Not where the program looks up users by name or needs `/tmp`: distroless-go has those, for about 2 MB more.',
      costs:
        'It costs what a base would bring: here the certificates and the time zones come from the build stage, and a rebuild renews them. There is no list of users, no `/tmp` and no shell.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\n# The tag puts the time zones into the program, which finds none in an empty image.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -tags timetzdata \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/«app» /«app»\n# A number: an empty image has no list of users.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'go-private',
    title: 'Go with private modules, by token',
    summary: 'private modules over HTTPS with a .netrc as a secret mount; distroless, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', 'go.private', '!go.privatehost', '!go.cgo', '!go.workspace'],
    rank: 40,
    advice: {
      take: 'Take it where modules come from a private host that a token opens over HTTPS, as in CI.',
      not: 'Not where people reach the host by an SSH key only: go-private-ssh uses their agent. Not with all dependencies in `vendor`: nothing is downloaded then.',
      costs:
        'It costs an option of every build: `docker build --secret id=netrc,src=$HOME/.netrc .`, with a line `machine HOST login NAME password TOKEN` in that file. Without it the build stops.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'private',
        ask: 'hosts or paths of the private modules',
        is: 'modules',
        default: 'git.example.com',
        proposals: [],
        from: 'go.private',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\n# GOPRIVATE keeps the names from the public proxy and checksum database. Both git and go read .netrc.\n# It is there during this step only: docker build --secret id=netrc,src=$HOME/.netrc .\nRUN --mount=type=secret,id=netrc,target=/root/.netrc,required=true \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    GOPRIVATE=«private» go mod download\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'go-private-ssh',
    title: 'Go with private modules, by SSH',
    summary: 'private modules over SSH with the keys of an agent, which never enter the build; distroless',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', 'go.privatehost', '!go.cgo', '!go.workspace'],
    rank: 50,
    advice: {
      take: 'Take it where people reach the host of private modules by an SSH key: the agent signs, the key never enters the build.',
      not: 'Not in CI that holds a token: go-private needs no agent.',
      costs:
        'It costs two options of every build: `--ssh default` and `--secret id=known_hosts,src=$HOME/.ssh/known_hosts`. The key of the host is checked against that file, as `ssh-keyscan` in a build would trust whoever answers.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'private',
        ask: 'host of the private modules',
        is: 'name',
        default: 'git.example.com',
        proposals: [],
        from: 'go.privatehost',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\n# git takes SSH where go asks for HTTPS.\nENV GIT_CONFIG_COUNT=1 \\\n    GIT_CONFIG_KEY_0=url.ssh://git@«private»/.insteadOf \\\n    GIT_CONFIG_VALUE_0=https://«private»/\nWORKDIR /src\nCOPY go.mod go.sum ./\n# GOPRIVATE keeps the names from the public proxy and checksum database.\n# docker build --ssh default --secret id=known_hosts,src=$HOME/.ssh/known_hosts .\nRUN --mount=type=ssh,required=true \\\n    --mount=type=secret,id=known_hosts,target=/root/.ssh/known_hosts,required=true \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    GOPRIVATE=«private» go mod download\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'go-test',
    title: 'Go with tests in the build',
    summary: 'a build that stops when a test fails, and a debug stage on request; distroless, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo', '!go.workspace', '!go.private'],
    rank: 60,
    advice: {
      take: 'Take it where no image may exist whose tests did not pass, whoever builds it.',
      not: 'Not for tests that need a database, a network or an engine: run them beside the build, in CI.',
      costs:
        'It costs the time of the tests in each build. Builders skip a stage that nothing needs, so the build stage takes a file from the test stage.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS modules\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n\nFROM modules AS test\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    go vet ./... && \\\n    go test ./... && \\\n    touch /passed\n\nFROM modules AS build\n# Without this line no build would run the tests.\nCOPY --from=test /passed /passed\n# For a variable `version` of package main, if there is one: --build-arg VERSION=1.0.0\nARG VERSION\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath \\\n        -ldflags="-s -w${VERSION:+ -X main.version=$VERSION}" -o /out/«app» «package»\n\n# Only on request, with a shell: docker build --target debug\nFROM gcr.io/distroless/static-debian13:debug-nonroot AS debug\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# The last stage is what a build makes that names none.\nFROM gcr.io/distroless/static-debian13:nonroot AS runtime\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-rust',
    title: 'Rust on distroless',
    summary: 'glibc binary on distroless cc, with cached crates and compiled dependencies, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust', '!rust.workspace'],
    rank: 10,
    advice: {
      take: 'Take it for a program in Rust that links the C library of the system, as most do: glibc, OpenSSL and certificates are in the base.',
      not: 'Not where a static binary is wanted (rust-static), and not for a nightly compiler, which the image does not have.',
      costs:
        'It costs the shell, and both stages have to stay on one Debian release. The caches live on one machine: a hosted CI runner starts with none, and there rust-chef keeps dependencies in a layer.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        table: {
          tag: 'rust:«»-slim-trixie',
          ever: ['1.98', '1.97', '1.96', '1.95', '1.94', '1.93', '1.92', '1.91', '1.90', '1.89', '1.88'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs a C library at least as new as its own.\nFROM rust:«rust»-slim-trixie AS build\nARG TARGETPLATFORM\nWORKDIR /src\n# The whole project is there while this step runs, build.rs and .cargo too. Crates and compiled dependencies stay\n# in the mounts from build to build; the binary has to leave in this step.\n# RUSTUP_TOOLCHAIN keeps to this compiler: for a rust-toolchain.toml, rustup would fetch another in each build.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-target-$TARGETPLATFORM,target=/target,sharing=locked \\\n    RUSTUP_TOOLCHAIN=$RUST_VERSION cargo build --locked --release --bin «app» --target-dir /target && \\\n    mkdir -p /out && \\\n    cp /target/release/«app» /out/\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM rust:«rust»\nWORKDIR /app\nCOPY . .\nRUN cargo build --release --bin «app»\nCMD ["target/release/«app»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'rust-workspace',
    title: 'One program of a Rust workspace',
    summary: 'one package of a Cargo workspace with all members it needs, on distroless cc, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust', 'rust.workspace'],
    rank: 10,
    advice: {
      take: 'Take it for a workspace with several programs, one image each: the context is the top of the workspace, where Cargo.lock is.',
      not: 'Not for a package alone: distroless-rust needs no second name.',
      costs:
        'It costs a compile step whenever any file of the repository changes; with the caches, Cargo compiles only the members that did. Features that members share are those of the chosen package alone.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'package',
        ask: 'package with the program',
        is: 'name',
        default: '«app»',
        proposals: [],
        from: 'rust.package',
      },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        table: {
          tag: 'rust:«»-slim-trixie',
          ever: ['1.98', '1.97', '1.96', '1.95', '1.94', '1.93', '1.92', '1.91', '1.90', '1.89', '1.88'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs a C library at least as new as its own.\nFROM rust:«rust»-slim-trixie AS build\nARG TARGETPLATFORM\nWORKDIR /src\n# Cargo wants the manifest of every member, so the whole workspace is there while this step runs.\n# RUSTUP_TOOLCHAIN keeps to this compiler: for a rust-toolchain.toml, rustup would fetch another in each build.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-target-$TARGETPLATFORM,target=/target,sharing=locked \\\n    RUSTUP_TOOLCHAIN=$RUST_VERSION \\\n    cargo build --locked --release --package «package» --bin «app» --target-dir /target && \\\n    mkdir -p /out && \\\n    cp /target/release/«app» /out/\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM rust:«rust»\nWORKDIR /app\nCOPY . .\nRUN cargo build --release --package «package» --bin «app»\nCMD ["target/release/«app»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'rust-static',
    title: 'Rust as a static binary on distroless',
    summary: 'musl binary on distroless static, with certificates, time zones and a user, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust', '!rust.workspace'],
    rank: 20,
    advice: {
      take: 'Take it for a binary that needs no C library of its image, with what scratch lacks: certificates, time zones, `/tmp` and a user.',
      not: 'Not for crates that need the GNU C library or OpenSSL of the system: prefer rustls, or take distroless-rust. Not where many threads allocate at once, which musl is slow at.',
      costs: 'It costs platforms: `rust:alpine` is there for amd64, arm64 and ppc64le only.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        table: { tag: 'rust:«»-alpine3.24', ever: ['1.98', '1.97', '1.96'], date: '2026-08-21', moves: true },
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# On Alpine the compiler\'s own platform is musl, so the binary is static.\nFROM rust:«rust»-alpine3.24 AS build\nARG TARGETPLATFORM\nWORKDIR /src\n# The whole project is there while this step runs; the binary has to leave the mount in it.\n# RUSTUP_TOOLCHAIN keeps to this compiler: for a rust-toolchain.toml, rustup would fetch another in each build.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-musl-$TARGETPLATFORM,target=/target,sharing=locked \\\n    RUSTUP_TOOLCHAIN=$RUST_VERSION cargo build --locked --release --bin «app» --target-dir /target && \\\n    mkdir -p /out && \\\n    cp /target/release/«app» /out/\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'scratch-rust',
    title: 'Rust on an empty image',
    summary: 'static musl binary on an empty image with CA certificates, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust', '!rust.workspace'],
    rank: 30,
    advice: {
      take: 'Take it for the smallest image: one static binary and the certificates.',
      not: "Not for crates that need the GNU C library, and not where an allocator as fast as glibc's matters.",
      costs:
        'It costs time zones, a list of users, `/tmp` and everything else that a base would have. `rust:alpine` is there for amd64, arm64 and ppc64le only.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        table: { tag: 'rust:«»-alpine3.24', ever: ['1.98', '1.97', '1.96'], date: '2026-08-21', moves: true },
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# On Alpine the compiler\'s own platform is musl, so the binary is static.\nFROM rust:«rust»-alpine3.24 AS build\nARG TARGETPLATFORM\nWORKDIR /src\n# The whole project is there while this step runs; the binary has to leave the mount in it.\n# RUSTUP_TOOLCHAIN keeps to this compiler: for a rust-toolchain.toml, rustup would fetch another in each build.\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-musl-$TARGETPLATFORM,target=/target,sharing=locked \\\n    RUSTUP_TOOLCHAIN=$RUST_VERSION cargo build --locked --release --bin «app» --target-dir /target && \\\n    mkdir -p /out && \\\n    cp /target/release/«app» /out/\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/«app» /«app»\n# A number: an empty image has no list of users.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'rust-chef',
    title: 'Rust with dependencies in a layer',
    summary: 'cargo-chef keeps compiled dependencies in a layer that CI caches too; distroless cc, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust'],
    rank: 40,
    advice: {
      take: 'Take it where builds run on hosted runners: a layer goes to the cache of the registry, and a cache mount does not.',
      not: 'Not on one machine that keeps its cache mounts: distroless-rust is shorter and compiles less.',
      costs:
        'It costs a tool that is compiled once, and large layers. When one dependency changes, all of them are compiled again.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        table: {
          tag: 'rust:«»-slim-trixie',
          ever: ['1.98', '1.97', '1.96', '1.95', '1.94', '1.93', '1.92', '1.91', '1.90', '1.89', '1.88'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'rust.version',
      },
      { name: 'chef', ask: 'version of cargo-chef', is: 'version', default: '0.1.78', proposals: [] },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs a C library at least as new as its own.\nFROM rust:«rust»-slim-trixie AS chef\n# The compiler of the image: for a rust-toolchain.toml, rustup would fetch another one.\nENV RUSTUP_TOOLCHAIN=$RUST_VERSION\nRUN cargo install --locked --version «chef» cargo-chef\nWORKDIR /src\n\n# The recipe changes with the manifests only, not with the sources.\nFROM chef AS plan\nRUN --mount=type=bind,target=/src \\\n    cargo chef prepare --recipe-path /recipe.json\n\nFROM chef AS build\nCOPY --from=plan /recipe.json /recipe.json\n# The same folder and profile as below, or everything is compiled twice.\nRUN cargo chef cook --locked --release --recipe-path /recipe.json --target-dir /target\nRUN --mount=type=bind,target=/src \\\n    cargo build --locked --release --bin «app» --target-dir /target && \\\n    mkdir -p /out && \\\n    cp /target/release/«app» /out/\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: { 'language-cache-mount': 'the crates stay in the layer beside what was compiled from them' },
  },
  {
    id: 'python-uv',
    title: 'Python with uv',
    summary: 'two stages, packages by uv from uv.lock, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', '!python.workspace'],
    rank: 10,
    advice: {
      take: 'Take it for a project with uv.lock: the packages are exactly those of the lock file, and the sources stand beside them as they are, so that no build system is needed.',
      not: 'Not in a workspace of several packages, whose members must be there when uv reads the lock file. Not where the program asks for its own version, or has scripts in pyproject.toml: python-uv-package installs the project itself.',
      costs:
        'It costs a shell and the tools of Debian, which distroless leaves out, and uv runs only in the build: `uv run` in the container would look at the lock file again and want to write.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.13',
        proposals: ['3.13', '3.14', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: 'src/«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv sync --locked --no-dev --no-install-project\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync\nENV PYTHONPATH=src:.\nCMD ["uv", "run", "python", "-m", "«module»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'django',
    title: 'Django with gunicorn',
    summary:
      'packages by uv, static files collected in the build, gunicorn as process 1, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', 'python.framework=django', '!python.workspace'],
    rank: 11,
    advice: {
      take: 'Take it for a project with Django, uv.lock and manage.py at the top, where gunicorn is among its packages. Static files are collected in the build, for WhiteNoise or a web server.',
      not: 'Not without `STATIC_ROOT` in the settings, where `collectstatic` stops, nor with ASGI, which needs uvicorn. Migrations belong in a step of the deployment, not in the start of every container.',
      costs:
        'It costs a shell and the tools of Debian. The health check asks only whether the port answers: a request for 127.0.0.1 would be refused by `ALLOWED_HOSTS`. All that `.dockerignore` lets through is in the image.',
    },
    parameters: [
      {
        name: 'project',
        ask: 'package with wsgi.py',
        is: 'name',
        default: 'config',
        proposals: [],
        from: 'python.django',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'key',
        ask: 'variable that the settings read the secret key from',
        is: 'name',
        default: 'SECRET_KEY',
        proposals: [],
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv sync --locked --no-dev --no-install-project\nCOPY . .\n# The settings want a key. This one is for this step alone; the real one comes when the container starts.\nRUN «key»=unused .venv/bin/python manage.py collectstatic --no-input\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app .\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "import socket; socket.create_connection((\'127.0.0.1\', «port»), 2)"]\n# Its heartbeat files in memory: on a slow disk they make it restart its workers.\nENTRYPOINT ["gunicorn", "«project».wsgi:application", "--bind=0.0.0.0:«port»", "--worker-tmp-dir=/dev/shm"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync\nCMD ["uv", "run", "python", "manage.py", "runserver", "0.0.0.0:«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the applications of Django lie at the top of the project, and .dockerignore keeps the rest out',
      'secret-in-run-command':
        'the value is for one step and signs nothing, the key itself comes when the container starts',
    },
  },
  {
    id: 'fastapi',
    title: 'FastAPI with uvicorn',
    summary: 'packages by uv from uv.lock, uvicorn as process 1, a health check, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', 'python.framework=fastapi', '!python.workspace'],
    rank: 11,
    advice: {
      take: 'Take it for a service with FastAPI and uv.lock, where uvicorn is among its packages, as with `fastapi[standard]`. One container is one process: run more containers for more load.',
      not: 'Not where several services share a container, nor for `fastapi dev` and `--reload`, which watch the sources for changes.',
      costs:
        'It costs a shell and the tools of Debian, which distroless leaves out, and the health check starts Python every thirty seconds. Kubernetes ignores it and has its own.',
    },
    parameters: [
      {
        name: 'application',
        ask: 'module and variable of the application',
        is: 'module',
        default: 'app.main:app',
        proposals: [],
        from: 'python.app',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
      {
        name: 'health',
        ask: 'path that the health check asks for',
        is: 'path',
        default: '/openapi.json',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv sync --locked --no-dev --no-install-project\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "from urllib.request import urlopen; urlopen(\'http://127.0.0.1:«port»«health»\')"]\nENTRYPOINT ["uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync\nENV PYTHONPATH=src:.\nCMD ["uv", "run", "uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'django-pip',
    title: 'Django with pip',
    summary:
      'packages by pip from requirements.txt, static files collected in the build, gunicorn as process 1, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=pip', 'python.framework=django'],
    rank: 12,
    advice: {
      take: 'Take it for a project with Django, requirements.txt and manage.py at the top, where gunicorn is among its packages. Static files are collected in the build, for WhiteNoise or a web server.',
      not: 'Not without `STATIC_ROOT` in the settings, where `collectstatic` stops, nor with ASGI, which needs uvicorn. Migrations belong in a step of the deployment, not in the start of every container.',
      costs:
        'It costs the certainty of a lock file, unless requirements.txt names every package with its version and hash. The health check asks only whether the port answers, because of `ALLOWED_HOSTS`. All that `.dockerignore` lets through is in the image.',
    },
    parameters: [
      {
        name: 'project',
        ask: 'package with wsgi.py',
        is: 'name',
        default: 'config',
        proposals: [],
        from: 'python.django',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'key',
        ask: 'variable that the settings read the secret key from',
        is: 'name',
        default: 'SECRET_KEY',
        proposals: [],
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nWORKDIR /app\nRUN python -m venv .venv\nENV PATH=/app/.venv/bin:$PATH\nCOPY «requirements» «requirements»\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install -r «requirements»\nCOPY . .\n# The settings want a key. This one is for this step alone; the real one comes when the container starts.\nRUN «key»=unused .venv/bin/python manage.py collectstatic --no-input\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app .\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "import socket; socket.create_connection((\'127.0.0.1\', «port»), 2)"]\n# Its heartbeat files in memory: on a slow disk they make it restart its workers.\nENTRYPOINT ["gunicorn", "«project».wsgi:application", "--bind=0.0.0.0:«port»", "--worker-tmp-dir=/dev/shm"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install -r «requirements»\nCMD ["python", "manage.py", "runserver", "0.0.0.0:«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the applications of Django lie at the top of the project, and .dockerignore keeps the rest out',
      'secret-in-run-command':
        'the value is for one step and signs nothing, the key itself comes when the container starts',
    },
  },
  {
    id: 'django-poetry',
    title: 'Django with Poetry',
    summary:
      'packages by Poetry from poetry.lock, static files collected in the build, gunicorn as process 1, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=poetry', 'python.framework=django'],
    rank: 12,
    advice: {
      take: 'Take it for a project with Django, poetry.lock and manage.py at the top, where gunicorn is among its packages. Static files are collected in the build, for WhiteNoise or a web server.',
      not: 'Not without `STATIC_ROOT` in the settings, where `collectstatic` stops, nor with ASGI, which needs uvicorn. Migrations belong in a step of the deployment, not in the start of every container.',
      costs:
        'It costs a shell and the tools of Debian; Poetry itself stays in the build stage. The health check asks only whether the port answers, because of `ALLOWED_HOSTS`. All that `.dockerignore` lets through is in the image.',
    },
    parameters: [
      {
        name: 'project',
        ask: 'package with wsgi.py',
        is: 'name',
        default: 'config',
        proposals: [],
        from: 'python.django',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'key',
        ask: 'variable that the settings read the secret key from',
        is: 'name',
        default: 'SECRET_KEY',
        proposals: [],
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'poetry',
        ask: 'Poetry version',
        is: 'version',
        default: '2.5.1',
        proposals: ['2.5.1'],
        table: { tag: 'poetry «»', ever: ['2.5.1'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\n# Poetry in an environment of its own: its packages are not those of the program.\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    python -m venv /opt/poetry && \\\n    /opt/poetry/bin/pip install poetry==«poetry»\nENV POETRY_NO_INTERACTION=1 POETRY_VIRTUALENVS_IN_PROJECT=1\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN --mount=type=cache,target=/root/.cache/pypoetry \\\n    /opt/poetry/bin/poetry install --only=main --no-root --compile\nCOPY . .\n# The settings want a key. This one is for this step alone; the real one comes when the container starts.\nRUN «key»=unused .venv/bin/python manage.py collectstatic --no-input\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app .\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "import socket; socket.create_connection((\'127.0.0.1\', «port»), 2)"]\n# Its heartbeat files in memory: on a slow disk they make it restart its workers.\nENTRYPOINT ["gunicorn", "«project».wsgi:application", "--bind=0.0.0.0:«port»", "--worker-tmp-dir=/dev/shm"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install poetry && poetry install --no-root\nCMD ["poetry", "run", "python", "manage.py", "runserver", "0.0.0.0:«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the applications of Django lie at the top of the project, and .dockerignore keeps the rest out',
      'secret-in-run-command':
        'the value is for one step and signs nothing, the key itself comes when the container starts',
    },
  },
  {
    id: 'fastapi-pip',
    title: 'FastAPI with pip',
    summary:
      'packages by pip from requirements.txt, uvicorn as process 1, a health check, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=pip', 'python.framework=fastapi'],
    rank: 12,
    advice: {
      take: 'Take it for a service with FastAPI whose packages stand in requirements.txt, uvicorn among them, as with `fastapi[standard]`. One container is one process: run more containers for more load.',
      not: 'Not where several services share a container, nor for `fastapi dev` and `--reload`, which watch the sources. Not where requirements.txt includes other files with `-r`.',
      costs:
        'It costs the certainty of a lock file, unless requirements.txt names every package with its version and hash. The image has a shell and pip. The health check starts Python every thirty seconds; Kubernetes ignores it and has its own.',
    },
    parameters: [
      {
        name: 'application',
        ask: 'module and variable of the application',
        is: 'module',
        default: 'app.main:app',
        proposals: [],
        from: 'python.app',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'health',
        ask: 'path that the health check asks for',
        is: 'path',
        default: '/openapi.json',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nWORKDIR /app\nRUN python -m venv .venv\nENV PATH=/app/.venv/bin:$PATH\nCOPY «requirements» «requirements»\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install -r «requirements»\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "from urllib.request import urlopen; urlopen(\'http://127.0.0.1:«port»«health»\')"]\nENTRYPOINT ["uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install -r «requirements»\nENV PYTHONPATH=src:.\nCMD ["uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'fastapi-poetry',
    title: 'FastAPI with Poetry',
    summary:
      'packages by Poetry 2 from poetry.lock, uvicorn as process 1, a health check, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=poetry', 'python.framework=fastapi'],
    rank: 12,
    advice: {
      take: 'Take it for a service with FastAPI and poetry.lock, where uvicorn is among its packages, as with `fastapi[standard]`. One container is one process: run more containers for more load.',
      not: 'Not where several services share a container, nor for `fastapi dev` and `--reload`, which watch the sources for changes.',
      costs:
        'It costs a shell and the tools of Debian; Poetry itself stays in the build stage. The health check starts Python every thirty seconds. Kubernetes ignores it and has its own.',
    },
    parameters: [
      {
        name: 'application',
        ask: 'module and variable of the application',
        is: 'module',
        default: 'app.main:app',
        proposals: [],
        from: 'python.app',
        required: true,
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8000',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'poetry',
        ask: 'Poetry version',
        is: 'version',
        default: '2.5.1',
        proposals: ['2.5.1'],
        table: { tag: 'poetry «»', ever: ['2.5.1'], date: '2026-11-29', moves: false },
      },
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'health',
        ask: 'path that the health check asks for',
        is: 'path',
        default: '/openapi.json',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\n# Poetry in an environment of its own: its packages are not those of the program.\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    python -m venv /opt/poetry && \\\n    /opt/poetry/bin/pip install poetry==«poetry»\nENV POETRY_NO_INTERACTION=1 POETRY_VIRTUALENVS_IN_PROJECT=1\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN --mount=type=cache,target=/root/.cache/pypoetry \\\n    /opt/poetry/bin/poetry install --only=main --no-root --compile\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["python", "-c", "from urllib.request import urlopen; urlopen(\'http://127.0.0.1:«port»«health»\')"]\nENTRYPOINT ["uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install poetry && poetry install --no-root\nENV PYTHONPATH=src:.\nCMD ["poetry", "run", "uvicorn", "«application»", "--host=0.0.0.0", "--port=«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'python-uv-package',
    title: 'Python package with uv',
    summary: 'the project is built to a wheel and installed beside its locked packages, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', 'python.buildsystem', '!python.workspace'],
    rank: 12,
    advice: {
      take: 'Take it for a project with uv.lock and a `[build-system]`: it is installed like any other package, so its scripts, its data files and its own version are there, and the environment is all that the image needs.',
      not: 'Not without a `[build-system]` in pyproject.toml, nor in a workspace: python-uv copies the sources instead.',
      costs:
        'It costs a build of the wheel whenever a file of the project changes. What pyproject.toml names, such as a README, must not be excluded by `.dockerignore`, or the build stops.',
    },
    parameters: [
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: 'app',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nENV UV_PROJECT_ENVIRONMENT=/app/.venv\nWORKDIR /src\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv sync --locked --no-dev --no-install-project\n# Not `uv sync` again: it takes the wheel of the last build from its cache while pyproject.toml stays the same.\nRUN --mount=type=bind,target=/src,rw \\\n    --mount=type=cache,target=/root/.cache/uv \\\n    uv build --wheel --out-dir=/wheel && \\\n    uv pip install --no-deps --python=/app/.venv /wheel/*.whl\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'python-uv-workspace',
    title: 'uv workspace',
    summary: 'one member of a workspace with the members that it needs, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', 'python.workspace'],
    rank: 14,
    advice: {
      take: 'Take it for one member of a uv workspace: it is installed with the members and packages that it needs, and nothing else of the workspace is in the image. Build it at the root of the workspace.',
      not: 'Not for a project of one package. Not where a member has no `[build-system]`: it would not be installed.',
      costs:
        'It costs an installation after every change of a file of the workspace, from the cache: nothing is downloaded again, but the layer with the packages is a new one every time.',
    },
    parameters: [
      {
        name: 'package',
        ask: 'member to install',
        is: 'name',
        default: 'api',
        proposals: [],
        required: true,
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«package»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nENV UV_PROJECT_ENVIRONMENT=/app/.venv\nWORKDIR /src\n# touch: uv takes the wheel of a member from its cache as long as pyproject.toml has the same time.\nRUN --mount=type=bind,target=/src,rw \\\n    --mount=type=cache,target=/root/.cache/uv \\\n    find . -name pyproject.toml -exec touch {} + && \\\n    uv sync --locked --no-dev --no-editable --package=«package»\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv sync --package=«package»\nCMD ["uv", "run", "--package=«package»", "python", "-m", "«module»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'python-pip',
    title: 'Python with pip',
    summary: 'two stages, packages from requirements.txt in a virtual environment, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=pip'],
    rank: 15,
    advice: {
      take: 'Take it for a project with requirements.txt, in any version of Python, where a shell in the image is of use.',
      not: 'Not where a lock file is wanted: requirements.txt keeps to exact versions only if it names them all, with hashes. Not where it includes other files with `-r`.',
      costs:
        'It costs a shell and the tools of Debian, which distroless leaves out. A package without a wheel needs a compiler, which the slim base has not: install it in the build stage.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nWORKDIR /app\nRUN python -m venv .venv\nENV PATH=/app/.venv/bin:$PATH\nCOPY «requirements» «requirements»\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install -r «requirements»\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install -r «requirements»\nENV PYTHONPATH=src:.\nCMD ["python", "-m", "«module»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'python-poetry',
    title: 'Python with Poetry',
    summary: 'two stages, packages by Poetry 2 from poetry.lock, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=poetry'],
    rank: 16,
    advice: {
      take: 'Take it for a project with poetry.lock: the packages are exactly those of the lock file, without the groups for development, and Poetry itself stays in the build stage.',
      not: 'Not where the program asks for its own version or has scripts in pyproject.toml: the project itself is not installed, its sources stand beside the packages.',
      costs:
        'It costs a shell and the tools of Debian, which distroless leaves out. Poetry 2 has no `export` without a plugin, so distroless, which wants a plain folder of packages, is a longer way.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.14',
        proposals: ['3.14', '3.13', '3.12', '3.11'],
        table: {
          tag: 'python:«»-slim-trixie',
          ever: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'python.version',
      },
      {
        name: 'poetry',
        ask: 'Poetry version',
        is: 'version',
        default: '2.5.1',
        proposals: ['2.5.1'],
        table: { tag: 'poetry «»', ever: ['2.5.1'], date: '2026-11-29', moves: false },
      },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: 'src/«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\n# Poetry in an environment of its own: its packages are not those of the program.\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    python -m venv /opt/poetry && \\\n    /opt/poetry/bin/pip install poetry==«poetry»\nENV POETRY_NO_INTERACTION=1 POETRY_VIRTUALENVS_IN_PROJECT=1\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN --mount=type=cache,target=/root/.cache/pypoetry \\\n    /opt/poetry/bin/poetry install --only=main --no-root --compile\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM python:«python»\nWORKDIR /app\nCOPY . .\nRUN pip install poetry && poetry install --no-root\nENV PYTHONPATH=src:.\nCMD ["poetry", "run", "python", "-m", "«module»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-python',
    title: 'Python on distroless',
    summary: 'two stages, packages from requirements.txt on distroless Python 3.13, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=pip'],
    rank: 20,
    advice: {
      take: 'Take it for a service whose packages are in requirements.txt and have wheels for Python 3.13: there is no shell and no pip in the image, and fewer packages of Debian mean fewer findings of a scanner.',
      not: 'Not with another version of Python: the base has 3.13 of Debian 13 and nothing else. Not with packages that need a library of Debian at run time, such as libpq, and not where `requirements.txt` includes other files with `-r`.',
      costs:
        'It costs pip, a shell and the choice of the version. The base exists for amd64, arm64 and riscv64 only. Fewer findings do not mean no vulnerabilities: Python and its libraries are still there to be updated.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# distroless/python3-debian13 is Python 3.13 of Debian 13: compiled packages need the same here.\nFROM python:3.13-slim-trixie AS build\nWORKDIR /src\nCOPY «requirements» «requirements»\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install --target=/packages -r «requirements»\n\nFROM gcr.io/distroless/python3-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /packages /packages\nCOPY «source»/ «app»/\nENV PYTHONPATH=/packages\nENV PYTHONUNBUFFERED=1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/usr/bin/python3", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-python-uv',
    title: 'Python with uv on distroless',
    summary: 'packages from uv.lock on distroless Python 3.13, no shell, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv', '!python.workspace'],
    rank: 22,
    advice: {
      take: 'Take it for a project with uv.lock that runs on Python 3.13 and needs no shell in the image.',
      not: 'Not with another version of Python: the base has 3.13 of Debian 13 and nothing else. Not in a workspace.',
      costs:
        'It costs a shell and the choice of the version. An environment of uv would link to a Python that this base has not, so the packages lie in a folder of their own, and their scripts have no Python to start with.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'uv',
        ask: 'uv version',
        is: 'version',
        default: '0.13',
        proposals: ['0.13'],
        table: { tag: 'ghcr.io/astral-sh/uv:«»', ever: ['0.13'], date: '2026-11-29', moves: true },
      },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: 'src/«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# distroless/python3-debian13 is Python 3.13 of Debian 13: compiled packages need the same here.\nFROM python:3.13-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /src\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv export --locked --no-dev --no-emit-project --output-file=/tmp/requirements.txt && \\\n    uv pip install --target=/packages --require-hashes --requirement=/tmp/requirements.txt\n\nFROM gcr.io/distroless/python3-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /packages /packages\nCOPY «source»/ «app»/\nENV PYTHONPATH=/packages\nENV PYTHONUNBUFFERED=1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/usr/bin/python3", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'next-pnpm',
    title: 'Next.js standalone with pnpm',
    summary: 'the server that Next.js traces, packages by pnpm, a writable cache, distroless, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=pnpm', 'node.framework=next', '!node.workspace'],
    rank: 9,
    advice: {
      take: 'Take it for a server with Next.js and pnpm-lock.yaml whose configuration has `output: "standalone"`: the build finds out which packages the server needs and copies only those.',
      not: 'Not without `output: "standalone"`, nor for `output: "export"`, which is a static site. Not in a workspace, where the server lies in a folder further down.',
      costs:
        'It costs a shell and pnpm in the image. The tracing of Next.js follows the links of pnpm, but can miss what no file imports: where pages use `next/image`, see that `sharp` is in the image. `NEXT_PUBLIC_*` is written into the pages.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'pnpm',
        ask: 'pnpm version',
        is: 'version',
        default: '12.21.0',
        proposals: ['12.21.0'],
        table: { tag: 'pnpm «»', ever: ['12.21.0'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      { name: 'port', ask: 'port', is: 'number', default: '3000', proposals: [], from: 'port' },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --global pnpm@«pnpm»\n# The store of the packages is /pnpm/store for every command.\nENV PNPM_HOME=/pnpm NEXT_TELEMETRY_DISABLED=1\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml* ./\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm install --frozen-lockfile\nCOPY . .\n# Projects without a folder public have an empty one then, and the cache of images and pages has to be there.\nRUN --mount=type=cache,target=/app/.next/cache \\\n    pnpm run build && mkdir -p public /out/cache\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/.next/standalone .\n# The server serves both, but the build leaves them out of its folder.\nCOPY --from=build /app/.next/static .next/static\nCOPY --from=build /app/public public\nCOPY --from=build --chown=65532:65532 /out/cache .next/cache\nENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1\nENV HOSTNAME=0.0.0.0 PORT=«port»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["/nodejs/bin/node", "-e", "fetch(\'http://127.0.0.1:«port»/\').then(r => process.exit(r.ok ? 0 : 1))"]\nENTRYPOINT ["/nodejs/bin/node", "server.js"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global pnpm@«pnpm» && pnpm install && pnpm run build\nCMD ["pnpm", "start"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the build of Next.js reads the whole project, and nothing of it but its output leaves the stage',
    },
  },
  {
    id: 'next-standalone',
    title: 'Next.js standalone',
    summary:
      'the server that Next.js traces, with its static files and a writable cache, distroless, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', 'node.framework=next', '!node.workspace'],
    rank: 9,
    advice: {
      take: 'Take it for a server with Next.js whose configuration has `output: "standalone"`: the build finds out which packages the server needs and copies only those.',
      not: 'Not without `output: "standalone"`, which makes the folder that is copied here, nor for `output: "export"`, which is a static site. Not in a workspace, where the server lies in a folder further down.',
      costs:
        'It costs a shell and npm in the image. Variables that begin with `NEXT_PUBLIC_` are written into the pages by the build, so that another value needs another image.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      { name: 'port', ask: 'port', is: 'number', default: '3000', proposals: [], from: 'port' },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nENV NEXT_TELEMETRY_DISABLED=1\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci\nCOPY . .\n# Projects without a folder public have an empty one then, and the cache of images and pages has to be there.\nRUN --mount=type=cache,target=/app/.next/cache \\\n    npm run build && mkdir -p public /out/cache\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/.next/standalone .\n# The server serves both, but the build leaves them out of its folder.\nCOPY --from=build /app/.next/static .next/static\nCOPY --from=build /app/public public\nCOPY --from=build --chown=65532:65532 /out/cache .next/cache\nENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1\nENV HOSTNAME=0.0.0.0 PORT=«port»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["/nodejs/bin/node", "-e", "fetch(\'http://127.0.0.1:«port»/\').then(r => process.exit(r.ok ? 0 : 1))"]\nENTRYPOINT ["/nodejs/bin/node", "server.js"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["npm", "start"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the build of Next.js reads the whole project, and nothing of it but its output leaves the stage',
    },
  },
  {
    id: 'next-yarn',
    title: 'Next.js standalone with Yarn 4',
    summary: 'the server that Next.js traces, packages by Yarn 4, a writable cache, distroless, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=yarn', 'node.framework=next', '!node.workspace'],
    rank: 9,
    advice: {
      take: 'Take it for a server with Next.js and the yarn.lock of Yarn 2 or later, whose configuration has `output: "standalone"`: the build finds out which packages the server needs and copies only those.',
      not: 'Not with Yarn 1, whose lock file must be moved to Yarn 4 first. Not without `output: "standalone"`, nor for `output: "export"`, which is a static site. Not in a workspace, where the server lies in a folder further down.',
      costs:
        'It costs a shell and Yarn in the image. Variables that begin with `NEXT_PUBLIC_` are written into the pages by the build, so that another value needs another image.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'yarn',
        ask: 'Yarn version',
        is: 'version',
        default: '4.18.1',
        proposals: ['4.18.1'],
        table: { tag: 'yarn «»', ever: ['4.18.1'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      { name: 'port', ask: 'port', is: 'number', default: '3000', proposals: [], from: 'port' },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm, beside the Yarn 1 of the base: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --prefix=/opt/yarn @yarnpkg/cli-dist@«yarn»\nENV PATH=/opt/yarn/node_modules/.bin:$PATH\n# A folder node_modules, out of which Next.js copies what the server needs.\nENV YARN_NODE_LINKER=node-modules YARN_IGNORE_PATH=1\nENV YARN_CACHE_FOLDER=/yarn YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_TELEMETRY=0\nENV NEXT_TELEMETRY_DISABLED=1\nWORKDIR /app\nCOPY package.json yarn.lock .yarnrc.yml* ./\nRUN --mount=type=cache,target=/yarn \\\n    yarn install --immutable\nCOPY . .\n# Projects without a folder public have an empty one then, and the cache of images and pages has to be there.\nRUN --mount=type=cache,target=/app/.next/cache \\\n    yarn run build && mkdir -p public /out/cache\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/.next/standalone .\n# The server serves both, but the build leaves them out of its folder.\nCOPY --from=build /app/.next/static .next/static\nCOPY --from=build /app/public public\nCOPY --from=build --chown=65532:65532 /out/cache .next/cache\nENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1\nENV HOSTNAME=0.0.0.0 PORT=«port»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s \\\n    CMD ["/nodejs/bin/node", "-e", "fetch(\'http://127.0.0.1:«port»/\').then(r => process.exit(r.ok ? 0 : 1))"]\nENTRYPOINT ["/nodejs/bin/node", "server.js"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global --force @yarnpkg/cli-dist@«yarn» && yarn install && yarn run build\nCMD ["yarn", "start"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'the build of Next.js reads the whole project, and nothing of it but its output leaves the stage',
    },
  },
  {
    id: 'node-build',
    title: 'Node.js with a build step',
    summary:
      'TypeScript or a bundler in the build stage, packages for development removed, distroless, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', 'node.build', '!node.workspace'],
    rank: 10,
    advice: {
      take: 'Take it for a server in TypeScript, or one that a bundler packs: the compiler runs in the build stage and stays there.',
      not: 'Not for pages that a browser runs without a server: static-site serves them without Node. Not where the build reads folders besides the sources: name them in a COPY of their own.',
      costs:
        'It costs npm and a shell in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`, else stopping takes until the engine kills it.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'src', proposals: [] },
      {
        name: 'output',
        ask: 'folder that the build makes',
        is: 'path',
        default: 'dist',
        proposals: [],
        from: 'node.output',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«output»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci\n# The settings of the compiler and the bundler: tsconfig.json, vite.config.ts.\nCOPY *.json *.config.* ./\nCOPY «source» «source»\n# Only now: the build needs the packages for development.\nRUN npm run build && npm prune --omit=dev\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules node_modules\nCOPY --from=build /app/«output» «output»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'node-pnpm-build',
    title: 'Node.js with pnpm and a build step',
    summary: 'TypeScript or a bundler in the build stage, packages by pnpm, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=pnpm', 'node.build', '!node.workspace'],
    rank: 11,
    advice: {
      take: 'Take it for a server in TypeScript, or one that a bundler packs, with pnpm-lock.yaml: the packages for development stay in the build stage.',
      not: 'Not in a workspace: pnpm-workspace deploys one application of it. Not where the build reads folders besides the sources: name them in a COPY of their own.',
      costs:
        'It costs pnpm and a shell in the image, and the packages are linked twice, once with and once without those for development. Node is process 1: the program handles SIGTERM, or the container runs with `--init`.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'pnpm',
        ask: 'pnpm version',
        is: 'version',
        default: '12.21.0',
        proposals: ['12.21.0'],
        table: { tag: 'pnpm «»', ever: ['12.21.0'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'src', proposals: [] },
      {
        name: 'output',
        ask: 'folder that the build makes',
        is: 'path',
        default: 'dist',
        proposals: [],
        from: 'node.output',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«output»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS tools\n# By npm: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --global pnpm@«pnpm»\n# The store of the packages is /pnpm/store for every command.\nENV PNPM_HOME=/pnpm\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml* ./\n\nFROM tools AS packages\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm install --frozen-lockfile --prod\n\nFROM tools AS build\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm install --frozen-lockfile\n# The settings of the compiler and the bundler: tsconfig.json, vite.config.ts.\nCOPY *.json *.config.* ./\nCOPY «source» «source»\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm run build\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=packages /app .\nCOPY --from=build /app/«output» «output»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global pnpm@«pnpm» && pnpm install && pnpm run build\nCMD ["node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'node-yarn-build',
    title: 'Node.js with Yarn 4 and a build step',
    summary: 'TypeScript or a bundler in the build stage, packages by Yarn 4, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=yarn', 'node.build', '!node.workspace'],
    rank: 12,
    advice: {
      take: 'Take it for a server in TypeScript, or one that a bundler packs, with the yarn.lock of Yarn 2 or later: the packages for development stay in the build stage.',
      not: "Not with Yarn 1, which is not maintained: its lock file must be moved to Yarn 4 first. Not where the program counts on Plug'n'Play, or has plugins and patches in `.yarn`, which must be copied beside the lock file.",
      costs:
        'It costs Yarn and a shell in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`, else stopping takes until the engine kills it.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'yarn',
        ask: 'Yarn version',
        is: 'version',
        default: '4.18.1',
        proposals: ['4.18.1'],
        table: { tag: 'yarn «»', ever: ['4.18.1'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'src', proposals: [] },
      {
        name: 'output',
        ask: 'folder that the build makes',
        is: 'path',
        default: 'dist',
        proposals: [],
        from: 'node.output',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«output»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm, beside the Yarn 1 of the base: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --prefix=/opt/yarn @yarnpkg/cli-dist@«yarn»\nENV PATH=/opt/yarn/node_modules/.bin:$PATH\n# A folder node_modules, which Node.js reads without the help of Yarn.\nENV YARN_NODE_LINKER=node-modules YARN_IGNORE_PATH=1\nENV YARN_CACHE_FOLDER=/yarn YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_TELEMETRY=0\nWORKDIR /app\nCOPY package.json yarn.lock .yarnrc.yml* ./\nRUN --mount=type=cache,target=/yarn \\\n    yarn install --immutable\n# The settings of the compiler and the bundler: tsconfig.json, vite.config.ts.\nCOPY *.json *.config.* ./\nCOPY «source» «source»\n# Only now: the build needs the packages for development.\nRUN --mount=type=cache,target=/yarn \\\n    yarn run build && yarn workspaces focus --production && mkdir -p node_modules\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules node_modules\nCOPY --from=build /app/«output» «output»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global --force @yarnpkg/cli-dist@«yarn» && yarn install && yarn run build\nCMD ["yarn", "node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'pnpm-workspace',
    title: 'pnpm workspace',
    summary:
      'one application of a workspace with its members, deployed to a folder, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=pnpm', 'node.workspace'],
    rank: 13,
    advice: {
      take: 'Take it for one application of a pnpm workspace: only what it needs of the other members is built, and `pnpm deploy` copies it all, without links out of the folder. Build it at the root of the workspace.',
      not: 'Not for a project of one package. Not where members lie in further folders, which need a COPY of their own.',
      costs:
        'It costs pnpm and a shell in the image, and a change of any member in the folder builds the application again. What `files` in package.json leaves out is not deployed, so the output of the build must be among it.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'folder of the application',
        is: 'path',
        default: 'apps/web',
        proposals: [],
        from: 'node.app',
        required: true,
      },
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'pnpm',
        ask: 'pnpm version',
        is: 'version',
        default: '12.21.0',
        proposals: ['12.21.0'],
        table: { tag: 'pnpm «»', ever: ['12.21.0'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      {
        name: 'folders',
        ask: 'folder of the shared members',
        is: 'path',
        default: 'packages',
        proposals: [],
      },
      { name: 'main', ask: 'file to start', is: 'path', default: 'dist/index.js', proposals: [] },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --global pnpm@«pnpm»\n# The store of the packages is /pnpm/store for every command.\nENV PNPM_HOME=/pnpm\nWORKDIR /src\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./\n# By the lock file alone: no manifest of a member has to be there yet.\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm fetch\nCOPY *.json ./\nCOPY «folders» «folders»\nCOPY «app» «app»\n# Three dots: the application and the members that it needs.\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm --filter="./«app»..." install --frozen-lockfile --offline && \\\n    pnpm --filter="./«app»..." run --if-present build && \\\n    pnpm --filter="./«app»" deploy --prod --offline \\\n      --config.inject-workspace-packages=true /out\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /out .\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global pnpm@«pnpm» && pnpm install && pnpm --filter="./«app»..." run --if-present build\nCMD ["node", "«app»/«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'yarn-workspace',
    title: 'Yarn workspace',
    summary:
      'one application of a Yarn 4 workspace with the members that it needs, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=yarn', 'node.workspace'],
    rank: 13,
    advice: {
      take: 'Take it for one application of a workspace of Yarn 2 or later: it is built with the members that it needs, and only the packages of those are in the image. Build it at the root of the workspace.',
      not: "Not with Yarn 1, which is not maintained. Not where the program counts on Plug'n'Play. Not where members lie in further folders, which need a COPY of their own.",
      costs:
        'It costs an installation after every change in the workspace, from the cache: nothing is downloaded again. All shared members are in the image, with their sources, as `node_modules` has links to them.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'folder of the application',
        is: 'path',
        default: 'apps/web',
        proposals: [],
        from: 'node.app',
        required: true,
      },
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'yarn',
        ask: 'Yarn version',
        is: 'version',
        default: '4.18.1',
        proposals: ['4.18.1'],
        table: { tag: 'yarn «»', ever: ['4.18.1'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      {
        name: 'folders',
        ask: 'folder of the shared members',
        is: 'path',
        default: 'packages',
        proposals: [],
      },
      { name: 'main', ask: 'file to start', is: 'path', default: 'dist/index.js', proposals: [] },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm, beside the Yarn 1 of the base: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --prefix=/opt/yarn @yarnpkg/cli-dist@«yarn»\nENV PATH=/opt/yarn/node_modules/.bin:$PATH\n# A folder node_modules, which Node.js reads without the help of Yarn.\nENV YARN_NODE_LINKER=node-modules YARN_IGNORE_PATH=1\nENV YARN_CACHE_FOLDER=/yarn YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_TELEMETRY=0\nWORKDIR /app\nCOPY . .\n# Recursive: the application and the members that it needs. At last, without the packages for development.\nRUN --mount=type=cache,target=/yarn \\\n    yarn install --immutable && \\\n    yarn workspaces foreach --recursive --topological-dev --from "./«app»" run build && \\\n    yarn --cwd "./«app»" workspaces focus --production\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app/«app»\nCOPY --from=build /app/package.json /app/\n# Its links lead to the folders of the members.\nCOPY --from=build /app/node_modules /app/node_modules\nCOPY --from=build /app/«folders» /app/«folders»\nCOPY --from=build /app/«app» .\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global --force @yarnpkg/cli-dist@«yarn» && yarn install && \\\n    yarn workspaces foreach --recursive --topological-dev --from "./«app»" run build\nCMD ["yarn", "--cwd", "«app»", "node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything':
        'Yarn compares the lock file with the manifest of every member, and little of it leaves the stage',
    },
  },
  {
    id: 'distroless-node',
    title: 'Node.js on distroless',
    summary: 'two stages, packages from package-lock.json, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', '!node.build', '!node.workspace'],
    rank: 20,
    advice: {
      take: 'Take it for JavaScript that runs as it is written, where no one needs a shell or npm in the running container.',
      not: 'Not with TypeScript or a bundler: node-build has a step for them. Not where a `prepare` script of package.json calls a tool from devDependencies, such as husky: it runs here, and the tool is not installed.',
      costs:
        'It costs npm and a shell in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`, else stopping takes until the engine kills it.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'node-pnpm',
    title: 'Node.js with pnpm',
    summary: 'two stages, packages from pnpm-lock.yaml, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=pnpm', '!node.build', '!node.workspace'],
    rank: 21,
    advice: {
      take: 'Take it for JavaScript with pnpm-lock.yaml that runs as it is written.',
      not: 'Not with TypeScript or a bundler: node-pnpm-build has a step for them. Not with patched packages, whose folder of patches must be copied beside the lock file.',
      costs:
        'It costs pnpm and a shell in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`, else stopping takes until the engine kills it.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'pnpm',
        ask: 'pnpm version',
        is: 'version',
        default: '12.21.0',
        proposals: ['12.21.0'],
        table: { tag: 'pnpm «»', ever: ['12.21.0'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --global pnpm@«pnpm»\n# The store of the packages is /pnpm/store for every command.\nENV PNPM_HOME=/pnpm\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml* ./\nRUN --mount=type=cache,target=/pnpm/store \\\n    pnpm install --frozen-lockfile --prod\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global pnpm@«pnpm» && pnpm install\nCMD ["node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'node-yarn',
    title: 'Node.js with Yarn 4',
    summary: 'packages from yarn.lock in a folder node_modules, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=yarn', '!node.build', '!node.workspace'],
    rank: 22,
    advice: {
      take: 'Take it for JavaScript with the yarn.lock of Yarn 2 or later that runs as it is written.',
      not: "Not with Yarn 1, which is not maintained: its lock file must be moved to Yarn 4 first. Not where the program counts on Plug'n'Play, or has plugins and patches in `.yarn`, which must be copied beside the lock file.",
      costs:
        'It costs Yarn and a shell in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`, else stopping takes until the engine kills it.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'yarn',
        ask: 'Yarn version',
        is: 'version',
        default: '4.18.1',
        proposals: ['4.18.1'],
        table: { tag: 'yarn «»', ever: ['4.18.1'], date: '2026-11-29', moves: false },
        from: 'node.managerversion',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\n# By npm, beside the Yarn 1 of the base: Node.js 25 and later come without corepack.\nRUN --mount=type=cache,target=/root/.npm \\\n    npm install --prefix=/opt/yarn @yarnpkg/cli-dist@«yarn»\nENV PATH=/opt/yarn/node_modules/.bin:$PATH\n# A folder node_modules, which Node.js reads without the help of Yarn.\nENV YARN_NODE_LINKER=node-modules YARN_IGNORE_PATH=1\nENV YARN_CACHE_FOLDER=/yarn YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_TELEMETRY=0\nWORKDIR /app\nCOPY package.json yarn.lock .yarnrc.yml* ./\n# The first command compares with the lock file, the second removes what is for development.\nRUN --mount=type=cache,target=/yarn \\\n    yarn install --immutable && yarn workspaces focus --production && mkdir -p node_modules\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules node_modules\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install --global --force @yarnpkg/cli-dist@«yarn» && yarn install\nCMD ["yarn", "node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'deno-compile',
    title: 'Deno as one program',
    summary: 'compiled with the runtime, the lock file held to, distroless with a C library, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['deno'],
    rank: 30,
    advice: {
      take: 'Take it for a program in Deno: runtime, packages and sources become one file, and the permissions are fixed in it.',
      not: 'Not where the program starts `deno` itself, or loads modules by a name that it computes: those must be named with `--include`. Not with packages of npm that bring native modules.',
      costs:
        "It costs about a hundred megabytes in every image, as each program holds the runtime: images of one host share no layer with it. There is no shell. Only amd64 and arm64. The build fetches the runtime once from Deno's server.",
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'deno.program' },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: 'main.ts',
        proposals: [],
        from: 'deno.main',
        required: true,
      },
      {
        name: 'permissions',
        ask: 'permissions, as deno run takes them',
        is: 'words',
        default: '--allow-net --allow-env',
        proposals: [],
        from: 'deno.permissions',
      },
      {
        name: 'deno',
        ask: 'Deno version',
        is: 'version',
        default: '2.9.6',
        proposals: ['2.9.6'],
        table: { tag: 'denoland/deno:debian-«»', ever: ['2.9.6'], date: '2026-11-29', moves: true },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM denoland/deno:debian-«deno» AS build\nWORKDIR /src\n# Without packages there is no lock file.\nCOPY deno.json* deno.lock* ./\nRUN --mount=type=cache,target=/deno-dir \\\n    deno install --frozen\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/deno-dir \\\n    deno compile --frozen «permissions» --output=/out/«app» «main»\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM denoland/deno:«deno»\nWORKDIR /app\nCOPY . .\nRUN deno install\nCMD deno run «permissions» «main»\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'node-slim',
    title: 'Node.js with npm',
    summary: 'two stages, packages from package-lock.json, slim base with a shell, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', '!node.build', '!node.workspace'],
    rank: 30,
    advice: {
      take: 'Take it for JavaScript that runs as it is written, where a shell in the container is of use or a package needs a library of Debian.',
      not: 'Not with TypeScript or a bundler: node-build has a step for them. Not where a `prepare` script of package.json calls a tool from devDependencies, such as husky: it runs here, and the tool is not installed.',
      costs:
        'It costs the tools of Debian, npm and yarn, which stay in the image. Node is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '26', '22'],
        table: {
          tag: 'node:«»-trixie-slim',
          ever: ['26', '25', '24', '22', '20'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n\nFROM node:«node»-trixie-slim\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user node of the base, as a number: Kubernetes can check that it is not root.\nUSER 1000:1000\nENTRYPOINT ["node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'bun-slim',
    title: 'Bun with its lock file',
    summary: 'two stages, packages from bun.lock, sources run as they are, slim base, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['bun', '!node.workspace'],
    rank: 31,
    advice: {
      take: 'Take it for a server that Bun runs, in JavaScript or TypeScript, with bun.lock: Bun needs no step that compiles it.',
      not: 'Not with bun.lockb, the older lock file: `bun install --save-text-lockfile` writes the new one. Not in a workspace, whose members have to be there for the installation. Not where pages are bundled: those need a step that builds them.',
      costs:
        'It costs a shell and the package manager in the image, as Bun is both. Bun is process 1, for which SIGTERM does nothing by itself: the program handles it, or the container runs with `--init`. Only amd64 and arm64.',
    },
    parameters: [
      {
        name: 'bun',
        ask: 'Bun version',
        is: 'version',
        default: '1.4.5',
        proposals: ['1.4.5'],
        table: { tag: 'oven/bun:«»-slim', ever: ['1.4.5'], date: '2026-11-29', moves: true },
        from: 'node.managerversion',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.ts',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM oven/bun:«bun»-slim AS build\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN --mount=type=cache,target=/root/.bun/install/cache \\\n    bun install --frozen-lockfile --production && mkdir -p node_modules\n\n# The same image: the slim variant stands on the stable Debian of its day.\nFROM oven/bun:«bun»-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules node_modules\nCOPY package.json ./\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user bun of the base, as a number: Kubernetes can check that it is not root.\nUSER 1000:1000\nENTRYPOINT ["bun", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM oven/bun:«bun»\nWORKDIR /app\nCOPY . .\nRUN bun install\nCMD ["bun", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'node-alpine',
    title: 'Node.js on Alpine',
    summary: 'two stages, native modules compiled where they have no build for musl, small base, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', '!node.build', '!node.workspace'],
    rank: 40,
    advice: {
      take: 'Take it where the image should be small and have a shell, and the packages are JavaScript alone or have builds for musl.',
      not: 'Not where packages bring programs for glibc only, which do not start here: node-slim stands on Debian. Not for arm/v7, for which Node.js 24 has no image on Alpine.',
      costs:
        'It costs minutes for each native module without a build for musl, as it is compiled. The compiler stays in the build stage. Node is process 1: the program handles SIGTERM, or the container runs with `--init`.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '26',
        proposals: ['26', '24', '22'],
        table: {
          tag: 'node:«»-trixie-slim',
          ever: ['26', '25', '24', '22', '20'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-alpine3.24 AS build\n# For native modules without a build for musl; delete the line if there are none.\nRUN apk add --no-cache g++ make python3\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n\n# The same Alpine and Node.js as above: native modules belong to both.\nFROM node:«node»-alpine3.24\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user node of the base, as a number: Kubernetes can check that it is not root.\nUSER 1000:1000\nENTRYPOINT ["node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'java-gradle',
    title: 'Java with Gradle',
    summary: 'Gradle wrapper, Temurin JRE, libraries in a layer of their own, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=gradle', '!java.boot', '!java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a program that Gradle builds with the plugin `application`, in Java or Kotlin. The wrapper gives the version of Gradle that the project names.',
      not: 'Not for Spring Boot (spring-boot-gradle), several projects (java-gradle-projects), or a project without a wrapper.',
      costs:
        'It costs a JRE on Ubuntu, with a shell and its packages. Tests are left to CI, and a hosted CI runner keeps no cache mount: there each build downloads Gradle and the libraries.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the project',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM eclipse-temurin:«java»-jdk-noble AS build\nWORKDIR /src\n# Gradle writes beside the sources, so it works on a copy of the whole project. Downloads, Gradle itself included,\n# stay in the mount from build to build; two Gradles at a time would wait for each other\'s locks.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.gradle,sharing=locked \\\n    cp -r /context/. . && \\\n    ./gradlew --no-daemon installDist && \\\n    mkdir -p /out && \\\n    cp -r build/install/«app»/lib /out/ && \\\n    mv /out/lib/«app»*.jar /out/\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM eclipse-temurin:«java»\nWORKDIR /app\nCOPY . .\nRUN ./gradlew installDist\nCMD ["java", "-cp", "build/install/«app»/lib/*", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'java-gradle-projects',
    title: 'One project of a Gradle build',
    summary: 'one program of several Gradle projects with those it needs, Temurin JRE, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=gradle', 'java.modules', '!java.boot', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a Gradle build of several projects of which one is a program with the plugin `application`: the context is the folder of the settings file.',
      not: 'Not for a single project (java-gradle), and not for one that Spring Boot repackages: it has `bootJar` instead of `installDist`.',
      costs:
        'It costs a configuration of all projects in each build, and one layer for all jars. Tests are left to CI.',
    },
    parameters: [
      {
        name: 'module',
        ask: 'folder of the project',
        is: 'path',
        default: 'app',
        proposals: [],
        from: 'java.module',
        required: true,
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM eclipse-temurin:«java»-jdk-noble AS build\nWORKDIR /src\n# Gradle writes beside the sources, so it works on a copy of the whole project. Downloads, Gradle itself included,\n# stay in the mount from build to build; two Gradles at a time would wait for each other\'s locks.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.gradle,sharing=locked \\\n    cp -r /context/. . && \\\n    ./gradlew --no-daemon --project-dir «module» installDist && \\\n    mkdir -p /out && \\\n    cp -r «module»/build/install/*/lib /out/\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM eclipse-temurin:«java»\nWORKDIR /app\nCOPY . .\nRUN ./gradlew --project-dir «module» installDist\nCMD java -cp "$(echo «module»/build/install/*/lib)/*" «main»\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'java-maven',
    title: 'Java with Maven',
    summary: 'Temurin JRE, libraries in a layer of their own, cached downloads, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', '!java.boot', '!java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a program that Maven builds and that has a class with a main method. Libraries and the own jar are in two layers, so a change of code moves a few kB.',
      not: 'Not for Spring Boot (spring-boot) nor for a project of several modules (java-maven-modules).',
      costs:
        'It costs a JRE on Ubuntu, with a shell and its packages; java-distroless has neither, and java-jlink leaves out unused parts. Tests are left to CI, and a hosted CI runner keeps no cache mount.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp target/«app»-*.jar /out/\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM maven:3.9-eclipse-temurin-«java»\nWORKDIR /app\nCOPY . .\nRUN mvn -DskipTests package dependency:copy-dependencies \\\n        -DincludeScope=runtime -DoutputDirectory=target/lib\nCMD ["java", "-cp", "target/*:target/lib/*", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'java-maven-modules',
    title: 'One module of a Maven project',
    summary: 'one program of several modules with those it needs, Temurin JRE, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', 'java.modules', '!java.boot', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a Maven project of several modules of which one is a program: the context is the folder of the topmost pom.xml.',
      not: 'Not for a single module (java-maven), and not for a module that Spring Boot repackages: its jar holds the libraries already.',
      costs: 'It costs a build of every module that the program needs in each image. Tests are left to CI.',
    },
    parameters: [
      {
        name: 'module',
        ask: 'folder of the module',
        is: 'path',
        default: 'app',
        proposals: [],
        from: 'java.module',
        required: true,
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests --projects «module» --also-make package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp «module»/target/*.jar /out/\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM maven:3.9-eclipse-temurin-«java»\nWORKDIR /app\nCOPY . .\nRUN mvn -DskipTests --projects «module» --also-make package dependency:copy-dependencies \\\n        -DincludeScope=runtime -DoutputDirectory=target/lib\nCMD ["java", "-cp", "«module»/target/*:«module»/target/lib/*", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'spring-boot',
    title: 'Spring Boot with Maven',
    summary: 'extracted layers by the tools mode, Temurin JRE, cached downloads, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', 'java.boot', '!java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a Spring Boot service that Maven builds: libraries are layers of their own, and an extracted jar starts faster than one that holds others.',
      not: 'Not before Spring Boot 3.3, which has no tools mode, and not where `jib` or Buildpacks already make the image without a Dockerfile.',
      costs:
        'It costs an image layout to keep in mind: four COPY lines in this order. Spring writes to `/tmp`, so a read-only container needs a tmpfs there.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package && \\\n    mkdir -p /out && \\\n    cp target/«app»-*.jar /out/«app».jar && \\\n    java -Djarmode=tools -jar /out/«app».jar extract --layers --destination /out/layers\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\n# The four layers, from what changes least to what changes most.\nCOPY --from=build /out/layers/dependencies/ ./\nCOPY --from=build /out/layers/spring-boot-loader/ ./\nCOPY --from=build /out/layers/snapshot-dependencies/ ./\nCOPY --from=build /out/layers/application/ ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-jar", "«app».jar"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM maven:3.9-eclipse-temurin-«java»\nWORKDIR /app\nCOPY . .\nRUN mvn -DskipTests package\nCMD java -jar target/«app»-*.jar\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'spring-boot-gradle',
    title: 'Spring Boot with Gradle',
    summary: 'extracted layers by the tools mode, Gradle wrapper, Temurin JRE, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=gradle', 'java.boot', '!java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for a Spring Boot service that Gradle builds: libraries are layers of their own, and an extracted jar starts faster than one that holds others.',
      not: 'Not before Spring Boot 3.3, which has no tools mode, and not where `jib` or Buildpacks already make the image without a Dockerfile.',
      costs:
        'It costs an image layout to keep in mind: four COPY lines in this order. Spring writes to `/tmp`, so a read-only container needs a tmpfs there.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the project',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM eclipse-temurin:«java»-jdk-noble AS build\nWORKDIR /src\n# Gradle writes beside the sources, so it works on a copy of the whole project. Downloads, Gradle itself included,\n# stay in the mount from build to build; two Gradles at a time would wait for each other\'s locks.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.gradle,sharing=locked \\\n    cp -r /context/. . && \\\n    ./gradlew --no-daemon bootJar && \\\n    mkdir -p /out && \\\n    cp build/libs/«app»*.jar /out/«app».jar && \\\n    java -Djarmode=tools -jar /out/«app».jar extract --layers --destination /out/layers\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\n# The four layers, from what changes least to what changes most.\nCOPY --from=build /out/layers/dependencies/ ./\nCOPY --from=build /out/layers/spring-boot-loader/ ./\nCOPY --from=build /out/layers/snapshot-dependencies/ ./\nCOPY --from=build /out/layers/application/ ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-jar", "«app».jar"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM eclipse-temurin:«java»\nWORKDIR /app\nCOPY . .\nRUN ./gradlew bootJar\nCMD java -jar build/libs/«app»*.jar\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'spring-boot-gradle-projects',
    title: 'Spring Boot in a Gradle build of projects',
    summary:
      'one service of several projects with those it needs, layers by the tools mode, Temurin JRE, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=gradle', 'java.boot', 'java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for one Spring Boot service in a Gradle build of several projects: it is built with the projects that it needs. The context is the folder of the settings file.',
      not: 'Not before Spring Boot 3.3, which has no tools mode. Not for a project without the plugin of Spring Boot, which has no `bootJar`: see java-gradle-projects.',
      costs:
        'It costs a configuration of all projects in each build. Libraries are layers of their own; the other projects of the build lie in the layer of the application.',
    },
    parameters: [
      {
        name: 'module',
        ask: 'folder of the project',
        is: 'path',
        default: 'api',
        proposals: [],
        from: 'java.module',
        required: true,
      },
      {
        name: 'app',
        ask: 'name of the archive',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.program',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM eclipse-temurin:«java»-jdk-noble AS build\nWORKDIR /src\n# Gradle writes beside the sources, so it works on a copy of the whole project. Downloads, Gradle itself included,\n# stay in the mount from build to build; two Gradles at a time would wait for each other\'s locks.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.gradle,sharing=locked \\\n    cp -r /context/. . && \\\n    ./gradlew --no-daemon --project-dir «module» bootJar && \\\n    mkdir -p /out && \\\n    cp «module»/build/libs/«app»*.jar /out/«app».jar && \\\n    java -Djarmode=tools -jar /out/«app».jar extract --layers --destination /out/layers\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\n# The four layers, from what changes least to what changes most.\nCOPY --from=build /out/layers/dependencies/ ./\nCOPY --from=build /out/layers/spring-boot-loader/ ./\nCOPY --from=build /out/layers/snapshot-dependencies/ ./\nCOPY --from=build /out/layers/application/ ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-jar", "«app».jar"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM eclipse-temurin:«java»\nWORKDIR /app\nCOPY . .\nRUN ./gradlew --project-dir «module» bootJar\nCMD java -jar «module»/build/libs/«app»*.jar\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'spring-boot-maven-modules',
    title: 'Spring Boot in a Maven project of modules',
    summary:
      'one service of several modules with those it needs, layers by the tools mode, Temurin JRE, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', 'java.boot', 'java.modules', '!java.native'],
    rank: 10,
    advice: {
      take: 'Take it for one Spring Boot service in a Maven project of several modules: it is built with the modules that it needs. The context is the folder of the topmost pom.xml.',
      not: 'Not before Spring Boot 3.3, which has no tools mode. Not for a module without `spring-boot-maven-plugin`: its jar does not hold the libraries, see java-maven-modules.',
      costs:
        'It costs a build of every module that the service needs in each image. Libraries are layers of their own, also the modules that a release pins; those of a snapshot version are one of the small layers.',
    },
    parameters: [
      {
        name: 'module',
        ask: 'folder of the module',
        is: 'path',
        default: 'api',
        proposals: [],
        from: 'java.module',
        required: true,
      },
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.program',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests --projects «module» --also-make package && \\\n    mkdir -p /out && \\\n    cp «module»/target/«app»-*.jar /out/«app».jar && \\\n    java -Djarmode=tools -jar /out/«app».jar extract --layers --destination /out/layers\n\n# The same Ubuntu release and Java as above.\nFROM eclipse-temurin:«java»-jre-noble\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\n# The four layers, from what changes least to what changes most.\nCOPY --from=build /out/layers/dependencies/ ./\nCOPY --from=build /out/layers/spring-boot-loader/ ./\nCOPY --from=build /out/layers/snapshot-dependencies/ ./\nCOPY --from=build /out/layers/application/ ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-jar", "«app».jar"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM maven:3.9-eclipse-temurin-«java»\nWORKDIR /app\nCOPY . .\nRUN mvn -DskipTests --projects «module» --also-make package\nCMD java -jar «module»/target/«app»-*.jar\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'java-distroless',
    title: 'Java on distroless',
    summary: 'Maven build, a Java runtime without shell and package manager, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', '!java.boot', '!java.modules', '!java.native'],
    rank: 20,
    advice: {
      take: 'Take it for a program that Maven builds, in an image that holds Java, certificates and little else.',
      not: 'Not where people need a shell in the running container, or where a start script sets options: `JDK_JAVA_OPTIONS` takes their place.',
      costs:
        'It costs the shell. There is one image for each long-term version of Java only, and its minor version moves with the base, so an archive for class data sharing has to be made with the same one.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'gcr.io/distroless/java«»-debian13',
          ever: ['21', '25', '17'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp target/«app»-*.jar /out/\n\n# Another distribution than above, which compiled classes do not mind. It has the same version of Java.\nFROM gcr.io/distroless/java«java»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["/usr/bin/java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'java-alpine',
    title: 'Java on Alpine',
    summary: 'Temurin JRE on Alpine, built by Maven on Ubuntu, libraries in a layer of their own, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', '!java.boot', '!java.modules', '!java.native'],
    rank: 30,
    advice: {
      take: 'Take it where the image should be small and have a shell: classes do not mind on which system they were compiled.',
      not: 'Not with libraries that bring native code for glibc only, such as some for compression or databases: java-maven stands on Ubuntu. Not for arm64 with Java 17, nor for other processors than amd64 and arm64.',
      costs:
        'It costs the certainty that native code loads: that shows only when the program runs. musl also looks up names in another way than glibc, and its memory allocator is slower with many threads.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp target/«app»-*.jar /out/\n\n# The same Java as above.\nFROM eclipse-temurin:«java»-jre-alpine-3.24\nRUN adduser -D -H -u 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'java-jlink',
    title: 'Java with a runtime of its own',
    summary: 'jlink leaves out what the program does not use; Ubuntu base, Maven build, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', '!java.boot', '!java.modules', '!java.native'],
    rank: 30,
    advice: {
      take: 'Take it where one program runs in many places and the size of the JRE matters.',
      not: 'Not for programs that load classes by name and whose modules nobody can list: they start, and fail later. Many services on one machine are smaller with a JRE that they share as a layer.',
      costs:
        'It costs a list to maintain: what `jdeps` cannot see, such as drivers, other character sets (`jdk.charsets`) and locales (`jdk.localedata`), has to be named.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'eclipse-temurin:«»-jre-noble',
          ever: ['26', '25', '24', '23', '22', '21', '17', '11', '8'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
      {
        name: 'extra',
        ask: 'modules that are only found at run time',
        is: 'words',
        default: 'jdk.crypto.ec',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp target/«app»-*.jar /out/\nRUN modules=$(jdeps --ignore-missing-deps --multi-release «java» --print-module-deps \\\n        --class-path \'/out/lib/*\' /out/*.jar) && \\\n    jlink --add-modules "$modules,«extra»" --strip-java-debug-attributes --no-header-files --no-man-pages \\\n        --output /out/jre\n\n# The same Ubuntu release as above: the runtime needs a C library at least as new as its own.\nFROM ubuntu:24.04\nCOPY --from=build /out/jre /opt/java\nENV PATH=/opt/java/bin:$PATH\nRUN useradd --no-log-init --no-create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'java-chiselled',
    title: 'Java on a chiselled base of Ubuntu',
    summary: 'the JRE of Canonical without a shell or package manager, built by Maven, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', '!java.boot', '!java.modules', '!java.native'],
    rank: 31,
    advice: {
      take: 'Take it where the platform is Ubuntu and the image should have neither a shell nor a package manager: it is OpenJDK in slices of the packages of Ubuntu, and Canonical renews it.',
      not: 'Not where another OpenJDK than that of Ubuntu is wanted: java-distroless has Temurin. Not without a trial: the slices leave out what few programs need, such as fonts and sound. Only amd64 and arm64.',
      costs:
        'It costs the shell, and a tag that moves: `stable` is a channel, so pin its digest and let a bot move it.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the artifact',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'main',
        ask: 'class with the main method',
        is: 'module',
        default: 'com.example.Main',
        proposals: [],
        from: 'java.main',
        required: true,
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21'],
        table: { tag: 'ubuntu/jre:«»-24.04_stable', ever: ['21'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM maven:3.9-eclipse-temurin-«java»-noble AS build\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2/repository,sharing=locked \\\n    cp -r /context/. . && \\\n    mkdir -p /out/lib && \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package \\\n        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib && \\\n    cp target/«app»-*.jar /out/\n\n# The same Ubuntu release and Java version as above.\nFROM ubuntu/jre:«java»-24.04_stable\nWORKDIR /app\nCOPY --from=build /out/lib lib\nCOPY --from=build /out/*.jar ./\n# A number: the image has no list of users to add to, and Kubernetes can check that it is not root.\nUSER 10001:10001\n# Three quarters of the memory for the heap; without it Java takes one. It can be set at the start.\nENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"\nENTRYPOINT ["java", "-cp", "/app/*:/app/lib/*", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'graalvm-native',
    title: 'Java as a native program',
    summary: 'GraalVM compiles ahead of time, all but the C library linked in; distroless base, non-root',
    as: 'dockerfile',
    group: 'java',
    suits: ['java.manager=maven', 'java.native', 'java.wrapper'],
    rank: 40,
    advice: {
      take: 'Take it where a start of milliseconds and little memory matter, as for commands and functions, and the project has a profile `native` with native-maven-plugin.',
      not: 'Not for programs that load classes by name without hints for GraalVM: they build, and fail at run time. A service that runs for days is often faster on a JVM.',
      costs:
        'It costs minutes and several GB of memory in each build, and one machine for each platform, as GraalVM compiles only for its own. A hosted CI runner keeps no cache mount.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the program',
        is: 'name',
        default: 'app',
        proposals: [],
        from: 'java.name',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '25',
        proposals: ['25'],
        table: {
          tag: 'ghcr.io/graalvm/native-image-community:«»-ol9',
          ever: ['25'],
          date: '2026-11-29',
          moves: false,
        },
        from: 'java.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# Its C library is older than that of the base below, which is what the program needs.\nFROM ghcr.io/graalvm/native-image-community:«java»-ol9 AS build\n# Links all libraries but the C library, and keeps to instructions that every processor of the platform has.\nENV NATIVE_IMAGE_OPTIONS="--static-nolibc -march=compatibility"\nWORKDIR /src\n# Maven writes beside the sources, so it works on a copy of the whole project.\n# Downloads stay in the mount from build to build; only one Maven at a time may write there.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.m2,sharing=locked \\\n    cp -r /context/. . && \\\n    ./mvnw --batch-mode --no-transfer-progress -DskipTests -Pnative native:compile && \\\n    mkdir -p /out && \\\n    cp target/«app» /out/\n\nFROM gcr.io/distroless/base-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM ghcr.io/graalvm/native-image-community:«java»\nWORKDIR /app\nCOPY . .\nRUN ./mvnw -DskipTests -Pnative native:compile\nENTRYPOINT ["target/«app»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'dotnet-chiselled',
    title: '.NET on a chiselled image',
    summary:
      'Ubuntu without a shell or package manager, compiles for every platform without emulation, non-root',
    as: 'dockerfile',
    group: 'dotnet',
    suits: ['dotnet'],
    rank: 10,
    advice: {
      take: 'Take it for a service in .NET: the runtime is there, a shell and a package manager are not, and the user has no rights.',
      not: 'Not for texts in several languages or time zones by name: `-extra` images have ICU and tzdata. Not where a start script is needed.',
      costs:
        'It costs the shell. A service listens on port 8080, as a user without rights cannot take port 80.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the assembly',
        is: 'name',
        default: 'App',
        proposals: [],
        from: 'dotnet.name',
      },
      {
        name: 'project',
        ask: 'project file',
        is: 'path',
        default: '«app».csproj',
        proposals: [],
        from: 'dotnet.project',
      },
      {
        name: 'dotnet',
        ask: '.NET version',
        is: 'version',
        default: '10.0',
        proposals: ['10.0', '9.0'],
        table: {
          tag: 'mcr.microsoft.com/dotnet/aspnet:«»-noble-chiseled',
          ever: ['10.0', '9.0'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'dotnet.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# Runs on the machine that builds, and compiles for the platform of the image.\nFROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:«dotnet»-noble AS build\nARG TARGETARCH\nWORKDIR /src\n# The compiler writes beside the sources, so it works on a copy of the project, NuGet.config and props included.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.nuget/packages,sharing=locked \\\n    cp -r /context/. . && \\\n    dotnet publish «project» --configuration Release --arch $TARGETARCH --no-self-contained --output /out\n\n# The same Ubuntu release and .NET as above.\nFROM mcr.microsoft.com/dotnet/aspnet:«dotnet»-noble-chiseled\nWORKDIR /app\nCOPY --from=build /out/ ./\n# The user of the base, app, as a number: Kubernetes can check that it is not root.\nUSER 1654:1654\nENTRYPOINT ["dotnet", "«app».dll"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM mcr.microsoft.com/dotnet/sdk:«dotnet»\nWORKDIR /app\nCOPY . .\nRUN dotnet publish «project» --configuration Release --output /out\nCMD ["dotnet", "/out/«app».dll"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'dotnet-solution',
    title: 'One program of a .NET solution',
    summary:
      'restores from all project files and props in a layer of its own, then compiles; chiselled, non-root',
    as: 'dockerfile',
    group: 'dotnet',
    suits: ['dotnet', 'dotnet.props'],
    rank: 20,
    advice: {
      take: 'Take it for a solution of several projects with `Directory.Packages.props`: packages are restored again only when a project file, a props file, NuGet.config or global.json changes. The context is the folder of the solution.',
      not: 'Not for one project alone: dotnet-chiselled is shorter.',
      costs: 'It costs the shell. `COPY --parents` needs a new frontend, which the first line asks for.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the assembly',
        is: 'name',
        default: 'App',
        proposals: [],
        from: 'dotnet.name',
      },
      {
        name: 'project',
        ask: 'project file',
        is: 'path',
        default: 'src/«app»/«app».csproj',
        proposals: [],
        from: 'dotnet.project',
      },
      {
        name: 'dotnet',
        ask: '.NET version',
        is: 'version',
        default: '10.0',
        proposals: ['10.0', '9.0'],
        table: {
          tag: 'mcr.microsoft.com/dotnet/aspnet:«»-noble-chiseled',
          ever: ['10.0', '9.0'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'dotnet.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# Runs on the machine that builds, and compiles for the platform of the image.\nFROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:«dotnet»-noble AS build\nARG TARGETARCH\nWORKDIR /src\n# All that decides about packages, each file in its place. The letters in brackets allow for both spellings.\nCOPY --parents global.json* [Nn]u[Gg]et.[Cc]onfig* **/Directory.*.props **/Directory.*.targets \\\n     **/*.csproj **/packages.lock.json ./\nRUN --mount=type=cache,target=/root/.nuget/packages,sharing=locked \\\n    dotnet restore «project» --arch $TARGETARCH\n# The compiler writes beside the sources, so it works on a copy.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.nuget/packages,sharing=locked \\\n    cp -r /context/. . && \\\n    dotnet publish «project» --no-restore --configuration Release --arch $TARGETARCH --no-self-contained \\\n        --output /out\n\n# The same Ubuntu release and .NET as above.\nFROM mcr.microsoft.com/dotnet/aspnet:«dotnet»-noble-chiseled\nWORKDIR /app\nCOPY --from=build /out/ ./\n# The user of the base, app, as a number: Kubernetes can check that it is not root.\nUSER 1654:1654\nENTRYPOINT ["dotnet", "«app».dll"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dotnet-alpine',
    title: '.NET on Alpine',
    summary: 'a small base with a shell and apk, compiles for every platform without emulation, non-root',
    as: 'dockerfile',
    group: 'dotnet',
    suits: ['dotnet'],
    rank: 40,
    advice: {
      take: 'Take it where the image has to be small and needs a shell or packages of Alpine, for a start script or a tool.',
      not: 'Not for packages with native parts that know glibc alone: they do not load with musl. Not where nothing needs a shell: dotnet-chiselled is about as small and has none. Cultures and time zones by name need the tag with `-extra`.',
      costs:
        'It costs musl: a native library has to have a build for it. A service listens on port 8080, as a user without rights cannot take port 80.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'name of the assembly',
        is: 'name',
        default: 'App',
        proposals: [],
        from: 'dotnet.name',
      },
      {
        name: 'project',
        ask: 'project file',
        is: 'path',
        default: '«app».csproj',
        proposals: [],
        from: 'dotnet.project',
      },
      {
        name: 'dotnet',
        ask: '.NET version',
        is: 'version',
        default: '10.0',
        proposals: ['10.0', '9.0'],
        table: {
          tag: 'mcr.microsoft.com/dotnet/aspnet:«»-alpine3.24',
          ever: ['10.0', '9.0'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'dotnet.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# Runs on the machine that builds, and compiles for the platform of the image.\nFROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:«dotnet»-alpine3.24 AS build\nARG TARGETARCH\nWORKDIR /src\n# The compiler writes beside the sources, so it works on a copy of the project, NuGet.config and props included.\nRUN --mount=type=bind,target=/context \\\n    --mount=type=cache,target=/root/.nuget/packages,sharing=locked \\\n    cp -r /context/. . && \\\n    dotnet publish «project» --configuration Release --arch $TARGETARCH --no-self-contained --output /out\n\n# The same Alpine release and .NET as above.\nFROM mcr.microsoft.com/dotnet/aspnet:«dotnet»-alpine3.24\nWORKDIR /app\nCOPY --from=build /out/ ./\n# The user of the base, app, as a number: Kubernetes can check that it is not root.\nUSER 1654:1654\nENTRYPOINT ["dotnet", "«app».dll"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'rails',
    title: 'Rails',
    summary: 'gems and assets in the build stage, four folders to write to, a health check, non-root',
    as: 'dockerfile',
    group: 'ruby',
    suits: ['ruby', 'ruby.framework=rails'],
    rank: 10,
    advice: {
      take: 'Take it for an application with Rails 7.1 or later and Gemfile.lock: assets are made in the build, with a key for that step only, and the server owns only the four folders that it writes to.',
      not: 'Not where assets are made by Node, which the build stage does not have. Not with `config/master.key` in the build: keep it out by `.dockerignore` and give `RAILS_MASTER_KEY` when the container starts.',
      costs:
        'It costs a shell and the tools of Debian. Libraries for the database differ: `libpq5` is for PostgreSQL, and SQLite or MySQL need another. Migrations belong in a step of the deployment, not in the start of every container.',
    },
    parameters: [
      {
        name: 'ruby',
        ask: 'Ruby version',
        is: 'version',
        default: '3.4',
        proposals: ['3.4', '4.0', '3.3'],
        table: {
          tag: 'ruby:«»-slim-trixie',
          ever: ['4.0', '3.4', '3.3', '3.2'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'ruby.version',
      },
      {
        name: 'libraries',
        ask: 'packages that the program needs',
        is: 'packages',
        default: 'libpq5',
        proposals: [],
      },
      {
        name: 'headers',
        ask: 'packages to compile gems with',
        is: 'packages',
        default: 'build-essential git libpq-dev libyaml-dev',
        proposals: [],
      },
      { name: 'port', ask: 'port', is: 'number', default: '3000', proposals: [], from: 'port' },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM ruby:«ruby»-slim-trixie AS base\n# Before the installation: afterwards the groups would stay.\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_PATH=/usr/local/bundle BUNDLE_WITHOUT=development:test\nENV RAILS_ENV=production\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends «libraries»\nWORKDIR /app\n\nFROM base AS build\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends «headers»\nCOPY Gemfile Gemfile.lock .ruby-version* ./\nRUN --mount=type=cache,target=/root/.bundle/cache \\\n    BUNDLE_GLOBAL_GEM_CACHE=true bundle install && \\\n    rm -rf /usr/local/bundle/ruby/*/cache\nCOPY . .\n# With a key that Rails makes up for this step: the real one comes when the container starts.\nRUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile && \\\n    mkdir -p db log storage tmp\n\nFROM base\nRUN useradd --create-home --uid 10001 app\nCOPY --from=build /usr/local/bundle /usr/local/bundle\nCOPY --from=build /app .\n# All else stays root\'s: the server cannot change the program.\nRUN chown -R app:app db log storage tmp\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nEXPOSE «port»\nHEALTHCHECK --interval=30s --timeout=3s --start-period=20s \\\n    CMD ["ruby", "-rnet/http", "-e", "exit Net::HTTP.get_response(\'127.0.0.1\', \'/up\', «port»).code < \'400\'"]\nENTRYPOINT ["bundle", "exec", "rails", "server", "--binding=0.0.0.0", "--port=«port»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM ruby:«ruby»\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bundle", "exec", "rails", "server", "--binding=0.0.0.0", "--port=«port»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything': 'Rails is the whole folder of the project, and .dockerignore keeps the rest out',
      'nondeterministic-command':
        'the packages of Debian are those of the release, and newer ones only mend errors',
    },
  },
  {
    id: 'ruby-bundler',
    title: 'Ruby with Bundler',
    summary: 'two stages, gems from Gemfile.lock, compilers only in the build stage, slim base, non-root',
    as: 'dockerfile',
    group: 'ruby',
    suits: ['ruby', '!ruby.framework=rails'],
    rank: 20,
    advice: {
      take: 'Take it for a program with Gemfile.lock: compilers for gems with parts in C stay in the build stage.',
      not: 'Not for Rails, which has assets and folders to write to. Not with a Gemfile.lock that lacks the platform of the image: add it with `bundle lock --add-platform x86_64-linux`.',
      costs:
        'It costs a shell and the tools of Debian. A gem that needs a library, such as pg or vips, wants the headers in the build stage and the library itself in the last one.',
    },
    parameters: [
      {
        name: 'ruby',
        ask: 'Ruby version',
        is: 'version',
        default: '3.4',
        proposals: ['3.4', '4.0', '3.3'],
        table: {
          tag: 'ruby:«»-slim-trixie',
          ever: ['4.0', '3.4', '3.3', '3.2'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'ruby.version',
      },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'lib', proposals: [] },
      { name: 'main', ask: 'file to start', is: 'path', default: 'main.rb', proposals: [], required: true },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM ruby:«ruby»-slim-trixie AS base\n# Before the installation: afterwards the groups would stay.\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_PATH=/usr/local/bundle BUNDLE_WITHOUT=development:test\nWORKDIR /app\n\nFROM base AS build\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends build-essential libyaml-dev\nCOPY Gemfile Gemfile.lock .ruby-version* ./\nRUN --mount=type=cache,target=/root/.bundle/cache \\\n    BUNDLE_GLOBAL_GEM_CACHE=true bundle install && \\\n    rm -rf /usr/local/bundle/ruby/*/cache\n\nFROM base\nRUN useradd --create-home --uid 10001 app\nCOPY --from=build /usr/local/bundle /usr/local/bundle\nCOPY Gemfile Gemfile.lock .ruby-version* «main» ./\nCOPY «source» «source»\n# A number: Kubernetes can check that it is not root.\nUSER 10001\n# `bundle exec` gives way to the program: it is process 1 and gets the signals.\nENTRYPOINT ["bundle", "exec", "ruby", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM ruby:«ruby»\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bundle", "exec", "ruby", "«main»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'nondeterministic-command':
        'the packages of Debian are tools of the build stage, and none of them is in the image',
    },
  },
  {
    id: 'laravel',
    title: 'Laravel on PHP-FPM',
    summary: 'packages by Composer without its scripts, two folders to write to, FPM as process 1, non-root',
    as: 'dockerfile',
    group: 'php',
    suits: ['php', 'php.framework=laravel'],
    rank: 10,
    advice: {
      take: 'Take it for an application with Laravel and composer.lock that runs behind nginx or another server that speaks FastCGI.',
      not: 'Not without such a server: FPM on port 9000 speaks no HTTP. Not with assets of Vite, which Node makes in a stage of its own. No `config:cache` in the build: it would write the settings of the build machine into the image.',
      costs:
        'It costs a second container and a shell. An extension that needs a library, such as pdo_pgsql or gd, wants the headers before it is compiled and the library in the image.',
    },
    parameters: [
      {
        name: 'php',
        ask: 'PHP version',
        is: 'version',
        default: '8.5',
        proposals: ['8.5', '8.4', '8.3'],
        table: {
          tag: 'php:«»-fpm-trixie',
          ever: ['8.5', '8.4', '8.3', '8.2', '8.1'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'php.version',
      },
      {
        name: 'composer',
        ask: 'Composer version',
        is: 'version',
        default: '2',
        proposals: ['2'],
        table: { tag: 'composer:«»', ever: ['2', '1'], date: '2026-08-21', moves: false },
      },
      {
        name: 'extensions',
        ask: 'extensions to compile',
        is: 'packages',
        default: 'pdo_mysql',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM php:«php»-fpm-trixie AS base\nRUN docker-php-ext-install «extensions» && \\\n    mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"\nWORKDIR /app\n\nFROM base AS build\nCOPY --from=composer:«composer» /usr/bin/composer /usr/local/bin/\nENV COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_CACHE_DIR=/composer\n# Composer unpacks packages with unzip.\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends unzip\nCOPY composer.json composer.lock ./\n# Without scripts: they call artisan, which is not there yet.\nRUN --mount=type=cache,target=/composer \\\n    composer install --no-dev --no-interaction --no-scripts --no-autoloader\nCOPY . .\n# Laravel looks for its packages now, which is a script of this command.\nRUN mkdir -p bootstrap/cache storage/framework/cache storage/framework/sessions storage/framework/views && \\\n    composer dump-autoload --no-dev --optimize\n\nFROM base\nCOPY --from=build /app .\n# All else stays root\'s: a server that is broken into cannot change the program.\nRUN chown -R www-data:www-data bootstrap/cache storage\n# The user www-data of the base, as a number.\nUSER 33:33\nEXPOSE 9000\n# The base has no client for FastCGI: the server in front tells whether it answers.\nHEALTHCHECK NONE\nCMD ["php-fpm"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM php:«php»-cli\nRUN apt-get update && apt-get install -y unzip && docker-php-ext-install «extensions»\nCOPY --from=composer:«composer» /usr/bin/composer /usr/local/bin/\nWORKDIR /app\nCOPY . .\nRUN composer install\nCMD ["php", "artisan", "serve", "--host=0.0.0.0"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'copy-everything': 'Laravel is the whole folder of the project, and .dockerignore keeps the rest out',
      'nondeterministic-command':
        'the packages of Debian are tools of the build stage, and none of them is in the image',
    },
  },
  {
    id: 'php-fpm',
    title: 'PHP-FPM with Composer',
    summary: 'packages from composer.lock in a stage of their own, FPM as process 1, non-root',
    as: 'dockerfile',
    group: 'php',
    suits: ['php', '!php.framework=laravel'],
    rank: 20,
    advice: {
      take: 'Take it for a program in PHP with composer.lock that runs behind nginx or another server that speaks FastCGI.',
      not: 'Not without such a server: FPM on port 9000 speaks no HTTP, and the files of the folder for the web must be in the other container too.',
      costs:
        'It costs a second container and a shell. Only the extensions of the base are there: others are compiled with `docker-php-ext-install`, and their libraries have to stay in the image.',
    },
    parameters: [
      {
        name: 'php',
        ask: 'PHP version',
        is: 'version',
        default: '8.5',
        proposals: ['8.5', '8.4', '8.3'],
        table: {
          tag: 'php:«»-fpm-trixie',
          ever: ['8.5', '8.4', '8.3', '8.2', '8.1'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'php.version',
      },
      {
        name: 'composer',
        ask: 'Composer version',
        is: 'version',
        default: '2',
        proposals: ['2'],
        table: { tag: 'composer:«»', ever: ['2', '1'], date: '2026-08-21', moves: false },
      },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'src', proposals: [] },
      {
        name: 'public',
        ask: 'folder that the web server shows',
        is: 'path',
        default: 'public',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM php:«php»-fpm-trixie AS build\nCOPY --from=composer:«composer» /usr/bin/composer /usr/local/bin/\nENV COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_CACHE_DIR=/composer\n# Composer unpacks packages with unzip.\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends unzip\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN --mount=type=cache,target=/composer \\\n    composer install --no-dev --no-interaction --no-scripts --no-autoloader\nCOPY «source» «source»\n# Only now: the list of classes needs the sources.\nRUN composer dump-autoload --no-dev --classmap-authoritative\n\nFROM php:«php»-fpm-trixie\nRUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"\nWORKDIR /app\nCOPY --from=build /app/vendor vendor\nCOPY «source» «source»\nCOPY «public» «public»\n# The user www-data of the base, as a number. The files are not its own: it cannot change the program.\nUSER 33:33\nEXPOSE 9000\n# The base has no client for FastCGI: the server in front tells whether it answers.\nHEALTHCHECK NONE\nCMD ["php-fpm"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM php:«php»-cli\nRUN apt-get update && apt-get install -y unzip\nCOPY --from=composer:«composer» /usr/bin/composer /usr/local/bin/\nWORKDIR /app\nCOPY . .\nRUN composer install\nCMD ["php", "-S", "0.0.0.0:8000", "-t", "«public»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'nondeterministic-command':
        'the packages of Debian are tools of the build stage, and none of them is in the image',
    },
  },
  {
    id: 'cpp-cmake',
    title: 'C or C++ with CMake',
    summary: 'compiled on Debian, on distroless cc of the same release, non-root',
    as: 'dockerfile',
    group: 'c',
    suits: ['c', 'c.cmake'],
    rank: 10,
    advice: {
      take: 'Take it for a program that CMake builds and that needs glibc, libstdc++ and nothing else at run time.',
      not: 'Not with other shared libraries: link those statically, or take `debian:13-slim` and install them. Not with the image `gcc`, whose libstdc++ is newer than that of Debian.',
      costs: 'It costs the shell, and both stages have to stay on one Debian release.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'c.program' },
      {
        name: 'binary',
        ask: 'where CMake puts it in its build folder',
        is: 'path',
        default: '«app»',
        proposals: [],
      },
      {
        name: 'packages',
        ask: 'packages the build needs',
        is: 'packages',
        default: 'cmake g++ ninja-build',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs libraries at least as new as its own.\nFROM debian:13-slim AS build\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends «packages»\nWORKDIR /src\nRUN --mount=type=bind,target=/src \\\n    cmake -S /src -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release && \\\n    cmake --build /build --target «app» && \\\n    mkdir -p /out && \\\n    cp /build/«binary» /out/«app» && \\\n    strip /out/«app»\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM debian:13\nRUN apt-get update && apt-get install -y «packages»\nWORKDIR /app\nCOPY . .\nRUN cmake -S . -B build && cmake --build build --target «app»\nCMD ["build/«binary»"]\n',
        extra: 'diet',
      },
    ],
    allows: {
      'nondeterministic-command':
        'what apt installs stays in the build stage, and one Debian release keeps one compiler',
    },
  },
  {
    id: 'c-static',
    title: 'C as a static binary',
    summary: 'a Makefile on Alpine, linked against musl, on distroless static, non-root',
    as: 'dockerfile',
    group: 'c',
    suits: ['c', '!c.cmake'],
    rank: 20,
    advice: {
      take: 'Take it for a program in C that `make` builds: linked against musl, it needs no file of its image.',
      not: 'Not for glibc itself: linked statically, it still looks for its own libraries when a name or a user is looked up. Not for plugins that are loaded at run time.',
      costs:
        'It costs care with the Makefile: `LDFLAGS` on the command line replaces what it sets. Of every library, the package `-static` is needed too. musl allocates slowly where many threads do so at once.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'c.program' },
      { name: 'binary', ask: 'where make puts it', is: 'path', default: '«app»', proposals: [] },
      {
        name: 'packages',
        ask: 'packages the build needs',
        is: 'packages',
        default: 'build-base',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM alpine:3.24 AS build\nRUN apk add --no-cache «packages»\nWORKDIR /src\n# make writes beside the sources, so it works on a copy.\nRUN --mount=type=bind,target=/context \\\n    cp -r /context/. . && \\\n    make LDFLAGS=-static && \\\n    mkdir -p /out && \\\n    cp «binary» /out/«app» && \\\n    strip /out/«app»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM alpine:3.24\nRUN apk add «packages»\nWORKDIR /app\nCOPY . .\nRUN make\nCMD ["./«binary»"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'static-site',
    title: 'Static site on unprivileged nginx',
    summary: 'a folder of files behind nginx on port 8080, with a health check, non-root',
    as: 'dockerfile',
    group: 'web',
    suits: ['static'],
    rank: 10,
    advice: {
      take: 'Take it for files that a browser gets as they are. The server starts as a user without rights, with its temporary files in `/tmp`.',
      not: 'Not with a configuration that was written for the usual nginx image: its `user`, `pid` and `listen 80` need root. Not for an application with routes in the browser until `try_files` of a configuration of its own leads them to index.html.',
      costs:
        'It costs a web server and a shell to keep up to date. With a read-only file system `/tmp` has to be a tmpfs.',
    },
    parameters: [
      {
        name: 'folder',
        ask: 'folder of the site',
        is: 'path',
        default: 'public',
        proposals: [],
        from: 'static.folder',
      },
      {
        name: 'nginx',
        ask: 'nginx version',
        is: 'version',
        default: '1.30',
        proposals: ['1.30'],
        table: { tag: 'nginxinc/nginx-unprivileged:«»', ever: ['1.30'], date: '2026-07-15', moves: false },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM nginxinc/nginx-unprivileged:«nginx»\nCOPY «folder»/ /usr/share/nginx/html/\n# The user of the base, as a number: Kubernetes can check that it is not root.\nUSER 101:101\nEXPOSE 8080\nHEALTHCHECK --interval=30s --timeout=3s --start-period=5s \\\n    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: the usual server, as root.\nFROM nginx\nCOPY «folder»/ /usr/share/nginx/html/\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'static-site-build',
    title: 'Static site with a build step',
    summary: 'pages that Vite or another bundler makes, on unprivileged nginx with a health check, non-root',
    as: 'dockerfile',
    group: 'web',
    suits: ['node', 'node.manager=npm', 'node.build', 'node.framework=vite', '!node.workspace'],
    rank: 12,
    advice: {
      take: 'Take it for pages that a bundler such as Vite makes and that a browser runs without a server of their own: neither Node nor a package is in the image.',
      not: 'Not for a server in Node, nor for an application with routes in the browser until `try_files` of a configuration of its own leads them to index.html.',
      costs:
        'It costs a web server and a shell to keep up to date. Variables that the bundler writes into the pages are fixed by the build, so that another value needs another image. A folder `public` needs a COPY of its own.',
    },
    parameters: [
      { name: 'output', ask: 'folder that the build makes', is: 'path', default: 'dist', proposals: [] },
      { name: 'source', ask: 'folder of the sources', is: 'path', default: 'src', proposals: [] },
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '26', '22'],
        table: {
          tag: 'node:«»-trixie-slim',
          ever: ['26', '25', '24', '22', '20'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'nginx',
        ask: 'nginx version',
        is: 'version',
        default: '1.30',
        proposals: ['1.30'],
        table: { tag: 'nginxinc/nginx-unprivileged:«»', ever: ['1.30'], date: '2026-07-15', moves: false },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci\n# The page and the settings of the bundler: index.html, tsconfig.json, vite.config.ts.\nCOPY *.html *.json *.config.* ./\nCOPY «source» «source»\nRUN npm run build\n\nFROM nginxinc/nginx-unprivileged:«nginx»\nCOPY --from=build /app/«output» /usr/share/nginx/html\n# The user of the base, as a number: Kubernetes can check that it is not root.\nUSER 101:101\nEXPOSE 8080\nHEALTHCHECK --interval=30s --timeout=3s --start-period=5s \\\n    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
      {
        path: 'diet/Dockerfile.naive',
        text: '# For comparison only: everything in one stage, as root.\nFROM node:«node»\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["npx", "vite", "preview", "--host"]\n',
        extra: 'diet',
      },
    ],
    allows: {},
  },
  {
    id: 'chainguard-static',
    title: 'Go on Chainguard static',
    summary:
      'static binary on the static base of Chainguard: certificates, time zones, a user without rights',
    as: 'dockerfile',
    group: 'bases',
    suits: ['go', '!go.cgo'],
    rank: 10,
    advice: {
      take: 'Take it where the base should have next to no known vulnerabilities: it is built anew whenever one of its packages changes, and signed.',
      not: 'Not without a digest: for free there is only `latest` and `latest-dev`, and what stands behind them moves. Not for programs that need a C library: `glibc-dynamic` is for those.',
      costs:
        'It costs the shell, and a bot that moves the digest forward: a pin that nobody moves is older every day. Only amd64 and arm64.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\n# The free images have no other tag: pin it to a digest, and let a bot move the digest.\nFROM cgr.dev/chainguard/static:latest\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'chainguard-python',
    title: 'Python on Chainguard',
    summary:
      'packages by pip in the variant with tools, run on the base of Chainguard without a shell, non-root',
    as: 'dockerfile',
    group: 'bases',
    suits: ['python', 'python.manager=pip'],
    rank: 11,
    advice: {
      take: 'Take it where the base should have next to no known vulnerabilities: it is built anew whenever one of its packages changes, and signed. Wolfi has glibc, so the usual wheels work.',
      not: 'Not without a digest for both stages, taken on the same day: for free there is only `latest` and `latest-dev`, and the version of Python moves with them. Not where a project asks for one version of Python.',
      costs:
        'It costs the shell, and a bot that moves both digests forward together: one alone can bring another Python than that of the environment. Only amd64 and arm64.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: '«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The free images have no other tags: pin both to their digests, and let a bot move them together.\nFROM cgr.dev/chainguard/python:latest-dev AS build\n# For the folder; the user of the image may not make it.\nUSER 0\nWORKDIR /app\nRUN python -m venv .venv\nCOPY «requirements» «requirements»\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    .venv/bin/pip install -r «requirements»\n\nFROM cgr.dev/chainguard/python:latest\n# The same folder as above: the scripts of the environment name it.\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PYTHONUNBUFFERED=1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/app/.venv/bin/python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {
      'user-root':
        'the stage with the tools makes the folder and installs, and the last stage runs as another user',
    },
  },
  {
    id: 'chainguard-node',
    title: 'Node.js on Chainguard',
    summary:
      'packages by npm in the variant with tools, run on the base of Chainguard without a shell, non-root',
    as: 'dockerfile',
    group: 'bases',
    suits: ['node', 'node.manager=npm', '!node.build', '!node.workspace'],
    rank: 12,
    advice: {
      take: 'Take it where the base should have next to no known vulnerabilities: it is built anew whenever one of its packages changes, and signed. Wolfi has glibc, so the usual native modules work.',
      not: 'Not without a digest for both stages, taken on the same day: for free there is only `latest` and `latest-dev`, and the version of Node.js moves with them. Not where a project asks for one version of Node.js, or has a build step.',
      costs:
        'It costs the shell, and a bot that moves both digests forward together. npm is in the image, though nothing starts it. Node is process 1: the program handles SIGTERM, or the container runs with `--init`. Only amd64 and arm64.',
    },
    parameters: [
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The free images have no other tags: pin both to their digests, and let a bot move them together.\nFROM cgr.dev/chainguard/node:latest-dev AS build\n# For the folder; the user of the image may not make it.\nUSER 0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n\nFROM cgr.dev/chainguard/node:latest\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source» «source»\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/usr/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {
      'user-root':
        'the stage with the tools makes the folder and installs, and the last stage runs as another user',
    },
  },
  {
    id: 'dhi-static',
    title: 'Go on a hardened image of Docker',
    summary: 'static binary on the static base of Docker Hardened Images, which wants a login',
    as: 'dockerfile',
    group: 'bases',
    suits: ['go', '!go.cgo'],
    rank: 40,
    advice: {
      take: 'Take it where Docker Hardened Images are the house rule: certificates are in the base, and it comes with a bill of materials and provenance.',
      not: 'Not where a build may not log in: `docker login dhi.io` comes first, on every machine, also for the free images. Not with `latest`: there is none.',
      costs:
        'It costs the shell and the package manager: steps that install belong to a `-dev` image in the build stage. Its tags are dates: without a bot nobody moves them.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
      {
        name: 'static',
        ask: 'version of the base',
        is: 'version',
        default: '20260909',
        proposals: ['20260909'],
        table: { tag: 'dhi.io/static:«»-alpine3.24', ever: ['20260909'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM dhi.io/static:«static»-alpine3.24\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'apko-base',
    title: 'Go on an own base by apko',
    summary: 'static binary on a base of chosen packages, which apko makes from a short list',
    as: 'dockerfile',
    group: 'bases',
    suits: ['go', '!go.cgo'],
    rank: 50,
    advice: {
      take: "Take it where several images share a base of one's own, with exactly the packages that `apko.yaml` lists, certificates among them: `apko publish apko.yaml NAME` makes it, the same bytes each time from the same packages.",
      not: 'Not with packages of Alpine and Wolfi in one list: they do not mix. Not for a single image: a ready-made static base is less work.',
      costs:
        'It costs a base to look after: `apko lock apko.yaml` notes the versions, `apko publish --lockfile apko.lock.json` keeps to them, and without that option the note is ignored.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
      {
        name: 'base',
        ask: 'name of the base',
        is: 'image',
        default: 'registry.example.com/acme/base:1.0',
        proposals: [],
        required: true,
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM «base»\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'ubi-minimal',
    title: 'Python on UBI minimal',
    summary: 'pip and venv on the minimal base of Red Hat, for OpenShift and RHEL',
    as: 'dockerfile',
    group: 'bases',
    suits: ['python.manager=pip'],
    rank: 60,
    advice: {
      take: "Take it for a program of one file where the platform is RHEL or OpenShift, and its maker's support matters: the packages are those of RHEL, free to pass on. A package of several files needs its folder copied instead.",
      not: 'Not for an image without a shell: it has one, with `microdnf`. Not on processors before x86-64-v3, which RHEL 10 no longer supports: UBI 9 is for those. Not for another Python than the one of the release, 3.12.',
      costs:
        'It costs size against `slim` and distroless, and fewer packages than Fedora: what UBI lacks needs a subscription. Only the newest minor release gets updates: a bot has to move the tag.',
    },
    parameters: [
      { name: 'main', ask: 'file to start', is: 'path', default: 'main.py', proposals: [], required: true },
      {
        name: 'ubi',
        ask: 'version of UBI',
        is: 'version',
        default: '10.2',
        proposals: ['10.2'],
        table: {
          tag: 'registry.access.redhat.com/ubi10/ubi-minimal:«»',
          ever: ['10.2'],
          date: '2026-11-29',
          moves: true,
        },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM registry.access.redhat.com/ubi10/ubi-minimal:«ubi» AS build\nRUN microdnf install -y --nodocs --setopt=install_weak_deps=0 \\\n        python3 python3-pip && \\\n    microdnf clean all\nWORKDIR /app\nCOPY requirements.txt ./\nRUN python3 -m venv .venv\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    .venv/bin/pip install --requirement requirements.txt\n\nFROM registry.access.redhat.com/ubi10/ubi-minimal:«ubi»\nRUN microdnf install -y --nodocs --setopt=install_weak_deps=0 \\\n        python3 && \\\n    microdnf clean all\nWORKDIR /app\nCOPY --from=build /app/.venv ./.venv\nCOPY «main» ./\n# Group 0, as OpenShift chooses the number of the user.\nUSER 10001:0\nENTRYPOINT ["/app/.venv/bin/python", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'ubi-micro',
    title: 'Python on UBI micro',
    summary: 'packages of RHEL put into the micro base from outside, which has no package manager itself',
    as: 'dockerfile',
    group: 'bases',
    suits: ['python.manager=pip'],
    rank: 61,
    advice: {
      take: 'Take it where the platform is RHEL or OpenShift and the image should hold little: UBI micro has no package manager, so the packages of RHEL are installed into its files from the full UBI.',
      not: 'Not where the image should have no shell: `bash` is in it. Not where packages are added later: that needs the same steps again. Not on processors before x86-64-v3, which RHEL 10 no longer supports.',
      costs:
        'It costs a layer that repeats a part of the base, and the whole UBI in the build stage. The list of packages stays in the image, so that scanners see what is there. Only the newest minor release gets updates: a bot has to move the tag.',
    },
    parameters: [
      { name: 'main', ask: 'file to start', is: 'path', default: 'main.py', proposals: [], required: true },
      {
        name: 'ubi',
        ask: 'version of UBI',
        is: 'version',
        default: '10.2',
        proposals: ['10.2'],
        table: {
          tag: 'registry.access.redhat.com/ubi10/ubi-minimal:«»',
          ever: ['10.2'],
          date: '2026-11-29',
          moves: true,
        },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM registry.access.redhat.com/ubi10/ubi-micro:«ubi» AS micro\n\nFROM registry.access.redhat.com/ubi10/ubi:«ubi» AS packages\nCOPY --from=micro / /rootfs\n# Into the files of the micro image, whose list of packages says what is there already.\nRUN dnf install -y --installroot=/rootfs --releasever=10 --nodocs --setopt=install_weak_deps=0 \\\n        python3 && \\\n    dnf clean all --installroot=/rootfs\n\nFROM registry.access.redhat.com/ubi10/ubi-minimal:«ubi» AS build\nRUN microdnf install -y --nodocs --setopt=install_weak_deps=0 \\\n        python3 python3-pip && \\\n    microdnf clean all\nWORKDIR /app\nCOPY requirements.txt ./\nRUN python3 -m venv .venv\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    .venv/bin/pip install --requirement requirements.txt\n\nFROM micro\nCOPY --from=packages /rootfs/ /\nWORKDIR /app\nCOPY --from=build /app/.venv ./.venv\nCOPY «main» ./\n# Group 0, as OpenShift chooses the number of the user.\nUSER 10001:0\nENTRYPOINT ["/app/.venv/bin/python", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'ubuntu-chisel',
    title: 'C or C++ on chiselled Ubuntu',
    summary: 'a program made by CMake, on slices of packages of Ubuntu, without shell and package manager',
    as: 'dockerfile',
    group: 'bases',
    suits: ['c.cmake'],
    rank: 70,
    advice: {
      take: 'Take it for programs that need the C library and a few others of Ubuntu, and nothing else of it: a slice is the part of a package that a program reads.',
      not: 'Not for packages that nobody has sliced: you would write and keep the slices. Not for .NET and Java, which have ready-made chiselled images.',
      costs:
        'It costs a step that fetches chisel and the packages of the day, so two builds may differ. A library that is missing shows only when the program starts.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'c.program' },
      {
        name: 'slices',
        ask: 'slices of packages',
        is: 'packages',
        default:
          'base-files_base base-files_release-info ca-certificates_data libc6_libs libgcc-s1_libs libstdc++6_libs',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM ubuntu:24.04 AS build\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends cmake g++ ninja-build && \\\n    rm -rf /var/lib/apt/lists/*\nRUN --mount=type=bind,target=/src \\\n    cmake -S /src -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release && \\\n    cmake --build /build && \\\n    install -D /build/«app» /out/«app»\n\nFROM ubuntu:24.04 AS slices\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends ca-certificates && \\\n    rm -rf /var/lib/apt/lists/*\nRUN --mount=type=bind,from=golang:1.27-trixie,source=/usr/local/go,target=/usr/local/go \\\n    --mount=type=cache,target=/root/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 GOTOOLCHAIN=local GOBIN=/usr/local/bin \\\n    /usr/local/go/bin/go install github.com/canonical/chisel/cmd/chisel@v1.4.2\n# The release has to be the one of the build stage.\nRUN mkdir /rootfs && \\\n    chisel cut --release ubuntu-24.04 --root /rootfs \\\n        «slices»\n\nFROM scratch\nCOPY --from=slices /rootfs /\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {
      'nondeterministic-command':
        'the packages of Ubuntu are those of the day, in the build stage as in the slices',
    },
  },
  {
    id: 'nix-dockerfile',
    title: 'Nix flake in a Dockerfile',
    summary: 'what a flake builds, with all that it needs of the Nix store, on scratch',
    as: 'dockerfile',
    group: 'bases',
    suits: ['nix.flake'],
    rank: 80,
    advice: {
      take: 'Take it where the project has a `flake.nix` with a lock, and people and CI build with Docker, without Nix on their machines.',
      not: 'Not for an image that other tools expect to look usual: there is nothing but `/nix/store` and a link to the program. Not where Nix is at hand anyway: `dockerTools` makes layers that are shared better.',
      costs:
        "It costs time: each change of the sources fetches or builds everything anew, as the store of Nix is not kept in a mount here. It is only as reproducible as the base's digest, and what a package refers to comes along, a shell too.",
    },
    parameters: [
      { name: 'app', ask: 'program below bin', is: 'name', default: 'app', proposals: [], required: true },
      {
        name: 'nix',
        ask: 'Nix version',
        is: 'version',
        default: '2.35.2',
        proposals: ['2.35.2'],
        table: { tag: 'nixos/nix:«»', ever: ['2.35.2'], date: '2026-11-29', moves: true },
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM nixos/nix:«nix» AS build\n# Without its own filter for system calls, which a build in a container may not set up.\nRUN --mount=type=bind,target=/src \\\n    nix --extra-experimental-features "nix-command flakes" --option filter-syscalls false \\\n        build --no-update-lock-file --out-link /result path:/src && \\\n    mkdir -p /out/nix/store && \\\n    cp -a $(nix-store --query --requisites /result) /out/nix/store/ && \\\n    ln -s "$(readlink -f /result)/bin/«app»" /out/«app»\n\nFROM scratch\nCOPY --from=build /out/ /\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-install',
    title: 'apt-get in one layer',
    summary: 'update, install and clean up in one layer',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for packages of Debian and Ubuntu that the running program needs, and that change seldom.',
      not: 'Not for compilers and headers in the last stage: install them in a build stage and copy what comes out. Not one step per package: each fetches the lists again.',
      costs:
        'It costs a download of everything whenever the line or a layer above it changes, and the versions are those of the day; `apt-cache-mount` keeps the downloads, `reproducible-apt` the versions.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN apt-get update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages» && \\\n    rm -rf /var/lib/apt/lists/*',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-cache-mount',
    title: 'apt-get with cache mounts',
    summary: 'downloads and lists stay in cache mounts from build to build',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 11,
    advice: {
      take: 'Take it where images are built often on the same machine, and the list of packages changes now and then.',
      not: 'Not for hosted runners: their cache mounts are empty at every run. Not with `rm -rf /var/lib/apt/lists/*` at the end: that empties the mount, and the layer has no lists anyway.',
      costs:
        'It costs two mounts that nobody empties but `docker buildx prune`. Builds wait for each other, as apt takes one lock. A later step without the mounts leaves its packages in the layer, because the file that deletes them is gone.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages»',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-tzdata',
    title: 'Time zone on Ubuntu',
    summary: 'time zones of Ubuntu and Debian, and TZ with one of them',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 12,
    advice: {
      take: 'Take it on Ubuntu, which has no time zones, where the program shows or reckons local time.',
      not: 'Not on distroless, which has them. Not where UTC will do: logs are best in UTC. Old names such as `US/Eastern` need `tzdata-legacy`, a package of its own since Debian 13 and Ubuntu 24.04.',
      costs:
        'It costs the zones of the whole world. The variable for `debconf` stands in the step alone: as ENV it would reach people in the container.',
    },
    parameters: [
      {
        name: 'zone',
        ask: 'time zone',
        is: 'path',
        default: 'Europe/Berlin',
        proposals: ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo'],
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN apt-get update && \\\n    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tzdata && \\\n    rm -rf /var/lib/apt/lists/*\nENV TZ=«zone»',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-reproducible',
    title: 'apt-get of one moment',
    summary: 'packages from the archive of snapshots of Debian, the same in every build',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 13,
    advice: {
      take: 'Take it where two builds have to give the same image. Build with `SOURCE_DATE_EPOCH` set and, in BuildKit, with `rewrite-timestamp=true` for the output; buildah has `--source-date-epoch` and `--rewrite-timestamp`.',
      not: 'Not without a digest at the base, and not with a base that is newer than the moment: its packages would have to go back. Not on Ubuntu, whose archive has another address.',
      costs:
        'It costs security updates: nothing changes until somebody moves the moment and the digest forward. The archive is slower than the mirrors and turns away those who ask too often: keep the packages in a cache.',
    },
    parameters: [
      {
        name: 'moment',
        ask: 'moment of the archive',
        is: 'version',
        default: '20260821T000000Z',
        proposals: [],
      },
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: '# The archive of that moment, still signed, but past its date: move it on for security updates.\nARG SNAPSHOT=«moment»\nARG SOURCE_DATE_EPOCH\nRUN sed -i -E "s#deb\\.debian\\.org/(debian|debian-security)\\$#snapshot.debian.org/archive/\\\\1/$SNAPSHOT#" \\\n        /etc/apt/sources.list.d/debian.sources && \\\n    apt-get -o Acquire::Check-Valid-Until=false update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages» && \\\n    rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/log/alternatives.log \\\n        /var/cache/ldconfig/aux-cache',
      },
    ],
    allows: {},
  },
  {
    id: 'apk-add',
    title: 'apk without an index',
    summary: 'install without leaving an index behind',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it on Alpine for packages that the running program needs.',
      not: 'Not for compilers and headers that only a build needs: `apk-virtual` takes them away again. Not with packages of Alpine on Wolfi or the other way round: they do not mix.',
      costs:
        'It costs the download of the index and of every package whenever the step runs; Alpine keeps only the newest version of a package, so a pinned one is gone after its next update.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [{ path: '', text: 'RUN apk add --no-cache \\\n        «packages»' }],
    allows: {},
  },
  {
    id: 'apk-virtual',
    title: 'apk with build headers for one step',
    summary: 'compilers and headers of Alpine that come and go in the same step',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 21,
    advice: {
      take: 'Take it where one step compiles something on Alpine and a build stage of its own is not worth it.',
      not: 'Not for wheels that exist ready-made for glibc only: a `slim` base takes those in seconds. Not for the libraries that the program needs when it runs: install them apart, without `--virtual`.',
      costs:
        'It costs the download of the compiler whenever the step runs; a build stage keeps it. A missing library shows only when the program starts.',
    },
    parameters: [
      {
        name: 'headers',
        ask: 'packages for the build',
        is: 'packages',
        default: 'build-base linux-headers',
        proposals: [],
      },
      {
        name: 'command',
        ask: 'command',
        is: 'words',
        default: 'pip install --no-cache-dir -r requirements.txt',
        proposals: [],
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN apk add --no-cache --virtual .build-deps \\\n        «headers» && \\\n    «command» && \\\n    apk del --no-network .build-deps',
      },
    ],
    allows: {},
  },
  {
    id: 'apk-tzdata',
    title: 'Time zone on Alpine',
    summary: 'time zones of Alpine, and TZ with one of them',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 22,
    advice: {
      take: 'Take it where the program shows or reckons local time. On Alpine nothing but the package knows time zones.',
      not: 'Not for programs that bring the zones along, such as Go with `time/tzdata` and Python with the package `tzdata`. Not where UTC will do: logs are best in UTC.',
      costs: 'It costs the zones of the whole world, and a rebuild when a country changes its rules.',
    },
    parameters: [
      {
        name: 'zone',
        ask: 'time zone',
        is: 'path',
        default: 'Europe/Berlin',
        proposals: ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo'],
      },
    ],
    files: [{ path: '', text: 'RUN apk add --no-cache tzdata\nENV TZ=«zone»' }],
    allows: {},
  },
  {
    id: 'gcompat',
    title: 'glibc calls on Alpine',
    summary: 'lets a program made for glibc start on Alpine, as a last resort',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 23,
    advice: {
      take: 'Take it for one closed program that exists for glibc only, whose maker says that it runs so, and where nothing but Alpine is possible.',
      not: 'Not as a cure for Python wheels, native modules of Node.js or DNS: pip takes no glibc wheels on Alpine with it either, and names are still resolved by musl. A `slim` base of Debian is the answer there.',
      costs:
        'It costs certainty: gcompat has only part of the calls, so a program may start and stop later at one that is missing.',
    },
    parameters: [],
    files: [{ path: '', text: 'RUN apk add --no-cache gcompat' }],
    allows: {},
  },
  {
    id: 'cache-apk',
    title: 'Cache mount for apk',
    summary: 'packages and index of Alpine stay in a cache mount from build to build',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where images on Alpine are built often on the same machine.',
      not: 'Not together with `--no-cache`: that keeps apk from its own folder, and the mount stays empty. Not shared by images with Wolfi.',
      costs:
        'It costs a mount that only `docker buildx prune` empties. `--update-cache` asks for a new index in every build, as an old one names versions that the mirror no longer has.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-apk,target=/etc/apk/cache,sharing=locked \\\n    apk add --update-cache \\\n        «packages»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-dnf',
    title: 'Cache mount for dnf',
    summary: 'packages and metadata of Fedora stay in a cache mount from build to build',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it on Fedora, whose dnf 5 keeps its files in `/var/cache/libdnf5`, where images are built often on the same machine.',
      not: 'Not on UBI and older releases as it stands: their dnf 4 has `/var/cache/dnf`, and `microdnf` is another program. Not with `dnf clean all` at the end, which empties the mount.',
      costs:
        'It costs a mount that only `docker buildx prune` empties; builds wait for each other. Without `keepcache` dnf deletes each package after its installation.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-dnf,target=/var/cache/libdnf5,sharing=locked \\\n    dnf install -y --setopt=keepcache=True --setopt=install_weak_deps=False \\\n        «packages»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-pip',
    title: 'Cache mount for pip',
    summary: 'wheels that pip has fetched or built stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it in the build stage of a project with pip, above all where wheels are compiled: pip keeps those too.',
      not: 'Not with `--no-cache-dir` or `PIP_NO_CACHE_DIR`: the mount stays empty. Not below `/root` where another user runs the step: pip says that it does not own the folder and does without a cache.',
      costs:
        'It costs a mount. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one. Wheels that were compiled against a library of an older base come back from it: change the id with the base.',
    },
    parameters: [
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-pip,target=/root/.cache/pip \\\n    pip install --requirement «requirements»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-uv',
    title: 'Cache mount for uv',
    summary: 'packages that uv has fetched or built stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 31,
    advice: {
      take: 'Take it in the build stage of a project with `uv.lock`. It installs the dependencies alone: the project itself follows when its sources are there.',
      not: "Not with `UV_NO_CACHE` or `--no-cache`. Not for a workspace as it stands: there every member's `pyproject.toml` has to be copied, and the option is `--no-install-workspace`.",
      costs:
        'It costs a mount and copies: the mount is another file system, so uv cannot link and says so unless `UV_LINK_MODE` is `copy`. A user other than root needs the mount in its own home, with `uid`. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-uv,target=/root/.cache/uv \\\n    UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0 \\\n    uv sync --locked --no-dev --no-install-project',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-npm',
    title: 'Cache mount for npm',
    summary: 'packages that npm has fetched stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it for every `npm ci`: what npm has fetched once it takes from the mount after a change of the lock.',
      not: 'Not on `node_modules` itself: what is in a mount is not in the image. Not with `npm cache clean` behind it, which empties the mount.',
      costs:
        'It costs a mount. After `USER node` npm looks in `/home/node/.npm`: put the mount there, with `uid=1000,gid=1000`. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      { path: '', text: 'RUN --mount=type=cache,id=cache-npm,target=/root/.npm \\\n    npm ci --omit=dev' },
    ],
    allows: {},
  },
  {
    id: 'cache-pnpm',
    title: 'Cache mount for pnpm',
    summary: 'the store of pnpm stays in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 41,
    advice: {
      take: 'Take it for every `pnpm install` in a build. The option names the store, so that it is the same for every user and version.',
      not: 'Not for the folder `node_modules`, whose links must not lead into a mount. Not with corepack on Node.js 25 and later, which has none: install pnpm with its version.',
      costs:
        'It costs copies: the store is another file system, so pnpm copies files where it would link them. Each major version of pnpm has a part of the store of its own. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-pnpm,target=/pnpm/store \\\n    pnpm install --frozen-lockfile --prod --store-dir=/pnpm/store',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-yarn',
    title: 'Cache mount for yarn',
    summary: 'packages that yarn 4 has fetched stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 42,
    advice: {
      take: 'Take it for yarn 4 with `nodeLinker: node-modules`. The variable names its folder, so that it is the same for every user.',
      not: "Not with Plug'n'Play: there the program reads its packages from that very folder, which the image would lack; set `enableGlobalCache: false` instead. Not for yarn 1, whose folder is `/usr/local/share/.cache/yarn`.",
      costs:
        'It costs a mount, and `.yarn/releases` in the repository or a yarn installed with its version: Node.js 26 brings none. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-yarn,target=/cache/yarn,sharing=locked \\\n    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \\\n    YARN_GLOBAL_FOLDER=/cache/yarn yarn install --immutable',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-go',
    title: 'Cache mounts for Go',
    summary: 'modules and compiled packages of Go stay in cache mounts',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it for every step that calls `go`: one mount for the modules, one for what is compiled.',
      not: 'Not with the output in one of the two folders: it is gone after the step. Not with other paths where `GOPATH`, `GOMODCACHE` or `GOCACHE` are set.',
      costs:
        "It costs two mounts. Each step that reads the modules needs them again. After `USER` the second one is in that user's home, with its `uid`. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.",
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-go-mod,target=/go/pkg/mod \\\n    --mount=type=cache,id=cache-go-build,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -o /out/«app» «package»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-cargo',
    title: 'Cache mounts for cargo',
    summary: 'crates and compiled objects stay in cache mounts, the program leaves them',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 60,
    advice: {
      take: 'Take it for `cargo build` on one machine: a change of the sources compiles the project alone.',
      not: 'Not together with cargo-chef: one of the two is enough. Not with another `WORKDIR` than `/src` as it stands. Not with one target mount for several platforms or projects: give each its own `id`, or objects of the other are linked.',
      costs:
        'It costs mounts that grow, as cargo deletes nothing in `target`. The program has to be copied out in the same step, as the folder is gone afterwards. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-cargo-registry,target=/usr/local/cargo/registry \\\n    --mount=type=cache,id=cache-cargo-git,target=/usr/local/cargo/git \\\n    --mount=type=cache,id=target-«app»,target=/src/target,sharing=locked \\\n    cargo build --release --locked && \\\n    install -D target/release/«app» /out/«app»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-maven',
    title: 'Cache mount for Maven',
    summary: 'what Maven has fetched stays in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 70,
    advice: {
      take: 'Take it for every step that calls `mvn` or `./mvnw`.',
      not: 'Not on all of `/root/.m2`: that hides a `settings.xml` there. Not for a build without the internet: a mount may be empty at any time.',
      costs:
        'It costs a mount, and builds that wait for each other: the local repository of Maven 3 is not made for two writers at once. The image needs the jar copied out of `target`, which is no mount. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-maven,target=/root/.m2/repository,sharing=locked \\\n    mvn --batch-mode --no-transfer-progress -DskipTests package',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-gradle',
    title: 'Cache mount for Gradle',
    summary: 'dependencies, wrapper and build cache of Gradle stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 80,
    advice: {
      take: 'Take it for `gradle` and, with the program changed, for `./gradlew`: the wrapper too downloads Gradle into this folder.',
      not: 'Not at `/home/gradle/.gradle`: the image declares it a volume. Not without `--no-daemon`: a daemon helps no second build here.',
      costs:
        'It costs a mount, and builds that wait for each other, as Gradle locks its home between processes of one machine only. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [{ name: 'task', ask: 'task', is: 'name', default: 'build', proposals: [] }],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-gradle,target=/cache/gradle,sharing=locked \\\n    GRADLE_USER_HOME=/cache/gradle gradle --no-daemon «task»',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-nuget',
    title: 'Cache mount for NuGet',
    summary: 'packages that NuGet has fetched stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 90,
    advice: {
      take: 'Take it for `dotnet restore` and `dotnet publish`.',
      not: 'Not for restore alone: what it notes in `obj` points to the packages, and a later `publish` without the mount does not find them. Not at `/root` where the step runs as the user `app`.',
      costs:
        'It costs a mount, given again at every step that reads packages. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [
      {
        name: 'project',
        ask: 'project',
        is: 'path',
        default: 'app.csproj',
        proposals: [],
        from: 'dotnet.project',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-nuget,target=/root/.nuget/packages \\\n    dotnet publish «project» --configuration Release --output /out',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-bundler',
    title: 'Cache mount for Bundler',
    summary: 'gems that Bundler has fetched stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 100,
    advice: {
      take: 'Take it for `bundle install`. Bundler keeps gems in `/root/.bundle/cache` only when asked to by the variable.',
      not: 'Not on `/usr/local/bundle`: that is where the gems are installed, and a mount is not in the image. Not without the Linux platform in `Gemfile.lock`: `bundle lock --add-platform` adds it.',
      costs:
        'It costs a mount, and a line that deletes the second copy of each gem. Compiled extensions are kept too: change the id with the base. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-bundler,target=/root/.bundle/cache \\\n    BUNDLE_GLOBAL_GEM_CACHE=true BUNDLE_FROZEN=true BUNDLE_WITHOUT=development:test \\\n    bundle install && \\\n    rm -rf /usr/local/bundle/cache',
      },
    ],
    allows: {},
  },
  {
    id: 'cache-composer',
    title: 'Cache mount for Composer',
    summary: 'packages that Composer has fetched stay in a cache mount',
    as: 'part',
    group: 'caches',
    suits: [],
    rank: 110,
    advice: {
      take: 'Take it for `composer install`. One variable names the folder, which otherwise depends on the image and the user; the other lets plugins run as root.',
      not: 'Not on `vendor`: what is in a mount is not in the image. Not with scripts before the sources are there: `artisan` and `bin/console` do not exist yet.',
      costs:
        'It costs a second step behind the sources: `composer dump-autoload --no-dev --optimize`, and what the scripts would have done. Requirements of extensions are checked in the image where it runs: use one with the same ones. Nobody empties it but `docker buildx prune`, and hosted runners begin with an empty one.',
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,id=cache-composer,target=/cache/composer \\\n    COMPOSER_CACHE_DIR=/cache/composer COMPOSER_ALLOW_SUPERUSER=1 \\\n    composer install --no-dev --no-interaction --no-progress --no-scripts --no-autoloader',
      },
    ],
    allows: {},
  },
  {
    id: 'secret-mount',
    title: 'Secret for one step',
    summary: 'a secret that one RUN can read and no layer keeps; build with --secret id=…,src=…',
    as: 'part',
    group: 'mounts',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where a step needs a password or a token. The variable ends with the command; `required` stops a build that forgot the secret.',
      not: 'Not for secrets of the running program: those come from the orchestrator at run time. Not where the command itself writes the secret into a file, such as a login or a `config set`: that stays in the layer.',
      costs:
        'It costs a builder with mounts: BuildKit, buildah or podman. A new value of the secret alone does not run the step again. After `USER` the file belongs to root: give the mount a `uid`.',
    },
    parameters: [
      { name: 'id', ask: 'id of the secret', is: 'name', default: 'token', proposals: [] },
      { name: 'variable', ask: 'variable', is: 'name', default: 'TOKEN', proposals: [] },
      { name: 'command', ask: 'command', is: 'path', default: './fetch.sh', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=«id»,required=true \\\n    «variable»="$(cat /run/secrets/«id»)" «command»',
      },
    ],
    allows: {},
  },
  {
    id: 'ssh-mount',
    title: 'SSH for one step',
    summary: 'one RUN uses the keys of the ssh agent, which never enter the build; build with --ssh default',
    as: 'part',
    group: 'mounts',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it for private Git repositories that people and CI reach with an ssh key: the step talks to the agent, and no key is a file in the build.',
      not: 'Not where only a token is at hand: `secret-mount` is for those. Not in the last stage: git and an ssh client belong to a build stage.',
      costs:
        'It costs a file `known_hosts` in the repository, made once and compared with what the host publishes, and an agent wherever the image is built. A new commit under the same name does not run the step again.',
    },
    parameters: [
      { name: 'host', ask: 'host', is: 'name', default: 'github.com', proposals: [] },
      { name: 'repository', ask: 'repository', is: 'path', default: 'acme/lib', proposals: [] },
      { name: 'ref', ask: 'tag or branch', is: 'name', default: 'v1.0.0', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: '# Compared by hand with what the host publishes: a scan in the build would believe whoever answers.\nCOPY known_hosts /etc/ssh/ssh_known_hosts\nRUN --mount=type=ssh,required=true \\\n    git clone --depth=1 --branch=«ref» git@«host»:«repository».git /src/lib',
      },
    ],
    allows: {},
  },
  {
    id: 'bind-mount',
    title: 'File for one step',
    summary: 'one RUN reads a file of the context, which no layer keeps',
    as: 'part',
    group: 'mounts',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it for scripts, packages and lock files that a step reads and the image does not need: a COPY would keep them, even when a later step deletes them.',
      not: 'Not for what the running program needs: it is not in the image. Not as a place to write to: the mount is read-only, and with `rw` what is written is thrown away.',
      costs:
        'It costs a builder with mounts: BuildKit, buildah or podman. On a host with SELinux, buildah and podman may want `z` or `Z` at the mount.',
    },
    parameters: [{ name: 'script', ask: 'script', is: 'path', default: 'scripts/setup.sh', proposals: [] }],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=bind,source=«script»,target=/mnt/setup.sh \\\n    sh /mnt/setup.sh',
      },
    ],
    allows: {},
  },
  {
    id: 'private-npm',
    title: 'Private registry of npm',
    summary: '.npmrc with the token as a secret; build with --secret id=npmrc,src=.npmrc',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for npm, pnpm and yarn 1 with packages of a private registry: all read `.npmrc`. CI writes the file or has it as a secret.',
      not: 'Not with `.npmrc` in the context and the token in it: keep the address in the one of the project, the token in this. Not for yarn 4, which reads `.yarnrc.yml` and `YARN_NPM_AUTH_TOKEN`.',
      costs:
        "It costs an argument at each build, and a file in the home of everyone who builds. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true \\\n    --mount=type=cache,id=cache-npm,target=/root/.npm \\\n    npm ci --omit=dev',
      },
    ],
    allows: {},
  },
  {
    id: 'private-pip',
    title: 'Private index of pip',
    summary: 'pip.conf with index and password as a secret; build with --secret id=pip,src=pip.conf',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it for pip with a private index: the file has `[global]` and `index-url` with user and password, or the address alone beside a `.netrc`.',
      not: "Not with `extra-index-url` for private names: pip takes the higher version from either, so a stranger's package of the same name wins. One index that also passes on the public ones is safe.",
      costs:
        "It costs an argument at each build. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=true \\\n    --mount=type=cache,id=cache-pip,target=/root/.cache/pip \\\n    pip install --requirement «requirements»',
      },
    ],
    allows: {},
  },
  {
    id: 'private-uv',
    title: 'Private index of uv',
    summary: 'user and password of an index as a secret .netrc; build with --secret id=netrc,src=…',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 21,
    advice: {
      take: 'Take it for uv with a private index: its address stands in `pyproject.toml` and `uv.lock`, user and password in the `.netrc`.',
      not: 'Not with the password in the address of the index in `pyproject.toml`, which everybody with the sources reads. Where an index has a name, `UV_INDEX_NAME_USERNAME` and `UV_INDEX_NAME_PASSWORD` do the same from a secret.',
      costs:
        "It costs an argument at each build, and a `.netrc` with one line for each host. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=netrc,target=/root/.netrc,required=true \\\n    --mount=type=cache,id=cache-uv,target=/root/.cache/uv \\\n    UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0 \\\n    uv sync --locked --no-dev --no-install-project',
      },
    ],
    allows: {},
  },
  {
    id: 'private-go',
    title: 'Private modules of Go over HTTPS',
    summary: '.netrc with a token for the host of private modules; build with --secret id=netrc,src=…',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it for private modules where CI has a token: git and go read the `.netrc`, and `GOPRIVATE` keeps the names from the public proxy and its checksums.',
      not: 'Not with a token in `git config url.….insteadOf`: that writes it into a layer. With keys instead of tokens: `ssh-mount`, and an `insteadOf` without a secret.',
      costs:
        "It costs a build image with git: `golang` on Debian has it, on Alpine it has not. Without `GOPRIVATE` the error is `unknown revision` or `410 Gone`. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [
      {
        name: 'host',
        ask: 'private host',
        is: 'path',
        default: 'github.com/acme',
        proposals: [],
        from: 'go.private',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=netrc,target=/root/.netrc,required=true \\\n    --mount=type=cache,id=cache-go-mod,target=/go/pkg/mod \\\n    GOPRIVATE=«host» go mod download',
      },
    ],
    allows: {},
  },
  {
    id: 'private-cargo',
    title: 'Private registry of cargo',
    summary: 'credentials.toml as a secret; build with --secret id=cargo,src=credentials.toml',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it for crates of a private registry: its address stands in `.cargo/config.toml`, which belongs into the build, the token in `credentials.toml`.',
      not: 'Not for private Git repositories: those go over ssh, with `net.git-fetch-with-cli` and `ssh-mount`. Not on all of `/usr/local/cargo`, where the programs are. Not with another `WORKDIR` than `/src` as it stands.',
      costs:
        "It costs an argument at each build, and `.cargo` copied with the sources. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=cargo,target=/usr/local/cargo/credentials.toml,required=true \\\n    --mount=type=cache,id=cache-cargo-registry,target=/usr/local/cargo/registry \\\n    --mount=type=cache,id=target-«app»,target=/src/target,sharing=locked \\\n    cargo build --release --locked && \\\n    install -D target/release/«app» /out/«app»',
      },
    ],
    allows: {},
  },
  {
    id: 'private-maven',
    title: 'Private repository of Maven',
    summary: 'settings.xml with servers and passwords as a secret; build with --secret id=maven,src=…',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it for Maven with a private repository or mirror: `src` is the `settings.xml` that people have in `~/.m2`.',
      not: 'Not by a COPY of `settings.xml`, and not with a password in `pom.xml`. Not with `-Dpassword=…` in the command, which the history shows.',
      costs:
        "It costs an argument at each build; every step that calls Maven needs both mounts. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=maven,target=/run/secrets/settings.xml,required=true \\\n    --mount=type=cache,id=cache-maven,target=/root/.m2/repository,sharing=locked \\\n    mvn --batch-mode --no-transfer-progress --settings /run/secrets/settings.xml -DskipTests package',
      },
    ],
    allows: {},
  },
  {
    id: 'private-nuget',
    title: 'Private feed of NuGet',
    summary: 'NuGet.Config with the password as a secret; build with --secret id=nuget,src=…',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 60,
    advice: {
      take: 'Take it for a private feed: its address stands in the `nuget.config` of the project, which is copied, the password in this file of the user. NuGet reads both.',
      not: 'Not with the password in the `nuget.config` of the project. Not with `Password` in the secret: only Windows reads it; here it is `ClearTextPassword`.',
      costs:
        "It costs an argument at each build. The name of the feed must be the same in both files. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [
      {
        name: 'project',
        ask: 'project',
        is: 'path',
        default: 'app.csproj',
        proposals: [],
        from: 'dotnet.project',
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=nuget,target=/root/.nuget/NuGet/NuGet.Config,required=true \\\n    --mount=type=cache,id=cache-nuget,target=/root/.nuget/packages \\\n    dotnet publish «project» --configuration Release --output /out',
      },
    ],
    allows: {},
  },
  {
    id: 'private-bundler',
    title: 'Private gems of Bundler',
    summary: 'user and password of a gem server as a secret; build with --secret id=gems,src=…',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 70,
    advice: {
      take: 'Take it for gems of a private server: the file holds `user:password`, and the variable is named after the host, with two underscores for a dot and three for a dash.',
      not: 'Not with `bundle config set`: in the images of Ruby that writes into `/usr/local/bundle/config`, which is copied along with the gems.',
      costs:
        "It costs an argument at each build. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [
      {
        name: 'variable',
        ask: 'variable of the host (dots become two underscores)',
        is: 'name',
        default: 'BUNDLE_GEMS__EXAMPLE__COM',
        proposals: [],
      },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=gems,required=true \\\n    --mount=type=cache,id=cache-bundler,target=/root/.bundle/cache \\\n    «variable»="$(cat /run/secrets/gems)" \\\n    BUNDLE_GLOBAL_GEM_CACHE=true BUNDLE_FROZEN=true BUNDLE_WITHOUT=development:test \\\n    bundle install && \\\n    rm -rf /usr/local/bundle/cache',
      },
    ],
    allows: {},
  },
  {
    id: 'private-composer',
    title: 'Private packages of Composer',
    summary: 'auth.json as a secret; build with --secret id=composer,src=auth.json',
    as: 'part',
    group: 'registries',
    suits: [],
    rank: 80,
    advice: {
      take: 'Take it for Composer with private packages: Composer reads the text of `auth.json` from the variable, which ends with the command.',
      not: 'Not by a COPY of `auth.json` beside `composer.json`: with the sources it lands in the image.',
      costs:
        "It costs an argument at each build, and a second step behind the sources: `composer dump-autoload --no-dev --optimize`. A new token alone does not run the step again. After `USER` give the mount that user's `uid`, and put it in that home.",
    },
    parameters: [],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=composer,required=true \\\n    --mount=type=cache,id=cache-composer,target=/cache/composer \\\n    COMPOSER_AUTH="$(cat /run/secrets/composer)" \\\n    COMPOSER_CACHE_DIR=/cache/composer COMPOSER_ALLOW_SUPERUSER=1 \\\n    composer install --no-dev --no-interaction --no-progress --no-scripts --no-autoloader',
      },
    ],
    allows: {},
  },
  {
    id: 'user-debian',
    title: 'User on Debian and Ubuntu',
    summary: 'system account without home and shell, on Debian or Ubuntu',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for a base of Debian or Ubuntu that has root only.',
      not: 'Not on distroless, chiselled and Chainguard bases: they have a user, and no `useradd`. Not with 1000 as its number: Ubuntu since 24.04 and the image of Node.js have it already, and a person on the host may have it too.',
      costs:
        'It costs a layer of a few kB, and a warning of `useradd` that the number is above those of system accounts, which does no harm. There is no home: a program that writes below `$HOME` needs a folder of its own.',
    },
    parameters: [
      { name: 'user', ask: 'user', is: 'name', default: 'app', proposals: [] },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN groupadd --system --gid «uid» «user» && \\\n    useradd --system --no-log-init --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \\\n        --uid «uid» --gid «uid» «user»\nUSER «uid»:«uid»',
      },
    ],
    allows: {},
  },
  {
    id: 'user-alpine',
    title: 'User on Alpine',
    summary: 'system account without home and shell, on Alpine and busybox',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 11,
    advice: {
      take: 'Take it on Alpine and other bases with the tools of busybox.',
      not: 'Not on bases that have a user already, such as the images of Node.js and nginx-unprivileged. Not with `useradd`: that is a tool of Debian and Fedora, which Alpine has only in the package `shadow`.',
      costs:
        'It costs a layer of a few kB. There is no home: a program that writes below `$HOME` needs a folder of its own.',
    },
    parameters: [
      { name: 'user', ask: 'user', is: 'name', default: 'app', proposals: [] },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN addgroup -S -g «uid» «user» && \\\n    adduser -S -D -H -h /nonexistent -s /sbin/nologin -u «uid» -G «user» «user»\nUSER «uid»:«uid»',
      },
    ],
    allows: {},
  },
  {
    id: 'user-fedora',
    title: 'User on Fedora',
    summary: 'system account without home and shell, on Fedora and full images of UBI',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 12,
    advice: {
      take: 'Take it on Fedora, CentOS Stream and the full UBI, which have `useradd`.',
      not: 'Not on `ubi-minimal` and `ubi-micro`, which lack `useradd`: a number in `USER` needs no account there. Not for OpenShift alone, which sets a number of its own: see `user-arbitrary`.',
      costs:
        'It costs a layer of a few kB. There is no home: a program that writes below `$HOME` needs a folder of its own.',
    },
    parameters: [
      { name: 'user', ask: 'user', is: 'name', default: 'app', proposals: [] },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN groupadd --system --gid «uid» «user» && \\\n    useradd --system --no-log-init --no-create-home --home-dir / --shell /sbin/nologin \\\n        --uid «uid» --gid «uid» «user»\nUSER «uid»:«uid»',
      },
    ],
    allows: {},
  },
  {
    id: 'user-distroless',
    title: 'Writable folder on distroless',
    summary: 'a folder that the user 65532 may write to, copied from the build stage',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where a program on distroless, scratch or a chiselled base writes files: such a base has no `mkdir` and no `chown`. The build stage makes the folder: `RUN mkdir -p /out/data`.',
      not: 'Not for files that must outlive the container without a volume, and not by `VOLUME`, which makes one for every container. Not for Kubernetes, where `fsGroup` and an `emptyDir` do it.',
      costs:
        'It costs a layer of a few bytes. A named volume mounted there for the first time takes the owner over; a folder of the host keeps its own.',
    },
    parameters: [
      { name: 'folder', ask: 'folder', is: 'path', default: 'data', proposals: [] },
      { name: 'stage', ask: 'build stage', is: 'name', default: 'build', proposals: [] },
    ],
    files: [
      { path: '', text: 'COPY --from=«stage» --chown=65532:65532 /out/«folder» /«folder»\nUSER 65532:65532' },
    ],
    allows: {},
  },
  {
    id: 'user-arbitrary',
    title: 'Any user number',
    summary: 'folders that group 0 may write to, for OpenShift, which chooses the number of the user',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 21,
    advice: {
      take: 'Take it for OpenShift and wherever the platform starts the container under a number of its own: its group is always 0.',
      not: 'Not with `chmod 777`: the group is enough. Not for programs that ask for the name of their user: the number has none, nor a home in `/etc/passwd`; set `HOME`.',
      costs:
        'It costs that group 0 writes to the folder: put nothing there that starts. On distroless `/home/nonroot` is closed to other numbers, so set `WORKDIR` to another folder.',
    },
    parameters: [
      {
        name: 'folder',
        ask: 'folder that the program writes to',
        is: 'path',
        default: '/data',
        proposals: [],
      },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN mkdir -p «folder» && \\\n    chgrp -R 0 «folder» && \\\n    chmod -R g=u «folder»\nUSER «uid»:0',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-wget',
    title: 'Health check with wget',
    summary: 'asks over HTTP whether the service answers, with the wget of Alpine and busybox',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it on Alpine and busybox, which have `wget`. `127.0.0.1` rather than `localhost`: the name may mean `::1`, where the service may not listen.',
      not: 'Not for Kubernetes, which has probes of its own and ignores this, and not in images of the OCI format, as buildah and podman make them by default: they drop it with a mere warning. Not on Debian, Ubuntu and distroless, which have no `wget`.',
      costs: 'It costs a process every interval, and a `wget` that the service itself may not need.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:8080/', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["wget", "-q", "-O", "/dev/null", "«url»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-curl',
    title: 'Health check with curl',
    summary: 'asks over HTTP whether the service answers, with curl, which has to be in the image',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where `curl` is in the image anyway. `-f` makes an answer of 400 and above a failure.',
      not: 'Not for Kubernetes, which has probes of its own and ignores this, and not in images of the OCI format, as buildah and podman make them by default: they drop it with a mere warning. Not by installing curl for it alone: it brings libraries that scanners report; a program can ask itself, as `healthcheck-own` does.',
      costs: 'It costs a process every interval, and curl with its libraries in the image.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:8080/', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["curl", "-fsS", "-o", "/dev/null", "«url»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-own',
    title: 'Health check by the program itself',
    summary: 'asks the service with a mode of its own program, for images without a shell',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it on distroless and scratch, where there is nothing else to call: `/app health` asks the port of the service and ends with 0 or 1.',
      not: 'Not for Kubernetes, which ignores it, and not in images of the OCI format, as buildah and podman make them by default: they drop it with a mere warning. Not by a copied `wget` or `curl`, which want libraries that the base lacks.',
      costs:
        'It costs a few lines in the program: the mode must be quick, must not start the service, and must end with 1 when the answer is bad.',
    },
    parameters: [
      { name: 'program', ask: 'program', is: 'path', default: '/app', proposals: [] },
      { name: 'mode', ask: 'argument that asks', is: 'name', default: 'health', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["«program»", "«mode»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-python',
    title: 'Health check with Python',
    summary: 'asks over HTTP whether the service answers, with the Python of the image',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it in images with Python, slim and distroless alike: an answer of 400 and above, or none in time, ends with an error, so with 1.',
      not: 'Not for Kubernetes, which ignores it, and not in images of the OCI format, as buildah and podman make them by default: they drop it with a mere warning. Not with `localhost` where the service listens to IPv4 alone.',
      costs:
        'It costs the start of a Python every interval, which takes longer than `wget`: on a small machine raise the interval.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:8000/', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["python3", "-c", "import urllib.request as r; r.urlopen(\'«url»\', timeout=2)"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-node',
    title: 'Health check with Node.js',
    summary: 'asks over HTTP whether the service answers, with the Node.js of the image',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it in images with Node.js 18 and later, which has `fetch`. On distroless the program is `/nodejs/bin/node`.',
      not: 'Not for Kubernetes, which ignores it, and not in images of the OCI format, as buildah and podman make them by default: they drop it with a mere warning. Not with `localhost` where the service listens to IPv4 alone.',
      costs:
        'It costs the start of a Node.js every interval, with its memory: count it in where the container has a limit.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:3000/', proposals: [] },
      {
        name: 'node',
        ask: 'path of Node.js',
        is: 'path',
        default: 'node',
        proposals: ['node', '/nodejs/bin/node'],
      },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["«node»", "-e", "fetch(\'«url»\').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-none',
    title: 'No health check',
    summary: 'switches off the health check that a base image brings',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 60,
    advice: {
      take: 'Take it where the base has a HEALTHCHECK that does not fit: for a command that ends, a worker without a port, a service on another port.',
      not: 'Not for a service that can be asked: without a check an engine takes a hanging program for a healthy one.',
      costs:
        'It costs that nothing notices a program that runs and does not answer, unless the orchestrator asks on its own.',
    },
    parameters: [],
    files: [{ path: '', text: 'HEALTHCHECK NONE' }],
    allows: {},
  },
  {
    id: 'oci-labels',
    title: 'Labels of the OCI',
    summary: 'labels that say where an image comes from, as the last lines of the file',
    as: 'part',
    group: 'labels',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for every image that other people pull: registries link the sources, and update bots find the changes by it. Build with `--build-arg VERSION=1.0.0`, `REVISION=$(git rev-parse HEAD)` and `CREATED=$(git log -1 --format=%cI)`.',
      not: 'Not above steps that should stay cached: put them last. Not with the time of the build in `CREATED` where two builds have to be equal: the time of the commit serves.',
      costs:
        'It costs three values at each build: one that is not given leaves an empty label, and the build does not complain.',
    },
    parameters: [
      { name: 'title', ask: 'title', is: 'words', default: 'app', proposals: [] },
      {
        name: 'source',
        ask: 'address of the sources',
        is: 'url',
        default: 'https://example.com/app',
        proposals: [],
        from: 'repository',
      },
    ],
    files: [
      {
        path: '',
        text: 'ARG VERSION REVISION CREATED\nLABEL org.opencontainers.image.title="«title»" \\\n      org.opencontainers.image.source="«source»" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"',
      },
    ],
    allows: {},
  },
  {
    id: 'test-stage',
    title: 'Tests in the build',
    summary: 'tests that every build runs, as the last stage takes the program from their stage',
    as: 'part',
    group: 'stages',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where no image may come about without its tests: the last stage copies with `COPY --from=test`, so the tests run before.',
      not: 'Not for tests that need other services or the network: those belong to CI. Not with `COPY --from=build` in the last stage: BuildKit then skips the tests.',
      costs:
        'It costs the time of the tests in each build that changes the sources. What the tests write is not in the image, as only the program is copied.',
    },
    parameters: [
      { name: 'stage', ask: 'build stage', is: 'name', default: 'build', proposals: [] },
      { name: 'command', ask: 'command', is: 'words', default: 'go test ./...', proposals: [] },
    ],
    files: [{ path: '', text: 'FROM «stage» AS test\nRUN «command»' }],
    allows: {},
  },
  {
    id: 'debug-stage',
    title: 'Stage with a shell for a look inside',
    summary: 'the program with a shell and tools, built only on request by --target debug',
    as: 'part',
    group: 'stages',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where the image has no shell and a copy of it with tools is wanted now and then. It stands above the last stage: `docker build --target debug`.',
      not: 'Not as the last stage: a build without `--target` makes that one. Not for a look into a container that runs: `kubectl debug` and `docker debug` bring the tools along.',
      costs:
        'It costs a stage to keep in step with the last one. BuildKit skips it in a plain build; buildah does so too unless `--skip-unused-stages=false`.',
    },
    parameters: [
      { name: 'stage', ask: 'build stage', is: 'name', default: 'build', proposals: [] },
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [] },
      { name: 'packages', ask: 'packages', is: 'packages', default: 'curl procps strace', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'FROM debian:13-slim AS debug\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages» && \\\n    rm -rf /var/lib/apt/lists/*\nCOPY --from=«stage» /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'scratch-certificates',
    title: 'Certificates and time zones on scratch',
    summary: 'what a static program needs on scratch: certificates, time zones, a user',
    as: 'part',
    group: 'stages',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it for a static program on `scratch` that speaks TLS or reckons with time zones.',
      not: 'Not for programs that need a C library. Not if distroless static is at hand: it has all this, with `/tmp` and a line in `/etc/passwd`, and is updated by others.',
      costs:
        'It costs care: the certificates are as old as the build stage. The stage must have both: the images on Debian do, those on Alpine lack time zones until `apk add tzdata`. `/tmp` is missing.',
    },
    parameters: [{ name: 'stage', ask: 'build stage', is: 'name', default: 'build', proposals: [] }],
    files: [
      {
        path: '',
        text: 'COPY --from=«stage» /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=«stage» /usr/share/zoneinfo /usr/share/zoneinfo\nUSER 65532:65532',
      },
    ],
    allows: {},
  },
  {
    id: 'ko',
    title: 'ko for Go programs',
    summary:
      'images of Go programs without a Dockerfile and without Docker, several platforms and an SBOM included',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 10,
    advice: {
      take: 'Take it for Go without cgo: one command compiles, makes the layers and pushes, with an SBOM, on any machine with Go.',
      not: 'Not where the image needs packages of the system, generated files from another step, or a program in another language.',
      costs:
        'It costs the choice of layers: there is the base, the program and the folder `kodata`, and nothing runs at build time.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: '.ko.yaml',
        text: '# KO_DOCKER_REPO=«image» ko build --bare --tags 1.4.0 «package»\n# Without a push, into Docker: ko build --local «package»\n\n# Pin it by digest. Without this line it is cgr.dev/chainguard/static.\ndefaultBaseImage: gcr.io/distroless/static-debian13:nonroot\n\n# Without this, only the platform of the machine that builds.\ndefaultPlatforms:\n  - linux/amd64\n  - linux/arm64\n\nbuilds:\n  - id: «app»\n    dir: .\n    # Must be the package that is named in the command, or this part is ignored.\n    main: «package»\n    env:\n      - CGO_ENABLED=0\n    flags:\n      - -trimpath\n    ldflags:\n      - -s\n      - -w\n',
      },
    ],
    allows: {},
  },
  {
    id: 'jib-maven',
    title: 'jib with Maven',
    summary: 'images of Java programs by a plugin of Maven, without a Dockerfile and without Docker',
    as: 'files',
    group: 'builders',
    suits: ['java.manager=maven'],
    rank: 12,
    advice: {
      take: 'Take it for a Java service: dependencies, resources and classes become layers of their own, so a change of code pushes little, and the same sources give the same image.',
      not: 'Not where the image needs packages of the system or a program that is started before Java.',
      costs:
        'It costs the view of a Dockerfile: what the image is stands in the POM. Dates say 1970 on purpose.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'gcr.io/distroless/java«»-debian13',
          ever: ['21', '25', '17'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
      {
        name: 'jib',
        ask: 'jib version',
        is: 'version',
        default: '3.5.1',
        proposals: ['3.5.1'],
        table: { tag: 'jib «»', ever: ['3.5.1'], date: '2026-11-29', moves: false },
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'jib-plugin.xml',
        text: '<!--\n  Belongs into pom.xml, below build and plugins.\n  Build and push:  mvn package jib:build\n  Into Docker:     mvn package jib:dockerBuild\n-->\n<plugin>\n  <groupId>com.google.cloud.tools</groupId>\n  <artifactId>jib-maven-plugin</artifactId>\n  <version>«jib»</version>\n  <configuration>\n    <from>\n      <!-- Pin it by digest. The default of jib is Temurin, which starts as root. -->\n      <image>gcr.io/distroless/java«java»-debian13:nonroot</image>\n      <platforms>\n        <platform>\n          <os>linux</os>\n          <architecture>amd64</architecture>\n        </platform>\n        <platform>\n          <os>linux</os>\n          <architecture>arm64</architecture>\n        </platform>\n      </platforms>\n    </from>\n    <to>\n      <!-- With a tag: without one, jib pushes latest. -->\n      <image>«image»:${project.version}</image>\n    </to>\n    <container>\n      <user>65532:65532</user>\n      <ports>\n        <port>«port»</port>\n      </ports>\n      <jvmFlags>\n        <jvmFlag>-XX:MaxRAMPercentage=75</jvmFlag>\n      </jvmFlags>\n      <labels>\n        <org.opencontainers.image.version>${project.version}</org.opencontainers.image.version>\n      </labels>\n    </container>\n  </configuration>\n</plugin>\n',
      },
    ],
    allows: {},
  },
  {
    id: 'jib-gradle',
    title: 'jib with Gradle',
    summary:
      'images of Java and Kotlin programs by a plugin of Gradle, without a Dockerfile and without Docker',
    as: 'files',
    group: 'builders',
    suits: ['java.manager=gradle'],
    rank: 13,
    advice: {
      take: 'Take it for a service on the JVM: dependencies, resources and classes become layers of their own, so a change of code pushes little, and the same sources give the same image.',
      not: 'Not where the image needs packages of the system or a program that is started before Java.',
      costs:
        'It costs the configuration cache of Gradle for the tasks of jib, and the view of a Dockerfile. Dates say 1970 on purpose.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        table: {
          tag: 'gcr.io/distroless/java«»-debian13',
          ever: ['21', '25', '17'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'java.version',
      },
      {
        name: 'jib',
        ask: 'jib version',
        is: 'version',
        default: '3.5.1',
        proposals: ['3.5.1'],
        table: { tag: 'jib «»', ever: ['3.5.1'], date: '2026-11-29', moves: false },
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'gradle/jib.gradle',
        text: "// One line in build.gradle(.kts) reads this file:  apply(from = \"gradle/jib.gradle\")\n// (in Groovy: apply from: 'gradle/jib.gradle')\n// Build and push:  ./gradlew jib        Into Docker:  ./gradlew jibDockerBuild\nbuildscript {\n    repositories {\n        mavenCentral()\n    }\n    dependencies {\n        classpath 'com.google.cloud.tools:jib-gradle-plugin:«jib»'\n    }\n}\n\napply plugin: com.google.cloud.tools.jib.gradle.JibPlugin\n\njib {\n    from {\n        // Pin it by digest. The default of jib is Temurin, which starts as root.\n        image = 'gcr.io/distroless/java«java»-debian13:nonroot'\n        platforms {\n            platform {\n                os = 'linux'\n                architecture = 'amd64'\n            }\n            platform {\n                os = 'linux'\n                architecture = 'arm64'\n            }\n        }\n    }\n    to {\n        // With a tag: without one, jib pushes latest.\n        image = \"«image»:${project.version}\"\n    }\n    container {\n        user = '65532:65532'\n        ports = ['«port»']\n        jvmFlags = ['-XX:MaxRAMPercentage=75']\n        labels = ['org.opencontainers.image.version': \"${project.version}\".toString()]\n    }\n}\n",
      },
    ],
    allows: {},
  },
  {
    id: 'docker-bake',
    title: 'docker-bake',
    summary: 'one file for what gets built, with tags, platforms, labels, cache and attestations',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it when the `docker buildx build` line has become long, or when several images are built together: people and CI then call `docker buildx bake`.',
      not: 'Not for one image without options: the Dockerfile alone says it all.',
      costs: 'It costs a second file that has to agree with the Dockerfile: targets and the names of ARG.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'docker-bake.hcl',
        text: '# docker buildx bake            builds for this machine and loads it into Docker\n# VERSION=1.4.0 REVISION=$(git rev-parse HEAD) CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ) \\\n#   docker buildx bake release --push\n\nvariable "IMAGE" {\n  default = "«image»"\n}\n\nvariable "VERSION" {\n  default = "dev"\n}\n\nvariable "REVISION" {\n  default = ""\n}\n\nvariable "CREATED" {\n  default = ""\n}\n\nvariable "SOURCE" {\n  default = ""\n}\n\ngroup "default" {\n  targets = ["local"]\n}\n\ntarget "_image" {\n  context    = "."\n  dockerfile = "Dockerfile"\n  args = {\n    VERSION  = VERSION\n    REVISION = REVISION\n    CREATED  = CREATED\n    SOURCE   = SOURCE\n  }\n}\n\ntarget "local" {\n  inherits = ["_image"]\n  tags     = ["${IMAGE}:dev"]\n  output   = ["type=docker"]\n}\n\n# Needs a builder that can do several platforms: docker buildx create --name images --driver docker-container\ntarget "release" {\n  inherits  = ["_image"]\n  platforms = ["linux/amd64", "linux/arm64"]\n  pull      = true\n  # A release without a version, or a commit without its name, has no tag for it.\n  tags = compact([\n    VERSION != "dev" ? "${IMAGE}:${VERSION}" : "",\n    REVISION != "" ? "${IMAGE}:${REVISION}" : "",\n  ])\n  cache-from = ["type=registry,ref=${IMAGE}:buildcache"]\n  cache-to   = ["type=registry,ref=${IMAGE}:buildcache,mode=max,ignore-error=true"]\n  attest = [\n    "type=provenance,mode=max",\n    "type=sbom",\n  ]\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'apko',
    title: 'apko',
    summary: 'an image of Wolfi packages alone, declared in YAML, the same bytes with the same lock file',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it for a base of your own, below a Dockerfile or as it is: packages, a user and an entry point, nothing else, with an SBOM, quickly and without Docker.',
      not: 'Not where something has to run at build time: there is no RUN. Your own program has to be a package first, see melange.',
      costs:
        'It costs the ties to Wolfi, whose repository keeps old versions for a while only: a lock file that nobody renews stops to build one day.',
    },
    parameters: [
      { name: 'package', ask: 'package of Wolfi', is: 'name', default: 'python-3.13', proposals: [] },
      { name: 'command', ask: 'program to start', is: 'path', default: '/usr/bin/python3.13', proposals: [] },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/base',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'apko.yaml',
        text: "# apko lock apko.yaml                                    once, and to renew: writes apko.lock.json\n# apko build --lockfile apko.lock.json apko.yaml «image»:dev image.tar\n# apko publish --lockfile apko.lock.json apko.yaml «image»:1.0.0\ncontents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    # With the version in its name: a name without one becomes another version tomorrow.\n    - «package»\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: «command»\n\nenvironment:\n  PATH: /usr/local/bin:/usr/bin:/bin\n  SSL_CERT_FILE: /etc/ssl/certs/ca-certificates.crt\n\nwork-dir: /home/nonroot\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'melange',
    title: 'melange and apko',
    summary: 'your Go program as a signed package, and an image that holds it, both declared in YAML',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 31,
    advice: {
      take: 'Take it where apko makes the images and your own program belongs in: melange builds it as a signed package.',
      not: 'Not for a single program without more: a Dockerfile with two stages does that with one file and tools that everybody has.',
      costs:
        'It costs two tools, a key that has to be kept secret, and a builder that can start containers or virtual machines.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'melange.yaml',
        text: "# melange keygen                                    once: melange.rsa stays secret, melange.rsa.pub goes into Git\n# melange build melange.yaml --source-dir . --arch x86_64,aarch64 --signing-key melange.rsa\npackage:\n  name: «app»\n  version: 0.1.0\n  epoch: 0\n  description: «app»\n  copyright:\n    - license: NOASSERTION\n\nenvironment:\n  contents:\n    keyring:\n      - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n    repositories:\n      - https://packages.wolfi.dev/os\n    packages:\n      - ca-certificates-bundle\n      - go\n  environment:\n    CGO_ENABLED: '0'\n\npipeline:\n  - uses: go/build\n    with:\n      packages: «package»\n      output: «app»\n      ldflags: -s\n",
      },
      {
        path: 'apko.yaml',
        text: "# apko lock apko.yaml\n# apko publish --lockfile apko.lock.json apko.yaml «image»:0.1.0\ncontents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n    - melange.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n    - '@local ./packages'\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    - «app»@local\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: /usr/bin/«app»\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'buildpacks',
    title: 'Cloud Native Buildpacks',
    summary: 'an image from the sources alone, the builder knows the languages; settings in project.toml',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it where many teams should build in the same way and nobody wants to write Dockerfiles: pack finds the language by its files, and bases can be exchanged later without a build (`pack rebase`).',
      not: 'Not where the size or the number of findings counts: the images hold a distribution and more than the program needs.',
      costs:
        'It costs control: what happens is decided by the builder, which has to be renewed and pinned like a base, and it needs Docker or Podman.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      { name: 'builder', ask: 'builder', is: 'image', default: 'heroku/builder:24', proposals: [] },
    ],
    files: [
      {
        path: 'project.toml',
        text: '# pack build registry.example.com/«app» --publish        without --publish: into Docker\n[_]\nschema-version = "0.2"\nid = "«app»"\nname = "«app»"\n\n[io.buildpacks]\nbuilder = "«builder»"\n# In the syntax of .gitignore: what is not needed to build stays out.\nexclude = [\n  ".git",\n  ".env*",\n  "node_modules",\n  "target",\n]\n\n[[io.buildpacks.build.env]]\nname = "TZ"\nvalue = "UTC"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dagger-go',
    title: 'Dagger in Go',
    summary: 'test, build and publish as functions in Go that run the same on every machine and in every CI',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 50,
    advice: {
      take: 'Take it where CI is the pain: the pipeline is a program that runs on a laptop as in CI, with the cache of BuildKit, and has types.',
      not: 'Not for a single image: a Dockerfile is shorter, and its readers are more.',
      costs:
        'It costs an engine in a container that needs rights of root on the machine, and a tool that still changes: pin its version everywhere.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
      {
        name: 'dagger',
        ask: 'Dagger version',
        is: 'version',
        default: '0.21.9',
        proposals: ['0.21.9'],
        table: { tag: 'dagger «»', ever: ['0.21.9'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'dagger.json',
        text: '{\n  "name": "image",\n  "engineVersion": "v«dagger»",\n  "sdk": {\n    "source": "go"\n  },\n  "source": ".dagger"\n}\n',
      },
      {
        path: '.dagger/main.go',
        text: '// Tests, builds and publishes the image of «app».\n//\n// dagger develop       once, and after a new version: writes go.mod and the code below internal\n// dagger call test\n// dagger call build export --path image.tar\n// dagger call publish --address registry.example.com/«app»:1.0.0\npackage main\n\nimport (\n\t"context"\n\t"strings"\n\n\t"dagger/image/internal/dagger"\n)\n\ntype Image struct{}\n\n// The compiler with the sources, with its caches.\nfunc (m *Image) compiler(source *dagger.Directory) *dagger.Container {\n\treturn dag.Container().\n\t\tFrom("golang:«go»-trixie").\n\t\tWithMountedCache("/go/pkg/mod", dag.CacheVolume("go-mod")).\n\t\tWithMountedCache("/root/.cache/go-build", dag.CacheVolume("go-build")).\n\t\tWithEnvVariable("CGO_ENABLED", "0").\n\t\tWithMountedDirectory("/src", source).\n\t\tWithWorkdir("/src")\n}\n\n// Test runs the tests of all packages.\nfunc (m *Image) Test(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n) (string, error) {\n\treturn m.compiler(source).WithExec([]string{"go", "test", "./..."}).Stdout(ctx)\n}\n\n// Build makes the image for one platform.\nfunc (m *Image) Build(\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n\t// +default="linux/amd64"\n\tplatform dagger.Platform,\n) *dagger.Container {\n\tsystem, processor, _ := strings.Cut(string(platform), "/")\n\tbinary := m.compiler(source).\n\t\tWithEnvVariable("GOOS", system).\n\t\tWithEnvVariable("GOARCH", processor).\n\t\tWithExec([]string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", "/out/«app»", "«package»"}).\n\t\tFile("/out/«app»")\n\treturn dag.Container(dagger.ContainerOpts{Platform: platform}).\n\t\tFrom("gcr.io/distroless/static-debian13:nonroot").\n\t\tWithFile("/«app»", binary, dagger.ContainerWithFileOpts{Permissions: 0o555}).\n\t\tWithUser("65532:65532").\n\t\tWithEntrypoint([]string{"/«app»"})\n}\n\n// Publish tests, builds for two platforms and pushes them under one name.\nfunc (m *Image) Publish(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n\t// Image with its registry and tag\n\taddress string,\n) (string, error) {\n\tif _, err := m.Test(ctx, source); err != nil {\n\t\treturn "", err\n\t}\n\treturn dag.Container().Publish(ctx, address, dagger.ContainerPublishOpts{\n\t\tPlatformVariants: []*dagger.Container{\n\t\t\tm.Build(source, "linux/amd64"),\n\t\t\tm.Build(source, "linux/arm64"),\n\t\t},\n\t})\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dagger-typescript',
    title: 'Dagger in TypeScript',
    summary: 'build and publish a Node.js service as functions in TypeScript, the same on a laptop and in CI',
    as: 'files',
    group: 'builders',
    suits: ['node', 'node.manager=npm'],
    rank: 51,
    advice: {
      take: 'Take it where CI is the pain and the team writes TypeScript: the pipeline is a program that runs on a laptop as in CI.',
      not: 'Not for a single image: a Dockerfile is shorter, and its readers are more. Not without a script `build` in package.json.',
      costs:
        'It costs an engine in a container that needs rights of root on the machine, and a tool that still changes: pin its version everywhere.',
    },
    parameters: [
      { name: 'app', ask: 'image', is: 'name', default: 'app', proposals: [], from: 'node.app' },
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        table: {
          tag: 'gcr.io/distroless/nodejs«»-debian13',
          ever: ['24', '22', '26'],
          date: '2026-08-21',
          moves: false,
        },
        from: 'node.version',
      },
      {
        name: 'output',
        ask: 'folder that the build writes',
        is: 'path',
        default: 'dist',
        proposals: [],
        from: 'node.output',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«output»/index.js',
        proposals: [],
        from: 'node.main',
      },
      {
        name: 'dagger',
        ask: 'Dagger version',
        is: 'version',
        default: '0.21.9',
        proposals: ['0.21.9'],
        table: { tag: 'dagger «»', ever: ['0.21.9'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'dagger.json',
        text: '{\n  "name": "image",\n  "engineVersion": "v«dagger»",\n  "sdk": {\n    "source": "typescript"\n  },\n  "source": ".dagger"\n}\n',
      },
      { path: '.dagger/package.json', text: '{\n  "type": "module",\n  "private": true\n}\n' },
      {
        path: '.dagger/src/index.ts',
        text: "// dagger develop       once, and after a new version: writes the code below sdk\n// dagger call build export --path image.tar\n// dagger call publish --address registry.example.com/«app»:1.0.0\nimport { argument, Container, dag, Directory, func, object, Platform } from '@dagger.io/dagger';\n\nconst ignored = ['.git', '.dagger', '.env*', 'node_modules', '«output»'];\n\n@object()\nexport class Image {\n  /** Packages as in package-lock.json. */\n  private packages(source: Directory, platform: Platform, options: string[]): Container {\n    return dag\n      .container({ platform })\n      .from('node:«node»-trixie-slim')\n      .withMountedCache('/root/.npm', dag.cacheVolume('npm'))\n      .withWorkdir('/app')\n      .withFile('package.json', source.file('package.json'))\n      .withFile('package-lock.json', source.file('package-lock.json'))\n      .withExec(['npm', 'ci', ...options]);\n  }\n\n  /** The image for one platform. */\n  @func()\n  build(\n    @argument({ defaultPath: '/', ignore: ignored }) source: Directory,\n    platform: Platform = 'linux/amd64' as Platform,\n  ): Container {\n    const built = this.packages(source, platform, [])\n      .withDirectory('.', source)\n      .withExec(['npm', 'run', 'build'])\n      .directory('«output»');\n    // Compiled modules belong to a platform: they are installed on that of the image.\n    const modules = this.packages(source, platform, ['--omit=dev'])\n      // So that the folder is there even without packages.\n      .withExec(['mkdir', '-p', 'node_modules'])\n      .directory('node_modules');\n    return dag\n      .container({ platform })\n      .from('gcr.io/distroless/nodejs«node»-debian13:nonroot')\n      .withWorkdir('/app')\n      .withFile('package.json', source.file('package.json'))\n      .withDirectory('node_modules', modules)\n      .withDirectory('«output»', built)\n      .withEnvVariable('NODE_ENV', 'production')\n      .withUser('65532:65532')\n      .withEntrypoint(['/nodejs/bin/node', '«main»']);\n  }\n\n  /** Builds for two platforms and pushes them under one name. */\n  @func()\n  async publish(\n    @argument({ defaultPath: '/', ignore: ignored }) source: Directory,\n    address: string,\n  ): Promise<string> {\n    const platformVariants = ['linux/amd64', 'linux/arm64'].map((platform) =>\n      this.build(source, platform as Platform),\n    );\n    return await dag.container().publish(address, { platformVariants });\n  }\n}\n",
      },
    ],
    allows: {},
  },
  {
    id: 'dagger-wolfi',
    title: 'Dagger with packages of Wolfi',
    summary:
      'a pipeline in Go whose base is put together from packages, by the module of Dagger that reads them as apko does',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 55,
    advice: {
      take: 'Take it where Dagger builds the images and no ready base fits: the module of Dagger takes packages of Wolfi with all that they need, and one of the same kind, `alpine`, those of Alpine.',
      not: 'Not without Dagger: apko alone does it with one file, and has a lock file. Not for packages that need their installation scripts: only files are unpacked. Not where a base without a shell is wanted: the module always brings busybox.',
      costs:
        'It costs what Dagger costs, and reproducibility: the newest packages of the day are taken, and the image has a shell.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
      {
        name: 'packages',
        ask: 'package of Wolfi',
        is: 'name',
        default: 'ca-certificates-bundle',
        proposals: [],
      },
      {
        name: 'dagger',
        ask: 'Dagger version',
        is: 'version',
        default: '0.21.9',
        proposals: ['0.21.9'],
        table: { tag: 'dagger «»', ever: ['0.21.9'], date: '2026-11-29', moves: false },
      },
    ],
    files: [
      {
        path: 'dagger.json',
        text: '{\n  "name": "image",\n  "engineVersion": "v«dagger»",\n  "sdk": {\n    "source": "go"\n  },\n  "source": ".dagger",\n  "dependencies": [\n    {\n      "name": "wolfi",\n      "source": "github.com/dagger/dagger/modules/wolfi@v«dagger»"\n    }\n  ]\n}\n',
      },
      {
        path: '.dagger/main.go',
        text: '// Tests, builds and publishes the image of «app», on packages of Wolfi.\n//\n// dagger develop       once, and after a new version: writes go.mod and the code below internal\n// dagger call test\n// dagger call build export --path image.tar\n// dagger call publish --address registry.example.com/«app»:1.0.0\npackage main\n\nimport (\n\t"context"\n\n\t"dagger/image/internal/dagger"\n)\n\ntype Image struct{}\n\n// The compiler with the sources, with its caches.\nfunc (m *Image) compiler(source *dagger.Directory) *dagger.Container {\n\treturn dag.Container().\n\t\tFrom("golang:«go»-trixie").\n\t\tWithMountedCache("/go/pkg/mod", dag.CacheVolume("go-mod")).\n\t\tWithMountedCache("/root/.cache/go-build", dag.CacheVolume("go-build")).\n\t\tWithEnvVariable("CGO_ENABLED", "0").\n\t\tWithMountedDirectory("/src", source).\n\t\tWithWorkdir("/src")\n}\n\n// Test runs the tests of all packages.\nfunc (m *Image) Test(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n) (string, error) {\n\treturn m.compiler(source).WithExec([]string{"go", "test", "./..."}).Stdout(ctx)\n}\n\n// Build makes the image, for the processor of the engine: the module knows no other.\nfunc (m *Image) Build(\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n) *dagger.Container {\n\tbinary := m.compiler(source).\n\t\tWithExec([]string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", "/out/«app»", "«package»"}).\n\t\tFile("/out/«app»")\n\treturn dag.Wolfi().\n\t\tContainer(dagger.WolfiContainerOpts{Packages: []string{"«packages»"}}).\n\t\tWithFile("/«app»", binary, dagger.ContainerWithFileOpts{Permissions: 0o555}).\n\t\tWithUser("65532:65532").\n\t\tWithEntrypoint([]string{"/«app»"})\n}\n\n// Publish tests, builds and pushes.\nfunc (m *Image) Publish(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n\t// Image with its registry and tag\n\taddress string,\n) (string, error) {\n\tif _, err := m.Test(ctx, source); err != nil {\n\t\treturn "", err\n\t}\n\treturn m.Build(source).Publish(ctx, address)\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'bazel-oci',
    title: 'Bazel with rules_oci',
    summary: 'Go program and image by Bazel: the same bytes everywhere, only what changed is built; a beast',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 60,
    advice: {
      take: 'Take it where Bazel builds the rest already: images then have the same cache, and the same inputs give the same digest on every machine.',
      not: "Not for Bazel's sake: it is a beast, and a Dockerfile of twenty lines does the same for one program. `rules_oci` calls itself unfunded and in maintenance; with remote execution, look at `rules_img`.",
      costs:
        'It costs people who know Bazel: rules, toolchains and the rules of each language change under you.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      { name: 'folder', ask: 'folder of the main function', is: 'path', default: 'cmd/«app»', proposals: [] },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'MODULE.bazel',
        text: 'module(name = "images")\n\nbazel_dep(name = "rules_go", version = "0.62.0")\nbazel_dep(name = "gazelle", version = "0.53.0")\nbazel_dep(name = "rules_oci", version = "2.3.2")\nbazel_dep(name = "rules_pkg", version = "1.3.0")\n\ngo_deps = use_extension("@gazelle//:extensions.bzl", "go_deps")\ngo_deps.from_file(go_mod = "//:go.mod")\n# "bazel mod tidy" adds use_repo for what go.mod requires.\n\noci = use_extension("@rules_oci//oci:extensions.bzl", "oci")\noci.pull(\n    name = "distroless_static",\n    image = "gcr.io/distroless/static-debian13",\n    platforms = [\n        "linux/amd64",\n        "linux/arm64/v8",\n    ],\n    # The first build prints the digest: put digest = "sha256:…" here instead of the tag.\n    tag = "nonroot",\n)\nuse_repo(\n    oci,\n    "distroless_static",\n    "distroless_static_linux_amd64",\n    "distroless_static_linux_arm64_v8",\n)\n',
      },
      {
        path: 'BUILD.bazel',
        text: 'load("@gazelle//:def.bzl", "gazelle")\n\n# bazel run //:gazelle    writes the BUILD files of the Go packages, and go_binary in «folder»\ngazelle(name = "gazelle")\n',
      },
      {
        path: 'image/BUILD.bazel',
        text: 'load("@rules_go//go:def.bzl", "go_cross_binary")\nload("@rules_oci//oci:defs.bzl", "oci_image", "oci_image_index", "oci_load", "oci_push")\nload("@rules_pkg//pkg:tar.bzl", "pkg_tar")\n\n# bazel run //image:load                             into Docker\n# bazel run //image:push -- --tag 1.4.0              to the registry\n\nBASES = {\n    "amd64": "@distroless_static_linux_amd64",\n    "arm64": "@distroless_static_linux_arm64_v8",\n}\n\n[\n    go_cross_binary(\n        name = "binary_" + arch,\n        # This platform has no cgo, so the program is static.\n        platform = "@rules_go//go/toolchain:linux_" + arch,\n        target = "//«folder»:«app»",\n    )\n    for arch in BASES\n]\n\n[\n    pkg_tar(\n        name = "layer_" + arch,\n        # The output has the name of the rule: here it gets its place in the image.\n        files = {":binary_" + arch: "/«app»"},\n        mode = "0555",\n    )\n    for arch in BASES\n]\n\n[\n    oci_image(\n        name = "image_" + arch,\n        base = base,\n        entrypoint = ["/«app»"],\n        tars = [":layer_" + arch],\n        user = "65532:65532",\n    )\n    for arch, base in BASES.items()\n]\n\noci_image_index(\n    name = "index",\n    images = [":image_" + arch for arch in BASES],\n)\n\noci_load(\n    name = "load",\n    image = ":image_amd64",\n    repo_tags = ["«app»:dev"],\n)\n\noci_push(\n    name = "push",\n    image = ":index",\n    repository = "«image»",\n)\n',
      },
    ],
    allows: {},
  },
  {
    id: 'bazel-apko',
    title: 'Bazel with rules_apko',
    summary: 'a base of Wolfi packages from a lock file, built by Bazel, for images of rules_oci',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 61,
    advice: {
      take: 'Take it where Bazel makes the images and no ready base fits: packages come from the lock file into the cache of Bazel, without a registry.',
      not: 'Not without Bazel: apko alone does the same with one file.',
      costs:
        'It costs a lock file that has to be renewed, as Wolfi keeps old versions for a while only, and all that Bazel costs.',
    },
    parameters: [
      { name: 'package', ask: 'package of Wolfi', is: 'name', default: 'python-3.13', proposals: [] },
      { name: 'command', ask: 'program to start', is: 'path', default: '/usr/bin/python3.13', proposals: [] },
    ],
    files: [
      {
        path: 'MODULE.bazel',
        text: 'module(name = "base")\n\nbazel_dep(name = "rules_apko", version = "1.5.55")\nbazel_dep(name = "rules_oci", version = "2.3.2")\nbazel_dep(name = "platforms", version = "1.0.0")\n\n# The lock file has to be there first: apko lock base/apko.yaml --output base/apko.lock.json\napk = use_extension("@rules_apko//apko:extensions.bzl", "apko")\napk.translate_lock(\n    name = "base_lock",\n    lock = "//base:apko.lock.json",\n)\nuse_repo(apk, "base_lock")\n',
      },
      {
        path: 'base/BUILD.bazel',
        text: 'load("@rules_apko//apko:defs.bzl", "apko_image")\nload("@rules_oci//oci:defs.bzl", "oci_image", "oci_load")\n\n# bazel run //base:base.lock    renews the lock file\n# bazel run //base:load         into Docker\napko_image(\n    name = "base",\n    architecture = select({\n        "@platforms//cpu:arm64": "arm64",\n        "@platforms//cpu:x86_64": "amd64",\n    }),\n    config = "apko.yaml",\n    contents = "@base_lock//:contents",\n    tag = "base:dev",\n    visibility = ["//visibility:public"],\n)\n\n# Here your own layers come on top: tars = [...].\noci_image(\n    name = "image",\n    base = ":base",\n)\n\noci_load(\n    name = "load",\n    image = ":image",\n    repo_tags = ["base:dev"],\n)\n',
      },
      {
        path: 'base/apko.yaml',
        text: "contents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    - «package»\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: «command»\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'nix-flake',
    title: 'Nix flake for a Go image',
    summary: 'program and image from one flake with a lock file, the same for everybody',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 70,
    advice: {
      take: 'Take it where the team uses Nix: `flake.lock` pins the compiler and every library, and no Docker is needed to build.',
      not: 'Not for the image alone: Nix has to be learned, and a Dockerfile with pinned bases comes close.',
      costs:
        'It costs a hash that changes with the dependencies: the build says the new one, and somebody writes it down.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
    ],
    files: [
      {
        path: 'flake.nix',
        text: '# nix build .#image && ./result | docker load\n{\n  description = "«app» and its image";\n\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";\n\n  outputs =\n    { self, nixpkgs }:\n    let\n      forAll =\n        make:\n        nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (\n          system: make nixpkgs.legacyPackages.${system}\n        );\n      version = self.shortRev or "dirty";\n    in\n    {\n      packages = forAll (pkgs: rec {\n        default = pkgs.buildGoModule {\n          pname = "«app»";\n          inherit version;\n          src = self;\n          subPackages = [ "«package»" ];\n          # The first build fails and says the right hash. Without dependencies, or with a folder vendor: null.\n          vendorHash = pkgs.lib.fakeHash;\n          env.CGO_ENABLED = 0;\n          ldflags = [\n            "-s"\n            "-w"\n          ];\n        };\n\n        # Writes the image to its standard output: nothing large stays in the store.\n        image = pkgs.dockerTools.streamLayeredImage {\n          name = "«app»";\n          tag = version;\n          contents = [ pkgs.dockerTools.caCertificates ];\n          config = {\n            Entrypoint = [ "${default}/bin/«app»" ];\n            User = "65532:65532";\n            Env = [ "ZONEINFO=${pkgs.tzdata}/share/zoneinfo" ];\n          };\n        };\n      });\n    };\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'nix-docker-tools',
    title: 'Nix dockerTools',
    summary: 'an image of a package of nixpkgs in layers, without Docker, root or a virtual machine',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 71,
    advice: {
      take: 'Take it where Nix is at home: the image holds the package and what it needs, to the byte, and each layer is shared with other images.',
      not: 'Not on a Mac without a builder for Linux: what is built has to be Linux. Not where people expect the usual folders: all files lie in `/nix/store`.',
      costs:
        'It costs the language Nix and large images for what links much; how the start and a shell are set is unlike elsewhere.',
    },
    parameters: [
      { name: 'package', ask: 'package of nixpkgs', is: 'name', default: 'redis', proposals: [] },
      {
        name: 'command',
        ask: 'program in its bin folder',
        is: 'name',
        default: 'redis-server',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'image.nix',
        text: '# nix-build image.nix && docker load <result\n# Another nixpkgs, such as one that npins or a flake has pinned:  --arg pkgs \'import PATH { }\'\n{\n  pkgs ? import (fetchTarball "https://channels.nixos.org/nixos-26.05/nixexprs.tar.xz") { },\n}:\n\npkgs.dockerTools.buildLayeredImage {\n  name = "«package»";\n  tag = pkgs.«package».version;\n\n  # Only what has to be at its usual path; the program comes along by its own path below.\n  contents = [ pkgs.dockerTools.caCertificates ];\n\n  # Instead of runAsRoot, which starts a virtual machine and so needs KVM.\n  fakeRootCommands = \'\'\n    mkdir -p ./data ./tmp\n    chown 65532:65532 ./data\n    chmod 1777 ./tmp\n  \'\';\n\n  config = {\n    Entrypoint = [ "${pkgs.«package»}/bin/«command»" ];\n    User = "65532:65532";\n    WorkingDir = "/data";\n    Volumes = {\n      "/data" = { };\n    };\n  };\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'nix-dev-shell',
    title: 'Nix shell with the tools',
    summary: 'buildah, skopeo, trivy and what goes with them, in the same version for everybody',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 72,
    advice: {
      take: 'Take it so that everybody and CI work with the same versions of the tools: `nix develop`, and with direnv by entering the folder.',
      not: 'Not as the only way: who has no Nix needs the versions in words. It does not pin what the image is made of.',
      costs:
        'It costs gigabytes in `/nix/store`, and some settings of the system that Nix cannot bring along.',
    },
    parameters: [],
    files: [
      {
        path: 'flake.nix',
        text: '# nix develop\n{\n  description = "Tools for images";\n\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";\n\n  outputs =\n    { nixpkgs, ... }:\n    let\n      systems = [\n        "x86_64-linux"\n        "aarch64-linux"\n      ];\n    in\n    {\n      devShells = nixpkgs.lib.genAttrs systems (\n        system:\n        let\n          pkgs = nixpkgs.legacyPackages.${system};\n        in\n        {\n          default = pkgs.mkShell {\n            packages = [\n              # Build and copy\n              pkgs.buildah\n              pkgs.skopeo\n              pkgs.crane\n              # Look into\n              pkgs.trivy\n              pkgs.syft\n              pkgs.grype\n              pkgs.dive\n              # Sign\n              pkgs.cosign\n              # Run\n              pkgs.just\n              pkgs.jq\n              pkgs.shellcheck\n            ];\n          };\n        }\n      );\n    };\n}\n',
      },
      { path: '.envrc', text: 'use flake\n', extra: 'direnv' },
    ],
    allows: {},
  },
  {
    id: 'buildah-multiarch',
    title: 'Several platforms with buildah',
    summary: 'one image for several platforms, built without a daemon and pushed as one manifest list',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where images are built without Docker, by people and in CI: a second run replaces the list instead of adding to it, and nothing is pushed unless every platform is in it.',
      not: 'Not for heavy compilers on a foreign processor: emulation is slow. Compile across in a stage on `$BUILDPLATFORM`, or build each platform on a machine of its own and join the digests, as workflow-build-sign does.',
      costs:
        'It costs emulation: steps for another processor need `qemu-user-static` with binfmt on the machine. The OCI format leaves HEALTHCHECK out; `BUILDAH_FORMAT=docker` keeps it.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/build-multiarch.sh',
        text: '#!/usr/bin/env bash\n# Builds one image for several platforms and pushes it as one manifest list.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: build-multiarch.sh TAG [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: .) for every platform, checks that each\nis in the list, and pushes the list with its images as IMAGE:TAG.\n\nEnvironment:\n  IMAGE      default «image»\n  SOURCE     address of the sources, for the label\n  PLATFORMS  separated by commas; default linux/amd64,linux/arm64\n  BUILDAH_FORMAT=docker  keeps HEALTHCHECK, which the OCI format has not\n\nSteps for another processor need qemu-user-static. Log in before: buildah login REGISTRY\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\ntag=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\nplatforms=${PLATFORMS:-linux/amd64,linux/arm64}\n[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$tag\'"\n[[ $platforms =~ ^[a-z0-9]+/[a-z0-9/]+(,[a-z0-9]+/[a-z0-9/]+)*$ ]] || fail "not a list of platforms: \'$platforms\'"\n[ -d "$folder" ] || fail "no such folder: $folder"\ncommand -v buildah >/dev/null || fail "buildah is not installed"\n\nIFS=, read -r -a wanted <<<"$platforms"\nlist=localhost/list-of-${image##*/}:$tag\n\n# --manifest adds to a list that is there already: without this, a second run would hold each platform twice.\nif buildah manifest exists "$list"; then\n  buildah manifest rm "$list" >/dev/null\nfi\n\nrevision=$(git -C "$folder" rev-parse HEAD 2>/dev/null || true)\nbuildah build \\\n  --platform "$platforms" \\\n  --manifest "$list" \\\n  --build-arg "SOURCE=${SOURCE:-}" \\\n  --build-arg "VERSION=$tag" \\\n  --build-arg "REVISION=$revision" \\\n  "$folder"\n\ninside=$(buildah manifest inspect "$list" | grep -c \'"architecture"\' || true)\n[ "$inside" -eq "${#wanted[@]}" ] ||\n  fail "the list holds $inside images instead of ${#wanted[@]}; nothing was pushed"\n\ndigests=$(mktemp)\ntrap \'rm -f "$digests"\' EXIT\nbuildah manifest push --all --digestfile "$digests" "$list" "docker://$image:$tag"\n# Old versions of buildah end with 0 even if the registry did not take the list.\n[ -s "$digests" ] || fail "the push of $image:$tag failed"\nprintf \'Pushed %s:%s for %s\\n%s@%s\\n\' "$image" "$tag" "$platforms" "$image" "$(cat "$digests")"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'heredoc-run',
    title: 'Script in one RUN',
    summary: 'several commands as lines of a script, without a backslash and && at each end',
    as: 'part',
    group: 'shell',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where a step has many commands, conditions or loops: they read like a script, and comments may stand anywhere.',
      not: 'Not without `set -eu` in the first line: a shell goes on after a command that fails, and the step is as good as its last one. Not for old builders: it needs BuildKit, or buildah since 1.33.',
      costs:
        'It costs a look at the quotes: a file written by `cat <<EOF > file` has its variables replaced unless the first word stands in quotes.',
    },
    parameters: [
      { name: 'folder', ask: 'folder', is: 'path', default: '/data', proposals: [] },
      { name: 'uid', ask: 'number of the owner', is: 'number', default: '10001', proposals: [] },
    ],
    files: [{ path: '', text: "RUN <<'EOF'\nset -eu\nmkdir -p «folder»\nchown «uid» «folder»\nEOF" }],
    allows: {},
  },
  {
    id: 'buildah-reproducible',
    title: 'Reproducible with buildah',
    summary: 'the same commit gives the same digest, on another day and on another machine',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where somebody should be able to rebuild an image and compare the digest. Built is what is committed, in a folder with fixed times and rights, with bases that are pinned by digest.',
      not: 'Not with `apt-get update` and other steps that take what is newest today: no option of the builder can undo that. Use a snapshot of the archive, lock files, and let the compiler leave out times and paths.',
      costs:
        'It costs the cache: every build starts anew. The date of the image is the date of the commit, so tools that clean up by age see it as older than it is.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/build-reproducible.sh',
        text: '#!/usr/bin/env bash\n# Builds an image from the last commit so that the same commit always gives the same digest.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: build-reproducible.sh [--check] TAG [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: the top of the repository) as IMAGE:TAG from\nwhat is committed and prints its digest. Nothing is pushed.\n\n  --check  builds twice and compares the digests\n\nEnvironment:\n  IMAGE    default «image»\n  SOURCE   address of the sources, for the label\n\nSubmodules and files in Git LFS are not part of the archive that is built.\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncheck=\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  --check)\n    check=yes\n    shift\n    ;;\n  *) ;;\nesac\n[ -n "${1:-}" ] || fail "the TAG is missing (--help says more)"\nif [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\ntag=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\n[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$tag\'"\nfor tool in buildah git tar; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\ntop=$(git rev-parse --show-toplevel) || fail "this is no Git repository"\n[ -z "$(git -C "$top" status --porcelain)" ] || printf \'Not committed, so not in the image:\\n%s\\n\' \\\n  "$(git -C "$top" status --short)" >&2\n\nepoch=$(git -C "$top" log -1 --format=%ct)\nrevision=$(git -C "$top" rev-parse HEAD)\ncreated=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$epoch" +%Y-%m-%dT%H:%M:%SZ)\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\n# An archive, as the rights of a work tree depend on the umask of who checked it out, and ignored files lie around.\nmkdir "$work/source"\ngit -C "$top" -c tar.umask=0022 archive --format=tar HEAD | tar -x -C "$work/source"\ncontext=$work/source/$folder\ndockerfile=$context/Dockerfile\n[ -f "$dockerfile" ] || fail "no Dockerfile is committed in $folder"\n\n# A tag is another image tomorrow. Names of stages and scratch need no digest.\nfloating=$(awk \'\n  toupper($1) == "FROM" {\n    from = $2 ~ /^--/ ? $3 : $2\n    if (from != "scratch" && from !~ /@sha256:/ && !(tolower(from) in stages)) print "  " from\n    for (i = 3; i < NF; i++) if (tolower($i) == "as") stages[tolower($(i + 1))] = 1\n  }\' "$dockerfile")\n[ -z "$floating" ] || fail "pin these by digest first:\n$floating"\n\nbuild() {\n  # The timestamp is given here: in the environment it would be a second, different order.\n  env -u SOURCE_DATE_EPOCH buildah build \\\n    --timestamp "$epoch" \\\n    --layers=false \\\n    --no-cache \\\n    --identity-label=false \\\n    --build-arg "SOURCE=${SOURCE:-}" \\\n    --build-arg "VERSION=$tag" \\\n    --build-arg "REVISION=$revision" \\\n    --build-arg "CREATED=$created" \\\n    --tag "$image:$tag" \\\n    "$context"\n  # The digest is that of the manifest that a push would make.\n  rm -rf "$work/layout"\n  buildah push --quiet --digestfile "$work/digest" "$image:$tag" "oci:$work/layout"\n}\n\nbuild\ndigest=$(cat "$work/digest")\nif [ -n "$check" ]; then\n  build\n  again=$(cat "$work/digest")\n  [ "$digest" = "$again" ] || fail "two builds of $revision differ: $digest and $again"\n  printf \'Two builds of %s are equal\\n\' "$revision"\nfi\nprintf \'%s:%s %s\\n\' "$image" "$tag" "$digest"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'pipefail',
    title: 'Pipes that fail',
    summary: 'a failure on the left of a pipe stops the build',
    as: 'part',
    group: 'shell',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it above steps with pipes, such as a download into `tar`: a shell asks only the last program of a pipe whether it failed. Debian, Ubuntu and Fedora have `bash`, Alpine has `ash`.',
      not: 'Not on bases without that shell, and not with `dash`, which is `/bin/sh` on Debian. Not in images of the OCI format: buildah and podman drop SHELL there unless they build with `--format docker`.',
      costs:
        'It costs that a program which stops reading early, such as `head`, makes the step fail. CMD in shell form is started by it too, until another SHELL.',
    },
    parameters: [
      { name: 'shell', ask: 'shell', is: 'path', default: '/bin/bash', proposals: ['/bin/bash', '/bin/ash'] },
    ],
    files: [{ path: '', text: 'SHELL ["«shell»", "-o", "pipefail", "-c"]' }],
    allows: {},
  },
  {
    id: 'build-to-push',
    title: 'Build, inspect, scan, tag, push',
    summary: 'what is scanned is what is pushed, as version and commit; a version that exists is refused',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it where a person or a runner without Docker publishes releases: buildah, skopeo and trivy, no daemon, no rights of root. The layout that was scanned is pushed byte by byte, so both tags have the digest that is printed.',
      not: 'Not as the only guard: between the question and the push somebody else can push. Make release tags immutable in the registry too. Not where HEALTHCHECK is needed: the OCI format leaves it out.',
      costs:
        'It costs a copy of the image on the disk, and a scan that can fail tomorrow for a release that passed today: run it again every week.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/release-image.sh',
        text: '#!/usr/bin/env bash\n# build -> inspect -> scan -> tag -> push\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: release-image.sh [--first] VERSION [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: .), inspects and scans the image, and pushes\nit as IMAGE:VERSION and IMAGE:COMMIT. Stops if one of the tags exists.\n\n  VERSION  such as 1.4.0 or 1.4.0-rc.1\n  --first  the repository does not exist in the registry yet\n\nEnvironment:\n  IMAGE    default «image»\n  SOURCE   address of the sources, for the label; default: the remote origin\n\nLog in before: skopeo login REGISTRY\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\nfirst=\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  --first)\n    first=yes\n    shift\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\nversion=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\n[[ $version =~ ^[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.-]+)?$ ]] || fail "not a version such as 1.4.0: \'$version\'"\n[ -d "$folder" ] || fail "no such folder: $folder"\nfor tool in buildah skopeo trivy git; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\ncd "$folder"\n[ -z "$(git status --porcelain)" ] || fail "commit first: the tag of the commit would say something else"\nrevision=$(git rev-parse HEAD)\ncommit=${revision:0:12}\nsource=${SOURCE:-$(git remote get-url origin 2>/dev/null || true)}\n# An address may hold a token.\nsource=$(printf \'%s\' "$source" | sed -E \'s#^(https?://)[^/@]*@#\\1#\')\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\n# Only "there is none" means that a tag is free. No answer and no access do not.\nis_free() {\n  if skopeo inspect --raw "docker://$image:$1" >/dev/null 2>"$work/answer"; then\n    return 1\n  fi\n  [ -z "$first" ] || return 0\n  grep -qiE \'manifest unknown|name unknown|not found\' "$work/answer" ||\n    fail "cannot ask for $image:$1 (a new repository needs --first): $(tail -n 1 "$work/answer")"\n}\nis_free "$version" || fail "$image:$version exists; a release is never replaced"\nis_free "$commit" || fail "$image:$commit exists: give that image the version instead:\n  skopeo copy --all --preserve-digests docker://$image:$commit docker://$image:$version"\n\necho "1. Build"\nbuildah build --pull \\\n  --build-arg "SOURCE=$source" \\\n  --build-arg "VERSION=$version" \\\n  --build-arg "REVISION=$revision" \\\n  --build-arg "CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\\n  --tag "$image:$commit" .\n\necho "2. Inspect"\nuser=$(buildah inspect --type image --format \'{{.OCIv1.Config.User}}\' "$image:$commit")\nstart=$(buildah inspect --type image \\\n  --format \'{{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}\' "$image:$commit")\nlabel=$(buildah inspect --type image \\\n  --format \'{{index .OCIv1.Config.Labels "org.opencontainers.image.revision"}}\' "$image:$commit")\nprintf \'user %s, starts %s, revision %s\\n\' "${user:-none}" "$start" "${label:-none}"\ncase "${user%%:*}" in\n  \'\' | 0 | root) fail "the image runs as root" ;;\n  *) ;;\nesac\n[ "$start" != \'[] []\' ] || fail "the image starts nothing"\n[ "$label" = "$revision" ] || printf \'Warning: no label says the revision\\n\' >&2\n\necho "3. Scan"\nlayout=$work/layout\nbuildah push --quiet "$image:$commit" "oci:$layout:$commit"\ntrivy image --input "$layout" --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed ||\n  fail "the scan found something that can be fixed; nothing was pushed"\n\necho "4. Tag and push"\nfor tag in "$commit" "$version"; do\n  skopeo copy --quiet --preserve-digests "oci:$layout:$commit" "docker://$image:$tag"\ndone\ndigest=$(skopeo inspect --no-tags --format \'{{.Digest}}\' "docker://$image:$version")\nprintf \'%s:%s\\n%s:%s\\n%s@%s\\n\' "$image" "$version" "$image" "$commit" "$image" "$digest"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'three-image-diet',
    title: 'Three image diet',
    summary: 'one Go program as a naive, a distroless and a scratch image, with a table that compares them',
    as: 'files',
    group: 'shell',
    suits: ['go', '!go.cgo'],
    rank: 40,
    advice: {
      take: 'Take it to see with your own program what several stages and a small base change: size, files, user, shell, findings of a scanner.',
      not: 'Not as a way to ship: the naive image runs as root with a compiler in it, and scratch has the program and nothing else: no certificates, no time zones, no user database and no `/tmp`. Ship the distroless one, or scratch-go with what it copies.',
      costs:
        'It costs the disk of the largest. The findings that vanish belonged to packages that the program never used: less to attack, not a better program.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        table: {
          tag: 'golang:«»-trixie',
          ever: ['1.27', '1.26', '1.25', '1.24'],
          date: '2026-08-21',
          moves: true,
        },
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'diet/Dockerfile.naive',
        text: '# syntax=docker/dockerfile:1\n\n# For comparison only: everything in one stage, as root.\n# drydock global ignore=final-stage-sdk-image,copy-source-before-dependencies,copy-everything  this is the point\n# drydock global ignore=go-build-reproducible  this is the point\nFROM golang:«go»-trixie\nWORKDIR /work\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /usr/local/bin/«app» «package»\nENTRYPOINT ["«app»"]\n',
      },
      {
        path: 'diet/Dockerfile.distroless',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n',
      },
      {
        path: 'diet/Dockerfile.scratch',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\n# The program and nothing else, to see what it misses: without certificates every HTTPS call fails. They come with\n# COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n# drydock global ignore=scratch-without-ca-certificates  this is the point\nFROM scratch\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n',
      },
      {
        path: 'scripts/image-diet.sh',
        text: '#!/usr/bin/env bash\n# Builds one program as several images and compares them in a table.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: image-diet.sh [DOCKERFILE...]\n\nBuilds each Dockerfile (default: diet/Dockerfile.naive, .distroless and .scratch) with\nthis folder as context and prints a table in Markdown. With trivy on the machine, also\nthe findings that are HIGH or CRITICAL.\n\nEnvironment:\n  ENGINE  docker or buildah; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\n[ "$#" -gt 0 ] || set -- diet/Dockerfile.naive diet/Dockerfile.distroless diet/Dockerfile.scratch\nfor dockerfile in "$@"; do\n  [ -f "$dockerfile" ] || fail "no such file: $dockerfile"\ndone\ncommand -v jq >/dev/null || fail "jq is not installed"\nengine=${ENGINE:-}\nfor one in docker buildah; do\n  if [ -z "$engine" ] && command -v "$one" >/dev/null; then engine=$one; fi\ndone\n[ -n "$engine" ] || fail "docker or buildah is needed"\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\nmegabytes() {\n  awk -v bytes="$1" \'BEGIN { printf "%.1f MB", bytes / 1048576 }\'\n}\n\nprintf \'| image | unpacked | to pull | files | user | shell | findings |\\n|---|---|---|---|---|---|---|\\n\'\nfor dockerfile in "$@"; do\n  name=${dockerfile##*/}\n  name=${name#Dockerfile.}\n  name=$(printf \'%s\' "$name" | tr \'[:upper:]\' \'[:lower:]\')\n  image=localhost/diet:$name\n  saved=$work/$name.tar\n  case "$engine" in\n    docker)\n      docker build --quiet --file "$dockerfile" --tag "$image" . >/dev/null\n      docker save --output "$saved" "$image"\n      ;;\n    buildah)\n      buildah build --quiet --layers --file "$dockerfile" --tag "$image" . >/dev/null\n      buildah push --quiet "$image" "docker-archive:$saved"\n      ;;\n    *) fail "ENGINE must be docker or buildah, not $engine" ;;\n  esac\n\n  rm -rf "$work/image"\n  mkdir "$work/image"\n  tar -xf "$saved" -C "$work/image"\n  unpacked=0\n  packed=0\n  : >"$work/list"\n  while IFS= read -r layer; do\n    gzip -dcf <"$work/image/$layer" >"$work/layer.tar"\n    unpacked=$((unpacked + $(wc -c <"$work/layer.tar")))\n    packed=$((packed + $(gzip -c <"$work/layer.tar" | wc -c)))\n    tar -tf "$work/layer.tar" >>"$work/list"\n  done < <(jq -r \'.[0].Layers[]\' "$work/image/manifest.json")\n  config=$work/image/$(jq -r \'.[0].Config\' "$work/image/manifest.json")\n  user=$(jq -r \'.config.User // ""\' "$config")\n  shell=no\n  if grep -qE \'^(\\./)?((usr/)?bin/(sh|bash|dash|ash)|busybox/sh)$\' "$work/list"; then shell=yes; fi\n  findings=\'-\'\n  if command -v trivy >/dev/null; then\n    findings=$(trivy image --quiet --scanners vuln --severity HIGH,CRITICAL --format json --input "$saved" |\n      jq \'[.Results[]? | .Vulnerabilities[]?] | length\')\n  fi\n  unpacked=$(megabytes "$unpacked")\n  packed=$(megabytes "$packed")\n  files=$(grep -vc \'/$\' "$work/list" || true)\n  printf \'| %s | %s | %s | %s | %s | %s | %s |\\n\' \\\n    "$name" "$unpacked" "$packed" "$files" "${user:-root}" "$shell" "$findings"\ndone\n',
      },
    ],
    allows: {
      'oci-labels-missing': 'for a comparison on one machine, nobody pulls them',
      'language-cache-mount': 'the naive image is what people write first',
      'user-missing': 'the naive image is what people write first',
    },
  },
  {
    id: 'size-audit',
    title: 'Size of an image, without a shell',
    summary: 'layers, folders, largest files and what is overwritten or deleted, from outside the image',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it to see what an image spends its bytes on. It reads the saved image on the host, so distroless and scratch are no obstacle, and it counts what a later layer hides: a deleted file still travels.',
      not: 'Not as a gate in CI: workflow-size-budget compares with a baseline. For looking around by hand, `dive` shows the same in a terminal.',
      costs: 'It costs a copy of the image in a temporary folder, and `jq` and GNU tar on the machine.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/size-audit.sh',
        text: '#!/usr/bin/env bash\n# Says what an image spends its bytes on. Works on images without a shell, as nothing is started in them.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: size-audit.sh IMAGE [LINES]\n\n  IMAGE  an image of docker, podman or buildah on this machine, or the path of a file\n         that docker save wrote\n  LINES  how many lines each list has; default 15\n\nEnvironment:\n  ENGINE  docker, podman or buildah; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\nimage=$1\nlines=${2:-15}\n[[ $lines =~ ^[1-9][0-9]*$ ]] || fail "not a number of lines: \'$lines\'"\ncommand -v jq >/dev/null || fail "jq is not installed"\ntar=tar\nif command -v gtar >/dev/null; then tar=gtar; fi\n"$tar" --version | grep -q GNU || fail "GNU tar is needed"\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\nif [ -f "$image" ]; then\n  saved=$image\nelse\n  saved=$work/saved.tar\n  engine=${ENGINE:-}\n  for one in docker podman buildah; do\n    if [ -z "$engine" ] && command -v "$one" >/dev/null; then engine=$one; fi\n  done\n  case "$engine" in\n    docker) docker save --output "$saved" "$image" ;;\n    podman) podman save --quiet --format docker-archive --output "$saved" "$image" ;;\n    buildah) buildah push --quiet "$image" "docker-archive:$saved" ;;\n    *) fail "docker, podman or buildah is needed" ;;\n  esac\nfi\nmkdir "$work/image"\n"$tar" -xf "$saved" -C "$work/image" || fail "$saved is no tar file"\n[ -f "$work/image/manifest.json" ] || fail "$saved was not written by docker save"\nconfig=$work/image/$(jq -r \'.[0].Config\' "$work/image/manifest.json")\n\n# Each layer as: number, size, name of a file. An engine may have compressed them.\n: >"$work/files"\n: >"$work/layers"\ncount=0\npacked=0\nwhile IFS= read -r layer; do\n  count=$((count + 1))\n  gzip -dcf <"$work/image/$layer" >"$work/layer.tar"\n  size=$(wc -c <"$work/layer.tar")\n  packed=$((packed + $(gzip -c <"$work/layer.tar" | wc -c)))\n  printf \'%d\\t%d\\n\' "$count" "$size" >>"$work/layers"\n  "$tar" -tvf "$work/layer.tar" | awk -v layer="$count" \'\n    {\n      size = $3\n      $1 = $2 = $3 = $4 = $5 = ""\n      sub(/^ +/, "")\n      sub(/ (->|link to) .*/, "")\n      sub(/^\\.\\//, "")\n      if ($0 !~ /\\/$/) print layer "\\t" size "\\t/" $0\n    }\' >>"$work/files"\ndone < <(jq -r \'.[0].Layers[]\' "$work/image/manifest.json")\n\nhuman=\'\n  function human(bytes) {\n    if (bytes >= 1048576) return sprintf("%.1f MB", bytes / 1048576)\n    if (bytes >= 1024) return sprintf("%.1f kB", bytes / 1024)\n    return bytes " B"\n  }\'\n\nprintf \'Image: %s\\n\' "$image"\njq -r \'(.config.User // "" | if . == "" then "root" else . end) as $user\n  | "User: \\($user), platform: \\(.os)/\\(.architecture)"\' "$config"\nawk -v packed="$packed" "$human"\'\n  { all += $2 }\n  END { print human(all) " unpacked, about " human(packed) " to pull" }\' "$work/layers"\n\nprintf \'\\nLayers\\n\'\njq -r \'.history // [] | map(select(.empty_layer != true)) | .[].created_by // ""\' "$config" |\n  awk -F \'\\t\' "$human"\'\n    NR == FNR { size[$1] = $2; layers = NR; next }\n    { step[FNR] = substr($0, 1, 90) }\n    END { for (i = 1; i <= layers; i++) printf "%12s  %2d  %s\\n", human(size[i]), i, step[i] }\' "$work/layers" -\n\nprintf \'\\nFolders\\n\'\nawk -F \'\\t\' \'\n  {\n    n = split($3, part, "/")\n    folder = n > 3 ? "/" part[2] "/" part[3] : n > 2 ? "/" part[2] : "/"\n    all[folder] += $2\n  }\n  END { for (folder in all) print all[folder] "\\t" folder }\' "$work/files" |\n  sort -rn | awk -F \'\\t\' -v lines="$lines" "$human"\'NR <= lines { printf "%12s  %s\\n", human($1), $2 }\'\n\nprintf \'\\nFiles\\n\'\nsort -t "$(printf \'\\t\')" -k2,2rn "$work/files" |\n  awk -F \'\\t\' -v lines="$lines" "$human"\'NR <= lines { printf "%12s  %2d  %s\\n", human($2), $1, $3 }\'\n\nprintf \'\\nHidden by a later layer, but still pulled\\n\'\nawk -F \'\\t\' \'\n  function hide(path, layer) {\n    if (path in size) print size[path] "\\t" layer "\\t" path\n    delete size[path]\n  }\n  {\n    name = $3\n    sub(/.*\\//, "", name)\n    folder = substr($3, 1, length($3) - length(name))\n    if (name == ".wh..wh..opq") {\n      for (path in size) if (index(path, folder) == 1 && at[path] < $1) hide(path, $1)\n    } else if (name ~ /^\\.wh\\./) {\n      gone = folder substr(name, 5)\n      hide(gone, $1)\n      for (path in size) if (index(path, gone "/") == 1) hide(path, $1)\n    } else {\n      hide($3, $1)\n      size[$3] = $2\n      at[$3] = $1\n    }\n  }\' "$work/files" | sort -rn |\n  awk -F \'\\t\' -v lines="$lines" "$human"\'\n    NR <= lines { printf "%12s  %2d  %s\\n", human($1), $2, $3 }\n    { all += $1 }\n    END { print (NR ? human(all) " in " NR " files" : "nothing") }\'\n',
      },
    ],
    allows: {},
  },
  {
    id: 'compare-bases',
    title: 'Sizes of bases compared',
    summary:
      'what each of some images weighs, runs as and when it was made, asked from the registry, nothing pulled',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 51,
    advice: {
      take: 'Take it before a base is chosen: it asks the registry for the size, the age, the user and the processors of each, so that numbers stand beside the names.',
      not: 'Not as a measure of security: a small image can be old. What a base brings in findings, compare-vulnerabilities says.',
      costs:
        'It costs skopeo and jq on the machine, and three questions to the registry for each image, which Docker Hub counts.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/compare-bases.sh',
        text: '#!/usr/bin/env bash\n# Says what images weigh and what they are, without pulling them.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: compare-bases.sh IMAGE...\n\nAsks the registries of the images, such as debian:13-slim or gcr.io/distroless/cc-debian13.\nThe size is that of the compressed layers, which is what a pull fetches.\n\nEnvironment:\n  ARCH  such as arm64; default: amd64\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  \'\')\n    usage >&2\n    exit 2\n    ;;\n  *) ;;\nesac\nfor tool in skopeo jq; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\narch=${ARCH:-amd64}\n\nprintf \'%8s  %-10s  %-12s  %s\\n\' MB made user image\nstatus=0\nfor image in "$@"; do\n  if ! manifest=$(skopeo inspect --raw "docker://$image"); then\n    status=1\n    continue\n  fi\n  name=$image\n  if [ "$(jq -r \'has("manifests")\' <<<"$manifest")" = true ]; then\n    # Entries without a platform are attestations.\n    digest=$(jq -r --arg arch "$arch" \'\n      [.manifests[] | select(.platform.os == "linux" and .platform.architecture == $arch)][0].digest // ""\n    \' <<<"$manifest")\n    if [ -z "$digest" ]; then\n      printf \'%8s  %-10s  %-12s  %s\\n\' - - - "$image has nothing for $arch"\n      status=1\n      continue\n    fi\n    # A name with a digest may have no tag beside it here.\n    name=${image%%@*}\n    case "${name##*/}" in\n      *:*) name=${name%:*} ;;\n      *) ;;\n    esac\n    name=$name@$digest\n    manifest=$(skopeo inspect --raw "docker://$name")\n  fi\n  config=$(skopeo inspect --config "docker://$name")\n  printf \'%8s  %-10s  %-12s  %s\\n\' \\\n    "$(jq \'[.layers[].size] | add // 0 | . / 100000 | round / 10\' <<<"$manifest")" \\\n    "$(jq -r \'.created // "-" | .[:10]\' <<<"$config")" \\\n    "$(jq -r \'.config.User // "" | if . == "" then "root" else . end\' <<<"$config")" \\\n    "$image"\ndone\nexit "$status"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'compare-vulnerabilities',
    title: 'Findings of two images compared',
    summary: 'what a new base or version brings, loses and keeps, by severity, with one database',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 60,
    advice: {
      take: 'Take it before a base or a version changes: both images are scanned with the same database, and the answer is what is new and what is gone. New findings end it with status 1.',
      not: 'Not as a measure of security. Fewer packages are fewer findings, not fewer mistakes in the program; a scanner also knows nothing of what it cannot recognise, such as a binary without module data.',
      costs: 'It costs a download of the database, and of both images where they are not on the machine.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/compare-vulnerabilities.sh',
        text: '#!/usr/bin/env bash\n# Says which findings a new image has that the old one had not, and which are gone.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: compare-vulnerabilities.sh OLD NEW\n\nScans two images with trivy, such as python:3.13-slim-trixie and python:3.14-slim-trixie.\nEnds with 0 if NEW has no finding that OLD has not, with 1 if it has, with 2 if it\ncould not compare.\n\nEnvironment:\n  PLATFORM  such as linux/arm64; default: that of this machine\n  FIXABLE   yes leaves out what nobody has fixed yet\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 2\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -ne 2 ] || [ -z "$1" ] || [ -z "$2" ]; then\n  usage >&2\n  exit 2\nfi\nfor tool in trivy jq; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\noptions=(--quiet --format json --scanners vuln --skip-db-update)\nif [ -n "${PLATFORM:-}" ]; then options+=(--platform "$PLATFORM"); fi\nif [ "${FIXABLE:-}" = yes ]; then options+=(--ignore-unfixed); fi\n\n# Once, before both: a database that is renewed in between would count as a difference.\ntrivy image --download-db-only || fail "the database cannot be had"\n\nscan() {\n  trivy image "${options[@]}" --output "$work/$1.json" "$2" || fail "cannot scan $2"\n  # One finding is one weakness in one package, whichever file it was seen in.\n  jq -r \'.Results[]? | .Vulnerabilities[]? | "\\(.VulnerabilityID) \\(.PkgName) \\(.Severity)"\' "$work/$1.json" |\n    sort -u >"$work/$1"\n}\nscan old "$1"\nscan new "$2"\n\nprintf \'%-10s %6s %6s\\n\' severity old new\nfor severity in CRITICAL HIGH MEDIUM LOW UNKNOWN; do\n  printf \'%-10s %6d %6d\\n\' "$severity" \\\n    "$(awk -v s="$severity" \'$3 == s\' "$work/old" | wc -l)" \\\n    "$(awk -v s="$severity" \'$3 == s\' "$work/new" | wc -l)"\ndone\n\ncomm -23 "$work/old" "$work/new" >"$work/gone"\ncomm -13 "$work/old" "$work/new" >"$work/added"\nprintf \'\\nGone with %s: %d\\n\' "$2" "$(wc -l <"$work/gone")"\nsed \'s/^/  - /\' "$work/gone"\nprintf \'\\nNew with %s: %d\\n\' "$2" "$(wc -l <"$work/added")"\nsed \'s/^/  + /\' "$work/added"\n[ ! -s "$work/added" ]\n',
      },
    ],
    allows: {},
  },
  {
    id: 'sbom-scan',
    title: 'SBOM, and its findings',
    summary:
      'a list of what is in an image by syft, scanned by grype, with the critical findings on one line each',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 61,
    advice: {
      take: 'Take it to keep the list of what is in a release beside it: years later, one file says whether a new finding concerns it, without the image.',
      not: 'Not in place of an SBOM from the build: that one also knows what was only compiled in. Not as an attestation, which workflow-build-sign makes: a file alone can be exchanged.',
      costs: 'It costs syft, grype and jq on the machine, and a database of findings that grype renews.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/sbom-scan.sh',
        text: '#!/usr/bin/env bash\n# Writes the SBOM of an image in two formats, and tells the findings in it.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: sbom-scan.sh IMAGE [FOLDER]\n       sbom-scan.sh --from SBOM\n\n  IMAGE   such as ghcr.io/acme/shop:1.4.0, or a file that docker save wrote\n  FOLDER  where the SBOMs go; default: sbom\n  SBOM    one from before, to look for findings that are new since\n\nEnds with 0 without critical findings, with 1 with some, with 2 if it could not look.\n\nEnvironment:\n  SEVERITY  what ends it with 1, as grype says it: Critical (default) or High\n  FIXABLE   yes leaves out what nobody has fixed yet\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 2\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ] || [ -z "$1" ]; then\n  usage >&2\n  exit 2\nfi\ncase "${SEVERITY:=Critical}" in\n  Critical) severities=\'["Critical"]\' ;;\n  High) severities=\'["Critical", "High"]\' ;;\n  *) fail "SEVERITY must be Critical or High, not $SEVERITY" ;;\nesac\nfor tool in grype jq; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\n\nif [ "$1" = --from ]; then\n  sbom=${2:-}\n  [ -f "$sbom" ] || fail "there is no file \'$sbom\'"\nelse\n  command -v syft >/dev/null || fail "syft is not installed"\n  folder=${2:-sbom}\n  mkdir -p "$folder"\n  sbom=$folder/sbom.cdx.json\n  # One look at the image, two formats: CycloneDX for scanners, SPDX for those who ask for it.\n  syft scan --quiet "$1" --output "cyclonedx-json=$sbom" --output "spdx-json=$folder/sbom.spdx.json" ||\n    fail "syft cannot read $1"\n  printf \'Wrote %s and %s\\n\' "$sbom" "$folder/sbom.spdx.json"\nfi\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\noptions=(--quiet --output json)\nif [ "${FIXABLE:-}" = yes ]; then options+=(--only-fixed); fi\ngrype "sbom:$sbom" "${options[@]}" >"$work/findings.json" || fail "grype cannot scan $sbom"\n\njq -r \'[.matches[].vulnerability.severity] | group_by(.)[] | "\\(.[0]): \\(length)"\' "$work/findings.json"\njq -r --argjson severities "$severities" \'\n  .matches[]\n  | select(.vulnerability.severity as $one | $severities | index($one))\n  | "\\(.vulnerability.id)  \\(.artifact.name) \\(.artifact.version)  fixed in: \\(.vulnerability.fix.versions // [] | join(", "))"\n\' "$work/findings.json" | sort -u >"$work/worst"\ncat "$work/worst"\n[ ! -s "$work/worst" ]\n',
      },
    ],
    allows: {},
  },
  {
    id: 'debug-container',
    title: 'Look into a container without a shell',
    summary:
      'ephemeral containers, files, ports, namespaces, system calls and profiles, for cluster and host',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 70,
    advice: {
      take: 'Take it when something runs wrong in an image without a shell: the tools come from an image or the host, and the image itself stays as it is.',
      not: 'Not as a way to repair: what is changed in a running container is gone at the next start. Build again and deploy.',
      costs:
        'It costs rights: `kubectl debug` needs those for ephemeral containers, the commands for the host need root there. An ephemeral container stays in the pod until the pod ends.',
    },
    parameters: [
      {
        name: 'tools',
        ask: 'image with the tools',
        is: 'image',
        default: 'nicolaka/netshoot:v0.16',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'scripts/debug-container.sh',
        text: '#!/usr/bin/env bash\n# Looks into containers that have no shell.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: debug-container.sh COMMAND …\n\nIn a cluster (kubectl, its current context and namespace):\n  pod POD CONTAINER            a shell beside the container: its processes and its network\n  copy POD CONTAINER PATH TO   copies a file out, also without tar in the image\n  forward POD LOCAL REMOTE     makes the port REMOTE answer at 127.0.0.1:LOCAL\n\nWith docker or podman on this machine:\n  shell NAME                   a shell beside the container\n  files NAME PATH TO           copies a file or folder out\n\nAs root on the host of the container (docker or podman):\n  enter NAME [PROGRAM…]        the tools of the host in the network and processes of the container\n  trace NAME                   its system calls (strace)\n  profile NAME                 where its time goes (perf)\n\nEnvironment:\n  TOOLS   image with the tools; default «tools»\n  ENGINE  docker or podman; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\nneed() {\n  command -v "$1" >/dev/null || fail "$1 is not installed"\n}\n\nengine() {\n  local one\n  for one in ${ENGINE:-docker podman}; do\n    if command -v "$one" >/dev/null; then\n      printf \'%s\' "$one"\n      return\n    fi\n  done\n  fail "docker or podman is needed"\n}\n\n# The number that the host gives to the first process of a container.\npid_of() {\n  local pid\n  pid=$("$(engine)" inspect --format \'{{.State.Pid}}\' "$1") || fail "no container $1"\n  [[ $pid =~ ^[1-9][0-9]*$ ]] || fail "$1 does not run"\n  printf \'%s\' "$pid"\n}\n\ntools=${TOOLS:-«tools»}\ncommand=${1:-}\n[ "$#" -eq 0 ] || shift\ncount=$#\nexpect() {\n  if [ "$count" -lt "$1" ] || [ "$count" -gt "$2" ]; then\n    usage >&2\n    exit 2\n  fi\n}\n\ncase "$command" in\n  -h | --help)\n    usage\n    ;;\n  pod)\n    expect 2 2\n    need kubectl\n    # --target shares the processes; the profile lets tools such as strace attach.\n    kubectl debug --stdin --tty "pod/$1" --image "$tools" --target "$2" --profile general -- sh\n    ;;\n  copy)\n    expect 4 4\n    need kubectl\n    if kubectl exec "$1" --container "$2" -- tar --version >/dev/null 2>&1; then\n      kubectl cp --container "$2" "$1:$3" "$4"\n    else\n      # Without tar, kubectl cp cannot work. A container beside it sees the files below /proc/1/root.\n      helper=copy-$(date +%s)\n      kubectl debug "pod/$1" --image "$tools" --target "$2" --profile general --container "$helper" -- sleep 600\n      for _ in $(seq 60); do\n        if kubectl exec "$1" --container "$helper" -- true 2>/dev/null; then break; fi\n        sleep 1\n      done\n      kubectl exec "$1" --container "$helper" -- cat "/proc/1/root$3" >"$4.part" ||\n        fail "cannot read $3 (a folder, or another path?)"\n      mv "$4.part" "$4"\n    fi\n    ;;\n  forward)\n    expect 3 3\n    need kubectl\n    kubectl port-forward "pod/$1" "$2:$3"\n    ;;\n  shell)\n    expect 1 1\n    "$(engine)" run --rm --interactive --tty --pid "container:$1" --network "container:$1" \\\n      --cap-add SYS_PTRACE "$tools" sh\n    ;;\n  files)\n    expect 3 3\n    "$(engine)" cp "$1:$2" "$3"\n    ;;\n  enter)\n    [ "$count" -ge 1 ] || expect 1 1\n    need nsenter\n    pid=$(pid_of "$1")\n    shift\n    [ "$#" -gt 0 ] || set -- sh\n    # Not the files of the container (--all): there is no shell in them to start.\n    nsenter --target "$pid" --net --ipc --uts --pid -- "$@"\n    ;;\n  trace)\n    expect 1 1\n    need strace\n    pid=$(pid_of "$1")\n    strace -f -p "$pid"\n    ;;\n  profile)\n    expect 1 1\n    need perf\n    pid=$(pid_of "$1")\n    perf top -p "$pid"\n    ;;\n  *)\n    usage >&2\n    exit 2\n    ;;\nesac\n',
      },
    ],
    allows: {},
  },
  {
    id: 'buildx-cache',
    title: 'Cache of buildx',
    summary: 'build with a cache in the registry, see what the cache holds, clean it by age and size',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 80,
    advice: {
      take: 'Take it where several machines or fresh runners build the same image: layers come from the registry, also those of stages that the image itself does not hold.',
      not: 'Not for cache mounts (`RUN --mount=type=cache`): no cache of layers carries them to another machine. There, a layer of its own for downloads helps.',
      costs:
        'It costs space and a push at every build, as `mode=max` keeps all stages. Who may write the cache can put something into your images: give pull requests only the right to read.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/buildx-cache.sh',
        text: '#!/usr/bin/env bash\n# Builds with a cache in the registry, and shows and cleans the cache of the builder.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: buildx-cache.sh COMMAND …\n\n  build TAG [FOLDER]    builds and pushes IMAGE:TAG; layers come from and go to IMAGE:buildcache\n  usage                 what the cache of the builder holds\n  prune [AGE] [SPACE]   removes what was not used for AGE (default 48h), keeps at most SPACE (20gb)\n\nEnvironment:\n  IMAGE     default «image»\n  PLATFORM  separated by commas; default: that of the builder\n  BUILDER   name of the builder; default image-cache, which is made if it is not there\n  READONLY  yes takes layers from the cache but writes none, for pull requests\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncommand=${1:-}\n[ "$#" -eq 0 ] || shift\nimage=${IMAGE:-«image»}\nbuilder=${BUILDER:-image-cache}\n\nneed_builder() {\n  docker buildx version >/dev/null 2>&1 || fail "docker buildx is not installed"\n  # The builder of the engine itself cannot write a cache of all stages: this one can.\n  docker buildx inspect "$builder" >/dev/null 2>&1 ||\n    docker buildx create --name "$builder" --driver docker-container >/dev/null\n}\n\ncase "$command" in\n  -h | --help)\n    usage\n    ;;\n  build)\n    if [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n      usage >&2\n      exit 2\n    fi\n    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$1\'"\n    [ -d "${2:-.}" ] || fail "no such folder: $2"\n    need_builder\n    options=(--cache-from "type=registry,ref=$image:buildcache")\n    if [ "${READONLY:-}" != yes ]; then\n      # A cache that cannot be written is no reason for a failed build.\n      options+=(--cache-to "type=registry,ref=$image:buildcache,mode=max,ignore-error=true")\n    fi\n    if [ -n "${PLATFORM:-}" ]; then options+=(--platform "$PLATFORM"); fi\n    docker buildx build --builder "$builder" "${options[@]}" --tag "$image:$1" --push "${2:-.}"\n    ;;\n  usage)\n    need_builder\n    docker buildx du --builder "$builder"\n    ;;\n  prune)\n    [ "$#" -le 2 ] || fail "too many words (--help says more)"\n    age=${1:-48h}\n    space=${2:-20gb}\n    [[ $age =~ ^[0-9]+[smh]$ ]] || fail "not an age such as 48h: \'$age\'"\n    [[ $space =~ ^[0-9]+(kb|mb|gb)$ ]] || fail "not a size such as 20gb: \'$space\'"\n    need_builder\n    docker buildx prune --builder "$builder" --force --filter "until=$age"\n    docker buildx prune --builder "$builder" --force --max-used-space "$space"\n    ;;\n  *)\n    usage >&2\n    exit 2\n    ;;\nesac\n',
      },
    ],
    allows: {},
  },
  {
    id: 'just',
    title: 'just build, scan, push',
    summary: 'the commands for an image under short names, each step stops at the first mistake',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 90,
    advice: {
      take: 'Take it so that people and CI call the same commands: `just build`, `just scan`, `just push 1.4.0`.',
      not: 'Not to hide long scripts: what has loops and questions belongs into a script with tests.',
      costs: 'It costs one more program to install.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'justfile',
        text: 'set shell := ["bash", "-euo", "pipefail", "-c"]\n\nimage := env("IMAGE", "«image»")\ncommit := `git rev-parse --short=12 HEAD`\n\n# Lists the commands\ndefault:\n    @just --list --unsorted\n\n# Builds the image of the commit\nbuild:\n    buildah build --pull --build-arg "REVISION=$(git rev-parse HEAD)" --tag "{{ image }}:{{ commit }}" .\n\n# Looks for findings that can be fixed\nscan: build\n    #!/usr/bin/env bash\n    # A line of its own would be a shell of its own: this is one script.\n    set -euo pipefail\n    layout=$(mktemp -d)\n    trap \'rm -rf "$layout"\' EXIT\n    buildah push --quiet "{{ image }}:{{ commit }}" "oci:$layout:{{ commit }}"\n    trivy image --input "$layout" --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed\n\n# Pushes as version and as commit, after a scan; a version that exists is refused\n[positional-arguments]\npush version: scan\n    #!/usr/bin/env bash\n    set -euo pipefail\n    version=$1\n    [[ $version =~ ^[0-9]+\\.[0-9]+\\.[0-9]+$ ]] || { echo "not a version such as 1.4.0: $version" >&2; exit 2; }\n    [ -z "$(git status --porcelain)" ] || { echo "commit first" >&2; exit 1; }\n    if tags=$(skopeo list-tags "docker://{{ image }}"); then\n      if grep -qF "\\"$version\\"" <<<"$tags"; then\n        echo "{{ image }}:$version exists" >&2\n        exit 1\n      fi\n    else\n      echo "cannot ask for the tags; push the first one by hand: buildah push {{ image }}:{{ commit }}" >&2\n      exit 1\n    fi\n    buildah push "{{ image }}:{{ commit }}"\n    skopeo copy --preserve-digests "docker://{{ image }}:{{ commit }}" "docker://{{ image }}:$version"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-build-sign',
    title: 'Workflow: build, scan, sign',
    summary:
      'two platforms on native runners, SBOM and provenance, a scan as gate, keyless signature, verified',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for a project on GitHub whose images others run: every push to the main branch and every tag `v1.2.3` becomes an image in `ghcr.io` that people can verify. The version is set last, on a digest that is scanned, signed and verified.',
      not: 'Not in a private repository without GitHub Enterprise Cloud: `actions/attest` needs it; take out its steps and `gh attestation verify`. The Dockerfile has to accept `VERSION`, `REVISION`, `CREATED` and `SOURCE` as ARG, or the labels stay empty.',
      costs:
        'It costs public facts: names and digests stand in the transparency log for ever, and provenance shows the build arguments. Cache mounts start empty on hosted runners; only layers are kept, and none at all is taken for a release.',
    },
    parameters: [
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: '.github/workflows/image.yml',
        text: 'name: image\non:\n  push:\n    branches: [«branch»]\n    tags: [\'v*.*.*\']\n\npermissions: {}\n\nconcurrency:\n  group: image-${{ github.ref }}\n\njobs:\n  build:\n    strategy:\n      matrix:\n        include:\n          - { arch: amd64, runner: ubuntu-24.04 }\n          - { arch: arm64, runner: ubuntu-24.04-arm }\n    runs-on: ${{ matrix.runner }}\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write # pushes layers\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Names and labels\n        id: names\n        run: |\n          # A repository may be written with capitals, an image may not.\n          {\n            echo "image=ghcr.io/${GITHUB_REPOSITORY,,}"\n            echo "version=${GITHUB_REF_NAME#v}"\n            echo "created=$(git log -1 --format=%cI)"\n          } >>"$GITHUB_OUTPUT"\n      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Build and push, without a tag\n        id: build\n        uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0\n        with:\n          context: .\n          pull: true\n          platforms: linux/${{ matrix.arch }}\n          outputs: >-\n            type=image,name=${{ steps.names.outputs.image }},push-by-digest=true,name-canonical=true,push=true\n          provenance: mode=max\n          sbom: true\n          build-args: |\n            SOURCE=${{ github.server_url }}/${{ github.repository }}\n            VERSION=${{ steps.names.outputs.version }}\n            REVISION=${{ github.sha }}\n            CREATED=${{ steps.names.outputs.created }}\n          # Whoever can write the cache could put a layer into a release: releases are built without.\n          cache-from: ${{ github.ref_type == \'branch\' && format(\'type=gha,scope=image-{0}\', matrix.arch) || \'\' }}\n          cache-to: >-\n            ${{ github.ref_type == \'branch\' && format(\'type=gha,mode=max,scope=image-{0}\', matrix.arch) || \'\' }}\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        env:\n          TRIVY_PLATFORM: linux/${{ matrix.arch }}\n        with:\n          image-ref: ${{ steps.names.outputs.image }}@${{ steps.build.outputs.digest }}\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Note the digest\n        env:\n          DIGEST: ${{ steps.build.outputs.digest }}\n        run: |\n          mkdir digests\n          touch "digests/${DIGEST#sha256:}"\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        with:\n          name: digest-${{ matrix.arch }}\n          path: digests/*\n          if-no-files-found: error\n          retention-days: 1\n\n  publish:\n    needs: build\n    runs-on: ubuntu-24.04\n    timeout-minutes: 20\n    permissions:\n      packages: write # tags, signature and attestations\n      id-token: write # the identity that signs\n      attestations: write\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with:\n          path: digests\n          pattern: digest-*\n          merge-multiple: true\n      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Join the platforms under the commit\n        id: index\n        run: |\n          image=ghcr.io/${GITHUB_REPOSITORY,,}\n          # A release of the same commit is another build: neither takes the name of the other.\n          name=$GITHUB_SHA\n          [ "$GITHUB_REF_TYPE" = branch ] || name=$GITHUB_SHA-$GITHUB_REF_NAME\n          sources=()\n          for digest in digests/*; do\n            sources+=("$image@sha256:${digest##*/}")\n          done\n          [ "${#sources[@]}" -eq 2 ] || { echo "::error::expected 2 platforms, got ${#sources[@]}"; exit 1; }\n          docker buildx imagetools create --tag "$image:$name" "${sources[@]}"\n          digest=$(docker buildx imagetools inspect "$image:$name" --format \'{{.Manifest.Digest}}\')\n          for arch in amd64 arm64; do\n            docker buildx imagetools inspect "$image@$digest" \\\n              --format "{{ json (index .SBOM \\"linux/$arch\\").SPDX }}" >"sbom-$arch.json"\n            jq --exit-status .spdxVersion "sbom-$arch.json"\n          done\n          {\n            echo "image=$image"\n            echo "digest=$digest"\n          } >>"$GITHUB_OUTPUT"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign\n        env:\n          SUBJECT: ${{ steps.index.outputs.image }}@${{ steps.index.outputs.digest }}\n        run: cosign sign --yes "$SUBJECT"\n      - name: Attest where it was built\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          push-to-registry: true\n          create-storage-record: false\n      - name: Attest what is in it (amd64)\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          sbom-path: sbom-amd64.json\n          push-to-registry: true\n          create-storage-record: false\n      - name: Attest what is in it (arm64)\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          sbom-path: sbom-arm64.json\n          push-to-registry: true\n          create-storage-record: false\n      - name: Verify as those who pull it do\n        env:\n          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n          SUBJECT: ${{ steps.index.outputs.image }}@${{ steps.index.outputs.digest }}\n        run: |\n          cosign verify "$SUBJECT" \\\n            --certificate-identity "https://github.com/$GITHUB_WORKFLOW_REF" \\\n            --certificate-oidc-issuer https://token.actions.githubusercontent.com\n          gh attestation verify "oci://$SUBJECT" --repo "$GITHUB_REPOSITORY"\n      - name: Set the version\n        if: github.ref_type == \'tag\'\n        env:\n          IMAGE: ${{ steps.index.outputs.image }}\n          DIGEST: ${{ steps.index.outputs.digest }}\n        run: |\n          version=${GITHUB_REF_NAME#v}\n          if there=$(docker buildx imagetools inspect "$IMAGE:$version" \\\n            --format \'{{.Manifest.Digest}}\' 2>answer); then\n            if [ "$there" != "$DIGEST" ]; then\n              echo "::error::$IMAGE:$version exists as $there; a release is never replaced"\n              exit 1\n            fi\n          elif ! grep -q \'not found\' answer; then\n            # No answer does not mean that the tag is free.\n            cat answer\n            exit 1\n          fi\n          docker buildx imagetools create --tag "$IMAGE:$version" "$IMAGE@$DIGEST"\n          echo "$IMAGE:$version@$DIGEST" >>"$GITHUB_STEP_SUMMARY"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-weekly-rebuild',
    title: 'Workflow: weekly rebuild',
    summary:
      'the last release built again on the newest base, scanned before the push, with the date in its tag',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it so that repairs in the base reach an image whose own code does not change. It builds the newest tag `v1.2.3` again and pushes it as `1.2.3-20261130`; the release itself stays as it is.',
      not: 'Not with bases pinned by digest: the same digest gives the same image every week. There Renovate or Dependabot brings the new digest as a pull request, and that is the rebuild. Not for several platforms: it builds for amd64.',
      costs:
        'It costs an image a week in the registry, so clean up old dates. GitHub stops the schedule after 60 days without a commit, and says so by mail only to the one who wrote it last.',
    },
    parameters: [],
    files: [
      {
        path: '.github/workflows/rebuild.yml',
        text: 'name: rebuild\non:\n  schedule:\n    - cron: \'23 4 * * 1\'\n  # Also by hand: after a repair in the base, and to start the schedule again after 60 quiet days.\n  workflow_dispatch:\n\npermissions: {}\n\nconcurrency:\n  group: rebuild\n\njobs:\n  rebuild:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write\n      id-token: write # the identity that signs\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n          fetch-depth: 0\n      - name: Go to the last release\n        id: release\n        run: |\n          tag=$(git tag --list \'v*.*.*\' --sort=-version:refname | grep -E \'^v[0-9]+\\.[0-9]+\\.[0-9]+$\' | head -n 1)\n          [ -n "$tag" ] || { echo \'::error::there is no tag such as v1.2.3\'; exit 1; }\n          git checkout --quiet "$tag"\n          {\n            echo "image=ghcr.io/${GITHUB_REPOSITORY,,}:${tag#v}-$(date -u +%Y%m%d)"\n            echo "version=${tag#v}"\n            echo "revision=$(git rev-parse HEAD)"\n          } >>"$GITHUB_OUTPUT"\n      # Before the build: also the bases may need it.\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Build\n        env:\n          IMAGE: ${{ steps.release.outputs.image }}\n          VERSION: ${{ steps.release.outputs.version }}\n          REVISION: ${{ steps.release.outputs.revision }}\n        run: |\n          # --pull for the newest base, --no-cache for the newest packages.\n          docker build --pull --no-cache \\\n            --build-arg "SOURCE=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \\\n            --build-arg "VERSION=$VERSION" \\\n            --build-arg "REVISION=$REVISION" \\\n            --build-arg "CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\\n            --tag "$IMAGE" .\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        with:\n          image-ref: ${{ steps.release.outputs.image }}\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Push\n        id: push\n        env:\n          IMAGE: ${{ steps.release.outputs.image }}\n        run: |\n          docker push "$IMAGE"\n          echo "subject=$(docker image inspect --format \'{{index .RepoDigests 0}}\' "$IMAGE")" >>"$GITHUB_OUTPUT"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign\n        env:\n          SUBJECT: ${{ steps.push.outputs.subject }}\n        run: cosign sign --yes "$SUBJECT"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-size-budget',
    title: 'Workflow: size budget',
    summary: 'a pull request whose image grows by more than 5 % fails until somebody changes the number',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it so that growth is a decision: the size stands in the file `.image-size` of the repository, and a larger image needs a changed number in the same pull request. Surprises are mostly a compiler or a cache that was left behind.',
      not: 'Not as a guard against findings: a small image can have many.',
      costs:
        'It costs a build for every pull request. A new base can pass the limit without any change of your own: then the number is changed with the base.',
    },
    parameters: [{ name: 'percent', ask: 'growth in percent', is: 'number', default: '5', proposals: [] }],
    files: [
      {
        path: '.github/workflows/size.yml',
        text: 'name: size\non: pull_request\n\npermissions: {}\n\nconcurrency:\n  group: size-${{ github.ref }}\n  cancel-in-progress: true\n\njobs:\n  size:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 30\n    permissions:\n      contents: read\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Build\n        run: docker build --pull --tag localhost/size:now .\n      - name: Compare with the budget\n        env:\n          PERCENT: \'«percent»\'\n        run: |\n          docker save --output "$RUNNER_TEMP/image.tar" localhost/size:now\n          mkdir "$RUNNER_TEMP/image"\n          tar -xf "$RUNNER_TEMP/image.tar" -C "$RUNNER_TEMP/image"\n          # The unpacked layers: what an engine reports depends on how it stores them.\n          now=0\n          while IFS= read -r layer; do\n            now=$((now + $(gzip -dcf <"$RUNNER_TEMP/image/$layer" | wc -c)))\n          done < <(jq -r \'.[0].Layers[]\' "$RUNNER_TEMP/image/manifest.json")\n          base=$(cat .image-size 2>/dev/null || true)\n          if ! [[ $base =~ ^[1-9][0-9]*$ ]]; then\n            echo "::error::There is no budget yet. Commit a file .image-size with this line: $now"\n            exit 1\n          fi\n          limit=$((base + base * PERCENT / 100))\n          echo "size $now, budget $base, limit $limit" | tee -a "$GITHUB_STEP_SUMMARY"\n          if [ "$now" -gt "$limit" ]; then\n            docker history --no-trunc --format \'{{.Size}}\\t{{.CreatedBy}}\' localhost/size:now\n            echo "::error::The image grew by more than $PERCENT %. If that is wanted, set .image-size to $now"\n            exit 1\n          fi\n          if [ $((now * 100)) -lt $((base * (100 - PERCENT))) ]; then\n            echo "::notice::The image became smaller. Set .image-size to $now to keep it so"\n          fi\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-buildah',
    title: 'Workflow: buildah without Docker',
    summary: 'builds without a daemon or Docker-in-Docker, scans the layout that is pushed, signs its digest',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 40,
    advice: {
      take: "Take it where builds must not have a Docker daemon or a privileged container: buildah, podman and skopeo are on GitHub's Ubuntu runners and run without root.",
      not: 'Not for builds that live from BuildKit: buildah reads most of a Dockerfile, but has no cache of all stages in the store of GitHub, and no SBOM or provenance of its own.',
      costs: 'It costs a build from the start at every run. The OCI format leaves HEALTHCHECK out.',
    },
    parameters: [
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: '.github/workflows/image-buildah.yml',
        text: 'name: image\non:\n  push:\n    branches: [«branch»]\n\npermissions: {}\n\nconcurrency:\n  group: image-${{ github.ref }}\n\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write\n      id-token: write # the identity that signs\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Build\n        id: build\n        run: |\n          image=ghcr.io/${GITHUB_REPOSITORY,,}\n          buildah build --pull \\\n            --build-arg "SOURCE=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \\\n            --build-arg "VERSION=$GITHUB_SHA" \\\n            --build-arg "REVISION=$GITHUB_SHA" \\\n            --build-arg "CREATED=$(git log -1 --format=%cI)" \\\n            --tag "$image:$GITHUB_SHA" .\n          # A layout on the disk: what is scanned is what is pushed.\n          buildah push --digestfile digest "$image:$GITHUB_SHA" "oci:layout:$GITHUB_SHA"\n          {\n            echo "image=$image"\n            echo "digest=$(cat digest)"\n          } >>"$GITHUB_OUTPUT"\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        with:\n          input: layout\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Log in\n        env:\n          ACTOR: ${{ github.actor }}\n          TOKEN: ${{ secrets.GITHUB_TOKEN }}\n        run: |\n          # Also for cosign, which reads the file of Docker.\n          mkdir -p "$HOME/.docker"\n          skopeo login --username "$ACTOR" --password-stdin \\\n            --authfile "$HOME/.docker/config.json" ghcr.io <<<"$TOKEN"\n      - name: Push\n        env:\n          IMAGE: ${{ steps.build.outputs.image }}\n        run: |\n          skopeo copy --preserve-digests --authfile "$HOME/.docker/config.json" \\\n            "oci:layout:$GITHUB_SHA" "docker://$IMAGE:$GITHUB_SHA"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign and verify\n        env:\n          SUBJECT: ${{ steps.build.outputs.image }}@${{ steps.build.outputs.digest }}\n        run: |\n          cosign sign --yes "$SUBJECT"\n          cosign verify "$SUBJECT" \\\n            --certificate-identity "https://github.com/$GITHUB_WORKFLOW_REF" \\\n            --certificate-oidc-issuer https://token.actions.githubusercontent.com\n',
      },
    ],
    allows: {},
  },
  {
    id: 'compose',
    title: 'Compose service, hardened',
    summary: 'one service without root, read-only, with an init as PID 1 and limits',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it to run the image on a machine of your own or beside a database while developing.',
      not: 'Not with a user other than the one the image is made for, unless the program writes nothing: its files belong to that one. Not for several machines: Compose starts what is on one.',
      costs:
        'It costs a folder for whatever the program writes: all but `/tmp` is read-only, and `/tmp` is in memory and empty after every start.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
      { name: 'user', ask: 'user and group', is: 'words', default: '65532:65532', proposals: [] },
    ],
    files: [
      {
        path: 'compose.yaml',
        text: "services:\n  «app»:\n    build: .\n    user: '«user»'\n    # PID 1 that ends children and hands on signals, also for programs that have no handler.\n    init: true\n    read_only: true\n    tmpfs:\n      - /tmp:size=64m,mode=1777,noexec,nosuid,nodev\n    cap_drop: [ALL]\n    security_opt: ['no-new-privileges:true']\n    # Only this machine can reach it. Without the address, every network of the machine can, past its firewall.\n    ports: ['127.0.0.1:«port»:«port»']\n    restart: unless-stopped\n    stop_grace_period: 10s\n    mem_limit: 256m\n    pids_limit: 256\n    logging:\n      driver: local\n",
      },
    ],
    allows: {},
  },
  {
    id: 'quadlet',
    title: 'Quadlet for rootless Podman',
    summary:
      'a container as a service of systemd for a user, with a health check, and the steps to install it',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it to run a container on one machine as a service without Docker and without root: Podman 4.7 or newer turns the file into a unit of systemd.',
      not: 'Not with the health check as proposed if the program has no such mode: put a command there that the image holds, or delete the lines, or systemd kills a healthy program.',
      costs:
        'It costs a look at `journalctl --user`: mistakes in the file do not stop `daemon-reload`, there is just no service.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'health',
        ask: 'command of the health check',
        is: 'words',
        default: '/«app» health',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'deploy/«app».container',
        text: '[Unit]\nDescription=«app»\n\n[Container]\nContainerName=«app»\nImage=«image»\nPublishPort=127.0.0.1:«port»:«port»\nReadOnly=true\nTmpfs=/tmp:size=64m\nDropCapability=all\nNoNewPrivileges=true\nPidsLimit=256\n# Images of the OCI format have no HEALTHCHECK, so it stands here. CMD: without a shell.\nHealthCmd=CMD «health»\nHealthInterval=30s\nHealthTimeout=5s\nHealthRetries=3\nHealthStartPeriod=10s\nHealthOnFailure=kill\n\n[Service]\nRestart=always\nRestartSec=5\n# Includes the time to pull the image: the 90 seconds of systemd are not enough for a large one.\nTimeoutStartSec=900\n\n[Install]\n# Instead of "systemctl enable": the unit is made anew at every start.\nWantedBy=default.target\n',
      },
      {
        path: 'deploy/install-«app».sh',
        text: '#!/bin/sh\n# Installs the Quadlet file beside this script for the user who runs it.\nset -eu\n\ncase "${1:-}" in\n  -h | --help)\n    echo "Usage: install-«app».sh    copies «app».container, checks it and starts the service"\n    exit 0\n    ;;\n  \'\') ;;\n  *)\n    echo "install-«app».sh takes no arguments (--help says more)" >&2\n    exit 2\n    ;;\nesac\nif [ "$(id -u)" -eq 0 ]; then\n  echo "install-«app».sh: run it as the user the service is for, not as root" >&2\n  exit 1\nfi\n\nhere=$(cd "$(dirname "$0")" && pwd)\nunits=${XDG_CONFIG_HOME:-$HOME/.config}/containers/systemd\nmkdir -p "$units"\ncp "$here/«app».container" "$units/"\n\n# Says what is wrong in the file; daemon-reload alone would not.\nfor generator in /usr/lib/systemd/user-generators/podman-user-generator /usr/libexec/podman/quadlet; do\n  if [ -x "$generator" ]; then\n    "$generator" --user --dryrun >/dev/null\n    break\n  fi\ndone\n\nsystemctl --user daemon-reload\nsystemctl --user restart «app».service\n# Without this, the service ends when the user logs out, and does not start with the machine.\nloginctl enable-linger "$(id -un)"\nsystemctl --user --no-pager status «app».service\n',
      },
    ],
    allows: {},
  },
  {
    id: 'oci-hooks',
    title: 'OCI hooks',
    summary: 'programs that the runtime starts when a container is made and when it is gone',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it for what has to happen outside the container but with its namespaces: devices, networks, metrics.',
      not: 'Not through Docker or Kubernetes, which have no field for it: devices come by CDI, networks by CNI. For Podman take podman-hooks, which has a format of its own.',
      costs:
        'It costs trust: hooks run with the rights of the runtime, mostly root, and one that fails stops the container from being made.',
    },
    parameters: [
      { name: 'name', ask: 'name of the hook', is: 'name', default: 'container-log', proposals: [] },
    ],
    files: [
      {
        path: 'oci/hooks.json',
        text: '{\n  "hooks": {\n    "createRuntime": [\n      {\n        "path": "/usr/local/libexec/oci/«name»",\n        "args": ["«name»", "created"],\n        "timeout": 5\n      }\n    ],\n    "poststop": [\n      {\n        "path": "/usr/local/libexec/oci/«name»",\n        "args": ["«name»", "gone"],\n        "timeout": 5\n      }\n    ]\n  }\n}\n',
      },
      {
        path: 'oci/«name»',
        text: '#!/bin/sh\n# Hook of an OCI runtime: writes to the system log which container was made and which is gone.\n# The state of the container comes as JSON on standard input.\n#   install -m 0755 oci/«name» /usr/local/libexec/oci/«name»\n#   jq -s \'.[0] * .[1]\' config.json oci/hooks.json >new.json && mv new.json config.json\nset -eu\n\ncase "${1:-}" in\n  created | gone) ;;\n  *)\n    echo "Usage: «name» created|gone    with the state of the container on standard input" >&2\n    exit 2\n    ;;\nesac\n\nstate=$(cat)\n# Read without jq: a hook gets no PATH of a user.\nfield() {\n  printf \'%s\' "$state" | tr -d \'\\n\' | sed -n "s/.*\\"$1\\"[[:space:]]*:[[:space:]]*\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p"\n}\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\n\nid=$(field id)\npid=$(field pid)\nlogger --tag «name» "container $id $1 (process ${pid:-none})" || true\n',
      },
    ],
    allows: {},
  },
  {
    id: 'podman-hooks',
    title: 'Hooks for Podman',
    summary: "a hook in Podman's own format: which program, for which containers, at which moment",
    as: 'files',
    group: 'run',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it where Podman or CRI-O should start a program for some containers: those that carry an annotation.',
      not: 'Not as part of a `config.json`: that is another format, see oci-hooks.',
      costs:
        'It costs trust and time: the program runs with the rights of Podman at every container that matches, and a failure stops the container.',
    },
    parameters: [
      { name: 'name', ask: 'name of the hook', is: 'name', default: 'container-log', proposals: [] },
    ],
    files: [
      {
        path: 'oci/hooks.d/«name».json',
        text: '{\n  "version": "1.0.0",\n  "hook": {\n    "path": "/usr/local/libexec/oci/«name»",\n    "args": ["«name»"],\n    "timeout": 5\n  },\n  "when": {\n    "annotations": {\n      "^com\\\\.example\\\\.«name»$": "^yes$"\n    }\n  },\n  "stages": ["createRuntime", "poststop"]\n}\n',
      },
      {
        path: 'oci/«name»',
        text: '#!/bin/sh\n# Hook for Podman: writes to the system log which container was made and which is gone.\n# The state of the container comes as JSON on standard input.\n#   install -m 0755 oci/«name» /usr/local/libexec/oci/«name»\n#   install -m 0644 -D oci/hooks.d/«name».json /etc/containers/oci/hooks.d/«name».json\n#   podman run --annotation com.example.«name»=yes IMAGE\n# Without root, name the folder: podman --hooks-dir "$PWD/oci/hooks.d" run …\nset -eu\n\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\n\nstate=$(cat | tr -d \'\\n\')\n# Read without jq: it may not be on the machine.\nfield() {\n  printf \'%s\' "$state" | sed -n "s/.*\\"$1\\"[[:space:]]*:[[:space:]]*\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p"\n}\nid=$(field id)\nstatus=$(field status)\nlogger --tag «name» "container $id is ${status:-unknown}" || true\n',
      },
    ],
    allows: {},
  },
  {
    id: 'kubernetes-secret',
    title: 'Secret in Kubernetes',
    summary: 'a Deployment without root that reads a secret from files, made outside of Git',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it so that no secret is in the image: files are not inherited by child processes, do not show in `kubectl describe` and are renewed while the program runs.',
      not: 'Not as protection against administrators: a Secret is only encoded, and readable for who may read Secrets. Encrypt the store of the cluster, or take a vault.',
      costs: 'It costs a program that reads a file, and reads it again when it changes.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'deploy/deployment.yaml',
        text: '# The secret is never in Git. From a file that only you can read:\n#   kubectl create secret generic «app» --from-file=password=./password.txt\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: «app»\n  labels:\n    app.kubernetes.io/name: «app»\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: «app»\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: «app»\n    spec:\n      automountServiceAccountToken: false\n      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65532\n        runAsGroup: 65532\n        # Owns the files of the secret, so that the user above can read them.\n        fsGroup: 65532\n        seccompProfile:\n          type: RuntimeDefault\n      containers:\n        - name: «app»\n          image: «image»\n          env:\n            # Where it is, not what it is.\n            - name: PASSWORD_FILE\n              value: /run/secrets/«app»/password\n          ports:\n            - name: http\n              containerPort: «port»\n          # Kubernetes does not use HEALTHCHECK.\n          readinessProbe:\n            tcpSocket:\n              port: http\n          resources:\n            requests:\n              cpu: 50m\n              memory: 64Mi\n            limits:\n              memory: 256Mi\n          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n          volumeMounts:\n            - name: secret\n              mountPath: /run/secrets/«app»\n              readOnly: true\n            - name: tmp\n              mountPath: /tmp\n      volumes:\n        - name: secret\n          secret:\n            secretName: «app»\n            defaultMode: 0440\n        - name: tmp\n          emptyDir:\n            medium: Memory\n            sizeLimit: 64Mi\n',
      },
    ],
    allows: {},
  },
  {
    id: 'vault-agent',
    title: 'Secrets from Vault',
    summary: 'the Vault agent beside the container writes secrets to a file in memory and renews them',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where Vault is there: passwords are short-lived, everybody who read one is in a log, and none is stored in the cluster.',
      not: 'Not without the injector of Vault in the cluster, and not for one password: a Secret does that.',
      costs: 'It costs a second container in every pod, and a start that waits for Vault.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'secret',
        ask: 'path of the secret in Vault',
        is: 'path',
        default: 'secret/data/«app»',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'deploy/vault.yaml',
        text: "# Once in Vault, with a policy named «app» that may read «secret»:\n#   vault write auth/kubernetes/role/«app» bound_service_account_names=«app» \\\n#     bound_service_account_namespaces=default policies=«app» ttl=1h\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: «app»\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: «app»\nspec:\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: «app»\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: «app»\n      annotations:\n        vault.hashicorp.com/agent-inject: 'true'\n        vault.hashicorp.com/role: «app»\n        vault.hashicorp.com/agent-inject-secret-password: «secret»\n        vault.hashicorp.com/agent-inject-template-password: |\n          {{- with secret \"«secret»\" -}}\n          {{- .Data.data.password -}}\n          {{- end -}}\n        vault.hashicorp.com/agent-inject-perms-password: '0400'\n        # The agent writes as the user that reads.\n        vault.hashicorp.com/agent-run-as-user: '65532'\n        vault.hashicorp.com/agent-run-as-group: '65532'\n    spec:\n      serviceAccountName: «app»\n      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65532\n        runAsGroup: 65532\n        seccompProfile:\n          type: RuntimeDefault\n      containers:\n        - name: «app»\n          image: «image»\n          env:\n            - name: PASSWORD_FILE\n              value: /vault/secrets/password\n          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n",
      },
    ],
    allows: {},
  },
  {
    id: 'flux-image-automation',
    title: 'Flux image automation',
    summary: 'Flux looks for new versions in the registry, writes tag and digest to Git and rolls them out',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it where Flux runs the cluster already: a new release is rolled out by a commit that everybody can see and revert.',
      not: 'Not with tags that have no order: of commits, no policy can say which is newer. Not without tests before the push: what lands in the registry gets rolled out.',
      costs: 'It costs a key with which Flux may write to the repository, and two more controllers.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      { name: 'path', ask: 'folder of the manifests', is: 'path', default: './deploy', proposals: [] },
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: 'clusters/image-automation.yaml',
        text: '# The controllers:  flux bootstrap … --components-extra=image-reflector-controller,image-automation-controller\n# The line in the Deployment that is renewed ends with a marker:\n#   image: «image»:1.0.0 # {"$imagepolicy": "flux-system:«app»"}\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  image: «image»\n  interval: 10m\n  # For a private registry: the name of a Secret of the type dockerconfigjson in this namespace.\n  # secretRef:\n  #   name: registry\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  imageRepositoryRef:\n    name: «app»\n  # The digest is written behind the tag: what was found is what runs.\n  digestReflectionPolicy: IfNotPresent\n  policy:\n    semver:\n      range: \'>=1.0.0 <2.0.0\'\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  interval: 30m\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n  git:\n    checkout:\n      ref:\n        branch: «branch»\n    commit:\n      author:\n        name: flux\n        email: flux@users.noreply.github.com\n      messageTemplate: |\n        Update images\n\n        {{ range .Changed.Changes -}}\n        - {{ .OldValue }} -> {{ .NewValue }}\n        {{ end -}}\n    push:\n      # Another branch than the one above: people merge it.\n      branch: «branch»\n  update:\n    path: «path»\n    strategy: Setters\n',
      },
    ],
    allows: {},
  },
  {
    id: 'harbor',
    title: 'Notes on Harbor',
    summary: 'what to set in a Harbor project so that releases stay, are scanned and get cleaned up',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it where images stay in your own house: Harbor scans them, keeps rights by project and can refuse to hand out what has known holes.',
      not: 'Not for a small team without somebody who runs it: it is several services, a database and a store.',
      costs: 'It costs upkeep, and a scanner whose findings somebody has to look at.',
    },
    parameters: [
      {
        name: 'registry',
        ask: 'address of the registry',
        is: 'name',
        default: 'harbor.example.com',
        proposals: [],
      },
      { name: 'project', ask: 'project in the registry', is: 'name', default: 'team', proposals: [] },
    ],
    files: [
      {
        path: 'docs/harbor.md',
        text: "# Images in Harbor\n\nImages are named `«registry»/«project»/NAME:VERSION`.\n\nWhat is set in the project `«project»`, and why:\n\n- **Private.** Only members and robots pull.\n- **Tag immutability** for `**` with the tags `*.*.*`: a release cannot be replaced, not even by us. Tags of commits\n  and `buildcache` stay free.\n- **Scan on push**, and once a week for what is there (the administrator sets it): new holes do not wait for a push.\n- **Prevent vulnerable images from running**, from the severity High on: pulls fail. Exceptions stand in the CVE\n  allowlist of the project, which has a date at which it ends.\n- **Cosign signatures required** once every image is signed; before, nothing can be pulled any more.\n- **Tag retention**: all releases, and of the rest what was pushed in the last 30 days. Garbage collection on\n  Sundays: only then is the space free.\n- **Robot accounts**, one for each purpose, with an end date: `ci` may push and pull, `cluster` may only pull. People\n  use their CLI secret, never the password.\n- **Proxy cache** for Docker Hub in a project of its own: builds do not meet its limits.\n\nLog in without the secret in the history of the shell:\n\n    skopeo login --username 'robot$«project»+ci' --password-stdin «registry» <robot-secret\n",
      },
    ],
    allows: {},
  },
  {
    id: 'renovate',
    title: 'Renovate for images and actions',
    summary: 'pull requests for new digests, tags and action versions, digests merged by themselves',
    as: 'files',
    group: 'updates',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it with the first pinned digest: a pin that nobody renews keeps every known hole. Renovate writes digests where there are none, renews them, and keeps the version of an action as a remark behind its commit.',
      not: 'Not beside Dependabot for the same files: both would open pull requests.',
      costs:
        'It costs a bot with write access to the repository, and pull requests that somebody reads. Digests merge by themselves only if your tests pass: without tests, take `automerge` out.',
    },
    parameters: [],
    files: [
      {
        path: 'renovate.json',
        text: '{\n  "$schema": "https://docs.renovatebot.com/renovate-schema.json",\n  "extends": [\n    "config:recommended",\n    "docker:pinDigests",\n    "helpers:pinGitHubActionDigests",\n    "customManagers:dockerfileVersions"\n  ],\n  "packageRules": [\n    {\n      "description": "The same tag, built again: repairs in the base",\n      "matchDatasources": ["docker"],\n      "matchUpdateTypes": ["digest"],\n      "groupName": "base images",\n      "schedule": ["before 6am on monday"],\n      "automerge": true\n    },\n    {\n      "description": "Another version or another release of the distribution: a person decides",\n      "matchDatasources": ["docker"],\n      "matchUpdateTypes": ["major", "minor"],\n      "automerge": false\n    },\n    {\n      "description": "Time for others to notice a hijacked release",\n      "matchManagers": ["github-actions"],\n      "minimumReleaseAge": "7 days",\n      "groupName": "actions"\n    }\n  ]\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dependabot',
    title: 'Dependabot for images and actions',
    summary: 'weekly pull requests for base images and actions, in groups, some days after a release',
    as: 'files',
    group: 'updates',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it on GitHub where no other bot is wanted: nothing to install, and it renews the digest together with the tag, and the commit of an action together with the remark behind it.',
      not: 'Not to write the first digests: it renews only what is pinned already. Not beside Renovate for the same files.',
      costs: 'It costs a pull request a week for each group. It does not merge by itself.',
    },
    parameters: [],
    files: [
      {
        path: '.github/dependabot.yml',
        text: "version: 2\nupdates:\n  - package-ecosystem: docker\n    # Each folder that holds a Dockerfile; '**/*' would be all.\n    directories: ['/']\n    schedule:\n      interval: weekly\n    cooldown:\n      default-days: 7\n    groups:\n      images:\n        patterns: ['*']\n        update-types: [minor, patch]\n  - package-ecosystem: github-actions\n    directory: /\n    schedule:\n      interval: weekly\n    # Time for others to notice a hijacked release.\n    cooldown:\n      default-days: 7\n    groups:\n      actions:\n        patterns: ['*']\n",
      },
    ],
    allows: {},
  },
];
