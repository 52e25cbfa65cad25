import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Model } from '../core/lint/rule';
import { insertBehind } from '../core/fixes/insert-lines';
import {
  contextCopies,
  excludedBy,
  isEverything,
  isLeftOut,
  quietForTests,
  isNamedByIgnoreFile,
  isPartlyVisible,
  visibleEntries,
} from '../core/analysis/context/context-sources';
import type { ContextCopy } from '../core/analysis/context/context-sources';
import { appendedLines } from '../core/analysis/context/ignore-lines';
import { ignoreLines, usualIgnores } from '../core/analysis/context/usual-ignores';
import { unwantedEntries } from '../core/analysis/context/unwanted-entries';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { ContextFacts } from '../core/lint/facts';
import type { Copy } from '../core/model/copies';

/**
 * `COPY .` copies everything in the folder: tests, documentation, local settings, files of other tools. All of it
 * goes into the image, and every change to any of it makes the steps below run again.
 *
 * Most projects copy their folder this way. The recommended profile therefore only reports what certainly should stay out.
 *
 * ```dockerfile bad files=".git/ .github/ Dockerfile package.json server.js src/"
 * FROM node:22
 * WORKDIR /app
 * COPY --chown=node:node «.» .
 * ```
 * > The whole build context goes into the image, including .github/
 * An ignore file keeps the needless files out, of this and of every other copy:
 * ```text fixed file=".dockerignore"
 * .git
 * .github
 * Dockerfile
 * ```
 * The other way is to name what is needed:
 * ```dockerfile fixed alternative="Copy the 3 files and folders by name"
 * FROM node:22
 * WORKDIR /app
 * COPY --chown=node:node package.json server.js ./
 * COPY --chown=node:node src/ ./src/
 * ```
 * There is no fix if the content of the folder is unknown, and none by name if there is too much of it:
 * ```dockerfile bad severity="hint"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > The whole build context goes into the image
 * ```dockerfile bad files="Dockerfile package.json server.js src/" severity="hint"
 * FROM node:22
 * COPY «*» /app/
 * ```
 * > The whole build context goes into the image
 * ```dockerfile bad files="package.json next.config.js .env" severity="hint"
 * FROM node:22
 * COPY «.» /app
 * RUN npm run build --prefix /app
 * ```
 * > The whole build context goes into the image
 * An ignore file that lists the wanted files makes `COPY .` fine:
 * ```dockerfile good files=".github/ package.json server.js src/" ignore="*,!package.json,!src"
 * FROM node:22
 * COPY . /app
 * ```
 * It is only a hint if no file is known to be needless, or only small ones are:
 * ```dockerfile bad severity="hint" files=".gitignore compose.yaml package.json server.js"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > The whole build context goes into the image, including .gitignore, compose.yaml
 * ```text fixed file=".dockerignore"
 * .gitignore
 * compose.yaml
 * ```
 * ```dockerfile fixed alternative="Copy the 2 files and folders by name"
 * FROM node:22
 * COPY package.json server.js /app/
 * ```
 * The rule accepts stages that are only copied from, and copies
 * from other stages:
 * ```dockerfile good
 * FROM node:22 AS build
 * COPY . .
 * FROM node:22
 * COPY --from=build . /app
 * COPY package.json ./
 * ```
 * A folder on its own is copied to one of its name, and a destination with a variable is kept:
 * ```dockerfile bad files=".github/ src/"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > The whole build context goes into the image, including .github/
 * ```text fixed file=".dockerignore"
 * .github
 * ```
 * ```dockerfile fixed alternative="Copy src/ by name"
 * FROM node:22
 * COPY src/ /app/src/
 * ```
 * ```dockerfile bad files=".github/ src/"
 * FROM node:22
 * ARG FOLDER=/app
 * COPY «.» $FOLDER
 * ```
 * > The whole build context goes into the image, including .github/
 * ```text fixed file=".dockerignore"
 * .github
 * ```
 * In a file for tests or development it is a hint by default:
 * ```dockerfile bad dockerfile="dev/Dockerfile" files=".github/ dev/ src/"
 * FROM node:22
 * COPY «.» /app
 * CMD ["node", "/app/src/server.js"]
 * ```
 * > The whole build context goes into the image, including .github/
 * ```text fixed file=".dockerignore"
 * .github
 * ```
 * What an ignore file should hold is never copied by name:
 * ```dockerfile bad files="docs/ node_modules/ package.json server.js tests/ tool.py" ignore="# old,*.log"
 * FROM node:22
 * COPY «.» /app/
 * RUN cd /app && npm ci
 * ```
 * > The whole build context goes into the image, including docs/, tests/
 * ```text fixed file=".dockerignore"
 * # old
 * *.log
 * node_modules
 * docs
 * tests
 * **\/__pycache__
 * **\/*.pyc
 * ```
 * ```dockerfile fixed alternative="Copy the 3 files and folders by name"
 * FROM node:22
 * COPY package.json server.js tool.py /app/
 * RUN cd /app && npm ci
 * ```
 * The recommended profile leaves it to the rules about the ignore file where they name worse, and leaves out images that
 * start a shell, for people to work in. Other profiles report both:
 * ```dockerfile bad files=".git/ .github/ server.js"
 * FROM node:22
 * COPY «.» /app
 * CMD ["bash"]
 * ```
 * > The whole build context goes into the image, including .github/
 * ```text fixed file=".dockerignore"
 * .git
 * .github
 * ```
 * ```dockerfile fixed alternative="Copy server.js by name"
 * FROM node:22
 * COPY server.js /app/
 * CMD ["bash"]
 * ```
 * The profile `strict` also reports other stages as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM golang:1.25 AS build
 * COPY «.» .
 * FROM debian:12
 * COPY --from=build /app /app
 * ```
 * > The whole build context goes into this stage, so every change repeats its later steps
 * The profile `strict` also reports what a later build copies:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:22
 * ONBUILD COPY package.json /app/
 * ONBUILD COPY «.» /app/
 * ```
 * > The whole context of a later build goes into its image
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-everything',
  summary: 'The whole build context is copied into the image',
  category: 'copy',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    for (const copy of contextCopies(model)) {
      const source = copy.sources.find(({ value }) => isEverything(value));
      // A stage that builds needs the sources, and copies from there name their files.
      if (!source) continue;
      if (!model.reachesImage(copy.instruction)) {
        if (profile === 'strict')
          yield {
            at: source.span,
            message: 'The whole build context goes into this stage, so every change repeats its later steps',
            severity: 'hint',
          };
        continue;
      }
      const { weighty, trifles } = needlessEntries(model, copy, facts.context);
      const needless = [...weighty, ...trifles];
      if (needless.length === 0 && facts.context && isNamedByIgnoreFile(facts.context)) continue;
      yield {
        at: source.span,
        message: `The whole build context goes into the image${needless.length > 0 ? `, including ${needless.slice(0, 3).join(', ')}` : ''}`,
        severity: weighty.length > 0 ? undefined : 'hint',
        quiet:
          weighty.length === 0 ||
          isTold(model, source, facts.context) ||
          isForPeople(model) ||
          quietForTests(facts),
        ...(facts.context && fixesOf(model, copy, facts.context, needless.length > 0)),
      };
    }
    if (profile !== 'strict') return;
    for (const { onbuild, sources } of model.copies) {
      const source = sources.find(({ kind, value }) => kind === 'context' && isEverything(value));
      if (onbuild && source)
        yield {
          at: source.span,
          message: 'The whole context of a later build goes into its image',
          severity: 'hint',
        };
    }
  },
});

/** Whether a rule about the ignore file names worse at the same place, with the same remedy. */
function isTold(model: Model, { span }: Copy['sources'][number], context: ContextFacts | undefined): boolean {
  return context !== undefined && unwantedEntries(model, context)[0]?.at.start === span.start;
}

