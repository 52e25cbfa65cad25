import { ownershipChangers, writesNothing } from '../core/knowledge/programs/build-steps';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import { folderOf } from '../core/analysis/commands/folder';
import { valueOfVariable } from '../core/analysis/commands/values';
import type { Copy } from '../core/model/copies';
import { argumentsOf } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import { baseName, resolvePath, withoutEndSlash } from '../core/text/paths';

/**
 * A layer holds whole files. A step that changes only the owner or the mode of files that `COPY` brought stores all of them
 * again. `COPY --chown` and `COPY --chmod` set both at once.
 *
 * The recommended profile leaves out small files, such as scripts and settings, and folders that hold files of other origin.
 *
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /build
 * COPY --chown=1000 config /srv/config/
 * RUN make && «chown -R» app:app /srv/config && chmod -R g+w /srv/config
 * RUN «chown -R» app /srv
 * ```
 * > chown stores the copied files a second time, and COPY --chown does not
 * Files that other steps made need the command all the same, and so do those of the system:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * WORKDIR /app
 * COPY src ./src
 * COPY . .
 * COPY tool.conf /etc/tool/
 * RUN composer install
 * RUN «chown -R» app:app /app
 * RUN «chmod -R» g+w /etc
 * ```
 * > chown stores the copied files a second time, and COPY --chown does not
 * > chmod stores the copied files a second time, and COPY --chmod does not
 * ```dockerfile good
 * FROM debian:12 AS build
 * COPY . /app
 * RUN chown -R app /app
 * FROM debian:12
 * RUN chown -R app /app && mkdir /data && chown app /data
 * COPY . /app
 * RUN chown app /app && chown -R app /data "$DIR" && chmod +x /app/start.sh
 * ```
 * ```dockerfile good
 * FROM debian:12
 * COPY . /app
 * RUN chown app /app
 * ```
 * The profile `strict` also reports single files as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * COPY run.sh tools/*.sh /srv/
 * RUN «chmod» +x /srv/run.sh "$DIR"
 * RUN «chmod» +x /srv/*.sh
 * ```
 * > chmod stores the copied files a second time, and COPY --chmod does not
 * The profile `strict` also reports single files, where the step names them:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * COPY app.bin /srv/
 * COPY other $PLACE/
 * RUN «chown» app /srv/app.bin && chown app /opt/none
 * CMD chown app /srv/app.bin
 * ```
 * > chown stores the copied files a second time, and COPY --chown does not
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * # No chown here.
 * COPY app.bin /srv/
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * COPY app.bin /srv/
 * RUN chown -R app /opt/none
 * ```
 * So does `find` with many files at once:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12 AS unused
 * COPY . /app
 * RUN find /app -exec chown app {} +
 * FROM debian:12
 * RUN find /app -exec chown app {} +
 * COPY . /app
 * RUN find /app -type f -exec «chmod» 644 {} + && find . -exec chmod 644 {} + && find /app -name x && find -exec chmod 1 {} +
 * RUN find /srv -type f -exec chmod 644 {} + && find / -exec chown 1 {} + && find /app -exec ls {} +
 * RUN find "$DIR" -execdir chown app {} + && find /app -exec
 * ```
 * > chmod stores the copied files a second time, and COPY --chmod does not
 * Variables that the file sets are read:
 * ```dockerfile bad
 * FROM debian:12
 * ENV APP=/srv/app
 * COPY . $APP
 * RUN «chown -R» 1000 $APP $OTHER
 * ```
 * > chown stores the copied files a second time, and COPY --chown does not
 */
export default defineRule({
  id: 'copied-then-owned',
  summary: 'A step stores copied files a second time',
  category: 'copy',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['chown', 'chmod', 'chgrp'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    if (profile === 'strict') {
      yield* ofSingleFiles(model);
      yield* byFind(model);
    }
    const changes = [...changesOf(model)];
    if (changes.length === 0) return;
    const wanted = new Set(changes.flatMap(({ paths }) => paths));
    const copies = firstCopies(model, wanted);
    const uses = firstUses(model, wanted);
    const reported = new Set<unknown>();
    for (const { command, end, paths } of changes) {
      const { instruction, name, program } = command;
      const stage = model.stageOf(instruction)?.index;
      const path = paths.find((one) => {
        const first = copies.get(`${stage} ${one}`)?.instruction;
        return first && first.index < instruction.index && first.onbuild === instruction.onbuild;
      });
      const copy = copies.get(`${stage} ${path}`);
      if (path === undefined || !copy || reported.has(instruction)) continue;
      reported.add(instruction);
      const holdsMore = ofSystem.test(path) || (uses.get(`${stage} ${path}`) ?? Infinity) < name.span.start;
      yield {
        at: { start: name.span.start, end },
        ...storedAgain(program, copy),
        severity: holdsMore ? 'hint' : undefined,
        quiet: holdsMore || isSmall(copy),
      };
    }
  },
});

function storedAgain(program: string, copy: Copy): Pick<Finding, 'message' | 'related'> {
  const flag = program === 'chmod' ? '--chmod' : '--chown';
  return {
    message: `${program} stores the copied files a second time, and COPY ${flag} does not`,
    related: [{ at: copy.instruction.keywordSpan, message: 'The files come from here' }],
  };
}

/** Whether a copy takes settings and scripts alone: a second copy of them costs next to nothing. */
function isSmall({ sources }: Copy): boolean {
  return sources.every(({ value }) => small.test(value));
}

const small =
  /\.(?:sh|bash|py|conf|cfg|cnf|ini|json|ya?ml|xml|toml|properties|env|txt|list|service)$|\b(?:scripts?|conf(?:ig)?|bin|entrypoint)\/?$/;

