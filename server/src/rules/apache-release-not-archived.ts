import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { valueFor } from '../core/analysis/commands/values';
import { groupByRoot } from '../core/analysis/images/root-stage';
import type { Command } from '../core/shell/types';
import type { Span } from '../core/text/span';

/**
 * The download servers of Apache keep only the newest release of each line, and its mirrors do the same. With the next
 * release, a build that fetches a certain version from there fails. `archive.apache.org` keeps them all.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ARG MAVEN_VERSION=3.6.3
 * ADD «https://downloads.apache.org/»maven/maven-3/$MAVEN_VERSION/$X/maven.zip /opt/
 * ADD https://downloads.apache.org/kafka/3.4.0/kafka_2.13-3.4.0.tgz /opt/
 * RUN curl -fL "https://dlcdn.apache.org/maven/maven-3/${MAVEN_VERSION}/binaries/maven.tar.gz" | tar xz \
 *     && wget http://www-eu.apache.org/dist/spark/spark-3.0.1/spark-3.0.1-bin-hadoop2.7.tgz
 * RUN wget http://mirror.example.com/pub/apache/tomcat/tomcat-9/v9.0.36/bin/apache-tomcat-9.0.36.tar.gz
 * ```
 * > downloads.apache.org keeps only the newest releases, so the download fails after the next one
 * ```dockerfile fixed
 * FROM debian:12
 * ARG MAVEN_VERSION=3.6.3
 * ADD https://archive.apache.org/dist/maven/maven-3/$MAVEN_VERSION/$X/maven.zip /opt/
 * ADD https://archive.apache.org/dist/kafka/3.4.0/kafka_2.13-3.4.0.tgz /opt/
 * RUN curl -fL "https://archive.apache.org/dist/maven/maven-3/${MAVEN_VERSION}/binaries/maven.tar.gz" | tar xz \
 *     && wget https://archive.apache.org/dist/spark/spark-3.0.1/spark-3.0.1-bin-hadoop2.7.tgz
 * RUN wget https://archive.apache.org/dist/tomcat/tomcat-9/v9.0.36/bin/apache-tomcat-9.0.36.tar.gz
 * ```
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN wget «https://downloads.apache.org/»kafka/3.4.0/kafka_2.13-3.4.0.tgz || echo none
 * ```
 * > downloads.apache.org keeps only the newest releases, so the download fails after the next one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget https://archive.apache.org/dist/kafka/3.4.0/kafka_2.13-3.4.0.tgz || echo none
 * ```
 * Keys stay, and so does everything else at Apache. A version that is not known may be the newest:
 * ```dockerfile good
 * FROM debian:12
 * ADD https://downloads.apache.org/kafka/KEYS /keys
 * ADD https://example.com/app/1.0/app.tgz local.txt /opt/
 * RUN curl https://www.apache.org/licenses/LICENSE-2.0.txt https://github.com/apache/kafka/archive/3.4.0.tar.gz
 * RUN curl https://repo1.maven.org/maven2/org/apache/maven/3.0/x-3.0.tar.gz https://downloads.apache.org/kafka/$VERSION/k.tgz
 * RUN wget https://dlcdn.apache.org/a/1.0/a.tgz || wget https://archive.apache.org/dist/a/1.0/a.tgz
 * ```
 * ```dockerfile good options="archives: own"
 * FROM debian:12
 * ADD https://downloads.apache.org/kafka/3.4.0/kafka_2.13-3.4.0.tgz /opt/
 * ```
 * A variable may hold the address:
 * ```dockerfile bad
 * FROM debian:12
 * ARG VERSION=3.9.9
 * ENV URL=«https://dlcdn.apache.org/»maven/maven-3/$VERSION/binaries/apache-maven-$VERSION-bin.tar.gz
 * RUN curl -fsSLO $URL
 * ```
 * > dlcdn.apache.org keeps only the newest releases, so the download fails after the next one
 * ```dockerfile fixed
 * FROM debian:12
 * ARG VERSION=3.9.9
 * ENV URL=https://archive.apache.org/dist/maven/maven-3/$VERSION/binaries/apache-maven-$VERSION-bin.tar.gz
 * RUN curl -fsSLO $URL
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN wget -q «http://mirror.example.edu/pub/software/apache/»jmeter/binaries/apache-jmeter-5.1.tgz
 * ```
 * > mirror.example.edu keeps only the newest releases, so the download fails after the next one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget -q https://archive.apache.org/dist/jmeter/binaries/apache-jmeter-5.1.tgz
 * ```
 */
export default defineRule({
  id: 'apache-release-not-archived',
  summary: 'A release of Apache comes from a server that keeps only the newest ones',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['download-gone', 'add-url-failed'],
  mentions: ['apache'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    for (const downloads of groupByRoot(model, downloadsIn(model))) {
      const [{ at, host }] = downloads;
      const stops = downloads.some(({ instruction, command }) => stopsBuild(model, instruction, command));
      yield {
        at,
        message: `${host} keeps only the newest releases, so the download fails after the next one`,
        severity: stops ? 'warning' : 'hint',
        fix: {
          title: 'Download from archive.apache.org',
          edits: downloads.map((one) => replace(one.at, 'https://archive.apache.org/dist/')),
        },
      };
    }
  },
});

interface Download {
  readonly instruction: Instruction;
  readonly command: Command | undefined;
  readonly host: string;
  /** What comes before the name of the project. */
  readonly at: Span;
}

function* downloadsIn(model: Model): Generator<Download> {
  for (const { instruction, sources } of model.copies)
    for (const { kind, value, span } of sources)
      if (kind === 'url') yield* readAddress(model, instruction, undefined, value, span);
  for (const instruction of model.instructionsOf('ENV', 'ARG'))
    for (const { value } of instruction.pairs)
      if (value)
        yield* readAddress(model, instruction, undefined, model.document.slice(value.span), value.span);
  for (const command of model.commandsNamed('curl', 'wget', 'aria2c'))
    for (const { span } of command.args)
      yield* readAddress(model, command.instruction, command, model.document.slice(span), span);
}

const servers =
  /^["']?(https?:\/\/(?:(?:downloads|dlcdn)\.apache\.org\/(?:dist\/)?|www(?:[.-](?:us|eu))?\.apache\.org\/dist\/|dist\.apache\.org\/repos\/dist\/release\/|apache\.[\w.-]+\/(?:dist\/)?|(?:mirrors?|ftp)\d*\.[\w.-]+\/(?:[\w-]+\/){0,3}?apache\/(?:dist\/)?))(.*)$/;

function* readAddress(
  model: Model,
  instruction: Instruction,
  command: Command | undefined,
  text: string,
  { start }: Span,
): Generator<Download> {
  const [, server, path = ''] = servers.exec(text) ?? [];
  if (server === undefined || /archive\.apache\.org/.test(model.document.slice(instruction.span))) return;
  const known = path.replace(/\$\{?(\w+)\}?/g, (whole, name: string) =>
    command
      ? (valueFor(model, command, name) ?? whole)
      : (model.environmentAt(instruction).variables.get(name)?.value ?? whole),
  );
  if (!/\d\.\d/.test(known)) return;
  const from = start + text.indexOf(server);
  const host = /^https?:\/\/([^/]+)/.exec(server)?.[1] ?? '';
  yield { instruction, command, host, at: { start: from, end: from + server.length } };
}
