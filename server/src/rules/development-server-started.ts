import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { isDevcontainer, quietForTests } from '../core/analysis/context/context-sources';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { isForDevelopment, startedCommands } from '../core/analysis/runtime/what-runs';
import { isPython } from '../core/knowledge/programs/programs';
import { developmentServers, reloaders, tells } from '../core/knowledge/programs/subcommands';
import type { Command } from '../core/shell/types';

/**
 * The server that comes with a framework is for the developer's own machine: it compiles at each request, restarts itself, or
 * shows its insides to everybody. Its manual names another one for an image that others use.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY manage.py ./
 * COPY shop/ shop/
 * USER 10001
 * CMD ["«python", "manage.py", "runserver", "0.0.0.0:8000»"]
 * ```
 * > manage.py runserver is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY app/ app/
 * USER 10001
 * CMD ["uvicorn", "app.main:app", "--host=0.0.0.0", "«--reload»"]
 * ```
 * > With --reload, uvicorn watches the sources and restarts at each change, which an image never has
 * ```dockerfile bad
 * FROM python:3.13-slim
 * COPY app.py ./
 * USER 10001
 * ENTRYPOINT ["«python", "-m", "flask", "run", "--host=0.0.0.0»"]
 * ```
 * > flask run is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM node:24
 * COPY . .
 * USER node
 * CMD ["«npx", "vite", "--host»"]
 * ```
 * > vite is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM node:24
 * COPY . .
 * USER node
 * CMD ["«webpack-dev-server", "--mode=production»"]
 * ```
 * > webpack-dev-server is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM node:24
 * COPY . .
 * USER node
 * CMD ["«ng", "serve", "--host", "0.0.0.0»"]
 * ```
 * > ng serve is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM php:8.4-cli
 * COPY . .
 * USER 33
 * CMD ["«php", "-S", "0.0.0.0:8000", "-t", "public»"]
 * ```
 * > php -S is a server for development, and this image starts it
 * ```dockerfile bad
 * FROM php:8.4-cli
 * COPY . .
 * USER 33
 * CMD ["«php", "artisan", "serve", "--host=0.0.0.0»"]
 * ```
 * > artisan serve is a server for development, and this image starts it
 * The rule accepts servers for others, commands that start none, and images that say they are for development:
 * ```dockerfile good
 * FROM python:3.13-slim
 * CMD ["gunicorn", "shop.wsgi"]
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim
 * CMD ["python", "-m", "shop", "--reload"]
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim
 * CMD ["python", "manage.py", "migrate"]
 * ```
 * ```dockerfile good
 * FROM node:24
 * CMD ["npx", "vite", "build"]
 * ```
 * ```dockerfile good
 * FROM php:8.4-cli
 * CMD ["php", "index.php"]
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim AS dev
 * CMD ["flask", "run"]
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim
 * ENV FLASK_ENV=development
 * CMD ["flask", "run"]
 * ```
 * ```dockerfile good name="docker/Dockerfile.dev"
 * FROM python:3.13-slim
 * CMD ["flask", "run"]
 * ```
 * ```dockerfile good files=".devcontainer/" dockerfile=".devcontainer/Dockerfile"
 * FROM python:3.13-slim
 * CMD ["flask", "run"]
 * ```
 *
 * @skip onbuild what a later build starts is not known
 * A file without a suffix beside one for production is for development:
 * ```dockerfile good files="Dockerfile Dockerfile.prod package.json"
 * FROM node:22
 * COPY package.json ./
 * CMD ["npx", "vite"]
 * ```
 */
export default defineRule({
  id: 'development-server-started',
  summary: 'The image starts a server that is made for development',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: [
    'artisan',
    'astro',
    'fastapi',
    'flask',
    'gatsby',
    'manage',
    'next',
    'ng',
    'nuxi',
    'nuxt',
    'php',
    'react',
    'reload',
    'remix',
    'vite',
    'vue',
    'webpack',
  ],

  *check({ model, facts }) {
    const stage = shippedStage(model);
    if (
      !stage ||
      isForDevelopment(stage) ||
      isDevcontainer(facts.context, facts.path) ||
      forDevelopment.test(facts.path ?? '') ||
      quietForTests(facts) !== undefined
    )
      return;
    if (saysDevelopment(model, stage)) return;
    for (const command of startedCommands(model, stage)) {
      const reload = reloads(command);
      const server = reload ? undefined : serverOf(command);
      if (reload)
        yield {
          at: reload.span,
          message: `With ${reload.text}, ${command.program} watches the sources and restarts at each change, which an image never has`,
        };
      else if (server !== undefined)
        yield {
          at: command.span,
          message: `${server} is a server for development, and this image starts it`,
        };
    }
  },
});

/** A file or folder of a file that says it is for development: `Dockerfile.dev`, `docker/local/Dockerfile`. */
const forDevelopment =
  /(?:^|[/._-])(?:dev|devel|development|local|tests?|debug)(?:[._-][^/]*)?(?:\/[^/]*)?$/i;

/** Whether a stage speaks of development: settings, a label, names of files; or Swoole, whose server has the same command. */
function saysDevelopment(model: Model, { chain }: Stage): boolean {
  return chain.some(({ instructions }) =>
    instructions.some(({ span }) => purpose.test(model.document.slice(span))),
  );
}

const purpose = /development|_DEBUG\b|_ENV[= ]["']?dev|hot.?reload|swoole|hypervel/i;

function reloads({ program, args }: Command): Command['name'] | undefined {
  return args.find(({ value }) => tells(reloaders, program, [value]));
}

/** What a command starts, as people call it; undefined if it is no server for development. */
function serverOf({ program, args }: Command): string | undefined {
  const words = args.map(({ value }) => value);
  if (program === 'php' && words.includes('-S')) return 'php -S';
  const [name, rest] = interpreted(program, words);
  // Without a verb, it starts its server.
  if (name === 'vite' && !/^[^-]/.test(rest[0] ?? '')) return name;
  if (!tells(developmentServers, name, rest)) return undefined;
  const verb = rest.find((word) => tells(developmentServers, name, [word]));
  return name === 'webpack-dev-server' ? name : `${name} ${verb ?? ''}`;
}

type Words = readonly (string | undefined)[];

/** The program and its arguments, without the interpreter of a script: `python manage.py`, `python -m flask`. */
function interpreted(program: string, words: Words): readonly [string, Words] {
  if (!isPython(program) && program !== 'php' && program !== 'npx') return [program, words];
  const at = words.findIndex((word) => word === undefined || !word.startsWith('-') || word === '-m');
  const script = words[at] === '-m' ? at + 1 : at;
  const name = (words[script] ?? '').replace(/^.*\//, '');
  return [name, words.slice(script + 1)];
}
