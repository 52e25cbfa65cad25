FROM golang:1.23
WORKDIR /src
COPY go.mod go.sum main.go ./
RUN CGO_ENABLED=0 go build -o /usr/local/bin/agent .
EXPOSE 9090
ENTRYPOINT ["/usr/local/bin/agent"]
