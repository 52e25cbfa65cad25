// Made-up projects whose builds work, and edits of their files: what a builder then takes from its cache is compared with
// what Drydock says. The same seed gives the same.
import { seededRandom, sample } from './random';

export interface Project {
  readonly dockerfile: string;
  readonly ignore: { readonly path: string; readonly text: string } | undefined;
  /** Text by path, beside the Dockerfile, the ignore file and a static busybox. */
  readonly files: Readonly<Record<string, string>>;
  readonly target: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly path: string;
  /** `touch` changes the time alone. */
  readonly kind: 'change' | 'mode' | 'add' | 'remove' | 'touch';
}

const files: Readonly<Record<string, string>> = {
  'package.json': '{}\n',
  'package-lock.json': '{"lock": 1}\n',
  'README.md': '# readme\n',
  LICENSE: 'free\n',
  'src/app.js': 'app\n',
  'src/app.test.js': 'test\n',
  'src/lib/util.js': 'util\n',
  'src/lib/notes.md': '# notes\n',
  'src/lib/deep/data.txt': 'data\n',
  'config/app.yaml': 'app: 1\n',
  'config/dev.yaml': 'dev: 1\n',
  'docs/guide.md': '# guide\n',
  'docs/images/logo.svg': '<svg/>\n',
  'scripts/run.sh': 'echo run\n',
  'scripts/check.sh': 'echo check\n',
  'tests/one.test.js': 'one\n',
};

/** Files that edits add. */
const added = ['src/new.js', 'docs/new.md', 'config/new.yaml', 'src/lib/new.txt', 'new.json'];

const folders = ['src', 'src/lib', 'config', 'docs', 'scripts', 'tests'];
const literals = Object.keys(files);
const globs = [
  '*.json',
  'package*.json',
  'src/*.js',
  'config/*.yaml',
  's*',
  'src/*/*.js',
  'doc[s]/*.md',
  'scripts/?un.sh',
  '*',
];
const parents = ['src/**/*.js', 'src/lib/deep/data.txt', './src/./lib', 'config/*.yaml', 'docs', '*/*.md'];
const excludes = ['*.md', '**/*.md', 'lib', '**/*.test.js', 'app.*', 'docs'];

const ignores = [
  '',
  '',
  '*.md\n',
  '**/*.md\n!README.md\n',
  'docs\ntests\n',
  '# notes\n**/*.test.js\n**/deep\n',
  'src/lib/*\n!src/lib/util.js\n',
  'Dockerfile*\n.dockerignore\nLICENSE\n',
];

/** A project that a seed stands for. */
export function projectOf(seed: number, edits = 5): Project {
  const random = seededRandom(seed * 7919 + 13);
  const maker = new Maker(random);
  const dockerfile = maker.dockerfile();
  const text = pick(ignores, random);
  const ignore =
    text === '' ? undefined : { path: random() < 0.3 ? 'Dockerfile.dockerignore' : '.dockerignore', text };
  const kinds: readonly Edit[] = [
    ...sample(literals, edits, random).map((path): Edit => ({ path, kind: kindOf(random()) })),
  ];
  const all =
    random() < 0.5 ? [...kinds.slice(1), { path: pick(added, random), kind: 'add' as const }] : kinds;
  return { dockerfile, ignore, files, target: maker.target(), edits: all };
}

