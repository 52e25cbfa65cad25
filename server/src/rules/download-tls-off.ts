import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import type { Command } from '../core/shell/types';
import { switchedOff } from '../core/families/verification-off';
import { downloadTls } from '../core/knowledge/programs/verification';

/**
 * Without a check of its certificate, anyone between the build and the server can replace what is downloaded, and with it
 * what the image runs. If the certificate is of an own authority, add that to the image, or name it with `--cacert`.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN curl «-fksSL» -o app.tgz https://example.com/app.tgz && wget «--no-check-certificate» -q https://example.com/x
 * RUN curl -o app.tgz «-k» "$URL" && curl «--insecure» https://example.com/y -O
 * RUN git «-c http.sslVerify=false» clone https://example.com/repo.git
 * RUN «git config --global http.sslVerify false»
 * ```
 * > -k lets curl trust any server, even one that poses as the right one
 * > --no-check-certificate lets wget trust any server, even one that poses as the right one
 * > -k lets curl trust any server, even one that poses as the right one
 * > --insecure lets curl trust any server, even one that poses as the right one
 * > -c http.sslVerify=false lets git trust any server, even one that poses as the right one
 * > This setting lets git trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN curl -fsSL -o app.tgz https://example.com/app.tgz && wget -q https://example.com/x
 * RUN curl -o app.tgz "$URL" && curl https://example.com/y -O
 * RUN git clone https://example.com/repo.git
 * ```
 * Other programs that fetch something have such an option, too:
 * ```dockerfile bad
 * FROM debian:12
 * RUN helm repo add acme https://example.com «--insecure-skip-tls-verify» && skopeo copy «--src-tls-verify=false» docker://a dir:b
 * RUN aws «--no-verify-ssl» s3 cp s3://acme/app . && svn co «--trust-server-cert» https://example.com/repo
 * RUN http «--verify=no» https://example.com/a && cpanm «--no-check-certificate» Moose
 * RUN «composer config -g disable-tls true» && «poetry config certificates.acme.cert false»
 * RUN «bundle config ssl_verify_mode 0» && echo «insecure» >> ~/.curlrc && echo "«check_certificate = off»" >> ~/.wgetrc
 * ```
 * > --insecure-skip-tls-verify lets helm trust any server, even one that poses as the right one
 * > --src-tls-verify=false lets skopeo trust any server, even one that poses as the right one
 * > --no-verify-ssl lets aws trust any server, even one that poses as the right one
 * > --trust-server-cert lets svn trust any server, even one that poses as the right one
 * > --verify=no lets http trust any server, even one that poses as the right one
 * > --no-check-certificate lets cpanm trust any server, even one that poses as the right one
 * > This setting lets composer trust any server, even one that poses as the right one
 * > This setting lets poetry trust any server, even one that poses as the right one
 * > This setting lets bundle trust any server, even one that poses as the right one
 * > insecure lets git, curl or wget trust any server, even one that poses as the right one
 * > check_certificate = off lets git, curl or wget trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN helm repo add acme https://example.com && skopeo copy docker://a dir:b
 * RUN aws s3 cp s3://acme/app . && svn co https://example.com/repo
 * RUN http https://example.com/a && cpanm Moose
 * RUN echo insecure >> ~/.curlrc && echo "check_certificate = off" >> ~/.wgetrc
 * ```
 * A later check of the content finds what was replaced, so this is only a hint:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN curl «-k» -o app.tgz https://example.com/app.tgz && echo "$SUM  app.tgz" | sha256sum -c
 * RUN curl «-k» -o app.tgz https://example.com/app.tgz && gpg --verify app.tgz.asc
 * ```
 * > -k lets curl trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN curl -o app.tgz https://example.com/app.tgz && echo "$SUM  app.tgz" | sha256sum -c
 * RUN curl -o app.tgz https://example.com/app.tgz && gpg --verify app.tgz.asc
 * ```
 * Nobody else can answer for the machine itself:
 * ```dockerfile good
 * FROM debian:12
 * RUN curl -k https://localhost:8443/health && wget -k https://example.com/page.html
 * HEALTHCHECK CMD curl -kf https://app:8443/health
 * ```
 * A variable may hold the options:
 * ```dockerfile bad
 * FROM debian:12
 * ARG CURL_OPTIONS="-fsSL --insecure"
 * RUN curl «$CURL_OPTIONS» https://example.com/a -o a && curl $OTHER https://example.com/b -o b
 * ```
 * > --insecure in $CURL_OPTIONS lets curl trust any server, even one that poses as the right one
 * ```dockerfile bad
 * FROM debian:12
 * RUN curl «--doh-insecure» -fsSLO https://example.com/a
 * ```
 * > --doh-insecure lets curl trust any server, even one that poses as the right one
 * ```dockerfile fixed
 * FROM debian:12
 * RUN curl -fsSLO https://example.com/a
 * ```
 */
export default defineRule({
  id: 'download-tls-off',
  summary: 'A download does not check who it comes from',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_2', 'checkov:CKV2_DOCKER_3'],
  mentions: [
    'curl',
    'wget',
    'git',
    'aria',
    'conda',
    'mamba',
    'certificate',
    'certificates',
    'sslverify',
    'insecure',
    'trust',
    'verify',
    'ssl',
    'tls',
    'secure',
  ],

  *check({ model }) {
    for (const { finding, command } of switchedOff(model, downloadTls)) {
      const isChecked = command && checksLater(model, command);
      yield isChecked ? { ...finding, severity: 'hint' } : finding;
    }
  },
});

/** Whether the same step compares a checksum or a signature after the download. */
function checksLater(model: Model, { instruction, index }: Command): boolean {
  return model.commandsOf(instruction).some(({ program, args, index: at }) => {
    const option =
      program === 'gpg' ? /^--verify$/ : contentCheckers.test(program) ? /^(?:-\w*c\w*|--check)$/ : undefined;
    return at > index && option !== undefined && args.some(({ value }) => option.test(value ?? ''));
  });
}

const contentCheckers = /^(?:(?:sha\d+|b2|md5)sum|shasum)$/;
