import { defineRule, sharedOptions } from '../core/lint/rule';
import { containerEngines } from '../core/knowledge/packages/container-engines';
import { packageName } from '../core/knowledge/packages/package-managers';

/**
 * An engine inside a container needs `--privileged`, which gives the container the host. To build images without it there
 * are rootless builders, such as BuildKit or Buildah; to talk to the engine of the host, the client is enough.
 *
 * Many packages bring the engine and the client together, so the recommended profile leaves packages out.
 *
 * ```dockerfile bad
 * FROM «docker:27-dind»
 * RUN apk add --no-cache git
 * ```
 * > An engine in a container needs --privileged, which gives it the host
 * Many packages bring an engine and a client, and nothing says which of them an image needs. The profile `strict` asks:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends «docker.io» git
 * ```
 * > docker.io brings an engine that needs --privileged, and a client alone may be enough
 * ```dockerfile bad options="profile: strict" severity="info"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends «docker.io» git
 * ```
 * > docker.io brings an engine that needs --privileged, and a client alone may be enough
 * ```dockerfile good
 * FROM docker:27-dind AS engine
 * FROM docker:27-cli
 * RUN apk add --no-cache docker-cli-buildx && pip install docker
 * COPY --from=engine /usr/local/bin/dockerd /x
 * ```
 * Docker's own script installs the engine, too:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN curl -fsSL «https://get.docker.com» -o /install.sh && sh /install.sh
 * ```
 * > The script brings an engine that needs --privileged, and a client alone may be enough
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * RUN curl -fsSL «https://get.docker.com» | sh
 * RUN curl -fsSL https://example.com/a | sh
 * ```
 * > The script brings an engine that needs --privileged, and a client alone may be enough
 * So do the archives with its programs, and the packages of its parts:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * RUN curl -fsSL «https://download.docker.com/linux/static/stable/x86_64/docker-27.0.3.tgz» | tar -xz -C /opt
 * RUN wget -q «"https://download.docker.com/linux/static/stable/$(uname -m)/docker-${VERSION}.tgz"»
 * RUN wget -q https://download.docker.com/linux/static/stable/x86_64/docker-rootless-extras-27.0.3.tgz
 * RUN apt-get update && apt-get install -y --no-install-recommends «containerd.io»
 * ```
 * > The archive brings an engine that needs --privileged, and a client alone may be enough
 * > The archive brings an engine that needs --privileged, and a client alone may be enough
 * > containerd.io brings an engine that needs --privileged, and a client alone may be enough
 */
export default defineRule({
  id: 'docker-in-image',
  summary: 'A container engine is part of the image',
  category: 'security',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['docker', 'moby'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const chain = new Set(model.stages.filter(({ isFinal }) => isFinal).flatMap((stage) => stage.chain));
    for (const { image, base } of chain) {
      if (image && base.name === 'docker' && /(?:^|-)dind/.test(String(image.tag?.text)))
        yield {
          at: image.span,
          message: 'An engine in a container needs --privileged, which gives it the host',
        };
    }
    for (const command of model.commandsNamed('curl', 'wget')) {
      const script = command.args.find(({ text }) => engineDownload.test(text));
      const stage = model.stageOf(command.instruction);
      if (!script || command.instruction.keyword !== 'RUN' || !stage || !chain.has(stage)) continue;
      yield {
        at: script.span,
        message: `The ${/\/(?:builds|static)\//.test(script.text) ? 'archive' : 'script'} brings an engine that needs --privileged, and a client alone may be enough`,
        severity: profile === 'strict' ? undefined : 'hint',
      };
    }
    for (const { command, manager, packages } of model.installs) {
      if (manager.scope !== 'system') continue;
      const stage = model.stageOf(command.instruction);
      const engine = packages.find(({ value }) => containerEngines.has(packageName(manager, value ?? '')));
      if (!engine || !stage || !chain.has(stage)) continue;
      yield {
        at: engine.span,
        message: `${packageName(manager, engine.value ?? '')} brings an engine that needs --privileged, and a client alone may be enough`,
        severity: profile === 'strict' ? undefined : 'hint',
        quiet: true,
      };
    }
  },
});

/** Docker's scripts, and its archives with the engine and the client. */
const engineDownload =
  /:\/\/(?:get|test)\.docker\.com|:\/\/download\.docker\.com\/(?:linux|mac)\/static\/.*\/docker-(?!rootless)[^/]*\.tgz/;
