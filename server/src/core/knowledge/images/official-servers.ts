// Official images of Docker Hub: servers.
import type { ImageFacts } from './base-image';
import * as on from './distributions';
import {
  idle,
  javaEnv,
  major,
  noBash,
  phpEnv,
  runsAsOther,
  service,
  stepsDown,
  unsure,
} from './official-rows';
import type { Row } from './official-rows';

/** With PHP-FPM an image speaks FastCGI to a web server beside it. */
function phpServer(tag: string): ImageFacts {
  return { exposes: [tag.includes('fpm') ? 9000 : 80] };
}

/**
 * It runs as its own user since 2.4, and in that user's folder since 2.7; before, its configuration may step down. The
 * configuration also decides on the ports.
 */
function haproxy(tag: string): ImageFacts {
  const [, first, second] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  const version = first === undefined ? Infinity : Number(first) * 100 + Number(second);
  if (!(version >= 204)) return unsure;
  return { user: 'haproxy', isRoot: false, workdir: version < 207 ? '/' : '/var/lib/haproxy' };
}

/**
 * With `dind` it starts the engine, which needs root: so nothing can be asked of its user. Tags without a word are the client up to 20.10, and start the engine since 23.0, where
 * many only take the client from them.
 */
function docker(tag: string): ImageFacts {
  if (/dind/.test(tag)) {
    const user = tag.includes('rootless') ? { user: 'rootless', isRoot: false } : { ...unsure, workdir: '/' };
    return { ...service, exposes: [2376, 2375], ...user };
  }
  return /cli|git/.test(tag) || (major(tag) ?? Infinity) < 23 ? idle : {};
}

export const servers: Readonly<Record<string, Row>> = {
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
  kibana: { on: {}, facts: runsAsOther },
  logstash: { on: {}, facts: runsAsOther },
  solr: { on: {}, facts: runsAsOther },
  haproxy: {
    on: on.debian,
    alpine: noBash,
    facts: service,
    users: 'haproxy=99',
    env: 'HAPROXY_VERSION HAPROXY_URL HAPROXY_SHA256',
    tag: haproxy,
  },
  docker: {
    on: on.alpine,
    alpine: noBash,
    env: 'DOCKER_VERSION DOCKER_BUILDX_VERSION DOCKER_COMPOSE_VERSION DOCKER_TLS_CERTDIR DIND_COMMIT',
    tag: docker,
  },
  znc: { on: on.alpine, alpine: noBash, facts: stepsDown, env: 'GPG_KEY ZNC_VERSION' },
  influxdb: { on: on.debian, facts: { ...service, ...unsure } },
  varnish: { on: on.debian, facts: { ...service, ...unsure } },
  sonarqube: { on: {}, facts: { ...service, ...unsure } },
  nats: { on: {}, facts: { ...service, ...unsure } },
  traefik: { on: (tag) => (/^v?1(?:\.|$)/.test(tag) ? {} : on.alpine), facts: service },
  caddy: { on: on.alpine, facts: { ...service, workdir: '/srv' } },
  registry: { on: on.alpine, facts: service },
  wordpress: {
    on: (tag) => (tag.includes('cli') ? on.alpine : on.debian),
    facts: { ...service, workdir: '/var/www/html' },
    users: 'www-data=33',
    env: phpEnv,
    tag: (tag) => (tag.includes('cli') ? { ...unsure, runsService: false } : phpServer(tag)),
  },
  nextcloud: {
    on: on.debian,
    facts: { ...service, workdir: '/var/www/html' },
    users: 'www-data=33',
    env: phpEnv,
    tag: phpServer,
  },
  drupal: {
    on: on.debian,
    facts: { ...service, workdir: undefined },
    users: 'www-data=33',
    env: phpEnv,
    tag: phpServer,
  },
};
