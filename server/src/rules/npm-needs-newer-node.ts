import { defineRule, replace } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, isAtLeastVersion, versionOfTag } from '../core/analysis/images/base-version';
import { givesOption } from '../core/analysis/packages/package-commands';
import { nodeLines, npmNeeds } from '../core/knowledge/packages/runtime-needs';
import type { NpmNeed } from '../core/knowledge/packages/runtime-needs';
import type { Install } from '../core/model/installs';

/**
 * Each npm needs a newer Node.js than the one before. On an older one, npm refuses to install it, or installs it and then
 * cannot start. The fix takes the newest npm that this Node.js can run.
 *
 * ```dockerfile bad
 * FROM node:20.11-slim AS build
 * RUN npm install -g pnpm «npm@latest»
 * FROM node:hydrogen
 * COPY --from=build /app /app
 * RUN npm i --global «npm» && npm ci
 * FROM node:14
 * COPY --from=1 /app /app
 * RUN npm i -g «npm@^10.2»
 * RUN npm ci
 * FROM node:5
 * COPY --from=2 /app /app
 * RUN npm i -g «npm@6» && npm install
 * ```
 * > npm 12 does not run on Node.js 20.11, so the build stops
 * > npm 12 does not run on Node.js 18, so the build stops
 * > npm 10 does not run on Node.js 14, so the build stops
 * > npm 6 does not run on Node.js 5, so the build stops
 * ```dockerfile fixed
 * FROM node:20.11-slim AS build
 * RUN npm install -g pnpm npm@10
 * FROM node:hydrogen
 * COPY --from=build /app /app
 * RUN npm i --global npm@10 && npm ci
 * FROM node:14
 * COPY --from=1 /app /app
 * RUN npm i -g npm@9
 * RUN npm ci
 * FROM node:5
 * COPY --from=2 /app /app
 * RUN npm i -g npm@6 && npm install
 * ```
 * The npm of Node.js 14 and older installs it, so the build only stops if something uses npm afterwards. A failure that
 * is ignored stops nothing:
 * ```dockerfile bad severity="hint"
 * FROM node:14
 * RUN npm i -g «npm@latest»
 * FROM node:16
 * RUN npm i -g «npm@latest» || true
 * ```
 * > npm 12 does not run on Node.js 14, so the build stops
 * > npm 12 does not run on Node.js 16, so the build stops
 * ```dockerfile fixed
 * FROM node:14
 * RUN npm i -g npm@9
 * FROM node:16
 * RUN npm i -g npm@9 || true
 * ```
 * A tag that moves has a new Node.js; in a project, npm is a dependency like others:
 * ```dockerfile good
 * FROM node:22
 * RUN npm i -g npm@latest && npm i npm --location=global
 * FROM node:lts
 * RUN npm i -g npm
 * FROM node:20
 * RUN npm i -g npm@11 npm-check npm@next && npm install npm
 * FROM debian:12
 * RUN npm i -g npm
 * ```
 */
export default defineRule({
  id: 'npm-needs-newer-node',
  summary: 'A version of npm needs a newer Node.js than the base image has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['npm', 'npx'],

  *check({ model }) {
    for (const install of model.installs) {
      const { command, manager, packages } = install;
      if (manager.name !== 'npm' || !isGlobal(install)) continue;
      const tag = baseTag(model, model.stageOf(command.instruction), 'node');
      const node = tag === undefined ? undefined : versionOfTag(tag, nodeLines);
      if (!node) continue;
      for (const word of packages) {
        const wanted = needOf(word.value ?? '');
        if (!wanted || canRun(node, wanted)) continue;
        const newest = npmNeeds.find((need) => canRun(node, need));
        const stops =
          stopsBuild(model, command.instruction, command) && (node[0] > 14 || usesNpmAfter(model, install));
        yield {
          at: word.span,
          message: `npm ${wanted.npm} does not run on Node.js ${node.join('.')}, so the build stops`,
          severity: stops ? 'error' : 'hint',
          fix: newest && {
            title: `Install npm@${newest.npm}, the newest that runs on Node.js ${node.join('.')}`,
            edits: [replace(word.span, `npm@${newest.npm}`)],
          },
        };
      }
    }
  },
});

function isGlobal(install: Install): boolean {
  return (
    givesOption(install, '-g', '--global') ||
    install.given.some(({ name, value }) => name === '--location' && value === 'global')
  );
}

/** What the npm that a word asks for needs; undefined for another package, and for a version that is not known. */
function needOf(word: string): NpmNeed | undefined {
  if (word === 'npm' || word === 'npm@latest') return npmNeeds[0];
  const major = /^npm@[\^~]?(\d+)(?:\.[\dx*]+)*$/.exec(word)?.[1];
  return npmNeeds.find(({ npm }) => npm === Number(major));
}

function canRun(node: readonly number[], { lines, from }: NpmNeed): boolean {
  return (
    isAtLeastVersion(node, from) ||
    lines.some((least) => node[0] === least[0] && isAtLeastVersion(node, least))
  );
}

/** Whether the stage runs npm once more. */
function usesNpmAfter(model: Model, { command }: Install): boolean {
  const stage = model.stageOf(command.instruction);
  return model
    .commandsNamed('npm', 'npx')
    .some((other) => other.span.start > command.span.start && model.stageOf(other.instruction) === stage);
}
