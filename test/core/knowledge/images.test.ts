import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BaseImage } from '../../../server/src/core/knowledge/images/base-image';
import { isUnknownBareName, officialNames } from '../../../server/src/core/knowledge/images/official-images';
import { imageName, knowImage } from '../../../server/src/core/knowledge/images/images';
import { architectureOfAddress, platformText } from '../../../server/src/core/knowledge/images/platforms';

const digest = `sha256:${'0'.repeat(64)}`;

/** Distribution, shell, package manager, who it runs as, where; `?` for what is not known. */
function describe(image: BaseImage): string {
  const { distribution, shell, packageManager, isRoot, workdir } = image;
  const who = isRoot === undefined ? '?' : isRoot ? 'root' : 'other';
  return [distribution, shell, packageManager, who, workdir].map((part) => part ?? '?').join(' ');
}

const table: readonly (readonly [string, string])[] = [
  ['scratch', 'scratch none none root /'],
  ['scratch:latest', '? ? ? ? ?'],
  ['alpine', 'alpine ash apk root /'],
  ['docker.io/library/alpine:3.20', 'alpine ash apk root /'],
  ['index.docker.io/library/alpine', 'alpine ash apk root /'],
  ['public.ecr.aws/docker/library/alpine:3.20', 'alpine ash apk root /'],
  ['mcr.microsoft.com/mirror/docker/library/alpine:3.20', 'alpine ash apk root /'],
  ['arm64v8/alpine', 'alpine ash apk root /'],
  [`alpine@${digest}`, 'alpine ash apk root /'],
  ['example.com/alpine', '? ? ? ? ?'],
  ['example.com:5000/library/alpine', '? ? ? ? ?'],
  ['somebody/python:3-alpine', '? ? ? ? ?'],
  ['somebody/python:3-slim', '? ? ? ? ?'],
  ['debian:bookworm-slim', 'debian dash apt root /'],
  ['ubuntu', 'ubuntu dash apt root /'],
  ['buildpack-deps:jammy-scm', 'ubuntu dash apt root /'],
  ['busybox:1.36', 'busybox ash none root /'],
  ['fedora:41', 'fedora bash dnf root /'],
  ['centos:7', 'rhel bash yum root /'],
  ['centos:centos7.9.2009', 'rhel bash yum root /'],
  ['quay.io/centos/centos:stream9', 'rhel bash dnf root /'],
  ['rockylinux:9-minimal', 'rhel bash microdnf root /'],
  ['oraclelinux:7-slim', 'rhel bash yum root /'],
  ['amazonlinux:2', 'amazon bash yum root /'],
  ['amazonlinux:2023', 'amazon bash dnf root /'],
  ['opensuse/leap:15.6', 'suse bash zypper root /'],
  ['archlinux', 'arch bash pacman root /'],
  ['photon:5.0', 'photon bash tdnf root /'],
  ['valkey/valkey:9', 'debian dash apt root /data'],
  ['valkey/valkey:9-alpine', 'alpine ash apk root /data'],
  // No official image.
  ['valkey:9', '? ? ? ? ?'],
  ['mcr.microsoft.com/azurelinux/base/core:3.0', 'azurelinux bash tdnf root /'],
  ['mcr.microsoft.com/azurelinux/distroless/minimal:3.0', 'azurelinux none none ? ?'],

  ['python:3.13', 'debian dash apt root /'],
  ['python:3.13-alpine3.20', 'alpine ash apk root /'],
  [`python:3.13-slim@${digest}`, 'debian dash apt root /'],
  [`python@${digest}`, '? ? ? root /'],
  ['python:3.11-windowsservercore-ltsc2022', 'windows powershell none ? ?'],
  ['golang:1.22', 'debian dash apt root /go'],
  ['golang:1.22-nanoserver', 'windows cmd none ? ?'],
  ['php:8.3-cli', 'debian dash apt root /'],
  ['php:8.3-apache', 'debian dash apt root /var/www/html'],
  ['php:8-fpm-alpine', 'alpine ash apk root /var/www/html'],
  ['openjdk:8-jdk', 'debian dash apt root /'],
  ['openjdk:11', 'debian dash apt root /'],
  ['openjdk:17', 'rhel bash ? root /'],
  ['openjdk:17-slim', 'debian dash apt root /'],
  ['openjdk:17-alpine', 'alpine ash apk root /'],
  ['eclipse-temurin:21-jre', 'ubuntu dash apt root /'],
  ['eclipse-temurin:17-jdk-centos7', 'rhel bash yum root /'],
  ['amazoncorretto:17-al2023', 'amazon bash dnf root /'],
  ['maven:3.9-eclipse-temurin-21', 'ubuntu dash apt root /'],
  ['maven:3.6.3-jdk-8', 'debian dash apt root /'],
  ['maven:3.8-openjdk-17', 'rhel bash ? root /'],
  ['maven:3.8-openjdk-17-slim', 'debian dash apt root /'],
  ['maven:3-amazoncorretto-17', 'amazon bash dnf root /'],
  ['maven', 'ubuntu dash apt root /'],
  ['gradle:8-jdk17', 'ubuntu dash apt root /home/gradle'],
  ['gradle:4.10-jdk8', 'debian dash apt ? /home/gradle'],
  ['gradle:jdk21-graal', 'ubuntu dash apt root /home/gradle'],
  ['swift:5.10-amazonlinux2', 'amazon bash yum root /'],
  ['memcached', 'debian dash apt other ?'],
  ['haproxy:2.9', 'debian dash apt other /var/lib/haproxy'],
  ['wordpress:cli', 'alpine ash apk ? ?'],

  ['gcr.io/distroless/static', 'distroless none none root /'],
  ['gcr.io/distroless/static:nonroot', 'distroless none none other /home/nonroot'],
  ['gcr.io/distroless/cc-debian12:debug', 'distroless ash none root /'],
  ['gcr.io/distroless/cc-debian12:debug-nonroot-arm64', 'distroless ash none other /home/nonroot'],
  ['gcr.io/distroless/python3-debian11', 'distroless ? none root /'],
  ['gcr.io/distroless/python3-debian12', 'distroless none none root /'],
  [`gcr.io/distroless/base@${digest}`, 'distroless ? none ? ?'],
  ['cgr.dev/chainguard/static', 'chainguard-static none none other /'],
  ['cgr.dev/chainguard/wolfi-base', 'wolfi ash apk root /'],
  ['cgr.dev/chainguard/python:latest-dev', 'wolfi ? apk other ?'],
  ['cgr.dev/chainguard/something', 'wolfi ? ? ? ?'],
  ['registry.access.redhat.com/ubi9/ubi', 'rhel bash dnf root /'],
  ['registry.access.redhat.com/ubi8', 'rhel bash dnf root /'],
  ['redhat/ubi9-minimal:9.4', 'rhel bash microdnf root /'],
  ['registry.access.redhat.com/ubi9/ubi-micro', 'rhel bash none root /'],
  ['registry.access.redhat.com/ubi9/python-311', 'rhel bash ? other ?'],
  ['registry.access.redhat.com/rhscl/python', '? ? ? ? ?'],
  ['mcr.microsoft.com/dotnet/sdk:8.0', 'debian dash apt root /'],
  ['mcr.microsoft.com/dotnet/aspnet:10.0', 'ubuntu dash apt root /'],
  ['mcr.microsoft.com/dotnet/runtime:8.0-alpine', 'alpine ash apk root /'],
  ['mcr.microsoft.com/dotnet/runtime-deps:9.0-noble-chiseled', 'ubuntu none none other /'],
  ['mcr.microsoft.com/dotnet/aspnet:8.0-azurelinux3.0-distroless', 'azurelinux none none other /'],
  ['mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022', 'windows cmd none ? ?'],
  ['mcr.microsoft.com/dotnet/framework/sdk:4.8', 'windows cmd none ? ?'],
  ['mcr.microsoft.com/windows/servercore:ltsc2022', 'windows cmd none ? ?'],
  ['stefanscherer/node-windows:16', 'windows cmd none ? ?'],
  ['somebody/thing:windowsservercore-1809', 'windows cmd none ? ?'],
  ['mcr.microsoft.com/devcontainers/python:3.12-bookworm', 'debian dash apt ? ?'],
  ['mcr.microsoft.com/devcontainers/base:ubuntu-22.04', 'ubuntu dash apt ? ?'],
  ['nginxinc/nginx-unprivileged:1.27-alpine', 'alpine ash apk other /'],
  ['haproxy:2.8-alpine', 'alpine ash apk other /var/lib/haproxy'],
  ['haproxy:2.6', 'debian dash apt other /'],
  ['haproxy:2.2', 'debian dash apt ? ?'],
  ['haproxy:2', 'debian dash apt ? ?'],
  ['docker:29', 'alpine ash apk root /'],
  ['docker:dind', 'alpine ash apk ? /'],
  ['docker:28-dind-rootless', 'alpine ash apk other /'],
  ['znc:1.10', 'alpine ash apk root /'],
  ['jenkins/jenkins:lts', '? ? ? other ?'],
  ['bitnami/redis:7.4', '? ? ? other ?'],
  ['bitnami/node:20', '? ? ? ? ?'],
  ['grafana/grafana', '? ? ? other ?'],
  ['grafana/other', '? ? ? ? ?'],
  ['', '? ? ? ? ?'],
];

