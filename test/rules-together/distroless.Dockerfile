FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12:debug
COPY --from=build /src/target/release/server /server
HEALTHCHECK CMD curl -f http://localhost:8080/healthz
CMD /server --port 8080
