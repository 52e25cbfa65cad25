import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag } from '../core/analysis/images/base-version';
import type { Command } from '../core/shell/types';

/**
 * Poetry 2 has no command `export`: it is in a plugin now, `poetry-plugin-export`, which has to be installed beside it. The
 * step ends with "The requested command export does not exist".
 *
 * ```dockerfile bad
 * FROM python:3.14-slim AS build
 * RUN pip install poetry==2.5.1
 * COPY pyproject.toml poetry.lock ./
 * RUN poetry «export» --output=requirements.txt
 * ```
 * > Poetry 2 has no export without poetry-plugin-export, so the build stops
 * Without a version, pip takes the newest one that the Python of the image can run:
 * ```dockerfile bad severity="error hint"
 * FROM python:3.12 AS base
 * RUN python -m venv /opt/poetry && /opt/poetry/bin/pip install "poetry>=1.8"
 * FROM base
 * RUN /opt/poetry/bin/poetry «export» -f requirements.txt -o requirements.txt
 * RUN poetry «export» || true
 * ```
 * > Poetry 2 has no export without poetry-plugin-export, so the build stops
 * > Poetry 2 has no export without poetry-plugin-export, so this fails
 * ```dockerfile good
 * FROM python:3.12
 * RUN pip install poetry==1.8.5
 * RUN poetry export -o requirements.txt && poetry install
 * FROM python:3.12
 * RUN pip install 'poetry<2' && poetry export -o requirements.txt
 * FROM python:3.12
 * RUN pip install poetry~=1.8 && poetry export -o requirements.txt
 * FROM python:3.12
 * RUN pip install poetry==$POETRY && poetry export -o requirements.txt
 * FROM python:3.8
 * RUN pip install poetry && poetry export -o requirements.txt
 * FROM debian:12
 * RUN pip install poetry && poetry export -o requirements.txt
 * FROM python:3.12
 * RUN pip install flask && poetry export -o requirements.txt
 * ```
 * ```dockerfile good
 * FROM python:3.12
 * RUN pip install poetry poetry-plugin-export
 * RUN poetry export -o requirements.txt
 * ```
 *
 * @skip onbuild what the stage installed before is not known in a trigger
 */
export default defineRule({
  id: 'poetry-export-gone',
  summary: 'A step calls poetry export, which Poetry 2 does not have',
  category: 'build',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['poetry'],

  *check({ model }) {
    if (model.document.text.includes('poetry-plugin-export')) return;
    for (const command of model.commandsNamed('poetry')) {
      const [word] = command.args;
      if (word?.value !== 'export' || !hasPoetry2(model, command)) continue;
      const stops = stopsBuild(model, command.instruction, command);
      yield {
        at: word.span,
        message: `Poetry 2 has no export without poetry-plugin-export, so ${stops ? 'the build stops' : 'this fails'}`,
        severity: stops ? 'error' : 'hint',
      };
    }
  },
});

/** Whether pip installed Poetry 2 in the stage of a command, or in one that it goes on with. */
function hasPoetry2(model: Model, command: Command): boolean {
  const stage = model.stageOf(command.instruction);
  // Poetry 2 wants Python 3.9; for an older one pip takes a Poetry of then.
  const tag = baseTag(model, stage, 'python');
  const isRecent = tag !== undefined && !/^(?:2|3\.[0-8])(?!\d)/.test(tag);
  const installs = [...model.commandsNamed('pip', 'pip3', 'pipx')].filter(({ instruction }) => {
    const other = model.stageOf(instruction);
    return other !== undefined && stage?.chain.includes(other);
  });
  const versions = installs.flatMap(({ args }) =>
    args.flatMap(({ value }) => /^poetry(?![\w.-])(?:\[\w+\])?(.*)$/.exec(value ?? '')?.[1] ?? []),
  );
  // A version that is not known makes a word that is not known, which is none of these.
  return versions.some((one) => /^==2\b/.test(one) || (isRecent && /^(?:>=?[12][\d.]*)?$/.test(one)));
}
