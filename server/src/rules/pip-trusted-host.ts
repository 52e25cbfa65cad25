import { defineRule } from '../core/lint/rule';
import { switchedOff } from '../core/families/verification-off';
import { pipHosts } from '../core/knowledge/programs/verification';

/**
 * From a trusted host pip takes packages without a valid certificate, so anyone between the build and the host can replace
 * them. If the index has a certificate of its own authority, add that authority to the image.
 *
 * ```dockerfile bad
 * FROM python:3.13
 * ENV «PIP_TRUSTED_HOST=pypi.example.com» PIP_NO_CACHE_DIR=1
 * RUN pip install «--trusted-host pypi.org» «--trusted-host=files.pythonhosted.org» flask==3.0.0
 * RUN python -m pip install flask==3.0.0 «--trusted-host $HOST»
 * RUN «pip config set global.trusted-host pypi.org»
 * RUN «PIP_TRUSTED_HOST=pypi.org» pip install -r requirements.txt
 * ```
 * > PIP_TRUSTED_HOST lets pip take packages from this host without a certificate
 * > --trusted-host pypi.org lets pip take packages from this host without a certificate
 * > --trusted-host=files.pythonhosted.org lets pip take packages from this host without a certificate
 * > --trusted-host $HOST lets python take packages from this host without a certificate
 * > This setting lets pip take packages from this host without a certificate
 * > PIP_TRUSTED_HOST lets pip take packages from this host without a certificate
 * ```dockerfile fixed
 * FROM python:3.13
 * ENV PIP_NO_CACHE_DIR=1
 * RUN pip install flask==3.0.0
 * RUN python -m pip install flask==3.0.0
 * RUN pip install -r requirements.txt
 * ```
 * If the index has no encryption at all, pip refuses it without the option, so there is no fix:
 * ```dockerfile bad
 * FROM python:3.13
 * RUN pip install «--trusted-host mirror.example.com» -i http://mirror.example.com/simple flask==3.0.0
 * ```
 * > --trusted-host mirror.example.com lets pip take packages from this host without a certificate
 * ```dockerfile good
 * FROM python:3.13
 * ENV PIP_TRUSTED_HOST=
 * RUN pip install --trusted-host localhost -i http://localhost:3141/simple flask==3.0.0
 * ```
 */
export default defineRule({
  id: 'pip-trusted-host',
  summary: 'pip does not check who it downloads from',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  once: 'in each step',
  alsoKnownAs: ['checkov:CKV2_DOCKER_4', 'checkov:CKV2_DOCKER_16'],
  mentions: ['trusted', 'insecure'],

  *check({ model }) {
    for (const { finding } of switchedOff(model, pipHosts)) yield finding;
  },
});
