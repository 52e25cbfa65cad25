import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';
import { unmatchedVariables } from '../core/analysis/symbols/unmatched-variables';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { nameOfOption } from '../core/analysis/text/mount-options';
import { globalNames, handlesUnset, nearestName } from '../core/analysis/symbols/variable-names';
import { instructions } from '../core/knowledge/syntax/instructions';
import { isPlatformVariable } from '../core/knowledge/syntax/predefined-variables';
import type { Word } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';

/**
 * The builder replaces a variable that nothing sets with nothing. So a typing error, or an `ARG` that stands only above the
 * first `FROM`, silently changes a path or a value.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ARG VERSION=1.0
 * COPY app-«$VERISON».tar.gz /srv/
 * ```
 * > Nothing sets VERISON, so the builder puts nothing here
 * ```dockerfile fixed
 * FROM debian:12
 * ARG VERSION=1.0
 * COPY app-$VERSION.tar.gz /srv/
 * ```
 * An `ARG` above the first `FROM` exists only in `FROM` lines, until a stage repeats its name:
 * ```dockerfile bad
 * ARG VERSION=1.0
 * FROM debian:12
 * LABEL version=«${VERSION}»
 * ```
 * > VERSION is set above FROM, and this stage does not repeat ARG VERSION
 * ```dockerfile fixed
 * ARG VERSION=1.0
 * FROM debian:12
 * ARG VERSION
 * LABEL version=${VERSION}
 * ```
 * The builder sets the platform's variables, but a stage has to name them too:
 * ```dockerfile bad
 * FROM debian:12
 * COPY app-«$TARGETARCH» /app
 * COPY --chown=«$TARGETARCH» lib /lib
 * ```
 * > The builder sets TARGETARCH only for stages that say ARG TARGETARCH
 * ```dockerfile fixed
 * FROM debian:12
 * ARG TARGETARCH
 * COPY app-$TARGETARCH /app
 * COPY --chown=$TARGETARCH lib /lib
 * ```
 * Without a name that is near, only the author knows the value:
 * ```dockerfile bad
 * FROM debian:12
 * ARG PREFIX|=/srv
 * ENV HOME_OF_APP=«$PREFIX»/app
 * ```
 * > Nothing sets PREFIX, so the builder puts nothing here
 * A list that extends itself is right on bases that set it, and only leaves a colon behind on the others:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * ENV LD_LIBRARY_PATH=/opt/lib:«$LD_LIBRARY_PATH»
 * ```
 * > Nothing sets LD_LIBRARY_PATH, so the builder puts nothing here
 * ```dockerfile good
 * FROM debian:12 AS base
 * ARG A
 * ENV B=1 C=${D:-2} PATH=/opt/bin:$PATH
 * FROM base
 * COPY $A $B /srv/
 * RUN echo $ANYTHING '$ELSE'
 * LABEL name='$NAME'
 * ARG ONE=1 TWO=$ONE
 * FROM registry.example.com/team/base:1
 * COPY app $APP_HOME
 * ```
 * A mount whose target is the root stops the build:
 * ```dockerfile bad severity="error"
 * FROM debian:12
 * RUN --mount=type=cache,target=/«$CACHE» make
 * RUN --mount=type=«${TYPE}»,target=/srv make
 * ```
 * > Nothing sets CACHE, so the builder puts nothing here, and the build stops
 * > Nothing sets TYPE, so the builder puts nothing here, and the build stops
 * An unknown image may set the variable. The profile `strict` reports that as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM acme/base:1
 * ENV APP=«$SRV»/app
 * ```
 * > Nothing sets SRV, so the builder puts nothing here, unless the base image sets it
 *
 * @skip onbuild the variables of the later build decide
 */
