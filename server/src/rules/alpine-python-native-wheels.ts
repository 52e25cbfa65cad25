import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import { packageName } from '../core/knowledge/packages/package-managers';
import { onlySources, requirementName, withoutMuslWheels } from '../core/knowledge/packages/native-wheels';
import type { Install } from '../core/model/installs';
import { argumentsOf } from '../core/shell/options';
import type { ShellWord } from '../core/shell/types';
import { once } from '../core/text/memo';

/**
 * Alpine has another C library than most systems. Some packages with native code have no ready-made build for it, so pip
 * compiles them for a long time, or finds nothing to install.
 *
 * ```dockerfile bad files="requirements.txt main.py" texts="requirements.txt: flask==3.1.0\nopencv_python==4.10.0.84"
 * FROM python:3.13-alpine AS app
 * COPY requirements.txt .
 * RUN pip install --no-cache-dir -r «requirements.txt»
 * RUN pip install --no-cache-dir flask==3.1.0 «torch==2.5.1»
 * ```
 * > opencv-python may have no build for Alpine, so pip takes long to compile it, or finds nothing
 * > torch may have no build for Alpine, so pip takes long to compile it, or finds nothing
 * ```dockerfile fixed
 * FROM python:3.13-slim AS app
 * COPY requirements.txt .
 * RUN pip install --no-cache-dir -r requirements.txt
 * RUN pip install --no-cache-dir flask==3.1.0 torch==2.5.1
 * ```
 * With commands of Alpine in the stage, another base needs more than another tag:
 * ```dockerfile bad
 * FROM python:alpine3.20
 * RUN apk add --no-cache libstdc++=13.2.1_git20240309-r0
 * RUN pip install --no-cache-dir «xgboost==2.1.0»
 * FROM alpine:3.20
 * RUN pip install --no-cache-dir «tensorflow==2.17»
 * FROM python:3.13-alpine-custom
 * RUN pip install --no-cache-dir «torch==2.5.1»
 * FROM python@sha256:0000000000000000000000000000000000000000000000000000000000000000
 * ```
 * > xgboost may have no build for Alpine, so pip takes long to compile it, or finds nothing
 * > tensorflow may have no build for Alpine, so pip takes long to compile it, or finds nothing
 * > torch may have no build for Alpine, so pip takes long to compile it, or finds nothing
 * Some packages come as source code alone:
 * ```dockerfile bad files="main.py"
 * FROM python:3.13-alpine
 * RUN pip install --no-cache-dir «psycopg2==2.9.10» flask==3.1.0 && uv pip install --system --no-cache «uwsgi==2.0.28»
 * ```
 * > psycopg2 comes as source code, and this image has no compiler for it
 * > uwsgi comes as source code, and this image has no compiler for it
 * ```dockerfile bad
 * FROM python:3.13-alpine
 * RUN poetry add «psycopg2@2.9.10» flask && pipenv install «uwsgi==2.0.28» && poetry run flask
 * ```
 * > psycopg2 comes as source code, and this image has no compiler for it
 * > uwsgi comes as source code, and this image has no compiler for it
 * A compiler can make up for it, if there are sources. Another index may have builds for Alpine:
 * ```dockerfile good files="main.py"
 * FROM python:3.13-alpine
 * RUN apk add --no-cache build-base=0.5-r3
 * RUN pip install --no-cache-dir xgboost==2.1.0 psycopg2==2.9.10 && pip install --no-cache-dir numpy==2.1 -r requirements.txt
 * RUN pip install --no-cache-dir --index-url https://wheels.example.com/alpine torch==2.5.1
 * FROM python:3.13-slim
 * RUN pip install --no-cache-dir torch==2.5.1 && poetry add psycopg2
 * ```
 */
