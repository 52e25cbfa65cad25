// The curated images of Docker Hub (docker.io/library), by name: what each is built on when its tag does not
// say, who it runs as, where, and with which variables. Source: the Dockerfiles they are made from, as linked
// from their pages on Docker Hub. Rows hold what all their supported versions share.
import type { ImageFacts, ImageName } from './images';
import * as on from './distributions';
import { distributionOfTag, rootAtSlash } from './distributions';

interface Row {
  /** What it is built on; a function where tags that name no distribution differ. */
  readonly on: ImageFacts | ((tag: string) => ImageFacts);
  /** What holds whatever the variant. */
  readonly facts?: ImageFacts;
  /** `NAME` or `NAME=value`, blank-separated. */
  readonly env?: string;
  /** Whether `env` names all of them. */
  readonly envComplete?: boolean;
  /** What differs on Alpine. */
  readonly alpine?: ImageFacts;
  /** Users added to those of the distribution: `name=uid`, blank-separated. */
  readonly users?: string;
  /** What some tags change. */
  readonly tag?: (tag: string) => ImageFacts;
}

const noBash: ImageFacts = { hasBash: false };
const idle: ImageFacts = { runsService: false };
const service: ImageFacts = { runsService: true };
/** Starts as root and hands over to a user of its own with gosu, su-exec or setpriv. */
const stepsDown: ImageFacts = { runsService: true, dropsPrivileges: true };
const runsAsOther: ImageFacts = { runsService: true, user: undefined, isRoot: false, workdir: undefined };
const unsure: ImageFacts = { user: undefined, isRoot: undefined, workdir: undefined };

