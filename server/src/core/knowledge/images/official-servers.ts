// Official images of Docker Hub: servers.
import type { ImageFacts } from './base-image';
import * as on from './distributions';
import { javaEnv, noBash, phpEnv, runsAsOther, service, stepsDown, unsure } from './official-rows';
import type { Row } from './official-rows';

/** With PHP-FPM an image speaks FastCGI to a web server beside it. */
function phpServer(tag: string): ImageFacts {
  return { exposes: [tag.includes('fpm') ? 9000 : 80] };
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
  kibana: { on: {}, facts: runsAsOther },
  logstash: { on: {}, facts: runsAsOther },
  solr: { on: {}, facts: runsAsOther },
  haproxy: { on: on.debian, facts: { ...service, ...unsure } },
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
