import { isNamedBy, isUnpackedByAdd } from '../core/knowledge/programs/archives';
import { folderOf } from '../core/analysis/commands/folder';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { dropRun } from '../core/fixes/drop-run';
import { defineRule, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { argumentsOf } from '../core/shell/options';
import { removeCommands } from '../core/shell/removal';
import type { Command, ShellWord } from '../core/shell/types';
import type { Copy, CopySource } from '../core/model/copies';
import { once } from '../core/text/memo';
import { baseName, resolvePath } from '../core/text/paths';
import { seenIn, textOf } from '../core/families/hadolint-commands';

/**
 * A copied archive stays in its layer, beside the files that a later step unpacks from it. `ADD` unpacks a tar archive while
 * it copies, and leaves only the files.
 *
 * ```dockerfile bad
 * FROM debian:12
 * COPY --chown=0:0 «dist/app.tar.gz» /tmp/
 * RUN mkdir -p /opt && tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz && chmod +x /opt/run
 * WORKDIR /srv
 * COPY «site.tar» .
 * # unpack with tar
 * RUN tar xf site.tar
 * RUN echo done
 * COPY [«"root.tbz2"», "/tmp/"]
 * RUN tar -xjf /tmp/root.tbz2 --directory / && rm -f /tmp/root.tbz2
 * COPY app.tar $DIR/
 * ```
 * > The archive stays in its layer beside the files that tar unpacks in a later one
 * ```dockerfile fixed
 * FROM debian:12
 * ADD --chown=0:0 dist/app.tar.gz /opt/
 * RUN mkdir -p /opt && chmod +x /opt/run
 * WORKDIR /srv
 * ADD site.tar /srv/
 * RUN echo done
 * ADD ["root.tbz2", "/"]
 * COPY app.tar $DIR/
 * ```
 * There is no fix if tar does more than unpack, or if anything else uses the archive:
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /srv
 * COPY «a.tar.xz» «b.tgz» /tmp/
 * COPY «c.tar» /tmp/
 * COPY «d.tar.gz» /tmp/
 * COPY «f.tar» /tmp/
 * COPY «g.tar» /tmp/
 * COPY «e.tar» /tmp/other.tar
 * COPY «h.tar» /tmp/
 * RUN tar -xf /tmp/a.tar.xz && tar -xf /tmp/b.tgz
 * RUN tar -xf /tmp/c.tar || true
 * RUN sha256sum /tmp/d.tar.gz && tar -xf /tmp/d.tar.gz
 * RUN tar --strip-components=1 -xf /tmp/f.tar
 * RUN tar $FLAGS -xf /tmp/g.tar
 * RUN tar -C "$DIR" -xf /tmp/other.tar
 * RUN true && tar -xf /tmp/h.tar -C /opt && rm /tmp/h.tar
 * ```
 * > The archive stays in its layer beside the files that tar unpacks in a later one
 * Long options, options with the name in the same word and a pipe name the archive as well:
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /srv
 * COPY «a.tar.gz» «b.tar.gz» «c.tar.xz» «d.tar.gz» /srv/
 * RUN tar --extract --gzip --file=a.tar.gz && bsdtar -xfb.tar.gz > /log && tar xJ < c.tar.xz
 * RUN gunzip -c d.tar.gz | tar -x -C /opt && cat /srv/d.tar.gz | grep x
 * COPY «f.tar» /srv/
 * RUN tar --extract --file=f.tar --directory=/opt
 * ```
 * > The archive stays in its layer beside the files that tar unpacks in a later one
 * So do variables and patterns, as long as both sides name the same file:
 * ```dockerfile bad
 * FROM debian:12
 * ARG VERSION
 * COPY «app-${VERSION}.tar.gz» «b-*.tgz» «c.tar» /tmp/
 * COPY «"d-$VERSION.tar"» /srv/d.tar
 * COPY «release/*.tar.xz» /opt/
 * RUN tar -xzf "/tmp/app-$VERSION.tar.gz" && tar -xzf /tmp/b-*.tgz && cd /tmp && tar -xf *.tar
 * RUN cat /tmp/*.tar | tar x && tar -xf /srv/d.tar && tar -xJf /opt/linux.tar.xz
 * ```
 * > The archive stays in its layer beside the files that tar unpacks in a later one
 * The rule accepts archives that nothing unpacks, archives of another stage, and formats that `ADD` does not unpack:
 * ```dockerfile good
 * FROM debian:12 AS build
 * FROM debian:12
 * COPY app.tar /srv/
 * COPY --from=build /x.tar /tmp/
 * COPY app.zip tool.gz /tmp/
 * RUN tar -xf /tmp/x.tar && unzip /tmp/app.zip && gunzip /tmp/tool.gz && tar -cf /tmp/new.tar /srv/app.tar
 * RUN tar -xf /srv/*.tar.gz && tar -xf $ROOT/*.tar && tar -xf "$OTHER.tar"
 * COPY late.tar /tmp/
 * ```
 * In the profile `strict`, archives that `ADD` does not unpack count as well, as a hint: a mount would not keep them.
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * COPY «tool.gz» /tmp/
 * RUN gunzip /tmp/tool.gz
 * ```
 * > A later step unpacks the archive
 *
 * @skip onbuild the files are those of the later build
 */
export default defineRule({
  id: 'copy-archive-then-extract',
  summary: 'A copied archive is unpacked in a later step',
  category: 'copy',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3010'],
  strictAddsHadolint: true,

  *check({ model }) {
    if (!model.commandsNamed(...unpackers).some(extracts)) return;
    for (const copy of model.copies) {
      if (copy.keyword !== 'COPY' || copy.onbuild) continue;
      for (const source of copy.sources) {
        if (source.kind !== 'context') continue;
        const name = source.target === undefined || source.variable ? '' : baseName(source.target);
        const users = isUnpackedByAdd(name) ? usersOf(model, name, copy.instruction) : [];
        const tar = users.find(extracts);
        if (!tar && !users.some(feedsTar) && !isUnpackedByPattern(model, copy, source)) continue;
        yield {
          at: source.span,
          message: 'The archive stays in its layer beside the files that tar unpacks in a later one',
          fix: tar && copy.sources.length === 1 ? addFix(model, copy, tar, name) : undefined,
        };
      }
    }
  },

  *hadolint({ model }) {
    const unpacked = unpackedForHadolint(model);
    for (const { instruction, sources, destination } of model.copies) {
      if (instruction.keyword !== 'COPY' || instruction.onbuild) continue;
      if (instruction.flags.some(({ name }) => name === 'from')) continue;
      const renamed = archiveForHadolint.test(destination.value) ? sources.slice(0, 1) : undefined;
      const names = unpacked.get(model.stageOf(instruction));
      const isUnpacked = (path: string): boolean =>
        archiveForHadolint.test(path) && (names?.get(lastPart(path)) ?? -1) > instruction.index;
      const source = (renamed ?? sources).find(({ value }) =>
        isUnpacked(renamed ? destination.value : value),
      );
      if (source) yield { at: source.span, message: 'A later step unpacks the archive' };
    }
  },
});

const unpackers = ['tar', 'bsdtar'];

/** The commands that name an archive, by its name without folders. */
const byArchive = once((model: Model): ReadonlyMap<string, readonly Command[]> => {
  const found = new Map<string, Command[]>();
  for (const command of model.commands)
    for (const name of new Set(archiveWords(command))) {
      if (!isUnpackedByAdd(name)) continue;
      const others = found.get(name);
      if (others) others.push(command);
      else found.set(name, [command]);
    }
  return found;
});

/** The paths that a tar unpacks with a variable or a pattern in them: the text without quotes, `${A}` as `$A`. */
const patternsUnpacked = once((model: Model): readonly { path: string; command: Command }[] =>
  model.commands.flatMap((command) => {
    if (!extracts(command) && !feedsTar(command)) return [];
    return wordsOf(command).flatMap(({ text }) => {
      const path = plainText(text).replace(/^(?:--file=|-[a-zA-Z]*f(?=[./$]))/, '');
      return isUnpackedByAdd(path) ? [{ path, command }] : [];
    });
  }),
);

function plainText(text: string): string {
  return text.replace(/["']/g, '').replace(/\$\{(\w+)\}/g, '$$$1');
}

/**
 * Whether a later step of the stage unpacks the archive by a name with a variable or a pattern in it, or an archive that the
 * pattern of the source takes.
 */
function isUnpackedByPattern(
  model: Model,
  copy: Copy,
  { value, variable, glob, target }: CopySource,
): boolean {
  const source = baseName(plainText(value));
  const { destination, instruction } = copy;
  const renamed = destination.isFolder ? '' : baseName(plainText(destination.value));
  const name = isUnpackedByAdd(renamed) ? renamed : source;
  if (!isUnpackedByAdd(name)) return false;
  const folder = renamed === name ? undefined : destination.path;
  const stage = model.stageOf(instruction);
  return patternsUnpacked(model).some(({ path, command }) => {
    if (command.instruction.index <= instruction.index || model.stageOf(command.instruction) !== stage)
      return false;
    const word = baseName(path);
    if (word === name) return variable || glob;
    const isPattern = /[*?]/.test(word);
    if (word.includes('$') || name.includes('$') || glob === isPattern) return false;
    const from = resolvePath(folderOf(model, command), path.slice(0, -word.length) || '.');
    const to = target === undefined ? folder : resolvePath('/', target.slice(0, -name.length));
    return from !== undefined && from === to && (glob ? isNamedBy(name, word) : isNamedBy(word, name));
  });
}

/** The last parts of the paths in the words of a command, in `--file=PATH` and `-xfPATH`, and of what it reads. */
function archiveWords(command: Command): readonly string[] {
  return wordsOf(command).flatMap(({ suffix }) => {
    const name = baseName(suffix);
    const joined = /^(?:--file=|-[a-zA-Z]*f)(.+)$/.exec(name)?.[1];
    return joined === undefined ? [name] : [name, joined];
  });
}

/** Its arguments, and the file that it reads. */
function wordsOf({ args, redirects }: Command): readonly ShellWord[] {
  const read = redirects.flatMap(({ operator, target }) => (operator === '<' && target ? [target] : []));
  return [...args, ...read];
}

/** The commands of the same stage that name an archive further below. */
function usersOf(model: Model, name: string, copy: Instruction): readonly Command[] {
  const stage = model.stageOf(copy);
  return (byArchive(model).get(name) ?? []).filter(
    ({ instruction }) => instruction.index > copy.index && model.stageOf(instruction) === stage,
  );
}

/** Whether a tar unpacks: `x` among the letters of its first word, or the option. */
function extracts({ program, args, instruction }: Command): boolean {
  const [first] = args;
  return (
    instruction.keyword === 'RUN' &&
    unpackers.includes(program) &&
    (/^[a-zA-Z]*x[a-zA-Z]*$/.test(first?.value ?? '') ||
      args.some(({ value }) => /^-[a-zA-Z]*x|^--(?:extract|get)$/.test(value ?? '')))
  );
}

/** Whether a command hands an archive to a tar that unpacks it: `gunzip -c a.tar.gz | tar x`. */
function feedsTar({ script, chain, position, index, pipeline }: Command): boolean {
  const next = pipeline ? script?.commands[index + 1] : undefined;
  return next !== undefined && next.chain === chain && next.position === position && extracts(next);
}

/** Letters of tar that do not change which files it writes where. */
const plainLetters = /^-?[xzjJfvpoa]+$/;

/** COPY becomes ADD into the folder where tar unpacks, and tar and a removal of the archive go. */
function addFix(model: Model, copy: Copy, tar: Command, name: string): Fix | undefined {
  const folder = targetOf(model, tar, name);
  const edits =
    folder === undefined ? undefined : withoutCommands(model, tar, usersOf(model, name, copy.instruction));
  if (folder === undefined || !edits) return undefined;
  const to = { start: copy.destination.span.start, end: copy.destination.span.end };
  const text = folder === '/' ? '/' : `${folder}/`;
  return {
    title: 'Let ADD unpack the archive',
    edits: [
      replace(copy.instruction.keywordSpan, keywordLike(model.file, 'ADD')),
      replace(to, copy.instruction.json ? `"${text}"` : text),
      ...edits,
    ],
  };
}

/** Where a tar unpacks all of the archive; undefined if it does more than that, or if the folder is not known. */
function targetOf(model: Model, tar: Command, name: string): string | undefined {
  const folder = folderOf(model, tar);
  let to = folder;
  for (let at = 0; at < tar.args.length; at += 1) {
    const value = tar.args[at]?.value;
    if (value === undefined) return undefined;
    if (value === '-C' || value === '--directory') {
      at += 1;
      const path = tar.args[at]?.value;
      to = path === undefined ? undefined : resolvePath(folder, path);
    } else if (
      !(at === 0 && plainLetters.test(value)) &&
      !/^-[xzjJfvpoa]+$/.test(value) &&
      baseName(value) !== name
    )
      return undefined;
  }
  return to !== undefined && /^[\w./-]+$/.test(to) ? to : undefined;
}

/** Takes tar and the removal of the archive out of their RUN, or the whole RUN if nothing else is in it. */
function withoutCommands(model: Model, tar: Command, using: readonly Command[]): readonly Edit[] | undefined {
  const removals = using.filter(
    (command) =>
      command.program === 'rm' &&
      command.instruction === tar.instruction &&
      argumentsOf(command).operands.length === 1,
  );
  if (using.length !== removals.length + 1) return undefined;
  const all = model.commandsOf(tar.instruction);
  if (all.length === using.length) return dropped(model, tar.instruction);
  return removeCommands(model, [tar, ...removals]);
}

function dropped(model: Model, run: Instruction): readonly Edit[] | undefined {
  const drop = dropRun(model, run);
  return drop && [drop.edit];
}

/** The names of what hadolint takes for archives. */
const archiveForHadolint = /\.(?:tar|gz|bz2|xz|lzma|lz|Z|tgz|txz|tbz2?|tb2|tlz|tpz|tZ)$/;
const unpackersForHadolint = /^(?:unzip|gunzip|bunzip2|unlzma|unxz|zgz|uncompress|zcat|gzcat)$/;

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** By stage, the names without folders in the words of commands that unpack, with their last instruction. */
function unpackedForHadolint(model: Model): ReadonlyMap<unknown, ReadonlyMap<string, number>> {
  const found = new Map<unknown, Map<string, number>>();
  for (const run of model.file.instructions.filter(({ keyword }) => keyword === 'RUN')) {
    for (const { name, args } of seenIn(model, run)) {
      const texts = args.map(textOf);
      const isTar = name === 'tar' && texts.some((text) => /^-[^=]*x|^--get$/.test(text));
      if (!isTar && !unpackersForHadolint.test(name)) continue;
      const stage = model.stageOf(run);
      const names = found.get(stage) ?? new Map<string, number>();
      found.set(stage, names);
      for (const text of texts) names.set(lastPart(text), run.index);
    }
  }
  return found;
}