for (const [reference, expected] of table) {
  test(`image ${reference}`, () => assert.equal(describe(knowImage(reference)), expected));
}

/** Reference and release: by the last word of the tag, by the version of a distribution, or by the table. */
const releases: readonly (readonly [string, string | undefined])[] = [
  ['debian:12', 'bookworm'],
  ['debian:8.11-slim', 'jessie'],
  ['debian:sid-slim', 'sid'],
  ['debian:stable-slim', 'trixie'],
  ['debian:oldstable', 'bookworm'],
  ['debian:oldoldstable-backports', 'bullseye'],
  ['debian:testing', 'forky'],
  ['debian:unstable', 'sid'],
  // The stable release of that day.
  ['debian:stable-20200101', undefined],
  ['ubuntu:22.04', 'jammy'],
  ['buildpack-deps:bionic-scm', 'bionic'],
  ['alpine:3.9.6', 'alpine3.9'],
  ['alpine:edge', 'alpine-edge'],
  ['centos:7', 'centos7'],
  ['centos:centos7.9.2009', 'centos7'],
  ['quay.io/centos/centos:stream9', 'centos9'],
  ['oraclelinux:8-slim', 'ol8'],
  ['amazonlinux:2018.03', 'amazon1'],
  ['amazonlinux:2023', 'amazon2023'],
  ['registry.access.redhat.com/ubi9/ubi-minimal:9.4', 'ubi9'],
  ['node:10-stretch-slim', 'stretch'],
  ['docker.io/library/php:7.2-apache-stretch', 'stretch'],
  [`php:7.2-apache-stretch@${digest}`, 'stretch'],
  [`php@${digest}`, undefined],
  ['ros:kinetic-ros-base-jessie', 'jessie'],
  ['ros:kinetic-ros-base', 'xenial'],
  ['ros:kinetic', 'xenial'],
  ['ros:noetic', 'focal'],
  ['eclipse-temurin:17-jdk-centos7', 'centos7'],
  ['golang:1.22-nanoserver-1809', undefined],
  ['maven:3-eclipse-temurin-17-windowsservercore-ltsc2022', undefined],
  // Tags without such a word.
  ['node:8', 'stretch'],
  ['node:8.9', 'jessie'],
  ['node:8-alpine', 'alpine3.11'],
  ['python:3.6', 'bullseye'],
  ['python:3.6.9-slim', 'buster'],
  ['elixir:1.6.5-slim', 'stretch'],
  ['openjdk:8-jdk', 'bullseye'],
  ['openjdk:17', 'ol8'],
  // Between two that the table has, and before the first.
  ['python:3.6.8999', 'bullseye'],
  ['node:v0.1', 'jessie'],
  ['node:8-nothing', undefined],
  ['nothing:1', undefined],
  ['mcr.microsoft.com/dotnet/core/sdk:3.1', 'buster'],
  ['mcr.microsoft.com/dotnet/sdk:8.0', 'bookworm'],
  ['mcr.microsoft.com/devcontainers/base:ubuntu-22.04', 'jammy'],
  ['somebody/python:3-stretch', undefined],
];