export default defineRule({
  id: 'undefined-variable',
  summary: 'Nothing sets a variable that the builder expands',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['buildkit:UndefinedVar'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const instruction of model.instructions) {
      const from = model.stageOf(instruction)?.from;
      if (instruction.keyword === 'FROM' || instruction.onbuild || !from) continue;
      if (!instruction.line.text.includes('$')) continue;
      for (const { word, sets } of wordsOf(instruction)) {
        for (const variable of word.variables) {
          const { name, span, nameSpan } = variable;
          if (handlesUnset(variable)) continue;
          const declared = model.isDeclared(name, instruction);
          if (declared === true || model.declaration(name, instruction, word)) continue;
          // The base image may set it.
          const isOpen = declared === undefined;
          if (isOpen && profile !== 'strict') continue;
          const source = sourceOf(model, name);
          // `LIST=/opt/lib:$LIST` is meant for other bases too. It only leaves a colon behind.
          const extendsItself = sets === name;
          const stops = !isOpen && emptiesMount(word, name);
          yield {
            at: span,
            message: isOpen
              ? `${messages[source](name)}, unless the base image sets it`
              : messages[source](name) + (stops ? ', and the build stops' : ''),
            severity: extendsItself || isOpen ? 'hint' : stops ? 'error' : undefined,
            fix:
              source !== 'nothing'
                ? declareFix(model, from, name)
                : extendsItself
                  ? undefined
                  : renameFix(model, instruction, name, nameSpan),
          };
        }
      }
    }
  },

  *buildkit({ model }) {
    for (const { span, name } of unmatchedVariables(model))
      yield { at: span, message: messages[sourceOf(model, name)](name) };
  },
});

/** Whether nothing is left of the type of a mount, or only the root of its target: the builder refuses both. */
function emptiesMount({ value }: Word, name: string): boolean {
  return value.split(',').some((part) => {
    const [key = '', text = ''] = part.split('=', 2);
    const isWhole = [`$${name}`, `\${${name}}`].includes(text.replace(/^\//, ''));
    return isWhole && (key === 'type' || (nameOfOption({ key }) === 'target' && text.startsWith('/')));
  });
}

const messages = {
  preamble: (name: string) => `${name} is set above FROM, and this stage does not repeat ARG ${name}`,
  builder: (name: string) => `The builder sets ${name} only for stages that say ARG ${name}`,
  nothing: (name: string) => `Nothing sets ${name}, so the builder puts nothing here`,
};

interface Read {
  readonly word: Word;
  /** The variable whose value it is. */
  readonly sets: string | undefined;
}

/** The words with variables. Each value of a pair alone: those of one ARG see the pairs before them. */
function wordsOf(instruction: Instruction): readonly Read[] {
  const { pairs, flags } = instruction;
  const found: Read[] = [];
  const add = (word: Word | undefined, sets?: string): void => {
    if (word && word.variables.length > 0) found.push({ word, sets });
  };
  for (const { key, value } of pairs) {
    add(key);
    add(value, key.value);
  }
  // In the words of a shell the builder expands nothing, and they are made when they are first read.
  if (pairs.length === 0 && instructions.get(instruction.keyword)?.expands)
    for (const word of instruction.words) add(word);
  for (const { value } of flags) add(value);
  return found;
}

/** What would set the variable if the stage had an ARG of that name. */
function sourceOf(model: Model, name: string): keyof typeof messages {
  if (globalNames(model).has(name)) return 'preamble';
  return isPlatformVariable(name) ? 'builder' : 'nothing';
}

function* namesAt(model: Model, instruction: Instruction): Generator<string> {
  const { env, args } = model.environmentAt(instruction);
  yield* args.keys();
  yield* env.keys();
}

function renameFix(model: Model, instruction: Instruction, name: string, at: Span): Fix | undefined {
  const near = nearestName(name, namesAt(model, instruction));
  return near === undefined ? undefined : { title: `Change ${name} to ${near}`, edits: [replace(at, near)] };
}

/** The ARG goes to the top of the stage, once for all uses. */
function declareFix(model: Model, from: Instruction, name: string): Fix {
  const text = `${keywordLike(model.file, 'ARG')} ${name}`;
  return {
    title: `Add ARG ${name} to the stage`,
    edits: [model.document.insertLinesAfter(from.span.end, text)],
  };
}
