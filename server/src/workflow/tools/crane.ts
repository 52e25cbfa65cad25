// crane, of go-containerregistry.
import { manifestRun } from '../release/registry-image';
import { saveRun } from '../build/build-run';
import { partsOf } from '../checked-arguments';
import { isOnThisMachine } from '../release/registry-problem';
import { askVersion, defineTool } from '../tool';

export const crane = defineTool({
  id: 'crane',
  title: 'Crane',
  kind: 'registry',
  rank: 2,
  get: 'https://github.com/google/go-containerregistry/blob/main/cmd/crane/README.md',
  programs: ['crane'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    manifest: (tool, image, insecure) =>
      manifestRun(tool, ['manifest', ...(insecure ? ['--insecure'] : []), image]),
    fetch: (tool, image, folder, platform) =>
      saveRun(tool, [
        'pull',
        '--format=oci',
        ...(isOnThisMachine(partsOf(image).repository) ? ['--insecure'] : []),
        ...(platform === undefined ? [] : [`--platform=${platform}`]),
        image,
        folder,
      ]),
  },
});
