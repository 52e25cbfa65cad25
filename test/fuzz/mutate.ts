// Dockerfiles nobody would write, made from those that people do.

/** What means something to a parser somewhere, and what no parser expects. */
const words = [
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\\\n',
  '\\\r\n',
  '\\ \n',
  '\\\n# comment\n',
  '\\\n\n',
  '`\n',
  '\\',
  '`',
  ' ',
  '\t',
  '\u00a0',
  '\ufeff',
  '\u0000',
  '\ud800',
  '😀',
  'é',
  '#',
  '# ',
  '# syntax=docker/dockerfile:1\n',
  '# escape=`\n',
  '# check=skip=all\n',
  '# drydock ignore=apt-get-yes\n',
  '# hadolint ignore=DL3008\n',
  'FROM ',
  'FROM scratch\n',
  'FROM debian:12 AS build\n',
  'FROM build\n',
  'from a as b\n',
  'RUN ',
  'COPY ',
  'COPY --from=build ',
  'ADD ',
  'ENV ',
  'ARG ',
  'USER ',
  'USER root\n',
  'WORKDIR ',
  'ONBUILD ',
  'ONBUILD ONBUILD ',
  'SHELL ["/bin/bash", "-c"]\n',
  'SHELL ["powershell"]\n',
  'CMD ',
  'ENTRYPOINT ["',
  'HEALTHCHECK ',
  'HEALTHCHECK NONE\n',
  'EXPOSE ',
  'LABEL ',
  'MAINTAINER ',
  'STOPSIGNAL ',
  'VOLUME ',
  'NOPE ',
  '--',
  '--mount=type=cache,target=/x ',
  '--mount=',
  '--platform=$BUILDPLATFORM ',
  '--chown=',
  '--from=',
  '<<EOF',
  '<<EOF\n',
  '<<-"EOF"\n',
  'EOF\n',
  '\nEOF\n',
  '<<',
  '$',
  '${',
  '}',
  '${A}',
  '${A:-',
  '${A:+b}',
  '$A',
  '"',
  "'",
  '[',
  ']',
  '["',
  '", "',
  '{',
  '(',
  ')',
  '$(',
  '=',
  ':',
  '@',
  '@sha256:',
  ',',
  ';',
  '&',
  '&&',
  '||',
  '|',
  '>',
  '/',
  '.',
  'apt-get install ',
  'apt-get update && ',
  'apk add ',
  'pip install ',
  'yum install x',
  'sudo ',
  'rm -rf /var/lib/apt/lists/*',
  'if true; then ',
  'fi',
  'for x in 1; do ',
  'done',
  'sh -c "',
  'cd /x && ',
  'curl https://x | sh',
  'useradd x',
] as const;

/** @param others texts to take pieces from */
export function mutate(text: string, others: readonly string[], random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  let result = text;
  for (let count = 1 + below(4); count > 0; count -= 1) {
    const at = below(result.length + 1);
    const end = Math.min(result.length, at + below(random() < 0.2 ? 200 : 12));
    const lines = result.split('\n');
    const line = below(lines.length);
    switch (below(9)) {
      case 0:
        result = result.slice(0, at) + result.slice(end);
        break;
      case 1:
      case 2:
        result = result.slice(0, at) + (words[below(words.length)] ?? '') + result.slice(at);
        break;
      case 3:
        result = result.slice(0, at) + (words[below(words.length)] ?? '') + result.slice(end);
        break;
      case 4:
        lines.splice(line, 1 + below(3));
        result = lines.join('\n');
        break;
      case 5:
        lines.splice(below(lines.length + 1), 0, ...lines.slice(line, line + 1 + below(3)));
        result = lines.join('\n');
        break;
      case 6: {
        const other = (others[below(others.length)] ?? '').split('\n');
        const from = below(other.length);
        lines.splice(line, 0, ...other.slice(from, from + 1 + below(5)));
        result = lines.join('\n');
        break;
      }
      case 7:
        result = random() < 0.5 ? result.replaceAll(/\r?\n/g, '\r\n') : result.slice(0, at);
        break;
      default:
        result = result.slice(0, at) + result.slice(at, end).toLowerCase().repeat(2) + result.slice(end);
    }
    // Splices must not grow without end.
    if (result.length > 20_000) result = result.slice(0, 20_000);
  }
  return result;
}