export default defineRule({
  id: 'alpine-python-native-wheels',
  summary: 'A Python package has no ready-made build for Alpine',
  category: 'image',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['pip', 'uv', 'pipx', 'poetry', 'pipenv'],

  *check({ model, facts: { context } }) {
    for (const use of model.installs) {
      const stage = model.stageOf(use.command.instruction);
      if (use.manager.family !== 'pip' && use.manager.family !== 'uv') continue;
      if (stage?.base.libc !== 'musl' || givesOption(use, ...otherIndexes)) continue;
      const bottom = stage.chain.at(-1);
      for (const { word, name } of nativePackages(use, (file) => context?.textOf?.(file))) {
        if (withCompiler(model).has(bottom) && withoutMuslWheels.get(name) !== false) continue;
        if (onlySources.has(name)) {
          yield {
            at: word.span,
            message: `${name} comes as source code, and this image has no compiler for it`,
          };
          continue;
        }
        yield {
          at: word.span,
          message: `${name} may have no build for Alpine, so pip takes long to compile it, or finds nothing`,
          fix: withAlpineCommands(model).has(bottom) ? undefined : onDebian(bottom),
        };
      }
    }
    for (const { word, name } of addedPackages(model))
      if (onlySources.has(name))
        yield {
          at: word.span,
          message: `${name} comes as source code, and this image has no compiler for it`,
        };
  },
});

/** What tools of projects add on Alpine without a compiler: `poetry add psycopg2`. */
function addedPackages(model: Model): readonly NativePackage[] {
  return model.commandsNamed('poetry', 'pipenv').flatMap((command) => {
    const stage = model.stageOf(command.instruction);
    const [verb, ...packages] = argumentsOf(command).operands;
    const isMeant = stage?.base.libc === 'musl' && !withCompiler(model).has(stage.chain.at(-1));
    return isMeant && /^(?:add|install)$/.test(verb?.value ?? '')
      ? packages.map((word) => ({ word, name: requirementName((word.value ?? '').replace(/@.*$/, '')) }))
      : [];
  });
}

const otherIndexes = [
  '--index-url',
  '-i',
  '--extra-index-url',
  '--find-links',
  '-f',
  '--index',
  '--default-index',
];

const bottomOf = (model: Model, instruction: Instruction): Stage | undefined =>
  model.stageOf(instruction)?.chain.at(-1);

/** The stages with an image whose later steps install a compiler. */
const withCompiler = once((model: Model): ReadonlySet<Stage | undefined> => {
  const found = new Set<Stage | undefined>();
  for (const { command, manager, packages } of model.installs) {
    const names =
      manager.name === 'apk' ? packages.map(({ value }) => packageName(manager, value ?? '')) : [];
    if (names.some((name) => /^(?:build-base|gcc|g\+\+|clang)$/.test(name)))
      found.add(bottomOf(model, command.instruction));
  }
  return found;
});

/** The stages with an image on which commands of Alpine run. */
const withAlpineCommands = once(
  (model: Model): ReadonlySet<Stage | undefined> =>
    new Set(
      model
        .commandsNamed('apk', 'adduser', 'addgroup', 'ash')
        .map(({ instruction }) => bottomOf(model, instruction)),
    ),
);

interface NativePackage {
  readonly word: ShellWord;
  readonly name: string;
}

function isNative(name: string): boolean {
  return withoutMuslWheels.has(name) || onlySources.has(name);
}

/** The packages of a command and of its requirements that have no wheel for musl. @param textOf of a file of the context */
function* nativePackages(
  { packages, given }: Install,
  textOf: (name: string) => string | undefined,
): Generator<NativePackage> {
  for (const word of packages) {
    const name = requirementName(word.value ?? '');
    if (isNative(name)) yield { word, name };
  }
  for (const { name: option, value, valueWord } of given) {
    if ((option !== '-r' && option !== '--requirement') || !valueWord) continue;
    const lines = textOf((value ?? '').replace(/^.*\//, ''))?.split('\n') ?? [];
    const name = lines.map(requirementName).find(isNative);
    if (name !== undefined) yield { word: valueWord, name };
  }
}

/** The same Python on Debian. */
function onDebian(stage: Stage | undefined): Fix | undefined {
  const image = stage?.image;
  if (stage?.base.name !== 'python' || !image?.tag || image.digest || image.variable) return undefined;
  const tag = image.tag.text.replace(/alpine[\d.]*$/, 'slim');
  if (tag === image.tag.text) return undefined;
  return { title: `Use python:${tag}`, edits: [replace(image.tag.span, tag)] };
}
