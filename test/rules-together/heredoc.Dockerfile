# syntax=docker/dockerfile:1
FROM debian:12-slim
RUN <<SETUP
set -e
apt-get update
apt-get install curl ca-certificates
useradd --create-home app
SETUP
COPY <<CONFIG /etc/app.conf
listen = 0.0.0.0
token = none
CONFIG
USER app
CMD ["/home/app/run", "--config", "/etc/app.conf"]
