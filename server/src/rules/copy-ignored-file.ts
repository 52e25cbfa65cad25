import { ignoreFileOf, isIgnored, lookUp } from '../core/analysis/context/context-paths';
import { namedPaths } from '../core/analysis/context/named-paths';
import { appendedLines } from '../core/analysis/context/ignore-lines';
import { defineRule } from '../core/lint/rule';

/**
 * The builder never sees what the ignore file excludes. A COPY, ADD or bind mount that names such a file stops the build,
 * with a message that the file is not found.
 *
 * ```dockerfile bad files="config/app.yaml server.js" ignore="# settings,config"
 * FROM node:22
 * COPY server.js «config/app.yaml» /app/
 * ```
 * > .dockerignore keeps config/app.yaml out of the build, so the build stops here
 * ```text fixed file=".dockerignore"
 * # settings
 * config
 * !config/app.yaml
 * ```
 * An exception brings a file back, also out of a folder that is excluded. What an ignore file leaves of a folder is copied:
 * ```dockerfile good files="config/app.yaml docs/a.md src/a.test.js server.js" ignore="*,!config/app.yaml,!server.js,!src,src/*.test.js"
 * FROM node:22
 * COPY server.js config src /app/
 * COPY . /app
 * ```
 * It counts that the pattern excludes the file, not that the file is missing, as long as the context is known:
 * ```dockerfile bad files="package.json server.js" ignore="dist"
 * FROM node:22
 * COPY «dist/*» /app/
 * ```
 * > .dockerignore keeps dist/* out of the build, so the build stops here
 * ```text fixed file=".dockerignore"
 * dist
 * !dist
 * ```
 * ```dockerfile good files="package.json server.js" ignore="dist" guessed="yes"
 * FROM node:22
 * COPY dist/ /app/
 * ```
 * Without an ignore file everything is there:
 * ```dockerfile good files="dist/a.js"
 * FROM node:22
 * COPY dist/ /app/
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-ignored-file',
  summary: 'A copied file is excluded by the ignore file',
  category: 'copy',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['buildkit:CopyIgnoredFile'],

  *check({ model, facts: { context } }) {
    if (!context?.ignoreFile) return;
    const { path: file, text } = context.ignoreFile;
    for (const { span, value, path } of namedPaths(model)) {
      if (!isIgnored(context, path) || ignoreFileOf(context).mayKeepIn(path)) continue;
      const found = lookUp(context, path);
      // Without the file this may be another context than the one that is meant.
      if (found !== 'file' && found !== 'folder' && context.isCertain !== true) continue;
      yield {
        at: span,
        message: `${file} keeps ${value} out of the build, so the build stops here`,
        fix: {
          title: `Add !${path} to ${file}`,
          edits: [],
          files: [{ path: file, text: appendedLines(text, [`!${path}`]) }],
        },
      };
    }
  },
});
