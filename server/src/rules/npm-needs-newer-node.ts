import { defineRule, replace } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, isAtLeastVersion, versionOfTag } from '../core/analysis/images/base-version';
import { givesOption } from '../core/analysis/packages/package-commands';
import { nodeLines, nodeTools } from '../core/knowledge/packages/runtime-needs';
import type { NodeNeed } from '../core/knowledge/packages/runtime-needs';
import type { Install } from '../core/model/installs';

/**
 * Each npm needs a newer Node.js than the one before, and so do pnpm and the Angular CLI. On an older one, npm refuses to
 * install it, or installs it and then it does not start. The fix takes the newest that this Node.js can run.
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
 * FROM node:16-alpine
 * COPY --from=3 /app /app
 * RUN npm i -g «pnpm» «@angular/cli@~17.1.0» && pnpm install && ng build
 * ```
 * > npm 12 does not run on Node.js 20.11, so the build stops
 * > npm 12 does not run on Node.js 18, so the build stops
 * > npm 10 does not run on Node.js 14, so the build stops
 * > npm 6 does not run on Node.js 5, so the build stops
 * > pnpm 12 does not run on Node.js 16, so the build stops
 * > Angular CLI 17 does not run on Node.js 16, so the build stops
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
 * FROM node:16-alpine
 * COPY --from=3 /app /app
 * RUN npm i -g pnpm@8 @angular/cli@16 && pnpm install && ng build
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
  summary: 'npm, pnpm or the Angular CLI needs a newer Node.js than the base image has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['node-wrong-version', 'npm-failed'],
  mentions: ['npm', 'npx'],

  *check({ model }) {
    for (const install of model.installs) {
      const { command, manager, packages } = install;
      if (manager.name !== 'npm' || !isGlobal(install)) continue;
      const tag = baseTag(model, model.stageOf(command.instruction), 'node');
      const node = tag === undefined ? undefined : versionOfTag(tag, nodeLines);
      if (!node) continue;
      for (const word of packages) {
        const found = toolOf(word.value ?? '');
        if (!found || canRun(node, found.wanted)) continue;
        const { tool, wanted } = found;
        const best = tool.needs.find((need) => canRun(node, need));
        // The npm of Node.js 14 and older installs them all the same.
        const isUsed = (node[0] > 14 && tool.name === 'npm') || usesAfter(model, install, tool.programs);
        const stops = stopsBuild(model, command.instruction, command) && isUsed;
        yield {
          at: word.span,
          message: `${tool.title} ${wanted.major} does not run on Node.js ${node.join('.')}, so the build stops`,
          severity: stops ? 'error' : 'hint',
          fix: best && {
            title: `Install ${tool.name}@${best.major}, the newest that runs on Node.js ${node.join('.')}`,
            edits: [replace(word.span, `${tool.name}@${best.major}`)],
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

/** The tool that a word asks for, and what that version needs; undefined for others, and if the version is not known. */
function toolOf(
  word: string,
): { readonly tool: (typeof nodeTools)[number]; readonly wanted: NodeNeed } | undefined {
  const tool = nodeTools.find(({ name }) => word === name || word.startsWith(`${name}@`));
  if (!tool) return undefined;
  const version = word.slice(tool.name.length);
  const major = /^@[\^~]?(\d+)(?:\.[\dx*]+)*$/.exec(version)?.[1];
  const wanted =
    version === '' || version === '@latest'
      ? tool.needs[0]
      : tool.needs.find((need) => need.major === Number(major));
  return wanted && { tool, wanted };
}

function canRun(node: readonly number[], { lines, from }: NodeNeed): boolean {
  return (
    isAtLeastVersion(node, from) ||
    lines.some((least) => node[0] === least[0] && isAtLeastVersion(node, least))
  );
}

/** Whether the stage runs one of the programs afterwards. */
function usesAfter(model: Model, { command }: Install, programs: readonly string[]): boolean {
  const stage = model.stageOf(command.instruction);
  return model
    .commandsNamed(...programs)
    .some((other) => other.span.start > command.span.start && model.stageOf(other.instruction) === stage);
}
