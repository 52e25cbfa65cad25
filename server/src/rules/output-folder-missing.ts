import { missingOutputFolders } from '../core/analysis/layers/output-folders';
import { defineRule, sharedOptions } from '../core/lint/rule';
import { prependToCommand } from '../core/shell/edits';

/**
 * `cp`, `mv`, `install`, redirections and C compilers do not make the folder that they write to. If the base image has no
 * such folder and no step above makes it, the build stops.
 *
 * ```dockerfile bad
 * FROM rust:1.90 AS build
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/app «/out/app»
 * FROM gcc:14
 * ARG DIR=/artifacts
 * RUN (gcc -O2 -o «/build/app» main.c) && echo 1 > «/dist/version» && cd «/work»
 * RUN install -m 755 app README «/bundle» && cp -r site «/www/html» && cp site/index.html «/public/»
 * RUN curl -fsSLo «/tools/jq» https://example.com/jq && touch «/state/ok» && tar -xf a.tar -C «/unpacked»
 * ```
 * > Nothing creates /out, so cp fails and the build stops
 * > Nothing creates /build, so gcc fails and the build stops
 * > Nothing creates /dist, so echo fails and the build stops
 * > Nothing creates /work, so cd fails and the build stops
 * > Nothing creates /bundle, so install fails and the build stops
 * > Nothing creates /www, so cp fails and the build stops
 * > Nothing creates /public, so cp fails and the build stops
 * > Nothing creates /tools, so curl fails and the build stops
 * > Nothing creates /state, so touch fails and the build stops
 * > Nothing creates /unpacked, so tar fails and the build stops
 * ```dockerfile fixed
 * FROM rust:1.90 AS build
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/src/target cargo build --release && mkdir -p /out && cp target/release/app /out/app
 * FROM gcc:14
 * ARG DIR=/artifacts
 * RUN (mkdir -p /build && gcc -O2 -o /build/app main.c) && mkdir -p /dist && echo 1 > /dist/version && mkdir -p /work && cd /work
 * RUN mkdir -p /bundle && install -m 755 app README /bundle && mkdir -p /www && cp -r site /www/html && mkdir -p /public && cp site/index.html /public/
 * RUN mkdir -p /tools && curl -fsSLo /tools/jq https://example.com/jq && mkdir -p /state && touch /state/ok && mkdir -p /unpacked && tar -xf a.tar -C /unpacked
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN sh -c 'cp /etc/passwd «/out/a»' && cp a «/made/a» || exit 1
 * ```
 * > Nothing creates /out, so cp fails and the build stops
 * > Nothing creates /made, so cp fails and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN sh -c 'mkdir -p /out && cp /etc/passwd /out/a' && cp a /made/a || exit 1
 * ```
 * So does a folder below one that is empty in the base image:
 * ```dockerfile bad
 * FROM debian:12
 * RUN cp a.conf «/srv/web/a.conf» && ln -s /usr/bin/make «/opt/tools/make»
 * ```
 * > Nothing creates /srv/web, so cp fails and the build stops
 * > Nothing creates /opt/tools, so ln fails and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN mkdir -p /srv/web && cp a.conf /srv/web/a.conf && mkdir -p /opt/tools && ln -s /usr/bin/make /opt/tools/make
 * ```
 * Options may come first, or in the same word:
 * ```dockerfile bad
 * FROM gcc:14
 * RUN curl -fsSL «--output=/tools/jq» https://example.com/jq && wget -q «--output-document=/data/a» https://example.com/a
 * RUN cp -t «/public» a b && gcc main.c «-o/build/app» && dd if=/a «of=/raw/b» && tar -xf a.tar «--directory=/unpacked»
 * ```
 * > Nothing creates /tools, so curl fails and the build stops
 * > Nothing creates /data, so wget fails and the build stops
 * > Nothing creates /public, so cp fails and the build stops
 * > Nothing creates /build, so gcc fails and the build stops
 * > Nothing creates /raw, so dd fails and the build stops
 * > Nothing creates /unpacked, so tar fails and the build stops
 * ```dockerfile fixed
 * FROM gcc:14
 * RUN mkdir -p /tools && curl -fsSL --output=/tools/jq https://example.com/jq && mkdir -p /data && wget -q --output-document=/data/a https://example.com/a
 * RUN mkdir -p /public && cp -t /public a b && mkdir -p /build && gcc main.c -o/build/app && mkdir -p /raw && dd if=/a of=/raw/b && mkdir -p /unpacked && tar -xf a.tar --directory=/unpacked
 * ```
 * The rule accepts folders that a step above names, that a tool makes itself, or that an unknown image or program may have:
 * ```dockerfile good
 * ARG DIST=/dist
 * FROM golang:1.25
 * WORKDIR /app
 * ARG DIST
 * RUN go build -o /out/app . && cp /out/app /out/other && cp go.mod /go/x && echo 1 > $DIST/version
 * RUN --mount=type=cache,target=/cache cp a /cache/a
 * RUN install -D a /deep/a && cp -r a /copy/ && mv a /moved/ && cp a b "$UNKNOWN" && cp a ~/a && cp a /single && echo >&2
 * RUN cp a /maybe/a || true; if [ -d /x ]; then cp a /x/; fi; wget -O - https://example.com/a; cd; curl --create-dirs -o /y/z u
 * RUN mkdir named && cp a /named/a && cd relative && cp a relative/b && cd /one /two
 * RUN ./configure && cp a /any/a
 * FROM debian:12
 * RUN tar -xf b.tar && cp a /unknown/a
 * FROM example.com/base:1
 * RUN cp a /out/a
 * FROM golang:1.25
 * RUN ["bash", "-c", "echo $("]
 * RUN cp a /out/a
 * FROM debian:12
 * ADD files.tar.xz /
 * RUN cp a /out/a
 * FROM golang:1.25
 * ONBUILD RUN cp a /out/a
 * ```
 * Among settings, homes and state, which every image fills differently, and on images that add to a distribution, the
 * profile `strict` reports it as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN echo a > «/etc/acme/a.conf» && cp a «/home/other/a»
 * RUN cp config «/root/.ssh/config» && echo a > «/var/lib/widget/state»
 * FROM mcr.microsoft.com/dotnet/sdk:8.0
 * RUN cp a «/out/a» && cp a «/opt/acme/a»
 * ```
 * > Nothing creates /etc/acme, unless the base image has it
 * > Nothing creates /home/other, unless the base image has it
 * > Nothing creates /root/.ssh, unless the base image has it
 * > Nothing creates /var/lib/widget, unless the base image has it
 * > Nothing creates /out, unless the base image has it
 * > Nothing creates /opt/acme, unless the base image has it
 * ```dockerfile fixed
 * FROM debian:12
 * RUN mkdir -p /etc/acme && echo a > /etc/acme/a.conf && mkdir -p /home/other && cp a /home/other/a
 * RUN mkdir -p /root/.ssh && cp config /root/.ssh/config && mkdir -p /var/lib/widget && echo a > /var/lib/widget/state
 * FROM mcr.microsoft.com/dotnet/sdk:8.0
 * RUN mkdir -p /out && cp a /out/a && mkdir -p /opt/acme && cp a /opt/acme/a
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN echo a > /etc/cron.d/a && echo a > /etc/apt/a && useradd -m acme && cp a /home/acme/a
 * RUN echo a > /root/.config/a && echo a > /var/lib/dpkg/a && echo a > /var/cache/a && echo a > /var/lib/a
 * FROM node:22
 * RUN cp a /opt/yarn-v1.22.22/a && cp a /home/node/a
 * ```
 * It does so below a step that may have made the folder, and in a branch:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12 AS base
 * RUN make
 * FROM base
 * COPY . /
 * RUN if [ -n "$DEBUG" ]; then cp a «/out/a»; fi
 * FROM debian:12
 * RUN if [ -n "$DEBUG" ]; then cp a «/out/a»; fi
 * ```
 * > Nothing creates /out, unless a step above does
 * > Nothing creates /out, so cp fails and the build stops
 * ```dockerfile fixed
 * FROM debian:12 AS base
 * RUN make
 * FROM base
 * COPY . /
 * RUN if [ -n "$DEBUG" ]; then mkdir -p /out && cp a /out/a; fi
 * FROM debian:12
 * RUN if [ -n "$DEBUG" ]; then mkdir -p /out && cp a /out/a; fi
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN tar -xf acme.tar && cd /acme-1.2 && make && cp a /etc/acme/a && cp a /make/a
 * RUN save() { cp a /out/a; }; cp a /tmp/a || cp a /out/a
 * FROM debian:12 AS base
 * RUN mkdir /out
 * FROM base
 * RUN cp a /out/a
 * ```
 * Keys and certificates need their folder, too:
 * ```dockerfile bad
 * FROM debian:12
 * RUN openssl genrsa -out «/tls/key.pem» 2048
 * ```
 * > Nothing creates /tls, so openssl fails and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN mkdir -p /tls && openssl genrsa -out /tls/key.pem 2048
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN gpg --dearmor -o «/keyrings/example.gpg» /tmp/example.asc && gpg --dearmor -o - /tmp/example.asc
 * ```
 * > Nothing creates /keyrings, so gpg fails and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN mkdir -p /keyrings && gpg --dearmor -o /keyrings/example.gpg /tmp/example.asc && gpg --dearmor -o - /tmp/example.asc
 * ```
 *
 * @skip onbuild the base of the later build decides
 */
export default defineRule({
  id: 'output-folder-missing',
  summary: 'A command writes into a folder that nothing has made',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const { command, word, folder, doubt, always } of missingOutputFolders(
      model,
      profile === 'strict',
    )) {
      const edit = prependToCommand(model, command, `mkdir -p ${folder}`);
      const isCertain = !doubt && always;
      yield {
        at: word.span,
        message: `Nothing creates ${folder}, ${doubt ? unless[doubt] : `so ${command.program} fails and the build stops`}`,
        severity: isCertain ? undefined : 'hint',
        fix: edit && { title: `Create ${folder} first`, edits: [edit] },
      };
    }
  },
});

const unless = {
  image: 'unless the base image has it',
  step: 'unless a step above does',
} as const;
