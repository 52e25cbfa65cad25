// Files that COPY and ADD do not find.
import { hostOf } from '../cause';
import type { Cause } from '../cause';

export const copyCauses: readonly Cause[] = [
  {
    id: 'add-url-failed',
    said: 'builder',
    signs: [
      /ADD failed: failed to GET (?<url>\S+) with status (?<detail>\d+[^:]*)/,
      /failed to (?:load cache key|solve): invalid (?:response|not-modified) status(?: code)? (?<detail>\d+)/,
      /ADD failed: .*(?<url>https?:\/\/[^\s"]+)/,
      /(?:invalid response status|while downloading|downloading|fetching) .*(?<url>https?:\/\/[^\s"]+)/,
      /digest mismatch (?<detail>sha256:\w+)/,
    ],
    more: (facts, { instruction = '' }) => {
      const url = facts.url ?? /\bhttps?:\/\/\S+/.exec(instruction)?.[0];
      const host = hostOf(url);
      return { ...facts, ...(url !== undefined && { url }), ...(host !== undefined && { host }) };
    },
    message: ({ url = 'The file', detail = '' }) =>
      detail.startsWith('sha256')
        ? `${url} is no longer the file that --checksum names. Find out why before you change the checksum`
        : `ADD could not download ${url}${detail ? ` (${detail.trim()})` : ''}. Check the address, or run the build again if the server did not answer`,
  },
  {
    id: 'add-url-failed',
    weak: true,
    signs: [/^/],
    // All that such a step does is to download; of a page that the server answers with, a log may hold the end alone.
    more: (facts, { instruction = '' }) => {
      const url = /^(?:ONBUILD )?ADD (?:--\S+ )*(https?:\/\/\S+)/i.exec(instruction)?.[1];
      const host = hostOf(url);
      return url === undefined || host === undefined ? undefined : { ...facts, url, host };
    },
    message: ({ url = 'The file' }) =>
      `ADD could not download ${url}. Check the address, or run the build again if the server did not answer`,
  },
  {
    id: 'copy-outside-context',
    said: 'builder',
    signs: [/[Ff]orbidden path outside the build context: (?<path>.+?)(?: \(.*\))?$/],
    message: ({ path = 'The source' }) =>
      `${path} lies outside the build context, where no build can read. Build with a context above it, or pass a second one with --build-context`,
  },
  {
    id: 'copy-needs-folder',
    said: 'builder',
    signs: [/When using (?<command>COPY|ADD) with more than one source file/],
    message: ({ command = 'COPY' }) =>
      `${command} has several sources, so its destination must end with a slash. Add / to the end`,
  },
  {
    id: 'copied-file-missing',
    said: 'builder',
    signs: [
      /(?:COPY|ADD) failed: file not found in build context or excluded by \.dockerignore: stat (?<path>.+?): file does not exist/,
      /(?:COPY|ADD) failed: (?:l?stat|open) (?:\/var\/lib\/docker\/(?:tmp\/docker-builder\d+|\S+?\/(?:diff|merged))\/?)?(?<path>.*?): no such file or directory/,
      /(?:COPY|ADD) failed: no source files were specified/,
      /(?:COPY|ADD) failed: (?<path>.+): no such file or directory/,
      /failed to calculate checksum of ref [^"]+"(?<path>[^"]+)": not found/,
      /failed to compute cache key: "(?<path>[^"]+)" not found/,
      /"(?<path>\/[^"]*)":? not found(?:: not found)?$/,
      /lstat \S*buildkit-mount\d+\/(?<path>.+?): no such file or directory/,
      /(?:copier: stat: |no items matching glob )"?(?<path>[^":]+)"?[^:]*: no such file or directory/,
      /no items matching glob "(?<path>[^"]+)"/,
      /failed to get fileinfo for (?<path>[^:]+): lstat/,
      /no source files (?:were )?(?:specified|found)/,
    ],
    more(facts, { instruction = '' }) {
      const from = /^(?:ONBUILD )?(?:COPY|RUN)\b.*?\bfrom=([^\s,]+)/i.exec(instruction)?.[1];
      if (/^(?:FROM|RUN)\b/i.test(instruction) && from === undefined && facts.path === undefined)
        return undefined;
      return from === undefined ? facts : { ...facts, image: from };
    },
    message: ({ path, image }) =>
      image === undefined
        ? `${path ? `${path} is` : 'What the instruction copies is'} not in the build context. Check the path, which counts from the context and not from the Dockerfile, the folder that the build was given, and the ignore file`
        : `${path ?? 'What the instruction copies'} is not in ${image}. Check the path, and what that stage writes`,
  },
];
