import { dependenciesFirst } from './copy-source-before-dependencies.parts';
import { defineRule } from '../core/lint/rule';
import { lateDependencySteps } from '../core/analysis/packages/dependency-steps';

/**
 * A step runs again when anything it copies has changed, and so do all below it. With the sources copied
 * first, every change of a line installs all dependencies anew; with the manifests copied first, only a change
 * of those does.
 *
 * ```dockerfile bad files="package-lock.json package.json server.js"
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * # exactly what the lock file says
 * RUN npm ci
 * CMD ["node", "server.js"]
 * ```
 * > Every change of a source file makes npm ci in line 5 fetch everything again
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
 * > Every change of a source file makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt /app/
 * RUN pip install -r requirements.txt
 * COPY . /app
 * RUN python -m compileall .
 * ```
 * A compiler fetches modules as it goes, and others look at the sources; then what can be done before is:
 * ```dockerfile bad
 * FROM golang:1.23
 * WORKDIR /src
 * COPY «.» .
 * RUN go build -o /app ./cmd/app
 * ```
 * > Every change of a source file makes go build in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM golang:1.23
 * WORKDIR /src
 * COPY go.mod go.sum* ./
 * RUN go mod download
 * COPY . .
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
 * > Every change of a source file makes composer install in line 7 fetch everything again
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
 * Several steps in a row go together:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY «./» /app
 * WORKDIR /app
 * RUN pip install -U pip && pip install -r /app/base.txt
 * RUN pip install -r /app/server.txt
 * CMD ["python", "app.py"]
 * ```
 * > Every change of a source file makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * COPY *.txt /app/
 * WORKDIR /app
 * RUN pip install -U pip && pip install -r /app/base.txt
 * RUN pip install -r /app/server.txt
 * COPY ./ /app
 * CMD ["python", "app.py"]
 * ```
 * Where one list of requirements may name others, they go along:
 * ```dockerfile bad
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY «.» .
 * RUN pip install -r requirements-prod.txt
 * ```
 * > Every change of a source file makes pip install in line 4 fetch everything again
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
 * > Every change of a source file makes pip install in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * WORKDIR /app
 * COPY requirements.txt requirements-prod.txt ./
 * RUN pip install -r requirements.txt
 * COPY . .
 * ```
 * Builds whose manifests lie in many folders are mended by hand, or with a cache mount:
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
 * ```
 * > Every change of a source file makes cargo build in line 4 fetch everything again
 * > Every change of a source file makes gradlew bootJar in line 8 fetch everything again
 * > Every change of a source file makes dotnet publish in line 11 fetch everything again
 * > Every change of a source file makes npm install in line 16 fetch everything again
 * Manifests that come first, by `COPY` or by a mount, are how it should be:
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
 * FROM golang:1.11 AS outside-of-modules
 * WORKDIR /go/src/example.com/app
 * COPY . .
 * RUN go build
 * ```
 * So is a build that fetches nothing:
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
 * What stands between the two steps and reads no source may stay where it is:
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
 * > Every change of a source file makes npm ci in line 10 fetch everything again
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
 * Where something between them may read the sources, or where it cannot be told what is copied to where, the order is for
 * the author to change:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * USER node
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN yarn global add serve && npm run prepare > log.txt
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY [«"."», "."]
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» "/app"
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN (cd /app && npm ci)
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
 * Flags of the step stay with both of its parts; another folder, or several sources, are left alone:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * RUN --network=host npm ci && npm run build
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN --network=host npm ci
 * COPY . .
 * RUN --network=host npm run build
 * ```
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» .
 * WORKDIR /srv
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 5 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» config ./
 * RUN npm ci
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY «.» app
 * RUN cd app && npm ci
 * ```
 * > Every change of a source file makes npm ci in line 4 fetch everything again
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
    for (const step of lateDependencySteps(model, facts.context)) {
      const { command, manifests, source } = step;
      const line = model.document.lineAt(command.span.start) + 1;
      const first = dependenciesFirst(model, step, facts.context);
      yield {
        at: source.span,
        message: `Every change of a source file makes ${manifests.title} in line ${line} fetch everything again`,
        related: [{ at: command.span, message: 'Installs the dependencies' }],
        fix: first && {
          title: `Copy ${first.files.join(', ')} and fetch dependencies first`,
          edits: first.edits,
        },
      };
    }
  },
});
