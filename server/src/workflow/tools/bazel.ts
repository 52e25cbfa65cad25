// Bazel with rules_oci. Arguments from its published reference: https://github.com/bazel-contrib/rules_oci
import { nameAndTag, otherRun, refusePlatforms } from '../build/other-build';
import { buildLabel } from '../checked-arguments';
import { askVersion, defineTool } from '../tool';

export const bazel = defineTool({
  id: 'bazel',
  title: 'Bazel',
  kind: 'builder',
  rank: 4,
  get: 'https://bazel.build/install',
  programs: ['bazelisk', 'bazel'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    files: ['BUILD.bazel', 'BUILD'],
    needs: 'a rule for images, such as oci_load',
    fits: (text) => /\b(?:oci_(?:image|load|push|tarball)|image_(?:load|push)|apko_image)\b/.test(text),
    build: (found, order) => {
      const { text, tag: image, push, target, moreArguments } = order;
      const refused = refusePlatforms('Bazel', order);
      if (refused !== undefined) return { problem: refused };
      const wanted = target ?? ruleIn(text, push ? 'oci_push|image_push' : 'oci_load|oci_tarball|image_load');
      if (wanted === undefined)
        return {
          problem: push
            ? 'the file has no oci_push: add one, or name a target with --target //image:push'
            : 'the file has no oci_load: add one, or name a target with --target //image:load',
        };
      const { repository, tag } = nameAndTag(image);
      // A load has its name in the file.
      const name = push ? ['--', '--repository', repository, '--tag', tag] : [];
      return {
        run: otherRun(found, ['run', ...moreArguments, wanted, ...name]),
        result: { kind: push ? 'registry' : 'docker' },
      };
    },
  },
});

/** The label of the first rule of a kind, seen from its folder: `:load`. */
function ruleIn(text: string, kinds: string): string | undefined {
  const name = new RegExp(`\\b(?:${kinds})\\(\\s*name\\s*=\\s*["']([^"']+)["']`).exec(text)?.[1];
  return name === undefined ? undefined : buildLabel(`:${name}`);
}
