import { defineRule, remove } from '../core/lint/rule';
import type { Finding, Fix, Model, Stage } from '../core/lint/rule';
import { copiedEnvironments, editableInstalls } from '../core/analysis/packages/editable-installs';
import { addArguments } from '../core/shell/edits';

/**
 * An editable installation leaves a link to the sources. If a later stage copies the environment alone, the link leads
 * nowhere, and the program cannot import its own package.
 *
 * ```dockerfile bad
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv «sync» --locked --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * ```dockerfile fixed
 * FROM python:3.13-slim AS build
 * WORKDIR /app
 * COPY . .
 * RUN uv sync --no-editable --locked --no-cache
 * FROM python:3.13-slim
 * COPY --from=build /app/.venv /app/.venv
 * CMD ["/app/.venv/bin/server"]
 * ```
 * ```dockerfile bad
 * FROM python:3.13 AS build
 * WORKDIR /src
 * COPY . .
 * RUN python -m venv /opt/venv
 * ENV PATH=/opt/venv/bin:$PATH
 * RUN pip install «-e» . && pip install «--editable=.»
 * FROM python:3.13-slim
 * COPY --from=build /opt/venv /opt/venv
 * CMD ["/opt/venv/bin/server"]
 * ```
 */
