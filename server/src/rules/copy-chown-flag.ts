import { defineRule } from '../core/lint/rule';

/**
 * A program that owns its own files can change them, and so can an attacker who breaks into it. Files that are only read
 * can stay root's.
 *
 * ```dockerfile bad
 * FROM node:22
 * COPY «--chown=node:node» --link server.js /srv/
 * ADD «--chown=1000» . /srv
 * ```
 * > The copied files belong to node, so the program can change them
 * > The copied files belong to 1000, so the program can change them
 * ```dockerfile fixed
 * FROM node:22
 * COPY --link server.js /srv/
 * ADD . /srv
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY --chown=root:root server.js /srv/
 * COPY --chown=0 server.js /srv/
 * COPY --chown=$OWNER server.js /srv/
 * COPY --chown server.js /srv/
 * COPY server.js /srv/
 * ```
 */
export default defineRule({
  id: 'copy-chown-flag',
  summary: 'Copied files belong to the user of the program',
  category: 'copy',
  severity: 'info',
  enabled: false,
  // In bulk it would undo the rule that asks for the flag in folders for data.
  fix: 'manual',
  since: 'next',
  alsoKnownAs: ['kics:chown_flag_exists'],
  mentions: ['chown'],

  *check({ model }) {
    for (const { instruction, chown } of model.copies) {
      const flag = instruction.flags.find(({ name }) => name === 'chown');
      const [user = ''] = (chown && model.expand(chown, instruction))?.split(':') ?? [];
      if (!flag || user === '' || /^(?:root|0+)$/.test(user)) continue;
      const blank = Number(/[ \t]/.test(model.document.text.charAt(flag.span.end)));
      yield {
        at: flag.span,
        message: `The copied files belong to ${user}, so the program can change them`,
        fix: {
          title: 'Remove --chown',
          edits: [{ start: flag.span.start, end: flag.span.end + blank, text: '' }],
        },
      };
    }
  },
});
