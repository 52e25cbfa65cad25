// Descriptions of names and images of the file, for hovers.
import type { BaseImage, Distribution } from '../knowledge/images/base-image';
import { predefinedVariables } from '../knowledge/syntax/predefined-variables';
import type { ImageUse, Model, Stage } from '../model/model';
import type { Paragraph, Piece } from './markup';
import type { Occurrence } from '../analysis/symbols/symbol-table';
import { symbolTable } from '../analysis/symbols/symbol-table';

export function describeName(model: Model, occurrence: Occurrence): readonly Paragraph[] {
  switch (occurrence.symbol.kind) {
    case 'stage': {
      const stage = occurrence.definition?.stage ?? occurrence.stage;
      return stage ? describeStage(model, stage) : [];
    }
    case 'heredoc':
      return describeHeredoc(occurrence);
    default:
      return describeVariable(model, occurrence);
  }
}

function lineOf({ document }: Model, offset: number): number {
  return document.lineAt(offset) + 1;
}

// ── Stages ─────────────────────────────────────────────────────────────────────────────────────────────

const mostUses = 8;

function describeStage(model: Model, stage: Stage): readonly Paragraph[] {
  const title: Piece[] = [{ strong: stage.name?.value ?? `stage ${stage.index}` }];
  title.push(` – stage ${stage.index}${stage.isFinal ? ', the last stage' : ''}`);
  const base = stage.from?.words[0]?.raw;
  const basis: Piece[] = [];
  if (base !== undefined) {
    basis.push('Based on ', { code: base });
    if (stage.parent) basis.push(', a stage of this file');
    const facts = baseFacts(stage.base);
    if (facts.length > 0) basis.push(` (${facts.join(', ')})`);
    basis.push('.');
  }
  const uses: Piece[] = [];
  for (const use of stage.usedBy.slice(0, mostUses)) {
    const verb = { from: 'FROM', copy: 'COPY --from', mount: 'RUN --mount' }[use.via];
    uses.push(
      uses.length === 0 ? 'Used by ' : ', ',
      { code: verb },
      ` on line ${lineOf(model, use.at.start)}`,
    );
  }
  if (stage.usedBy.length > mostUses) uses.push(` and ${stage.usedBy.length - mostUses} more`);
  if (uses.length > 0) uses.push('.');
  const reach: Piece[] = [];
  if (!stage.isFinal) {
    if (stage.reachesImage) reach.push('Its files become part of the final image.');
    else if (!stage.reachable)
      reach.push('The last stage does not need it, so it is only built with --target.');
  }
  return [title, basis, uses, reach];
}

// ── Variables ──────────────────────────────────────────────────────────────────────────────────────────

function describeVariable(model: Model, occurrence: Occurrence): readonly Paragraph[] {
  const { symbol } = occurrence;
  const { name } = symbol;
  const known = predefinedVariables.get(name);
  if (symbol.kind === 'external') return [[{ code: name }], ...describeExternal(model, occurrence)];
  const result: Paragraph[] = [
    [{ code: name }, symbol.kind === 'arg' ? ' – build argument' : ' – environment variable'],
  ];
  if (known) result.push([`${known.documentation}.`]);
  const here = occurrence.role === 'definition' ? occurrence : occurrence.definition;
  if (!here) return result;
  const value = valueOf(model, here);
  const source = value?.source ?? here;
  if (value)
    result.push([
      symbol.kind === 'arg' ? 'Default: ' : 'Value: ',
      { code: value.text === '' ? '""' : value.text },
    ]);
  else if (symbol.kind === 'arg' && !known)
    result.push(['No default. It is empty unless the build sets it.']);
  const line = lineOf(model, source.span.start);
  const where = source.stage
    ? stageLabel(source.stage)
    : 'above the first FROM, for all stages that declare it';
  if (source !== occurrence) result.push([`Set on line ${line}, ${where}.`]);
  if (symbol.kind === 'arg' && here !== source && here !== occurrence) {
    result.push([`Declared on line ${lineOf(model, here.span.start)}.`]);
  }
  return result;
}

function stageLabel(stage: Stage): string {
  return stage.name ? `in stage ${stage.name.value}` : `in stage ${stage.index}`;
}

/** The value that a definition gives the name, and the definition that sets it. */
function valueOf(model: Model, definition: Occurrence): { text: string; source: Occurrence } | undefined {
  const pair = definition.instruction?.pairs.find(
    ({ key }) => key.span.start <= definition.span.start && definition.span.end <= key.span.end,
  );
  if (pair?.value && definition.instruction) {
    const text = model.expand(pair.value, definition.instruction) ?? pair.value.raw;
    return { text, source: definition };
  }
  const global = definition.definition;
  return global ? valueOf(model, global) : undefined;
}

