// Bases that people choose from, by what runs on them. Only what cannot be read out of a name stands here; user, shell, C
// library and package manager come from what is known about the image.
// Sources: docker-library/official-images (August 2026), README of GoogleContainerTools/distroless, README of
// dotnet/dotnet-docker, nginxinc/docker-nginx-unprivileged, Chainguard's and Red Hat's catalogues.
import { baseVersions } from './official-library.generated';

/** What a base is for. */
export type BaseUse =
  | 'static'
  | 'linked'
  | 'python'
  | 'node'
  | 'java'
  | 'dotnet'
  | 'ruby'
  | 'php'
  | 'site'
  | 'go'
  | 'rust'
  | 'system';

export interface BaseChoice {
  /** With `«»` in the place of the language's version. */
  readonly image: string;
  /** The version where the file names none. */
  readonly version?: string;
  /** The versions that the image was ever made for, in a form with a version. */
  readonly versions?: readonly string[];
  readonly uses: readonly BaseUse[];
  /** As Docker names them. */
  readonly architectures: readonly string[];
  readonly note: string;
}

const most = ['amd64', 'arm64', 'arm/v7', 'ppc64le', 's390x', 'riscv64'];
const distroless = ['amd64', 'arm64', 'arm/v7', 'ppc64le', 's390x', 'riscv64'];
const two = ['amd64', 'arm64'];

