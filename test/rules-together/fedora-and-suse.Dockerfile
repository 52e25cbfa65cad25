FROM fedora:41 AS tools
RUN dnf install gcc make
FROM opensuse/leap:15.6 AS packages
RUN zypper install curl
FROM centos:7
RUN yum install httpd
COPY --from=tools /usr/bin/make /usr/bin/make
COPY --from=packages /usr/bin/curl /usr/bin/curl
USER apache:web
CMD ["httpd", "-DFOREGROUND"]