/** Whether the image is for people to work in, who may want the tests there. */
function isForPeople(model: Model): boolean {
  const stage = shippedStage(model);
  return stage !== undefined && whatRuns(model, stage).kind === 'nothing';
}

/** The ignore file comes first. Copying by name changes what future files do, so it is never done in bulk. */
function fixesOf(
  model: Model,
  copy: ContextCopy,
  context: ContextFacts,
  isNeedless: boolean,
): Pick<Finding, 'fix' | 'alternatives'> {
  const byName = listFix(model, copy, context);
  const isUnwanted = isNeedless || unwantedEntries(model, context).length > 0;
  return { fix: isUnwanted ? ignoreFix(model, context) : undefined, alternatives: byName ? [byName] : [] };
}

interface Needless {
  readonly weighty: readonly string[];
  /** Small files such as .gitignore. */
  readonly trifles: readonly string[];
}

/** What an ignore file should hold and is copied too. The Dockerfile itself is too common to name. */
function needlessEntries(model: Model, copy: ContextCopy, context: ContextFacts | undefined): Needless {
  if (!context) return { weighty: [], trifles: [] };
  const excluded = excludedBy(copy);
  const entries = usualIgnores(model, context).filter(
    ({ entry, line }) =>
      !line.startsWith('**') &&
      !/dockerfile|containerfile|dockerignore/i.test(entry) &&
      !isLeftOut(excluded, entry),
  );
  const named = (trifles: boolean): readonly string[] => [
    ...new Set(entries.flatMap(({ entry, isTrifle }) => (isTrifle === trifles ? entry : []))),
  ];
  return { weighty: named(false), trifles: named(true) };
}

