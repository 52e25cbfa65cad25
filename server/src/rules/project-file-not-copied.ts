import { isLockFile } from '../core/knowledge/packages/lock-files';
import { lookUp } from '../core/analysis/context/context-paths';
import { mountTypeOf, mountsOf } from '../core/analysis/text/mount-options';
import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import {
  inheritFromRoot,
  memberManifests,
  replacedModules,
  settingsAtRoot,
} from '../core/analysis/packages/project-members';
import { yarnVersion } from '../core/analysis/packages/yarn-version';
import { bringsSources, downloaders, placers, treeWriters } from '../core/knowledge/programs/build-steps';
import type { ContextFacts } from '../core/lint/facts';
import type { CopySource } from '../core/model/model';
import type { Command } from '../core/shell/types';
import { isBelow } from '../core/text/paths';

/**
 * Some tools read more than the manifest of one program: those of all members of a workspace, a build script, settings for the
 * whole repository. Where they come too late, the step stops, or takes other versions from another feed.
 *
 * ```dockerfile bad files="Cargo.toml app/Cargo.toml lib/Cargo.toml a/Cargo.toml b/Cargo.toml" texts="Cargo.toml: [workspace]\nmembers = ['app', './lib/', 'a', 'b']\n"
 * FROM rust:1.98-slim-trixie AS build
 * WORKDIR /src
 * COPY Cargo.toml Cargo.lock ./
 * COPY app/ app/
 * RUN cargo «build» --locked --release
 * ```
 * > cargo build needs lib/Cargo.toml, a/Cargo.toml and 1 more of the project, which nothing has copied yet
 * ```dockerfile bad files="App.csproj Program.cs Directory.Packages.props NuGet.config" texts="NuGet.config: <add key='own' value='https://nuget.example.com/index.json' />"
 * FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
 * WORKDIR /src
 * COPY App.csproj ./
 * RUN dotnet «restore» App.csproj
 * COPY . .
 * RUN dotnet publish --no-restore --output /out
 * ```
 * > dotnet restore needs Directory.Packages.props and NuGet.config of the project, which nothing has copied yet
 * ```dockerfile bad files="Cargo.toml Cargo.lock build.rs src/"
 * FROM rust:1.98-slim-trixie AS build
 * WORKDIR /src
 * COPY Cargo.toml Cargo.lock ./
 * RUN mkdir src && touch src/main.rs && cargo build --release
 * COPY src/ src/
 * RUN cargo «build» --locked --release
 * ```
 * > cargo build needs build.rs of the project, which nothing has copied yet
 * ```dockerfile bad files="pom.xml app/pom.xml app/src/ lib/pom.xml" texts="pom.xml: <modules> <module>app</module> <module>lib</module> </modules> | app/pom.xml: <parent> <artifactId>all</artifactId> </parent>"
 * FROM maven:3.9-eclipse-temurin-21-noble AS build
 * WORKDIR /src/app
 * COPY app/pom.xml ./
 * COPY app/src/ src/
 * RUN mvn --batch-mode «package»
 * ```
 * > mvn package needs pom.xml of the project, which nothing has copied yet
 * ```dockerfile bad files="pom.xml services/app/pom.xml services/app/src/ lib/pom.xml" texts="pom.xml: <modules> <module>services/app</module> <module>lib</module> </modules> | services/app/pom.xml: <parent> <relativePath>../..</relativePath> </parent>"
 * FROM maven:3.9-eclipse-temurin-21-noble AS build
 * WORKDIR /src
 * COPY services/app ./
 * RUN mvn --batch-mode «package»
 * FROM maven:3.9-eclipse-temurin-21-noble
 * WORKDIR /src
 * COPY pom.xml ./
 * COPY services/app services/app
 * RUN mvn --batch-mode --projects services/app «package»
 * ```
 * > mvn package needs pom.xml of the project, which nothing has copied yet
 * > mvn package needs lib/pom.xml of the project, which nothing has copied yet
 * ```dockerfile bad files="pyproject.toml uv.lock packages/api/pyproject.toml packages/core/pyproject.toml packages/README.md packages/docs/index.md" texts="pyproject.toml: [tool.uv.workspace]\nmembers = ['packages/*', 'tools/**']\n"
 * FROM python:3.14-slim-trixie AS build
 * WORKDIR /app
 * COPY pyproject.toml uv.lock ./
 * RUN uv «sync» --locked --no-dev --no-install-project --package=api
 * ```
 * > uv sync needs packages/api/pyproject.toml and packages/core/pyproject.toml of the project, which nothing has copied yet
 * ```dockerfile bad files="package.json yarn.lock apps/web/package.json apps/api/package.json" texts="package.json: 'workspaces': ['apps/*'] | yarn.lock: __metadata:"
 * FROM node:24-trixie-slim AS build
 * WORKDIR /app
 * COPY package.json yarn.lock ./
 * COPY apps/web apps/web
 * RUN yarn «install» --immutable
 * ```
 * > yarn install needs apps/api/package.json of the project, which nothing has copied yet
 * ```dockerfile bad files="go.work app/go.mod app/go.sum lib/go.mod" texts="app/go.mod: module acme/app\nreplace acme/lib => ../lib\nreplace acme/far => ../../far\n"
 * FROM golang:1.27-trixie AS build
 * WORKDIR /src/app
 * COPY app/go.mod app/go.sum ./
 * RUN go «mod» download
 * ```
 * > go mod needs lib/go.mod of the project, which nothing has copied yet
 * The rule accepts a copy of everything, mounts, and steps that bring files in a way of their own:
 * ```dockerfile good files="Cargo.toml Cargo.lock app/Cargo.toml lib/Cargo.toml" texts="Cargo.toml: [workspace]\nmembers = ['app', 'lib']\n"
 * FROM rust:1.98-slim-trixie AS all
 * COPY . .
 * RUN cargo build --locked --release
 * FROM rust:1.98-slim-trixie AS mounted
 * COPY Cargo.toml ./
 * RUN --mount=type=bind,target=/src cargo build --locked --release
 * FROM rust:1.98-slim-trixie AS cloned
 * COPY Cargo.toml ./
 * RUN git clone https://example.com/app.git . && cargo build --locked --release
 * FROM rust:1.98-slim-trixie AS taken
 * COPY --from=all /src .
 * RUN cargo build --locked --release
 * FROM rust:1.98-slim-trixie AS patterns
 * COPY *\/Cargo.toml Cargo.toml ./
 * RUN cargo build --locked --release
 * FROM rust:1.98-slim-trixie AS nothing
 * RUN cargo build --locked --release
 * FROM rust:1.98-slim-trixie
 * COPY Cargo.toml ./
 * RUN cargo fetch && cargo $VERB
 * CMD ["cargo", "build"]
 * ```
 * ```dockerfile good files="pyproject.toml uv.lock packages/api/pyproject.toml" texts="pyproject.toml: [tool.uv.workspace]\nmembers = ['packages/*']\n"
 * FROM python:3.14-slim-trixie AS build
 * COPY pyproject.toml uv.lock ./
 * RUN uv sync --frozen --no-install-workspace
 * ```
 * ```dockerfile good files="package.json yarn.lock apps/api/package.json" texts="package.json: 'workspaces': ['apps/*'] | yarn.lock: # yarn lockfile v1"
 * FROM node:24-trixie-slim AS build
 * COPY package.json yarn.lock ./
 * RUN yarn install --frozen-lockfile
 * ```
 * A module that inherits from elsewhere, or from nothing, and a file for another folder than the one that is known:
 * ```dockerfile good files="pom.xml app/pom.xml lib/pom.xml" texts="pom.xml: <modules> <module>app</module> <module>lib</module> </modules> | app/pom.xml: <parent> <artifactId>spring-boot-starter-parent</artifactId> <relativePath/> </parent>"
 * FROM maven:3.9-eclipse-temurin-21-noble AS own
 * COPY app/pom.xml ./
 * RUN mvn --batch-mode package
 * FROM maven:3.9-eclipse-temurin-21-noble AS none
 * COPY lib/pom.xml ./
 * RUN mvn --batch-mode package
 * FROM maven:3.9-eclipse-temurin-21-noble AS other
 * COPY pom.xml ./
 * COPY src ./src
 * RUN mvn --batch-mode package
 * ```
 * Settings that change nothing of what is installed may come later, or not at all:
 * ```dockerfile good files="App.csproj NuGet.config global.json Directory.Build.props" texts="NuGet.config: <add key='nuget' value='https://api.nuget.org/v3/index.json' /> | global.json: { 'sdk': { 'version': '10.0.100' } } | Directory.Build.props: <NoWarn>CS1591</NoWarn>"
 * FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
 * WORKDIR /src
 * COPY App.csproj ./
 * RUN dotnet restore App.csproj
 * ```
 * ```dockerfile good
 * FROM rust:1.98-slim-trixie AS build
 * COPY Cargo.toml Cargo.lock ./
 * RUN cargo build --locked --release
 * ```
 *
 * @skip onbuild the context of a later build is another one
 */
