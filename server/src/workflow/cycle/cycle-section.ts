// The section `cycle` of `.drydock.yaml`, or the whole of a `drydock.yaml`.
import { flag, listOf, mapOf, oneOf, text } from '../../core/lint/option';
import type { Option } from '../../core/lint/option';
import { sbomFormats } from '../release/sbom';

/** A text that may be missing. */
function word(description: string, called: string): Option<string | undefined> {
  const kind = text();
  return {
    description,
    default: undefined,
    called,
    schema: kind.schema,
    read: (value) => {
      const read = kind.read(value);
      return read.value === undefined ? { problem: `must be ${called}` } : { value: read.value };
    },
  };
}

export const cycleSection = {
  file: word('The Dockerfile, seen from the configuration file.', 'a path'),
  context: word(
    'The folder of the build context, seen from the configuration file. Without it, that of the Dockerfile.',
    'a path',
  ),
  target: word('The stage to build. Without it, the last one.', 'the name of a stage'),
  buildArgs: mapOf('Build arguments.', 'a mapping of names to texts', text(), text()),
  repositories: listOf(
    'Where the image is pushed: `registry.example.com/team/app`. Without one nothing is pushed.',
    'a list of repositories',
    text(),
  ),
  version: word(
    'The version: `1.4.0`. Without it, what a git tag or the files of the project say.',
    'a full version such as 1.4.0',
  ),
  tags: listOf('More tags beside the version and the commit: `latest`, `1.4`.', 'a list of tags', text()),
  maximumSize: word(
    'The gate of the step `inspect`: the image may not be larger, as `120 MB`.',
    'a size such as 120 MB',
  ),
  sizeBaseline: word(
    'The gate of the step `inspect`: the image may not outgrow the sizes in this file, which `drydock size --write-baseline` writes.',
    'a path',
  ),
  sizeLimit: word('Growth since the baseline that is fine. Without it, 5 %.', 'a percentage such as 5%'),
  sizeFloor: word(
    'Growth since the baseline that is always fine. Without it, 512 KiB.',
    'a size such as 512 KiB',
  ),
  sbom: word('Write a list of what the image holds (SBOM) into this file.', 'a path'),
  sbomFormat: oneOf('The format of that list, in JSON.', sbomFormats),
  attest: flag('Attach that list with a signature to what was pushed.'),
  signKey: word('Sign with the private key in this file.', 'a path'),
  signingConfig: word(
    'Which services take part in signing, in a file as `cosign signing-config create` writes it. Without it, the public ones.',
    'a path',
  ),
  keyless: flag('Sign with an identity that a provider proves.'),
};
