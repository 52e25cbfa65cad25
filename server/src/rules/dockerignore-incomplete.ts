import { defineRule } from '../core/lint/rule';
import { appendedLines } from '../core/analysis/context/ignore-lines';
import { unwantedEntries } from '../core/analysis/context/unwanted-entries';

/**
 * The `.dockerignore` does not exclude files that hardly any image should contain.
 *
 * ```dockerfile bad files=".env.local .git/ node_modules/ server.js" ignore="# dependencies,node_modules"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > .env.local, .git/ are copied too, because .dockerignore does not exclude them
 * ```text fixed file=".dockerignore"
 * # dependencies
 * node_modules
 * .env*.local
 * .git
 * ```
 * Patterns work as in the builder: relative to the root, and the last match decides.
 * ```dockerfile good files=".env .env.example .git/ node_modules/ server.js" ignore="*,!server.js,!package*.json"
 * FROM node:22
 * COPY . /app
 * ```
 * ```dockerfile good files=".git/ .venv/ app.py" ignore=".git/**,.venv/*"
 * FROM python:3.13
 * COPY . /app
 * ```
 * So `node_modules` means the one at the root, and none in a subfolder:
 * ```dockerfile bad files="api/main.go web/.env web/.npmrc web/node_modules/ web/package.json" ignore=".env,node_modules"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN cd web && npm ci
 * ```
 * > web/.env, web/node_modules/ are copied too, because .dockerignore does not exclude them
 * ```text fixed file=".dockerignore"
 * .env
 * node_modules
 * web/.env
 * web/node_modules
 * ```
 * Files that are copied or re-included by name are there on purpose:
 * ```dockerfile good files=".env server.js" ignore="node_modules"
 * FROM node:22
 * COPY .env /app/
 * COPY . /app
 * ```
 * ```dockerfile good files=".env .git/ app.py" ignore="*,!*.py,!.env,!.git/HEAD"
 * FROM python:3.13
 * COPY . /app
 * ```
 * ```dockerfile good files=".git/ app.py" ignore=".git/objects"
 * FROM python:3.13
 * COPY . /app
 * ```
 * So are those that a command or a variable names:
 * ```dockerfile good files=".env.local .env.build app.py" ignore="node_modules"
 * FROM python:3.13
 * COPY . /app
 * ENV SETTINGS=.env.build
 * RUN SETTINGS_FILE=.env.local python /app/manage.py collectstatic
 * ```
 * If the build context is unknown, the rule stays silent:
 * ```dockerfile good
 * FROM node:22
 * COPY . /app
 * ```
 * The message for a single file:
 * ```dockerfile bad files=".git/ server.js" ignore="node_modules"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > .git/ is copied too, because .dockerignore does not exclude it
 * ```text fixed file=".dockerignore"
 * node_modules
 * .git
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'dockerignore-incomplete',
  summary: 'The .dockerignore lets unwanted files into the build context',
  category: 'copy',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    const { context } = facts;
    if (!context?.ignoreFile) return;
    const entries = unwantedEntries(model, context);
    const [first] = entries;
    if (!first) return;
    const { path, text } = context.ignoreFile;
    const lines = [...new Set(entries.map(({ line }) => line))];
    yield {
      at: first.at,
      message: `${entries.map(({ entry }) => entry).join(', ')} ${entries.length === 1 ? 'is' : 'are'} copied too, because ${path} does not exclude ${entries.length === 1 ? 'it' : 'them'}`,
      fix: {
        title: `Add ${lines.join(', ')} to ${path}`,
        edits: [],
        files: [{ path, text: appendedLines(text, lines) }],
      },
    };
  },
});
