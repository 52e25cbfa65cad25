// What hadolint 2.15.1 answers about steps, copies and forms: by id, texts and the lines of the instructions that it reports.
import type { Verdicts } from './verdicts';

export const aboutInstructions: Verdicts = {
  DL3001: [
    [
      `FROM debian:12
RUN top && ifconfig
RUN --mount=type=ssh ssh host
RUN apt-get install -y vim && ssh-keygen x && /usr/bin/top
RUN ["ps", "aux"]
RUN ["/bin/sh", "-c", "top"]
RUN sudo service x start; env A=b top; xargs kill
RUN A=b exec "top"
RUN if x; then (y | kill $(cat z)); fi
RUN f() { free -m; }; f
RUN bash -c 'mount /x' && eval ps
RUN command -v ps
RUN time command ps
ONBUILD RUN shutdown -h now
CMD top`,
      [2, 3, 5, 8, 9, 10, 13, 14],
    ],
    [
      `FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
RUN ps
RUN top &&`,
      [3],
    ],
    [
      `FROM debian:12
RUN <<EOF
service x start
EOF`,
      [2],
    ],
  ],
  DL3003: [
    [
      `FROM debian:12
RUN cd /x
RUN (cd "/x y" && make) | true
RUN cd - || x=$(cd ~)
RUN pushd /x && /bin/cd /x && cd.sh
RUN ["cd", "/x"]
RUN ["a", "&&", "cd x"]
RUN sh -c "cd /x" && bash -lc 'cd /x'
RUN builtin cd /x
RUN sudo cd /x
ONBUILD RUN cd /x
RUN for i in *; do cd $i; done
RUN cd 'x
RUN a; \\
    # b
    cd x
ENTRYPOINT cd /x && y`,
      [2, 3, 4, 6, 7, 9, 12, 14],
    ],
    [
      `FROM debian:12
RUN bash <<EOF
cd /x
EOF`,
      [],
    ],
    [
      `FROM debian:12
RUN --mount=type=cache,target=/x <<'EOF'
#!/usr/bin/env python
cd x
EOF`,
      [2],
    ],
  ],
  DL3020: [
    [
      `FROM debian:12
ADD a b
ADD a.tar b
ADD a.tar b.txt c
ADD a.zip b
ADD http://x/y "https://x/z" c
ADD ftp://x/y z
ADD git@github.com:a/b.git /x
ADD $X y
ADD a$X.tar "a.tgz" 'a.xz' y
ADD ["a.tar", "b"]
ADD ["a", "b"]
ADD --chown=x a b
ADD --checksum=sha256:x https://x/y z
ADD --unpack=true a b
ADD a.t?z b
ADD a.TAR b
ONBUILD ADD a b
add . /`,
      [2, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 19],
    ],
  ],
  DL3022: [
    [
      `FROM a:1 AS b
COPY --from=b x y
COPY --from=c x y
COPY --from=c:1 x y
COPY --from=0 x y
COPY --from=1 x y
COPY --from=B x y
COPY --from=$X x y
COPY --from="b" x y
COPY --chown=a --from=x/q ["x", "y"]
RUN --mount=type=bind,from=q,target=/x y
ONBUILD COPY --from=q x y
FROM c:1 AS c
COPY --from=1 x y
COPY --from=2 x y
COPY --from=b x y
COPY --from=a x y`,
      [3, 6, 7, 8, 9, 10, 15, 17],
    ],
  ],
  DL3025: [
    [
      `FROM scratch
SHELL ["/bin/bash", "-c"]
CMD a
CMD ["a", "b"]
CMD ['a']
CMD [ \\
  "a", \\
  # b
  "c" ]
ENTRYPOINT exec a
ENTRYPOINT []
HEALTHCHECK --interval=5s CMD a
HEALTHCHECK CMD ["a"]
HEALTHCHECK NONE
ONBUILD CMD a
ONBUILD HEALTHCHECK CMD a
CMD ["a",]
CMD $X`,
      [3, 5, 10, 12, 17, 18],
    ],
  ],
  DL3044: [
    [
      `FROM debian:12
ENV A=1 B=$A
ENV A=2 B=\${A}
ENV C=1 D=$CX E=\${C:-x}
ENV F=x:$F G=1
ENV H=1 H=$H
ENV I=$J J=1
ENV K=1 L='$K'
ENV M=1 N=\${O:-$M}
ARG P
ENV P=1 Q=$P
ONBUILD ENV R=1 S=$R
ENV R=1 S=$R
ENV T 1 U=$T
FROM b:1
ENV A=3 B=$A`,
      [2, 6, 7, 8, 9, 13],
    ],
  ],
  DL3046: [
    [
      `FROM debian:12
RUN useradd -u 123456 x
RUN useradd -u 12345 x
RUN useradd --uid 123456 x
RUN useradd -lmu 123456 x && useradd -u 123456 --no-log-init x
RUN useradd -mu 123456 x
RUN useradd -u123456 x
RUN useradd -u "$UID" x
RUN useradd -u $X x
RUN useradd -u 1 -u 123456 x
RUN sudo useradd -u 123456 x
ONBUILD RUN useradd x -u 000001
RUN ["useradd", "-u", "123456", "x"]`,
      [2, 6, 8, 10, 12, 13],
    ],
  ],
  DL3047: [
    [
      `FROM alpine:3.20
RUN wget x
RUN wget -qO- x && wget --quiet x && wget -nv x && wget --progress=bar x && wget x -o log && wget -ca log x
RUN wget -nvc x
RUN wget -O - x
RUN wget --show-progress x
RUN wget -q x && wget y
RUN sudo wget x && /usr/bin/wget x
RUN ["wget", "x"]
RUN busybox wget x
RUN sh -c 'wget x'
RUN echo "$(wget x)"
ONBUILD RUN wget --spider x`,
      [2, 4, 5, 6, 7, 9, 10, 12, 13],
    ],
  ],
};
