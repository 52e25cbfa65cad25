// The Dockerfile of the walkthrough: mistakes that people really make, each with a fix.

export const sampleDockerfile = `# A sample with mistakes. Drydock finds and fixes all of them.
FROM debian:12-slim as tools
MAINTAINER web@example.com

RUN apt-get update
RUN apt-get install curl

env GREETING hello
EXPOSE 8080/TCP
USER 65532:65532
CMD curl --fail http://localhost:8080/
`;
