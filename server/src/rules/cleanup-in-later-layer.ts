import { lateRemovals } from './cleanup-in-later-layer.parts';
import type { LateRemoval } from './cleanup-in-later-layer.parts';
import { defineRule } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { mergeRuns } from '../core/fixes/merge-runs';
import { appendToScript } from '../core/shell/edits';
import type { ShellScript } from '../core/shell/types';

/**
 * Every instruction adds a layer on top of the last one. What a later `RUN` deletes is hidden, but everyone still
 * pulls its bytes. Delete files in the step that wrote them.
 *
 * The cache of a package manager is reported where it is left, so the recommended profile does not report its late removal.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN «rm -rf /var/lib/apt/lists/*»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * ```
 * A remark about the deletion moves with it:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update \
 *     && apt-get install -y curl
 * EXPOSE 80
 * # save space
 * RUN «rm -rf /var/lib/apt/lists/*»
 * RUN apt-get update && apt-get install -y git
 * # save more space
 * RUN «rm -rf /var/lib/apt/lists/*»
 * RUN <<EOF
 * set -e
 * apt-get update
 * apt-get install -y less
 * EOF
 * # and again
 * RUN «rm -rf /var/lib/apt/lists/*»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * > Deleting this saves no space: it stays in the layer of the RUN in line 7
 * > Deleting this saves no space: it stays in the layer of the RUN in line 10
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update \
 *     && apt-get install -y curl \
 * # save space
 *     && rm -rf /var/lib/apt/lists/*
 * EXPOSE 80
 * RUN apt-get update && apt-get install -y git && \
 * # save more space
 *     rm -rf /var/lib/apt/lists/*
 * RUN <<EOF
 * set -e
 * apt-get update
 * apt-get install -y less
 * # and again
 * rm -rf /var/lib/apt/lists/*
 * EOF
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN ["sh", "-c", "apt-get update"]
 * # no place for a remark
 * RUN «rm -rf /var/lib/apt/lists/*»
 * RUN <<EOF
 * apt-get update
 * EOF
 * # nor here
 * RUN «rm -rf /var/lib/apt/lists/*»
 * RUN wget -O ~/data.zip https://example.com/data.zip
 * COPY app /app
 * RUN «rm ~/data.zip»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * > Deleting this saves no space: it stays in the layer of the RUN in line 5
 * > Deleting this saves no space: it stays in the layer of the RUN in line 10
 * ```dockerfile bad
 * FROM alpine:3.20
 * COPY dist.tar.gz /tmp/
 * RUN tar -xzf /tmp/dist.tar.gz -C / && «rm /tmp/dist.tar.gz»
 * ```
 * > Deleting this saves no space: it stays in the layer of the COPY in line 2
 * ```dockerfile bad
 * FROM alpine:3.20
 * ADD https://example.com/dist.tar.gz /tmp/pkgs/
 * RUN tar -xzf /tmp/pkgs/dist.tar.gz -C / && «rm -r /tmp/pkgs/»
 * ```
 * > Deleting this saves no space: it stays in the layer of the ADD in line 2
 * If steps in between need the files, the fix merges all of them:
 * ```dockerfile bad
 * FROM debian:12
 * RUN curl -fsSLO https://example.com/tool.tar.gz
 *
 * # only the program
 * RUN tar -xzf tool.tar.gz -C /opt
 * RUN «rm tool.tar.gz»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN curl -fsSLO https://example.com/tool.tar.gz && \
 * # only the program
 *     tar -xzf tool.tar.gz -C /opt && \
 *     rm tool.tar.gz
 * ```
 * Packages that a later step removes stay in the image too:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache --virtual .build gcc
 * COPY app.c /
 * RUN gcc -o /app /app.c && «apk del .build»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * For such a file, use `RUN --mount=type=bind`, or `ADD` for an archive. Then it never is in a layer.
 *
 * Nobody pulls the layers of a stage that is only copied from, and a step may clean up after itself:
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN rm -rf /var/lib/apt/lists/*
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN curl -o /tmp/x https://example.com/x && rm /tmp/x
 * RUN rm -rf /usr/share/doc
 * COPY --from=build /bin/true /bin/true
 * ```
 * It does not matter how a file got there, or from where it is deleted:
 * ```dockerfile bad
 * FROM debian:12
 * RUN wget -O /opt/data.zip https://example.com/data.zip
 * RUN cd /opt/tools/.. && unzip data.zip && «rm data.zip»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /srv
 * RUN git clone https://example.com/tool.git
 * RUN make -C tool install
 * RUN «rm -rf tool»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /srv
 * RUN git clone https://example.com/tool.git && \
 *     make -C tool install && \
 *     rm -rf tool
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN wget -P /tmp https://example.com/data.zip
 * RUN unzip /tmp/data.zip -d /srv
 * RUN «rm -rf /tmp/*»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget -P /tmp https://example.com/data.zip && \
 *     unzip /tmp/data.zip -d /srv && \
 *     rm -rf /tmp/*
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN gunzip -c /backup.gz > /srv/backup.sql
 * RUN «rm /srv/backup.sql»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN gunzip -c /backup.gz > /srv/backup.sql && rm /srv/backup.sql
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gcc
 * RUN apt-get clean && «apt-get purge -y gcc $MORE»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gcc && \
 *     apt-get clean && apt-get purge -y gcc $MORE
 * ```
 * ```dockerfile bad
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN npm ci
 * RUN «rm -rf node_modules»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 4
 * ```dockerfile fixed
 * FROM node:22
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN npm ci && rm -rf node_modules
 * ```
 * Other programs delete files, too:
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /opt
 * RUN curl -fsSLO https://example.com/a.tgz && curl -fsSLO https://example.com/b.tgz
 * RUN «unlink a.tgz» && «shred -u /opt/b.tgz»
 * COPY data /data
 * RUN curl -fsSLO https://example.com/c.tgz && curl -fsSLO https://example.com/d.zip
 * RUN «find /opt -name '*.tgz' -delete» && «find /opt -name d.zip -exec rm {} +»
 * COPY more /more
 * RUN git clone https://example.com/tool
 * COPY rest /rest
 * RUN make -C tool && «find tool -mindepth 1 -delete»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * > Deleting this saves no space: it stays in the layer of the RUN in line 6
 * > Deleting this saves no space: it stays in the layer of the RUN in line 6
 * > Deleting this saves no space: it stays in the layer of the RUN in line 9
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /opt
 * RUN curl -fsSLO https://example.com/a.tgz && curl -fsSLO https://example.com/b.tgz && \
 *     unlink a.tgz && shred -u /opt/b.tgz
 * COPY data /data
 * RUN curl -fsSLO https://example.com/c.tgz && curl -fsSLO https://example.com/d.zip && \
 *     find /opt -name '*.tgz' -delete && find /opt -name d.zip -exec rm {} +
 * COPY more /more
 * RUN git clone https://example.com/tool
 * COPY rest /rest
 * RUN make -C tool && find tool -mindepth 1 -delete
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * WORKDIR /opt
 * COPY a.deb b.deb ./
 * RUN dpkg -i *.deb && «rm *.deb»
 * ```
 * > Deleting this saves no space: it stays in the layer of the COPY in line 3
 * ```dockerfile good
 * FROM debian:12
 * WORKDIR /opt
 * RUN curl -fsSLO https://example.com/a.tgz
 * RUN rm -f /[o]pt/a.tgz && shred a.tgz && find /opt -name '*.zip' -delete && find /opt -name '*.tgz' ! -name a.tgz -delete
 * ```
 * The rule stays silent if it cannot tell what is deleted:
 * ```dockerfile good
 * FROM debian:12
 * RUN curl -fsSL https://example.com/data.zip
 * RUN cd $FOLDER && rm data.zip
 * RUN cd - && rm -r ../data.zip
 * RUN rm -rf "$HOME/data.zip"
 * ADD root.tar.gz /
 * ADD *.zip /srv/
 * RUN rm -rf /root.tar.gz
 * ```
 * ```dockerfile good
 * FROM node:22 AS base
 * RUN npm install -g serve
 * FROM base
 * RUN npm install --prefix /srv express && npm test
 * RUN rm -rf node_modules
 * ```
 * Other names and other places are other files:
 * ```dockerfile bad
 * FROM debian:12
 * RUN git clone https://example.com/tool.git /opt/tool
 * RUN make -C /opt/tool install
 * RUN «rm -rf /opt/tool»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN git clone https://example.com/tool.git /opt/tool && \
 *     make -C /opt/tool install && \
 *     rm -rf /opt/tool
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN git clone $REPOSITORY && wget https://example.com/data.zip
 * RUN curl -fsSL https://example.com/tool > $NAME
 * RUN apt-get install -y $PACKAGES && yarn
 * RUN (cd /opt && rm data.zip)
 * RUN cd /srv && rm data.zip
 * ```
 * The working directory of a step counts, as far as it is known:
 * ```dockerfile bad
 * FROM alpine:3.20
 * WORKDIR /opt
 * RUN curl -fsSLO https://example.com/tool.tar.gz
 * RUN cd .. && «rm opt/tool.tar.gz» && apk cache clean
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * ```dockerfile bad
 * FROM alpine:3.20
 * WORKDIR /opt
 * COPY tool.tar.gz .
 * RUN tar -xzf tool.tar.gz && (cd .. && «rm opt/tool.tar.gz»)
 * RUN [ -e tool.tar.gz ] || (rm tool.tar.gz)
 * ```
 * > Deleting this saves no space: it stays in the layer of the COPY in line 3
 * ```dockerfile good
 * FROM debian:12
 * WORKDIR $FOLDER
 * RUN cd tools && rm data.zip && wget -O data.zip https://example.com/data.zip
 * RUN apt-get clean && npm install "$PACKAGE" && rm -rf "$FOLDER"/*
 * ```
 * Build tools keep their downloads in the home directory, and the text of `sh -c` counts like the rest:
 * ```dockerfile bad
 * FROM debian:12
 * RUN go build -o /app . && go version
 * RUN «rm -rf /root/.cache/go-build»
 * CMD ["/app"]
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN go build -o /app . && go version && rm -rf /root/.cache/go-build
 * CMD ["/app"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y gcc
 * COPY app.c /
 * RUN sh -c '«rm -rf /var/lib/apt/lists/*»'
 * CMD ["/app"]
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * So does what a step copies or unpacks into a folder:
 * ```dockerfile bad
 * FROM debian:12
 * RUN mkdir /build && cp -r /usr/share/doc /build
 * RUN tar -xf /mnt/a.tar -C /opt/a && unzip -d /opt/b /mnt/b.zip && cp x
 * RUN tar -cf /mnt/c.tar -C /opt/c . && unzip -q /mnt/d.zip
 * ENV STAGE=live
 * RUN «rm -rf /build» && make
 * RUN «rm -rf /opt/a /opt/c» && make
 * RUN «rm -rf /opt/b»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 *
 * @skip onbuild the layers are those of the later build
 * A script may delete the files, or fill the cache anew, and a mount leaves nothing in the layer. A script is small:
 * ```dockerfile good
 * FROM debian:12
 * RUN wget -O /tmp/x.tgz https://example.com/x.tgz
 * RUN ./tidy && rm -rf /tmp/*
 * RUN apt-get update
 * RUN ./install.sh && rm -rf /var/lib/apt/lists/*
 * RUN --mount=type=tmpfs,target=/tmp wget -O /tmp/y.tgz https://example.com/y.tgz
 * RUN rm -f /tmp/y.tgz
 * COPY src /app/src
 * RUN find /app/src -name x.o -delete
 * COPY setup.sh /opt/setup.sh
 * RUN rm /opt/setup.sh
 * RUN wget -O '/opt/a?' https://example.com/a
 * RUN rm -f /opt/ab
 * ```
 * Other package managers have a command for it. A removal over two lines stays as it is:
 * ```dockerfile bad
 * FROM fedora:41
 * RUN dnf install -y curl
 * RUN «dnf clean all»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y curl && dnf clean all
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN wget -O /opt/x.tgz https://example.com/x.tgz
 * RUN «rm -f \
 *   /opt/x.tgz»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 2
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget -O /opt/x.tgz https://example.com/x.tgz && \
 *     rm -f \
 *   /opt/x.tgz
 * ```
 * Tools that empty their own caches come too late as well:
 * ```dockerfile bad
 * FROM golang:1.26
 * COPY go.mod go.sum ./
 * RUN go mod download
 * RUN «go clean -modcache»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * ```dockerfile fixed
 * FROM golang:1.26
 * COPY go.mod go.sum ./
 * RUN go mod download && go clean -modcache
 * ```
 * ```dockerfile bad
 * FROM mcr.microsoft.com/dotnet/sdk:10.0
 * COPY app.csproj ./
 * RUN dotnet restore
 * COPY src ./src
 * RUN dotnet publish --no-restore -o /srv && «dotnet nuget locals all --clear»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * ```dockerfile bad
 * FROM registry.example.com/go:1.26
 * COPY go.mod go.sum ./
 * RUN go mod download
 * COPY . .
 * RUN go build -o /app . && «go clean -cache -modcache»
 * ```
 * > Deleting this saves no space: it stays in the layer of the RUN in line 3
 * ```dockerfile good
 * FROM golang:1.26
 * RUN --mount=type=cache,target=/go/pkg/mod go mod download
 * RUN go clean -modcache && go clean -testcache && cargo clean
 * ```
 * A repository that is not cloned writes nothing of a size:
 * ```dockerfile good
 * FROM debian:12
 * RUN git init /srv/a
 * RUN rm -rf /srv/b
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN make
 * ```
 */