/** The ignore file with what it lacks. */
function ignoreFix(model: Model, context: ContextFacts): Fix {
  const lines = ignoreLines(model, context);
  const { path, text } = context.ignoreFile ?? { path: '.dockerignore', text: '' };
  return {
    title: context.ignoreFile ? `Add ${lines.join(', ')} to ${path}` : 'Create a .dockerignore',
    edits: [],
    files: [{ path, text: appendedLines(text, lines) }],
  };
}

const mostEntries = 12;

/** A fix must not write files that may hold secrets into a COPY. */
const maybeSecret =
  /^\.env(?:rc|\.(?!example|sample|template|dist)\w+)?$|[^.]\.env$|^\.(?:npmrc|pypirc|netrc)$|\.(?:pem|key)$|^id_(?:rsa|ed25519)$/;

/** One COPY for the files, and one for each folder: COPY takes the contents of a folder, not the folder. */
function listFix(model: Model, copy: ContextCopy, context: ContextFacts): Fix | undefined {
  const { document, file } = model;
  const { instruction, sources, destination } = copy;
  const [source, ...others] = sources;
  if (
    !source ||
    others.length > 0 ||
    // `*` copies the contents of folders, not the folders: only the author knows which is meant.
    source.value.includes('*') ||
    isPartlyVisible(copy, context) ||
    instruction.json ||
    instruction.onbuild ||
    instruction.flags.some(({ name }) => name === 'exclude' || name === 'parents') ||
    instruction.comments.length > 0 ||
    instruction.heredocs.length > 0
  )
    return undefined;
  if (/[$'"\\*]/.test(document.slice(destination.span))) return undefined;
  const unwanted = new Set([
    ...unwantedEntries(model, context).map(({ entry }) => entry),
    ...usualIgnores(model, context).flatMap(({ entry, line }) => (line.startsWith('**') ? [] : entry)),
  ]);
  const entries = visibleEntries(copy, context).filter((entry) => !unwanted.has(entry));
  if (
    entries.length === 0 ||
    entries.length > mostEntries ||
    // The COPY goes on at the end of the file, as it does while one types.
    (entries.length > 1 && !insertBehind(model, instruction, [])) ||
    entries.some((entry) => !/^[\w.@+-]+\/?$/.test(entry) || maybeSecret.test(entry))
  )
    return undefined;
  const target = destination.value.replace(/\/?$/, '/');
  const files = entries.filter((entry) => !entry.endsWith('/'));
  const groups = [
    ...(files.length > 0 ? [`${files.join(' ')} ${target}`] : []),
    ...entries.filter((entry) => entry.endsWith('/')).map((folder) => `${folder} ${target}${folder}`),
  ];
  const flags = instruction.flags.map(({ span }) => `${document.slice(span)} `).join('');
  const next = `${document.eol}${keywordLike(file, instruction.keyword)} ${flags}`;
  return {
    title:
      entries.length === 1
        ? `Copy ${entries[0] ?? ''} by name`
        : `Copy the ${entries.length} files and folders by name`,
    edits: [replace({ start: source.span.start, end: destination.span.end }, groups.join(next))],
  };
}
