# Distroless — already runs as nonroot
FROM gcr.io/distroless/static-debian12:nonroot
