// Cosign.
import { successAlone } from '../readers';
import { signRun, verifyRun } from '../release/signing';
import type { SignOrder, VerifyMeans } from '../release/signing';
import { askVersion, defineTool } from '../tool';

export const cosign = defineTool({
  id: 'cosign',
  title: 'Cosign',
  kind: 'signer',
  rank: 1,
  get: 'https://docs.sigstore.dev/cosign/system_config/installation/',
  programs: ['cosign'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    sign: (tool, order) => ({
      ...signRun(tool, ['sign', ...signArguments(order), order.image]),
      reader: successAlone,
    }),
    attest: (tool, order) => {
      const what = [`--type=${predicates[order.format]}`, `--predicate=${order.predicate}`];
      const args = ['attest', ...what, ...signArguments(order), order.image];
      return { ...signRun(tool, args), reader: successAlone };
    },
    verify: (tool, { image, means, insecure, withoutLog, attestation }) =>
      verifyRun(tool, [
        ...(attestation === undefined
          ? ['verify', '--output=json']
          : ['verify-attestation', `--type=${predicates[attestation]}`]),
        ...verifyArguments(means),
        ...(withoutLog ? ['--insecure-ignore-tlog=true'] : []),
        ...registryArguments(insecure),
        image,
      ]),
  },
});

const predicates = { spdx: 'spdxjson', cyclonedx: 'cyclonedx' } as const;

function signArguments({ means, configuration, insecure }: SignOrder): string[] {
  return [
    // Whoever asks for a signature agrees to what keyless signing publishes; no one may be there to say yes.
    '--yes',
    ...(means.kind === 'key' ? [`--key=${means.file}`] : []),
    ...(configuration === undefined ? [] : [`--signing-config=${configuration}`]),
    ...registryArguments(insecure),
  ];
}

function verifyArguments(means: VerifyMeans): string[] {
  return means.kind === 'key'
    ? [`--key=${means.file}`]
    : [`--certificate-identity=${means.identity}`, `--certificate-oidc-issuer=${means.issuer}`];
}

function registryArguments(insecure: boolean): string[] {
  return insecure ? ['--allow-http-registry', '--allow-insecure-registry'] : [];
}
