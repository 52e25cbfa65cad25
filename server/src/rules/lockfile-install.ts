import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Edit, Instruction, Model } from '../core/lint/rule';
import { isAlternative } from '../core/analysis/commands/guard';
import { gives, unlockedInstalls } from '../core/analysis/packages/unlocked-installs';
import type { UnlockedInstall } from '../core/analysis/packages/unlocked-installs';
import { yarnVersion } from '../core/analysis/packages/yarn-version';
import { addArguments } from '../core/shell/edits';
import { groupedBy } from '../core/text/groups';
import { once, onceInside } from '../core/text/memo';

/**
 * A lock file says exactly which versions were tested. Without the option below, the tool changes what does not fit and
 * goes on, so the image may hold versions that nobody has tried. With it, the build stops instead.
 *
 * Cargo follows its lock file as long as it fits, so the recommended profile leaves it out.
 *
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json yarn.lock pnpm-lock.yaml bun.lock ./
 * RUN npm «install» \
 *     # only what runs
 *     --omit=dev
 * RUN «yarn» --production && pnpm «i» && bun «install»
 * RUN ["yarn", "«install»"]
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * > yarn changes yarn.lock where it does not fit, so the image may get other versions
 * > pnpm i changes pnpm-lock.yaml where it does not fit, so the image may get other versions
 * > bun install changes bun.lock where it does not fit, so the image may get other versions
 * > yarn install changes yarn.lock where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json yarn.lock pnpm-lock.yaml bun.lock ./
 * RUN npm ci \
 *     # only what runs
 *     --omit=dev
 * RUN yarn --frozen-lockfile --production && pnpm i --frozen-lockfile && bun install --frozen-lockfile
 * RUN ["yarn", "install", "--frozen-lockfile"]
 * ```
 * ```dockerfile bad files="web/package.json web/package-lock.json"
 * FROM node:22
 * COPY web/package*.json /web/
 * RUN cd /web && npm «install»
 * COPY web /app
 * RUN npm --prefix /app «install»
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM node:22
 * COPY web/package*.json /web/
 * RUN cd /web && npm ci
 * COPY web /app
 * RUN npm --prefix /app ci
 * ```
 * A lock file that stays behind in the build context is of no use:
 * ```dockerfile bad files="web/package.json web/package-lock.json"
 * FROM node:22
 * WORKDIR /app
 * COPY web/package.json web/README.md ./
 * RUN npm «install» && npm install && cd $FOLDER && npm install
 * COPY web/package.json /other/
 * ```
 * > No step copies package-lock.json, so npm install installs other versions than it names
 * A lock file that the step mounts counts too:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * RUN --mount=type=bind,source=package.json,target=package.json \
 *     --mount=type=bind,source=package-lock.json,target=package-lock.json npm «install»
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * RUN --mount=type=bind,source=package.json,target=package.json \
 *     --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci
 * ```
 * Other languages:
 * ```dockerfile bad
 * FROM acme/tools:3
 * WORKDIR /src
 * COPY uv.lock Cargo.lock Gemfile.lock composer.lock yarn.lock .yarnrc.yml /src/
 * RUN uv «sync» --no-dev && cargo «build» --release && cargo +stable «install» --path=.
 * RUN bundle «install» --jobs 4
 * RUN composer «update» --no-dev
 * RUN yarn «install»
 * ```
 * > uv sync changes uv.lock where it does not fit, so the image may get other versions
 * > cargo build changes Cargo.lock where it does not fit, so the image may get other versions
 * > cargo install changes Cargo.lock where it does not fit, so the image may get other versions
 * > bundle install changes Gemfile.lock where it does not fit, so the image may get other versions
 * > composer update ignores composer.lock, so the image gets other versions
 * > yarn install changes yarn.lock where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM acme/tools:3
 * WORKDIR /src
 * COPY uv.lock Cargo.lock Gemfile.lock composer.lock yarn.lock .yarnrc.yml /src/
 * RUN uv sync --locked --no-dev && cargo build --locked --release && cargo +stable install --locked --path=.
 * RUN BUNDLE_FROZEN=true bundle install --jobs 4
 * RUN composer install --no-dev
 * RUN yarn install --immutable
 * ```
 * An update asks for newer versions than those in the lock file. The folder of an unknown image is the same for COPY and
 * RUN:
 * ```dockerfile bad
 * FROM acme/tools:3
 * COPY package.json package-lock.json yarn.lock Cargo.lock ./
 * RUN npm «update»
 * RUN yarn «upgrade»
 * RUN cargo «fetch»
 * ```
 * > npm update ignores package-lock.json, so the image gets other versions
 * > yarn upgrade ignores yarn.lock, so the image gets other versions
 * > cargo fetch changes Cargo.lock where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM acme/tools:3
 * COPY package.json package-lock.json yarn.lock Cargo.lock ./
 * RUN npm ci
 * RUN yarn upgrade
 * RUN cargo fetch --locked
 * ```
 * A pattern asks for the lock file, even where the files beside the Dockerfile are not known:
 * ```dockerfile bad options="profile: strict"
 * FROM node:22
 * WORKDIR /app
 * COPY package*.json ./
 * RUN npm «i»
 * ```
 * > npm i changes package-lock.json where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package*.json ./
 * RUN npm ci
 * ```
 * So it does, as a hint, where the folder that is copied may hold a lock file, and where newer versions are asked for
 * whatever a lock file says:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * RUN npm «install»
 * FROM php:8.4
 * WORKDIR /app
 * COPY composer.json ./
 * RUN composer «update» --no-dev
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * > composer update ignores composer.lock, so the image gets other versions
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * RUN npm ci
 * FROM php:8.4
 * WORKDIR /app
 * COPY composer.json ./
 * RUN composer install --no-dev
 * ```
 * Pipenv:
 * ```dockerfile bad
 * FROM python:3.13
 * WORKDIR /app
 * COPY Pipfile Pipfile.lock ./
 * RUN pipenv «install» --system
 * RUN pipenv «update»
 * RUN pipenv install requests==2.32.3 && pipenv install --deploy && pipenv run x
 * ```
 * > pipenv install changes Pipfile.lock where it does not fit, so the image may get other versions
 * > pipenv update ignores Pipfile.lock, so the image gets other versions
 * ```dockerfile fixed
 * FROM python:3.13
 * WORKDIR /app
 * COPY Pipfile Pipfile.lock ./
 * RUN pipenv install --deploy --system
 * RUN pipenv update
 * RUN pipenv install requests==2.32.3 && pipenv install --deploy && pipenv run x
 * ```
 * Sometimes only you can tell how: an old npm has no `ci`, and options have no counterpart:
 * ```dockerfile bad
 * FROM node:8
 * WORKDIR /app
 * COPY package.json package-lock.json composer.lock Gemfile.lock ./
 * RUN npm «install»
 * RUN composer «update» --with-all-dependencies
 * RUN ["bundle", "«install»"]
 * RUN sudo bundle «install»
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * > composer update ignores composer.lock, so the image gets other versions
 * > bundle install changes Gemfile.lock where it does not fit, so the image may get other versions
 * > bundle install changes Gemfile.lock where it does not fit, so the image may get other versions
 * A second try after an exact installation gives up what the first one is for, and no option helps it:
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json pnpm-lock.yaml ./
 * RUN npm ci || npm «install»
 * RUN pnpm install --frozen-lockfile 2>/dev/null || pnpm «install»
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * > pnpm install changes pnpm-lock.yaml where it does not fit, so the image may get other versions
 * One that is only for a project without a lock file is accepted:
 * ```dockerfile good
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN if [ -f package-lock.json ]; then npm ci; else npm install; fi
 * ```
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN if [ -f package-lock.json ]; then npm «install»; fi
 * ```
 * > npm install changes package-lock.json where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN if [ -f package-lock.json ]; then npm ci; fi
 * ```
 * The rule accepts an exact installation, one package more, and a project without a known lock file:
 * ```dockerfile good
 * FROM ruby:3.4
 * WORKDIR /app
 * COPY package-lock.json yarn.lock Cargo.lock uv.lock Gemfile.lock /app/
 * RUN npm ci && npm install -g pm2@5 && npm install --no-package-lock && npm install left-pad@1.3.0
 * RUN yarn install --frozen-lockfile
 * RUN cargo build --locked && cargo install --locked --path . && cargo install ripgrep@14.1.0
 * RUN UV_FROZEN=1 uv sync
 * RUN bundle config set --local deployment true && bundle install
 * RUN cd /web && npm install
 * CMD ["npm", "install"]
 * FROM node:22
 * WORKDIR /app
 * COPY package*.json ./
 * RUN npm i
 * ```
 * ```dockerfile good files="package.json server.js"
 * FROM node:22
 * WORKDIR /app
 * COPY . .
 * COPY package*.json ./
 * RUN npm install
 * FROM acme/tools
 * COPY package-lock.json /srv/
 * RUN npm install
 * FROM acme/tools
 * COPY package-lock.json ./
 * RUN cd web && npm install
 * WORKDIR web
 * RUN npm install
 * ```
 * @skip onbuild the context of another build is not known
 * Composer may come as an archive that PHP runs, and the words behind `--without` name no gems:
 * ```dockerfile bad files="composer.json composer.lock"
 * FROM php:8.4-cli
 * WORKDIR /app
 * COPY composer.json composer.lock composer.phar ./
 * RUN php -d memory_limit=-1 composer.phar «update»
 * ```
 * > composer update ignores composer.lock, so the image gets other versions
 * ```dockerfile fixed
 * FROM php:8.4-cli
 * WORKDIR /app
 * COPY composer.json composer.lock composer.phar ./
 * RUN php -d memory_limit=-1 composer.phar install
 * ```
 * ```dockerfile bad files="Gemfile Gemfile.lock"
 * FROM ruby:3.4
 * WORKDIR /app
 * COPY Gemfile Gemfile.lock ./
 * RUN setup() { bundle «install» --without development test; }; setup
 * ```
 * > bundle install changes Gemfile.lock where it does not fit, so the image may get other versions
 * ```dockerfile fixed
 * FROM ruby:3.4
 * WORKDIR /app
 * COPY Gemfile Gemfile.lock ./
 * RUN setup() { BUNDLE_FROZEN=true bundle install --without development test; }; setup
 * ```
 */
