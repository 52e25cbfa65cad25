import { defineRule, replace } from '../core/lint/rule';
import type { Edit, Fix, Model, Stage } from '../core/lint/rule';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { valueOfVariable } from '../core/analysis/commands/values';
import { addedBefore } from '../core/analysis/packages/added-packages';
import { groupsOf, isOwnUser } from '../core/knowledge/images/base-users';
import type { BaseImage } from '../core/knowledge/images/base-image';
import { groupCreators, userCreators } from '../core/knowledge/programs/user-programs';
import { argumentsOf, findOption } from '../core/shell/options';
import type { Option } from '../core/shell/options';
import { removeCommand } from '../core/shell/removal';
import type { Command } from '../core/shell/types';
import { once } from '../core/text/memo';

/**
 * A number or a name can belong to one user only. Where the base image has a user with it, `useradd` and its siblings
 * refuse, and the build stops. Images of Node.js have the user node, and Ubuntu since 23.04 the user ubuntu, both with
 * the number 1000.
 *
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN groupadd -g «1000» app && useradd --system --uid=«1000» -g 1000 -m app
 * ```
 * > The base image already has a group with the number 1000: ubuntu, so the build stops here
 * > The base image already has a user with the number 1000: ubuntu, so the build stops here
 * ```dockerfile fixed
 * FROM ubuntu:24.04
 * RUN groupadd -g 10001 app && useradd --system --uid=10001 -g 10001 -m app
 * ```
 * ```dockerfile bad
 * FROM node:22
 * RUN sh -c 'groupadd -g «1000» app'
 * ```
 * > The base image already has a group with the number 1000: node, so the build stops here
 * ```dockerfile fixed
 * FROM node:22
 * RUN sh -c 'groupadd -g 10001 app'
 * ```
 * The user that is there already can do the work:
 * ```dockerfile bad
 * FROM node:22-alpine
 * RUN mkdir /app && adduser -D «node»
 * RUN addgroup -S «node» && chown node /app
 * ```
 * > The base image already has a user node, so the build stops here
 * > The base image already has a group node, so the build stops here
 * ```dockerfile fixed
 * FROM node:22-alpine
 * RUN mkdir /app
 * RUN chown node /app
 * ```
 * The default of an ARG counts, but the command line can replace it:
 * ```dockerfile bad severity="warning"
 * FROM ubuntu:24.04
 * ARG USER_ID=1000
 * RUN useradd -u «$USER_ID» dev
 * ```
 * > The base image already has a user with the number 1000: ubuntu, so the build stops here
 * ```dockerfile bad severity="warning"
 * FROM debian:12 AS tools
 * RUN useradd -u «"33"» dev
 * FROM debian:12
 * ```
 * > The base image already has a user with the number 33: www-data, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12 AS tools
 * RUN useradd -u 10001 dev
 * FROM debian:12
 * ```
 * No number may be free for the fix, and a word in a string cannot be changed:
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN useradd -u «1000» dev && sh -c "useradd -u «1000» \"other\""
 * ```
 * > The base image already has a user with the number 1000: ubuntu, so the build stops here
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * ENV A=10001 B=10002 C=10003
 * RUN useradd -u «1000» app
 * ```
 * > The base image already has a user with the number 1000: ubuntu, so the build stops here
 * ```dockerfile good
 * FROM ubuntu:24.04
 * RUN useradd app && useradd -u "$(id -u)" dev
 * FROM ubuntu:24.04
 * RUN useradd -o -u 1000 app && groupadd -f ubuntu && adduser --system www-data && useradd -u 10001 $NAME
 * RUN id ubuntu || useradd ubuntu; useradd -u 1000 dev || true; adduser ubuntu sudo
 * CMD useradd -u 1000 dev
 * FROM ubuntu:24.04
 * RUN userdel -r ubuntu && useradd -u 1000 app
 * FROM ubuntu:24.04
 * RUN sed -i /ubuntu/d /etc/passwd && useradd -u 1000 app
 * FROM ubuntu:22.04
 * RUN useradd -u 1000 app && groupadd -g 33 web && groupadd -g 1000 -r dev && useradd -R /mnt -u 33 x
 * FROM example.com/node
 * RUN useradd -u 1000 node
 * ```
 * Distributions have groups with fixed numbers, and servers have a user of their own:
 * ```dockerfile bad
 * FROM debian:12
 * RUN groupadd «www-data» && echo
 * RUN groupadd -g «33» web
 * ```
 * > The base image already has a group www-data, so the build stops here
 * > The base image already has a group with the number 33: www-data, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * RUN echo
 * RUN groupadd -g 10001 web
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN addgroup «www-data» && echo
 * ```
 * > The base image already has a group www-data, so the build stops here
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN echo
 * ```
 * ```dockerfile bad
 * FROM postgres:17
 * RUN useradd «postgres» && echo
 * ```
 * > The base image already has a user postgres, so the build stops here
 * ```dockerfile fixed
 * FROM postgres:17
 * RUN echo
 * ```
 * After a program that may have removed the user, in a branch, and in a trigger, the profile `strict` says it as a hint:
 * ```dockerfile bad severity="hint"
 * FROM node:22
 * RUN ./set-up && useradd -u «1000» app
 * ONBUILD RUN groupadd «node»
 * FROM node:22
 * RUN if [ -n "$EXTRA" ]; then useradd «node»; fi
 * ```
 * > The base image already has a user with the number 1000: node, so this command fails
 * > The base image already has a group node, so this command fails
 * > The base image already has a user node, so this command fails
 * ```dockerfile fixed
 * FROM node:22
 * RUN ./set-up && useradd -u 10001 app
 * ONBUILD RUN groupadd node
 * FROM node:22
 * RUN if [ -n "$EXTRA" ]; then useradd node; fi
 * ```
 * What an earlier step creates is taken too:
 * ```dockerfile bad
 * FROM debian:12 AS base
 * ARG ID=1500
 * RUN useradd -l -u $ID app && groupadd web
 * FROM base
 * RUN groupadd «web»
 * RUN useradd -l -u «$ID» other
 * ```
 * > An earlier step already has a group web, so the build stops here
 * > An earlier step already has a user with the number 1500, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * RUN useradd -l -R /chroot app && useradd -l app && useradd -l $NAME && useradd -l $OTHER && adduser app web
 * RUN if true; then useradd -l app; fi
 * ```
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'user-id-taken',
  summary: 'A step creates a user whose number or name the base image has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['user-problem'],
  mentions: ['useradd', 'adduser', 'groupadd', 'addgroup'],

  *check({ model }) {
    for (const command of model.commandsNamed(...userCreators, ...groupCreators)) {
      const { instruction } = command;
      const stage = model.stageOf(instruction);
      if (!stage || instruction.keyword !== 'RUN') continue;
      const taken = takenBy(model, command, stage) ?? takenAbove(model, command, stage);
      if (!taken || isFree(model, command)) continue;
      const { at, what, isSure, fix, owner = 'The base image' } = taken;
      // A program above may have removed it, a branch may never run, and nobody may build on this image.
      const isDoubted = addedBefore(model, command)?.unknown !== false || isConditional(command);
      yield {
        at,
        message: `${owner} already has ${what}, so ${isDoubted ? 'this command fails' : 'the build stops here'}`,
        severity: isDoubted ? 'hint' : isSure && stage.reachable ? undefined : 'warning',
        quiet: isDoubted,
        fix,
      };
    }
  },
});

/** Whether the command may work all the same: an earlier step or the command itself sees to it. */
function isFree(model: Model, command: Command): boolean {
  const isGroup = groupCreators.has(command.program);
  if (findOption(command, '-o', '--non-unique', '-R', '--root', '-P', '--prefix')) return true;
  // Debian's own programs are content with a system account that is there already.
  if (command.program.startsWith('add') && findOption(command, '--system')) return true;
  if (isGroup && findOption(command, '-f', '--force')) return true;
  return command.span.start > firstChange(model) || guardOf(model, command).kind !== 'stops';
}

