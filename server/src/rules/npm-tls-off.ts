import { defineRule } from '../core/lint/rule';
import { switchedOff } from '../core/families/verification-off';
import { npmTls } from '../core/knowledge/programs/verification';

/**
 * Without `strict-ssl`, npm takes packages from any server that answers in the name of the registry. If a proxy has a
 * certificate of its own authority, name that with `NODE_EXTRA_CA_CERTS` or `cafile`.
 *
 * ```dockerfile bad
 * FROM node:22
 * ENV «NPM_CONFIG_STRICT_SSL=false»
 * ENV A=1 \
 *     # for the proxy
 *     «npm_config_strict_ssl=false»
 * RUN «npm config set strict-ssl false» && npm ci «--strict-ssl=false»
 * RUN «yarn config set strict-ssl false -g»
 * RUN export «NPM_CONFIG_STRICT_SSL=false» && «NPM_CONFIG_STRICT_SSL=0» npm install express@4.19.2
 * RUN echo "«strict-ssl=false»" >> /root/.npmrc
 * ```
 * > NPM_CONFIG_STRICT_SSL lets npm trust any server, even one that poses as the right one
 * > npm_config_strict_ssl lets npm trust any server, even one that poses as the right one
 * > This setting lets npm trust any server, even one that poses as the right one
 * > --strict-ssl=false lets npm trust any server, even one that poses as the right one
 * > This setting lets yarn trust any server, even one that poses as the right one
 * > NPM_CONFIG_STRICT_SSL lets npm trust any server, even one that poses as the right one
 * > NPM_CONFIG_STRICT_SSL lets npm trust any server, even one that poses as the right one
 * > strict-ssl=false lets npm trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM node:22
 * ENV A=1 \
 *     # for the proxy
 *     npm_config_strict_ssl=false
 * RUN npm ci
 * RUN npm install express@4.19.2
 * RUN echo "strict-ssl=false" >> /root/.npmrc
 * ```
 * ```dockerfile good
 * FROM node:22
 * ENV NPM_CONFIG_STRICT_SSL=true
 * RUN npm config set strict-ssl true && npm ci --strict-ssl
 * ```
 * ```dockerfile bad
 * FROM node:22
 * RUN «npm -g config set strict-ssl "false"»
 * ```
 * > This setting lets npm trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM node:22
 * ```
 */
export default defineRule({
  id: 'npm-tls-off',
  summary: 'npm does not check who it downloads from',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_12', 'checkov:CKV2_DOCKER_13'],
  mentions: ['strict', 'enablestrictssl'],

  *check({ model }) {
    for (const { finding } of switchedOff(model, npmTls)) yield finding;
  },
});