function kindOf(chance: number): Edit['kind'] {
  if (chance < 0.78) return 'change';
  if (chance < 0.88) return 'mode';
  return chance < 0.95 ? 'remove' : 'touch';
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

interface MadeStage {
  readonly name: string;
  /** Absolute paths that are there. */
  readonly paths: string[];
  onbuild: boolean;
}

class Maker {
  readonly #random: () => number;
  readonly #stages: MadeStage[] = [];
  #count = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  dockerfile(): string {
    const count = 2 + Math.floor(this.#random() * 3);
    const lines = [
      'FROM scratch AS base',
      'COPY busybox /bin/busybox',
      'COPY busybox /bin/sh',
      'RUN ["/bin/busybox", "--install", "/bin"]',
    ];
    for (let at = 0; at < count; at += 1) lines.push(...this.#stage(at));
    return `${lines.join('\n')}\n`;
  }

  /** Most often the last stage. */
  target(): string {
    const last = this.#stages.at(-1)?.name ?? 'base';
    return this.#random() < 0.9 ? last : pick(this.#stages, this.#random).name;
  }

  #stage(at: number): readonly string[] {
    const chance = this.#random();
    const parent = chance < 0.3 ? this.#some() : undefined;
    const name = `s${at}`;
    const stage: MadeStage = { name, paths: [...(parent?.paths ?? [])], onbuild: false };
    const lines = ['', `FROM ${parent?.name ?? 'base'} AS ${name}`];
    const count = 2 + Math.floor(this.#random() * 5);
    for (let step = 0; step < count; step += 1) lines.push(...this.#instruction(stage));
    this.#stages.push(stage);
    return lines;
  }

  #some(): MadeStage | undefined {
    return this.#stages.length > 0 ? pick(this.#stages, this.#random) : undefined;
  }

  #instruction(stage: MadeStage): readonly string[] {
    const id = (this.#count += 1);
    const chance = this.#random();
    const other = this.#some();
    if (chance < 0.38) return [this.#copy(stage, id)];
    if (chance < 0.56 && other && other.paths.length > 0) return [this.#copyFrom(stage, other, id)];
    if (chance < 0.66) return [this.#run(stage, id)];
    if (chance < 0.74) return [this.#bind(other, id)];
    if (chance < 0.8) return [`WORKDIR /work${id}`];
    if (chance < 0.86) return [`ENV E${id}=1`, `LABEL l${id}=1`];
    if (chance < 0.91)
      return [`ARG DIR${id}=${pick(folders, this.#random)}`, this.#plain(stage, `\${DIR${id}}`, id)];
    if (chance < 0.95 && !stage.onbuild) {
      stage.onbuild = true;
      return [`ONBUILD COPY ${pick(folders, this.#random)} /onbuild${id}/`];
    }
    return [`RUN --mount=type=cache,target=/c echo ${id} > /echo${id}`];
  }

  #copy(stage: MadeStage, id: number): string {
    const chance = this.#random();
    if (chance < 0.3) return this.#plain(stage, pick(literals, this.#random), id);
    if (chance < 0.5) return this.#plain(stage, pick(folders, this.#random), id);
    if (chance < 0.66) return this.#plain(stage, pick(globs, this.#random), id);
    if (chance < 0.74) return this.#plain(stage, '.', id);
    if (chance < 0.84) return this.#plain(stage, sample(literals, 2, this.#random).join(' '), id);
    if (chance < 0.92) {
      const source = pick([...folders, '.', 'src/*.js'], this.#random);
      return this.#plain(stage, source, id, `COPY --exclude=${pick(excludes, this.#random)}`);
    }
    return this.#plain(stage, pick(parents, this.#random), id, 'COPY --parents');
  }

  #plain(stage: MadeStage, source: string, id: number, keyword = ''): string {
    const chance = this.#random();
    const link = chance < 0.25 ? ' --link' : '';
    const chmod = chance > 0.25 && chance < 0.32 ? ' --chmod=755' : '';
    const chown = chance > 0.9 ? ' --chown=1:1' : '';
    const word = keyword === '' ? (chance > 0.82 && chance < 0.9 ? 'ADD' : 'COPY') : keyword;
    const target = `/d${id}/`;
    stage.paths.push(target.slice(0, -1));
    if (!/[*?[$. ]/.test(source) && !word.includes('--')) this.#inner(stage, source, target);
    if (word === 'COPY' && literals.includes(source) && chance > 0.4)
      stage.paths.push(`${target}${source.split('/').at(-1) ?? ''}`);
    return `${word}${link}${chmod}${chown} ${source} ${target}`;
  }

  /** A file in a copied folder. */
  #inner(stage: MadeStage, folder: string, target: string): void {
    const inside = literals.filter((path) => path.startsWith(`${folder}/`));
    if (inside.length > 0 && this.#random() < 0.6)
      stage.paths.push(target + pick(inside, this.#random).slice(folder.length + 1));
  }

  #copyFrom(stage: MadeStage, other: MadeStage, id: number): string {
    const path = pick(other.paths, this.#random);
    const link = this.#random() < 0.2 ? ' --link' : '';
    stage.paths.push(`/from${id}`);
    return `COPY${link} --from=${other.name} ${path} /from${id}/`;
  }

  #run(stage: MadeStage, id: number): string {
    const chance = this.#random();
    const path = stage.paths.length > 0 ? pick(stage.paths, this.#random) : '/bin';
    if (chance < 0.4) {
      stage.paths.push(`/out${id}`);
      return `RUN mkdir /out${id} && ls -R ${path} > /out${id}/list`;
    }
    if (chance < 0.6) {
      stage.paths.push(`/out${id}`);
      return `RUN find ${path} -type f -exec cat {} + > /out${id}`;
    }
    return `RUN echo ${id} && test -e ${path}`;
  }

  #bind(other: MadeStage | undefined, id: number): string {
    const chance = this.#random();
    const rw = chance > 0.8 ? ',rw' : '';
    if (other && other.paths.length > 0 && chance < 0.35)
      return `RUN --mount=type=bind,from=${other.name},source=${pick(other.paths, this.#random)},target=/m true ${id}`;
    const source = pick([...folders, ...literals, ''], this.#random);
    const from = source === '' ? '' : `,source=${source}`;
    return `RUN --mount=type=bind${from},target=/m${rw} true ${id}`;
  }
}
