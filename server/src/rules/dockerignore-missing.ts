import { defineRule, sharedOptions } from '../core/lint/rule';
import { contextCopies, isEverything } from '../core/analysis/context/context-sources';
import { appendedLines } from '../core/analysis/context/ignore-lines';
import { unwantedEntries } from '../core/analysis/context/unwanted-entries';
import { ignoreLines } from '../core/analysis/context/usual-ignores';

/**
 * Without a `.dockerignore`, `COPY .` copies everything in the folder: the history in `.git`, secrets in `.env`,
 * dependencies for another platform in `node_modules`. The image grows, and every change to one of them invalidates
 * the cache.
 *
 * ```dockerfile bad files=".env .env.example .git/ node_modules/ package.json server.js"
 * FROM node:22
 * COPY «.» /app
 * RUN cd /app && npm ci
 * ```
 * > .env, .git/, node_modules/ are copied too, because there is no .dockerignore
 * ```text fixed file=".dockerignore"
 * .env
 * .git
 * node_modules
 * ```
 * The new file also holds what such a project usually keeps out, as far as it is there: tests, documentation, keys,
 * output of builds that the Dockerfile repeats, files of other tools. Never what a COPY or a command names:
 * ```dockerfile bad files=".git/ .github/ Dockerfile app.py conf/ dist/ docs/ requirements.txt server.key tests/"
 * FROM python:3.13
 * COPY conf/ /etc/app/
 * COPY «.» /app
 * RUN pip install -r /app/requirements.txt && python -m build /app
 * ```
 * > .git/ is copied too, because there is no .dockerignore
 * ```text fixed file=".dockerignore"
 * .git
 * .github
 * Dockerfile
 * **\/__pycache__
 * **\/*.pyc
 * dist
 * docs
 * server.key
 * tests
 * ```
 * The rule stays silent if the folder contains nothing unwanted, if only named files are copied, or if the Dockerfile
 * uses the files:
 * ```dockerfile good files="package.json server.js"
 * FROM node:22
 * COPY . /app
 * ```
 * ```dockerfile good files=".git/ package.json server.js"
 * FROM node:22
 * COPY package.json server.js /app/
 * ```
 * ```dockerfile good files=".env.production .git/ node_modules/ package.json"
 * FROM node:22
 * COPY . /app
 * RUN git -C /app describe > /app/version && mv /app/.env.production /app/.env
 * ```
 * ```dockerfile good files=".env .git/ node_modules/ next.config.js package.json"
 * FROM node:22 AS build
 * COPY . .
 * RUN --mount=type=bind,source=.git,target=.git npm run build
 * FROM php:8.4
 * COPY . /app
 * ```
 * ```dockerfile good files=".env composer.json symfony.lock example.env test.env .env.tpl"
 * FROM php:8.4
 * COPY . /app
 * ```
 * ```dockerfile good files=".env main.go"
 * FROM golang:1.27 AS build
 * WORKDIR /app
 * COPY . .
 * RUN go build -o main
 * FROM alpine:3.22
 * COPY --from=build /app/main /app/.env /app/
 * ```
 * The message for a single file:
 * ```dockerfile bad files=".git/ server.js"
 * FROM node:22
 * COPY «.» /app
 * ```
 * > .git/ is copied too, because there is no .dockerignore
 * ```text fixed file=".dockerignore"
 * .git
 * ```
 * If the build context is unknown, the rule stays silent:
 * ```dockerfile good
 * FROM node:22
 * COPY . /app
 * ```
 * The profile `strict` asks for one even where nothing unwanted is there yet:
 * ```dockerfile bad options="profile: strict" files="server.js package.json" severity="hint"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * ```
 * > Whatever comes into this folder later is copied too, because there is no .dockerignore
 * ```dockerfile good options="profile: strict" files="server.js package.json"
 * FROM node:22
 * WORKDIR /app
 * COPY server.js .
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'dockerignore-missing',
  summary: 'The whole folder is copied without a .dockerignore',
  category: 'copy',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const { context } = facts;
    if (!context || context.ignoreFile) return;
    const entries = unwantedEntries(model, context);
    const [first] = entries;
    if (!first) {
      const whole = contextCopies(model)
        .flatMap(({ sources }) => sources)
        .find(({ value }) => isEverything(value));
      if (whole && profile === 'strict')
        yield {
          at: whole.span,
          message: 'Whatever comes into this folder later is copied too, because there is no .dockerignore',
          severity: 'hint',
        };
      return;
    }
    yield {
      at: first.at,
      message: `${entries.map(({ entry }) => entry).join(', ')} ${entries.length === 1 ? 'is' : 'are'} copied too, because there is no .dockerignore`,
      fix: {
        title: 'Create a .dockerignore',
        edits: [],
        files: [{ path: '.dockerignore', text: appendedLines('', ignoreLines(model, context)) }],
      },
    };
  },
});
