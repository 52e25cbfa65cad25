import { defineRule } from '../core/lint/rule';
import { unresolvable } from '../core/families/unresolvable-names';

/**
 * The engine looks up the name of a group in the image's own `/etc/group`. Without an entry there, the container does not
 * start (`USER`), or the build stops (`--chown`). A number needs no look-up, and without a group the user's own one counts.
 *
 * ```dockerfile bad
 * FROM scratch
 * USER «1000:nogroup»
 * ```
 * > The image has no group nogroup, so the container does not start
 * ```dockerfile fixed
 * FROM scratch
 * USER 1000:65534
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && useradd dev
 * COPY --chown=«dev:web» . /srv
 * USER «0:web»
 * ```
 * > The image has no group web, so the build stops here
 * > The image has no group web, so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && useradd dev
 * COPY --chown=dev . /srv
 * USER 0
 * ```
 * A system user of Alpine gets no group of its own name. `chgrp` and `install` name a group alone:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN adduser -S app && install -d -o app -g «app» /srv && chgrp «nonroot» /opt && chown «:nonroot» /opt
 * USER «0:app»
 * ```
 * > The image has no group app, so the build stops here
 * > The image has no group nonroot, so the build stops here
 * > The image has no group nonroot, so the build stops here
 * > The image has no group app, so the container does not start
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN adduser -S app && install -d -o app -g app /srv && chgrp 65532 /opt && chown :65532 /opt
 * USER 0
 * ```
 * A new user needs its group too, and Debian has no `wheel`:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd -l -g «web» app && useradd -l ops && usermod -aG «wheel» ops && install -d «-gweb» /srv
 * RUN chown «root:wheel» /srv
 * ```
 * > The image has no group web, so the build stops here
 * > The image has no group wheel, so the build stops here
 * > The image has no group web, so the build stops here
 * > The image has no group wheel, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd -l -g web app && useradd -l ops && usermod -aG wheel ops && install -d -gweb /srv
 * RUN chown root /srv
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd app && gpasswd -a app «web» && adduser app «web» && usermod -aG «sudo,web» app
 * RUN adduser nobody «web» && gpasswd --delete $NAME web
 * ```
 * > The image has no group web, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * RUN groupadd web && useradd -l -g web -G sudo app && useradd -l -g $GID ops && useradd -R /chroot -g ops other
 * ```
 * A user that the image lacks too is the finding of user-name-unresolvable. Groups of the base image, of a step or of a
 * package are fine:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN addgroup -S web && adduser -S -G web app
 * USER app:web
 * FROM debian:12
 * RUN groupadd web && apt-get update && apt-get install -y postgresql
 * COPY --chown=0:web . /srv
 * USER 0:postgres
 * FROM debian:12
 * USER www-data:www-data
 * ```
 * Where a step may have created any group, a name that nothing above has is a hint of the profile `strict`:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN ./set-up.sh
 * COPY --chown=«0:svcgroup» . /srv
 * FROM fedora:43
 * RUN ./set-up.sh
 * USER «1000:svcgroup»
 * RUN true
 * ```
 * > The image may have no group svcgroup, because nothing above creates it
 * ```dockerfile good
 * FROM fedora:43
 * RUN ./set-up.sh
 * USER 0:wheel
 * FROM fedora:43
 * RUN ./set-up.sh
 * USER 0:nginx
 * FROM fedora:43
 * RUN ./set-up.sh
 * USER 0:utempter
 * FROM fedora:43
 * RUN ./set-up.sh && echo svcgroup
 * USER 0:svcgroup
 * ```
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'group-name-unresolvable',
  summary: 'The image lacks a group that the file names',
  category: 'runtime',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    yield* unresolvable(model, 'group', facts);
  },
});
