// Writes one rule file that compiles and whose example fails: npm run new-rule copy-from-later-stage
import { existsSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const id = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
  console.error('Name the problem in lower case with dashes: npm run new-rule copy-from-later-stage');
  process.exit(2);
}
const path = `server/src/rules/${id}.ts`;
if (existsSync(path)) {
  console.error(`${path} already exists`);
  process.exit(2);
}
writeFileSync(
  path,
  `import { defineRule } from '../core/lint/rule';

/**
 * Say here why it matters: this comment becomes the rule's page, and its examples are the rule's tests.
 *
 * \`\`\`dockerfile bad
 * FROM debian:12
 * «RUN true»
 * \`\`\`
 * > RUN true does nothing: say what that does to the build
 * \`\`\`dockerfile good
 * FROM debian:12
 * RUN make
 * \`\`\`
 */
export default defineRule({
  id: '${id}',
  summary: 'What is wrong, in a few words',
  category: 'style',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    // Ask for what the rule is about by name: a file without it should cost nothing. See also \`mentions\`.
    for (const { span } of model.instructionsOf('NOTHING YET')) {
      yield { at: span, message: 'RUN true does nothing: say what that does to the build' };
    }
  },
});
`,
);
const generated = spawnSync(process.execPath, ['server/tools/generate.mjs'], { stdio: 'inherit' });
console.log(`${path}: write the examples, watch them fail with npm test -- ${id}, then write the check`);
process.exit(generated.status ?? 1);