/** The smallest first. Official images get their versions from the generated table. */
const rows: readonly BaseChoice[] = [
  {
    image: 'scratch',
    uses: ['static'],
    architectures: [],
    note: 'Nothing at all: no certificates, no time zones, no list of users. Every processor.',
  },
  {
    image: 'gcr.io/distroless/static-debian13:nonroot',
    uses: ['static'],
    architectures: distroless,
    note: 'Certificates, time zones and a user, and nothing that could be run.',
  },
  {
    image: 'cgr.dev/chainguard/static:latest',
    uses: ['static'],
    architectures: two,
    note: 'As distroless, rebuilt often. Without a contract there is only the tag latest: pin its digest.',
  },
  {
    image: 'gcr.io/distroless/base-debian13:nonroot',
    uses: ['linked'],
    architectures: distroless,
    note: 'glibc and OpenSSL, for programs that use cgo.',
  },
  {
    image: 'gcr.io/distroless/cc-debian13:nonroot',
    uses: ['linked'],
    architectures: distroless,
    note: 'glibc, OpenSSL and libgcc, for Rust and C++.',
  },
  {
    image: 'gcr.io/distroless/python3-debian13:nonroot',
    uses: ['python'],
    architectures: ['amd64', 'arm64', 'riscv64'],
    note: 'Python 3.13 and no other: packages have to be built with the same version.',
  },
  {
    image: 'python:«»-slim-trixie',
    version: '3.14',
    uses: ['python'],
    architectures: most,
    note: 'Ready-made wheels install; pip and a shell are in the image.',
  },
  {
    image: 'python:«»-alpine3.24',
    version: '3.14',
    uses: ['python'],
    architectures: most,
    note: 'Packages with compiled parts need a wheel for musl, or a compiler.',
  },
  {
    image: 'gcr.io/distroless/nodejs«»-debian13:nonroot',
    version: '24',
    versions: ['24', '22', '26'],
    uses: ['node'],
    architectures: ['amd64', 'arm64', 'ppc64le', 's390x'],
    note: 'Node.js alone: no npm, no shell.',
  },
  {
    image: 'node:«»-trixie-slim',
    version: '24',
    uses: ['node'],
    architectures: ['amd64', 'arm64', 'ppc64le', 's390x'],
    note: 'Native modules install ready-made; npm and a shell are in the image.',
  },
  {
    image: 'node:«»-alpine3.24',
    version: '24',
    uses: ['node'],
    architectures: ['amd64', 'arm64', 's390x'],
    note: 'Native modules need a build for musl, or a compiler.',
  },
  {
    image: 'gcr.io/distroless/java«»-debian13:nonroot',
    version: '21',
    versions: ['21', '25', '17'],
    uses: ['java'],
    architectures: ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'],
    note: 'A Java runtime alone: options come through JDK_JAVA_OPTIONS, as there is no shell.',
  },
  {
    image: 'eclipse-temurin:«»-jre-noble',
    version: '21',
    uses: ['java'],
    architectures: ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'],
    note: 'The runtime on Ubuntu 24.04.',
  },
  {
    image: 'eclipse-temurin:«»-jre-alpine-3.24',
    version: '21',
    uses: ['java'],
    architectures: two,
    note: 'The runtime on Alpine; native libraries need a build for musl. Version 17 is for amd64 only.',
  },
  {
    image: 'mcr.microsoft.com/dotnet/aspnet:«»-noble-chiseled',
    version: '10.0',
    versions: ['10.0', '9.0', '8.0'],
    uses: ['dotnet'],
    architectures: ['amd64', 'arm64', 'arm/v7'],
    note: 'No shell, no ICU and no time zones: with cultures take the tag with -extra.',
  },
  {
    image: 'mcr.microsoft.com/dotnet/aspnet:«»-alpine3.24',
    version: '10.0',
    versions: ['10.0', '9.0'],
    uses: ['dotnet'],
    architectures: ['amd64', 'arm64', 'arm/v7'],
    note: 'The runtime on Alpine, without ICU and time zones; native libraries need a build for musl.',
  },
  {
    image: 'mcr.microsoft.com/dotnet/aspnet:«»-noble',
    version: '10.0',
    versions: ['10.0', '9.0', '8.0'],
    uses: ['dotnet'],
    architectures: ['amd64', 'arm64', 'arm/v7'],
    note: 'The runtime on Ubuntu 24.04, with a shell and apt-get.',
  },
  {
    image: 'ruby:«»-slim-trixie',
    version: '3.4',
    uses: ['ruby'],
    architectures: most,
    note: 'Gems with compiled parts need a compiler in the build stage.',
  },
  {
    image: 'php:«»-fpm-trixie',
    version: '8.5',
    uses: ['php'],
    architectures: most,
    note: 'FastCGI on port 9000: a web server stands in front.',
  },
  {
    image: 'nginxinc/nginx-unprivileged:1.30-alpine',
    uses: ['site'],
    architectures: most,
    note: 'nginx on port 8080 as user 101.',
  },
  {
    image: 'golang:«»-trixie',
    version: '1.27',
    uses: ['go'],
    architectures: most,
    note: 'With gcc for cgo: what it links runs on distroless base of Debian 13.',
  },
  {
    image: 'golang:«»-alpine3.24',
    version: '1.27',
    uses: ['go'],
    architectures: most,
    note: 'Smaller, without gcc: for static programs.',
  },
  {
    image: 'rust:«»-slim-trixie',
    version: '1.98',
    uses: ['rust'],
    architectures: most,
    note: 'What it links runs on distroless cc of Debian 13.',
  },
  {
    image: 'rust:«»-alpine3.24',
    version: '1.98',
    uses: ['rust'],
    architectures: ['amd64', 'arm64', 'ppc64le'],
    note: 'Links musl statically: for scratch and distroless static.',
  },
  {
    image: 'alpine:3.24',
    uses: ['static', 'system'],
    architectures: most,
    note: 'busybox, apk and musl. Programs that are compiled for glibc do not run.',
  },
  {
    image: 'debian:13-slim',
    uses: ['linked', 'system'],
    architectures: most,
    note: 'A shell and apt-get; everything that is compiled for glibc runs.',
  },
  {
    image: 'ubuntu:24.04',
    uses: ['linked', 'system'],
    architectures: ['amd64', 'arm64', 'arm/v7', 'ppc64le', 'riscv64', 's390x'],
    note: 'As Debian, with other versions of its packages.',
  },
  {
    image: 'registry.access.redhat.com/ubi9/ubi-minimal:9.6',
    uses: ['linked', 'system'],
    architectures: ['amd64', 'arm64', 'ppc64le', 's390x'],
    note: 'Red Hat Enterprise Linux with microdnf; may be shared freely.',
  },
  {
    image: 'registry.access.redhat.com/ubi9/ubi-micro:9.6',
    uses: ['linked'],
    architectures: ['amd64', 'arm64', 'ppc64le', 's390x'],
    note: 'Red Hat Enterprise Linux without a package manager.',
  },
];

const versionsByImage: ReadonlyMap<string, readonly string[]> = new Map(
  baseVersions.split('\n').flatMap((line) => {
    const [image = '', ...versions] = line.split(' ');
    return image === '' ? [] : [[image, versions] as const];
  }),
);

/** The smallest first. */
export const baseChoices: readonly BaseChoice[] = rows.map((row) => {
  const versions = row.versions ?? versionsByImage.get(row.image);
  return versions ? { ...row, versions } : row;
});
