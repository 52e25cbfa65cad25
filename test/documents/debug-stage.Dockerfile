FROM gcr.io/distroless/static-debian12 AS prod
COPY --from=build /server /server
CMD ["/server"]
FROM debian:bookworm-slim AS debug
COPY --from=build /server /server
RUN apt-get update && apt-get install -y curl strace
CMD ["/server"]
# Build specific stage: docker build --target debug -t myapp:debug .
