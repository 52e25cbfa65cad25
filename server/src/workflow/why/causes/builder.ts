// What the builder itself says: the file, its base images, registries, and the engine.
import { hostOf } from '../cause';
import type { Cause } from '../cause';

/** Whether an image is named by what a script puts something in place of, and no builder. */
function isTemplate(image: string): boolean {
  const inCapitals = /[@%{_]{1,2}[A-Z][A-Z_]*[@%}_]{1,2}|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
  return /%%|\{\{|<|#\w/.test(image) || (!image.includes('$') && inCapitals.test(image));
}

export const builderCauses: readonly Cause[] = [
  {
    id: 'dockerfile-empty',
    said: 'builder',
    signs: [
      /the Dockerfile \((?<path>[^)]+)\) cannot be empty/i,
      /No image was generated\. Is your Dockerfile empty/,
      /file with no instructions/,
    ],
    message: ({ path = 'The Dockerfile' }) =>
      `${path} holds no instruction, so there is nothing to build. Write at least a FROM`,
  },
  {
    id: 'dockerfile-missing',
    said: 'builder',
    signs: [
      /failed to read dockerfile: open (?<path>[^:]+): no such file/,
      /unable to evaluate symlinks in Dockerfile path: lstat (?<path>[^:]+):/,
      /the specified Containerfile or Dockerfile does not exist/,
      /Cannot locate (?:specified )?Dockerfile: (?<path>\S+)/,
    ],
    message: ({ path = 'the Dockerfile' }) =>
      `The builder does not find ${path}. Name the file with --file, or build in its folder`,
  },
  {
    id: 'no-stage',
    said: 'builder',
    signs: [/no build stage in current context/i],
    message: () => 'An instruction stands before the first FROM, so it belongs to no stage. Begin with FROM',
  },
  {
    id: 'needs-buildkit',
    said: 'builder',
    signs: [
      /Unknown flag: (?<argument>mount|platform|chmod|link|parents|exclude|checksum|network|security|keep-git-dir)/,
      /the --(?<argument>\w+) option requires BuildKit/,
    ],
    message: ({ argument = '' }) =>
      `The old builder does not know --${argument}. Build with BuildKit: set DOCKER_BUILDKIT=1, or use docker buildx build`,
  },
  {
    id: 'frontend-missing',
    said: 'builder',
    signs: [
      /failed to (?:resolve|load) frontend/,
      /frontend image (?<image>\S+)/,
      /resolve image config for (?:docker-image:\/\/)?(?<image>docker\.io\/docker\/dockerfile\S*)/,
    ],
    message: ({ image = 'that # syntax= names' }) =>
      `The builder cannot load the frontend image ${image}. Check the # syntax= line and the connection to its registry`,
  },
  {
    id: 'bad-reference',
    said: 'builder',
    signs: [
      /failed to parse stage name "(?<image>[^"]*)": invalid reference format(?<detail>.*)/,
      /base name \((?<image>[^)]*)\) should not be blank/,
      /invalid reference format(?<detail>.*)/,
      /invalid tag "(?<image>[^"]+)"/,
    ],
    more: ({ detail, ...facts }, { instruction }) => ({
      ...facts,
      ...(facts.image !== undefined || instruction === undefined
        ? {}
        : { image: instruction.split(/\s+/).find((word, at) => at > 0 && !word.startsWith('--')) ?? '' }),
      ...(detail?.includes('lowercase') ? { needed: 'lowercase' } : {}),
    }),
    message: ({ image = '', needed }) =>
      isTemplate(image)
        ? `${image} holds a placeholder, so the file is a template. Fill it in before the build`
        : needed === 'lowercase'
          ? `The image name ${image} has capital letters, which no registry allows. Write it in lower case`
          : image.includes('$') || image === ''
            ? `The image name ${image || 'in FROM'} is empty or broken once its variables are put in. Give the build argument a value`
            : `${image} is not a valid image name`,
  },
  {
    id: 'image-format-old',
    said: 'builder',
    signs: [
      /(?:schema ?1|manifest\.v1\+(?:pretty)?jws|unsupported manifest media type|v1 manifest|Docker Image Format v1)/i,
    ],
    message: ({ image = 'The base image' }) =>
      `${image} is stored in an old format that this builder no longer reads. Use a newer tag, or one that was pushed again`,
  },
  {
    id: 'platform-missing',
    said: 'anywhere',
    signs: [
      /no matching manifest for (?<platform>\S+) in the manifest list/,
      /(?<!\S)(?<image>\S+): no match for platform in manifest/,
      /no match for platform in manifest/,
      /image operating system "(?<platform>\w+)" cannot be used on this platform/,
      /choosing image instance: no image found in (?:manifest list|image index) for architecture (?<platform>\S+)/,
      /does not match the (?:specified|detected) (?:host )?platform/,
    ],
    message: ({ platform }) =>
      `The base image does not exist for ${platform ? `the platform ${platform}` : 'this platform'}. Choose another image, or build for a platform that it has with --platform`,
  },
  {
    id: 'wrong-platform',
    said: 'anywhere',
    signs: [/exec format error/i],
    message: () =>
      'A program in the image is for another processor, so this machine cannot run it. Build with --platform for that processor with emulation (QEMU), or take an image for this one',
  },
  {
    id: 'pull-limit',
    said: 'anywhere',
    signs: [/toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit/],
    message: () =>
      'The registry allows no more pulls for now. Log in with docker login, which raises the limit, or wait and run it again',
  },
  {
    id: 'daemon-unreachable',
    said: 'anywhere',
    signs: [
      /Cannot connect to the Docker daemon/,
      /error during connect: /,
      /failed to dial gRPC/,
      /dial unix \S*docker\S*\.sock/,
      /(?:rpc error: code = Unavailable desc|closing transport due to|error reading from server: EOF)/,
      /^unexpected EOF$/,
    ],
    // Commands of a build say the same of their own servers, and then end with a code.
    more: (facts, { printed, message, exitCode }) =>
      /^unexpected EOF$/.test(facts.said ?? '') &&
      (exitCode !== undefined || message !== '' || printed.at(-1) !== facts.said)
        ? undefined
        : facts,
    message: () =>
      'The container engine did not answer, or ended during the build. Start it, and run the build again',
  },
  {
    id: 'secret-missing',
    said: 'builder',
    signs: [/secret (?<argument>[\w./-]+): not found/, /(?:failed to stat|open) .*secret.*: no such file/],
    message: ({ argument = 'that RUN mounts' }) =>
      `The build was not given the secret ${argument}. Pass it with --secret id=${argument},src=FILE`,
  },
  {
    id: 'ssh-missing',
    said: 'builder',
    signs: [/unset ssh forward key (?<argument>\S+)/, /no ssh (?:handler|key) /, /could not parse ssh: /],
    message: ({ argument = 'default' }) =>
      `The build was not given the SSH agent that RUN mounts. Pass it with --ssh ${argument}`,
  },
  {
    id: 'registry-login',
    said: 'builder',
    signs: [
      /Get "?(?<url>https?:\/\/[^\s"]+?)"?: (?:no basic auth credentials|unauthorized|denied)/,
      /no basic auth credentials/,
      /unauthorized: |authentication required|authorization failed|access forbidden/,
      /failed to authorize: /,
      /denied: (?:requested access|access|Permission)/i,
      /unexpected status(?: from \S+ request to (?<url>\S+)|.*): 40[13]/,
    ],
    more: (facts) => withHost(facts),
    message: ({ host }) =>
      `The registry${host ? ` ${host}` : ''} wants a login for this image. Log in with docker login${host ? ` ${host}` : ''}, and check that the account may read it`,
  },
  {
    id: 'image-missing',
    said: 'builder',
    signs: [
      /manifest for (?<image>\S+) not found/,
      /pull access denied for (?<image>[^,\s]+)/,
      /repository (?<image>\S+) not found/,
      /failed to resolve source metadata for (?<image>\S+): \S+: not found/,
      /reading manifest (?:\S+) in (?<image>\S+): (?:manifest unknown|.*not found)/,
      /(?:^|\s)(?<image>\w[\w./:@-]*): (?:not found|manifest unknown)$/,
      /manifest unknown|name unknown|repository name not known/,
      /short-name (?:resolution|"(?<image>[^"]+)")/,
    ],
    more: (facts, { instruction = '' }) =>
      /^(?:COPY|ADD|RUN) (?!.*from=)/.test(instruction)
        ? undefined
        : {
            ...facts,
            ...(facts.image?.startsWith('docker.io/library/') && { image: facts.image.slice(18) }),
          },
    message: ({ image = 'The base image' }) =>
      `${image} is not in its registry: the name or the tag does not exist, has been removed, or needs a login. Choose a tag that exists`,
  },
  {
    id: 'registry-unreachable',
    said: 'builder',
    signs: [
      /Get "?(?<url>https?:\/\/[^\s"]+?)"?: .*(?:dial tcp|no such host|timeout|canceled|EOF|refused|x509|tls)/i,
      /dial tcp: lookup (?<host>\S+?)(?: on \S+)?: /,
      /(?:failed to do request|failed to fetch \w+ token).*(?<url>https?:\/\/[^\s"]+)/,
      /dial tcp|no such host|i\/o timeout|TLS handshake timeout|x509: |connection refused|connection reset/,
      /Client\.Timeout|request canceled while waiting|context deadline exceeded|unexpected status.* 5\d\d/,
    ],
    more: (facts) => withHost(facts),
    message: ({ host }) =>
      `The registry${host ? ` ${host}` : ''} did not answer. Check its name and the connection, and run the build again`,
  },
  {
    id: 'layer-broken',
    said: 'builder',
    signs: [
      /failed to register layer: (?<detail>.*)/,
      /(?:unexpected EOF|archive\/tar: invalid tar header)$/,
    ],
    message: () =>
      'The engine could not unpack a layer of the base image. Pull the image again; if that fails too, clean up the store of the engine',
  },
  {
    id: 'stage-missing',
    said: 'builder',
    signs: [
      /invalid from flag value (?<image>[^:]+):/,
      /target stage "?(?<image>[^"\s]+)"? could not be found/,
      /failed to reach build target (?<image>\S+) in Dockerfile/,
      /no stage or image found with that name.*"?(?<image>[^"\s]+)"?$/,
      /circular dependency detected on stage: (?<image>\S+)/,
    ],
    message: ({ image = '' }) =>
      `There is no stage or image named ${image}. Check the name after AS, and the one that asks for it`,
  },
  {
    id: 'shell-missing',
    said: 'anywhere',
    signs: [
      /(?:OCI runtime create failed|runc|crun|starting container process caused|unable to start container process).*exec: \\?"(?<command>[^"\\]+)\\?": (?:stat|executable file not found|.*no such file)/,
      /(?:crun|runc): executable file `(?<command>[^`]+)` not found/,
      /exec: "(?<command>\/bin\/(?:ba)?sh)": stat/,
      /exec "(?<command>[^"]+)": (?:executable file not found|no such file)/,
    ],
    message: ({ command = '/bin/sh' }) =>
      /sh$|cmd/.test(command)
        ? `The image has no ${command}, which runs the commands of RUN. Do this step in another stage, or set SHELL to a shell that it has`
        : `The image has no ${command}, or it cannot be run. Install it in a step before, or correct its path`,
  },
  {
    id: 'runtime-refused',
    said: 'builder',
    signs: [
      /OCI runtime (?:create|exec) failed/,
      /(?:error creating|failed to create) (?:runc )?(?:container|shim|task)/,
      /container_linux\.go|process_linux\.go/,
    ],
    message: () =>
      'The engine could not start a container for this step. Its own message says why; look at the engine and its kernel rather than at the Dockerfile',
  },
  {
    id: 'dockerfile-refused',
    said: 'builder',
    signs: [
      /Unknown flag: (?<argument>[\w-]+)/i,
      /unknown instruction: "?(?<command>\w+)/i,
      /parse error (?:on )?line \d+: (?<detail>.*)/i,
      /(?<![A-Z])(?<command>[A-Z]+) requires (?:exactly|at least|either|at most) .* arguments?/,
      /failed to process "?(?<argument>.+?)"?: (?:unexpected end of statement|.*substitution|unsupported modifier|missing)/,
      /cannot normalize nothing/,
      /unterminated heredoc|Syntax error - can't find = in "(?<argument>[^"]+)"/,
    ],
    more: (facts, { message }) => {
      const detail = facts.detail ?? /(?:parse error (?:on )?line \d+: )(.*)/i.exec(message)?.[1];
      return { ...facts, ...(detail !== undefined && { detail }) };
    },
    message: ({ argument, detail }) =>
      `The builder refuses this line${detail ? `: ${detail}` : argument ? `, at ${argument}` : ''}`,
  },
];

function withHost<F extends { readonly url?: string; readonly host?: string }>(facts: F): F {
  const host = facts.host ?? hostOf(facts.url);
  return host === undefined ? facts : { ...facts, host };
}