/** Folders that hold files of the base image or of packages, or settings of a few lines. */
const ofSystem = /^\/(?:(?:etc|usr(?!\/src\/)|bin|lib)(?:\/.*)?|opt|var(?:\/\w+)?|home|root)$/;

/** Changes to copied files by their own names, also by a pattern for all of a folder. */
function* ofSingleFiles(model: Model): Generator<Finding> {
  const commands = model.commandsNamed(...ownershipChangers);
  if (commands.length === 0) return;
  const copied = copiedFiles(model);
  for (const command of commands) {
    const { instruction, name, program } = command;
    const { options, operands } = argumentsOf(command);
    if (instruction.keyword !== 'RUN' || !model.reachesImage(instruction)) continue;
    if (options.some(({ name: option }) => /^-(?:R|-recursive)$/.test(option))) continue;
    const stage = model.stageOf(instruction)?.index;
    const copy = operands.slice(1).flatMap(({ value, pattern }) => {
      const text = value ?? pattern?.replace(/\/[^/]*\*[^/]*$/, '') ?? '';
      const found = copied.get(`${stage} ${text === '' ? '' : resolvePath(folderOf(model, command), text)}`);
      return found && found.instruction.index < instruction.index && found.onbuild === instruction.onbuild
        ? found
        : [];
    })[0];
    if (!copy) continue;
    yield {
      at: name.span,
      ...storedAgain(program, copy),
      severity: 'hint',
    };
  }
}

/** `find /app -type f -exec chmod 644 {} +`: all that a copy has brought there, or many of it. */
function* byFind(model: Model): Generator<Finding> {
  const finds = model.commandsNamed('find').flatMap((command) => {
    const at = command.args.findIndex(({ value }) => value === '-exec' || value === '-execdir');
    const program = at < 0 ? undefined : command.args[at + 1];
    const place = command.args[0]?.value;
    const path =
      place === undefined || place.startsWith('-') ? undefined : resolvePath(folderOf(model, command), place);
    const { instruction } = command;
    return program?.value !== undefined &&
      ownershipChangers.has(baseName(program.value)) &&
      path !== undefined &&
      path !== '/' &&
      instruction.keyword === 'RUN' &&
      model.reachesImage(instruction)
      ? [{ instruction, program, path }]
      : [];
  });
  if (finds.length === 0) return;
  const copies = firstCopies(model, new Set(finds.map(({ path }) => path)));
  for (const { instruction, program, path } of finds) {
    const copy = copies.get(`${model.stageOf(instruction)?.index} ${path}`);
    if (copy && copy.instruction.index < instruction.index && copy.onbuild === instruction.onbuild)
      yield { at: program.span, ...storedAgain(program.value ?? '', copy), severity: 'hint' };
  }
}

/** The first copies of files and of the content of folders, by stage and path. */
function copiedFiles(model: Model): ReadonlyMap<string, Copy> {
  const found = new Map<string, Copy>();
  for (const copy of model.copies) {
    const { path } = copy.destination;
    if (path === undefined) continue;
    const whole = withoutEndSlash(path);
    for (const one of [whole, ...copy.sources.map(({ value }) => `${whole}/${baseName(value ?? '')}`)]) {
      const key = `${copy.stage?.index} ${one}`;
      if (!found.has(key)) found.set(key, copy);
    }
  }
  return found;
}

interface Change {
  readonly command: Command;
  /** Where the option ends. */
  readonly end: number;
  readonly paths: readonly string[];
}

/** Commands that change the owner or the mode of whole folders of the image. */
function* changesOf(model: Model): Generator<Change> {
  for (const command of model.commandsNamed(...ownershipChangers)) {
    if (command.instruction.keyword !== 'RUN' || !model.reachesImage(command.instruction)) continue;
    const { options, operands } = argumentsOf(command);
    const recursive = options.find(({ name }) => /^-(?:R|-recursive)$/.test(name));
    if (!recursive) continue;
    const paths = operands.slice(1).flatMap(({ value, text }) => {
      const given = value ?? valueOfVariable(model, command, text);
      const path = given === undefined ? undefined : resolvePath(folderOf(model, command), given);
      return path === undefined || path === '/' ? [] : [path];
    });
    yield { command, end: recursive.word.span.end, paths };
  }
}

/** The first copy of each stage into each of some folders, by stage and folder. */
function firstCopies(model: Model, wanted: ReadonlySet<string>): ReadonlyMap<string, Copy> {
  const found = new Map<string, Copy>();
  for (const copy of model.copies)
    for (const folder of foldersAbove(copy.destination.path, wanted)) {
      const key = `${copy.stage?.index} ${folder}`;
      if (!found.has(key)) found.set(key, copy);
    }
  return found;
}

/** Where the first other command of each stage works in each of some folders, by stage and folder. */
function firstUses(model: Model, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const command of model.commands) {
    const { instruction, program, name, args } = command;
    if (instruction.keyword !== 'RUN' || writesNothing.has(program)) continue;
    const stage = model.stageOf(instruction)?.index;
    for (const path of [folderOf(model, command), ...args.map(({ value }) => value)])
      for (const folder of foldersAbove(path, wanted)) {
        const key = `${stage} ${folder}`;
        if (!found.has(key)) found.set(key, name.span.start);
      }
  }
  return found;
}

/** Those of some folders that a path is or is in; at most 32 levels deep. */
function* foldersAbove(path: string | undefined, wanted: ReadonlySet<string>): Generator<string> {
  let rest = path?.startsWith('/') ? withoutEndSlash(path) : '';
  for (let depth = 0; rest !== '' && depth < 32; depth += 1) {
    if (wanted.has(rest)) yield rest;
    rest = rest.slice(0, rest.lastIndexOf('/'));
  }
}
