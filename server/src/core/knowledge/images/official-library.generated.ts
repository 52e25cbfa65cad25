// Made by `npm run tables` from the history of docker-library/official-images.

export const libraryNames =
  'adminer adoptopenjdk aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux azul-zulu backdrop bash bonita buildpack-deps busybox caddy cassandra celery centos chronograf cirros clearlinux clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux dart debian django docker docker-dev drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang espocrm euleros express-gateway fedora flink fluentd friendica fsharp gazebo gcc geonetwork ghost glassfish golang gradle groovy haproxy haskell haxe hello-seattle hello-world hipache hitch hola-mundo httpd hylang ibm-semeru-runtimes ibmjava influxdb iojs irssi java jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx nim node notary nuxeo odoo open-liberty openjdk opensuse oraclelinux orientdb owncloud percona perl photon php php-zendserver phpmyadmin piwik plone postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa sentry silverpeas sl solr sonarqube sourcemage spark spiped storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit varnish vault websphere-liberty wordpress xwiki yourls zend-php znc zookeeper';

export const baseVersions = `
python:«»-slim-trixie 3.14 3.13 3.12 3.11 3.10 3.9
python:«»-alpine3.24 3.14 3.13 3.12 3.11 3.10
node:«»-trixie-slim 26 25 24 22 20
node:«»-alpine3.24 26 24 22
eclipse-temurin:«»-jre-noble 26 25 24 23 22 21 17 11 8
eclipse-temurin:«»-jre-alpine-3.24 26 25 21 17 11 8
ruby:«»-slim-trixie 4.0 3.4 3.3 3.2
php:«»-fpm-trixie 8.5 8.4 8.3 8.2 8.1
golang:«»-trixie 1.27 1.26 1.25 1.24
golang:«»-alpine3.24 1.27 1.26 1.25
rust:«»-slim-trixie 1.98 1.97 1.96 1.95 1.94 1.93 1.92 1.91 1.90 1.89 1.88
rust:«»-alpine3.24 1.98 1.97 1.96
`;