for (const [reference, expected] of releases) {
  test(`release of ${reference}`, () => assert.equal(knowImage(reference).release?.name, expected));
}

/** Reference and the month in which its line was last listed. */
const lastListed: readonly (readonly [string, string | undefined])[] = [
  ['python:3.6', '2022-01'],
  ['python:3.6.9-slim-stretch', '2022-01'],
  ['python:2', '2020-04'],
  ['python:2.7.18-slim', '2020-04'],
  ['python:3', undefined],
  ['python:3.13', undefined],
  ['python', undefined],
  // Newer patches of 22 are listed, and newer minor versions too.
  ['node:22.1', undefined],
  ['node:14.17.0-alpine', '2023-05'],
  ['node:boron', '2019-05'],
  ['docker.io/library/openjdk:8-jdk', '2022-08'],
  ['openjdk:11.0.4', '2022-08'],
  ['java:8', '2017-06'],
  ['centos:7', '2024-07'],
  ['centos', '2022-02'],
  ['ubuntu:19.10', '2020-07'],
  ['ubuntu:16.04', '2023-01'],
  [`php:7.4-fpm@${digest}`, '2022-11'],
  [`php@${digest}`, undefined],
  ['somebody/python:3.6', undefined],
];

for (const [reference, expected] of lastListed) {
  test(`last listed: ${reference}`, () => assert.equal(knowImage(reference).lastListed, expected));
}

