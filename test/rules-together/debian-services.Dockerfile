# Two servers in one container, as one finds it in old projects.
from debian:12
RUN apt-get update && apt-get install -y nginx php-fpm
RUN rm -rf /var/lib/apt/lists/*
COPY site /var/www/html
HEALTHCHECK CMD curl -f http://localhost/
CMD service php8.2-fpm start && nginx -g 'daemon off;'