/** The number a tag begins with; undefined for words. */
function major(tag: string): number | undefined {
  const digits = /^v?(\d+)/.exec(tag)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function ubuntuOf(tag: string): ImageFacts {
  const version = /^\d\d\.\d\d/.exec(tag)?.[0];
  return version !== undefined && Number(version) < 23.04 ? on.ubuntu : on.ubuntu24;
}

function redHatOf(tag: string): ImageFacts {
  if (/minimal|slim/.test(tag)) return (major(tag) ?? 8) < 8 ? on.rhel7 : on.rhelMinimal;
  const release = Number(/^(?:centos|stream|ol)?(\d+)/.exec(tag)?.[1] ?? 8);
  return release < 8 ? on.rhel7 : on.rhel8;
}

/** From 12 on openjdk is Oracle Linux unless the tag says otherwise; before, and slim, it is Debian. */
function openjdkOf(tag: string): ImageFacts {
  if (tag.includes('slim')) return on.debian;
  const version = major(tag.replace(/^.*?(?=\d)/, ''));
  return version !== undefined && version < 12 ? on.debian : on.rhel;
}

function javaToolOf(tag: string): ImageFacts {
  if (tag.includes('corretto')) return on.amazon;
  if (/temurin|adoptopenjdk|ibm|sapmachine|semeru/.test(tag)) return on.ubuntu;
  if (/graal|zulu|liberica|microsoft|dragonwell/.test(tag)) return {};
  const openjdk = /(?:^|-)(?:open)?jdk-?(\d.*)$/.exec(tag)?.[1];
  return openjdk === undefined ? on.debianOrUbuntu : openjdkOf(openjdk);
}

/** gradle writes `jdk17` for Temurin on Ubuntu, and before that for OpenJDK on Debian. */
function gradleOf(tag: string): ImageFacts {
  return /corretto|graal/.test(tag) ? javaToolOf(tag) : on.debianOrUbuntu;
}

const javaEnv = 'JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL';
const phpEnv = `PHPIZE_DEPS PHP_INI_DIR=/usr/local/etc/php PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION
  PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 PHP_EXTRA_BUILD_DEPS PHP_EXTRA_CONFIGURE_ARGS APACHE_CONFDIR APACHE_ENVVARS`;

const rows: Readonly<Record<string, Row>> = {
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
    tag: (tag) => (/apache|fpm/.test(tag) ? { ...service, workdir: '/var/www/html' } : {}),
  },
  perl: { on: on.debian, facts: { ...idle, workdir: undefined }, env: 'PERL_CPANM_HOME DEV_PACKAGES' },
  openjdk: {
    on: openjdkOf,
    facts: idle,
    env: `${javaEnv} JAVA_URL_VERSION JAVA_DEBIAN_VERSION JAVA_ALPINE_VERSION CA_CERTIFICATES_JAVA_VERSION`,
  },
  java: { on: on.debian, facts: idle, env: `${javaEnv} JAVA_DEBIAN_VERSION CA_CERTIFICATES_JAVA_VERSION` },
  'eclipse-temurin': { on: on.ubuntu, facts: idle, env: javaEnv },
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
    // Up to 4 it ran as gradle.
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

  // Servers
  nginx: {
    on: on.debian,
    alpine: noBash,
    facts: service,
    users: 'nginx=101',
    env: 'NGINX_VERSION NJS_VERSION NJS_RELEASE PKG_RELEASE DYNPKG_RELEASE ACME_VERSION',
  },
  httpd: {
    on: on.debian,
    alpine: noBash,
    facts: { ...service, workdir: '/usr/local/apache2' },
    env: 'HTTPD_PREFIX=/usr/local/apache2 HTTPD_VERSION HTTPD_SHA256 HTTPD_PATCHES',
  },
  tomcat: {
    on: (tag) => (tag.includes('corretto') ? on.amazon : on.debianOrUbuntu),
    facts: { ...service, workdir: '/usr/local/tomcat' },
    env: `${javaEnv} CATALINA_HOME=/usr/local/tomcat TOMCAT_NATIVE_LIBDIR LD_LIBRARY_PATH GPG_KEYS TOMCAT_MAJOR
      TOMCAT_VERSION TOMCAT_SHA512`,
  },
  jetty: { on: {}, facts: runsAsOther, env: `${javaEnv} JETTY_HOME JETTY_BASE JETTY_VERSION TMPDIR` },
  postgres: {
    on: on.debian,
    alpine: { hasBash: true },
    facts: stepsDown,
    env: 'GOSU_VERSION LANG PG_MAJOR PG_VERSION PG_SHA256 PGDATA',
  },
  mysql: { on: {}, facts: stepsDown, env: 'GOSU_VERSION MYSQL_MAJOR MYSQL_VERSION MYSQL_SHELL_VERSION' },
  mariadb: { on: on.ubuntu, facts: stepsDown, env: 'GOSU_VERSION LANG MARIADB_MAJOR MARIADB_VERSION' },
  mongo: {
    on: on.ubuntu,
    facts: stepsDown,
    env: 'GOSU_VERSION MONGO_MAJOR MONGO_VERSION MONGO_PACKAGE MONGO_REPO',
  },
  redis: {
    on: on.debian,
    alpine: noBash,
    facts: { ...stepsDown, workdir: '/data' },
    env: 'GOSU_VERSION REDIS_VERSION REDIS_DOWNLOAD_URL REDIS_DOWNLOAD_SHA',
  },
  valkey: { on: on.debian, facts: { ...stepsDown, workdir: '/data' } },
  rabbitmq: { on: on.ubuntu, facts: stepsDown, env: 'RABBITMQ_VERSION RABBITMQ_HOME RABBITMQ_DATA_DIR LANG' },
  cassandra: {
    on: on.debianOrUbuntu,
    facts: stepsDown,
    env: 'CASSANDRA_VERSION CASSANDRA_HOME CASSANDRA_CONF',
  },
  couchdb: { on: on.debian, facts: { ...stepsDown, workdir: undefined } },
  neo4j: { on: {}, facts: { ...stepsDown, workdir: undefined } },
  zookeeper: { on: {}, facts: { ...stepsDown, workdir: undefined } },
  consul: { on: on.alpine, facts: stepsDown },
  vault: { on: on.alpine, facts: stepsDown },
  'eclipse-mosquitto': { on: on.alpine, facts: stepsDown },
  ghost: { on: on.debian, facts: { ...stepsDown, workdir: '/var/lib/ghost' } },
  elasticsearch: { on: {}, facts: { ...stepsDown, ...unsure } },
  memcached: {
    on: on.debian,
    facts: { ...runsAsOther, user: 'memcache' },
    env: 'MEMCACHED_VERSION MEMCACHED_SHA1',
  },
  kibana: { on: {}, facts: { ...runsAsOther, user: 'kibana' } },
  logstash: { on: {}, facts: { ...runsAsOther, user: 'logstash' } },
  solr: { on: {}, facts: { ...runsAsOther, user: 'solr' } },
  haproxy: { on: on.debian, facts: { ...service, ...unsure } },
  influxdb: { on: on.debian, facts: { ...service, ...unsure } },
  varnish: { on: on.debian, facts: { ...service, ...unsure } },
  sonarqube: { on: {}, facts: { ...service, ...unsure } },
  nats: { on: {}, facts: { ...service, ...unsure } },
  traefik: { on: (tag) => (/^v?1(?:\.|$)/.test(tag) ? {} : on.alpine), facts: service },
  caddy: { on: on.alpine, facts: { ...service, workdir: '/srv' } },
  registry: { on: on.alpine, facts: service },
  wordpress: {
    on: on.debian,
    facts: { ...service, workdir: '/var/www/html' },
    users: 'www-data=33',
    env: phpEnv,
    tag: (tag) => (tag.includes('cli') ? { ...unsure, runsService: false } : {}),
  },
  nextcloud: {
    on: on.debian,
    facts: { ...service, workdir: '/var/www/html' },
    users: 'www-data=33',
    env: phpEnv,
  },
  drupal: { on: on.debian, facts: { ...service, workdir: undefined }, users: 'www-data=33', env: phpEnv },
};

