FROM cgr.dev/chainguard/go:latest-dev as builder
WORKDIR /work
COPY . /work/
RUN CGO_ENABLED=0 go build -o hello ./cmd/server

#FROM gcr.io/distroless/static-debian11
FROM cgr.dev/chainguard/static
COPY --from=builder /work/hello /hello 
ENTRYPOINT ["/hello"]
