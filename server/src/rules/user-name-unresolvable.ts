import { defineRule } from '../core/lint/rule';
import { unresolvable } from '../core/families/unresolvable-names';

/**
 * The engine looks up a name in the image's own `/etc/passwd`. Without an entry there, the container does not start
 * (`USER`), or the build stops (`--chown`). A number needs no look-up.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN useradd -u 10001 app && go build -o /app .
 * FROM scratch
 * COPY --from=build --chown=«app:app» /app /app
 * USER «nobody»
 * ENTRYPOINT ["/app"]
 * ```
 * > The image has no user app, so the build stops here
 * > The image has no user nobody, so the container does not start
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * RUN useradd -u 10001 app && go build -o /app .
 * FROM scratch
 * COPY --from=build --chown=10001:10001 /app /app
 * USER 65534
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12
 * USER «www-data»
 * ```
 * > The image has no user www-data, so the container does not start
 * Other images have users, but not those that a file forgot to create. There is no fix, because the intended number
 * is unknown:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY --chown=«node:node» . /app
 * USER «appuser»
 * ```
 * > The image has no user node, so the build stops here
 * > The image has no user appuser, so the container does not start
 * ```dockerfile good files="main.c" mentions="BASE"
 * ARG BASE=ubuntu:24.04
 * FROM $BASE
 * COPY main.c /
 * USER builder
 * ```
 * ```dockerfile good
 * FROM node:22-alpine
 * COPY --chown=node:node . /app
 * USER node
 * FROM debian:12
 * USER www-data
 * FROM debian:12
 * RUN ./create-users
 * USER app
 * FROM example.com/python:3.13
 * USER appuser
 * FROM debian:12
 * COPY rootfs/ /
 * USER app
 * ```
 * Of Fedora, Red Hat and their kin and of openSUSE, the users are known less surely, so it is a warning:
 * ```dockerfile bad severity="warning"
 * FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6
 * RUN microdnf install -y java-21-openjdk-headless && microdnf clean all
 * COPY --chown=«app:app» app.jar /srv/
 * ```
 * > The image has no user app, so the build stops here
 * ```dockerfile good
 * FROM fedora:43
 * RUN dnf install -y httpd && chown -R apache:apache /srv && chown nobody:lock /opt && dnf clean all
 * ```
 * A step may have removed the user of the base image:
 * ```dockerfile bad
 * FROM node:22
 * RUN userdel -r node && useradd -u 1000 -m server
 * USER «node»
 * ```
 * > The image has no user node, so the container does not start
 * ```dockerfile good
 * FROM node:22
 * RUN if [ -n "$RENAME" ]; then userdel node; fi && deluser node audio
 * USER node
 * FROM node:22
 * RUN userdel -r node && useradd -u 1234 node
 * USER node
 * FROM node:22
 * RUN userdel -r node && ./create-users
 * USER node
 * ```
 * The command line may name another user than the default of an argument:
 * ```dockerfile bad severity="warning"
 * FROM alpine:3.20
 * ARG RUN_AS=app
 * USER «$RUN_AS»
 * ```
 * > The image has no user app, so the container does not start
 * ```dockerfile good
 * FROM alpine:3.20
 * ARG RUN_AS=app
 * RUN adduser -D "$RUN_AS"
 * USER $RUN_AS
 * ```
 * The rule accepts names that the base image has, and a list of users that is copied in:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12
 * USER nonroot:nonroot
 * FROM scratch
 * COPY --from=0 /etc/passwd /etc/passwd
 * USER app
 * FROM scratch
 * USER 65532:65532
 * ```
 * ```dockerfile good
 * FROM scratch AS base
 * COPY --from=alpine:3.20 /etc/passwd /etc/group /etc/
 * FROM base
 * USER guest
 * ```
 * Groups are looked up like users, and quotes stay:
 * ```dockerfile bad
 * FROM scratch
 * USER «"nobody:nogroup"»
 * ```
 * > The image has no user nobody, so the container does not start
 * ```dockerfile fixed
 * FROM scratch
 * USER "65534:65534"
 * ```
 * An archive may bring users, but only to the root or to `/etc`:
 * ```dockerfile good
 * FROM scratch
 * ADD ["root.tar.gz", "/"]
 * USER app
 * ```
 * A mention creates nobody, and a copy into another folder brings no list of users:
 * ```dockerfile bad
 * FROM debian:12
 * RUN chown -R «nonroot:nonroot» /srv
 * USER «nonroot»
 * CMD ["/srv/server"]
 * ```
 * > The image has no user nonroot, so the build stops here
 * > The image has no user nonroot, so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * RUN chown -R 65532:65532 /srv
 * USER 65532
 * CMD ["/srv/server"]
 * ```
 * ```dockerfile bad
 * FROM node:22-alpine
 * WORKDIR /app
 * COPY . .
 * RUN apk add --no-cache postgresql && npm ci
 * USER «app»
 * RUN npm run build
 * ```
 * > The image has no user app, so the next RUN stops the build
 * ```dockerfile bad
 * FROM debian:12
 * RUN chown «"nonroot"» /srv
 * ```
 * > The image has no user nonroot, so the build stops here
 * Steps that may create users count, and so do packages, names from variables and failures that are handled:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y postgresql && chown postgres /srv
 * USER postgres
 * FROM alpine:3.20
 * RUN adduser -S -G nogroup app && chown app:nogroup /srv && chown --reference=/srv /opt && chown "$OWNER" /opt
 * RUN addgroup web; chown app:web /srv; chown nosuch /srv || true; install -oapp -m 755 x /srv
 * USER app:web
 * FROM debian:12
 * RUN echo 'app:x:1000:1000::/:/bin/false' >> /etc/passwd
 * USER app
 * FROM debian:12
 * RUN sh -c 'useradd --user-group app'
 * USER app:app
 * ```
 * A stage that only files are copied from starts no container:
 * ```dockerfile good
 * FROM debian:12 AS build
 * USER app
 * FROM scratch
 * COPY --from=build /srv /srv
 * ```
 * A build runs a stage that no other needs only if it is the target:
 * ```dockerfile bad severity="warning"
 * FROM debian:12 AS tools
 * COPY --chown=«ops» tool /srv/
 * USER «ops»
 * FROM debian:12 AS tests
 * USER «tester»
 * RUN make test
 * FROM debian:12
 * ```
 * > The image has no user ops, so a build of this stage stops here
 * > The image has no user ops, so a container of this stage does not start
 * > The image has no user tester, so the next RUN stops a build of this stage
 * Where a step may have created any user, a name that nothing above has is at most a hint, and only in the profile `strict`.
 * The same holds for images that add users of their own to a known distribution:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN ./set-up.sh && chown «svcaccount» /srv
 * USER svcaccount
 * FROM debian:12
 * COPY . /
 * USER «app»
 * FROM debian:12
 * RUN curl -fsSL https://example.com/install.sh | bash
 * USER «app»
 * FROM mongo:8
 * COPY --chown=«svcaccount:mongodb» . /srv
 * ```
 * > The image may have no user svcaccount, because nothing above creates it
 * > The image may have no user app, because nothing above creates it
 * > The image may have no user app, because nothing above creates it
 * > The image may have no user svcaccount, because nothing above creates it
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y tor pulseaudio && usermod -aG pulse-access debian-tor && ./install -mode silent -og x
 * USER debian-tor
 * FROM mongo:8
 * USER mongo
 * FROM mongo:8
 * USER root
 * FROM mongo:8
 * USER mysql
 * FROM example.com/base:1
 * RUN ./set-up.sh
 * USER svcaccount
 * ```
 * The owner is looked up before a COPY brings anything, and a program that is copied to `/` brings no users:
 * ```dockerfile bad
 * FROM scratch
 * COPY --chown=«app» . /
 * ```
 * > The image has no user app, so the build stops here
 * ```dockerfile bad
 * FROM scratch
 * COPY server /
 * USER «web»
 * CMD ["/server"]
 * ```
 * > The image has no user web, so the container does not start
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'user-name-unresolvable',
  summary: 'The image lacks a user that the file names',
  category: 'runtime',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    yield* unresolvable(model, 'user', facts);
  },
});