export default defineRule({
  id: 'project-file-not-copied',
  summary: 'A step needs a file of the project that nothing has copied yet',
  category: 'copy',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['cargo', 'dotnet', 'mvn', 'mvnw', 'uv', 'yarn', 'go'],

  *check({ model, facts: { context } }) {
    if (!context) return;
    const tried = new Map<Stage, number>();
    // Of several steps in a stage, the first ones may only prepare what the last one does.
    for (const command of [
      ...model.commandsNamed('cargo', 'dotnet', 'mvn', 'mvnw', 'uv', 'yarn', 'go'),
    ].reverse()) {
      const stage = model.stageOf(command.instruction);
      const verb = command.args.find(
        ({ value }) => value !== undefined && reads.get(command.program)?.test(value),
      );
      if (!stage || !verb || (tried.get(stage) ?? 0) >= mostTries || isOther(model, context, command))
        continue;
      tried.set(stage, (tried.get(stage) ?? 0) + 1);
      const copied = copiedBefore(model, stage, command);
      // Where a source is missing, this may not be the folder of the build. But not all projects keep a lock file.
      if (
        !copied ||
        copied.some((one) => !isLockFile(one.path ?? '') && lookUp(context, one.path ?? '') === 'missing')
      )
        continue;
      const missing = neededBy(command, copied, context).filter(
        (path) => !copied.some((one) => takes(one, path)),
      );
      const [first] = missing;
      if (first === undefined) continue;
      tried.set(stage, mostTries);
      yield {
        at: verb.span,
        message: `${command.program} ${verb.text} needs ${named(missing)} of the project, which nothing has copied yet`,
      };
    }
  },
});

