// Label keys with a meaning that tools agree on.
// Source: OCI image specification, annotations, "Pre-Defined Annotation Keys".

export const imageLabels: ReadonlyMap<string, string> = new Map(
  [
    ['title', 'Name of the image for people'],
    ['description', 'What is in the image, for people'],
    ['version', 'Version of the packaged software'],
    ['created', 'Time the image was built (RFC 3339)'],
    ['revision', 'Commit the image was built from'],
    ['source', 'URL of the source code; registries link the image to it'],
    ['url', 'URL with more about the image'],
    ['documentation', 'URL of the documentation'],
    ['authors', 'Who answers for the image'],
    ['vendor', 'Who distributes it'],
    ['licenses', 'Licences of what is in it, as SPDX expression'],
    ['ref.name', 'Name of the reference to this image'],
    ['base.name', 'Image this one is built upon'],
    ['base.digest', 'Digest of the image this one is built upon'],
  ].map(([key, text]) => [`org.opencontainers.image.${key}`, text] as [string, string]),
);
