// Official images of Docker Hub: distributions, languages and build tools.
import * as on from './distributions';
import type { ImageFacts } from './base-image';
import { idle, javaEnv, major, noBash, phpEnv, service } from './official-rows';
import type { Row } from './official-rows';

function ubuntuOf(tag: string): ImageFacts {
  const version = /^\d\d\.\d\d/.exec(tag)?.[0];
  return version !== undefined && Number(version) < 23.04 ? on.ubuntu : on.ubuntu24;
}

function redHatOf(tag: string): ImageFacts {
  if (/minimal|slim/.test(tag)) {
    const minimalRelease = major(tag) ?? 8;
    return minimalRelease < 8 ? on.rhel7 : minimalRelease < 9 ? on.rhelMinimal : on.rhelMinimal9;
  }
  const release = Number(/^(?:centos|stream|ol)?(\d+)/.exec(tag)?.[1] ?? 8);
  return release < 8 ? on.rhel7 : on.rhel8;
}

/** Since 12 openjdk is Oracle Linux unless the tag says otherwise; earlier versions and slim are Debian. */
function openjdkOf(tag: string): ImageFacts {
  if (tag.includes('slim')) return on.debian;
  const version = major(tag.replace(/^.*?(?=\d)/, ''));
  return version !== undefined && version < 12 ? on.debian : on.rhel;
}

/** A plain tag is that of the JDK. */
function compilerOfJava(tag: string): ImageFacts {
  return /jre|headless/.test(tag) ? {} : { sdk: 'java' };
}

function javaToolOf(tag: string): ImageFacts {
  if (tag.includes('corretto')) return on.amazon;
  if (/temurin|adoptopenjdk|ibm|sapmachine|semeru/.test(tag)) return on.ubuntu;
  if (/graal|zulu|liberica|microsoft|dragonwell/.test(tag)) return {};
  const openjdk = /(?:^|-)(?:open)?jdk-?(\d.*)$/.exec(tag)?.[1];
  return openjdk === undefined ? on.debianOrUbuntu : openjdkOf(openjdk);
}

/** A gradle tag with `jdk17` means Temurin on Ubuntu; older versions mean OpenJDK on Debian. */
function gradleOf(tag: string): ImageFacts {
  return /corretto|graal/.test(tag) ? javaToolOf(tag) : on.debianOrUbuntu;
}

