import { absentPaths, missingPaths } from '../core/analysis/context/missing-paths';
import type { MissingPath } from '../core/analysis/context/missing-paths';
import { renamePath } from './copy-source-missing.parts';
import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';

/**
 * COPY, ADD and bind mounts take files from the build context. If one is not there, the build stops. Case counts, also on
 * systems where it does not count for you.
 *
 * ```dockerfile bad files=".env Dockerfile app.py requirements.txt src/main.py"
 * FROM python:3.13
 * COPY «./requirments.txt» «App.py» /app/
 * COPY [«"scr/main.py"», "/app/"]
 * RUN --mount=type=bind,source=«requirements.tx»,target=/r.txt pip install -r /r.txt
 * ```
 * > ./requirments.txt does not exist in the build context. Did you mean requirements.txt?
 * > App.py does not exist in the build context. Did you mean app.py?
 * > scr/main.py does not exist in the build context. Did you mean src/main.py?
 * > requirements.tx does not exist in the build context. Did you mean requirements.txt?
 * ```dockerfile fixed
 * FROM python:3.13
 * COPY ./requirements.txt app.py /app/
 * COPY ["src/main.py", "/app/"]
 * RUN --mount=type=bind,source=requirements.txt,target=/r.txt pip install -r /r.txt
 * ```
 * If nothing is near, the rule looks for the only file of that name in another folder:
 * ```dockerfile bad files="app.py config/nginx.conf docs/a.md"
 * FROM nginx:1.29
 * COPY «nginx.conf» /etc/nginx/
 * COPY «migrations/» «manage.py» «Gemfile» /app/
 * COPY «../shared/» /shared/
 * ```
 * > nginx.conf does not exist in the build context. Did you mean config/nginx.conf?
 * > migrations/ does not exist in the build context, so the build stops here
 * > manage.py does not exist in the build context, so the build stops here
 * > Gemfile does not exist in the build context, so the build stops here
 * > Nothing above the build context can be copied: ../shared/ means shared, which does not exist
 * ```dockerfile fixed
 * FROM nginx:1.29
 * COPY config/nginx.conf /etc/nginx/
 * COPY migrations/ manage.py Gemfile /app/
 * COPY ../shared/ /shared/
 * ```
 * No shell reads the words, so braces are not expanded:
 * ```dockerfile bad files="app/a.json app/b.json app/c$.json package.json"
 * FROM node:22
 * COPY «app/{a,b}.json» package.json /app/
 * ADD «app/{a,c$}.json» /app/
 * COPY [«"app/{a,b}.json"», "/app/"]
 * COPY «{a,b}.txt» /app/
 * ```
 * > COPY does not expand braces, and nothing is called app/{a,b}.json, so the build stops here
 * > ADD does not expand braces, and nothing is called app/{a,c$}.json, so the build stops here
 * > COPY does not expand braces, and nothing is called app/{a,b}.json, so the build stops here
 * > {a,b}.txt does not exist in the build context, so the build stops here
 * ```dockerfile fixed
 * FROM node:22
 * COPY app/a.json app/b.json package.json /app/
 * ADD app/{a,c$}.json /app/
 * COPY ["app/{a,b}.json", "/app/"]
 * COPY {a,b}.txt /app/
 * ```
 * A pattern may match nothing, but its folder must exist:
 * ```dockerfile bad files="app.py src/main.py"
 * FROM python:3.13
 * COPY «scr/*.py» *.toml /app/
 * ```
 * > scr/*.py does not exist in the build context. Did you mean src?
 * ```dockerfile fixed
 * FROM python:3.13
 * COPY src/*.py *.toml /app/
 * ```
 * A checkout lacks what is built, downloaded, secret or ignored by git, so of such files nothing is said. The same holds for
 * stages, URLs, heredocs and variables:
 * ```dockerfile good files="Makefile main.ts empty/" gitignore="*.pb.txt,/site/,!kept.pb.txt,#no" mentions="model.json"
 * FROM node:22
 * ARG FILE=gone.txt
 * COPY dist/app.js target/*.jar /app/
 * COPY app.jar server .env id.pub main.js version.txt /app/
 * COPY deep/a.pb.txt site/index.html model.json empty/data.txt ${FILE} /app/
 * COPY --from=build /gone.txt /app/
 * ADD https://example.com/gone.txt /app/
 * COPY <<gone.txt /app/
 * x
 * gone.txt
 * COPY . *.md /app/
 * ```
 * ```dockerfile good files="main.go README.md service/a.go .goreleaser.yaml"
 * FROM alpine:3.22
 * COPY server config.yaml /
 * ```
 * Where it is a mere guess which folder the context is, only names that are near are reported:
 * ```dockerfile bad files="app.py conf/manage.py requirements.txt" guessed="yes"
 * FROM python:3.13
 * COPY manage.py «requirement.txt» /app/
 * ```
 * > requirement.txt does not exist in the build context. Did you mean requirements.txt?
 * ```dockerfile fixed
 * FROM python:3.13
 * COPY manage.py requirements.txt /app/
 * ```
 * A word with quotes inside it, or with a detour, is left to you:
 * ```dockerfile bad files="main.py requirements.txt"
 * FROM python:3.13
 * COPY «"requirments".txt» «src/../mian.py» /app/
 * ```
 * > requirments.txt does not exist in the build context. Did you mean requirements.txt?
 * > src/../mian.py does not exist in the build context. Did you mean main.py?
 * If the build context is unknown, the rule stays silent:
 * ```dockerfile good
 * FROM python:3.13
 * COPY requirments.txt /app/
 * ```
 * The profile `strict` names as a hint what something has to make before the build:
 * ```dockerfile bad options="profile: strict" severity="hint" files="app.py Dockerfile"
 * FROM python:3.13
 * COPY app.py «dist/app.js» /app/
 * ```
 * > dist/app.js is not in the build context now, so something has to make it before the build
 * ```dockerfile bad options="profile: strict" severity="hint" files="app.py Dockerfile"
 * FROM python:3.13
 * ARG SETTINGS=settings.py
 * ENV FOLDER=
 * COPY app.py «${SETTINGS}» $OTHER $FOLDER /app/
 * ```
 * > ${SETTINGS} (settings.py) is not in the build context now, so something has to make it before the build
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-source-missing',
  summary: 'A copied file does not exist in the build context',
  category: 'copy',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['copied-file-missing'],

  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    if (!facts.context) return;
    const missing = missingPaths(model, facts.context);
    for (const one of missing) yield { at: one.span, message: messageOf(one), fix: fixOf(model, one) };
    if (profile !== 'strict') return;
    for (const { span, value, path } of absentPaths(model, facts.context, missing))
      yield {
        at: span,
        message: `${value}${value.includes('$') ? ` (${path})` : ''} is not in the build context now, so something has to make it before the build`,
        severity: 'hint',
      };
  },
});

function messageOf({ value, path, meant, spread, instruction }: MissingPath): string {
  if (spread)
    return `${instruction.keyword} does not expand braces, and nothing is called ${value}, so the build stops here`;
  if (meant !== undefined) return `${value} does not exist in the build context. Did you mean ${meant}?`;
  return value.includes('..')
    ? `Nothing above the build context can be copied: ${value} means ${path}, which does not exist`
    : `${value} does not exist in the build context, so the build stops here`;
}

function fixOf(model: Model, missing: MissingPath): Fix | undefined {
  const { meant, path, spread, instruction, span } = missing;
  if (spread) {
    const isPlain = !instruction.json && spread.every((word) => /^[\w./@+-]+$/.test(word));
    if (!isPlain || model.document.slice(span) !== missing.value) return undefined;
    return {
      title: `Replace ${missing.value} with ${spread.join(' ')}`,
      edits: [replace(span, spread.join(' '))],
    };
  }
  if (meant === undefined) return undefined;
  const edit = renamePath(model, missing, meant);
  return edit && { title: `Change ${path} to ${meant}`, edits: [edit] };
}
