FROM python:3.13-slim
ARG PIP_INDEX_PASSWORD
ENV PYTHONUNBUFFERED=1
RUN apt-get update
RUN apt-get install \
    # for psycopg
    gcc \
    libpq-dev
WORKDIR /srv/app
COPY . .
RUN pip install --index-url "https://ci:${PIP_INDEX_PASSWORD}@pypi.example.com/simple" -r requirements.txt
EXPOSE 8000
CMD gunicorn --bind 0.0.0.0:8000 app.wsgi
