// The ways to look into a container that may have no shell, each as one command. What is not known yet stays a blank.
import type { ImageReference, InsidePath, PortPair } from '../checked-arguments';
import type { Translate } from '../translate';
import type { DebugTarget } from './targets';

/** What a person said beside the target. */
export interface DebugWish {
  /** With the tools to use. */
  readonly image: ImageReference | undefined;
  readonly path: InsidePath | undefined;
  /** Where a copy goes on this machine. */
  readonly to: string | undefined;
  readonly port: PortPair | undefined;
  /** Words to start instead of a shell. */
  readonly command: readonly string[];
}

/** Where a target may be; a cluster is asked only if someone says so. */
export type DebugPlace = 'container' | 'pod';

export interface DebugInput {
  readonly place: DebugPlace;
  /** Undefined: nobody chose one, and its names stay blanks. */
  readonly target: DebugTarget | undefined;
  /** The number of its first process on this machine; undefined: not asked, or not known. */
  readonly pid: number | undefined;
  readonly wish: DebugWish;
}

/** One word of a command. A blank is what a person has to fill in. */
export type Word = string | { readonly blank: string; readonly before: string; readonly after: string };

/** The program that starts: the engine of the container, kubectl, or a program of this machine. */
export type Starter = 'engine' | 'cluster' | { readonly program: string };

export interface DebugWay {
  readonly id: string;
  readonly places: readonly DebugPlace[];
  /** It needs a container that runs. */
  readonly needsRunning: boolean;
  /** It needs the rights of root on the machine of the container. */
  readonly needsRoot: boolean;
  readonly starter: (input: DebugInput) => Starter;
  title(t: Translate): string;
  /** What to know before; empty if nothing. */
  note(input: DebugInput, t: Translate): string;
  words(input: DebugInput): readonly Word[];
}

/** What to take when nobody says another: the small one has a shell, the other also tracers and network tools. */
const images = { shell: 'busybox:1', tools: 'nicolaka/netshoot:v0.16' } as const;

export const debugWays: readonly DebugWay[] = [
  {
    id: 'shell',
    places: ['container', 'pod'],
    needsRunning: true,
    needsRoot: false,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : 'engine'),
    title: (t) => t('a shell beside it, for images without one'),
    note: ({ place }, t) =>
      place === 'pod'
        ? t('Its files are below /proc/1/root. The container stays in the pod until the pod ends.')
        : t('It shares processes and network. The files of the other are below /proc/1/root.'),
    words: (input) => beside(input, images.shell, shellOr(input.wish, ['sh'])),
  },
  {
    id: 'exec',
    places: ['container', 'pod'],
    needsRunning: true,
    needsRoot: false,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : 'engine'),
    title: (t) => t('the shell of the image, if it has one'),
    note: () => '',
    words: (input) =>
      input.place === 'pod'
        ? ['exec', '--stdin', '--tty', pod(input), ...inPod(input), '--', ...shellOr(input.wish, ['sh'])]
        : ['exec', '--interactive', '--tty', container(input), ...shellOr(input.wish, ['sh'])],
  },
  {
    id: 'nsenter',
    places: ['container'],
    needsRunning: true,
    needsRoot: true,
    starter: () => ({ program: 'nsenter' }),
    title: (t) => t('the tools of this machine in its processes and network'),
    note: (_, t) =>
      t(
        'It keeps the files of this machine. For those of the image: nsenter --target PID --all /bin/sh, if there is a shell.',
      ),
    words: (input) => [
      around('--target=', pidOf(input)),
      '--net',
      '--ipc',
      '--uts',
      '--pid',
      '--',
      ...shellOr(input.wish, ['sh']),
    ],
  },
  {
    id: 'strace',
    places: ['container', 'pod'],
    needsRunning: true,
    needsRoot: true,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : { program: 'strace' }),
    title: (t) => t('its system calls'),
    note: ({ place }, t) => (place === 'pod' ? '' : t('It looks through namespaces from outside.')),
    words: (input) =>
      input.place === 'pod'
        ? beside(input, images.tools, ['strace', '-f', '-p', '1'])
        : ['-f', '-p', pidOf(input)],
  },
  {
    id: 'perf',
    places: ['container'],
    needsRunning: true,
    needsRoot: true,
    starter: () => ({ program: 'perf' }),
    title: (t) => t('where its time goes'),
    note: () => '',
    words: (input) => ['top', '-p', pidOf(input)],
  },
  {
    id: 'cp',
    places: ['container', 'pod'],
    needsRunning: false,
    needsRoot: false,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : 'engine'),
    title: (t) => t('a file or folder copied out'),
    note: ({ place }, t) =>
      place === 'pod'
        ? t('It needs tar in the image. Without it: a shell beside it, and cat below /proc/1/root.')
        : t('It also works when it has stopped.'),
    words: (input) => {
      const path = input.wish.path ?? { blank: 'path' };
      const to = input.wish.to ?? './';
      return input.place === 'pod'
        ? ['cp', ...inPod(input), from(podName(input), path), to]
        : ['cp', from(container(input), path), to];
    },
  },
  {
    id: 'port',
    places: ['container', 'pod'],
    needsRunning: true,
    needsRoot: false,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : 'engine'),
    title: (t) => t('a port of it, from here'),
    note: ({ place }, t) =>
      place === 'pod'
        ? t('It answers at 127.0.0.1 until you end it.')
        : t(
            'An engine publishes ports only when a container starts, so this asks from a container in its network.',
          ),
    words: (input) => portWords(input),
  },
  {
    id: 'logs',
    places: ['container', 'pod'],
    needsRunning: false,
    needsRoot: false,
    starter: ({ place }) => (place === 'pod' ? 'cluster' : 'engine'),
    title: (t) => t('what it prints'),
    note: ({ place }, t) => (place === 'pod' ? t('After a crash, --previous shows the last run.') : ''),
    words: (input) =>
      input.place === 'pod'
        ? ['logs', '--follow', '--tail=100', pod(input), ...inPod(input)]
        : ['logs', '--follow', '--tail=100', container(input)],
  },
  {
    id: 'node',
    places: ['pod'],
    needsRunning: false,
    needsRoot: true,
    starter: () => 'cluster',
    title: (t) => t('a shell on its node'),
    note: (_, t) => t('The files of the node are below /host.'),
    words: (input) => [
      'debug',
      around('node/', nodeOf(input)),
      '--stdin',
      '--tty',
      `--image=${input.wish.image ?? images.shell}`,
      '--',
      ...shellOr(input.wish, ['sh']),
    ],
  },
];