export default defineRule({
  id: 'cleanup-in-later-layer',
  summary: 'Deleting files in a later layer does not make the image smaller',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const removal of lateRemovals(model)) {
      const { command, source, onlyCaches } = removal;
      yield {
        at: command.span,
        message: `Deleting this saves no space: it stays in the layer of the ${source.keyword} in line ${model.document.lineAt(source.span.start) + 1}`,
        // The finding about the step that leaves the cache says enough.
        quiet: onlyCaches,
        related: [{ at: source.keywordSpan, message: 'The deleted files are written here' }],
        fix: moveFix(model, removal) ?? mergeFix(model, removal),
      };
    }
  },
});

/** Only if the later RUN does nothing else, and nothing in between needs the deleted files. */
function moveFix(model: Model, { command, source }: LateRemoval): Fix | undefined {
  const { instruction: run } = command;
  const [script, ...more] = model.scriptsOf(source);
  const [own] = model.scriptsOf(run);
  if (
    !script?.valid ||
    more.length > 0 ||
    !own ||
    own.commands[0] !== command ||
    own.commands.length > 1 ||
    command.negated ||
    command.nesting.length > 0 ||
    command.chain?.end === '&' ||
    command.redirects.length + command.wrappers.length > 0 ||
    run.comments.length + run.heredocs.length + run.flags.length > 0 ||
    !isOnlySettings(model, source, run)
  )
    return undefined;
  const text = model.document.slice(command.span);
  const edit = /\n/.test(text) ? undefined : appendToScript(model, script, text);
  const above = startWithComments(model, run.span.start);
  const remarks = model.document.text.slice(above, run.span.start).split(/\r?\n/).slice(0, -1);
  const moved = edit && withRemarks(model, edit, text, script, remarks);
  return (
    moved && {
      title: 'Delete the files in the step that writes them',
      edits: [moved, model.document.removeLines({ start: above, end: run.span.end })],
    }
  );
}

