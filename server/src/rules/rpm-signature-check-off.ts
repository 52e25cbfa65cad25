import { defineRule } from '../core/lint/rule';
import { namesOnlyFiles } from '../core/analysis/packages/package-commands';
import { switchedOff } from '../core/families/verification-off';
import { rpmSignatures } from '../core/knowledge/programs/verification';

/**
 * yum, dnf, zypper and rpm check the signature of each package. Without that, whoever answers for the mirror decides what
 * the image runs. Import the key of the repository with `rpm --import` instead.
 *
 * ```dockerfile bad
 * FROM fedora:41
 * RUN dnf install -y «--nogpgcheck» nginx && rpm -i «--nosignature» "$URL"
 * RUN yum-config-manager --save «--setopt=extras.sslverify=false» && zypper «--no-gpg-checks» install -y git
 * ```
 * > --nogpgcheck lets dnf install packages without a valid signature
 * > --nosignature lets rpm install packages without a valid signature
 * > --setopt=extras.sslverify=false lets yum-config-manager install packages without a valid signature
 * > --no-gpg-checks lets zypper install packages without a valid signature
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y nginx && rpm -i "$URL"
 * RUN yum-config-manager --save && zypper install -y git
 * ```
 * ```dockerfile bad
 * FROM fedora:41
 * COPY <<EOF /etc/yum.repos.d/example.repo
 * [example]
 * baseurl=https://example.com/rpm
 * repo_gpgcheck=0
 * «gpgcheck=0»
 * EOF
 * RUN sed -i s/gpgcheck=0/gpgcheck=1/ /etc/yum.repos.d/*.repo
 * ```
 * > gpgcheck=0 lets dnf install packages without a valid signature
 * The build itself brought a local file, and https names the server, so these are only a hint:
 * ```dockerfile bad severity="hint"
 * FROM fedora:41
 * RUN dnf install -y «--nogpgcheck» /tmp/app.rpm https://example.com/release.rpm
 * ```
 * > --nogpgcheck lets dnf install packages without a valid signature
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y /tmp/app.rpm https://example.com/release.rpm
 * ```
 * ```dockerfile good
 * FROM fedora:41
 * RUN dnf install -y nginx && dnf config-manager --setopt=gpgcheck=1
 * ```
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper ar «-G» https://example.com/repo example && zypper -n in «--allow-unsigned-rpm» tool
 * ```
 * > -G lets zypper install packages without a valid signature
 * > --allow-unsigned-rpm lets zypper install packages without a valid signature
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper ar https://example.com/repo example && zypper -n in tool
 * ```
 */
export default defineRule({
  id: 'rpm-signature-check-off',
  summary: 'RPM packages are installed without checking their signature',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_9', 'checkov:CKV2_DOCKER_10', 'checkov:CKV2_DOCKER_15'],
  mentions: [
    'nogpgcheck',
    'gpgcheck',
    'gpgchecks',
    'gpg',
    'nosignature',
    'nodigest',
    'noverify',
    'nofiledigest',
    'sslverify',
    'unsigned',
    'zypper',
  ],

  *check({ model }) {
    for (const { finding, command } of switchedOff(model, rpmSignatures)) {
      const isLocal = command && namesOnlyFiles(command, '.rpm');
      yield isLocal ? { ...finding, severity: 'hint' } : finding;
    }
  },
});