export default defineRule({
  id: 'lockfile-install',
  summary: 'An installation may differ from the lock file',
  category: 'package',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },
  mentions: ['npm', 'yarn', 'pnpm', 'bun', 'uv', 'bundle', 'bundler', 'composer', 'cargo', 'pipenv'],

  *check({ model, options, facts: { context } }) {
    const isFrozen = model
      .commandsNamed('bundle', 'bundler')
      .some(
        ({ args }) => args[0]?.value === 'config' && args.some(({ text }) => /frozen|deployment/.test(text)),
      );
    const left = new Set<string>();
    for (const install of unlockedInstalls(model, context)) {
      const { command, how, verb, lock, isThere, isGuess, renews, isLeft } = install;
      if (!isThere && options.profile !== 'strict') continue;
      if (how.manager === 'bundle' && isFrozen) continue;
      const other = exactBeside(model, install);
      if (other === 'branch') continue;
      // `php composer.phar update`
      const program = command.program === 'php' ? 'composer' : command.program;
      const name = verb === command.name ? program : `${program} ${verb.value ?? ''}`;
      const option = optionFor(
        install,
        how.manager === 'yarn' && yarnVersion(model, context, command.instruction) === 'modern',
      );
      if (isLeft) {
        // Several commands of a step lack the same file.
        const step = `${command.instruction.index} ${lock}`;
        if (left.has(step)) continue;
        left.add(step);
        yield {
          at: verb.span,
          message: `No step copies ${lock}, so ${name} installs other versions than it names`,
        };
        continue;
      }
      const fix = how.verb !== undefined ? otherVerb(model, install, how.verb) : renews ? undefined : option;
      yield {
        at: verb.span,
        message: renews
          ? `${name} ignores ${lock}, so the image gets other versions`
          : `${name} changes ${lock} where it does not fit, so the image may get other versions`,
        quiet: how.manager === 'cargo',
        severity: isGuess ? 'hint' : undefined,
        // What failed once fails again.
        fix: fix && other === undefined ? { title: fix.title, edits: [fix.edit] } : undefined,
      };
    }
  },
});