test('each row is of an official image, and nobody can pull another one under a bare name', () => {
  for (const name of officialNames) assert.equal(isUnknownBareName(name), false, name);
  for (const name of ['scratch', 'hello-world', 'nim', 'clearlinux', 'somebody/valkey', 'ghcr.io/x/y'])
    assert.equal(isUnknownBareName(name), false, name);
  for (const name of ['valkey', 'build', 'wily']) assert.equal(isUnknownBareName(name), true, name);
});

test('an image with an unknown name is unknown', () => {
  assert.equal(describe(knowImage(undefined)), '? ? ? ? ?');
  assert.equal(knowImage('somebody/thing').name, undefined);
});

/** Uid by reference and name. */
const users: readonly (readonly [string, string, number | undefined])[] = [
  ['debian', 'www-data', 33],
  ['debian', 'nobody', 65534],
  ['debian', 'node', undefined],
  ['ubuntu:24.04', 'ubuntu', 1000],
  ['ubuntu', 'ubuntu', 1000],
  ['ubuntu:22.04', 'ubuntu', undefined],
  ['ubuntu:jammy', 'ubuntu', undefined],
  ['alpine', 'guest', 405],
  ['alpine', 'www-data', undefined],
  ['php:8-fpm-alpine', 'www-data', 82],
  ['php:8-fpm', 'www-data', 33],
  ['node:22', 'node', 1000],
  ['node:22-alpine', 'node', 1000],
  ['gradle:8-jdk21-noble', 'gradle', 1000],
  ['gradle:8-jdk21-noble', 'ubuntu', undefined],
  ['nginx', 'nginx', 101],
  ['fedora', 'nobody', 65534],
  ['centos:7', 'nobody', 99],
  ['gcr.io/distroless/cc', 'nonroot', 65532],
  ['mcr.microsoft.com/dotnet/aspnet:8.0', 'app', 1654],
  ['mcr.microsoft.com/dotnet/aspnet:6.0', 'app', undefined],
  ['mcr.microsoft.com/devcontainers/javascript-node:20', 'node', 1000],
];