/** A container with tools that shares the processes and the network of the target. */
function beside(input: DebugInput, usual: string, command: readonly string[]): readonly Word[] {
  const image = input.wish.image ?? usual;
  if (input.place === 'pod')
    return [
      'debug',
      '--stdin',
      '--tty',
      pod(input),
      ...namespace(input),
      `--image=${image}`,
      around('--target=', containerOfPod(input)),
      // Lets tools such as strace attach, and see the files of another user.
      '--profile=general',
      '--',
      ...command,
    ];
  const name = container(input);
  return [
    'run',
    '--rm',
    '--interactive',
    '--tty',
    around('--pid=container:', name),
    around('--network=container:', name),
    // The files of a process of another user, and tracing it, need this.
    '--cap-add=SYS_PTRACE',
    image,
    ...command,
  ];
}

function portWords(input: DebugInput): readonly Word[] {
  const [outside, inside] = input.wish.port?.split(':') ?? [];
  const known = input.target?.kind === 'pod' ? input.target.ports[0] : undefined;
  if (input.place === 'pod') {
    const pair: Word =
      outside !== undefined && inside !== undefined
        ? `${outside}:${inside}`
        : (known ?? { blank: 'port', before: '', after: '' });
    return ['port-forward', pod(input), ...namespace(input), '--address=127.0.0.1', pair];
  }
  const image = input.wish.image ?? images.shell;
  const url = { blank: 'port', before: 'http://127.0.0.1:', after: '/' };
  return [
    'run',
    '--rm',
    around('--network=container:', container(input)),
    image,
    'wget',
    '-qO-',
    inside === undefined ? url : `http://127.0.0.1:${inside.replace(/\/.*/, '')}/`,
  ];
}

function shellOr({ command }: DebugWish, usual: readonly string[]): readonly string[] {
  return command.length > 0 ? command : usual;
}

type Part = string | { readonly blank: string };

function around(before: string, part: Word | Part): Word {
  if (typeof part === 'string') return `${before}${part}`;
  return { blank: part.blank, before, after: '' };
}

/** `web:/etc/hosts`, where both may be missing: then the place of the first is the blank. */
function from(name: Word, path: Part): Word {
  if (typeof name === 'string')
    return typeof path === 'string' ? `${name}:${path}` : { ...path, before: `${name}:`, after: '' };
  return { ...name, after: `:${typeof path === 'string' ? path : `<${path.blank}>`}` };
}

function container({ target }: DebugInput): Word {
  return target?.kind === 'container' ? target.name : { blank: 'container', before: '', after: '' };
}

function pod({ target }: DebugInput): Word {
  return target?.kind === 'pod' ? `pod/${target.pod}` : { blank: 'pod', before: 'pod/', after: '' };
}

function podName({ target }: DebugInput): Word {
  return target?.kind === 'pod' ? target.pod : { blank: 'pod', before: '', after: '' };
}

function containerOfPod({ target }: DebugInput): Word {
  return target?.kind === 'pod' ? target.container : { blank: 'container', before: '', after: '' };
}

function nodeOf({ target }: DebugInput): Word {
  const node = target?.kind === 'pod' ? target.node : undefined;
  return node ?? { blank: 'node', before: '', after: '' };
}

function pidOf({ pid }: DebugInput): Word {
  return pid === undefined ? { blank: 'pid', before: '', after: '' } : String(pid);
}

function namespace({ target }: DebugInput): readonly string[] {
  return target?.kind === 'pod' ? [`--namespace=${target.namespace}`] : [];
}

/** Which container of which namespace. */
function inPod(input: DebugInput): readonly Word[] {
  return [...namespace(input), around('--container=', containerOfPod(input))];
}

/** The blanks of a command, in order. */
export function blanksOf(words: readonly Word[]): readonly string[] {
  return [...new Set(words.flatMap((word) => (typeof word === 'string' ? [] : [word.blank])))];
}

/** The words as arguments; undefined while one is a blank. */
export function filled(words: readonly Word[]): readonly string[] | undefined {
  const plain = words.filter((word) => typeof word === 'string');
  return plain.length === words.length ? plain : undefined;
}

/**
 * A command for people, with its blanks marked: `docker exec -it <container> sh`.
 * @param quote makes a word safe for a shell
 */
export function wayText(program: string, words: readonly Word[], quote: (word: string) => string): string {
  const written = words.map((word) =>
    typeof word === 'string' ? quote(word) : `${word.before}<${word.blank}>${word.after}`,
  );
  return [quote(program), ...written].join(' ');
}

/** The ways for a place, those that need a running container only if it runs. */
export function waysFor({ place, target }: Pick<DebugInput, 'place' | 'target'>): readonly DebugWay[] {
  const runs = target?.isRunning ?? true;
  return debugWays.filter(({ places, needsRunning }) => places.includes(place) && (runs || !needsRunning));
}
