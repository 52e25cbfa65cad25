import { defineRule, replace } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import { matchesIn } from '../core/analysis/text/matches';
import { givesOption } from '../core/analysis/packages/package-commands';

/**
 * pip asks every index for every name and takes the highest version. If a name of your own index is free on another
 * one, anybody can register it there, and the build installs that package.
 *
 * ```dockerfile bad
 * FROM python:3.13
 * RUN pip install --no-cache-dir \
 *     # ours
 *     «--extra-index-url» https://pypi.example.com/simple acme-lib==1.2
 * RUN pip download «--extra-index-url=https://pypi.example.com/simple» acme-lib==1.2
 * RUN ["pip", "install", "--no-cache-dir", "«--extra-index-url»", "https://pypi.example.com/simple", "acme-lib==1.2"]
 * ```
 * > pip asks both indexes for every name, so a stranger can put a package of yours on the other one
 * ```dockerfile fixed
 * FROM python:3.13
 * RUN pip install --no-cache-dir \
 *     # ours
 *     --index-url https://pypi.example.com/simple acme-lib==1.2
 * RUN pip download --index-url=https://pypi.example.com/simple acme-lib==1.2
 * RUN ["pip", "install", "--no-cache-dir", "--index-url", "https://pypi.example.com/simple", "acme-lib==1.2"]
 * ```
 * With an index beside it, only you can tell which one has which package:
 * ```dockerfile bad
 * FROM python:3.13
 * ENV PIP_INDEX_URL=https://c.example.com/simple
 * RUN pip install --no-cache-dir «--extra-index-url» https://b.example.com/simple y==1
 * RUN pip install --no-cache-dir -i https://a.example.com/simple «--extra-index-url» https://b.example.com/simple x==1
 * RUN pip install --no-cache-dir «--extra-index-url» https://a.example.com «--extra-index-url» https://b.example.com x==1
 * ```
 * > pip asks both indexes for every name, so a stranger can put a package of yours on the other one
 * ```dockerfile bad severity="hint"
 * FROM python:3.13
 * RUN pip install --no-cache-dir «--extra-index-url» https://download.pytorch.org/whl/cpu torch==2.5.1
 * ```
 * > pip asks both indexes for every name, so a stranger can put a package of yours on the other one
 * With hashes, only the package that was meant fits. uv takes a package from the first index that has its name, and
 * asks the extra ones first:
 * ```dockerfile good
 * FROM python:3.13
 * RUN pip install --no-cache-dir --require-hashes --extra-index-url https://pypi.example.com/simple -r requirements.txt
 * RUN uv pip install --system --no-cache --extra-index-url https://pypi.example.com/simple x==1
 * RUN pip install --no-cache-dir --index-url https://pypi.example.com/simple x==1
 * ```
 * A variable and a setting do the same:
 * ```dockerfile bad
 * FROM python:3.13
 * ENV «PIP_EXTRA_INDEX_URL»=https://pypi.example.com/simple
 * RUN «PIP_EXTRA_INDEX_URL=https://b.example.com» pip install --no-cache-dir a==1
 * RUN pip config set «global.extra-index-url» https://pypi.example.com/simple
 * RUN export X=1 «PIP_EXTRA_INDEX_URL="https://b.example.com"» && pip install --no-cache-dir a==1
 * ARG PIP_EXTRA_INDEX_URL
 * ENV PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
 * ```
 * > pip asks both indexes for every name, so a stranger can put a package of yours on the other one
 * Other variables do not matter:
 * ```dockerfile good
 * FROM python:3.13
 * # No extra index.
 * RUN X=1 pip install a
 * ```
 * A line of pip.conf does the same:
 * ```dockerfile bad
 * FROM python:3.12
 * RUN printf "[global]\n«extra-index-url = https://pypi.example.com/simple»\n" > /etc/pip.conf
 * LABEL note="extra-index-url = https://pypi.example.com/simple"
 * ```
 * > pip asks both indexes for every name, so a stranger can put a package of yours on the other one
 */
export default defineRule({
  id: 'pip-extra-index-url',
  summary: 'A second package index can replace packages of the first',
  category: 'security',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['semgrep:dockerfile-pip-extra-index-url'],
  mentions: ['extra'],

  *check({ model }) {
    yield* fromVariables(model);
    for (const use of model.packageCommands) {
      const { command, manager, given } = use;
      if (manager.name !== 'pip' || givesOption(use, '--require-hashes', '--no-index')) continue;
      const { variables } = model.environmentAt(command.instruction);
      const others = given.filter(({ name }) => indexes.has(name));
      const isOnly = others.length === 1 && !variables.has('PIP_INDEX_URL');
      for (const { name, word, valueWord } of others) {
        if (name !== extra) continue;
        const isPublic = publicIndexes.test(valueWord?.text ?? '');
        const { start } = word.span;
        const at = { start, end: start + extra.length };
        yield {
          at: word.span,
          message,
          ...(isPublic && { severity: 'hint' }),
          ...(isOnly &&
            !isPublic &&
            command.editable &&
            word.text.startsWith(extra) && {
              fix: { title: 'Use this index alone', edits: [replace(at, '--index-url')] },
            }),
        };
      }
    }
  },
});

const message =
  'pip asks both indexes for every name, so a stranger can put a package of yours on the other one';

/** The same by a variable, or by a setting that pip stores. */
function* fromVariables(model: Model): Generator<Finding> {
  const places = [
    ...model
      .instructionsOf('ENV', 'ARG')
      .flatMap(({ pairs }) =>
        pairs.flatMap(({ key, value }) =>
          key.value === variable && value ? [{ at: key.span, index: value.value }] : [],
        ),
      ),
    ...model.commandsNamed('export').flatMap(({ args }) =>
      args.flatMap(({ text, span }) => {
        const index = /^PIP_EXTRA_INDEX_URL=["']?(.*?)["']?$/.exec(text)?.[1];
        return index === undefined ? [] : [{ at: span, index }];
      }),
    ),
    ...model
      .commandsNamed('pip', 'pip3')
      .flatMap(({ assignments, args }) => [
        ...assignments.flatMap(({ name, span, value }) =>
          name === variable ? [{ at: span, index: value?.text ?? '' }] : [],
        ),
        ...args.flatMap(({ value, span }, at) =>
          args[0]?.value === 'config' && value?.endsWith('.extra-index-url') === true
            ? [{ at: span, index: args[at + 1]?.text ?? '' }]
            : [],
        ),
      ]),
  ];
  for (const { match, at, instruction } of matchesIn(model, inFile))
    if (/^(?:RUN|COPY|ADD)$/.test(instruction.keyword)) places.push({ at, index: match[1] ?? '' });
  for (const { at, index } of places) if (index !== '' && !publicIndexes.test(index)) yield { at, message };
}

/** A line of pip.conf. */
const inFile = /(?:(?<![\w.-])|(?<=\\n))extra-index-url[ \t]*=[ \t]*([^\s\\"']+)/gi;

const variable = 'PIP_EXTRA_INDEX_URL';
const extra = '--extra-index-url';

/** Options that name where packages come from. */
const indexes = new Set([extra, '--index-url', '-i', '--find-links', '-f']);

/** Indexes of vendors, whose packages need others from PyPI. */
const publicIndexes =
  /^["']?https:\/\/(?:download\.pytorch\.org|pypi\.(?:nvidia|ngc\.nvidia)\.com|(?:test\.)?pypi\.org|data\.pyg\.org|www\.piwheels\.org|wheels\.vllm\.ai|azurecliprod\.blob\.core\.windows\.net|storage\.googleapis\.com\/jax-releases)(?:[/"']|$)/;
