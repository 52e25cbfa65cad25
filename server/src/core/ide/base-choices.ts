// Which other bases a FROM could have: for what the stage runs, with what each of them is and lacks.
import { baseChoices } from '../knowledge/images/base-choices';
import type { BaseChoice, BaseUse } from '../knowledge/images/base-choices';
import type { BaseImage } from '../knowledge/images/base-image';
import { imageName, knowImage } from '../knowledge/images/images';
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../text/span';

export interface BaseProposal {
  readonly image: string;
  /** On one line: user, shell, C library, package manager, processors. */
  readonly facts: string;
  /** Sentences. */
  readonly note: string;
}

/** Images that a language is built with, by what their programs need to run. */
const usesOfName: Readonly<Record<string, readonly BaseUse[]>> = {
  python: ['python'],
  node: ['node'],
  'eclipse-temurin': ['java'],
  openjdk: ['java'],
  amazoncorretto: ['java'],
  tomcat: ['java'],
  ruby: ['ruby'],
  php: ['php'],
  nginx: ['site'],
  httpd: ['site'],
  golang: ['go'],
  rust: ['rust'],
};

const usesOfPart: readonly (readonly [part: RegExp, uses: readonly BaseUse[]])[] = [
  [/\/python\d?(?:-debian\d+)?$/, ['python']],
  [/\/node(?:js\d*)?(?:-debian\d+)?$/, ['node']],
  [/\/(?:java\d*|jre|jdk)(?:-debian\d+)?$/, ['java']],
  [/^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)/, ['dotnet']],
  [/nginx-unprivileged$/, ['site']],
];

/** The stage that begins with a FROM at a place, with the part of it that names the image. */
export function baseAt(model: Model, at: Span): { readonly stage: Stage; readonly image: Span } | undefined {
  const stage = model.stages.find(
    ({ from }) => from && from.span.start <= at.start && at.start <= from.span.end,
  );
  if (!stage?.image || stage.image.variable) return undefined;
  if (stage.parent) return undefined;
  return { stage, image: stage.image.span };
}

/** The bases for a stage, the smallest first, without the one that it has. Empty where its use is not known. */
export function basesFor(model: Model, stage: Stage): readonly BaseProposal[] {
  const present = stage.image?.text ?? '';
  const { name, tag = '' } = imageName(present);
  const uses = usesOf(model, stage, name);
  const version = versionIn(`${name}:${tag}`, name);
  return baseChoices
    .filter((choice) => choice.uses.some((use) => uses.includes(use)))
    .map((choice) => describe(choice, version))
    .filter(({ image }) => image !== present);
}

function usesOf(model: Model, stage: Stage, name: string): readonly BaseUse[] {
  const own = usesOfName[name] ?? usesOfPart.find(([part]) => part.test(name))?.[1];
  if (own && stage !== model.finalStage) return own;
  // A compiler in the last stage: what it makes needs less.
  if (name === 'golang') return ['static', 'linked'];
  if (name === 'rust') return ['linked', 'static'];
  if (own) return own;
  const built = model.stages
    .filter((one) => one !== stage && one.image)
    .flatMap(({ image }) => usesOfName[imageName(image?.text ?? '').name] ?? []);
  const compiles = built.some((use) => use === 'go' || use === 'rust');
  return stage === model.finalStage && compiles ? ['static', 'linked', 'system'] : ['system'];
}

/** The version of the language that a reference names: `3.13` in `python:3.13-slim`, `24` in `nodejs24-debian13`. */
function versionIn(reference: string, name: string): string | undefined {
  const inName = /\/(?:nodejs|java)(\d+)-debian/.exec(name)?.[1];
  const parts = /:(\d+(?:\.\d+)?)/.exec(reference)?.[1];
  return inName ?? parts;
}

function describe(
  { image, version, note, architectures }: BaseChoice,
  present: string | undefined,
): BaseProposal {
  const depth = version?.split('.').length ?? 0;
  const wanted = present?.split('.').slice(0, depth).join('.');
  const fits = wanted !== undefined && wanted.split('.').length === depth;
  const full = image.replace('«»', (fits ? wanted : version) ?? '');
  return { image: full, facts: factsOf(knowImage(full), architectures), note };
}

const libraries = { glibc: 'glibc', musl: 'musl', none: 'no C library' } as const;

function factsOf(base: BaseImage, architectures: readonly string[]): string {
  const { user, isRoot, shell, libc, packageManager } = base;
  return [
    isRoot === true ? 'runs as root' : isRoot === false ? `runs as ${user ?? 'another user'}` : undefined,
    shell === 'none' ? 'no shell' : shell,
    libc && libraries[libc],
    packageManager === 'none' ? 'no package manager' : packageManager,
    architectures.join(' '),
  ]
    .filter((one) => one !== undefined && one !== '')
    .join(' · ');
}
