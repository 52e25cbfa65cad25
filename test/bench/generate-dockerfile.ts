// Dockerfiles of any length that look like what people write: stages that build on each other, long RUNs with
// continuations and comments, variables, mounts, heredocs. Made here, so that nobody's file is in the
// repository, and from a seed, so that every run measures the same.
import { seededRandom } from '../harness/random';

interface Stack {
  readonly image: string;
  readonly install: (packages: readonly string[], random: () => number) => readonly string[];
  readonly build: readonly string[];
}

const systemPackages = [
  'ca-certificates',
  'curl',
  'git',
  'gnupg',
  'jq',
  'less',
  'make',
  'openssl',
  'patch',
  'tzdata',
  'unzip',
  'xz-utils',
  'zip',
];

/** One package a line, with a comment among them now and then: the shape that most long RUNs have. */
function list(packages: readonly string[], random: () => number): string[] {
  return packages.flatMap((name, i) => [
    ...(i > 0 && random() < 0.2 ? ['        # needed by the step below'] : []),
    `        ${name} \\`,
  ]);
}

const debian: Stack['install'] = (packages, random) => [
  'RUN apt-get update \\',
  `    && apt-get install ${random() < 0.9 ? '-y ' : ''}${random() < 0.5 ? '--no-install-recommends ' : ''}\\`,
  ...list(packages, random),
  '    && rm -rf /var/lib/apt/lists/*',
];

const alpine: Stack['install'] = (packages, random) => [
  `RUN apk add ${random() < 0.7 ? '--no-cache ' : ''}\\`,
  ...list(packages.slice(0, -1), random),
  `        ${packages.at(-1) ?? 'curl'}`,
];

const fedora: Stack['install'] = (packages, random) => [
  'RUN dnf install -y \\',
  ...list(packages, random),
  '    && dnf clean all',
];

const stacks: readonly [Stack, ...Stack[]] = [
  {
    image: 'node:20-bookworm-slim',
    install: debian,
    build: [
      'COPY package.json package-lock.json ./',
      'RUN npm ci --omit=dev',
      'COPY src/ src/',
      'RUN npm run build',
    ],
  },
  {
    image: 'python:3.12',
    install: debian,
    build: [
      'COPY requirements.txt .',
      'RUN pip install -r requirements.txt',
      'COPY app/ app/',
      'RUN python -m compileall app',
    ],
  },
  {
    image: 'golang:1.22-alpine',
    install: alpine,
    build: [
      'COPY go.mod go.sum ./',
      'RUN --mount=type=cache,target=/go/pkg/mod go mod download',
      'COPY . .',
      'RUN CGO_ENABLED=0 go build -o /out/server ./cmd/server',
    ],
  },
  {
    image: 'fedora:40',
    install: fedora,
    build: [
      'ADD https://example.com/tool-1.2.tar.gz /tmp/tool.tar.gz',
      'RUN tar -xzf /tmp/tool.tar.gz -C /opt && rm /tmp/tool.tar.gz',
    ],
  },
  {
    image: 'debian',
    install: debian,
    build: ['COPY . /src', 'RUN cd /src && ./configure --prefix=/usr && make -j"$(nproc)" && make install'],
  },
];

/** One instruction, or one comment with the empty line above it. */
type Block = readonly string[];

function stage(number: number, random: () => number): Block[] {
  const sometimes = (chance: number, ...lines: readonly string[]): Block[] =>
    random() < chance ? [lines] : [];
  const earlier = `part-${1 + Math.floor(random() * (number - 1))}`;
  const { image, install, build } = stacks[Math.floor(random() * stacks.length)] ?? stacks[0];
  const packages = systemPackages.filter(() => random() < 0.5);
  const from = number > 1 && random() < 0.3 ? earlier : image;
  return [
    ['', `# Part ${number}: what the service needs to run`],
    [`FROM ${from} ${random() < 0.8 ? 'AS' : 'as'} part-${number}`],
    ...sometimes(0.2, 'MAINTAINER Jo Doe <jo@example.com>'),
    ['ARG VERSION=1.0.0'],
    [
      `LABEL org.opencontainers.image.title="part ${number}" \\`,
      '      org.opencontainers.image.version="${VERSION}"',
    ],
    ['ENV LANG=C.UTF-8 \\', `    APP_HOME=/srv/part-${number} \\`, '    PATH="/opt/tool/bin:${PATH}"'],
    [random() < 0.9 ? `WORKDIR /srv/part-${number}` : `workdir part-${number}`],
    install(packages.length > 0 ? packages : ['curl'], random),
    ...build.map((line) => [line]),
    ...(number > 1 ? [[`COPY --from=${earlier} --chown=1000:1000 /etc/hostname ./from-before`]] : []),
    ...sometimes(
      0.4,
      'RUN <<EOF',
      'set -eu',
      'mkdir -p /srv/data /srv/logs',
      'for name in data logs; do',
      '  chmod 0750 "/srv/$name"',
      'done',
      'EOF',
    ),
    ...sometimes(0.5, 'RUN curl -fsSL https://example.com/install.sh | sh'),
    ...sometimes(0.2, 'RUN mkdir -p /srv/cache && \\', '', '    chmod 0700 /srv/cache'),
    ...sometimes(
      0.5,
      'HEALTHCHECK --interval=30s --timeout=3s \\',
      '    CMD curl -f http://localhost:8080/healthz || exit 1',
    ),
    ...sometimes(0.6, 'RUN groupadd -r app && useradd -r -g app app'),
    ...sometimes(0.6, 'USER 1000'),
    [`EXPOSE ${8000 + (number % 1000)}/tcp`],
    [random() < 0.5 ? 'CMD ["./server", "--port", "8080"]' : 'CMD ./server --port 8080'],
  ];
}

/** @returns a file of exactly `length` lines, each ended */
export function generateDockerfile(length: number, seed = 1): string {
  const random = seededRandom(seed);
  const lines = ['# syntax=docker/dockerfile:1', 'ARG VERSION'];
  for (let number = 1; ; number += 1) {
    const blocks = stage(number, random);
    // The first stage loses what does not fit; later ones come whole or not at all.
    if (number > 1 && lines.length + blocks.flat().length > length) break;
    for (const block of blocks) if (lines.length + block.length <= length) lines.push(...block);
  }
  for (let i = 1; lines.length < length; i += 1) lines.push(`ENV FEATURE_${i}=on`);
  return lines.join('\n') + '\n';
}
