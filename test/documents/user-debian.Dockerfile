# Debian/Ubuntu
RUN useradd -r -s /sbin/nologin -u 1000 appuser
USER appuser
