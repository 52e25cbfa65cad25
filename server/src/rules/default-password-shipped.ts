import { isDefaultPassword } from '../core/knowledge/syntax/secrets';
import { defineRule } from '../core/lint/rule';
import { dropPair } from '../core/fixes/drop-pair';

/**
 * Everyone knows the default password of an image that they can pull, and a container has it unless someone replaces it.
 * Without a default, whoever starts a container has to choose a password.
 *
 * ```dockerfile bad
 * FROM postgres:17
 * ENV MODE=production «POSTGRES_PASSWORD»=password
 * ENV «ADMIN_PASS»=changeme
 * ARG SECRET=secret
 * ENV «APP_SECRET»=$SECRET
 * ```
 * > Everyone knows this default of POSTGRES_PASSWORD, and every container has it that sets no other
 * > Everyone knows this default of ADMIN_PASS, and every container has it that sets no other
 * > Everyone knows this default of APP_SECRET, and every container has it that sets no other
 * ```dockerfile fixed
 * FROM postgres:17
 * ENV MODE=production
 * ARG SECRET=secret
 * ```
 * If a step of the build reads the variable, there is no fix:
 * ```dockerfile bad
 * FROM debian:12
 * ENV «DB_PASSWORD»=change-me
 * RUN ./configure --password=$DB_PASSWORD
 * ```
 * > Everyone knows this default of DB_PASSWORD, and every container has it that sets no other
 * ```dockerfile good
 * FROM debian:12 AS build
 * ENV DB_PASSWORD=password
 * FROM debian:12
 * ARG DB_PASSWORD=password
 * ENV DB_PASSWORD_FILE=/run/secrets/password PASSWORD_POLICY=default DB_PASSWORD= USER=test
 * ```
 */
export default defineRule({
  id: 'default-password-shipped',
  summary: 'The image ships a default password',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['env'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('ENV')) {
      if (!model.reachesImage(instruction)) continue;
      for (const pair of instruction.pairs) {
        const name = pair.key.value;
        if (!names.test(name) || !pair.value) continue;
        const value = model.expand(pair.value, instruction);
        if (value === undefined || !isDefaultPassword(value)) continue;
        const isRead = model.document.text.split(name).length > 2;
        const edit = isRead ? undefined : dropPair(model, instruction, pair);
        yield {
          at: pair.key.span,
          message: `Everyone knows this default of ${name}, and every container has it that sets no other`,
          ...(edit && { fix: { title: `Remove ${name}`, edits: [edit] } }),
        };
      }
    }
  },
});

const names = /(?:^|[_a-z])(?:password|passwd|passphrase|pass|pwd|secret|token)$/i;
