// The Dockerfile of the walkthrough: mistakes that people really make, each with a fix.

export const sampleDockerfile = `# A sample with mistakes. Drydock finds and fixes all of them.
FROM debian:12-slim
MAINTAINER web@example.com

RUN apt-get update
RUN apt-get install curl

ADD greeting.txt /srv/
EXPOSE 8080
USER 65532:65532
CMD cd /srv && curl --fail --data @greeting.txt http://localhost:8080/
`;
