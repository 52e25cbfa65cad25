# Alpine
RUN adduser -D -u 1000 appuser
USER appuser
