# DNS issues — Alpine's musl resolv behaves differently
# Symptom: "Temporary failure in name resolution" intermittently
# Fix 1: Add ndots option
RUN echo "options ndots:1" >> /etc/resolv.conf
# Fix 2: Install glibc NSS compatibility
RUN apk add --no-cache gcompat
