import { defineRule, dependenciesFirst, lateDependencySteps } from '../core/lint/rule';

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
 * ```dockerfile fixed
 * FROM python:3.13-slim
 * COPY base.txt server.txt /app/
 * WORKDIR /app
 * RUN pip install -U pip && pip install -r /app/base.txt
 * RUN pip install -r /app/server.txt
 * COPY ./ /app
 * CMD ["python", "app.py"]
 * ```
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
 * ```
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
    for (const step of lateDependencySteps(model)) {
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
