FROM python:3.13
WORKDIR /usr/src/app
ONBUILD COPY requirements.txt /usr/src/app/
ONBUILD RUN pip install -r requirements.txt
ONBUILD COPY . /usr/src/app
ONBUILD RUN apt-get update && apt-get install tini
CMD ["python", "-m", "app"]
