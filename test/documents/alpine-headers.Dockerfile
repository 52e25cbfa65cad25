# Build issues — missing headers
RUN apk add --no-cache \
build-base \ # gcc, make, etc.
python3-dev \ # Python headers
musl-dev \ # musl headers
linux-headers \ # kernel headers
libffi-dev \ # FFI (needed by many Python packages)
openssl-dev # OpenSSL (needed by cryptography, etc.)
