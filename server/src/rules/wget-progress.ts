import { defineRule } from '../core/lint/rule';
import { addArguments } from '../core/shell/edits';
import { argumentsOf } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import type { Model } from '../core/lint/rule';
import { hasFlag, hasWord, seenNamed } from '../core/families/hadolint-commands';

/**
 * Without a terminal, wget prints a line for every 50 kilobytes: thousands of lines for one large file. With
 * `--progress=dot:giga` it prints a line for every 32 megabytes.
 *
 * It only concerns the log, and most files are small, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «wget» https://example.com/app.tar.gz && «wget» -O /tmp/tool "$URL"
 * FROM fedora:41
 * RUN «wget» -c https://example.com/app.tar.gz
 * ```
 * > wget writes its progress to the log, thousands of lines for a large file
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget --progress=dot:giga https://example.com/app.tar.gz && wget --progress=dot:giga -O /tmp/tool "$URL"
 * FROM fedora:41
 * RUN wget -nv -c https://example.com/app.tar.gz
 * ```
 * The addresses may come from elsewhere, and on Alpine the wget of GNU may be installed:
 * ```dockerfile bad
 * FROM debian:12
 * RUN «wget» -i urls.txt && xargs «wget» -c < urls.txt
 * FROM alpine:3.20
 * RUN apk add --no-cache wget && «wget» https://example.com/app.tar.gz
 * ```
 * > wget writes its progress to the log, thousands of lines for a large file
 * ```dockerfile fixed
 * FROM debian:12
 * RUN wget --progress=dot:giga -i urls.txt && xargs wget --progress=dot:giga -c < urls.txt
 * FROM alpine:3.20
 * RUN apk add --no-cache wget && wget --progress=dot:giga https://example.com/app.tar.gz
 * ```
 * Where apt or yum works, wget is that of GNU, whatever the image:
 * ```dockerfile bad
 * FROM registry.example.com/base:1
 * RUN yum install -y wget
 * RUN «wget» https://example.com/app.tar.gz
 * ```
 * > wget writes its progress to the log, thousands of lines for a large file
 * ```dockerfile fixed
 * FROM registry.example.com/base:1
 * RUN yum install -y wget
 * RUN wget --progress=dot:giga https://example.com/app.tar.gz
 * ```
 * It accepts quiet calls, small files, and the wget of busybox, which knows no such option:
 * ```dockerfile good
 * FROM debian:12
 * RUN wget -q https://example.com/a.tgz && wget -nv https://example.com/b.tgz && wget --progress=bar https://example.com/c
 * RUN wget -qO- https://example.com/d.tgz | tar xz && wget https://example.com/e.tgz 2> /dev/null
 * RUN wget https://example.com/key.asc https://example.com/packages-acme-prod.deb && wget $WGET_OPTIONS https://example.com/f.tgz && wget --version
 * RUN wget -nvc https://example.com/app.tgz
 * FROM alpine:3.20
 * RUN wget https://example.com/app.tar.gz && apk add --no-cache wget
 * FROM debian:12 AS other
 * RUN apt-get update
 * FROM unknown
 * RUN apk add jq && wget https://example.com/app.tar.gz
 * ```
 */
export default defineRule({
  id: 'wget-progress',
  summary: 'wget fills the log with its progress',
  category: 'shell',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3047'],
  mentions: ['wget'],

  *check({ model }) {
    for (const command of model.commandsNamed('wget')) {
      if (command.instruction.keyword !== 'RUN' || !showsProgress(command)) continue;
      const base = model.stageOf(command.instruction)?.base;
      // Alpine and others have the wget of busybox.
      if (busybox.has(base?.packageManager) && !addsWget(model, command) && !isElsewhere(model, command))
        continue;
      // There it is wget2, which draws no dots.
      const option = base?.distribution === 'fedora' ? '-nv' : '--progress=dot:giga';
      const edit = addArguments(command, command.name, option);
      yield {
        at: command.name.span,
        message: 'wget writes its progress to the log, thousands of lines for a large file',
        ...(edit && { fix: { title: `Add ${option}`, edits: [edit] } }),
      };
    }
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'wget'))
      if (!hasWord(seen, '-nv') && !hasFlag(seen, '-q', '-o', '-a', ...quietForHadolint))
        yield { at: seen.command.name.span, message: 'wget writes its progress to the log' };
  },
});

/** Whether a command downloads something that may be large, and says so. */
function showsProgress(command: Command): boolean {
  const { options, operands } = argumentsOf(command);
  const isGiven = options.some(({ name }) => name === '-i' || name === '--input-file');
  const takesMore = isGiven || command.wrappers.some(({ program }) => program === 'xargs');
  if (
    (operands.length === 0 && !takesMore) ||
    options.some(({ name }) => name === '--version' || name === '--help')
  )
    return false;
  if (options.some(({ name, word }) => quiet.has(name) || /^-n[a-zA-Z]*v/.test(word.value ?? '')))
    return false;
  if (command.redirects.some(({ operator }) => /^(?:2|&)>/.test(operator))) return false;
  return operands.every(
    ({ splits, text, suffix }) => !(splits && /opt|arg|flag|param/i.test(text)) && !small.test(suffix),
  );
}

/** Whether a step before a command, or of the stages below it, installs the wget of GNU. */
function addsWget(model: Model, { instruction, span }: Command): boolean {
  const chain = model.stageOf(instruction)?.chain ?? [];
  return model.installs.some(
    ({ command, packages }) =>
      command.span.start < span.start &&
      packages.some(({ value }) => /^wget(?:[=<>~]|$)/.test(value ?? '')) &&
      chain.some((stage) => stage === model.stageOf(command.instruction)),
  );
}

/** Whether the manager of a distribution without busybox works in the image. */
function isElsewhere(model: Model, { instruction }: Command): boolean {
  const stage = model.stageOf(instruction);
  return (
    stage?.base.packageManager === undefined &&
    model.packageCommands.some(
      ({ manager: { scope, family }, command }) =>
        scope === 'system' && family !== 'apk' && model.stageOf(command.instruction) === stage,
    )
  );
}

/** Where wget may be the one of busybox. */
const busybox: ReadonlySet<string | undefined> = new Set([undefined, 'apk', 'none']);

const quiet: ReadonlySet<string> = new Set(
  '-q --quiet --no-verbose -o --output-file -a --append-output --progress --spider -b'.split(' '),
);

const quietForHadolint = ['--progress', '--quiet', '--no-verbose', '--output-file', '--append-output'];

/** Endings of files that are never large. */
const small =
  /\.(?:asc|gpg|key|sig|pub|pem|crt|sha\d+|md5|sh|py|list|repo|sources|txt|json|ya?ml|conf|cfg|ini|patch|diff|service|md|html?|xml|ldif|csv)$|[-_]prod\.deb$|[-_]release[^/]*\.(?:deb|rpm)$/;