/** Where the first command changes or removes users. */
const firstChange = once((model: Model): number => {
  const changes = (command: Command): boolean =>
    /^(?:user|group)(?:del|mod)$|^del(?:user|group)$|^vip[wg]r?$/.test(command.program) ||
    command.args.some(({ text }) => /\/etc\/(?:passwd|group|shadow)\b/.test(text));
  return model.commands.find(changes)?.span.start ?? Infinity;
});

interface Taken {
  readonly at: Command['span'];
  readonly what: string;
  /** Whether no ARG or variable decides. */
  readonly isSure: boolean;
  readonly fix: Fix | undefined;
  /** What has it, if it is not the base image. */
  readonly owner?: string;
}

const usersThere = once(({ users }: BaseImage) => [...users]);

/** A user of an image has a group of its own, and another number than in its distribution. */
const groupsThere = once((base: BaseImage) => [
  ...groupsOf(base),
  ...usersThere(base).filter(([, uid]) => uid >= 1000 && uid < 65534),
]);

function takenBy(model: Model, command: Command, { base }: Stage): Taken | undefined {
  const isGroup = groupCreators.has(command.program);
  const kind = isGroup ? 'group' : 'user';
  const users = isGroup ? groupsThere(base) : usersThere(base);
  const [name, ...more] = argumentsOf(command).operands;
  // `adduser NAME GROUP` adds a user to a group.
  if (!name || more.length > 0) return undefined;
  const given = name.value ?? valueOfVariable(model, command, name.text);
  if (users.some(([user]) => user === given) || isOwnUser(base, given)) {
    const edits = removeCommand(model, command);
    const fix = edits && { title: `Use the ${kind} ${given ?? ''} of the base image`, edits };
    return { at: name.span, what: `a ${kind} ${given ?? ''}`, isSure: name.value !== undefined, fix };
  }
  const option = findOption(command, ...(isGroup ? ['-g', '--gid'] : ['-u', '--uid']));
  if (!option?.valueWord) return undefined;
  const number = option.value ?? valueOfVariable(model, command, option.valueWord.text);
  const owner = users.find(([, uid]) => String(uid) === number)?.[0];
  if (number === undefined || owner === undefined) return undefined;
  return {
    at: placeOf(option, number),
    what: `a ${kind} with the number ${number}: ${owner}`,
    isSure: option.value !== undefined,
    fix: option.value === undefined ? undefined : otherNumber(model, command, number),
  };
}

