import { absentStarts } from '../core/analysis/runtime/absent-starts';
import type { AbsentStart } from '../core/analysis/runtime/absent-starts';
import { defineRule, replace } from '../core/lint/rule';

/**
 * A container whose entry point is not in its image ends at once: "no such file or directory". Drydock says so where every
 * step is known: what each copy brings, and that nothing else makes such a file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * COPY start.sh /usr/local/bin/
 * RUN chmod +x /usr/local/bin/start.sh
 * CMD ["«/start.sh»"]
 * ```
 * > /start.sh is not in the image, as the file is copied to /usr/local/bin/start.sh, so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * COPY start.sh /usr/local/bin/
 * RUN chmod +x /usr/local/bin/start.sh
 * CMD ["/usr/local/bin/start.sh"]
 * ```
 * Capital letters count, and so does the folder in which the container starts:
 * ```dockerfile bad severity="hint warning"
 * FROM python:3.13-slim AS worker
 * WORKDIR /srv
 * COPY app/Main.py app/
 * CMD ["python", "-u", "main.py"]
 * FROM python:3.13-slim
 * WORKDIR /srv
 * COPY app/Main.py /srv/app/
 * COPY requirements.txt .
 * RUN pip install --no-cache-dir -r requirements.txt
 * CMD ["python", "«main.py»"]
 * FROM alpine:3.22
 * COPY run.sh /opt/tool/
 * ENTRYPOINT ["sh", "«/opt/run.sh»"]
 * ```
 * > /srv/main.py is not in the image, as the file is copied to /srv/app/Main.py, so the container does not start
 * > /opt/run.sh is not in the image, as the file is copied to /opt/tool/run.sh, so the container does not start
 * ```dockerfile fixed
 * FROM python:3.13-slim AS worker
 * WORKDIR /srv
 * COPY app/Main.py app/
 * CMD ["python", "-u", "main.py"]
 * FROM python:3.13-slim
 * WORKDIR /srv
 * COPY app/Main.py /srv/app/
 * COPY requirements.txt .
 * RUN pip install --no-cache-dir -r requirements.txt
 * CMD ["python", "/srv/app/Main.py"]
 * FROM alpine:3.22
 * COPY run.sh /opt/tool/
 * ENTRYPOINT ["sh", "/opt/tool/run.sh"]
 * ```
 * Where the build context is known, a folder that is copied tells what is not in it:
 * ```dockerfile bad files="entypoint.sh server.js package.json" severity="hint warning"
 * FROM node:22 AS a
 * WORKDIR /srv
 * COPY . .
 * ENTRYPOINT ["«./entrypoint.sh»"]
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * RUN npm ci
 * CMD ["node", "«index.js»"]
 * ```
 * > No step copies or makes /srv/entrypoint.sh, so the container does not start. Did you mean entypoint.sh?
 * > No step copies or makes /srv/index.js, so the container does not start
 * ```dockerfile bad files="bin/start.sh .dockerignore" ignore="bin/*.sh"
 * FROM node:22
 * COPY bin /srv/bin
 * CMD ["«/srv/bin/start.sh»"]
 * ```
 * > /srv/bin/start.sh is not in the image, as the ignore file leaves out bin/start.sh, so the container does not start
 * Nothing is said where a step, a volume or a script around may bring the file, or where a program makes it:
 * ```dockerfile good files="server.ts package.json"
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good files="server.js" mentions="index.js"
 * FROM node:22
 * WORKDIR /srv
 * COPY . .
 * CMD ["node", "index.js"]
 * ```
 * ```dockerfile good files="server.js"
 * FROM node:22 AS a
 * WORKDIR /srv
 * VOLUME /srv
 * COPY . .
 * CMD ["node", "index.js"]
 * FROM node:22 AS b
 * COPY --from=example/tool / /
 * CMD ["node", "/srv/index.js"]
 * FROM nginx:1.29
 * COPY run.sh /opt/
 * CMD ["/srv/run.sh"]
 * ```
 *
 * @skip onbuild the build that begins here may copy it
 */
export default defineRule({
  id: 'started-file-missing',
  summary: 'A container starts a file that is not in its image',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    for (const start of absentStarts(model, facts)) {
      const { word, instead, stage } = start;
      yield {
        at: word.span,
        message: messageOf(start),
        severity: stage.reachable ? undefined : 'hint',
        ...(instead && {
          related: [{ at: instead.copy.instruction.keywordSpan, message: 'The file is copied here' }],
          fix: { title: `Start ${instead.path}`, edits: [replace(word.span, instead.path)] },
        }),
      };
    }
  },
});

function messageOf({ path, instead, near, ignored }: AbsentStart): string {
  if (instead)
    return `${path} is not in the image, as the file is copied to ${instead.path}, so the container does not start`;
  if (ignored !== undefined)
    return `${path} is not in the image, as the ignore file leaves out ${ignored}, so the container does not start`;
  const guess = near === undefined ? '' : `. Did you mean ${near}?`;
  return `No step copies or makes ${path}, so the container does not start${guess}`;
}
