import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { insertBehind } from '../core/fixes/insert-lines';
import {
  contextCopies,
  isEverything,
  isNamedByIgnoreFile,
  isPartlyVisible,
  visibleEntries,
} from '../core/analysis/context/context-sources';
import type { ContextCopy } from '../core/analysis/context/context-sources';
import { unwantedEntries } from '../core/analysis/context/unwanted-entries';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { ContextFacts } from '../core/lint/facts';

/**
 * `COPY .` takes whatever lies in the folder: tests, documentation, local settings, what the next tool leaves
 * there. All of it goes into the image, and every change of any of it makes the steps below run again.
 *
 * ```dockerfile bad files=".git/ .github/ Dockerfile package.json server.js src/"
 * FROM node:22
 * WORKDIR /app
 * COPY --chown=node:node «.» .
 * ```
 * > Everything in the build context goes into the image, .github/ too
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY --chown=node:node package.json server.js ./
 * COPY --chown=node:node src/ ./src/
 * ```
 * Where it is not known what lies in the folder, or too much does, there is no fix:
 * ```dockerfile bad severity="hint"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > Everything in the build context goes into the image
 * ```dockerfile bad files="Dockerfile package.json server.js src/" severity="hint"
 * FROM node:22
 * COPY «*» /app/
 * ```
 * > Everything in the build context goes into the image
 * ```dockerfile bad files="package.json next.config.js .env" severity="hint"
 * FROM node:22
 * COPY «.» /app
 * RUN npm run build --prefix /app
 * ```
 * > Everything in the build context goes into the image
 * Where the ignore file names what is wanted, all of that is what should be copied:
 * ```dockerfile good files=".github/ package.json server.js src/" ignore="*,!package.json,!src"
 * FROM node:22
 * COPY . /app
 * ```
 * It is a hint where nothing is known to be needless. A stage that is only copied from needs its sources, and
 * copying out of another stage is a different matter:
 * ```dockerfile good
 * FROM node:22 AS build
 * COPY . .
 * FROM node:22
 * COPY --from=build . /app
 * COPY package.json ./
 * ```
 * A single folder is named alone; a destination with a variable is left as it is:
 * ```dockerfile bad files=".github/ src/"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > Everything in the build context goes into the image, .github/ too
 * ```dockerfile fixed
 * FROM node:22
 * COPY src/ /app/src/
 * ```
 * ```dockerfile bad files=".github/ src/"
 * FROM node:22
 * ARG FOLDER=/app
 * COPY «.» $FOLDER
 * ```
 * > Everything in the build context goes into the image, .github/ too
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-everything',
  summary: 'Whatever lies in the folder is copied',
  category: 'copy',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    for (const copy of contextCopies(model)) {
      const source = copy.sources.find(({ value }) => isEverything(value));
      // Where something is built the sources are needed, and what is copied out of there is named.
      if (!source || !model.reachesImage(copy.instruction)) continue;
      const needless = facts.context ? needlessEntries(copy, facts.context) : [];
      if (needless.length === 0 && facts.context && isNamedByIgnoreFile(facts.context)) continue;
      yield {
        at: source.span,
        message: `Everything in the build context goes into the image${needless.length > 0 ? `, ${needless.slice(0, 3).join(', ')} too` : ''}`,
        severity: needless.length > 0 ? undefined : 'hint',
        fix: facts.context && listFix(model, copy, facts.context),
      };
    }
  },
});

/** What belongs to other tools and comes along; the Dockerfile itself is too common to speak of. */
function needlessEntries(copy: ContextCopy, context: ContextFacts): readonly string[] {
  return visibleEntries(copy, context).filter(
    (entry) => notForImages.test(entry) && !/dockerfile|containerfile|dockerignore/i.test(entry),
  );
}

const mostEntries = 12;

/** What builds the image, or belongs to other tools, is not for the image. */
const notForImages =
  /^(?:Dockerfile|Containerfile)(?:\..*)?$|\.(?:dockerfile|containerfile|dockerignore)$|^\.(?:dockerignore|containerignore|gitignore|gitattributes|gitmodules|editorconfig|github\/|gitlab-ci\.yml|vscode\/|idea\/|drydock\.ya?ml|hadolint\.ya?ml)$|^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** What may hold secrets is nothing to write into a COPY unasked. */
const maybeSecret =
  /^\.env(?:rc|\.(?!example|sample|template|dist)\w+)?$|[^.]\.env$|^\.(?:npmrc|pypirc|netrc)$|\.(?:pem|key)$|^id_(?:rsa|ed25519)$/;

/** One COPY for the files, and one for each folder: COPY takes the contents of a folder, not the folder. */
function listFix(model: Model, copy: ContextCopy, context: ContextFacts): Fix | undefined {
  const { document, file } = model;
  const { instruction, sources, destination } = copy;
  if (
    // `*` copies what is in folders, not the folders: which of both is meant, only the author knows.
    sources.some(({ value }) => value.includes('*')) ||
    sources.length > 1 ||
    isPartlyVisible(copy, context) ||
    instruction.json ||
    instruction.onbuild ||
    instruction.flags.some(({ name }) => name === 'exclude' || name === 'parents') ||
    instruction.comments.length > 0 ||
    instruction.heredocs.length > 0
  )
    return undefined;
  if (/[$'"\\*]/.test(document.slice(destination.span))) return undefined;
  const unwanted = new Set(unwantedEntries(model, context).map(({ entry }) => entry));
  const entries = visibleEntries(copy, context).filter(
    (entry) => !unwanted.has(entry) && !notForImages.test(entry),
  );
  if (
    entries.length === 0 ||
    entries.length > mostEntries ||
    entries.some((entry) => !/^[\w.@+-]+\/?$/.test(entry) || maybeSecret.test(entry))
  )
    return undefined;
  const target = destination.value.replace(/\/?$/, '/');
  const files = entries.filter((entry) => !entry.endsWith('/'));
  const groups = [
    ...(files.length > 0 ? [`${files.join(' ')} ${target}`] : []),
    ...entries.filter((entry) => entry.endsWith('/')).map((folder) => `${folder} ${target}${folder}`),
  ];
  const [first = '', ...rest] = groups;
  const flags = instruction.flags.map(({ span }) => `${document.slice(span)} `).join('');
  const lines = rest.map((group) => `${keywordLike(file, instruction.keyword)} ${flags}${group}`);
  const from = sources[0]?.span.start ?? destination.span.start;
  const behind = lines.length > 0 ? insertBehind(model, instruction, lines) : undefined;
  if (lines.length > 0 && !behind) return undefined;
  return {
    title:
      entries.length === 1
        ? `Copy ${entries[0] ?? ''} by name`
        : `Copy the ${entries.length} things that are there by name`,
    edits: [replace({ start: from, end: destination.span.end }, first), ...(behind ? [behind] : [])],
  };
}