const platforms: readonly (readonly [string, string | undefined])[] = [
  ['arm32v6/alpine:3.20', 'linux/arm'],
  ['docker.io/arm64v8/debian', 'linux/arm64'],
  ['winamd64/golang:1.23', 'windows/amd64'],
  ['example.com/amd64/debian', undefined],
  ['amd64', undefined],
  ['debian:12', undefined],
  // The same tag stands for Windows and Linux.
  ['golang:1.23', undefined],
  ['mcr.microsoft.com/dotnet/sdk:8.0', undefined],
  ['mcr.microsoft.com/dotnet/sdk:8.0-jammy-amd64', 'linux/amd64'],
  ['mcr.microsoft.com/dotnet/runtime:8.0-nanoserver-ltsc2022', 'windows'],
  ['somebody/thing:1-arm64', undefined],
];

test('platforms', () => {
  for (const [reference, expected] of platforms) {
    const { platform } = knowImage(reference);
    assert.equal(platform && platformText(platform), expected, reference);
  }
});

/** The architecture that an address names. */
const addresses: readonly (readonly [string, string | undefined])[] = [
  ['https://a/v1/tool-linux-amd64', 'amd64'],
  ['https://a/tool_1.0_Linux_x86_64.tar.gz', 'amd64'],
  ['https://a/tool-aarch64-unknown-linux-musl.tar.gz', 'arm64'],
  ['https://a/node-v22-linux-x64.tar.xz', 'amd64'],
  ['https://a/linux/arm64/tool_linux_arm64.zip', 'arm64'],
  ['https://a/tool_1.0_armhf.deb', 'arm'],
  ['https://a/tool-linux-armv7.zip', 'arm'],
  ['https://a/tool-linux-arm64-to-linux-amd64', undefined],
  ['https://a/aarch64-linux-musl-cross.tgz', undefined],
  ['https://a/qemu-aarch64-linux', undefined],
  ['https://a/tool-linux-$ARCH', undefined],
  ['https://a/tool-darwin-arm64', undefined],
  ['https://a/linux-armada', undefined],
];

test('architectures in addresses', () => {
  for (const [address, expected] of addresses)
    assert.equal(architectureOfAddress(address), expected, address);
});

test('users', () => {
  for (const [reference, name, uid] of users) {
    assert.equal(knowImage(reference).users.get(name), uid, `${name} on ${reference}`);
  }
});

