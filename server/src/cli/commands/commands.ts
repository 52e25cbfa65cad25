// The commands, in the order of the help. A new command is a file in this folder, a row here, and a word in one of the two
// files that are loaded when one of their commands is wanted.
import type { CommandRow } from '../command';
import type * as imageCommands from './image-commands';
import type * as lintCommands from './lint-commands';

const linting = (): Promise<typeof lintCommands> => import('./lint-commands');
const others = (): Promise<typeof imageCommands> => import('./image-commands');

export const commands: readonly CommandRow[] = [
  {
    name: 'check',
    summary: 'lint Dockerfiles and Containerfiles, and fix them when asked',
    load: async () => (await linting()).check,
  },
  {
    name: 'merge',
    summary: 'join the reports of shards into one',
    load: async () => (await linting()).merge,
  },
  {
    name: 'init',
    summary: 'write a Dockerfile for a project, from a pattern',
    load: async () => (await others()).init,
  },
  {
    name: 'pin',
    summary: 'write the digests of images into files, renew them, or check them',
    load: async () => (await others()).pin,
  },
  {
    name: 'build',
    summary: 'build the image of a Dockerfile, and say why if it fails',
    load: async () => (await others()).build,
  },
  {
    name: 'builders',
    summary: 'list the builders of buildx, and choose one',
    load: async () => (await others()).builders,
  },
  {
    name: 'inspect',
    summary: 'show what an image holds, where its bytes come from, and its attack surface',
    load: async () => (await others()).inspect,
  },
  {
    name: 'size',
    summary: 'show the size of an image, and check it against a budget',
    load: async () => (await others()).size,
  },
  {
    name: 'diet',
    summary: 'build the project as several images, and compare what they weigh and lack',
    load: async () => (await others()).diet,
  },
  {
    name: 'rebuilds',
    summary: 'list the steps that run again if files change',
    load: async () => (await others()).rebuilds,
  },
  {
    name: 'why',
    summary: 'tell from its log which instruction of a build failed, and why',
    load: async () => (await others()).why,
  },
  {
    name: 'reproducible',
    summary: 'build twice, and say what differs',
    load: async () => (await others()).reproducible,
  },
  {
    name: 'scan',
    summary: 'look for known vulnerabilities, and say what brought them',
    load: async () => (await others()).scan,
  },
  {
    name: 'cycle',
    summary: 'build, scan, push and sign up to the first gate that fails',
    load: async () => (await others()).cycle,
  },
  {
    name: 'tag',
    summary: 'name an image by its version and its commit',
    load: async () => (await others()).tag,
  },
  {
    name: 'push',
    summary: 'send an image to registries, under names that keep their meaning',
    load: async () => (await others()).push,
  },
  {
    name: 'sbom',
    summary: 'list what an image holds (SPDX, CycloneDX)',
    load: async () => (await others()).sbom,
  },
  { name: 'sign', summary: 'sign an image in its registry', load: async () => (await others()).sign },
  {
    name: 'attest',
    summary: 'attach a signed list of contents to an image in its registry',
    load: async () => (await others()).attest,
  },
  {
    name: 'verify',
    summary: 'check who signed an image in its registry',
    load: async () => (await others()).verify,
  },
  {
    name: 'run',
    summary: 'start a container with few rights, or write it down as a service',
    load: async () => (await others()).runCommand,
  },
  {
    name: 'debug',
    summary: 'look into a running container or pod, also without a shell in it',
    load: async () => (await others()).debug,
  },
  {
    name: 'clean',
    summary: 'remove what was built, and what the builder keeps',
    load: async () => (await others()).clean,
  },
  { name: 'rules', summary: 'list the rules', load: async () => (await linting()).rules },
  {
    name: 'explain',
    summary: 'tell what a rule finds, why, and how to fix it',
    load: async () => (await linting()).explain,
  },
  {
    name: 'doctor',
    summary: 'list the tools that build and scan images, and how to get them',
    load: async () => (await others()).doctor,
  },
];
