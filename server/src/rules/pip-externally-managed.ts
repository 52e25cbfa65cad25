import { defineRule } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { groupByRoot } from '../core/analysis/images/root-stage';
import { systemPipIn, useOverride, useVenv } from './pip-externally-managed.parts';

/**
 * The Python of Debian 12, Ubuntu 23.04, Alpine 3.19 and later belongs to the distribution, and pip installs nothing there:
 * `error: externally-managed-environment` (PEP 668). Packages of other sources need a virtual environment. In front of
 * `PATH`, it serves every later step and the program itself.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     python3-pip \
 *     curl
 * # what the service needs
 * RUN pip3 «install» flask
 * FROM alpine:3.20
 * RUN apk add --no-cache py3-pip git && \
 *     python3 -m pip «install» flask && pip install gunicorn
 * COPY --from=0 /app /app
 * ```
 * > The Python of Debian 12 refuses packages from pip, so the build stops
 * > The Python of Alpine 3.20 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     python3-pip \
 *     python3-venv \
 *     curl
 * RUN python3 -m venv /opt/venv
 * ENV PATH=/opt/venv/bin:$PATH
 * # what the service needs
 * RUN pip3 install flask
 * FROM alpine:3.20
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN apk add --no-cache py3-pip git && \
 *     python3 -m venv /opt/venv && \
 *     python3 -m pip install flask && pip install gunicorn
 * COPY --from=0 /app /app
 * ```
 * ```dockerfile fixed alternative="Add --break-system-packages"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     python3-pip \
 *     curl
 * # what the service needs
 * RUN pip3 install --break-system-packages flask
 * FROM alpine:3.20
 * RUN apk add --no-cache py3-pip git && \
 *     python3 -m pip install flask && pip install gunicorn
 * COPY --from=0 /app /app
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y python3-pip && pip «install» flask
 * ```
 * > The Python of Debian 12 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN apt-get update && apt-get install -y python3-pip python3-venv && python3 -m venv /opt/venv && pip install flask
 * ```
 * An environment also brings pip, so it takes the place of `ensurepip`. It sees the Python packages of the distribution
 * only if it is told to:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache python3 py3-numpy && python3 -m «ensurepip» --upgrade && pip3 install flask
 * ```
 * > The Python of Alpine 3.20 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM alpine:3.20
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN apk add --no-cache python3 py3-numpy && python3 -m venv --system-site-packages /opt/venv && pip3 install flask
 * ```
 * The fix needs root, a place to write to, and a pip that the `PATH` decides:
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * USER app
 * RUN pip «install» flask
 * ```
 * > The Python of Ubuntu 24.04 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * USER app
 * RUN pip install --break-system-packages flask
 * ```
 * ```dockerfile bad
 * FROM alpine:edge
 * RUN apk add --no-cache py3-pip; pip «install» flask || exit 1
 * ```
 * > The Python of Alpine edge refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM alpine:edge
 * RUN apk add --no-cache py3-pip; pip install --break-system-packages flask || exit 1
 * ```
 * If only the tag of somebody's image names the release, it is less certain:
 * ```dockerfile bad severity="warning"
 * FROM acme/cuda:12.4.0-base-ubuntu24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * RUN pip3 «install» torch
 * ```
 * > The Python of Ubuntu 24.04 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM acme/cuda:12.4.0-base-ubuntu24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * RUN pip3 install --break-system-packages torch
 * ```
 * A failure that is ignored stops nothing:
 * ```dockerfile bad severity="hint"
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * RUN /usr/bin/pip3 «install» flask || true
 * ```
 * > The Python of Ubuntu 24.04 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y python3-pip python3-venv
 * RUN /usr/bin/pip3 install --break-system-packages flask || true
 * ```
 * Another Python, an environment, another folder and pip's own settings are fine:
 * ```dockerfile good
 * FROM python:3.13
 * RUN apt-get update && apt-get install -y python3-pip && pip install flask
 * FROM debian:11
 * RUN apt-get update && apt-get install -y python3-pip && pip install flask
 * FROM debian:12
 * RUN apt-get update && apt-get install -y python3-pip && python3 -m venv /v && /v/bin/pip install flask
 * FROM debian:12 AS base
 * RUN apt-get update && apt-get install -y python3-pip && pip install --target=/out -r requirements.txt
 * RUN /opt/python/bin/pip install flask && $PYTHON -m pip install flask && pip download flask
 * RUN pip install --break-system-packages flask
 * FROM base
 * ENV PIP_BREAK_SYSTEM_PACKAGES=1
 * RUN pip install flask
 * FROM debian:12
 * RUN pip install flask
 * ```
 * What pip is to install does not help pip itself:
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y python3-pip && pip «install» uv
 * ```
 * > The Python of Ubuntu 24.04 refuses packages from pip, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:24.04
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN apt-get update && apt-get install -y python3-pip python3-venv && python3 -m venv /opt/venv && pip install uv
 * ```
 */
export default defineRule({
  id: 'pip-externally-managed',
  summary: 'pip cannot install into the Python of the distribution',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['pip-system-python'],
  mentions: ['pip', 'ensurepip'],

  *check({ model }) {
    for (const uses of groupByRoot(model, systemPipIn(model))) {
      const stops = uses.some(({ command, instruction }) => stopsBuild(model, instruction, command));
      const venv = useVenv(model, uses);
      const override = useOverride(uses);
      yield {
        at: uses[0].verb.span,
        message: `The Python of ${uses[0].system} refuses packages from pip, so the build stops`,
        severity: !stops ? 'hint' : uses[0].certain ? 'error' : 'warning',
        fix: venv ?? override,
        alternatives: venv && override ? [override] : [],
      };
    }
  },
});
