// The images that `drydock diet` compares, for the projects on the pages of the patterns: each language has a naive one, and
// where none can be made without a base, it says why.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { planDiet } from '../../server/src/patterns/diet';
import { groupTitle } from '../../server/src/patterns/groups';
import { draft, findProject, patterns } from '../../server/src/patterns/library';
import { readPatterns } from '../../server/tools/pattern-files';

/** Groups of languages, and whether an empty image is enough for a program of it. */
const languages: ReadonlyMap<string, boolean> = new Map([
  ['go', true],
  ['rust', true],
  ['c', true],
  ['web', true],
  ['python', false],
  ['node', false],
  ['java', false],
  ['dotnet', false],
  ['ruby', false],
  ['php', false],
]);

suite('drydock diet', () => {
  for (const { pattern, proofs } of readPatterns()) {
    const isStatic = languages.get(pattern.group);
    if (pattern.as !== 'dockerfile' || isStatic === undefined) continue;
    for (const { project, files, values } of proofs) {
      test(`${pattern.id} of ${project}`, () => {
        const source = { paths: [...files.keys()], text: (path: string) => files.get(path) };
        const found = findProject(source);
        const plan = (given: ReadonlyMap<string, string>): ReturnType<typeof planDiet> =>
          planDiet({
            patterns,
            project: found,
            given,
            draft: (one, some, extras) =>
              draft({
                patterns,
                files: source,
                project: found,
                wanted: one.id,
                given: some,
                extras,
                ignoreFile: () => undefined,
              }),
          });
        // A question without an answer in the files is answered by its default.
        const open = plan(new Map()).open.map(({ parameter }): [string, string] => [
          parameter.name,
          values.get(parameter.name) ?? parameter.default.replaceAll(/«\w+»/g, 'app'),
        ]);
        const { variants, missing, language, open: left } = plan(new Map(open));
        assert.deepEqual(left, []);
        // Its modules lie in folders, and nothing at the top says what they are.
        if (project === 'a module that replaces another by a folder') return;
        const names = variants.map(({ name }) => name);
        assert.equal(names[0], 'naive', names.join());
        assert.ok(names.length > 1, names.join());
        for (const { text } of variants) assert.doesNotMatch(text, /[«»]/);
        assert.deepEqual(
          [...names, ...missing.map(({ name }) => name)].filter((name) => name !== 'slim').sort(),
          ['distroless', 'naive', 'scratch'],
        );
        const reason = missing.find(({ name }) => name === 'scratch')?.why;
        // A site that a bundler makes is a project of Node.js as well. A native image of Java needs no runtime.
        if (language === groupTitle(pattern.group) && pattern.id !== 'graalvm-native')
          assert.equal(reason === 'runtime', !isStatic, reason);
      });
    }
  }
});
