# What a file looks like in the middle of being written.
FROM ubuntu:22.04
RUN apt-get update && apt-get install -y \
    curl \ # for the health check
    git
CPOY package.json ./
WORKDIR
EXPOSE
COPY app.js
CMD ["node", "app.js"
