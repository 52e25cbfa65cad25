// Gradle with the plugin jib. Arguments from its published reference:
// https://github.com/GoogleContainerTools/jib/tree/master/jib-gradle-plugin
import { otherRun } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const gradle = defineTool({
  id: 'gradle',
  title: 'Gradle with jib',
  kind: 'builder',
  rank: 8,
  get: 'https://gradle.org/install/',
  programs: ['gradle'],
  wrapper: 'gradlew',
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    files: ['build.gradle', 'build.gradle.kts'],
    needs: 'the plugin com.google.cloud.tools.jib',
    fits: (text) => text.includes('com.google.cloud.tools.jib') || /\bjib\.gradle\b/.test(text),
    build: (found, { folder, tag, push, platforms, target, moreArguments }) => {
      if (target !== undefined) return { problem: 'a build.gradle is one image: jib takes no --target' };
      const args = [
        push ? 'jib' : 'jibBuildTar',
        `--image=${tag}`,
        `--project-dir=${folder}`,
        '--console=plain',
        ...(platforms.length === 0 ? [] : [`-Djib.from.platforms=${platforms.join(',')}`]),
        ...moreArguments,
      ];
      return {
        run: otherRun(found, args),
        result: push ? { kind: 'registry' } : { kind: 'archive', file: `${folder}/build/jib-image.tar` },
      };
    },
  },
});