test('users are all known only where nobody could add any', () => {
  const complete = (reference: string) => knowImage(reference).usersComplete;
  assert.deepEqual(
    ['scratch', 'gcr.io/distroless/base', 'mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled'].map(
      complete,
    ),
    [true, true, true],
  );
  assert.deepEqual(['debian', 'alpine', 'python:3', 'cgr.dev/chainguard/static', 'x/y'].map(complete), [
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('what else rules ask', () => {
  const pick = (reference: string) => {
    const { sdk, appUser, debugVariant, nonRootTag, runsService, dropsPrivileges, hasBash, libc } =
      knowImage(reference);
    return { sdk, appUser, debugVariant, nonRootTag, runsService, dropsPrivileges, hasBash, libc };
  };
  const nothing = {
    sdk: undefined,
    appUser: undefined,
    debugVariant: false,
    nonRootTag: undefined,
    runsService: undefined,
    dropsPrivileges: false,
    hasBash: undefined,
    libc: undefined,
  };
  assert.deepEqual(pick('x/y'), nothing);
  assert.deepEqual(pick('gcr.io/distroless/static-debian12'), {
    ...nothing,
    appUser: 'nonroot',
    nonRootTag: 'nonroot',
    runsService: false,
    hasBash: false,
    libc: 'none',
  });
  assert.deepEqual(pick('gcr.io/distroless/java21-debian13:debug-amd64'), {
    ...nothing,
    appUser: 'nonroot',
    debugVariant: true,
    nonRootTag: 'debug-nonroot-amd64',
    runsService: false,
    hasBash: false,
    libc: 'glibc',
  });
  assert.equal(pick('gcr.io/distroless/cc:nonroot').nonRootTag, undefined);
  assert.deepEqual(pick('node:22'), {
    ...nothing,
    sdk: 'node',
    appUser: 'node',
    runsService: false,
    hasBash: true,
    libc: 'glibc',
  });
  assert.deepEqual(pick('node:22-alpine'), {
    ...nothing,
    appUser: 'node',
    runsService: false,
    hasBash: false,
    libc: 'musl',
  });
  assert.deepEqual(pick('postgres:17-alpine'), {
    ...nothing,
    runsService: true,
    dropsPrivileges: true,
    hasBash: true,
    libc: 'musl',
  });
  assert.equal(pick('nginx').runsService, true);
  assert.equal(pick('php:8-cli').runsService, false);
  const services = [
    'docker:dind',
    'docker:cli',
    'docker:20.10',
    'docker:24',
    'docker:19.03-git',
    'haproxy:3.0',
    'znc',
  ];
  assert.deepEqual(
    services.map((reference) => pick(reference).runsService),
    [true, false, false, undefined, false, true, true],
  );
  assert.deepEqual(knowImage('docker:dind-rootless').exposes, [2376, 2375]);
  assert.equal(pick('php:8-apache').runsService, true);
  assert.deepEqual(
    [
      'golang',
      'rust:slim',
      'gcc:14',
      'maven',
      'gradle',
      'swift',
      'haskell',
      'mcr.microsoft.com/dotnet/sdk:8.0',
    ].map((reference) => pick(reference).sdk),
    ['go', 'rust', 'gcc', 'maven', 'gradle', 'swift', 'haskell', 'dotnet'],
  );
  assert.deepEqual(
    ['python', 'node:22-slim', 'swift:slim', 'debian', 'mcr.microsoft.com/dotnet/aspnet:8.0'].map(
      (reference) => pick(reference).sdk,
    ),
    [undefined, undefined, undefined, undefined, undefined],
  );
  assert.equal(pick('cgr.dev/chainguard/python:latest-dev').debugVariant, true);
  assert.equal(pick('busybox:musl').libc, 'musl');
  assert.equal(pick('busybox').libc, undefined);
});

test('variables of the image', () => {
  assert.equal(knowImage('golang').env.get('GOPATH'), '/go');
  assert.equal(knowImage('golang:1.22-nanoserver').env.get('GOPATH'), undefined);
  assert.equal(knowImage('python').env.has('PYTHON_VERSION'), true);
  assert.deepEqual([knowImage('node').envComplete, knowImage('x/y').envComplete], [true, false]);
});

test('a reference cut into what the tables ask for', () => {
  const cut = (reference: string) => {
    const { name, tag, official } = imageName(reference);
    return `${name} ${tag ?? 'none'}${official ? ' official' : ''}`;
  };
  assert.equal(cut('docker.io/python:3.13-Slim'), 'python 3.13-slim official');
  assert.equal(cut('docker.io/bitnami/redis'), 'bitnami/redis latest');
  assert.equal(cut('localhost/python'), 'localhost/python latest');
  assert.equal(cut('Docker.io/python'), 'Docker.io/python latest');
  assert.equal(cut('host:5000/x/y'), 'host:5000/x/y latest');
  assert.equal(cut(`library/alpine:3@${digest}`), 'alpine 3 official');
  assert.equal(cut(`x/y@${digest}`), 'x/y none');
});
