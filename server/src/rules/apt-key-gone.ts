import { defineRule, replace } from '../core/lint/rule';
import type { Edit, Fix, Model, Stage } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { groupByRoot } from '../core/analysis/images/root-stage';
import { isSince } from '../core/knowledge/images/releases';
import type { Command } from '../core/shell/types';

/**
 * Debian 13 has no `apt-key` any more. A key belongs to the package source that it signs: `signed-by` names its file.
 *
 * ```dockerfile bad
 * FROM debian:13
 * RUN curl -fsSL https://dl.example.com/key.asc | «apt-key» add - && \
 *     echo "deb https://apt.example.com/ stable main" > /etc/apt/sources.list.d/tool.list
 * RUN wget -qO- https://packages.example.org/key.gpg | apt-key add -
 * # other packages
 * RUN echo 'deb [arch=amd64] https://packages.example.org/debian trixie main' >> /etc/apt/sources.list
 * ```
 * > This release has no apt-key, so the build stops
 * ```dockerfile fixed
 * FROM debian:13
 * RUN curl -fsSL https://dl.example.com/key.asc > /etc/apt/keyrings/example.asc && \
 *     echo "deb [signed-by=/etc/apt/keyrings/example.asc] https://apt.example.com/ stable main" > /etc/apt/sources.list.d/tool.list
 * RUN wget -qO- https://packages.example.org/key.gpg > /etc/apt/keyrings/example-org.asc
 * # other packages
 * RUN echo 'deb [arch=amd64 signed-by=/etc/apt/keyrings/example-org.asc] https://packages.example.org/debian trixie main' >> /etc/apt/sources.list
 * ```
 * There is no fix if the key comes from a key server, or if this file does not have the line of its source:
 * ```dockerfile bad
 * FROM debian:trixie
 * COPY tool.list /etc/apt/sources.list.d/
 * RUN curl https://dl.example.com/key | «apt-key» add -
 * FROM debian:sid
 * RUN «apt-key» adv --keyserver keyserver.ubuntu.com --recv-keys 0xABC
 * COPY --from=0 /a /a
 * FROM debian:13
 * RUN curl $URL | sudo «apt-key» add -
 * COPY --from=1 /a /a
 * FROM debian:13
 * RUN curl $URL | «apt-key» add -
 * COPY --from=2 /a /a
 * FROM debian:13
 * RUN curl https://a.example.com/1 | «apt-key» add - && curl https://a.example.com/2 | apt-key add -
 * RUN echo "deb https://a.example.com/ stable main; deb [signed-by=/a] https://a.example.com/x a b" > /etc/apt/sources.list.d/a.list
 * COPY --from=3 /a /a
 * ```
 * > This release has no apt-key, so the build stops
 * Ubuntu has dropped it, too, as far as is known. A failure that is ignored stops nothing:
 * ```dockerfile bad severity="warning"
 * FROM ubuntu:26.04
 * RUN curl $URL | «apt-key» add -
 * ```
 * > This release has no apt-key, so the build may stop
 * ```dockerfile bad severity="hint"
 * FROM debian:13
 * RUN «apt-key» add key.asc || true
 * ```
 * > This release has no apt-key, so the build stops
 * Older releases have it:
 * ```dockerfile good
 * FROM debian:12
 * RUN curl https://dl.example.com/key | apt-key add -
 * FROM debian:13
 * RUN command -v apt-key || echo none
 * FROM example.com/base
 * RUN apt-key list
 * ```
 */
export default defineRule({
  id: 'apt-key-gone',
  summary: 'The release has no apt-key',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['apt-key-missing', 'apt-key-failed'],
  mentions: ['key'],

  *check({ model }) {
    const missing = model
      .commandsNamed('apt-key')
      .filter(({ instruction }) =>
        isSince(model.stageOf(instruction)?.base.release, { debian: '13', ubuntu: '25.04' }),
      );
    for (const commands of groupByRoot(model, missing)) {
      const [{ instruction, name }] = commands;
      const stops = commands.some((command) => stopsBuild(model, command.instruction, command));
      const isDebian = model.stageOf(instruction)?.base.release?.family === 'debian';
      yield {
        at: name.span,
        message: `This release has no apt-key, so the build ${isDebian ? 'stops' : 'may stop'}`,
        severity: !stops ? 'hint' : isDebian ? 'error' : 'warning',
        fix: fixOf(model, commands),
      };
    }
  },
});

function fixOf(model: Model, commands: readonly Command[]): Fix | undefined {
  const edits = commands.map((command) => moveKey(model, command));
  if (!edits.every((some) => some !== undefined)) return undefined;
  const all = edits.flat().sort((a, b) => a.start - b.start);
  // Two keys for one line.
  if (all.some(({ start }, at) => start === all[at + 1]?.start)) return undefined;
  return { title: 'Keep the key in a file that signed-by names', edits: all };
}

/** `curl URL | apt-key add -`: the key goes to a file, and the lines of its source name it. */
function moveKey(model: Model, command: Command): readonly Edit[] | undefined {
  const { script, pipeline, index, args, span, fullSpan, editable, wrappers, instruction } = command;
  const stage = model.stageOf(instruction);
  const download = script?.commands[index - 1];
  const isAdd = args.length === 2 && args[0]?.value === 'add' && args[1]?.value === '-';
  if (!stage || !isAdd || !download || pipeline?.index !== 1 || pipeline.length !== 2) return undefined;
  if (!editable || wrappers.length > 0 || span.end !== fullSpan.end || download.redirects.length > 0)
    return undefined;
  const address = download.args.find(({ value }) => /^https?:\/\//.test(value ?? ''))?.value;
  const domain = address === undefined ? undefined : domainOf(address);
  const lines = domain === undefined ? [] : sourceLines(model, stage, domain);
  if (domain === undefined || lines.length === 0) return undefined;
  const file = `/etc/apt/keyrings/${domain.replace(/\.com$/, '').replace(/\./g, '-')}.asc`;
  return [
    replace({ start: download.fullSpan.end, end: span.end }, ` > ${file}`),
    ...lines.map(({ at, options }) => ({
      start: at,
      end: at,
      text: options ? ` signed-by=${file}` : `[signed-by=${file}] `,
    })),
  ];
}

/** The last two labels of the host of an address. */
function domainOf(address: string): string | undefined {
  return /^https?:\/\/(?:[\w-]+\.)*([\w-]+\.[\w-]+)(?=[:/]|$)/.exec(address)?.[1];
}

const sourceLine = /\bdeb(?:-src)?[ \t]+(\[[^\]\n]*)?(\][ \t]*)?(https?:\/\/[^\s"']+)/g;

/** Where the lines of package sources of a domain take an option; `options`: they have others. */
function sourceLines(
  model: Model,
  { chain }: Stage,
  domain: string,
): readonly { readonly at: number; readonly options: boolean }[] {
  return chain.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, trigger, span }) =>
      (trigger?.keyword ?? keyword) !== 'RUN'
        ? []
        : [...model.document.slice(span).matchAll(sourceLine)].flatMap((line) => {
            const [whole, given, end = '', address = ''] = line;
            if (domainOf(address) !== domain || /signed-by/.test(given ?? '')) return [];
            const at = span.start + line.index + whole.length - address.length;
            return [{ at: given === undefined ? at : at - end.length, options: given !== undefined }];
          }),
    ),
  );
}
