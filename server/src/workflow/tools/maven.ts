// Maven with the plugin jib. Arguments from its published reference:
// https://github.com/GoogleContainerTools/jib/tree/master/jib-maven-plugin
import { otherRun } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const maven = defineTool({
  id: 'maven',
  title: 'Maven with jib',
  kind: 'builder',
  rank: 7,
  get: 'https://maven.apache.org/install.html',
  programs: ['mvn'],
  wrapper: 'mvnw',
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    files: ['pom.xml'],
    needs: 'the plugin jib-maven-plugin',
    fits: (text) => text.includes('jib-maven-plugin'),
    build: (found, { file, folder, tag, push, platforms, target, moreArguments }) => {
      if (target !== undefined) return { problem: 'a pom.xml is one image: jib takes no --target' };
      const args = [
        '--batch-mode',
        `--file=${file}`,
        'package',
        push ? 'jib:build' : 'jib:buildTar',
        `-Dimage=${tag}`,
        ...(platforms.length === 0 ? [] : [`-Djib.from.platforms=${platforms.join(',')}`]),
        ...moreArguments,
      ];
      return {
        run: otherRun(found, args),
        result: push ? { kind: 'registry' } : { kind: 'archive', file: `${folder}/target/jib-image.tar` },
      };
    },
  },
});
