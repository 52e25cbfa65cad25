    FROM golang:1.22-alpine AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /app ./cmd/app
    
    FROM gcr.io/distroless/static:nonroot
    COPY --from=build /app /app
    USER nonroot:nonroot
    ENTRYPOINT ["/app"]
