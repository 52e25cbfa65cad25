import { dependenciesFirst, lateRecipes } from './copy-source-before-dependencies.parts';
import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { folderOf } from '../core/analysis/commands/folder';
import { contextCopiesByStage } from '../core/analysis/context/context-sources';
import { lateDependencySteps, manifestsOfCommand } from '../core/analysis/packages/dependency-steps';

/**
 * A step runs again if anything it copies has changed, and so do all steps below it. If you copy the sources first,
 * every change to a line installs all dependencies again. If you copy the manifests first, only a change to them
 * does.
 *
 * ```dockerfile bad files="package-lock.json package.json server.js"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * # exactly what the lock file says
 * RUN npm ci
 * CMD ["node", "server.js"]
 * ```
 * > Every source change makes npm ci in line 5 fetch everything again
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * # exactly what the lock file says
 * RUN npm ci
 * COPY . .
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» /app
 * RUN pip install -r requirements.txt && python -m compileall .
 * ```
 * > Every source change makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt /app/
 * RUN pip install -r requirements.txt
 * COPY . /app
 * RUN python -m compileall .
 * ```
 * Some compilers download modules as they build, and some installs read the sources. The fix then does beforehand
 * what it can:
 * ```dockerfile bad
 * FROM golang:1.23
 * WORKDIR /src
 * COPY «.» .
 * RUN go build -o /app ./cmd/app
 * ```
 * > Every source change makes go build in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM golang:1.23
 * WORKDIR /src
 * COPY go.mod go.sum* ./
 * RUN go mod download
 * COPY . .
 * RUN go build -o /app ./cmd/app
 * ```
 * ```dockerfile bad
 * FROM golang:1.23
 * WORKDIR /src
 * COPY «.» .
 * RUN go get -v ./...
 * RUN go build -o /app ./cmd/app
 * ```
 * > Every source change makes go get in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM golang:1.23
 * WORKDIR /src
 * COPY go.mod go.sum* ./
 * RUN go mod download
 * COPY . .
 * RUN go get -v ./...
 * RUN go build -o /app ./cmd/app
 * ```
 * ```dockerfile bad
 * FROM php:8.4-cli
 * WORKDIR /app
 * # the application
 * COPY --link «.» .
 *
 * COPY --from=composer:2 /usr/bin/composer /usr/bin/
 * RUN composer install --no-dev --optimize-autoloader
 * ```
 * > Every source change makes composer install in line 7 fetch everything again
 * ```dockerfile fixed
 * FROM php:8.4-cli
 * WORKDIR /app
 * COPY --link composer.json composer.lock* ./
 *
 * COPY --from=composer:2 /usr/bin/composer /usr/bin/
 * RUN composer install --no-dev --no-scripts --no-autoloader
 * # the application
 * COPY --link . .
 * RUN composer install --no-dev --optimize-autoloader
 * ```
 * An option may name the folder to install in:
 * ```dockerfile bad
 * FROM node:22-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN npm ci --prefix web
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * Several steps in a row move together:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY «./» /app
 * WORKDIR /app
 * RUN pip install -U pip && pip install -r /app/base.txt
 * RUN pip install -r /app/server.txt
 * RUN python -m compileall /app
 * CMD ["python", "app.py"]
 * ```
 * > Every source change makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * COPY *.txt /app/
 * WORKDIR /app
 * RUN pip install -U pip && pip install -r /app/base.txt
 * RUN pip install -r /app/server.txt
 * COPY ./ /app
 * RUN python -m compileall /app
 * CMD ["python", "app.py"]
 * ```
 * If one list of requirements may name others, the fix copies them too:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN pip install -r requirements-prod.txt
 * ```
 * > Every source change makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements*.txt ./
 * RUN pip install -r requirements-prod.txt
 * COPY . .
 * ```
 * ```dockerfile bad files="app.py requirements-dev.txt requirements-prod.txt requirements.txt"
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN pip install -r requirements.txt
 * ```
 * > Every source change makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt requirements-prod.txt ./
 * RUN pip install -r requirements.txt
 * COPY . .
 * ```
 * Builds with manifests in many folders need a change by hand, or a cache mount:
 * ```dockerfile bad
 * FROM rust:1.90
 * WORKDIR /app
 * COPY «.» .
 * RUN cargo build --release
 * FROM gradle:8-jdk21
 * COPY «.» /src
 * WORKDIR /src
 * RUN ./gradlew bootJar --no-daemon
 * FROM mcr.microsoft.com/dotnet/sdk:9.0
 * COPY «.» /src
 * RUN dotnet publish -c Release -o /app /src/App
 * FROM node:22
 * WORKDIR /app
 * COPY package.json .
 * COPY «.» .
 * RUN npm install
 * FROM python:3.13-slim
 * COPY «.» /app
 * RUN pip install -r /app/requirements/prod.txt
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN npm ci \
 *       --omit=dev && npm run build
 * FROM acme/node:22
 * COPY «.» app
 * RUN cd app && npm ci
 * ```
 * > Every source change makes cargo build in line 4 fetch everything again
 * > Every source change makes gradlew bootJar in line 8 fetch everything again
 * > Every source change makes dotnet publish in line 11 fetch everything again
 * > Every source change makes npm install in line 16 fetch everything again
 * > Every source change makes pip install in line 19 fetch everything again
 * > Every source change makes npm ci in line 23 fetch everything again
 * > Every source change makes npm ci in line 27 fetch everything again
 * Of the sources, `cargo chef cook` needs the recipe alone, which another stage makes:
 * ```dockerfile bad
 * FROM rust:1.98-slim-trixie AS build
 * COPY --from=plan /recipe.json /recipe.json
 * COPY Cargo.toml Cargo.lock ./
 * COPY «src/» src/
 * RUN cargo chef cook --release --recipe-path /recipe.json
 * RUN cargo build --release
 * ```
 * > Every source change makes cargo chef cook in line 5 compile all dependencies again
 * The profile `strict` has a hint where the sources alone come first, or the manifests with them:
 * ```dockerfile bad severity="hint"
 * FROM maven:3.9-eclipse-temurin-21 AS build
 * WORKDIR /app
 * COPY pom.xml ./
 * COPY «src» src
 * RUN mvn package
 * FROM node:22
 * COPY «./src» package.json package-lock.json ./
 * RUN npm ci
 * ```
 * > Every source change makes mvn package in line 5 fetch everything again
 * > Every source change makes npm ci in line 8 fetch everything again
 * Manifests that come first, by `COPY` or by a mount, are right:
 * ```dockerfile good
 * FROM node:22
 * WORKDIR /app
 * COPY package*.json ./
 * RUN npm ci
 * COPY . .
 * RUN npm run build && npm install --omit=dev
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/go/pkg/mod go build -o /app ./cmd/app
 * FROM python:3.13-slim
 * COPY . .
 * RUN pip install .
 * FROM node:22
 * WORKDIR /app
 * RUN --mount=type=bind,source=package.json,target=package.json npm install
 * COPY . .
 * RUN npm prune && npm install --omit=dev
 * FROM rust:1.90
 * COPY --from=planner /app/recipe.json recipe.json
 * RUN cargo chef cook --release
 * COPY . .
 * RUN cargo build --release
 * FROM gradle:8-jdk21
 * COPY . /src
 * RUN --mount=type=cache,target=/home/gradle/.gradle gradle -p /src build
 * FROM acme/golang AS maybe-old
 * COPY . /go/src/example.com/app
 * RUN cd /go/src/example.com/app && go get && go install
 * FROM golang:1.23
 * COPY . .
 * RUN go get github.com/google/go-licenses && go get $PACKAGE && go get -u ./...
 * FROM golang:1.9 AS without-modules
 * COPY . /app
 * RUN cd /app && go build
 * FROM golang:1.11 AS outside-of-modules
 * WORKDIR /go/src/example.com/app
 * COPY . .
 * RUN go build
 * ```
 * So is a build that downloads nothing:
 * ```dockerfile good files="go.mod go.sum main.go vendor/"
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN go build -o /app .
 * ```
 * ```dockerfile good files="go.mod main.go"
 * FROM golang:1.23
 * WORKDIR /src
 * COPY . .
 * RUN go build -o /app .
 * ```
 * Steps in between that read no source stay where they are:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * ENV NODE_ENV=production
 * ARG VERSION
 * LABEL version=1
 * EXPOSE 3000
 * RUN corepack enable && npm config set fund false && npm install -g serve
 * RUN apt-get update && apt-get install -y curl > /dev/null
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 10 fetch everything again
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * ENV NODE_ENV=production
 * ARG VERSION
 * LABEL version=1
 * EXPOSE 3000
 * RUN corepack enable && npm config set fund false && npm install -g serve
 * RUN apt-get update && apt-get install -y curl > /dev/null
 * RUN npm ci
 * COPY . .
 * ```
 * There is no fix if a step in between may read the sources, or if it is unclear what is copied where:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * USER node
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN yarn global add serve && npm run prepare > log.txt
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY [«"."», "."]
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» "/app"
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN (cd /app && npm ci)
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * Both parts of a step keep its flags. There is no fix for another folder or for several sources:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN --network=default npm ci && npm run build
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN --network=default npm ci
 * COPY . .
 * RUN --network=default npm run build
 * ```
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * WORKDIR /srv
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» config ./
 * RUN npm ci
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» app
 * RUN cd app && npm ci
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * The same goes for manifests that need more files than those beside them:
 * ```dockerfile bad files="app.py package-lock.json package.json prisma/ requirements.txt" texts="requirements.txt: -r base.txt\n"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN npm ci
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN pip install -r requirements.txt
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * > Every source change makes pip install in line 8 fetch everything again
 * ```dockerfile bad files="app.py base.txt requirements.txt" texts="requirements.txt: -r base.txt\n"
 * FROM acme/python:3
 * COPY «.» .
 * RUN pip install -r requirements.txt
 * ```
 * > Every source change makes pip install in line 3 fetch everything again
 * ```dockerfile fixed
 * FROM acme/python:3
 * COPY requirements.txt base.txt ./
 * RUN pip install -r requirements.txt
 * COPY . .
 * ```
 * One file keeps the destination as it is written:
 * ```dockerfile bad files="requirements.txt app.py"
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN pip install -r requirements.txt
 * ```
 * > Every source change makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt .
 * RUN pip install -r requirements.txt
 * COPY . .
 * ```
 * The rule accepts downloads that come from another stage:
 * ```dockerfile good files="go.mod go.sum main.go"
 * FROM golang:1.27 AS deps
 * WORKDIR /src
 * COPY go.mod go.sum ./
 * RUN go mod download
 * FROM golang:1.27 AS build
 * WORKDIR /src
 * COPY --from=deps /go/pkg/mod /go/pkg/mod
 * COPY . .
 * RUN go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * ```
 * A folder of the context with a project of its own, in which a later step installs:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:22
 * WORKDIR /app
 * COPY «frontend» ./frontend
 * RUN cd frontend && npm ci
 * CMD ["node", "frontend"]
 * ```
 * > Every source change makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM php:8.4-cli
 * WORKDIR /app
 * COPY «.» .
 * RUN php composer.phar install
 * FROM php:8.4-cli
 * WORKDIR /app
 * COPY «.» .
 * RUN ./composer.phar install
 * FROM elixir:1.18
 * WORKDIR /app
 * COPY «.» .
 * RUN mix do deps.get, compile
 * CMD ["mix", "phx.server"]
 * ```
 * > Every source change makes composer install in line 4 fetch everything again
 * > Every source change makes composer install in line 8 fetch everything again
 * > Every source change makes mix deps.get in line 12 fetch everything again
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'copy-source-before-dependencies',
  summary: 'Sources are copied before dependencies are installed',
  category: 'copy',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    const recipes = [...lateRecipes(model)];
    yield* recipes;
    const told = new Set(recipes.map(({ at }) => at.start));
    const parts = partsWorkedIn(model);
    const isPart = (source: string): boolean => isSources(source) || parts.has(source);
    for (const { command, manifests, source } of lateDependencySteps(model, facts.context, isPart)) {
      if (told.has(source.span.start)) continue;
      yield {
        at: source.span,
        message: `Every source change makes ${manifests.title} in line ${model.document.lineAt(command.span.start) + 1} fetch everything again`,
        severity: 'hint',
        quiet: true,
      };
    }
    for (const step of lateDependencySteps(model, facts.context)) {
      const { command, manifests, source } = step;
      const line = model.document.lineAt(command.span.start) + 1;
      const first = dependenciesFirst(model, step, facts.context);
      yield {
        at: source.span,
        message: `Every source change makes ${manifests.title} in line ${line} fetch everything again`,
        related: [{ at: command.span, message: 'The dependencies are installed here' }],
        fix: first && {
          title: `Copy ${first.files.join(', ')} first, fetch dependencies, then copy the rest`,
          edits: first.edits,
        },
      };
    }
  },
});

/** The folder with the sources of a project. */
function isSources(source: string): boolean {
  return /^(?:\.\/)?src\/?$/.test(source);
}

/** Folders of the context, such as `frontend`, in whose copy a later command installs. */
function partsWorkedIn(model: Model): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const command of model.commands) {
    const { instruction } = command;
    const manifests = instruction.keyword === 'RUN' ? manifestsOfCommand(command) : undefined;
    // What compiles as well needs the sources.
    if (!manifests || manifests.required.length === 0) continue;
    const folder = folderOf(model, command);
    const stage = model.stageOf(instruction);
    if (folder === undefined || stage === undefined) continue;
    const copies = contextCopiesByStage(model).get(stage)?.slice(0, mostCopies) ?? [];
    // Where several copies fill the folder, it may be any of them that holds the manifest.
    const [only, ...others] = copies.filter(({ destination }) => destination.path === folder);
    const [source, ...more] = only?.sources ?? [];
    if (source && others.length + more.length === 0 && !source.glob && /^[^.]+$/.test(source.path ?? ''))
      parts.add(source.value);
  }
  return parts;
}

/** Copies of a stage that are looked at: others may be as many as the commands. */
const mostCopies = 50;