/** A row with its texts read. */
interface Entry {
  readonly row: Row;
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly users: ReadonlyMap<string, number>;
}

const table: ReadonlyMap<string, Entry> = new Map(
  Object.entries(rows).map(([name, row]) => [
    name,
    { row, env: readPairs(row.env, (value) => value), users: readPairs(row.users, Number) },
  ]),
);

/** A digest without a tag may be any variant of an image, but a distribution is what it is. */
const withoutTag: ReadonlyMap<string, ImageFacts> = new Map([
  ['alpine', on.alpine],
  ['debian', on.debian],
  ['ubuntu', on.ubuntu],
  ['buildpack-deps', on.debianOrUbuntu],
  ['busybox', on.busybox],
  ['fedora', on.fedora],
  ['centos', on.rhel],
  ['rockylinux', on.rhel],
  ['almalinux', on.rhel],
  ['oraclelinux', on.rhel],
  ['amazonlinux', on.amazon],
  ['archlinux', on.arch],
  ['opensuse', on.suse],
  ['photon', on.photon],
]);

/** What is known of a curated image; undefined when it is not in the table. */
export function officialImage({ name, tag }: ImageName): ImageFacts | undefined {
  const entry = table.get(name);
  if (!entry) return undefined;
  const { row } = entry;
  const own: ImageFacts = {
    ...rootAtSlash,
    ...row.facts,
    ...(tag !== undefined ? row.tag?.(tag) : {}),
    name,
    env: entry.env,
    envComplete: row.envComplete ?? false,
  };
  const built = tag !== undefined ? distributionOf(row, tag) : (withoutTag.get(name) ?? {});
  if (built.distribution === 'windows') return windowsVariant(own, built);
  const isAlpine = built.distribution === 'alpine';
  return { ...built, ...own, ...(isAlpine ? row.alpine : {}), users: usersOf(entry, built, isAlpine) };
}

function distributionOf(row: Row, tag: string): ImageFacts {
  return distributionOfTag(tag) ?? (typeof row.on === 'function' ? row.on(tag) : row.on);
}

/** On Windows nothing of users and paths holds. */
function windowsVariant(own: ImageFacts, windows: ImageFacts): ImageFacts {
  const env = new Map([...(own.env?.keys() ?? [])].map((key) => [key, undefined] as const));
  return { ...windows, name: own.name, sdk: own.sdk, runsService: own.runsService, env, envComplete: false };
}

function usersOf({ users }: Entry, built: ImageFacts, isAlpine: boolean): ReadonlyMap<string, number> {
  if (users.size === 0 && built.users) return built.users;
  const all = new Map([['root', 0], ...(built.users ?? []), ...users]);
  // 82 is the number of www-data on Alpine: the images add the user there.
  if (isAlpine && users.has('www-data')) all.set('www-data', 82);
  return all;
}

function readPairs<V>(text: string | undefined, value: (text: string | undefined) => V): Map<string, V> {
  const pairs = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, value(undefined)] : [pair.slice(0, equals), value(pair.slice(equals + 1))];
    }),
  );
}
