import { defineRule } from '../core/lint/rule';
import { switchedOff } from '../core/families/verification-off';
import { environmentTls } from '../core/knowledge/programs/verification';

/**
 * With these variables a program trusts every server, in the build and, from `ENV`, in each container of the image. If
 * a server has a certificate of an own authority, add that to the image, for Node.js with `NODE_EXTRA_CA_CERTS`.
 *
 * ```dockerfile bad
 * FROM node:22
 * ENV «NODE_TLS_REJECT_UNAUTHORIZED=0»
 * ARG «GIT_SSL_NO_VERIFY=true»
 * RUN «PYTHONHTTPSVERIFY=0» python fetch.py && env «GIT_SSL_NO_VERIFY=1» git clone https://example.com/x.git
 * RUN export «NODE_TLS_REJECT_UNAUTHORIZED=0» MODE=x && npm ci
 * RUN export «NODE_TLS_REJECT_UNAUTHORIZED=0»
 * ```
 * > NODE_TLS_REJECT_UNAUTHORIZED lets Node.js trust any server, even one that poses as the right one
 * > GIT_SSL_NO_VERIFY lets git trust any server, even one that poses as the right one
 * > PYTHONHTTPSVERIFY lets Python trust any server, even one that poses as the right one
 * > GIT_SSL_NO_VERIFY lets git trust any server, even one that poses as the right one
 * > NODE_TLS_REJECT_UNAUTHORIZED lets Node.js trust any server, even one that poses as the right one
 * > NODE_TLS_REJECT_UNAUTHORIZED lets Node.js trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM node:22
 * RUN python fetch.py && env git clone https://example.com/x.git
 * RUN export MODE=x && npm ci
 * ```
 * ```dockerfile good
 * FROM node:22
 * ENV NODE_TLS_REJECT_UNAUTHORIZED=1 PYTHONHTTPSVERIFY=1
 * ARG GIT_SSL_NO_VERIFY
 * ARG MODE
 * ENV PYTHONHTTPSVERIFY=$MODE
 * RUN unset GIT_SSL_NO_VERIFY && echo "NODE_TLS_REJECT_UNAUTHORIZED=0 is not for production"
 * CMD export NODE_TLS_REJECT_UNAUTHORIZED=0 && node server.js
 * ```
 * ```dockerfile bad
 * FROM node:22
 * RUN GIT_SSL_NO_VERIFY=1; export «GIT_SSL_NO_VERIFY»; git clone https://example.com/x.git
 * ```
 * > GIT_SSL_NO_VERIFY lets git trust any server, even one that poses as the right one
 */
export default defineRule({
  id: 'environment-tls-off',
  summary: 'A variable switches off the check of certificates',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_5', 'checkov:CKV2_DOCKER_6', 'checkov:CKV2_DOCKER_14'],
  mentions: ['pythonhttpsverify', 'unauthorized', 'ssl', 'goinsecure', 'goflags'],

  *check({ model }) {
    for (const { finding } of switchedOff(model, environmentTls)) yield finding;
  },
});
