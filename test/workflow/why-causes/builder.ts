// What the builder says, files that COPY does not find, and the machine.
import type { Row } from './row';

export const builderRows: readonly Row[] = [
  {
    cause: 'dockerfile-empty',
    says: 'the Dockerfile (Dockerfile) cannot be empty',
    facts: { path: 'Dockerfile' },
  },
  {
    cause: 'dockerfile-missing',
    says: 'failed to read dockerfile: open Dockerfile: no such file or directory',
  },
  { cause: 'no-stage', says: 'no build stage in current context' },
  {
    cause: 'needs-buildkit',
    says: 'Dockerfile parse error line 2: Unknown flag: mount',
    facts: { argument: 'mount' },
  },
  {
    cause: 'frontend-missing',
    says: 'failed to resolve frontend image docker/dockerfile:9: not found',
  },
  {
    cause: 'bad-reference',
    does: 'FROM Shop/Base',
    says: 'invalid reference format: repository name must be lowercase',
    facts: { image: 'Shop/Base', needed: 'lowercase' },
  },
  {
    cause: 'bad-reference',
    does: 'FROM node:$V',
    says: 'invalid reference format',
    facts: { image: 'node:$V' },
  },
  {
    cause: 'bad-reference',
    does: 'FROM {{image}}',
    says: 'invalid reference format',
    facts: { image: '{{image}}' },
  },
  {
    cause: 'image-format-old',
    does: 'FROM old',
    says: 'docker.io/library/old:1: not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported',
  },
  {
    cause: 'platform-missing',
    does: 'FROM arm',
    says: 'no matching manifest for linux/amd64 in the manifest list entries',
    facts: { platform: 'linux/amd64' },
  },
  { cause: 'wrong-platform', prints: 'exec /bin/sh: exec format error' },
  { cause: 'pull-limit', does: 'FROM node', says: 'toomanyrequests: You have reached your pull rate limit' },
  {
    cause: 'daemon-unreachable',
    says: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  },
  { cause: 'layer-broken', does: 'FROM debian:12', says: 'unexpected EOF' },
  { cause: 'secret-missing', says: 'secret token: not found', facts: { argument: 'token' } },
  { cause: 'ssh-missing', says: 'unset ssh forward key default', facts: { argument: 'default' } },
  {
    cause: 'registry-login',
    does: 'FROM hub.example.com/a',
    says: 'Get "https://hub.example.com/v2/a/manifests/1": no basic auth credentials',
    facts: { host: 'hub.example.com' },
  },
  {
    cause: 'image-missing',
    does: 'FROM nope:1',
    says: 'docker.io/library/nope:1: not found',
    facts: { image: 'nope:1' },
  },
  {
    cause: 'registry-unreachable',
    does: 'FROM hub.example.com/a',
    says: 'Get "https://hub.example.com/v2/": dial tcp: lookup hub.example.com: no such host',
    facts: { host: 'hub.example.com' },
  },
  { cause: 'layer-broken', does: 'FROM a', says: 'failed to register layer: exit status 1' },
  {
    cause: 'stage-missing',
    does: 'COPY --from=buidl /a /b',
    says: 'invalid from flag value buidl: pull access denied',
    facts: { image: 'buidl' },
  },
  {
    cause: 'shell-missing',
    says: 'OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory',
    facts: { command: '/bin/sh' },
  },
  { cause: 'runtime-refused', says: 'OCI runtime create failed: container_linux.go:1: something' },
  {
    cause: 'dockerfile-refused',
    says: 'dockerfile parse error on line 1: unknown instruction: FRM',
    facts: { detail: 'unknown instruction: FRM' },
  },
  {
    cause: 'add-url-failed',
    does: 'ADD https://example.com/a.tgz /',
    says: 'failed to load cache key: invalid response status 404',
    facts: { url: 'https://example.com/a.tgz', host: 'example.com', detail: '404' },
  },
  {
    cause: 'copy-outside-context',
    does: 'COPY ../a /',
    says: 'COPY failed: forbidden path outside the build context: ../a ()',
    facts: { path: '../a' },
  },
  {
    cause: 'copy-needs-folder',
    does: 'COPY a b /c',
    says: 'When using COPY with more than one source file, the destination must be a directory and end with a /',
    facts: { command: 'COPY' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY go.sum /',
    says: 'failed to calculate checksum of ref a::b: "/go.sum": not found',
    facts: { path: '/go.sum' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY --from=build /a /',
    says: 'failed to calculate checksum of ref a::b: "/a": not found',
    facts: { path: '/a', image: 'build' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY a /',
    says: 'COPY failed: stat /var/lib/docker/tmp/docker-builder123/a: no such file or directory',
    facts: { path: 'a' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY a /',
    says: 'checking on sources under "/ctx": copier: stat: "/a": no such file or directory',
    facts: { path: '/a' },
  },
  { cause: 'disk-full', prints: 'tar: write error: No space left on device' },
  {
    cause: 'out-of-memory',
    prints: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    exit: 134,
  },
  { cause: 'out-of-memory', exit: 137 },
  {
    cause: 'bad-reference',
    does: 'FROM ARG_FROM',
    says: 'invalid reference format: repository name must be lowercase',
    facts: { image: 'ARG_FROM' },
  },
];