/**
 * Where the step installs exactly in another way: in another branch of the same `if`, which is taken where there is a lock
 * file, or before `||`.
 */
function exactBeside(model: Model, { command, how }: UnlockedInstall): 'branch' | 'before' | undefined {
  const isBranch = command.nesting.at(-1) === 'branch';
  if (!isBranch && !isAlternative(command)) return undefined;
  const exact = exactInstalls(model)(command.instruction)(how).get(command.program);
  if (isBranch && exact?.places.has(command.chain?.block.place)) return 'branch';
  return exact?.chains.has(command.chain) ? 'before' : undefined;
}

/** By program, where a step installs exactly: the lists of commands, and what they stand in. */
const exactInstalls = once((model: Model) =>
  onceInside((step: Instruction) =>
    onceInside(({ exact, verb }: UnlockedInstall['how']) => {
      const commands = model
        .commandsOf(step)
        .filter((one) => gives(one, exact) || (verb !== undefined && one.args[0]?.value === verb));
      return new Map(
        [...groupedBy(commands, ({ program }) => program)].map(([program, all]) => [
          program,
          {
            places: new Set(all.map(({ chain }) => chain?.block.place)),
            chains: new Set(all.map(({ chain }) => chain)),
          },
        ]),
      );
    }),
  ),
);

interface OneEdit {
  readonly title: string;
  readonly edit: Edit;
}

function otherVerb(
  model: Model,
  { command, how, verb }: UnlockedInstall,
  exact: string,
): OneEdit | undefined {
  if (!command.editable || gives(command, how.refused ?? []) || isOldNpm(model, command)) return undefined;
  return {
    title: `Use ${command.program === 'php' ? how.manager : command.program} ${exact}`,
    edit: replace(verb.span, exact),
  };
}

/** npm before 5.7 has no `ci`: Node.js 8 came with it late. */
function isOldNpm(model: Model, { program, instruction }: UnlockedInstall['command']): boolean {
  const image = model.stageOf(instruction)?.chain.at(-1)?.image;
  return (
    program === 'npm' &&
    image?.path.text.endsWith('node') === true &&
    /^[0-8](?!\d)/.test(image.tag?.text ?? '')
  );
}

function optionFor({ command, how, verb }: UnlockedInstall, isModernYarn: boolean): OneEdit | undefined {
  if (how.manager === 'bundle') {
    // The option is gone from later versions.
    if (!command.script || !command.editable || command.wrappers.length > 0) return undefined;
    const at = command.span.start;
    const text = 'BUNDLE_FROZEN=true ';
    return { title: 'Set BUNDLE_FROZEN', edit: { start: at, end: at, text } };
  }
  const option = isModernYarn ? '--immutable' : (how.exact[0] ?? '');
  const edit = addArguments(command, verb, option);
  return edit && { title: `Add ${option}`, edit };
}