/** A name or number that an earlier command of the stage, or of its parents, gives away. */
function takenAbove(model: Model, command: Command, stage: Stage): Taken | undefined {
  if (isConditional(command)) return undefined;
  const kind = groupCreators.has(command.program) ? 'group' : 'user';
  for (const { key, at, text } of keysOf(model, command)) {
    const before = stage.chain
      .map((one) => firstWith(model).get(`${one.index} ${key}`))
      .find((one) => one !== undefined && one.span.start < command.span.start);
    if (before)
      return { at, what: `a ${kind} ${text}`, isSure: true, fix: undefined, owner: 'An earlier step' };
  }
  return undefined;
}

interface Key {
  readonly key: string;
  readonly at: Command['span'];
  readonly text: string;
}

/** The name and the number that a command gives a new user or group. */
function keysOf(model: Model, command: Command): readonly Key[] {
  const isGroup = groupCreators.has(command.program);
  const kind = isGroup ? 'group' : 'user';
  const [name, ...more] = argumentsOf(command).operands;
  if (!name || more.length > 0) return [];
  const given = name.value ?? valueOfVariable(model, command, name.text);
  const option = findOption(command, ...(isGroup ? ['-g', '--gid'] : ['-u', '--uid']));
  const number =
    option?.valueWord && (option.value ?? valueOfVariable(model, command, option.valueWord.text));
  return [
    ...(given === undefined ? [] : [{ key: `${kind} ${given}`, at: name.span, text: given }]),
    ...(number === undefined || !/^\d+$/.test(number) || !option
      ? []
      : [
          {
            key: `${kind} #${number}`,
            at: placeOf(option, number),
            text: `with the number ${number}`,
          },
        ]),
  ];
}

/** By stage and key, the first command that certainly gives a name or number away. */
const firstWith = once((model: Model): ReadonlyMap<string, Command> => {
  const found = new Map<string, Command>();
  for (const command of model.commandsNamed(...userCreators, ...groupCreators)) {
    const { instruction } = command;
    const stage = model.stageOf(instruction);
    const isSure = guardOf(model, command).kind === 'stops' && !isConditional(command);
    if (!stage || instruction.keyword !== 'RUN' || instruction.onbuild || !isSure) continue;
    if (findOption(command, '-R', '--root', '-P', '--prefix')) continue;
    for (const { key } of keysOf(model, command)) {
      const place = `${stage.index} ${key}`;
      if (!found.has(place)) found.set(place, command);
    }
  }
  return found;
});

/** The place of a number, which may stand behind the option in one word. */
function placeOf({ word, valueWord }: Option, number: string): Command['span'] {
  if (!valueWord || valueWord === word) return { start: word.span.end - number.length, end: word.span.end };
  return valueWord.span;
}

/** Writes another number for all users and groups that the RUN creates with this one. */
function otherNumber(model: Model, { instruction }: Command, number: string): Fix | undefined {
  const free = ['10001', '10002', '10003'].find((one) => !model.document.text.includes(one));
  if (free === undefined) return undefined;
  const edits: Edit[] = [];
  for (const command of model.commandsOf(instruction)) {
    if (!userCreators.has(command.program) && !groupCreators.has(command.program)) continue;
    for (const option of argumentsOf(command).options) {
      if (option.value !== number || !/^(?:-[ugG]|--[ug]id)$/.test(option.name)) continue;
      if (!command.editable) return undefined;
      edits.push(replace(placeOf(option, number), free));
    }
  }
  return { title: `Use the number ${free}`, edits };
}
