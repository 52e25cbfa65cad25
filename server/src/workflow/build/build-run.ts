// What the user chose for a build, and the argument array each builder wants for it.
import type { Builder } from '../find-tools';
import type { CommandLine } from '../../io/spawn-runner';

export interface BuildChoice {
  /** Absolute path. */
  readonly dockerfile: string;
  /** Absolute path of a folder. */
  readonly context: string;
  /** Name or index of a stage; without it the last one is built. */
  readonly target?: string;
  readonly tag: string;
  /** Empty: the engine's own platform. */
  readonly platforms: readonly string[];
  /** Those the user set; the others keep their defaults. */
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  /** Ask for a newer base image even if there is one in the store. */
  readonly pull?: boolean;
}

export interface BuildExtras {
  /**
   * The file has HEALTHCHECK, SHELL or ONBUILD: podman and buildah drop them, as their usual image format, OCI,
   * has no place for them.
   */
  readonly needsDockerFormat: boolean;
  /** From the settings; put in front of the context. */
  readonly arguments: readonly string[];
}

/** Whether the builder can make an image for several platforms in one go. */
export function canBuildSeveralPlatforms(builder: Pick<Builder, 'kind'>): boolean {
  return builder.kind !== 'legacy';
}

/** @returns one program with its arguments; no part of it is ever read by a shell */
export function buildCommand(builder: Builder, choice: BuildChoice, extras: BuildExtras): CommandLine {
  const common = [
    `--file=${choice.dockerfile}`,
    ...(choice.target === undefined ? [] : [`--target=${choice.target}`]),
    ...(choice.platforms.length === 0 ? [] : [`--platform=${choice.platforms.join(',')}`]),
    ...Object.entries(choice.buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...(choice.noCache ? ['--no-cache'] : []),
    ...(choice.pull ? ['--pull'] : []),
  ];
  const last = [...extras.arguments, choice.context];
  const several = choice.platforms.length > 1;
  const { program } = builder;
  switch (builder.kind) {
    case 'buildx': {
      // A builder in a container keeps the result to itself unless asked; an image for several platforms
      // cannot be loaded everywhere, and the others need no asking.
      const load = several ? [] : ['--load'];
      const args = [
        'buildx',
        'build',
        '--progress=plain',
        ...common,
        `--tag=${choice.tag}`,
        ...load,
        ...last,
      ];
      return { program, args, env: {} };
    }
    case 'buildkit': {
      const args = ['build', '--progress=plain', ...common, `--tag=${choice.tag}`, ...last];
      return { program, args, env: { DOCKER_BUILDKIT: '1' } };
    }
    case 'legacy':
      return {
        program,
        args: ['build', ...common, `--tag=${choice.tag}`, ...last],
        env: { DOCKER_BUILDKIT: '0' },
      };
    case 'podman':
    case 'buildah': {
      const name = several ? `--manifest=${choice.tag}` : `--tag=${choice.tag}`;
      const format = extras.needsDockerFormat ? ['--format=docker'] : [];
      // `bud` is the name that every version of buildah knows. Layers give it a cache, as the others have.
      const verb = builder.kind === 'buildah' ? ['bud', '--layers'] : ['build'];
      return { program, args: [...verb, ...format, ...common, name, ...last], env: {} };
    }
  }
}

/** The command line for people to paste into a shell (POSIX quoting, also understood by PowerShell for plain words). */
export function asShellText({ program, args, env }: CommandLine): string {
  const quote = (word: string): string =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...variables, quote(program), ...args.map(quote)].join(' ');
}
