// Downloads: wget, curl, and what they bring. Both are often told to be silent: then the exit code alone speaks.
import { hostOf, lastMatch } from '../cause';
import type { Cause, Evidence } from '../cause';
import type { Facts } from '../explanation';

function withAddress(facts: Facts, { printed, instruction = '' }: Evidence): Facts {
  const all = instruction.match(/(?:https?|ftp):\/\/[^\s'"|;)]+/g) ?? [];
  const url =
    facts.url ??
    lastMatch(printed, /^--[\d: -]+--  (\S+)/)?.[1] ??
    (all.length === 1 ? all[0] : undefined) ??
    lastMatch(printed, /^(?!fetch |Get:|Hit:|Ign:).*?((?:https?|ftp):\/\/[^\s'"<>)]+)/)?.[1];
  const host = facts.host ?? hostOf(url);
  return { ...facts, ...(url !== undefined && { url }), ...(host !== undefined && { host }) };
}

/** Whether the step downloads with one of these programs. */
function uses({ instruction = '', printed }: Evidence, program: RegExp): boolean {
  return program.test(instruction) || lastMatch(printed, program) !== undefined;
}

export const downloadCauses: readonly Cause[] = [
  {
    id: 'checksum-differs',
    signs: [
      /^(?<path>Installer) (?:corrupt|invalid)/,
      /^(?:ERROR: )?Invalid (?<path>installer) (?:signature|checksum)/,
      /(?<!\S)(?<path>\S+): FAILED$/,
      /(?:sha\d+sum|md5sum|shasum): WARNING: \d+ (?:of \d+ )?computed checksums? did NOT match/,
      /(?:checksum|digest|hash|SHA\d*|MD5)s? (?:mismatch|did not match|does not match|verification failed|failed)/i,
    ],
    message: ({ path }) =>
      /^installer$/i.test(path ?? '')
        ? 'The installer of composer is not the one whose checksum is written down: each release has another one. Compare it with the one that its publisher names now'
        : `${path?.replace(/^-$/, '') || 'The download'} is not the file whose checksum is written down. Find out why before you change the checksum`,
  },
  {
    id: 'signature-unchecked',
    signs: [/gpg: BAD signature|gpg: Can't check signature: (?:No public key|public key not found)/],
    message: () =>
      'The signature of the download could not be checked: its key is missing, or the file is another one. Fetch the current key from the publisher',
  },
  {
    id: 'download-tls',
    signs: [
      /(?:SSL certificate problem|certificate verify failed|unable to get local issuer|certificate is not trusted|certificate has expired|server certificate verification failed|SSL_ERROR|not trusted by|cannot verify (?<host>[^'\s]+)'s certificate)/i,
      /ERROR: (?:The certificate of|no certificate subject|certificate common name)/,
      /(?:Unable to establish SSL connection|OpenSSL: error|SSL routines|sslv3 alert|wrong version number|tlsv1 alert|GnuTLS: )/i,
      /curl: \((?:35|51|58|60|77)\) (?<detail>.*)/,
      /error setting certificate verify locations/,
    ],
    more: withAddress,
    message: ({ host = 'The server' }) =>
      `${host} has a certificate that this image does not trust. Install ca-certificates first, or take a newer image; an old one knows neither current certificates nor TLS`,
  },
  {
    id: 'download-gone',
    signs: [
      /ERROR (?<detail>4\d\d): /,
      /curl: \(22\) The requested URL returned error: (?<detail>4\d\d)/,
      /(?:server returned error: HTTP\/\d\.\d|HTTP request sent, awaiting response\.\.\.|HTTP error|HTTP Error|Response code|HTTP\/[\d.]+) (?<detail>4\d\d)/,
      /curl: \((?:78|9)\) /,
      /(?:404:? Not Found|403:? Forbidden|410:? Gone|NoSuchKey|AccessDenied)/i,
      /sh: (?:line )?\d+: (?:Syntax error: newline unexpected|syntax error near unexpected token `(?:<|newline))|^<(?:!DOCTYPE|html)/i,
      /(?:JSONDecodeError|parse error: Invalid numeric literal)/,
      /(?:jq|curl): .*(?:error|failed).*/,
    ],
    more: withAddress,
    message: ({ url = 'The address', detail }) =>
      `${url} is not there${detail ? ` (${detail})` : ''}. The file has moved or was removed: take the current address from the publisher`,
  },
  {
    id: 'download-no-answer',
    signs: [
      /(?:wget: )?unable to resolve host address ['‘`"]?(?<host>[\w.-]+)/,
      /curl: \(6\) (?:Could not|Couldn't) resolve (?:host|proxy):? '?(?<host>[\w.-]+)?/,
      /wget: bad address '(?<host>[^']+)'/,
      /Could not resolve (?:host|proxy):? '?(?<host>[\w.-]+)/,
      /(?:Temporary failure in name resolution|Name or service not known|nodename nor servname|Name does not resolve|getaddrinfo failed|no such host)/,
      /curl: \((?:5|7|18|28|52|55|56|92)\) (?<detail>.*)/,
      /wget: download timed out|can't connect to remote host|Read error at byte|Giving up\.$/,
      /(?:Connection (?:refused|timed out|reset by peer)|Operation timed out|Network is unreachable|No route to host|i\/o timeout|ReadTimeout(?:Error)?|read operation timed out|ConnectTimeout|EOF occurred)/i,
      /(?:ERROR|error:|HTTP\/\d\.\d|returned error:|awaiting response\.\.\.|HTTP error) (?<detail>5\d\d)/,
    ],
    more: (facts, evidence) =>
      /Giving up|Read error/.test(facts.said ?? '') && !uses(evidence, /wget|curl|http/)
        ? undefined
        : withAddress(facts, evidence),
    message: ({ host = 'A server', detail }) =>
      `${host} did not answer${detail ? ` (${detail.trim()})` : ''}. If it still exists, run the build again; else take the current address from the publisher`,
  },
  {
    id: 'download-not-an-archive',
    signs: [
      /(?:not in gzip format|gzip: (?:stdin: )?unexpected end of file|tar: Unexpected EOF in archive|xz: .*Unexpected end of input|gzip: invalid magic|invalid (?:gzip )?magic|This does not look like a tar archive|File format not recognized|End-of-central-directory signature not found|unzip: (?:cannot find|can't)|is not a zip file|invalid tar magic|short read|not a bzip2 file)/,
      /cannot open (?:html|!DOCTYPE): No such file/,
    ],
    more(facts, evidence) {
      if (!uses(evidence, /wget|curl|http|tar|unzip/)) return undefined;
      // What a program that is not there hands on is empty, too.
      if (lastMatch(evidence.printed, /(?:curl|wget): (?:command )?not found/)) return undefined;
      // What curl says it got is too short for an archive.
      const bytes = lastMatch(evidence.printed, /^100 +(\d{1,3}) +(?:100 +\d+ )?/)?.[1];
      const isEmpty = /unexpected end of (?:file|input)|unexpected EOF/i.test(facts.said ?? '');
      const detail = bytes === undefined ? (isEmpty ? 'nothing' : undefined) : `${bytes} bytes`;
      return { ...withAddress(facts, evidence), ...(detail !== undefined && { detail }) };
    },
    message: ({ url, detail }) =>
      detail === 'nothing'
        ? `Nothing, or not all, came from ${url ?? 'the address'}: the server refused it, or the connection broke. Check the address, and let the download print its errors`
        : `What was downloaded${url === undefined ? '' : ` from ${url}`} is not what the command expects, most likely a page that says it is gone. Check the address, and let curl fail on errors with -f`,
  },
];

/** For commands that say nothing: what their exit codes mean. */
export const silentCauses: readonly Cause[] = [
  {
    id: 'download-gone',
    weak: true,
    signs: [/^/],
    more(facts, evidence) {
      const { exitCode } = evidence;
      const refused =
        (exitCode === 22 && uses(evidence, /\bcurl\b/)) ||
        (exitCode === 8 && uses(evidence, /\bwget\b/)) ||
        ((exitCode === 2 || exitCode === 9) &&
          /(?:curl|wget)[^|]*\| *(?:tar|gunzip|unzip)/.test(evidence.instruction ?? ''));
      return refused ? withAddress(facts, evidence) : undefined;
    },
    message: ({ url = 'the address', exit }) =>
      `The server refused ${url} (exit code ${exit ?? ''}). The file has moved or was removed: take the current address from the publisher`,
  },
  {
    id: 'download-no-answer',
    weak: true,
    signs: [/^/],
    more(facts, evidence) {
      const { exitCode = 0 } = evidence;
      const network =
        ([5, 6, 7, 18, 28, 35, 52, 56].includes(exitCode) && uses(evidence, /\bcurl\b/)) ||
        ([4, 5].includes(exitCode) && uses(evidence, /\bwget\b/));
      return network ? withAddress(facts, evidence) : undefined;
    },
    message: ({ host = 'A server', exit }) =>
      `${host} did not answer (exit code ${exit ?? ''}). Check its name and the network, and run the build again`,
  },
];