/** More steps of a stage than this are not looked at. */
const mostTries = 5;

/** The words with which a program reads the files of the project. */
const reads: ReadonlyMap<string, RegExp> = new Map([
  ['cargo', /^build$/],
  ['dotnet', /^restore$/],
  ['mvn', /^(?:package|install|verify|compile)$/],
  ['mvnw', /^(?:package|install|verify|compile)$/],
  ['uv', /^sync$/],
  ['yarn', /^install$/],
  ['go', /^(?:mod|build)$/],
]);

/** Whether a command reads other files than it seems: with --frozen uv does not compare, and Yarn 1 does not mind. */
function isOther(model: Model, context: ContextFacts, { program, args, instruction }: Command): boolean {
  if (instruction.keyword !== 'RUN' || instruction.onbuild) return true;
  if (mountsOf(instruction).some((mount) => mountTypeOf(mount) === 'bind')) return true;
  if (program === 'uv') return args.some(({ value }) => value === '--frozen');
  return program === 'yarn' && yarnVersion(model, context, instruction) !== 'modern';
}

/** What a stage has copied from the context before a command; undefined if anything else may have brought files. */
function copiedBefore(
  model: Model,
  { chain }: Stage,
  { instruction, index }: Command,
): readonly CopySource[] | undefined {
  const found: CopySource[] = [];
  for (const one of chain.flatMap(({ instructions }) => instructions)) {
    if (one.index > instruction.index) continue;
    const copy = model.copyOf(one);
    if (copy?.sources.some(({ kind, path, glob }) => kind !== 'context' || path === undefined || glob)) {
      // A program from another image is no file of the project.
      if (!copy.destination.path?.includes('/bin')) return undefined;
    } else if (copy) found.push(...copy.sources);
    const brings = model
      .commandsOf(one)
      .some((command) => (one !== instruction || command.index < index) && mayBring.has(command.program));
    if (one.keyword === 'RUN' && brings) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

const mayBring: ReadonlySet<string> = new Set([...bringsSources, ...downloaders, ...placers, ...treeWriters]);

function takes({ path = '' }: CopySource, wanted: string): boolean {
  return path === '' || isBelow(wanted, path);
}

function neededBy(
  { program }: Command,
  copied: readonly CopySource[],
  context: ContextFacts,
): readonly string[] {
  const paths = copied.flatMap(({ path }) => path ?? []);
  if (program === 'go') return replacedModules(paths, context);
  // A module is built alone: then Maven reads what it inherits from, and none of the others.
  if (program.startsWith('mvn') && !paths.includes('pom.xml'))
    return inheritFromRoot(paths, context) ? ['pom.xml'] : [];
  return [...settingsAtRoot(program, context), ...memberManifests(program, context)];
}

function named(paths: readonly string[]): string {
  const [first = '', second = ''] = paths;
  if (paths.length < 3) return paths.join(' and ');
  return `${first}, ${second} and ${paths.length - 2} more`;
}