function describeExternal(model: Model, { symbol, instruction, stage }: Occurrence): readonly Paragraph[] {
  const { name } = symbol;
  const known = predefinedVariables.get(name);
  const inFrom = instruction?.keyword === 'FROM' || !stage;
  if (known) {
    const missing = known.kind === 'platform' && !inFrom;
    return [
      [`${known.documentation}.`],
      missing
        ? ['It is empty here. In a stage it needs ', { code: `ARG ${name}` }, ' first.']
        : ['Set by the builder.'],
    ];
  }
  const global = symbolTable(model).symbols.find((one) => one.kind === 'arg' && one.name === name);
  const declared = global?.occurrences.find(({ role, stage: where }) => role === 'definition' && !where);
  if (declared && !inFrom) {
    return [
      [
        `Declared above the first FROM on line ${lineOf(model, declared.span.start)}, but not in this stage. It is empty here without `,
        { code: `ARG ${name}` },
        '.',
      ],
    ];
  }
  const fromBase = stage?.base.env.has(name) ? stage.base.env.get(name) : undefined;
  if (fromBase !== undefined) return [['Value: ', { code: fromBase }], ['Set by the base image.']];
  if (stage?.base.env.has(name)) return [['Set by the base image.']];
  return [['This file does not set it.']];
}

// ── Here-documents ─────────────────────────────────────────────────────────────────────────────────────

function describeHeredoc({ symbol, instruction }: Occurrence): readonly Paragraph[] {
  const heredoc = instruction?.heredocs.find(({ operator, terminator }) =>
    symbol.occurrences.some(
      ({ span }) =>
        (operator.span.start <= span.start && span.end <= operator.span.end) ||
        terminator?.start === span.start,
    ),
  );
  if (!heredoc || !instruction) return [];
  const lines = heredoc.content === '' ? 0 : heredoc.content.replace(/\n$/, '').split('\n').length;
  const script = instruction.keyword === 'RUN' && instruction.words.length === 1;
  const expansion = script
    ? 'It is the script of the command. The builder does not expand it.'
    : heredoc.expand
      ? 'The builder expands variables in it.'
      : 'The delimiter is quoted, so the builder expands nothing in it.';
  return [
    [{ code: heredoc.name }, ` – here-document of ${lines} ${lines === 1 ? 'line' : 'lines'}`],
    [expansion],
    heredoc.stripTabs ? ['Tabs at the start of its lines are removed.'] : [],
    heredoc.terminator ? [] : ['It has no end: a line with only ', { code: heredoc.name }, ' is missing.'],
  ];
}

// ── Images ─────────────────────────────────────────────────────────────────────────────────────────────

export function describeImage(
  model: Model,
  { image, via, instruction, resolved }: ImageUse,
): readonly Paragraph[] {
  const result: Paragraph[] = [[{ code: image.text }]];
  if (image.variable) {
    result.push(
      resolved === undefined
        ? ['The image depends on the build arguments.']
        : ['With the default values in this file: ', { code: resolved }],
    );
  } else {
    const host = image.host?.text;
    const path = image.path.text;
    const official = host === undefined && !path.includes('/');
    result.push(
      host === undefined
        ? ['From Docker Hub: ', { code: `docker.io/${official ? 'library/' : ''}${path}` }]
        : ['From the registry ', { code: host }],
    );
    if (image.digest) {
      result.push([
        'Pinned to ',
        { code: image.digest.text },
        image.tag ? '. The tag is only informative.' : '.',
      ]);
    } else if (image.tag)
      result.push([
        'Tag ',
        { code: image.tag.text },
        '. The publisher can move it to another image at any time.',
      ]);
    else result.push(['No tag, so the build uses the current ', { code: 'latest' }, '.']);
  }
  const stage = via === 'from' && instruction ? model.stageOf(instruction) : undefined;
  const facts = stage ? baseFacts(stage.base) : [];
  if (facts.length > 0) result.push([`Known facts: ${facts.join(', ')}.`]);
  return result;
}

const distributions: Readonly<Record<Distribution, string>> = {
  scratch: 'empty',
  distroless: 'distroless',
  'chainguard-static': 'Chainguard static',
  alpine: 'Alpine Linux',
  wolfi: 'Wolfi',
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  fedora: 'Fedora',
  rhel: 'Red Hat Enterprise Linux or a rebuild',
  amazon: 'Amazon Linux',
  azurelinux: 'Azure Linux',
  photon: 'Photon OS',
  suse: 'SUSE',
  arch: 'Arch Linux',
  busybox: 'BusyBox',
  windows: 'Windows',
};

function baseFacts(base: BaseImage): string[] {
  const facts: string[] = [];
  if (base.distribution) facts.push(distributions[base.distribution]);
  if (base.shell === 'none') facts.push('no shell');
  else if (base.shell)
    facts.push(
      base.shell === 'cmd' || base.shell === 'powershell'
        ? `shell ${base.shell}`
        : `/bin/sh is ${base.shell}`,
    );
  if (base.packageManager === 'none') facts.push('no package manager');
  else if (base.packageManager) facts.push(base.packageManager);
  if (base.libc && base.libc !== 'none') facts.push(base.libc);
  if (base.isRoot === true) facts.push('runs as root');
  else if (base.isRoot === false) facts.push(base.user ? `runs as ${base.user}` : 'does not run as root');
  return facts;
}