/** Whether the instructions between two only say how the image starts. */
function isOnlySettings({ instructions }: Model, from: Instruction, to: Instruction): boolean {
  for (let at = to.index - 1; at > from.index; at -= 1) {
    if (/^(?:RUN|COPY|ADD|FROM|USER|WORKDIR)$/.test(instructions[at]?.keyword ?? '')) return false;
  }
  return true;
}

/** Takes the comments above a RUN along, to lines of their own before the command. */
function withRemarks(
  { file, document }: Model,
  edit: Edit,
  command: string,
  script: ShellScript,
  remarks: readonly string[],
): Edit | undefined {
  if (remarks.length === 0) return edit;
  const { eol } = document;
  const joint = edit.text.slice(0, -command.length);
  if (script.heredoc)
    return joint.trim() === ''
      ? { ...edit, text: [joint.replace(/\s+$/, ''), ...remarks, command].join(eol) }
      : undefined;
  if (script.instruction.json || script.instruction.heredocs.length > 0) return undefined;
  const lines = joint.includes('\n') ? joint.split(/\r?\n/) : [`${joint.trimEnd()} ${file.escape}`, '    '];
  const last = lines.pop() ?? '';
  return { ...edit, text: [...lines, ...remarks, last + command].join(eol) };
}

/** If the steps in between need the files, merges all of them. */
function mergeFix(model: Model, { command, source }: LateRemoval): Fix | undefined {
  const edits = source.keyword === 'RUN' ? mergeRuns(model, source, command.instruction) : undefined;
  return edits && { title: 'Merge the steps into one RUN', edits };
}