export const languages: Readonly<Record<string, Row>> = {
  // Distributions
  alpine: { on: on.alpine, alpine: noBash, facts: idle, envComplete: true },
  debian: { on: on.debian, facts: idle, envComplete: true },
  ubuntu: { on: ubuntuOf, facts: idle, envComplete: true },
  'buildpack-deps': { on: on.debian, facts: idle, envComplete: true },
  busybox: {
    on: on.busybox,
    facts: idle,
    envComplete: true,
    tag: (tag) => (tag.includes('musl') ? { libc: 'musl' } : tag.includes('glibc') ? { libc: 'glibc' } : {}),
  },
  fedora: { on: on.fedora, facts: idle, env: 'DISTTAG FGC FBR container' },
  centos: { on: redHatOf, facts: idle, envComplete: true },
  rockylinux: { on: redHatOf, facts: idle, envComplete: true },
  almalinux: { on: redHatOf, facts: idle, env: 'LANG' },
  oraclelinux: { on: redHatOf, facts: idle, envComplete: true },
  amazonlinux: {
    on: (tag) => (/^(?:1|2|2018.*|2\.0.*)(?:-|$)/.test(tag) ? on.amazon2 : on.amazon2023),
    facts: idle,
    envComplete: true,
  },
  archlinux: { on: on.arch, facts: idle, env: 'LANG' },
  opensuse: { on: on.suse, facts: idle },
  photon: { on: on.photon, facts: idle },

  // Languages and build tools
  python: {
    on: on.debian,
    alpine: noBash,
    facts: idle,
    env: `LANG GPG_KEY PYTHON_VERSION PYTHON_SHA256 PYTHON_PIP_VERSION PYTHON_SETUPTOOLS_VERSION
      PYTHON_GET_PIP_URL PYTHON_GET_PIP_SHA256`,
    envComplete: true,
  },
  pypy: { on: on.debian, facts: idle, env: 'LANG PYPY_VERSION' },
  node: {
    on: on.debian,
    alpine: noBash,
    facts: { ...idle, appUser: 'node' },
    users: 'node=1000',
    env: 'NODE_VERSION YARN_VERSION',
    envComplete: true,
    tag: (tag) => (/slim|alpine/.test(tag) ? {} : { sdk: 'node' }),
  },
  golang: {
    on: on.debian,
    alpine: noBash,
    facts: { ...idle, sdk: 'go', workdir: '/go' },
    env: 'GOLANG_VERSION GOTOOLCHAIN GOPATH=/go',
    envComplete: true,
  },
  rust: {
    on: on.debian,
    alpine: noBash,
    facts: { ...idle, sdk: 'rust' },
    env: 'RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo RUST_VERSION',
    envComplete: true,
  },
  ruby: {
    on: on.debian,
    alpine: noBash,
    facts: idle,
    env: `LANG RUBY_MAJOR RUBY_VERSION RUBY_DOWNLOAD_SHA256 RUBY_DOWNLOAD_URL RUBYGEMS_VERSION BUNDLER_VERSION
      GEM_HOME=/usr/local/bundle BUNDLE_PATH BUNDLE_BIN BUNDLE_SILENCE_ROOT_WARNING BUNDLE_APP_CONFIG`,
    envComplete: true,
  },
  jruby: { on: on.debianOrUbuntu, facts: idle, env: `${javaEnv} JRUBY_VERSION JRUBY_SHA256 GEM_HOME` },
  php: {
    on: on.debian,
    facts: idle,
    alpine: { ...noBash },
    users: 'www-data=33',
    env: phpEnv,
    envComplete: true,
    tag: (tag) =>
      /apache|fpm/.test(tag)
        ? { ...service, workdir: '/var/www/html', exposes: [tag.includes('fpm') ? 9000 : 80] }
        : {},
  },
  perl: { on: on.debian, facts: { ...idle, workdir: undefined }, env: 'PERL_CPANM_HOME DEV_PACKAGES' },
  openjdk: {
    on: openjdkOf,
    facts: idle,
    env: `${javaEnv} JAVA_URL_VERSION JAVA_DEBIAN_VERSION JAVA_ALPINE_VERSION CA_CERTIFICATES_JAVA_VERSION`,
    tag: compilerOfJava,
  },
  java: { on: on.debian, facts: idle, env: `${javaEnv} JAVA_DEBIAN_VERSION CA_CERTIFICATES_JAVA_VERSION` },
  'eclipse-temurin': { on: on.ubuntu, facts: idle, env: javaEnv, tag: compilerOfJava },
  amazoncorretto: { on: on.amazon, facts: idle, env: javaEnv },
  sapmachine: { on: on.ubuntu, facts: idle, env: javaEnv },
  maven: {
    on: javaToolOf,
    alpine: { hasBash: true },
    facts: { ...idle, sdk: 'maven' },
    env: `${javaEnv} MAVEN_HOME MAVEN_CONFIG MAVEN_VERSION`,
  },
  gradle: {
    on: gradleOf,
    facts: { ...idle, sdk: 'gradle', workdir: '/home/gradle', appUser: 'gradle' },
    users: 'gradle=1000',
    env: `${javaEnv} GRADLE_HOME GRADLE_VERSION`,
    // Versions up to 4 ran as the user gradle.
    tag: (tag) => ((major(tag) ?? 8) < 5 ? { user: undefined, isRoot: undefined } : {}),
  },
  clojure: { on: on.debianOrUbuntu, facts: { ...idle, workdir: undefined }, env: `${javaEnv} LEIN_VERSION` },
  haskell: { on: on.debian, facts: { ...idle, sdk: 'haskell' } },
  erlang: {
    on: on.debian,
    facts: { ...idle, sdk: 'erlang' },
    env: 'OTP_VERSION REBAR_VERSION REBAR3_VERSION',
  },
  elixir: { on: on.debian, facts: { ...idle, sdk: 'erlang' }, env: 'ELIXIR_VERSION OTP_VERSION LANG' },
  swift: {
    on: on.ubuntu,
    facts: idle,
    env: 'SWIFT_SIGNING_KEY SWIFT_PLATFORM SWIFT_BRANCH SWIFT_VERSION SWIFT_WEBROOT',
    tag: (tag) => (tag.includes('slim') ? {} : { sdk: 'swift' }),
  },
  mono: {
    on: on.debian,
    facts: idle,
    env: 'MONO_VERSION',
    tag: (tag) => (tag.includes('slim') ? {} : { sdk: 'mono' }),
  },
  gcc: { on: on.debian, facts: { ...idle, sdk: 'gcc' }, env: 'GCC_VERSION GPG_KEYS GCC_MIRRORS' },
  dart: { on: on.debian, facts: { ...idle, sdk: 'dart', workdir: undefined }, env: 'DART_SDK' },
  julia: { on: on.debian, facts: idle, env: 'JULIA_PATH JULIA_GPG JULIA_VERSION' },
  'r-base': { on: on.debian, facts: { ...idle, workdir: undefined }, env: 'LC_ALL LANG R_BASE_VERSION' },
  composer: {
    on: on.alpine,
    facts: { ...idle, workdir: '/app' },
    env: `${phpEnv} COMPOSER_VERSION COMPOSER_HOME`,
  },
  docker: {
    on: on.alpine,
    facts: idle,
    env: 'DOCKER_VERSION DOCKER_TLS_CERTDIR DOCKER_BUILDX_VERSION DOCKER_COMPOSE_VERSION',
    tag: (tag) => (/cli|git/.test(tag) ? {} : { runsService: undefined }),
  },
};
