// Syft.
import { sbomRun } from '../release/sbom';
import type { CatalogueSubject } from '../release/sbom';
import { askVersion, defineTool } from '../tool';

export const syft = defineTool({
  id: 'syft',
  title: 'Syft',
  kind: 'cataloguer',
  rank: 1,
  get: 'https://oss.anchore.com/docs/installation/syft/',
  programs: ['syft'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    list: (tool, { subject, format, name }) =>
      sbomRun(tool, [sourceOf(subject), `--source-name=${name}`, `--output=${documents[format]}`], format, {
        SYFT_CHECK_FOR_APP_UPDATE: 'false',
        ...(subject.kind === 'registry' && subject.insecure
          ? { SYFT_REGISTRY_INSECURE_USE_HTTP: 'true', SYFT_REGISTRY_INSECURE_SKIP_TLS_VERIFY: 'true' }
          : {}),
      }),
  },
});

const documents = { spdx: 'spdx-json', cyclonedx: 'cyclonedx-json' } as const;

/** Always with its scheme: a bare name may also mean a file or a folder. */
function sourceOf(subject: CatalogueSubject): string {
  switch (subject.kind) {
    case 'docker':
      return `docker:${subject.image}`;
    case 'archive':
      return `docker-archive:${subject.file}`;
    case 'registry':
      return `registry:${subject.image}`;
    case 'folder':
      return `dir:${subject.folder}`;
    case 'file':
      return `file:${subject.file}`;
  }
}
