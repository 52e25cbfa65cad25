// Which other bases a FROM could have: for what the stage runs, with what each of them is and lacks.
import type { BaseUse } from '../knowledge/images/base-choices';
import { proposeBases } from '../knowledge/images/base-proposals';
import type { BaseProposal } from '../knowledge/images/base-proposals';
import { imageName } from '../knowledge/images/images';
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../text/span';

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
  return proposeBases(uses, version).filter(({ image }) => image !== present);
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
