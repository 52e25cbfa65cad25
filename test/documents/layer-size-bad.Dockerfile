# BAD: cleanup in separate layer (original data still in image)
RUN apt-get update
RUN apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/* # too late — previous layers keep the data
