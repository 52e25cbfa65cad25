// What hadolint 2.15.1 answers about package managers: by id, texts and the lines of the instructions that it reports.
import type { Verdicts } from './verdicts';

export const aboutPackages: Verdicts = {
  DL3009: [
    [
      `FROM debian:12
RUN apt update
RUN aptitude update && find /var/lib/apt/lists -delete
RUN apt-get update && rm -rf /x
RUN apt-get update && rm -r -f /x
RUN rm /var/lib/apt/lists/* && apt-get update
RUN apt-get update && sudo rm -rf /var/lib/apt/lists/*
RUN apt-get update && apt-get clean
RUN sudo apt-get update
RUN ["apt-get", "-qq", "update"]
RUN sh -c 'apt-get update'`,
      [2, 3, 5, 7, 8, 10],
    ],
    [
      `FROM debian:12
RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update
RUN --mount=type=cache,target=/var/lib/apt apt-get update
RUN --mount=type=cache,target=/var/cache/apt --mount=type=tmpfs,dst=/var/lib/apt apt-get update
RUN --mount=type=bind,target=/var/lib/apt/lists apt-get update`,
      [3, 5],
    ],
    [
      `FROM debian:12 AS a
RUN apt-get update
ONBUILD RUN apt-get update
FROM b:1 AS b
RUN apt-get update
FROM b:2 AS c
RUN apt-get update
FROM debian:12`,
      [3, 5],
    ],
    [
      `FROM b:1
RUN apt-get update
FROM b:1`,
      [2],
    ],
  ],
  DL3013: [
    [
      `FROM python:3.13
RUN pip install x "y>=1"
RUN pip install x==$V 'y~=1' z===1
RUN pip install "x[y]"
RUN pip install -r r.txt x
RUN pip install -qr r.txt
RUN pip install --constraint=c.txt x
RUN pip install .
RUN pip install .[dev]
RUN pip install x.whl x.tar.gz ./x https://x/y.zip
RUN pip install git+https://x/y
RUN pip install git+https://x/y@v1
RUN pip install $X
RUN pip install -U pip
RUN pip3.9 --no-cache-dir install x
RUN python3 -u -m pip install x
RUN python3 -m pip --no-cache-dir install x
RUN /usr/bin/pip install x && sudo pip install x && uv pip install x
RUN pipx install x
RUN pipenv install x
RUN pip install -t x --index-url http://x y==1
RUN pip install --timeout 3 y==1
RUN pip install --timeout=3 y==1
RUN ["pip", "install", "x"]
ONBUILD RUN pip install x
RUN pip x install y==1`,
      [2, 4, 6, 9, 11, 13, 14, 15, 16, 19, 22, 24, 25],
    ],
  ],
  DL3016: [
    [
      `FROM node:22
RUN npm install
RUN npm install -g x y@1
RUN npm install x@latest @s/x@1
RUN npm install @s/x
RUN npm i x && npm ci && npm run x install y && yarn add x
RUN npm --registry http://x install y
RUN npm install --loglevel error x@1
RUN npm --prefix x install y
RUN npm install --prefix x y@1
RUN npm install ./x ~/x /x x.tgz http://x/y.tar.gz
RUN npm install .
RUN npm install git+https://u@x/y.git
RUN npm install git+https://x/y#v1 x@$V
RUN npm install $X
RUN ["npm", "install", "x"]
ONBUILD RUN npm install x
RUN sudo npm install x`,
      [3, 5, 7, 10, 12, 13, 15, 16, 17],
    ],
  ],
  DL3027: [
    [
      `FROM alpine:3.20
RUN apt install x
RUN /usr/bin/apt x && sudo apt x && apt-key x && echo apt
RUN ["apt", "x"]
RUN yes | apt x
RUN sh -c 'apt x'
RUN x=$(apt list)
ONBUILD RUN apt x
CMD apt x`,
      [2, 4, 5, 7, 8],
    ],
  ],
  DL3038: [
    [
      `FROM fedora:42
RUN dnf install x
RUN dnf install -qy x && dnf --assumeyes install x
RUN dnf install --yes x
RUN dnf -y install x; microdnf install y
RUN dnf groupinstall x
RUN dnf localinstall x
RUN dnf module "install" x
RUN dnf update && dnf reinstall x && dnf5 install x && yum install x
RUN sudo dnf install x
ONBUILD RUN dnf install x
RUN ["dnf", "install", "x"]`,
      [2, 4, 5, 6, 7, 8, 11, 12],
    ],
  ],
  DL3040: [
    [
      `FROM fedora:42
RUN dnf install -y x
RUN dnf install -y x && dnf -y clean all
RUN dnf clean all && dnf install -y x
RUN dnf install x && microdnf clean all
RUN microdnf up-min
RUN dnf update && dnf groupinstall x && yum install x && sudo dnf install x
RUN dnf install x && rm -rf /x
RUN dnf install x && rm -r -f /var/cache/dnf
RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install x
RUN --mount=type=cache,target=/root/.cache/libdnf5 dnf install x
RUN --mount=type=cache,target=/var/cache/dnf dnf install x
RUN dnf install x && dnf clean all && dnf install y
ONBUILD RUN ["dnf", "upgrade"]`,
      [2, 4, 5, 6, 9, 12, 14],
    ],
    [
      `FROM a:1 AS b
RUN dnf install x
FROM c:1`,
      [2],
    ],
  ],
  DL3041: [
    [
      `FROM fedora:42
RUN dnf install x-1 java-11-openjdk
RUN dnf install x-1 y
RUN microdnf install x-$V
RUN dnf module install x:1
RUN dnf -y module install x-1
RUN dnf group install x && dnf groupinstall x && dnf upgrade x && yum install x
RUN dnf install --setopt=a x-1
RUN dnf install --setopt a x-1
RUN dnf install x.rpm
RUN dnf x install y-1
RUN ["dnf", "install", "x"]
ONBUILD RUN dnf install x`,
      [3, 4, 6, 9, 10, 11, 12, 13],
    ],
  ],
};
