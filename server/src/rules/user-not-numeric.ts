import { defineRule, replace } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';
import { createdUserNamed } from '../core/analysis/runtime/image-users';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';

/**
 * Kubernetes cannot tell from a name whether a user is root, so it refuses to start the container if `runAsNonRoot` is
 * set. A number says it.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER «node»
 * ```
 * > Kubernetes cannot tell whether node is root, so runAsNonRoot refuses the container
 * ```dockerfile fixed
 * FROM node:22
 * USER 1000
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd --uid 10001 app
 * USER «app:users»
 * ```
 * > Kubernetes cannot tell whether app is root, so runAsNonRoot refuses the container
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd --uid 10001 app
 * USER 10001:users
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd app
 * USER «"app"»
 * ```
 * > Kubernetes cannot tell whether app is root, so runAsNonRoot refuses the container
 * Root has a rule of its own, and earlier users are for the build:
 * ```dockerfile good
 * FROM node:22
 * USER node
 * USER 1000:node
 * FROM node:22
 * ARG RUN_AS=node
 * USER $RUN_AS
 * FROM debian:12
 * USER root
 * ```
 * ```dockerfile good
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * USER ContainerUser
 * ```
 * ```dockerfile good
 * FROM node:22
 * ```
 * So is the user of a trigger in the images on this one:
 * ```dockerfile bad
 * FROM debian:12
 * ONBUILD USER «app»
 * ```
 * > Kubernetes cannot tell whether app is root, so runAsNonRoot refuses the container
 * A word in a comment is not an instruction:
 * ```dockerfile good
 * FROM debian:12
 * # The user does not matter here.
 * RUN make
 * ```
 *
 * @skip onbuild the later build may set another user
 */
export default defineRule({
  id: 'user-not-numeric',
  summary: 'USER is a name, which Kubernetes cannot check',
  category: 'security',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3066'],
  mentions: ['user'],

  *check({ model }) {
    const all = model.instructionsOf('USER');
    const stage = all.length > 0 ? shippedStage(model) : undefined;
    const inForce = stage && model.environmentAfter(stage).user?.instruction;
    // Those of triggers are in force in the images on this one.
    for (const instruction of all.filter((one) => one === inForce || (stage && one.onbuild))) {
      const [word] = instruction.words;
      const name = word?.value.split(':')[0] ?? '';
      if (!word || word.variables.length > 0 || /^\d*$/.test(name)) continue;
      // Windows has no numbers for users.
      if (name === 'root' || model.stageOf(instruction)?.base.distribution === 'windows') continue;
      const uid = uidOf(model, instruction, name);
      const isPlain = word.raw === word.value;
      yield {
        at: word.span,
        message: `Kubernetes cannot tell whether ${name} is root, so runAsNonRoot refuses the container`,
        ...(uid !== undefined &&
          isPlain && {
            fix: {
              title: `Change ${name} to ${uid}`,
              edits: [replace({ start: word.span.start, end: word.span.start + name.length }, uid)],
            },
          }),
      };
    }
  },

  *hadolint({ model }) {
    const args = new Set<string>();
    for (const { keyword, pairs, words } of model.file.instructions) {
      if (keyword === 'ARG' && pairs[0]) args.add(pairs[0].key.value);
      const [word] = words;
      if (keyword !== 'USER' || !word || namesOneOf(word.raw, args)) continue;
      if (!/^\d*(?::|$)/.test(word.raw)) yield { at: word.span, message: `${word.value} is a name` };
    }
  },
});

/** The number that the file or the base image gives a user; undefined if neither says. */
function uidOf(model: Model, instruction: Instruction, name: string): string | undefined {
  const created = createdUserNamed(model, name);
  if (created) return created.uid;
  return model.stageOf(instruction)?.base.users.get(name)?.toString();
}

/** Whether a text has `${NAME}`, or `$NAME` with anything behind it, of one of these names. */
function namesOneOf(text: string, names: ReadonlySet<string>): boolean {
  return [...text.matchAll(/\$(?:\{(\w{1,99})\}|(\w{1,99}))/g)].some(([, braced, bare = '']) =>
    braced === undefined ? [...bare].some((_, at) => names.has(bare.slice(0, at + 1))) : names.has(braced),
  );
}
