// Label keys with a standard meaning.
// Source: OCI image specification, annotations, "Pre-Defined Annotation Keys".

export const imageLabels: ReadonlyMap<string, string> = new Map(
  [
    ['title', 'Name of the image, for display'],
    ['description', 'Description of the image, for display'],
    ['version', 'Version of the packaged software'],
    ['created', 'Time the image was built (RFC 3339)'],
    ['revision', 'Commit the image was built from'],
    ['source', 'URL of the source code; registries link the image to it'],
    ['url', 'URL with more information about the image'],
    ['documentation', 'URL of the documentation'],
    ['authors', 'People responsible for the image'],
    ['vendor', 'Organization that distributes the image'],
    ['licenses', 'Licenses of the contents, as an SPDX expression'],
    ['ref.name', 'Name of the reference to this image'],
    ['base.name', 'Name of the base image'],
    ['base.digest', 'Digest of the base image'],
  ].map(([key, text]) => [`org.opencontainers.image.${key}`, text] as [string, string]),
);
